"""Answering what is asked: taking it on, saying no, handing it over, making room, doing it.

All hold the assignment, judge what is allowed on what is read then, and return it as it is after.
NotYours: the person may not. NotPossible: the rules forbid it as it is. Full: enough have taken it.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.assignments.assignment import Assignment, Part, ToNetwork
from bot.assignments.changing import (
    NobodyToAsk,
    NotAColleague,
    NotPossible,
    NotYours,
    YouDecide,
    day_of,
    deciders,
    held,
    move_part,
    new_part,
    own_time,
    room_left,
    settled,
    stepped,
)
from bot.assignments.rights import is_the_municipalitys, may_agree, may_reopen
from bot.assignments.states import PartState
from bot.assignments.whose import (
    answered_by,
    directors_own,
    for_decider,
    judged_decider,
    mine,
    still,
    taken_over,
)
from bot.needs.rights import leads
from bot.people import PersonId
from bot.plan import Contact
from storage.queries import assignment_changes as queries
from storage.queries.assignment_people import are_colleagues, is_employed_by


async def accept(
    db: AsyncConnection, by: By, assignment: Assignment, *, hours: int | None
) -> Assignment:
    """Take it on, with the hours promised; None when that is not known."""
    now = await held(db, assignment)
    part = await answered_by(db, by, now)
    _may_be_taken(now, part)
    if part is None or part.person.id != by.person.id:
        now, part = await taken_over(db, by, now, part)
    await move_part(db, by, now, part, "accepted", values={"hours": hours}, step={"hours": hours})
    return await settled(db, by, now.id)


def _may_be_taken(now: Assignment, part: Part | None) -> None:
    """Full or NotPossible, unless the part may be accepted as far as the others go."""
    if part is not None and part.state is not PartState.ASKED:
        raise NotPossible(now)
    room_left(now)


async def decline(db: AsyncConnection, by: By, assignment: Assignment, reason: str) -> Assignment:
    """Say no, and why; also to what one has taken on. NotPossible when it is over."""
    now = await held(db, assignment)
    if now.is_over:
        raise NotPossible(now)
    part = await answered_by(db, by, now)
    if part is None:
        now, part = await taken_over(db, by, now, None)
    if part.state is PartState.PRIORITY:
        raise NotPossible(now)
    await move_part(db, by, now, part, "declined", step={"reason": reason})
    return await settled(db, by, now.id)


async def hand_over(
    db: AsyncConnection, by: By, assignment: Assignment, to: PersonId
) -> Assignment:
    """Have a colleague asked instead: of the same employer, or of the network that was asked.

    NotAColleague.
    """
    now = await held(db, assignment)
    part = await answered_by(db, by, now)
    network = now.asked.network if isinstance(now.asked, ToNetwork) else None
    if part is not None and is_the_municipalitys(now, part) and part.organisation is not None:
        fits = await is_employed_by(db, to, part.organisation, day_of(by))
    else:
        fits = await are_colleagues(db, by.person.id, to, network, day_of(by))
    if not fits:
        raise NotAColleague
    if part is None:
        now, part = await taken_over(db, by, now, None)
    return await _hand(db, by, now, part, to)


async def hand_over_for(
    db: AsyncConnection, by: By, assignment: Assignment, part: Part, to: PersonId
) -> Assignment:
    """Have somebody else asked for the one whose part it is: those who lead the work may."""
    if not leads(by.person):
        raise NotYours
    now = await held(db, assignment)
    standing = still(now, part)
    if standing.state in (PartState.PRIORITY, PartState.PROPOSED):
        raise NotPossible(now)
    return await _hand(db, by, now, standing, to)


async def _hand(
    db: AsyncConnection, by: By, now: Assignment, part: Part, to: PersonId
) -> Assignment:
    if now.part_of(to) is not None:
        raise NotPossible(now)
    if part.state is PartState.ASKED:
        room_left(now)
    await move_part(db, by, now, part, "handed_over", step={"other_person_id": to})
    kept = part.organisation
    if kept is not None and not await is_employed_by(db, to, kept, day_of(by)):
        kept = None
    values = {"handed_from_id": part.id, "due_on": part.due_on}
    await new_part(db, by, now.id, to, organisation=kept, values=values)
    return await settled(db, by, now.id)


async def ask_priority(
    db: AsyncConnection, by: By, assignment: Assignment, reason: str | None
) -> Assignment:
    """Ask for room for it: of the municipality's director, or of the chef where there is none.

    YouDecide for a director. NobodyToAsk.
    """
    now = await held(db, assignment)
    part = await answered_by(db, by, now)
    _may_be_taken(now, part)
    today = day_of(by)
    whose = part.organisation if part is not None else await own_time(db, by.person.id, today)
    above = await deciders(db, whose, today)
    if by.person.id in {each.id for each in above}:
        raise YouDecide(now)
    if not above:
        raise NobodyToAsk
    if part is None:
        now, part = await taken_over(db, by, now, None)
    await _priority(db, by, now, part, above[0], reason)
    return await settled(db, by, now.id)


async def _priority(
    db: AsyncConnection, by: By, now: Assignment, part: Part, director: Contact, reason: str | None
) -> None:
    step = {"reason": reason, "other_person_id": director.id}
    values = {"director_id": director.id}
    await move_part(db, by, now, part, "priority_asked", values=values, step=step)


async def accept_for(db: AsyncConnection, by: By, assignment: Assignment, part: Part) -> Assignment:
    """As the one who can, make room for the person's part: they have it then."""
    now, standing = await for_decider(db, by, assignment, part)
    room_left(now)
    hours = standing.hours if standing.hours is not None else now.share
    await move_part(
        db, by, now, standing, "accepted", values={"hours": hours}, step={"hours": hours}
    )
    return await settled(db, by, now.id)


