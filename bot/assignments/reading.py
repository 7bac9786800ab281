"""Assignments read from the database: one, a page of them, their history, hours, who is asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.assignment import (
    About,
    Asked,
    Assignment,
    AssignmentStep,
    Hours,
    Part,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
    Work,
)
from bot.assignments.states import PartState, State
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import ActivityId, Contact
from storage.queries import assignment_people as people_queries
from storage.queries import assignments as queries


@dataclass(frozen=True)
class AssignmentFilter:
    """Which assignments are wanted; what is empty does not matter.

    `person` has a living part. `late_on`: not over, and due before that day. `waits_for`: an answer
    is wanted of them: asked, or as director, or as the one who asked when a date is proposed.
    `open_to`: asked of a network of theirs, which they have not answered. The last two are judged
    on `today`.
    """

    person: PersonId | None = None
    municipality: OrganisationId | None = None
    asked_by: PersonId | None = None
    activity_id: ActivityId | None = None
    need_id: int | None = None
    states: frozenset[State] = frozenset()
    late_on: date | None = None
    waits_for: PersonId | None = None
    open_to: PersonId | None = None
    today: date | None = None


async def assignment_by_id(db: AsyncConnection, assignment_id: int) -> Assignment | None:
    """The assignment with that number."""
    if not 0 < assignment_id < 2**63:
        return None
    row = await queries.one_assignment(db, assignment_id)
    return read_assignment(row) if row else None


async def assignments_by_id(db: AsyncConnection, ids: Collection[int]) -> Mapping[int, Assignment]:
    """Those with the numbers, by their number."""
    found = await queries.some_assignments(db, list(ids)) if ids else ()
    return {row["id"]: read_assignment(row) for row in found}


async def listed(
    db: AsyncConnection, wanted: AssignmentFilter, *, most: int, skip: int = 0
) -> tuple[tuple[Assignment, ...], int]:
    """A page of those that fit, what is due first first, what is over last; and how many fit."""
    values = {
        "person": wanted.person,
        "municipality": wanted.municipality,
        "asked_by": wanted.asked_by,
        "activity_id": wanted.activity_id,
        "need_id": wanted.need_id,
        "states": sorted(wanted.states),
        "late_on": wanted.late_on,
        "waits_for": wanted.waits_for,
        "open_to": wanted.open_to,
        "today": wanted.today,
    }
    rows, total = await queries.assignments_that_fit(db, values, most, skip)
    return tuple(read_assignment(row) for row in rows), total


async def steps_of(
    db: AsyncConnection, assignment_id: int, *, most: int, skip: int = 0
) -> list[AssignmentStep]:
    """The history, newest first."""
    found = await queries.history_of_assignment(db, assignment_id, most, skip)
    return [_step(row) for row in found]


async def hours_by_municipality_and_activity(
    db: AsyncConnection,
    *,
    activity_id: ActivityId | None = None,
    municipality: OrganisationId | None = None,
) -> list[Hours]:
    """Hours asked, promised and used, for each employer and activity.

    What is asked for a need counts for the activity that it became. A person's share counts once
    for an assignment, and not when it was handed over or withdrawn; time used stays where it was.
    """
    found = await queries.hours_by_organisation_and_activity(db, activity_id, municipality)
    return [
        Hours(
            organisation=row["organisation_id"],
            activity_id=row["activity_id"],
            asked=row["asked"],
            promised=row["promised"],
            used=row["used"],
        )
        for row in found
    ]


async def may_be_asked(db: AsyncConnection, network: BodyId, today: date) -> list[Contact]:
    """The network's members on the day, by name."""
    found = await people_queries.members_of_network(db, network, today)
    return [Contact(PersonId(row["id"]), row["name"], row["email"]) for row in found]


async def out_of_sight(db: AsyncConnection, network: BodyId, today: date) -> set[PersonId]:
    """Members who see no channel of the network in the chat where they work: told privately."""
    found = await people_queries.members_out_of_sight(db, network, today)
    return {PersonId(one) for one in found}


def read_assignment(row: RowMapping) -> Assignment:
    """The assignment in a row of `storage.queries.assignments`."""
    return Assignment(
        id=row["id"],
        work=Work(
            title=row["title"],
            due_on=row["due_on"],
            reason=row["reason"],
            hours=row["hours"],
            about=About(row["activity_id"], row["milestone_id"], row["need_id"]),
        ),
        asked=_asked(row),
        asked_by=Contact(PersonId(row["asked_by"]), row["asker_name"], row["asker_email"]),
        asked_at=row["asked_at"],
        state=State(row["state"]),
        state_since=row["state_since"],
        parts=tuple(_part(one) for one in _rows(row["parts"])),
    )


def _rows(parts: Sequence[Mapping[str, Any]] | None) -> Sequence[Mapping[str, Any]]:
    return parts or ()


def _asked(row: RowMapping) -> Asked:
    if row["network_id"] is not None:
        return ToNetwork(BodyId(row["network_id"]), row["wanted"])
    if row["organisation_id"] is not None:
        return ToMunicipality(OrganisationId(row["organisation_id"]))
    return ToOnePerson(PersonId(row["person_id"]))


def _part(data: Mapping[str, Any]) -> Part:
    director = None
    if data["director_id"] is not None:
        director = Contact(
            PersonId(data["director_id"]), data["director_name"], data["director_email"]
        )
    return Part(
        id=data["id"],
        person=Contact(PersonId(data["person_id"]), data["name"], data["email"]),
        organisation=data["organisation_id"],
        state=PartState(data["state"]),
        since=datetime.fromisoformat(data["state_since"]),
        hours=data["hours"],
        used=int(data["used"]),
        due_on=_day(data["due_on"]),
        proposed_on=_day(data["proposed_on"]),
        director=director,
        reason=data["reason"],
        handed_from=data["handed_from_id"],
    )


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _step(row: RowMapping) -> AssignmentStep:
    other = None
    if row["other_person_id"] is not None:
        other = Contact(PersonId(row["other_person_id"]), row["other_name"], row["other_email"])
    return AssignmentStep(
        id=row["id"],
        assignment_id=row["assignment_id"],
        part_id=row["part_id"],
        kind=row["kind"],
        person_id=PersonId(row["person_id"]),
        person_name=row["person_name"],
        at=row["taken_at"],
        from_state=PartState(row["from_state"]) if row["from_state"] else None,
        to_state=PartState(row["to_state"]) if row["to_state"] else None,
        hours=row["hours"],
        due_on=row["due_on"],
        reason=row["reason"],
        other=other,
    )
