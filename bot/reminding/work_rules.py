"""Of the work: needs, assignments, applications, documents for meetings, and mandates."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bodies import directors
from bot.clock import in_stockholm
from bot.digests.reporting_to import reports_to_send
from bot.people import BodyId, OrganisationId, PersonId
from bot.reminding.ground import Ground
from bot.reminding.things import Kind, Thing
from storage.queries import reminders as queries

MANDATE_DAYS = timedelta(days=60)
MEETING_DAYS = timedelta(days=30)


async def needs(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Needs that stand still, for whoever has them; and what is to be prepared by a day."""
    found: list[Thing] = []
    for row in await queries.needs_on_their_way(db):
        level = ground.level(BodyId(row["network_id"]) if row["network_id"] else None)
        preparer = row["preparer_id"] if row["stage"] == "preparing" else None
        whose = [PersonId(preparer)] if preparer else ground.managers
        found += [
            Thing(
                kind=Kind.NEED,
                subject=row["id"],
                person=person,
                on=in_stockholm(row["last_at"]).date(),
                name=row["title"],
                level=level,
            )
            for person in whose
        ]
        if preparer and row["prepare_by"]:
            found.append(
                Thing(
                    kind=Kind.PREPARE,
                    subject=row["id"],
                    person=PersonId(preparer),
                    on=row["prepare_by"],
                    name=row["title"],
                    level=level,
                )
            )
    return found


async def assignments(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """What somebody has taken on, and what they have not answered."""
    return [_assignment(row, ground) for row in await queries.parts_not_done(db)]


def _assignment(row: RowMapping, ground: Ground) -> Thing:
    activity = ground.activity(row["activity_id"])
    whose = {"priority": row["director_id"], "proposed": row["asked_by"]}
    accepted = row["state"] == "accepted"
    return Thing(
        kind=Kind.ASSIGNMENT if accepted else Kind.ASKED,
        subject=row["id"],
        person=PersonId(whose.get(row["state"]) or row["person_id"]),
        on=row["due_on"] if accepted else in_stockholm(row["state_since"]).date(),
        name=row["title"],
        level=ground.level_of(activity),
        code=activity.code if activity else "",
        until=None if accepted else row["due_on"],
    )


async def applications(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """The last day of a call, and reports that funders wait for."""
    to_send = await queries.applications_to_send(db)
    reports = await queries.funder_reports_to_send(db)
    return [
        *(_application(Kind.APPLICATION, row, row["last_day"], ground) for row in to_send),
        *(_application(Kind.FUNDER_REPORT, row, row["due_on"], ground) for row in reports),
    ]


def _application(kind: Kind, row: RowMapping, on: date, ground: Ground) -> Thing:
    activity = ground.activity(row["activity_id"])
    return Thing(
        kind=kind,
        subject=row["id"],
        person=PersonId(row["writer_id"]),
        on=on,
        name=row["fund"],
        level=ground.level_of(activity),
        code=activity.code if activity else "",
    )


async def documents(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Documents for a meeting, for chef and förbundsdirektör, who prepare it (charter 5.1)."""
    rows = await queries.meetings_to_come(db, ground.today, ground.today + MEETING_DAYS)
    whose = sorted({*ground.managers, *ground.directors})
    return [_documents(row, person) for row in rows for person in whose]


def _documents(row: RowMapping, person: PersonId) -> Thing:
    return Thing(
        kind=Kind.DOCUMENTS,
        subject=row["id"],
        person=person,
        on=row["documents_due_on"],
        name=row["body_name"],
        said=row["held_on"].isoformat(),
    )


async def meeting_reports(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Reports to meetings that are drafted and not sent when documents are due (charter 6.1)."""
    whose = sorted({*ground.managers, *ground.directors})
    return [
        Thing(
            kind=Kind.MEETING_REPORT,
            subject=report.id,
            person=person,
            on=report.documents_due_on or report.held_on,
            name=report.name,
            said=report.held_on.isoformat(),
            until=report.held_on,
            audience=report.audience,
        )
        for report in await reports_to_send(db, ground.today)
        for person in whose
    ]


async def mandates(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Mandates that run out, for the holder and for the director who may give another."""
    rows = await queries.mandates_running_out(db, ground.today, ground.today + MANDATE_DAYS)
    found: list[Thing] = []
    for row in rows:
        municipality = OrganisationId(row["organisation_id"])
        giving = {each.id for each in await directors(db, municipality, ground.today)}
        found += [_mandate(row, each) for each in sorted(giving | {PersonId(row["person_id"])})]
    return found


def _mandate(row: RowMapping, person: PersonId) -> Thing:
    last: Any = row["ends_on"] - timedelta(days=1)
    return Thing(
        kind=Kind.MANDATE,
        subject=row["id"],
        person=person,
        on=last,
        name=row["name"],
        said=row["organisation"],
    )
