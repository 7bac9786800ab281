"""The assignment that a number names, or what is said when there is none."""

from collections.abc import Sequence

from bot.assignments.assignment import Assignment, Part
from bot.assignments.reading import assignment_by_id
from bot.assignments.states import PartState
from bot.assignments.whose import theirs_to_decide
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.protocol import Pressed, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import NotNow
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import read_number
from bot.language import _


async def asked_assignment(turn: Turn, arguments: Sequence[str]) -> Assignment | NotNow:
    """The assignment whose number is the first argument."""
    key = (*arguments, "")[0]
    found = await assignment_by_id(turn.db, read_number(key))
    return found if found is not None else NotNow((say(turn, no_such_assignment(key)),))


def no_such_assignment(number: str) -> Card:
    """What is said of a number that no assignment has."""
    said = _("Uppdrag {number} finns inte.", number=shortened(number, 20) or "–")
    every = Button(label=_("Visa uppdrag"), press=press("uppdrag", "lista"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")


async def named_part(
    turn: Turn, assignment: Assignment, rest: str, states: Sequence[PartState]
) -> tuple[Part | None, str]:
    """The part whose key a button carries, and the words after it; else the likeliest one.

    That is one in those states which waits for the person, is theirs, or is the first. A number
    that is typed is no key: `annat datum 26 juni`.
    """
    person, today = turn.person.id, in_stockholm(turn.now).date()
    key, _space, after = rest.partition(" ")
    pressed = isinstance(turn.doing, Pressed)
    if pressed and (part := assignment.part(read_number(key))) is not None:
        return part, after.strip()
    fitting = [part for part in assignment.parts if part.state in states]
    decides = await theirs_to_decide(turn.db, person, assignment, today)
    theirs = [part for part in fitting if part.person.id == person or part.id in decides]
    return next(iter([*theirs, *fitting]), None), rest
