"""Polls on a person's own page: what waits for their answer, and what they have started."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import in_stockholm
from bot.conversations.polls.buttons import NAME, answer_button, show_button, verb_button
from bot.conversations.polls.showing import own_words
from bot.conversations.polls.wording import closing, of_number, time_left, title_of
from bot.conversations.protocol import Turn
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, kronor, ngettext
from bot.needs.rights import municipalities_of, takes_part
from bot.people import OrganisationId
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.mandates import Mandates, mandates
from bot.polls.poll import Kind, Poll, Voter
from bot.polls.reading import co_financing_of, open_polls_of, polls_where, voters_of
from bot.polls.rights import may_answer_for

SHOWN = 5
_LOOKED_AT = 20


@dataclass(frozen=True)
class Waiting:
    """A poll with what the person is asked for in it: places of their municipalities, or their own
    vote. `answers`: the person may answer, and not only suggest."""

    poll: Poll
    places: tuple[Place, ...] = ()
    asked: CoFinancing | None = None
    voters: tuple[Voter, ...] = ()
    answers: bool = True


async def polls_at_home(turn: Turn) -> tuple[Card, ...]:
    """What waits for the person among the open polls, and polls they have started."""
    if not takes_part(turn.person):
        return ()
    waiting = await waiting_polls(turn)
    mine = await polls_where(
        turn.db, most=SHOWN, started_by=turn.person.id, states=["open", "planned"]
    )
    cards: list[Card] = []
    if waiting:
        cards.append(waiting_card(waiting, turn.now))
    if mine:
        cards.append(started_card(mine, turn.now))
    return tuple(cards)


async def waiting_polls(turn: Turn) -> list[Waiting]:
    """Open polls that the person, or a municipality of theirs, has not answered."""
    own = municipalities_of(turn.person, turn.plan)
    bodies = sorted(turn.person.bodies)
    found = await open_polls_of(turn.db, turn.person.id, own, bodies, _LOOKED_AT)
    if not found:
        return []
    today = in_stockholm(turn.now).date()
    money = await mandates(turn.db, "co_financing", today)
    votes = await mandates(turn.db, "priority", today)
    asked = [await _waiting(turn, each, own, money, votes) for each in found]
    return [each for each in asked if each is not None]


async def _waiting(
    turn: Turn, poll: Poll, own: Sequence[OrganisationId], money: Mandates, votes: Mandates
) -> Waiting | None:
    if poll.kind is Kind.CO_FINANCING:
        asked = await co_financing_of(turn.db, poll)
        places = [place for one in own if (place := asked.place(one)) is not None]
        left = tuple(each for each in places if not asked.stands(each))
        answers = any(may_answer_for(turn.person, e.municipality, money) for e in left)
        return Waiting(poll, left, asked, answers=answers) if left else None
    voters = await voters_of(turn.db, poll)
    mine = tuple(
        each
        for each in voters
        if not each.voted
        and (
            each.person == turn.person.id
            or (each.organisation is not None
                and may_answer_for(turn.person, each.organisation, votes))
        )
    )  # fmt: skip
    return Waiting(poll, voters=mine) if mine else None


def waiting_card(waiting: Sequence[Waiting], now: datetime) -> Card:
    """What is to be answered, the one that closes first at the top."""
    title = ngettext(
        "{n} omröstning väntar på svar", "{n} omröstningar väntar på svar", len(waiting)
    )
    parts: list[Part] = []
    for each in waiting[:SHOWN]:
        parts.append(text(bold(title_of(each.poll))))
        parts += [text(_of_yours(each, place)) for place in each.places]
        left = time_left(each.poll, now)
        when = _("Svara senast {day}.", day=closing(each.poll))
        parts.append(quiet(f"{when} {left}".rstrip()))
        parts.append(Buttons(buttons=_ways(each)))
    if len(waiting) > SHOWN:
        every = Button(label=_("Visa alla"), press=press(NAME, "lista", 0, "oppna"))
        parts.append(Buttons(buttons=(every,)))
    names = "; ".join(title_of(each.poll) for each in waiting[:SHOWN])
    return Card(title=title, summary=f"{title}: {names}", parts=tuple(parts))


def _of_yours(each: Waiting, place: Place) -> str:
    assert each.asked is not None
    return _(
        "Din kommun, {name}: {share} föreslås, {answer}",
        name=place.name,
        share=kronor(place.share),
        answer=own_words(each.asked, place),
    )


def _ways(each: Waiting) -> tuple[Button, ...]:
    if not each.answers:
        suggest = verb_button(_("Föreslå svar"), each.poll, "svara")
        return (suggest, show_button(each.poll))
    return (answer_button(each.poll), show_button(each.poll))


def started_card(polls: Sequence[Poll], now: datetime) -> Card:
    """Polls that the person has started and that are not over."""
    title = _("Dina omröstningar")
    parts: list[Part] = []
    for each in polls:
        count = of_number(each.voted, each.electorate)
        left = time_left(each, now)
        parts.append(text(bold(title_of(each))))
        parts.append(quiet(_("{count} har svarat. {left}", count=count, left=left).rstrip()))
        parts.append(Buttons(buttons=(show_button(each), verb_button(_("Mer"), each, "hantera"))))
    names = "; ".join(title_of(each) for each in polls)
    return Card(title=title, summary=f"{title}: {names}", parts=tuple(parts))
