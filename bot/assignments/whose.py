"""Whose part an answer is about, and whether it is theirs to give."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import bodies
from bot.acting import By
from bot.assignments.assignment import Assignment, Part, ToNetwork
from bot.assignments.changing import (
    NotPossible,
    NotYours,
    day_of,
    deciders,
    held,
    move_part,
    new_part,
    room_left,
)
from bot.assignments.reading import assignment_by_id
from bot.assignments.rights import is_the_municipalitys
from bot.assignments.states import PartState, State
from bot.people import PersonId


def still(now: Assignment, part: Part) -> Part:
    """The part as it was read when held."""
    found = now.part(part.id)
    if found is None or now.state is State.WITHDRAWN:
        raise NotPossible(now)
    return found


def mine(by: By, now: Assignment) -> Part:
    """The person's own living part; NotYours when they have none."""
    part = now.part_of(by.person.id)
    if now.state is State.WITHDRAWN:
        raise NotPossible(now)
    if part is None:
        raise NotYours
    return part


async def answered_by(db: AsyncConnection, by: By, now: Assignment) -> Part | None:
    """The part that the person answers for: their own, or what is asked of their municipality.

    None for a member of the network that was asked, who has no part yet. NotYours for others, and
    for a director who has left: what is asked of a municipality is its directors' of the day.
    """
    if now.state is State.WITHDRAWN:
        raise NotPossible(now)
    own = now.part_of(by.person.id)
    if own is not None and not is_the_municipalitys(now, own):
        return own
    for part in now.parts:
        if is_the_municipalitys(now, part) and await _directs(db, by, part):
            return part
    if isinstance(now.asked, ToNetwork) and now.asked.network in by.person.bodies:
        return None
    raise NotYours


async def _directs(db: AsyncConnection, by: By, part: Part) -> bool:
    if part.organisation is None:
        return False
    directors = await bodies.directors(db, part.organisation, day_of(by))
    return by.person.id in {each.id for each in directors}


async def taken_over(
    db: AsyncConnection, by: By, now: Assignment, part: Part | None
) -> tuple[Assignment, Part]:
    """A part of the person's own: their first in what a network was asked, or another director's.

    The assignment with it, and the part, which is asked.
    """
    if part is None:
        key = await new_part(db, by, now.id, by.person.id)
    else:
        step = {"other_person_id": by.person.id}
        await move_part(db, by, now, part, "handed_over", step=step)
        values = {"handed_from_id": part.id, "due_on": part.due_on}
        key = await new_part(
            db, by, now.id, by.person.id, organisation=part.organisation, values=values
        )
    after = await assignment_by_id(db, now.id)
    found = after.part(key) if after is not None else None
    if after is None or found is None:
        raise LookupError(f"assignment {now.id}, part {key}")
    return after, found


async def for_decider(
    db: AsyncConnection, by: By, assignment: Assignment, part: Part
) -> tuple[Assignment, Part]:
    """The part held, for somebody who can make room for it; NotYours; NotPossible."""
    now = await held(db, assignment)
    standing = still(now, part)
    await judged_decider(db, by, standing)
    if standing.state is not PartState.PRIORITY:
        raise NotPossible(now)
    return now, standing


async def judged_decider(db: AsyncConnection, by: By, part: Part) -> None:
    """NotYours unless the person can make room for it on the day, whomever it was asked of."""
    if by.person.id not in {each.id for each in await deciders(db, part.organisation, day_of(by))}:
        raise NotYours


async def theirs_to_decide(
    db: AsyncConnection, person: PersonId, assignment: Assignment, today: date
) -> frozenset[int]:
    """Keys of the parts that the person decides on for others on the day.

    What is asked of the municipality that they direct, and where they can make room for it.
    """
    who = await asked_to_decide(db, assignment, today)
    return frozenset(key for key, people in who.items() if person in people)


async def asked_to_decide(
    db: AsyncConnection, assignment: Assignment, today: date
) -> dict[int, frozenset[PersonId]]:
    """Who decides on the day, for each part that is asked of a municipality or waits for room."""
    found: dict[int, frozenset[PersonId]] = {}
    for part in assignment.parts:
        if part.state is PartState.PRIORITY:
            who = await deciders(db, part.organisation, today)
        elif is_the_municipalitys(assignment, part) and part.organisation is not None:
            who = await bodies.directors(db, part.organisation, today)
        else:
            continue
        found[part.id] = frozenset(each.id for each in who)
    return found


async def directors_own(
    db: AsyncConnection, by: By, now: Assignment, part: Part
) -> tuple[Assignment, Part]:
    """What is asked of the director's municipality, as theirs to decide; NotYours; Full."""
    if not await _directs(db, by, part):
        raise NotYours
    room_left(now)
    return (now, part) if part.person.id == by.person.id else await taken_over(db, by, now, part)
