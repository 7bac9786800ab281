"""What is known at a digest's cut-off, gathered from plan, reports and needs into plain data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.digests.money_then import MoneyThen, money_then
from bot.digests.needs_then import Assignments, NeedThen, assignments_then, needs_then
from bot.digests.period import Audience, Due, Week, weeks_before
from bot.digests.polls_then import PollThen, polls_then
from bot.money.reading import spent_in_all
from bot.overdue import late_since
from bot.people import OrganisationId
from bot.plan import Activity, ActivityId, Plan
from bot.states import Decider, Status
from storage.queries import digests as queries

TREND_WEEKS = 8
FIRST_COVERS_WEEKS = 1
"""How far back a digest looks when there is none before it."""


@dataclass(frozen=True)
class Report:
    """What was said last about an activity, as it stood at the cut-off."""

    id: int
    status: Status
    situation: str | None
    decider: Decider
    decision: str | None
    deviation: str | None
    measure: str | None
    next_step: str | None
    by: str
    on: date


@dataclass(frozen=True)
class Standing:
    """How an activity stands at the cut-off, and how it stood at the digest before.

    `late_since`: the day its report was due, when that day has passed.
    """

    activity: Activity
    report: Report | None
    before_id: int | None
    before: Status
    late_since: date | None

    @property
    def status(self) -> Status:
        """What was reported; an activity without a report counts as not started."""
        return self.report.status if self.report else Status.NOT_STARTED

    @property
    def reported(self) -> bool:
        """Whether a report has come since the digest before."""
        return self.report is not None and self.report.id != self.before_id


@dataclass(frozen=True)
class PlannedMilestone:
    """A milestone as planned and marked at the cut-off."""

    id: int
    activity: Activity
    title: str
    due_on: date
    reached: bool


@dataclass(frozen=True)
class Correction:
    """A report that was replaced since the digest before."""

    activity: Activity
    was: Status
    now: Status
    was_on: date
    by: str


@dataclass(frozen=True)
class WeekEnd:
    """How many activities had each status at the end of a digest week."""

    week: Week
    counts: Mapping[Status, int]


@dataclass(frozen=True)
class Material:
    """Everything a digest is made of. `told`: what the one before told, item to fingerprint.

    `after`: the period of the digest before, None when this is the first.
    """

    audience: Audience
    week: Week
    covers_from: datetime
    cut_off: datetime
    made_at: datetime
    late: bool = False
    preview: bool = False
    after: str | None = None
    standings: tuple[Standing, ...] = ()
    milestones: tuple[PlannedMilestone, ...] = ()
    corrections: tuple[Correction, ...] = ()
    trend: tuple[WeekEnd, ...] = ()
    needs: tuple[NeedThen, ...] = ()
    assignments: Assignments = field(default_factory=Assignments)
    polls: tuple[PollThen, ...] = ()
    money: MoneyThen = field(default_factory=MoneyThen)
    organisations: Mapping[OrganisationId, str] = field(default_factory=dict[OrganisationId, str])
    told: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def today(self) -> date:
        """The day of the cut-off in Stockholm."""
        return in_stockholm(self.cut_off).date()

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """Activities by status at the cut-off."""
        return Counter(each.status for each in self.standings)

    @cached_property
    def counts_before(self) -> Mapping[Status, int]:
        """The same activities by the status they had at the digest before."""
        return Counter(each.before for each in self.standings)


async def gather(
    db: AsyncConnection, plan: Plan, due: Due, made_at: datetime, *, late: bool = False
) -> Material:
    """What is known at `due.at`, since the audience's digest before it.

    Nothing reported, corrected, marked or decided after the cut-off is seen, however late it is
    made.
    """
    last = await queries.last_digest(db, due.audience, due.at)
    covers_from: datetime = last["covers_to"] if last else weeks_before(due.at, FIRST_COVERS_WEEKS)
    empty = Material(
        audience=due.audience,
        week=due.week,
        covers_from=covers_from,
        cut_off=due.at,
        made_at=made_at,
        late=late,
        after=last["period"] if last else None,
        organisations={key: each.name for key, each in plan.organisations.items()},
        told=last["told"] if last else {},
    )
    activities = [each for each in plan.activities.values() if _in_plan(each, empty.today)]
    standings = await _standings(db, activities, empty)
    done = [each.activity.id for each in standings if each.status is Status.DONE]
    return replace(
        empty,
        standings=standings,
        milestones=await _milestones(db, activities, empty),
        corrections=await _corrections(db, plan, empty),
        trend=await _trend(db, plan, empty),
        needs=await needs_then(db, empty.covers_from, empty.cut_off),
        assignments=await assignments_then(db, empty.cut_off),
        money=money_then(plan, empty.today, done, await spent_in_all(db, empty.cut_off)),
        polls=await polls_then(db, plan, empty.covers_from, empty.cut_off),
    )


def _in_plan(activity: Activity, day: date) -> bool:
    return activity.ended_on is None or day < activity.ended_on


async def _standings(
    db: AsyncConnection, activities: Sequence[Activity], material: Material
) -> tuple[Standing, ...]:
    keys = [each.id for each in activities]
    rows = await queries.standing_at(db, keys, material.covers_from, material.cut_off)
    found = {row["activity_id"]: row for row in rows}
    return tuple(_standing(each, found.get(each.id), material.today) for each in activities)


def _standing(activity: Activity, row: RowMapping | None, today: date) -> Standing:
    report = _report(row) if row else None
    late = late_since(
        activity, report.status if report else None, report.on if report else None, today
    )
    if row is None or row["before_id"] is None:
        return Standing(activity, report, None, Status.NOT_STARTED, late)
    return Standing(activity, report, row["before_id"], Status(row["before_status"]), late)


def _report(row: RowMapping) -> Report:
    return Report(
        id=row["id"],
        status=Status(row["status"]),
        situation=row["situation"],
        decider=Decider(row["decision_from"]),
        decision=row["decision"],
        deviation=row["deviation"],
        measure=row["measure"],
        next_step=row["next_step"],
        by=row["person_name"],
        on=in_stockholm(row["reported_at"]).date(),
    )


async def _milestones(
    db: AsyncConnection, activities: Sequence[Activity], material: Material
) -> tuple[PlannedMilestone, ...]:
    planned = {
        milestone.id: (activity, milestone)
        for activity in activities
        for milestone in activity.milestones
    }
    dates = {key: milestone.due_on for key, (_activity, milestone) in planned.items()}
    rows = await queries.milestones_at(db, dates, material.cut_off)
    made = (
        PlannedMilestone(
            row["id"],
            planned[row["id"]][0],
            planned[row["id"]][1].title,
            row["due_on"],
            row["reached"],
        )
        for row in rows
    )
    return tuple(sorted(made, key=lambda each: (each.due_on, each.activity.code, each.id)))


async def _corrections(
    db: AsyncConnection, plan: Plan, material: Material
) -> tuple[Correction, ...]:
    rows = await queries.corrections_between(db, material.covers_from, material.cut_off)
    return tuple(
        Correction(
            activity=plan.by_id[ActivityId(row["activity_id"])],
            was=Status(row["old_status"]),
            now=Status(row["status"]),
            was_on=in_stockholm(row["old_reported_at"]).date(),
            by=row["person_name"],
        )
        for row in rows
        if row["activity_id"] in plan.by_id
    )


async def _trend(db: AsyncConnection, plan: Plan, material: Material) -> tuple[WeekEnd, ...]:
    """The week of the cut-off last; a taken out activity counts until it was taken out."""
    moments = [weeks_before(material.cut_off, back) for back in reversed(range(TREND_WEEKS))]
    statuses = await queries.status_at(db, list(plan.by_id), moments)
    days = [in_stockholm(moment).date() for moment in moments]
    counts: list[Counter[Status]] = [Counter() for _moment in moments]
    for activity in plan.activities.values():
        said = statuses.get(activity.id) or [None] * TREND_WEEKS
        for counted, day, status in zip(counts, days, said, strict=True):
            if _in_plan(activity, day):
                counted[Status(status) if status else Status.NOT_STARTED] += 1
    weeks = [_weeks_back(material.week, back) for back in reversed(range(TREND_WEEKS))]
    return tuple(WeekEnd(week, counted) for week, counted in zip(weeks, counts, strict=True))


def _weeks_back(week: Week, back: int) -> Week:
    return Week.of(week.day(1) - timedelta(weeks=back))
