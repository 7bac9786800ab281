"""What is known at a digest's cut-off, gathered from plan, reports and needs into plain data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.absence import Absence, away_on
from bot.clock import in_stockholm
from bot.digests.money_then import MoneyThen, money_then
from bot.digests.needs_then import Assignments, NeedThen, assignments_then, needs_then
from bot.digests.period import Audience, Due, Reader, Week, weeks_before
from bot.digests.polls_then import ALL, TOLD, PollThen, polls_then
from bot.money.reading import spent_in_all
from bot.overdue import late_since
from bot.people import BodyId, OrganisationId, PersonId
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
    by_id: PersonId | None = None


@dataclass(frozen=True)
class Standing:
    """How an activity stands at the cut-off, and how it stood at the digest before.

    `late_since`: the day its report was due, when that day has passed; `reminded`: how many times
    somebody was reminded of it since. `own`: the report is the reader's own, and no news to them.
    """

    activity: Activity
    report: Report | None
    before_id: int | None
    before: Status
    late_since: date | None
    reminded: int = 0
    own: bool = False

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
    by_id: PersonId | None = None


@dataclass(frozen=True)
class WeekEnd:
    """How many activities had each status at the end of a digest week."""

    week: Week
    counts: Mapping[Status, int]


@dataclass(frozen=True)
class Material:
    """Everything a digest is made of. `told`: what the one before told, item to fingerprint.

    `after`: the period of the digest before, None when this is the first. `of` is which network or
    person it is for, `name` what a network is called. `sections`: those wanted, in order; None for
    the usual ones. `away`: those it is about who are away on the day.
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
    of: int | None = None
    period: str = ""
    name: str = ""
    sections: tuple[str, ...] | None = None
    away: Mapping[PersonId, Absence] = field(default_factory=dict[PersonId, Absence])

    @property
    def reader(self) -> Reader:
        """Whose it is."""
        return Reader(self.audience, self.of)

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
    """What is known at `due.at`, since the reader's digest before it.

    Nothing reported, corrected, marked or decided after the cut-off is seen, however late it is
    made. What a network or a person does not read is in it too: `scope.scoped` takes that out.
    """
    return await fill(db, plan, await begin(db, plan, due, made_at, late=late))


async def begin(
    db: AsyncConnection, plan: Plan, due: Due, made_at: datetime, *, late: bool = False
) -> Material:
    """Whose it is, what time it covers and what the one before told; nothing gathered yet."""
    last = await queries.last_digest(db, str(due.reader), due.at)
    covers_from = last["covers_to"] if last else weeks_before(due.at, FIRST_COVERS_WEEKS)
    return since(
        plan,
        due,
        made_at,
        covers_from,
        late=late,
        after=last["period"] if last else None,
        told=last["told"] if last else {},
    )


def since(plan: Plan, due: Due, made_at: datetime, covers_from: datetime, **known: Any) -> Material:
    """A material of that time, in which nothing is gathered yet; `known` of its other values."""
    body = plan.bodies.get(BodyId(due.of)) if due.of is not None else None
    return Material(
        audience=due.audience,
        week=due.week,
        covers_from=covers_from,
        cut_off=due.at,
        made_at=made_at,
        organisations={key: each.name for key, each in plan.organisations.items()},
        of=due.of,
        period=due.period,
        name=body.name if body is not None and due.audience is Audience.NETWORK else "",
        **known,
    )


async def fill(db: AsyncConnection, plan: Plan, empty: Material) -> Material:
    """The material with all that is known at its cut-off, of whomever it concerns."""
    kinds = ALL if empty.audience in (Audience.NETWORK, Audience.PERSON) else TOLD
    activities = [each for each in plan.activities.values() if _in_plan(each, empty.today)]
    standings = await _standings(db, activities, empty)
    done = [each.activity.id for each in standings if each.status is Status.DONE]
    needs = await needs_then(db, empty.covers_from, empty.cut_off)
    concerned = [each.activity.responsible.id for each in standings if each.late_since]
    concerned += [each.preparer_id for each in needs if each.preparer_id is not None]
    return replace(
        empty,
        standings=standings,
        milestones=await _milestones(db, activities, empty),
        corrections=await _corrections(db, plan, empty),
        trend=await _trend(db, plan, empty),
        needs=needs,
        assignments=await assignments_then(db, empty.cut_off),
        money=money_then(plan, empty.today, done, await spent_in_all(db, empty.cut_off)),
        polls=await polls_then(db, plan, empty.covers_from, empty.cut_off, kinds),
        away=await away_on(db, concerned, empty.today),
    )


class Gathering:
    """What is gathered while many digests are made at once: those of the same time share it, so
    that one more reader costs only what is theirs."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._known: dict[tuple[datetime, datetime], Material] = {}

    async def fill(self, db: AsyncConnection, empty: Material) -> Material:
        """As `fill`; for networks and people."""
        span = (empty.covers_from, empty.cut_off)
        if span not in self._known:
            self._known[span] = await fill(db, self.plan, empty)
        known = self._known[span]
        return replace(
            empty,
            standings=known.standings,
            milestones=known.milestones,
            corrections=known.corrections,
            needs=known.needs,
            assignments=known.assignments,
            polls=known.polls,
            away=known.away,
        )


def _in_plan(activity: Activity, day: date) -> bool:
    return activity.ended_on is None or day < activity.ended_on


async def _standings(
    db: AsyncConnection, activities: Sequence[Activity], material: Material
) -> tuple[Standing, ...]:
    keys = [each.id for each in activities]
    rows = await queries.standing_at(db, keys, material.covers_from, material.cut_off)
    found = {row["activity_id"]: row for row in rows}
    made = [_standing(each, found.get(each.id), material.today) for each in activities]
    late = {f"overdue:{each.activity.id}": each.late_since for each in made if each.late_since}
    reminded = await queries.times_reminded(db, late, material.cut_off) if late else {}
    return tuple(
        replace(each, reminded=reminded.get(f"overdue:{each.activity.id}", 0)) for each in made
    )


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
        by_id=PersonId(row["person_id"]),
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
            by_id=PersonId(row["person_id"]),
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
