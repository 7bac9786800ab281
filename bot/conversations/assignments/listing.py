"""Lists of assignments: all that fit some words, and those of one's municipality."""

from collections.abc import Sequence
from datetime import date

from bot.assignments.assignment import Assignment
from bot.assignments.reading import listed
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.assignment_card import NAME
from bot.conversations.assignments.filtering import Asked, decoded, described, read_filter
from bot.conversations.assignments.wording import (
    asked_word,
    assignment_name,
    many,
    part_word,
    state_label,
)
from bot.conversations.needs.wording import capital
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, Table, press, quiet, text
from bot.finding import read_number
from bot.language import _, number, short_date
from bot.needs.rights import municipalities_of
from bot.plan import Plan

A_PAGE = 12
READ = 8
"""Assignments that a summary names."""


async def list_assignments(turn: Turn, rest: str) -> Replies:
    """A page of all that fit the words, or what a button carries."""
    today = in_stockholm(turn.now).date()
    if isinstance(turn.doing, Pressed):
        skip, *encoded = turn.doing.press.arguments[1:] or ("0",)
        asked = decoded(encoded)
        at = read_number(skip, 6)
    else:
        asked, at = await read_filter(turn.db, rest, turn.plan, today), 0
    return await _page(turn, asked, at)


async def of_municipality(turn: Turn, rest: str) -> Replies:
    """Those of the person's municipality, or of the one that is named."""
    if isinstance(turn.doing, Pressed):
        rest = ""
    asked = await read_filter(turn.db, rest, turn.plan, in_stockholm(turn.now).date())
    own = municipalities_of(turn.person, turn.plan)
    if asked.municipality is None and own:
        asked = Asked(municipality=own[0], late=asked.late)
    if asked.municipality is None:
        return (here(turn, which_municipality()),)
    return await _page(turn, asked, 0)


async def _page(turn: Turn, asked: Asked, at: int) -> Replies:
    today = in_stockholm(turn.now).date()
    wanted = await described(turn.db, asked, turn.plan)
    if asked.unknown:
        return (here(turn, none_fits(wanted)),)
    found, total = await listed(turn.db, asked.filter(today), most=A_PAGE, skip=at)
    if not found:
        return (here(turn, none_fits(wanted)),)
    after = at + len(found)
    more = press(NAME, "lista", after, *asked.encoded()) if after < total else None
    button = Button(label=_("Visa fler"), press=more) if more is not None else None
    return (here(turn, listed_card(found, total, wanted, turn.plan, today, button)),)


def listed_card(
    found: Sequence[Assignment],
    total: int,
    wanted: str,
    plan: Plan,
    today: date,
    more: Button | None,
) -> Card:
    """A page of assignments: who, where it is, by when, hours promised and used."""
    count = many(total)
    title = _("{count}: {wanted}", count=count, wanted=wanted) if wanted else count
    table = table_of(found, plan, today)
    hint = quiet(_("Skriv uppdrag och numret för att se ett av dem."))
    show = [_show(each) for each in found[:5]]
    overflow = [_show(each) for each in found[5:10]]
    parts: list[Part] = [table, hint, Buttons(buttons=tuple(show), overflow=tuple(overflow))]
    ways = [more] if more is not None else []
    hours = Button(label=_("Timmar"), press=press(NAME, "timmar"))
    mine = Button(label=_("Mina uppdrag"), press=press(NAME))
    parts.append(Buttons(buttons=(*ways, mine, hours)))
    read = "; ".join(
        f"{assignment_name(each.id)} {each.title}, {_stands(each, today)}" for each in found[:READ]
    )
    return Card(
        title=shortened(title, 150),
        summary=shortened(f"{title}: {read}", 1_500),
        parts=tuple(parts),
    )


def table_of(found: Sequence[Assignment], plan: Plan, today: date) -> Table:
    """The assignments in rows, as they stand on the day."""
    return Table(
        caption=_("Uppdrag, det som ska vara klart först överst"),
        columns=(_("Nr"), _("Uppdrag"), _("Vem"), _("Läge"), _("Klart senast"), _("Timmar")),
        rows=tuple(_row(each, plan, today) for each in found),
    )


def _show(assignment: Assignment) -> Button:
    name = capital(assignment_name(assignment.id))
    return Button(label=name, press=press(NAME, assignment.id, "visa"))


def _row(assignment: Assignment, plan: Plan, today: date) -> tuple[str, ...]:
    living = [part for part in assignment.parts if part.is_living]
    who = ", ".join(f"{part.person.name}, {part_word(part)}" for part in living)
    promised = sum(part.hours or 0 for part in assignment.takers)
    used = sum(part.used for part in assignment.parts)
    wanted = assignment.work.hours
    days = [assignment.due_on(part) for part in assignment.takers]
    return (
        str(assignment.id),
        shortened(assignment.title, 150),
        shortened(who or asked_word(assignment, plan), 200),
        _stands(assignment, today),
        short_date(max(days) if days else assignment.work.due_on),
        _(
            "{wanted} frågat, {promised} lovat, {used} använt",
            wanted=number(wanted) if wanted is not None else "?",
            promised=number(promised),
            used=number(used),
        ),
    )


def _stands(assignment: Assignment, today: date) -> str:
    state = state_label(assignment.stands(today))
    return _("⏰ försenat, {state}", state=state) if assignment.is_late(today) else state


def none_fits(wanted: str) -> Card:
    """What is said when no assignment fits, or there is none yet."""
    said = _("Inga uppdrag passar: {wanted}.", wanted=wanted) if wanted else _("Inga uppdrag än.")
    hint = _("Skriv till exempel uppdrag lista KOM-03, uppdrag lista försenade eller ett namn.")
    every = Button(label=_("Visa alla uppdrag"), press=press(NAME, "lista"))
    mine = Button(label=_("Mina uppdrag"), press=press(NAME))
    buttons = (every, mine) if wanted else (mine,)
    return Card(summary=said, parts=(text(said), quiet(hint), Buttons(buttons=buttons)))


def which_municipality() -> Card:
    """What is asked of somebody who works for no municipality."""
    said = _("Vilken kommun? Skriv till exempel uppdrag kommun Hjo.")
    every = Button(label=_("Visa alla uppdrag"), press=press(NAME, "lista"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))))
