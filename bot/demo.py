"""Demo data: the sample plan moved to this year, an invented quarter of reports, and needs."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from holidays import Sweden
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import STOCKHOLM, in_stockholm
from bot.conversations.activity_card import KIND
from bot.demo_applications import tell_applications
from bot.demo_assignments import tell_assignments
from bot.demo_needs import tell_needs
from bot.demo_people import DemoPeople
from bot.demo_polls import tell_polls
from bot.demo_texts import DECISIONS, DEVIATIONS, NEXT_STEPS, SITUATIONS
from bot.importing.adopt import adopt_plan
from bot.importing.cells import read_date
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.meetings import MEETING_COLUMNS, import_meetings, write_meetings
from bot.importing.outcome import Outcome
from bot.importing.plan_file import import_plan, write_plan
from bot.importing.plan_rows import PLAN_COLUMNS
from bot.importing.tables import Row, read_table
from bot.outbox import Outbox
from bot.plan import Activity, Plan, read_plan
from bot.reporting import Content
from bot.states import Decider, Status
from bot.workdays import is_working_day, previous_working_day
from storage.queries import imports as queries
from storage.queries.milestones import mark_milestone
from storage.queries.reports import save_report

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE_YEAR = 2026
WEEKS = 13
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FREE = Sweden(categories=("public", "de_facto"))


class NotEmpty(Exception):
    """The database holds something already."""


class SampleMissing(Exception):
    """The sample files are not where they were installed."""


async def is_empty(db: AsyncConnection) -> bool:
    """Whether the demo may be laid in the database."""
    return await queries.is_empty(db)


def moved(day: date, target_year: int) -> date:
    """A sample date in `target_year`: whole weeks away, and off Swedish holidays."""
    weeks = round((target_year - SAMPLE_YEAR) * 365.2425 / 7)
    there = day + timedelta(weeks=weeks)
    return previous_working_day(there) if there in _FREE else there


def target_year(now: datetime) -> int:
    """The year the sample is moved to: before 1 April the year before, when much still runs."""
    today = in_stockholm(now).date()
    return today.year if today >= date(today.year, 4, 1) else today.year - 1


async def fill_demo(
    db: AsyncConnection,
    now: datetime,
    open_channels: Callable[[AsyncConnection, datetime], Awaitable[None]],
) -> None:
    """Lay the sample plan, with a quarter of what happens in it, in an empty database.

    NotEmpty when it holds something already. `open_channels` makes the channels that the living
    cards stand in, once there are networks.
    """
    if not await is_empty(db):
        raise NotEmpty
    year = target_year(now)
    first = date(year, 1, 1)
    by = By("demo", first, now)
    for outcome in (
        await import_municipalities(db, SAMPLES / "municipalities.csv", by),
        await import_people(db, SAMPLES / "people.csv", by),
        await write_plan(db, _rows("aktivitetsplan-2026.csv", PLAN_COLUMNS, year), by, Outcome()),
        await write_meetings(db, _rows("meetings-2026.csv", MEETING_COLUMNS, year), by, Outcome()),
    ):
        if outcome.faults:
            raise SampleMissing(outcome.faults[0].line())
    adopted = moved(date(SAMPLE_YEAR, 2, 20), year)
    await adopt_plan(db, By("demo", adopted, now), day=adopted, paragraph="12")
    await queries.write(db, "INSERT INTO marks (name, value) VALUES ('demo', '{}')")
    await open_channels(db, now)
    plan = await read_plan(db, 0)
    await _tell_a_quarter(db, plan, now)
    people = DemoPeople(db, plan, now)
    needs = await tell_needs(people)
    await tell_assignments(people, needs)
    await tell_polls(people, needs)
    await tell_applications(people)


async def load_samples(db: AsyncConnection, now: datetime) -> None:
    """Lay the samples as they are, no day moved, in an empty database; the plan is adopted.

    SampleMissing when they are not where they were installed.
    """
    by = By("samples", date(SAMPLE_YEAR, 1, 1), now)
    for outcome in (
        await import_municipalities(db, SAMPLES / "municipalities.csv", by),
        await import_people(db, SAMPLES / "people.csv", by),
        await import_plan(db, SAMPLES / "aktivitetsplan-2026.csv", by),
        await import_meetings(db, SAMPLES / "meetings-2026.csv", by),
    ):
        if outcome.faults:
            raise SampleMissing(outcome.faults[0].line())
    await adopt_plan(db, by, day=date(SAMPLE_YEAR, 2, 20), paragraph="12")


def _rows(name: str, columns: tuple[str, ...], year: int) -> list[Row]:
    """The sample's rows with every date moved."""
    outcome = Outcome()
    rows = read_table(SAMPLES / name, columns, outcome)
    if outcome.faults:
        raise SampleMissing(outcome.faults[0].line())
    return [
        replace(row, cells={name: _moved_in(cell, year) for name, cell in row.cells.items()})
        for row in rows
    ]