async def decline_for(
    db: AsyncConnection, by: By, assignment: Assignment, part: Part, reason: str
) -> Assignment:
    """As the one who could, say that there is no room for it, and why."""
    now, standing = await for_decider(db, by, assignment, part)
    await move_part(db, by, now, standing, "declined", step={"reason": reason})
    return await settled(db, by, now.id)


async def propose_date(
    db: AsyncConnection, by: By, assignment: Assignment, part: Part, day: date
) -> Assignment:
    """As the one who decides, propose another day to whoever asked.

    Also of what is asked of a director's own municipality.
    """
    now = await held(db, assignment)
    standing = still(now, part)
    if is_the_municipalitys(now, standing):
        now, standing = await directors_own(db, by, now, standing)
        director = Contact(by.person.id, by.person.name, by.person.email)
        await _priority(db, by, now, standing, director, None)
        standing = replace(standing, state=PartState.PRIORITY)
    else:
        await judged_decider(db, by, standing)
    await move_part(
        db, by, now, standing, "date_proposed", values={"proposed_on": day}, step={"due_on": day}
    )
    return await settled(db, by, now.id)


async def agree_date(db: AsyncConnection, by: By, assignment: Assignment, part: Part) -> Assignment:
    """As whoever asked, agree to the day that was proposed: the person has it then."""
    now = await held(db, assignment)
    if not may_agree(by.person.id, now):
        raise NotYours
    standing = still(now, part)
    if standing.state is PartState.PROPOSED:
        room_left(now)
    hours = standing.hours if standing.hours is not None else now.share
    values = {"due_on": standing.proposed_on, "hours": hours}
    step = {"due_on": standing.proposed_on, "hours": hours}
    await move_part(db, by, now, standing, "date_agreed", values=values, step=step)
    return await settled(db, by, now.id)


async def refuse_date(
    db: AsyncConnection, by: By, assignment: Assignment, part: Part, reason: str
) -> Assignment:
    """As whoever asked, say no to the day, and why: it goes back to the director."""
    now = await held(db, assignment)
    if not may_agree(by.person.id, now):
        raise NotYours
    standing = still(now, part)
    await move_part(db, by, now, standing, "date_refused", step={"reason": reason})
    return await settled(db, by, now.id)


async def promise(
    db: AsyncConnection, by: By, assignment: Assignment, *, hours: int | None
) -> Assignment:
    """Promise another number of hours for what one has taken on."""
    now = await held(db, assignment)
    part = mine(by, now)
    if part.state is not PartState.ACCEPTED:
        raise NotPossible(now)
    if part.hours == hours:
        return now
    await queries.change_part(db, part.id, {"hours": hours})
    step = {"part_id": part.id, "hours": hours}
    await stepped(db, by, now.id, "edited", step, fields=("hours",))
    return await settled(db, by, now.id)


async def progress(
    db: AsyncConnection, by: By, assignment: Assignment, *, hours: int, note: str | None
) -> Assignment:
    """Say how far it is, and the hours used since last time."""
    now = await held(db, assignment)
    part = mine(by, now)
    await move_part(db, by, now, part, "progress", step={"hours": hours, "reason": note})
    return await settled(db, by, now.id)


async def done(
    db: AsyncConnection, by: By, assignment: Assignment, *, hours: int | None, note: str | None
) -> Assignment:
    """Say that one's part is done, and the hours used since last time."""
    now = await held(db, assignment)
    part = mine(by, now)
    await move_part(db, by, now, part, "done", step={"hours": hours, "reason": note})
    return await settled(db, by, now.id)


async def reopen(
    db: AsyncConnection, by: By, assignment: Assignment, part: Part, reason: str
) -> Assignment:
    """Say that a part is not done after all, and why."""
    now = await held(db, assignment)
    standing = still(now, part)
    if not may_reopen(by.person, now, standing):
        raise NotYours
    await move_part(db, by, now, standing, "reopened", step={"reason": reason})
    return await settled(db, by, now.id)
