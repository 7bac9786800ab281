"""Status reports: who may report, what a report says, and recording one."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.absence import stood_in_for
from bot.people import Person, PersonId
from bot.plan import Activity, ActivityId, Plan
from bot.states import NEEDS_DEVIATION, Decider, Status
from storage.queries import people, reports


@dataclass(frozen=True)
class Content:
    """What a report says. `deviation` is said for every risk and deviation."""

    status: Status
    situation: str | None = None
    decision_from: Decider = Decider.NOBODY
    decision: str | None = None
    deviation: str | None = None
    measure: str | None = None
    next_step: str | None = None
    percent: int | None = None
    unchanged: bool = False

    def said_again(self) -> "Content":
        """The same once more, marked as unchanged."""
        return replace(self, unchanged=True)


@dataclass(frozen=True)
class Report:
    """A report as recorded. `reported_at` is aware; `replaces` names what it corrects."""

    id: int
    activity_id: ActivityId
    person_id: PersonId
    person_name: str
    reported_at: datetime
    replaces: int | None
    replaced_by: int | None
    content: Content


def read_report(row: RowMapping) -> Report:
    """The report in a row of `storage.queries.reports`."""
    return Report(
        id=row["id"],
        activity_id=ActivityId(row["activity_id"]),
        person_id=PersonId(row["person_id"]),
        person_name=row["person_name"],
        reported_at=row["reported_at"],
        replaces=row["replaces_id"],
        replaced_by=row.get("replaced_by_id"),
        content=Content(
            status=Status(row["status"]),
            situation=row["situation"],
            decision_from=Decider(row["decision_from"]),
            decision=row["decision"],
            deviation=row["deviation"],
            measure=row["measure"],
            next_step=row["next_step"],
            percent=row["percent"],
            unchanged=row["unchanged"],
        ),
    )


def may_report(person: Person, activity: Activity) -> bool:
    """The one responsible, members of its network from a municipality in it, staff, the chef."""
    if person.id == activity.responsible.id or person.is_staff or person.is_manager:
        return True
    involved = activity.participants | {activity.coordinator}
    in_network = activity.network is not None and activity.network in person.bodies
    return in_network and not person.employers.isdisjoint(involved)


async def to_report(
    db: AsyncConnection, plan: Plan, person: Person, day: date
) -> tuple[Activity, ...]:
    """Activities that are the person's to report on the day: their own, and those of people who are
    away and whose deputy they are."""
    return plan.of_person(person, day, *await stood_in_for(db, person.id, day))


async def others_who_may(
    db: AsyncConnection, activity: Activity, plan: Plan, now: datetime
) -> list[str]:
    """Names of network members who may report the activity, besides the one responsible."""
    if activity.network is None:
        return []
    involved = [*activity.participants, activity.coordinator]
    names = await people.network_members_of(db, activity.network, list(involved), now.date())
    return [name for name in names if name != activity.responsible.name]


async def latest(db: AsyncConnection, activity: Activity) -> Report | None:
    """The activity's latest report that stands."""
    found = await reports.latest_reports(db, activity.id)
    return read_report(found[0]) if found else None


async def latest_two(
    db: AsyncConnection, activity_id: ActivityId
) -> tuple[Report | None, Report | None]:
    """The latest report that stands, and the one before it."""
    found = [read_report(row) for row in await reports.latest_reports(db, activity_id, most=2)]
    return (found[0] if found else None, found[1] if len(found) > 1 else None)


async def latest_of(
    db: AsyncConnection, activities: tuple[Activity, ...]
) -> dict[ActivityId, Report]:
    """The latest report that stands of each activity that has one."""
    found = await reports.latest_report_per_activity(db, [each.id for each in activities])
    return {ActivityId(key): read_report(row) for key, row in found.items()}


async def report_by_id(db: AsyncConnection, report_id: int) -> Report | None:
    """A report by its key, corrected or not."""
    row = await reports.one_report(db, report_id)
    return read_report(row) if row else None


async def said_in_turn(db: AsyncConnection, person: Person, turn_key: str) -> Report | None:
    """The report that the person's line made, as it stands after edits of that line."""
    row = await reports.report_said_in_turn(db, person.id, turn_key)
    return read_report(row) if row else None


async def history(db: AsyncConnection, activity: Activity, *, most: int, skip: int) -> list[Report]:
    """The activity's reports, corrected ones too, newest first."""
    return [read_report(row) for row in await reports.report_history(db, activity.id, most, skip)]


async def record(
    db: AsyncConnection,
    *,
    person: Person,
    activity: Activity,
    content: Content,
    now: datetime,
    platform: str,
    replaces: int | None = None,
    turn_key: str | None = None,
) -> Report:
    """Write the report and its audit line. IntegrityError when `replaces` is replaced already.

    `turn_key`: of the turn whose words said it, if it was said by words.
    """
    kept = tidied(content)
    values = asdict(kept) | {"status": kept.status.value, "decision_from": kept.decision_from.value}
    report_id = await reports.save_report(
        db,
        activity_id=activity.id,
        person_id=person.id,
        reported_at=now,
        platform=platform,
        replaces_id=replaces,
        values=values,
        turn_key=turn_key,
    )
    return Report(
        id=report_id,
        activity_id=activity.id,
        person_id=person.id,
        person_name=person.name,
        reported_at=now,
        replaces=replaces,
        replaced_by=None,
        content=kept,
    )


def tidied(content: Content) -> Content:
    """Without what the status does not ask for: a deviation belongs to risk and deviation."""
    if content.status not in NEEDS_DEVIATION:
        content = replace(content, deviation=None, measure=None)
    if content.decision_from is Decider.NOBODY:
        content = replace(content, decision=None)
    return content
