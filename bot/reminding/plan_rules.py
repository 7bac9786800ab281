"""Of the plan: reports, milestones, what was reported as trouble, and the plan itself."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.digests.due import next_to_come
from bot.digests.period import Audience, Reader
from bot.overdue import late_since, next_report_due
from bot.people import PersonId
from bot.plan import Activity
from bot.reminding.ground import Ground
from bot.reminding.things import Kind, Thing
from bot.reporting import Report, latest_of
from bot.states import NEEDS_DEVIATION, NEVER_LATE, Decider
from bot.workdays import previous_working_day
from storage.queries import reminders as queries

_DAY = timedelta(days=1)
FRESH_DAYS = 21
"""A report no older than this is news enough for an in-depth report."""


async def reports(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Reports that are late, that a digest will miss, and trouble of which nothing was heard."""
    running = tuple(each for each in ground.plan.activities.values() if each.runs_on(ground.today))
    latest = await latest_of(db, running)
    digest = await next_to_come(db, Reader(Audience.MANAGER), ground.now, ground.settings)
    reads = in_stockholm(digest.at).date() if digest is not None else None
    found: list[Thing] = []
    for activity in running:
        report = latest.get(activity.id)
        thing = _late(activity, report, ground)
        if thing is None and reads is not None:
            thing = _before_digest(activity, report, ground, reads)
        if thing is None and report is not None:
            thing = _trouble(activity, report, ground)
        if thing is not None:
            found.append(thing)
    return found


def _late(activity: Activity, report: Report | None, ground: Ground) -> Thing | None:
    status = report.content.status if report else None
    last = in_stockholm(report.reported_at).date() if report else None
    due = late_since(activity, status, last, ground.today)
    if due is None:
        return None
    return Thing(
        kind=Kind.OVERDUE,
        subject=activity.id,
        person=activity.responsible.id,
        on=due,
        name=activity.name,
        level=ground.level_of(activity),
        activity=activity.id,
        code=activity.code,
    )


def _before_digest(
    activity: Activity, report: Report | None, ground: Ground, reads: date
) -> Thing | None:
    """A report that falls due before the day when the chef `reads` the next digest, on the working
    day before that."""
    if report is not None and report.content.status in NEVER_LATE:
        return None
    last = in_stockholm(report.reported_at).date() if report else None
    due = next_report_due(activity.rhythm, activity.starts_on, last)
    if due is None or due > reads:
        return None
    before = previous_working_day(reads - _DAY)
    return Thing(
        kind=Kind.DIGEST,
        subject=activity.id,
        person=activity.responsible.id,
        on=before,
        name=activity.name,
        level=ground.level_of(activity),
        activity=activity.id,
        code=activity.code,
        until=before,
    )


def _trouble(activity: Activity, report: Report, ground: Ground) -> Thing | None:
    """A deviation or an asked decision: how did it go with that?"""
    content = report.content
    kind, said = Kind.DEVIATION, content.deviation
    if content.decision_from is not Decider.NOBODY:
        kind, said = Kind.DECISION, content.decision or content.deviation
    elif content.status not in NEEDS_DEVIATION:
        return None
    return Thing(
        kind=kind,
        subject=report.id,
        person=activity.responsible.id,
        on=in_stockholm(report.reported_at).date(),
        name=activity.name,
        level=ground.level_of(activity),
        activity=activity.id,
        code=activity.code,
        said=said or "",
    )


async def milestones(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Milestones that come, or have passed and nobody has said how it went."""
    return [
        Thing(
            kind=Kind.MILESTONE,
            subject=each.id,
            person=each.responsible_id or activity.responsible.id,
            on=each.due_on,
            name=each.title,
            level=ground.level_of(activity),
            activity=activity.id,
            code=activity.code,
        )
        for activity in ground.plan.activities.values()
        if activity.runs_on(ground.today)
        for each in activity.milestones
        if each.reached_at is None
    ]


async def questions(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Questions about a report that nobody has answered."""
    found: list[Thing] = []
    for row in await queries.unanswered_questions(db):
        activity = ground.activity(row["activity_id"])
        if activity is None:
            continue
        found.append(
            Thing(
                kind=Kind.QUESTION,
                subject=row["id"],
                person=activity.responsible.id,
                on=in_stockholm(row["asked_at"]).date(),
                name=activity.name,
                level=ground.level_of(activity),
                activity=activity.id,
                code=activity.code,
                said=row["question"],
            )
        )
    return found


async def in_depth(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """The half-yearly in-depth report (charter 6.1): whoever has an activity with no fresh report
    is asked for one before its documents are due."""
    until = ground.today + timedelta(days=60)
    meetings = [
        row for row in await queries.meetings_to_come(db, ground.today, until) if row["in_depth"]
    ]
    if not meetings:
        return []
    meeting = meetings[0]
    running = tuple(each for each in ground.plan.activities.values() if each.runs_on(ground.today))
    latest = await latest_of(db, running)
    fresh = meeting["documents_due_on"] - timedelta(days=FRESH_DAYS)
    lacking: dict[PersonId, list[Activity]] = {}
    for activity in running:
        report = latest.get(activity.id)
        if report is None or in_stockholm(report.reported_at).date() < fresh:
            lacking.setdefault(activity.responsible.id, []).append(activity)
    return [
        Thing(
            kind=Kind.IN_DEPTH,
            subject=meeting["id"],
            person=person,
            on=meeting["documents_due_on"],
            name=", ".join(each.code for each in activities),
        )
        for person, activities in sorted(lacking.items())
    ]


async def next_plan(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """The plan is revised each year by the board (charter 4.4), by its last meeting of the year."""
    year = ground.today.year
    on = await queries.last_board_day(db, year)
    if on is None or await queries.is_adopted(db, year + 1):
        return []
    return [
        Thing(kind=Kind.PLAN, subject=year + 1, person=person, on=on, name=str(year + 1))
        for person in ground.managers
    ]
