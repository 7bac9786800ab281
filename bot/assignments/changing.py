"""What every change of an assignment stands on: held, read again, judged, written with its step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.assignments.assignment import Assignment, Part, ToNetwork
from bot.assignments.reading import assignment_by_id, may_be_asked
from bot.assignments.states import AFTER, PartState, State, state_of
from bot.bodies import directors, holders
from bot.clock import in_stockholm
from bot.people import OrganisationId, PersonId
from bot.plan import Contact
from storage.queries import assignment_changes as queries
from storage.queries.assignment_people import employer_of

_PENDING = (PartState.ASKED, PartState.PRIORITY, PartState.PROPOSED)


class NotYours(Exception):
    """The person may not do that with the assignment."""


class NotPossible(Exception):
    """The rules forbid it from how it is now; `assignment` is as it was read when held."""

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(f"assignment {assignment.id}")
        self.assignment = assignment


class Full(NotPossible):
    """As many as were wanted have taken it on already."""


class YouDecide(NotPossible):
    """Nobody is above the person who could make room for it: they decide themselves."""


class NotAColleague(NotYours):
    """Whoever it is to be handed to is neither of the same employer nor of the network."""


class NobodyToAsk(Exception):
    """The municipality has no director, the network no member, nobody can make room for it."""


def day_of(by: By) -> date:
    """The day in Sweden when they act."""
    return in_stockholm(by.now).date()


async def held(db: AsyncConnection, assignment: Assignment) -> Assignment:
    """The assignment as it is now, held until the transaction ends."""
    await queries.lock_assignment(db, assignment.id)
    return await assignment_by_id(db, assignment.id) or assignment


async def own_time(db: AsyncConnection, person: PersonId, today: date) -> OrganisationId | None:
    """Whose time the person's work is."""
    found = await employer_of(db, person, today)
    return OrganisationId(found) if found is not None else None


async def deciders(db: AsyncConnection, whose: OrganisationId | None, today: date) -> list[Contact]:
    """Who can make room in that time: the municipality's directors, else the chef."""
    found = await directors(db, whose, today) if whose is not None else []
    return found or await holders(db, "manager", today)


def after(assignment: Assignment, state: PartState, kind: str) -> PartState:
    """The state that follows; NotPossible when the rules have none, or it is withdrawn."""
    if assignment.state is State.WITHDRAWN or kind not in AFTER.get(state, {}):
        raise NotPossible(assignment)
    return AFTER[state][kind]


def room_left(assignment: Assignment) -> None:
    """Full when as many as were wanted have it."""
    if assignment.state is State.WITHDRAWN:
        raise NotPossible(assignment)
    if len(assignment.takers) >= assignment.wanted:
        raise Full(assignment)


async def move_part(
    db: AsyncConnection,
    by: By,
    assignment: Assignment,
    part: Part,
    kind: str,
    *,
    values: Mapping[str, Any] | None = None,
    step: Mapping[str, Any] | None = None,
) -> PartState:
    """Write what happened to a part, by the rules; NotPossible when they forbid it."""
    to = after(assignment, part.state, kind)
    changed: dict[str, Any] = dict(values or {})
    if to is not part.state:
        changed = {"state": to.value, "state_since": by.now, "proposed_on": None, **changed}
    await queries.change_part(db, part.id, changed)
    await stepped(
        db,
        by,
        assignment.id,
        kind,
        {
            "part_id": part.id,
            "from_state": part.state.value,
            "to_state": to.value,
            **(step or {}),
        },
        fields=sorted(changed),
    )
    return to


async def new_part(
    db: AsyncConnection,
    by: By,
    assignment_id: int,
    person: PersonId,
    *,
    organisation: OrganisationId | None = None,
    values: Mapping[str, Any] | None = None,
) -> int:
    """Write a part that is asked of the person; its key. Its step is the caller's to write."""
    whose = organisation or await own_time(db, person, day_of(by))
    return await queries.add_part(
        db,
        {
            "assignment_id": assignment_id,
            "person_id": person,
            "organisation_id": whose,
            "state": PartState.ASKED.value,
            "state_since": by.now,
            **(values or {}),
        },
    )


async def stepped(
    db: AsyncConnection,
    by: By,
    assignment_id: int,
    kind: str,
    step: Mapping[str, Any],
    fields: Sequence[str] = (),
) -> None:
    """Write a step and its audit line."""
    values = {
        "assignment_id": assignment_id,
        "person_id": by.person.id,
        "taken_at": by.now,
        "kind": kind,
        "platform": by.platform,
        **step,
    }
    await queries.write_assignment_step(db, values, fields)


async def settled(
    db: AsyncConnection, by: By, assignment_id: int, *, withdrawn: bool = False
) -> Assignment:
    """The assignment after a change, its state judged anew from its parts and written."""
    now = await assignment_by_id(db, assignment_id)
    if now is None:
        raise LookupError(f"assignment {assignment_id}")
    state = state_of(
        [part.state for part in now.parts],
        now.wanted,
        withdrawn=withdrawn or now.state is State.WITHDRAWN,
        nobody_left=await nobody_left(db, now, day_of(by)),
    )
    if state is now.state:
        return now
    await queries.change_assignment(db, now.id, {"state": state.value, "state_since": by.now})
    return await assignment_by_id(db, now.id) or now


async def nobody_left(db: AsyncConnection, now: Assignment, today: date) -> bool:
    """Whether everybody who was asked, or could take it, has said no."""
    members: list[Contact] = []
    if isinstance(now.asked, ToNetwork):
        members = await may_be_asked(db, now.asked.network, today)
    return all_have_answered(now, members)


def all_have_answered(now: Assignment, members: Sequence[Contact]) -> bool:
    """The same, where the members of the network that was asked are known."""
    if any(part.state in _PENDING for part in now.parts):
        return False
    answered = {part.person.id for part in now.parts}
    return not isinstance(now.asked, ToNetwork) or all(each.id in answered for each in members)