def _moved_in(cell: str, year: int) -> str:
    return _DATE.sub(lambda match: moved(read_date(match[0]), year).isoformat(), cell)


async def _tell_a_quarter(db: AsyncConnection, plan: Plan, now: datetime) -> None:
    chance = Random("samspel")  # noqa: S311 - the same story each time, no secret
    today = in_stockholm(now).date()
    outbox = Outbox()
    for activity in plan.activities.values():
        days = _report_days(activity, today, chance)
        told = await _tell(db, activity, days, chance, now)
        if told:
            bodies = [activity.network] if activity.network else []
            outbox.raise_card(KIND, activity.id, bodies=bodies)
        await _reach_milestones(db, activity, today, chance)
    await outbox.flush(db)


def _report_days(activity: Activity, today: date, chance: Random) -> list[date]:
    """Every second week of the quarter while it ran; some fall silent towards the end."""
    silent = chance.choice((0, 0, 0, 0, 3, 5))
    begins = max(activity.starts_on, today - timedelta(weeks=WEEKS))
    ends = min(activity.ends_on, today - timedelta(days=1, weeks=silent))
    day, days = begins + timedelta(days=chance.randrange(12)), list[date]()
    while day <= ends:
        worked = previous_working_day(day)
        if worked >= activity.starts_on and is_working_day(worked) and worked not in days:
            days.append(worked)
        day += timedelta(days=chance.choice((11, 13, 14, 14, 15)))
    return days


async def _tell(
    db: AsyncConnection, activity: Activity, days: list[date], chance: Random, now: datetime
) -> bool:
    status = Status.ON_TRACK
    for number, day in enumerate(days):
        status = _next(status, last=number == len(days) - 1, activity=activity, chance=chance)
        at = datetime.combine(day, time(8 + chance.randrange(8), chance.randrange(60)), STOCKHOLM)
        if at >= now:
            return number > 0
        content = _content(status, chance)
        report = await _save(db, activity, content, at)
        if chance.random() < 0.05:
            mended = replace(content, next_step=chance.choice(NEXT_STEPS))
            await _save(db, activity, mended, at + timedelta(minutes=20), replaces=report)
    return bool(days)


def _next(status: Status, *, last: bool, activity: Activity, chance: Random) -> Status:
    if last and activity.ends_on < date.max and chance.random() < 0.08:
        return chance.choice((Status.PAUSED, Status.DONE))
    drawn = chance.random()
    if status is Status.ON_TRACK:
        return Status.AT_RISK if drawn < 0.22 else Status.ON_TRACK
    if status is Status.AT_RISK:
        return Status.OFF_TRACK if drawn < 0.3 else Status.ON_TRACK if drawn < 0.65 else status
    return Status.AT_RISK if drawn < 0.4 else status


def _content(status: Status, chance: Random) -> Content:
    if status in (Status.AT_RISK, Status.OFF_TRACK):
        deviation, measure = chance.choice(DEVIATIONS)
        asked = chance.random() < 0.35
        return Content(
            status=status,
            deviation=deviation,
            measure=measure,
            decision_from=chance.choice((Decider.STEERING_GROUP, Decider.MANAGER))
            if asked
            else Decider.NOBODY,
            decision=chance.choice(DECISIONS) if asked else None,
        )
    step = chance.choice(NEXT_STEPS) if chance.random() < 0.5 else None
    return Content(status=status, situation=chance.choice(SITUATIONS[status]), next_step=step)


async def _save(
    db: AsyncConnection,
    activity: Activity,
    content: Content,
    at: datetime,
    replaces: int | None = None,
) -> int:
    values = {
        **{name: getattr(content, name) for name in content.__dataclass_fields__},
        "status": content.status.value,
        "decision_from": content.decision_from.value,
    }
    return await save_report(
        db,
        activity_id=activity.id,
        person_id=activity.responsible.id,
        reported_at=at,
        platform="demo",
        replaces_id=replaces,
        values=values,
    )


async def _reach_milestones(
    db: AsyncConnection, activity: Activity, today: date, chance: Random
) -> None:
    for one in activity.milestones:
        if one.due_on >= today or chance.random() < 0.2:
            continue
        await mark_milestone(
            db,
            milestone_id=one.id,
            kind="reached",
            person_id=activity.responsible.id,
            now=datetime.combine(previous_working_day(one.due_on), time(15), STOCKHOLM),
            platform="demo",
        )
