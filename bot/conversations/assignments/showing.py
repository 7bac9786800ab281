"""`uppdrag 7` and its history: the card, what the person may do, each step with who and when."""

from collections.abc import Collection, Sequence

from bot.assignments.assignment import Assignment, AssignmentStep
from bot.assignments.reading import steps_of
from bot.assignments.rights import may_change
from bot.assignments.states import PartState
from bot.assignments.whose import theirs_to_decide
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.assignment_card import (
    assignment_card,
    show_button,
    verb_button,
)
from bot.conversations.assignments.wording import (
    assignment_name,
    step_record,
    step_told,
    title_of,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.finding import read_number
from bot.language import _, short_time
from bot.people import Person

A_PAGE = 8


async def show(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """The card, and what this person may do about it beside the answers it offers everybody."""
    today = in_stockholm(turn.now).date()
    shown = here(turn, assignment_card(assignment, turn.plan, today))
    decides = await theirs_to_decide(turn.db, turn.person.id, assignment, today)
    offered = ways_offered(assignment, turn.person, decides)
    return (shown, here(turn, ways_with(assignment, offered))) if offered else (shown,)


def ways_offered(
    assignment: Assignment, person: Person, decides: Collection[int] = ()
) -> tuple[Button, ...]:
    """What the person may do, the nearest first; `decides`: see `whose.theirs_to_decide`."""
    found: list[Button] = []

    def verb(label: str, name: str, *more: int) -> None:
        found.append(verb_button(label, assignment, name, *more))

    mine = assignment.part_of(person.id)
    if mine is not None and mine.state is PartState.ACCEPTED:
        verb(_("Berätta hur det går"), "framsteg")
        verb(_("Klart"), "klart")
        verb(_("Ändra timmar"), "timmar")
        verb(_("Lämna till kollega"), "lamna")
        verb(_("Kan inte längre"), "nej")
    for part in assignment.parts:
        if part.state is PartState.PRIORITY and part.id in decides:
            verb(_("Ge {name} tid", name=shortened(part.person.name, 50)), "ge_tid", part.id)
            verb(_("Avslå"), "avsla_tid", part.id)
            verb(_("Annat datum"), "annat_datum", part.id)
        if part.state is PartState.PROPOSED and assignment.asked_by.id == person.id:
            verb(_("Godkänn datumet"), "godkann_datum", part.id)
            verb(_("Säg nej till datumet"), "neka_datum", part.id)
        if part.state is PartState.DONE and part.person.id == person.id:
            verb(_("Öppna igen"), "oppna", part.id)
    if may_change(person, assignment) and not assignment.is_over:
        verb(_("Ändra"), "andra")
        if not assignment.takers:
            verb(_("Fråga någon annan"), "fraga")
        verb(_("Återkalla"), "aterkalla")
    return tuple(found[:10])


def ways_with(assignment: Assignment, buttons: Sequence[Button]) -> Card:
    """What the person may do with it, a button each."""
    title = _("Det här kan du göra med {name}", name=assignment_name(assignment.id))
    labels = ", ".join(each.label for each in buttons)
    row = Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:10]))
    return Card(title=title, summary=f"{title}: {labels}", parts=(row,))


async def history(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """The steps, newest first, a page at a time."""
    skip = read_number(rest, 5)
    found = await steps_of(turn.db, assignment.id, most=A_PAGE + 1, skip=skip)
    more = skip + A_PAGE if len(found) > A_PAGE else None
    return (here(turn, history_card(assignment, found[:A_PAGE], more)),)


def history_card(assignment: Assignment, steps: Sequence[AssignmentStep], more: int | None) -> Card:
    """Steps with all that is said of them; `more` is where the older ones begin."""
    parts: list[Part] = []
    for step in steps:
        when = short_time(in_stockholm(step.at))
        parts.append(text(bold(shortened(step_told(step), 300))))
        parts.append(quiet(shortened(f"{when}, {step.person_name}", 300)))
        record = step_record(step)
        if record:
            parts.append(quiet(shortened(record, 900)))
    buttons = [show_button(assignment)]
    if more is not None:
        older = press("uppdrag", assignment.id, "historik", more)
        buttons.insert(0, Button(label=_("Visa äldre"), press=older))
    parts.append(Buttons(buttons=tuple(buttons)))
    title = _("Historik: {title}", title=title_of(assignment))
    told = "; ".join(f"{step_told(step)} ({step.person_name})" for step in steps)
    return Card(
        title=shortened(title, 150),
        summary=shortened(f"{title}. {told}", 1_500),
        parts=tuple(parts),
    )


def what_about_it(assignment: Assignment) -> Card:
    """What is said when the word after an assignment's number means nothing here."""
    said = _("Vad vill du göra med {title}?", title=title_of(assignment))
    hint = _("Skriv till exempel {name} ja, {name} nej och varför, eller {name} klart 12 timmar.",
             name=assignment_name(assignment.id))  # fmt: skip
    return Card(
        summary=shortened(said, 600),
        parts=(
            text(shortened(said, 600)),
            quiet(hint),
            Buttons(buttons=(show_button(assignment),)),
        ),
    )
