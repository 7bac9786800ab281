"""An answer told: the receipt, those with mandate, and the starter where it matters."""

from bot.conversations.activity_card import shortened
from bot.conversations.needs.telling import tell_people
from bot.conversations.polls.buttons import page_button, show_button, verb_button
from bot.conversations.polls.closing_offered import offer_closing
from bot.conversations.polls.telling import raise_poll, tell_starter
from bot.conversations.polls.wording import answer_words, closing, short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, short_date
from bot.polls.co_financing import AnswerKind, CoFinancing, Heard, Place, Said
from bot.polls.mandates import Mandates
from bot.polls.moments import last_day
from bot.polls.poll import Poll


async def answered(
    turn: Turn, asked: CoFinancing, place: Place, said: Said, held: Mandates
) -> Replies:
    """The receipt for an answer; others with the municipality's mandate hear of it."""
    poll = asked.poll
    await _consequences(turn, poll, place, said)
    by = turn.person.name
    others = [each.id for each in held.of(place.municipality)]
    tell_people(turn, others, lambda: answered_by(poll, place, said, by))
    return (say(turn, receipt(poll, place, said)),)


async def _consequences(turn: Turn, poll: Poll, place: Place, said: Said) -> None:
    raise_poll(turn, poll)
    expected = said.expected_on
    if expected is not None and expected > last_day(poll.closes_at):
        await tell_starter(turn, poll, lambda: decided_too_late(poll, place, said))
    await offer_closing(turn, poll)


async def recorded(
    turn: Turn, asked: CoFinancing, place: Place, said: Said, heard: Heard, held: Mandates
) -> Replies:
    """The receipt for an answer on behalf; those with mandate hear of it and may correct it."""
    poll = asked.poll
    await _consequences(turn, poll, place, said)
    by = turn.person.name
    holders = [each.id for each in held.of(place.municipality)]
    tell_people(turn, holders, lambda: recorded_for_you(poll, place, said, heard, by))
    return (say(turn, receipt(poll, place, said)),)


async def suggested(
    turn: Turn, asked: CoFinancing, place: Place, said: Said, key: int, held: Mandates
) -> Replies:
    """The receipt for a suggestion; those with mandate get it with a button that gives it."""
    poll = asked.poll
    by = turn.person.name
    holders = held.of(place.municipality)
    tell_people(turn, [e.id for e in holders], lambda: suggestion_for(poll, place, said, key, by))
    names = ", ".join(each.name for each in holders) or "–"
    return (say(turn, suggestion_kept(poll, place, said, names)),)


def receipt(poll: Poll, place: Place, said: Said) -> Card:
    """What was answered for the municipality, and how to change it."""
    first = _("Svaret är registrerat: {name}, {answer}.", name=place.name,
              answer=answer_words(said))  # fmt: skip
    parts: list[Part] = [text(bold(first)), *_words(said)]
    if said.kind is AnswerKind.POLITICAL and said.expected_on is not None:
        parts.append(text(_("Jag frågar igen {day}.", day=short_date(said.expected_on))))
    parts.append(quiet(_("Du kan ändra svaret till och med {day}.", day=closing(poll))))
    change = verb_button(_("Ändra svaret"), poll, "svara", place.municipality)
    parts.append(Buttons(buttons=(change, show_button(poll), page_button(poll))))
    return Card(
        title=short_title(poll),
        summary=told(poll, first),
        parts=tuple(parts),
        tone="good",
    )


def _words(said: Said) -> list[Part]:
    parts: list[Part] = []
    if said.condition:
        parts.append(text(bold(_("Villkor: ")), shortened(said.condition, 2_500)))
    if said.comment:
        parts.append(text(bold(_("Kommentar: ")), shortened(said.comment, 2_500)))
    return parts


def answered_by(poll: Poll, place: Place, said: Said, by: str) -> Card:
    """What others with the municipality's mandate read."""
    first = _("{by} har svarat för {name}: {answer}.", by=by, name=place.name,
              answer=answer_words(said))  # fmt: skip
    return _to_holders(poll, place, first, said)


def recorded_for_you(poll: Poll, place: Place, said: Said, heard: Heard, by: str) -> Card:
    """What those with mandate read of an answer that was recorded on their behalf."""
    first = _(
        "{by} har registrerat svaret för {name}, som {said_by} gav {day}: {answer}.",
        by=by,
        name=place.name,
        said_by=heard.said_by,
        day=short_date(heard.said_on),
        answer=answer_words(said),
    )
    return _to_holders(poll, place, first, said, label=_("Rätta"))


def _to_holders(poll: Poll, place: Place, first: str, said: Said, label: str | None = None) -> Card:
    change = verb_button(label or _("Ändra svaret"), poll, "svara", place.municipality)
    return Card(
        title=short_title(poll),
        summary=told(poll, first),
        parts=(text(bold(first)), *_words(said), Buttons(buttons=(change, show_button(poll)))),
    )


def suggestion_for(poll: Poll, place: Place, said: Said, key: int, by: str) -> Card:
    """What those with mandate read of a suggestion, with a button that gives it as the answer."""
    first = _("{by} föreslår svaret för {name}: {answer}.", by=by, name=place.name,
              answer=answer_words(said))  # fmt: skip
    give = Button(
        label=_("Svara så"),
        press=press("rosta", poll.id, "svara_sa", place.municipality, key),
        style="primary",
    )
    change = verb_button(_("Ändra först"), poll, "svara", place.municipality)
    return Card(
        title=short_title(poll),
        summary=told(poll, first),
        parts=(
            text(bold(first)),
            *_words(said),
            Buttons(buttons=(give, change, show_button(poll))),
        ),
    )


def suggestion_kept(poll: Poll, place: Place, said: Said, names: str) -> Card:
    """The receipt for a suggestion."""
    first = _(
        "Förslaget är sparat: {name}, {answer}. Det skickades till {names}, som svarar.",
        name=place.name,
        answer=answer_words(said),
        names=names,
    )
    return Card(
        title=short_title(poll),
        summary=told(poll, first),
        parts=(text(bold(first)), *_words(said), Buttons(buttons=(show_button(poll),))),
        tone="good",
    )


def suggestion_gone(poll: Poll, place: Place) -> Card:
    """What is said of the button on a suggestion that another has taken the place of, or that has
    been answered."""
    said = _("Förslaget för {name} gäller inte längre. Du kan svara själv.", name=place.name)
    answer = verb_button(_("Svara"), poll, "svara", place.municipality, style="primary")
    return Card(
        title=short_title(poll),
        summary=told(poll, said),
        parts=(text(said), Buttons(buttons=(answer, show_button(poll)))),
        tone="warning",
    )


def decided_too_late(poll: Poll, place: Place, said: Said) -> Card:
    """What whoever started the poll reads when a decision comes after it has closed."""
    first = _(
        "{name} väntar sitt beslut {day}, efter att omröstningen stänger {closes}.",
        name=place.name,
        day=short_date(said.expected_on) if said.expected_on else "–",
        closes=closing(poll),
    )
    extend = verb_button(_("Förläng"), poll, "forlang", style="primary")
    return Card(
        title=short_title(poll),
        summary=told(poll, first),
        parts=(text(bold(first)), Buttons(buttons=(extend, show_button(poll)))),
        tone="warning",
    )
