"""A quick question or a question of dates, asked in one line to one's own network."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.polls.announcing import announce_opened
from bot.conversations.polls.buttons import NAME, show_button, verb_button
from bot.conversations.polls.wording import closing, short_title, state_label, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, press, quiet, text
from bot.language import _, short_date
from bot.people import BodyId
from bot.plan import Plan
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading_question import (
    Dates,
    NotAQuestion,
    Question,
    read_dates,
    read_question,
)
from bot.polls.rights import bodies_to_ask, may_start
from bot.polls.starting import Asked, Choice, Rules, start_poll
from storage.queries.bodies import bodies_of_conversation

_BODIES = 10
"""Bodies to choose among on one card: five buttons, and as many as a menu holds."""


async def ask_question(turn: Turn, words: str, body: BodyId | None = None) -> Replies:
    """Ask what the line says; where it is not clear whom, that is asked, and the line is kept."""
    try:
        asked = read_question(words, turn.now)
    except NotAQuestion as error:
        return (say(turn, not_read(error, words, dates=False)),)
    return await _start(turn, words, body, Kind.QUESTION, asked)


async def ask_dates(turn: Turn, words: str, body: BodyId | None = None) -> Replies:
    """Ask which of the times suit, as `ask_question`."""
    try:
        asked = read_dates(words, turn.now)
    except NotAQuestion as error:
        return (say(turn, not_read(error, words, dates=True)),)
    return await _start(turn, words, body, Kind.DATES, asked)


async def _start(
    turn: Turn, words: str, body: BodyId | None, kind: Kind, asked: Question | Dates
) -> Replies:
    theirs = bodies_to_ask(turn.person, turn.plan)
    if not may_start(turn.person, kind) or not theirs:
        return (say(turn, no_network()),)
    to = body if body in theirs else await _whom(turn, theirs)
    if to is None:
        return (say(turn, which_body(turn.plan, theirs, words, dates=kind is Kind.DATES)),)
    return await _asked(turn, to, asked)


async def ask(turn: Turn, asked: Question | Dates, body: BodyId) -> Replies:
    """Ask the body what a form says."""
    kind = Kind.DATES if isinstance(asked, Dates) else Kind.QUESTION
    if not may_start(turn.person, kind) or body not in bodies_to_ask(turn.person, turn.plan):
        return (say(turn, no_network()),)
    return await _asked(turn, body, asked)


async def _asked(turn: Turn, to: BodyId, asked: Question | Dates) -> Replies:
    poll = await _written(turn, to, asked)
    if poll.is_open:
        await announce_opened(turn.db, turn.plan, turn.outbox, poll, turn.now, but=turn.person.id)
    return (say(turn, asked_card(poll, turn.plan)),)


async def _whom(turn: Turn, theirs: Sequence[BodyId]) -> BodyId | None:
    """The body of the channel it is said in, or the person's only one."""
    here = turn.place.conversation_id
    bound = await bodies_of_conversation(turn.db, here) if here is not None else ()
    in_channel = [one for one in bound if one in theirs]
    if len(in_channel) == 1:
        return BodyId(in_channel[0])
    own = [one for one in turn.person.bodies if one in theirs]
    return own[0] if len(own) == 1 else None


async def _written(turn: Turn, body: BodyId, asked: Question | Dates) -> Poll:
    if isinstance(asked, Dates):
        choices = [Choice(span_words(*each), starts_at=each[0], ends_at=each[1])
                   for each in asked.spans]  # fmt: skip
        rules = Rules(Kind.DATES, Method.DATES)
        return await start_poll(
            turn.db,
            acting(turn),
            Asked(asked.title, asked.closes_at, body=body),
            rules,
            choices,
            turn_key=turn.key,
        )
    labels = asked.choices or (_("Ja"), _("Nej"), _("Avstår"))
    return await start_poll(
        turn.db,
        acting(turn),
        Asked(
            asked.title,
            asked.closes_at,
            opens_at=asked.opens_at,
            body=body,
            secrecy=Secrecy.UNTIL_CLOSING if asked.hidden else Secrecy.OPEN,
        ),
        Rules(Kind.QUESTION, Method.SEVERAL if asked.several else Method.CHOICE),
        [Choice(each) for each in labels],
        turn_key=turn.key,
    )


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """`12 maj 2026 09:00–11:00`."""
    begins, ends = in_stockholm(starts_at), in_stockholm(ends_at)
    return f"{short_date(begins.date())} {begins:%H:%M}–{ends:%H:%M}"


