"""That a poll has opened or closed: its cards, and a private word to those who may answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import answer_button, page_button, show_button, verb_button
from bot.conversations.polls.outcome_words import outcome_sentence
from bot.conversations.polls.poll_card import KIND
from bot.conversations.polls.telling import show_poll, where_shown
from bot.conversations.polls.wording import closing, kind_word, short_title, title_of, told
from bot.conversations.views import Buttons, Card, Part, bold, quiet, text
from bot.language import _, kronor
from bot.outbox import Outbox, ToBody, ToPerson
from bot.people import PersonId
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing, Place, hidden
from bot.polls.mandates import Mandates, kind_for, mandates
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of, voters_of
from storage.queries.bodies import body_has_bound_channel


async def announce_opened(
    db: AsyncConnection,
    plan: Plan,
    outbox: Outbox,
    poll: Poll,
    now: datetime,
    but: PersonId | None = None,
    not_before: datetime | None = None,
) -> None:
    """Show the poll where it belongs, and tell those who may answer, but not `but`.

    Members of a body that has a channel of its own see it there. `not_before`: when people are told
    privately; channels see it at once.
    """
    tell = _Telling(outbox, but, not_before)
    show_poll(outbox, plan, poll)
    if poll.kind is Kind.CO_FINANCING:
        held = await _mandates(db, poll, now)
        asked = await co_financing_of(db, poll)
        for place in asked.places:
            people = (each.id for each in held.of(place.municipality))
            tell(people, lambda place=place: you_are_asked(asked, place))
        return
    if poll.voters == "municipality":
        held = await _mandates(db, poll, now)
        for voter in await voters_of(db, poll):
            if voter.organisation is not None:
                people = (each.id for each in held.of(voter.organisation))
                name = voter.name
                tell(people, lambda name=name: you_may_vote(poll, name))
        return
    seen_there = poll.body is not None and await body_has_bound_channel(db, poll.body)
    if poll.kind is Kind.PRIORITY or not seen_there:
        people = [each.person for each in await voters_of(db, poll) if each.person is not None]
        tell(people, lambda: you_may_vote(poll, None))


async def announce_closed(
    db: AsyncConnection,
    plan: Plan,
    outbox: Outbox,
    poll: Poll,
    now: datetime,
    but: PersonId | None = None,
    not_before: datetime | None = None,
) -> None:
    """Draw its cards again, say what came of it under them, and tell those who could answer: these
    not before that moment, where one is given."""
    show_poll(outbox, plan, poll)
    sentence = await outcome_sentence(db, poll)

    def news() -> Card:
        return closed_news(poll, sentence())

    for body in where_shown(poll, plan):
        outbox.say(ToBody(body), news, under_card=(KIND, poll.id))
    people = {poll.started_by.id}
    if poll.voters == "municipality":
        held = await _mandates(db, poll, now)
        for voter in await voters_of(db, poll):
            if voter.organisation is not None:
                people |= {each.id for each in held.of(voter.organisation)}
    _Telling(outbox, but, not_before)(people, news)


async def _mandates(db: AsyncConnection, poll: Poll, now: datetime) -> Mandates:
    return await mandates(db, kind_for(poll), in_stockholm(now).date())


@dataclass(frozen=True)
class _Telling:
    """Tells people privately, but not `but`, nor before that moment."""

    outbox: Outbox
    but: PersonId | None
    not_before: datetime | None = None

    def __call__(self, people: Iterable[PersonId], make: Callable[[], Card]) -> None:
        for person in sorted(set(people) - {self.but}):
            self.outbox.say(ToPerson(person), make, due_at=self.not_before)


def you_are_asked(asked: CoFinancing, place: Place) -> Card:
    """What somebody with mandate reads: what it is about, and the municipality's share."""
    poll = asked.poll
    said = _(
        "{name} ombeds bidra med {amount}. Svara senast {day}.",
        name=place.name,
        amount=kronor(place.share),
        day=closing(poll),
    )
    parts: list[Part] = [
        text(bold(said)),
        text(shortened(hidden(asked).proposal.purpose, 600)),
    ]
    if not poll.binding:
        parts.append(quiet(_("Det är en avstämning: svaret binder ingen.")))
    parts.append(Buttons(buttons=(answer_button(poll), show_button(poll), page_button(poll))))
    summary = told(poll, said)
    return Card(title=short_title(poll), summary=summary, parts=tuple(parts))


def you_may_vote(poll: Poll, municipality: str | None) -> Card:
    """What somebody who may vote reads."""
    if municipality is None:
        said = _("Rösta senast {day}.", day=closing(poll))
    else:
        said = _("Rösta för {name} senast {day}.", name=municipality, day=closing(poll))
    parts: list[Part] = [text(bold(said))]
    if poll.description:
        parts.append(text(shortened(poll.description, 600)))
    parts.append(Buttons(buttons=(answer_button(poll), show_button(poll))))
    summary = _("{title} ({kind}). {said}", title=title_of(poll), kind=kind_word(poll), said=said)
    return Card(title=short_title(poll), summary=summary, parts=tuple(parts))


def closed_news(poll: Poll, sentence: str) -> Card:
    """What is said when it has closed."""
    said = _("{title} är stängd.", title=title_of(poll))
    choose = (verb_button(_("Välj tid"), poll, "valj_tid"),) if poll.awaits_date else ()
    return Card(
        title=short_title(poll),
        summary=f"{said} {sentence}",
        parts=(
            text(bold(_("Stängd.")), f" {sentence}"),
            Buttons(buttons=(show_button(poll), *choose, page_button(poll))),
        ),
    )
