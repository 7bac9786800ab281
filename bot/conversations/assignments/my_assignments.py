"""What waits for somebody among the assignments, and theirs: `uppdrag`, and on their own page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.assignments.assignment import Assignment
from bot.assignments.reading import AssignmentFilter, listed
from bot.assignments.rights import is_the_municipalitys
from bot.assignments.states import PartState, State
from bot.assignments.whose import theirs_to_decide
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.asking_form import may_begin
from bot.conversations.assignments.assignment_card import NAME, show_button, verb_button
from bot.conversations.assignments.wording import many, state_label, title_of
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Heading, Part, bold, press, text
from bot.language import _, ngettext, short_date
from bot.people import Person

SHOWN = 4
"""Of each kind."""


@dataclass(frozen=True)
class Mine:
    """What is somebody's, a few of each kind, and how many there are.

    An answer is wanted; a network of theirs is asked; they have it; they asked for it. `decides`:
    parts among them that they decide on for others.
    """

    waiting: tuple[Assignment, ...] = ()
    open_to: tuple[Assignment, ...] = ()
    taken: tuple[Assignment, ...] = ()
    asked: tuple[Assignment, ...] = ()
    totals: tuple[int, int, int, int] = (0, 0, 0, 0)
    decides: frozenset[int] = frozenset()


async def find_mine(turn: Turn) -> Mine:
    """Look it up."""
    person, today = turn.person.id, in_stockholm(turn.now).date()
    open_states = frozenset({State.OPEN, State.UNRESOURCED, State.TAKEN})
    found = [
        await listed(turn.db, wanted, most=SHOWN)
        for wanted in (
            AssignmentFilter(waits_for=person, today=today),
            AssignmentFilter(open_to=person, today=today),
            AssignmentFilter(person=person, states=open_states),
            AssignmentFilter(asked_by=person, states=open_states),
        )
    ]
    waiting = {each.id for each in found[0][0]}
    decides = [
        await theirs_to_decide(turn.db, person, each, today)
        for some, _total in found
        for each in some
    ]
    taken = tuple(each for each in found[2][0] if each.id not in waiting)
    return Mine(
        waiting=found[0][0],
        open_to=found[1][0],
        taken=taken,
        asked=found[3][0],
        totals=(found[0][1], found[1][1], found[2][1], found[3][1]),
        decides=frozenset[int]().union(*decides),
    )


async def show_mine(turn: Turn, rest: str) -> Replies:
    """What waits for the person, what they have taken on, and what they have asked for."""
    mine, today = await find_mine(turn), in_stockholm(turn.now).date()
    return (here(turn, mine_card(mine, turn.person, today, may_ask=may_begin(turn))),)


async def assignments_at_home(turn: Turn) -> tuple[Card, ...]:
    """The same on one's own page; nothing while there is nothing."""
    mine, today = await find_mine(turn), in_stockholm(turn.now).date()
    if not any(mine.totals):
        return ()
    return (mine_card(mine, turn.person, today, may_ask=may_begin(turn)),)


def mine_card(mine: Mine, person: Person, today: date, *, may_ask: bool) -> Card:
    """A few of each kind, each with what one can do about it."""
    title = _("Mina uppdrag")
    ways = [
        Button(label=_("Alla uppdrag"), press=press(NAME, "lista")),
        Button(label=_("Min kommun"), press=press(NAME, "kommun")),
        Button(label=_("Timmar"), press=press(NAME, "timmar")),
    ]
    if may_ask:
        new = press("formular", "uppdrag")
        ways.insert(0, Button(label=_("Nytt uppdrag"), press=new, style="primary"))
    if not any((mine.waiting, mine.open_to, mine.taken, mine.asked)):
        said = _("Du har inga uppdrag, och inget väntar på svar från dig.")
        return Card(title=title, summary=said, parts=(text(said), Buttons(buttons=tuple(ways))))
    parts: list[Part] = []
    headings = (
        (_("Väntar på svar från dig"), mine.waiting),
        (_("Frågat i ditt nätverk"), mine.open_to),
        (_("Det du har tagit"), mine.taken),
        (_("Det du har frågat om"), mine.asked),
    )
    for (heading, some), total in zip(headings, mine.totals, strict=True):
        if not some:
            continue
        parts.append(Heading(text=f"{heading} ({total})"))
        for each in some:
            parts += _line(each, person, today, mine.decides)
    parts.append(Buttons(buttons=tuple(ways)))
    return Card(title=title, summary=_summary(mine), parts=tuple(parts))


def _summary(mine: Mine) -> str:
    waiting = ngettext(
        "{n} uppdrag väntar på svar från dig", "{n} uppdrag väntar på svar från dig", mine.totals[0]
    )
    taken = _("du har {count}", count=many(mine.totals[2]))
    titles = "; ".join(title_of(each) for each in (*mine.waiting, *mine.open_to, *mine.taken))
    return shortened(f"{waiting}, {taken}. {titles}", 1_500)


def _line(
    assignment: Assignment, person: Person, today: date, decides: Collection[int]
) -> Sequence[Part]:
    part = assignment.part_of(person.id)
    state = state_label(assignment.stands(today))
    said = _("{state}, klart senast {day}", state=state, day=short_date(assignment.due_on(part)))
    if assignment.is_late(today):
        said = _("⏰ försenat, {state}", state=said)
    first = text(bold(shortened(title_of(assignment), 200)), f" · {said}")
    answers = _answers(assignment, person, decides)
    return (first, Buttons(buttons=(*answers, show_button(assignment))))


def _answers(assignment: Assignment, person: Person, decides: Collection[int]) -> Sequence[Button]:
    """What the person can answer at once."""
    for part in assignment.parts:
        if part.state is PartState.PRIORITY and part.id in decides:
            return (
                verb_button(_("Ge tid"), assignment, "ge_tid", part.id, style="primary"),
                verb_button(_("Avslå"), assignment, "avsla_tid", part.id),
                verb_button(_("Annat datum"), assignment, "annat_datum", part.id),
            )
        if part.state is PartState.PROPOSED and assignment.asked_by.id == person.id:
            return (
                verb_button(_("Godkänn"), assignment, "godkann_datum", part.id, style="primary"),
                verb_button(_("Säg nej"), assignment, "neka_datum", part.id),
            )
    mine = assignment.part_of(person.id)
    if mine is not None and mine.state is PartState.ACCEPTED:
        return (
            verb_button(_("Berätta hur det går"), assignment, "framsteg"),
            verb_button(_("Klart"), assignment, "klart"),
        )
    network = mine is None and _is_open_to(assignment, person)
    asked = (
        mine is not None
        and mine.state is PartState.ASKED
        and not is_the_municipalitys(assignment, mine)
    )
    directs = any(part.id in decides for part in assignment.parts)
    if asked or network or directs:
        return (
            verb_button(_("Ja, jag tar det"), assignment, "ja", style="primary"),
            verb_button(_("Kan inte"), assignment, "nej"),
            verb_button(_("Lämna till kollega"), assignment, "lamna"),
        )
    return ()


def _is_open_to(assignment: Assignment, person: Person) -> bool:
    network = getattr(assignment.asked, "network", None)
    wanted = assignment.state in (State.OPEN, State.UNRESOURCED)
    return wanted and network in person.bodies
