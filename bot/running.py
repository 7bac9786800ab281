"""How it goes, for the chef and administrators: does what is said arrive, and is it answered?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.overdue import next_report_due
from bot.people import Person
from bot.plan import Activity, Plan
from bot.states import NEVER_LATE, Status
from storage.queries import running as queries
from storage.queries import undelivered
from storage.queries.running import Answers, OfNetwork, Report, SentOn, Unreachable
from storage.queries.undelivered import OnPlatform

WEEK, MONTH, QUARTER, HALF_YEAR = (timedelta(days=days) for days in (7, 30, 90, 182))
CHART_DAYS = 14
MOST_UNREACHABLE = 500


def may_see(person: Person) -> bool:
    """Whether somebody sees how it goes: the chef and administrators."""
    return person.is_manager or person.is_administrator


@dataclass(frozen=True)
class Missed:
    """How many reports of an activity were due in the half year: so many came late, and so many
    not at all."""

    activity: Activity
    due: int
    late: int
    missing: int


@dataclass(frozen=True)
class Running:
    """All that the page shows. Answers are of the last 30 and 90 days, by kind of thing."""

    platforms: Sequence[OnPlatform]
    sent: Sequence[SentOn]
    unreachable: Sequence[Unreachable]
    unreachable_in_all: int
    answers_month: Sequence[Answers]
    answers_quarter: Sequence[Answers]
    missed: Sequence[Missed]
    networks: Sequence[OfNetwork]
    today: date


async def read_running(db: AsyncConnection, plan: Plan, now: datetime) -> Running:
    """How it goes now."""
    today = in_stockholm(now).date()
    responsible = {
        each.responsible.id for each in plan.activities.values() if each.ends_on >= today
    }
    people, in_all = await queries.unreachable(
        db, today, sorted(responsible), most=MOST_UNREACHABLE
    )
    return Running(
        platforms=await undelivered.by_platform(db, now=now, since=now - WEEK),
        sent=await queries.sent_by_day(db, _midnight(now, CHART_DAYS - 1)),
        unreachable=people,
        unreachable_in_all=in_all,
        answers_month=await queries.answers_after_reminders(db, today - MONTH),
        answers_quarter=await queries.answers_after_reminders(db, today - QUARTER),
        missed=await _missed(db, plan, now, today),
        networks=await queries.answers_of_networks(db, today - QUARTER, now, today),
        today=today,
    )


def _midnight(now: datetime, days: int) -> datetime:
    """When that many days ago began in Sweden."""
    here = in_stockholm(now)
    return here.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)


async def _missed(db: AsyncConnection, plan: Plan, now: datetime, today: date) -> list[Missed]:
    since = today - HALF_YEAR
    awaited = [each for each in plan.activities.values() if each.rhythm.kind != "never"]
    reports = await queries.reports_since(
        db, [each.id for each in awaited], _midnight(now, HALF_YEAR.days)
    )
    known = {key: list(those) for key, those in groupby(reports, lambda each: each.activity_id)}
    found = [missed_by(each, known.get(each.id, ()), since, today) for each in awaited]
    return sorted(
        (each for each in found if each.due),
        key=lambda each: (-(each.late + each.missing), -each.due, each.activity.code),
    )


def missed_by(activity: Activity, reports: Iterable[Report], since: date, today: date) -> Missed:
    """How an activity kept its rhythm from `since` until yesterday.

    `reports`: the oldest first, with the last one before `since`. Where several were due in one
    silence, the last of them came late and the others not at all. While it is paused or done, and
    outside its own time, nothing is due.
    """
    due = late = missing = 0
    last: date | None = None
    status: Status | None = None
    for each in (*reports, None):
        until = in_stockholm(each.reported_at).date() if each is not None else today
        silent = [] if status in NEVER_LATE else _due_in(activity, last, since, until)
        due += len(silent)
        if silent and each is not None:
            late, missing = late + 1, missing + len(silent) - 1
        else:
            missing += len(silent)
        if each is not None:
            due += _kept(activity, last, until, since) if not silent else 0
            last, status = until, Status(each.status)
    return Missed(activity, due, late, missing)


def _due_in(activity: Activity, last: date | None, since: date, until: date) -> list[date]:
    """Days from `since` on which reports were due and which passed before `until`."""
    found: list[date] = []
    day = next_report_due(activity.rhythm, activity.starts_on, last)
    while day is not None and day < until:
        if day >= since and activity.runs_on(day):
            found.append(day)
        following = next_report_due(activity.rhythm, activity.starts_on, day)
        day = following if following is not None and following > day else None
    return found


def _kept(activity: Activity, last: date | None, reported: date, since: date) -> int:
    """1 when a report on that day was one in time, since the start or the last one."""
    return int(reported >= since and reported != last and activity.runs_on(reported))


def by_organisation(people: Sequence[Unreachable]) -> Mapping[str, list[str]]:
    """Names by where people work; whoever works in two places stands under both."""
    found: dict[str, list[str]] = {}
    for each in people:
        for organisation in each.organisations:
            found.setdefault(organisation, []).append(each.name)
    return found