def asked_card(poll: Poll, plan: Plan) -> Card:
    """The receipt, with the choices one has oneself."""
    body = plan.bodies.get(poll.body) if poll.body is not None else None
    first = _("Frågan är ställd till {body}.", body=body.name if body else "–")
    if not poll.is_open:
        first = _("Frågan är sparad: {when}.", when=state_label(poll))
    until = _("Svara senast {day}.", day=closing(poll))
    parts: list[Part] = [
        text(bold(first)),
        bullets(*(each.label for each in poll.options)),
        quiet(until),
    ]
    answer = verb_button(_("Svara själv"), poll, "svara")
    manage = verb_button(_("Mer att göra"), poll, "hantera")
    parts.append(Buttons(buttons=(answer, show_button(poll), manage)))
    return Card(
        title=short_title(poll),
        summary=told(poll, f"{first} {until}"),
        parts=tuple(parts),
        tone="good",
    )


def which_body(plan: Plan, bodies: Sequence[BodyId], words: str, *, dates: bool) -> Card:
    """Whom the question is for; each button holds the mark of the line it asks."""
    said = _("Vem ska frågan gå till? Inget är skickat än.")
    verb, mark = "datum_till" if dates else "fraga_till", mark_of(words)
    buttons = [
        Button(label=shortened(plan.bodies[one].name, 30), press=press(NAME, verb, one, mark))
        for one in bodies[:_BODIES]
    ]
    parts: list[Part] = [
        text(said),
        text(bold(shortened(words, 2_000))),
        Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:])),
    ]
    if len(bodies) > _BODIES:
        parts.append(
            quiet(_("Alla ryms inte här: skriv frågan i nätverkets egen kanal i stället."))
        )
    return Card(summary=f"{said} {shortened(words, 300)}", parts=tuple(parts))


def mark_of(words: str) -> str:
    """By which a button knows the line that it was made for among what was typed since."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:12]


def no_network() -> Card:
    """Who can ask a quick question."""
    said = _(
        "En snabbfråga ställs till ett nätverk eller organ där du är medlem, och du är inte med i "
        "något. Be den som leder nätverket att fråga."
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def not_read(error: NotAQuestion, words: str, *, dates: bool) -> Card:
    """What is wrong with the line and how it is written; the line is given back."""
    said = why_not_read(error)
    example = (
        _("rosta datum ”Nätverksmöte” 12 maj 9-11, 19 maj 13-15")
        if dates
        else _("rosta ”Vem tar anteckningar?” Hjo, Tibro")
    )
    form = "omrostning_datum" if dates else "omrostning_fraga"
    fill = Button(label=_("Fyll i formuläret"), press=press("formular", form))
    return Card(
        summary=f"{said} {shortened(words, 300)}",
        parts=(
            text(said),
            quiet(_("Till exempel: {example}", example=example)),
            quiet(_("Du skrev: {words}", words=shortened(words, 2_500))),
            Buttons(buttons=(fill,)),
        ),
        tone="warning",
    )


def why_not_read(error: NotAQuestion) -> str:
    """What is wrong with the line, and what to do."""
    shown = shortened(error.words, 80)
    match error.wrong:
        case "no_question":
            return _("Skriv frågan inom citattecken eller avsluta den med ett frågetecken.")
        case "too_long":
            return _("Det är för långt: högst 150 tecken. ”{words}”", words=shown)
        case "one_choice":
            return _("Ett svarsalternativ räcker inte. Skriv minst två, med komma emellan.")
        case "too_many":
            return _("Det är för många alternativ. En snabbfråga har högst tio.")
        case "twice":
            return _("”{words}” står två gånger.", words=shown)
        case "when":
            return _("Jag förstår inte tiden ”{words}”. Skriv till exempel mån 9.", words=shown)
        case "closes_first":
            return _("Frågan stänger innan den öppnar. Ändra en av tiderna.")
        case "no_dates":
            return _("Skriv minst en tid att välja på, till exempel 12 maj 9-11.")
        case "date":
            return _("Jag förstår inte ”{words}”. Skriv dag och tid: 12 maj 9-11.", words=shown)
        case "past":
            return _("”{words}” har redan varit.", words=shown)
