"""`rosta lista`: polls, those still open first, a page at a time; and those that wait for one."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import capital
from bot.conversations.polls.buttons import NAME
from bot.conversations.polls.not_understood import nothing_listed
from bot.conversations.polls.wording import (
    kind_word,
    of_number,
    poll_name,
    state_label,
    time_left,
)
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, Press, Table, press, quiet, text
from bot.finding import plain, read_number
from bot.language import _, ngettext
from bot.people import Person
from bot.polls.poll import Kind, Poll, State
from bot.polls.reading import polls_where
from bot.polls.rights import may_start
from storage.queries.polls import count_polls

A_PAGE = 10

_KINDS = {
    "medfinansiering": Kind.CO_FINANCING,
    "prioritering": Kind.PRIORITY,
    "prioriteringar": Kind.PRIORITY,
    "fragor": Kind.QUESTION,
    "fraga": Kind.QUESTION,
    "snabbfragor": Kind.QUESTION,
    "snabbfraga": Kind.QUESTION,
    "datumfragor": Kind.DATES,
    "questions": Kind.QUESTION,
    "priorities": Kind.PRIORITY,
    "money": Kind.CO_FINANCING,
    "datum": Kind.DATES,
}
_STATES = {
    "oppna": State.OPEN,
    "oppen": State.OPEN,
    "stangda": State.CLOSED,
    "stangd": State.CLOSED,
    "installda": State.CANCELLED,
    "kommande": State.PLANNED,
    "open": State.OPEN,
    "closed": State.CLOSED,
    "cancelled": State.CANCELLED,
    "planned": State.PLANNED,
}
_MINE = ("mina", "mine", "my")
_FILLERS = ("alla", "all", "lista", "list", "visa", "show", "omrostning", "omrostningar", "polls",
            "och", "and")  # fmt: skip
"""Words that a list may be asked for with, and that choose nothing."""


async def list_polls(turn: Turn, rest: str) -> Replies:
    """A page of those that fit the words, or what a button carries."""
    skip = 0
    if isinstance(turn.doing, Pressed):
        at, *words = turn.doing.press.arguments[1:] or ("0",)
        skip, rest = read_number(at, 6), " ".join(words)
    elif not _asks_for_some(rest):
        return (here(turn, nothing_listed(rest)),)
    chosen = read_filter(rest, turn.person)
    total = await count_polls(turn.db, **chosen)
    found = await polls_where(turn.db, most=A_PAGE, skip=skip, **chosen)
    if not found:
        return (here(turn, none_yet(turn.person, filtered=bool(chosen))),)
    after = skip + len(found)
    more = page_after(after, rest) if after < total else None
    new = new_buttons() if may_start(turn.person, Kind.CO_FINANCING) else ()
    return (here(turn, listed_card(found, total, turn.now, more, new)),)


def _words(said: str) -> list[str]:
    return plain(said).replace(",", " ").split()


def _asks_for_some(words: str) -> bool:
    """Whether the words are nothing but some of the polls."""
    return all(word in (*_KINDS, *_STATES, *_MINE, *_FILLERS) for word in _words(words))


def page_after(skip: int, words: str) -> Press:
    """To the next page of those that fit the words."""
    known = [each for each in _words(words) if each in (*_KINDS, *_STATES, *_MINE)]
    return press(NAME, "lista", skip, *known[:3])


def read_filter(words: str, person: Person) -> dict[str, object]:
    """What `polls_where` takes, of words such as `öppna medfinansiering mina`."""
    said = _words(words)
    chosen: dict[str, object] = {}
    kinds = [_KINDS[word].value for word in said if word in _KINDS]
    states = [_STATES[word].value for word in said if word in _STATES]
    if kinds:
        chosen["kinds"] = kinds
    if states:
        chosen["states"] = states
    if set(_MINE).intersection(said):
        chosen["started_by"] = person.id
    return chosen


def listed_card(
    found: Sequence[Poll], total: int, now: datetime, more: Press | None, new: Sequence[Button] = ()
) -> Card:
    """A page of polls: what, where it stands, how many have answered, until when."""
    title = ngettext("{n} omröstning", "{n} omröstningar", total)
    rows = tuple(
        (
            str(each.id),
            shortened(each.title, 100),
            capital(kind_word(each)),
            stands(each, now),
            of_number(each.voted, each.electorate),
        )
        for each in found
    )
    columns = (_("Nr"), _("Omröstning"), _("Slag"), _("Läge"), _("Svarat"))
    table = Table(caption=_("Omröstningar, de öppna överst"), columns=columns, rows=rows)
    show = [
        Button(label=capital(poll_name(each.id)), press=press(NAME, each.id, "visa"))
        for each in found
    ]
    parts: list[Part] = [table, Buttons(buttons=tuple(show[:5]), overflow=tuple(show[5:10]))]
    page = Button(label=_("Öppna sidan"), href="/omrostningar")
    further = [Button(label=_("Visa fler"), press=more)] if more is not None else []
    question = Button(label=_("Snabbfråga"), press=press("formular", "omrostning_fraga"))
    parts.append(Buttons(buttons=(*further, *new, question, page)))
    read = "; ".join(f"{poll_name(e.id)} {e.title}, {stands(e, now)}" for e in found[:8])
    return Card(title=title, summary=shortened(f"{title}: {read}", 1_500), parts=tuple(parts))


def stands(poll: Poll, now: datetime) -> str:
    """Where it stands, and how long it is open."""
    left = time_left(poll, now)
    return f"{state_label(poll)}, {left}" if left else state_label(poll)


def none_yet(person: Person, *, filtered: bool) -> Card:
    """What is said when there is none."""
    said = _("Inga omröstningar passar.") if filtered else _("Inga omröstningar än.")
    parts: list[Part] = [text(said)]
    parts.append(quiet(_("En snabbfråga: rosta ”Vem tar anteckningar?” Hjo, Tibro")))
    buttons = [Button(label=_("Snabbfråga"), press=press("formular", "omrostning_fraga"))]
    if may_start(person, Kind.CO_FINANCING):
        buttons += new_buttons()
    parts.append(Buttons(buttons=tuple(buttons)))
    return Card(summary=said, parts=tuple(parts))


def new_buttons() -> tuple[Button, ...]:
    """To the forms of those who lead the work."""
    money = Button(label=_("Ny medfinansiering"), press=press("formular", "omrostning"))
    return (money, Button(label=_("Ny prioritering"), press=press("formular", "omrostning_prio")))
