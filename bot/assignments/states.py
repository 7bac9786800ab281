"""The states of an assignment and of each person's part in it, and which may follow which."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class State(StrEnum):
    """An assignment as a whole."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    UNRESOURCED = "unresourced"
    WITHDRAWN = "withdrawn"


class PartState(StrEnum):
    """One person's part. `PRIORITY`: a municipal director has to make room for it; `PROPOSED`:
    the director has proposed another date, which whoever asked agrees to or not."""

    ASKED = "asked"
    PRIORITY = "priority"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DONE = "done"
    DECLINED = "declined"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"


LIVING = frozenset(
    {PartState.ASKED, PartState.PRIORITY, PartState.PROPOSED, PartState.ACCEPTED, PartState.DONE}
)
"""The states in which a person still has to do with it."""

AFTER: Mapping[PartState, Mapping[str, PartState]] = {
    PartState.ASKED: {
        "accepted": PartState.ACCEPTED,
        "declined": PartState.DECLINED,
        "handed_over": PartState.HANDED_OVER,
        "priority_asked": PartState.PRIORITY,
        "withdrawn": PartState.WITHDRAWN,
    },
    PartState.PRIORITY: {
        "accepted": PartState.ACCEPTED,
        "declined": PartState.DECLINED,
        "date_proposed": PartState.PROPOSED,
        "withdrawn": PartState.WITHDRAWN,
    },
    PartState.PROPOSED: {
        "date_agreed": PartState.ACCEPTED,
        "date_refused": PartState.PRIORITY,
        "withdrawn": PartState.WITHDRAWN,
    },
    PartState.ACCEPTED: {
        "progress": PartState.ACCEPTED,
        "done": PartState.DONE,
        "declined": PartState.DECLINED,
        "handed_over": PartState.HANDED_OVER,
        "withdrawn": PartState.WITHDRAWN,
    },
    PartState.DONE: {"reopened": PartState.ACCEPTED},
}
"""What may happen to a part in each state, and where it leads; the others are ends.

A date refused goes back to the director. Accepting and declining in `PRIORITY` is the director's.
"""


def state_of(
    parts: Sequence[PartState], wanted: int, *, withdrawn: bool, nobody_left: bool
) -> State:
    """The state of the whole, from its parts.

    Done when all that were wanted have done theirs; taken when enough have accepted; without
    resources when there is nobody left to ask (`nobody_left`) and fewer than wanted have taken it.
    """
    if withdrawn:
        return State.WITHDRAWN
    has_it = [each for each in parts if each in (PartState.ACCEPTED, PartState.DONE)]
    if len(has_it) >= wanted:
        return State.DONE if all(each is PartState.DONE for each in has_it) else State.TAKEN
    return State.UNRESOURCED if nobody_left else State.OPEN
