"""A year of 40 activities in 15 municipalities: who was reminded of what, when, and how often.

Everything is judged by what is stored, and by an oracle that shares no code with the bot.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

import pytest
from sqlalchemy import RowMapping, text

from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from storage.database import Database
from tests.sample import sample_url
from tests.year.life import Life
from tests.year.oracle import DAY, SWEDEN, at_work, in_hours

SEED = 20260101
pytestmark = pytest.mark.timeout(900)

FIRST, DAYS = date(2026, 2, 21), 365
LOOKS = (time(0, 30), time(6, 40), time(8, 3), time(14, 20), time(17, 5))
LIFE, AT_WORK, SELDOM = LOOKS[1], LOOKS[2:4], (LOOKS[0], LOOKS[4])
CRASHES = 0.03
"""How often a bot dies in the middle of a look, and another looks a moment later."""

_REMINDED = text("""
SELECT r.person_id, r.day, r.made_at, t.thing, t.step, t.answer, t.answered_at
FROM reminders r JOIN reminder_things t ON t.reminder_id = r.id ORDER BY r.id, t.thing
""")
_MESSAGES = text("""
SELECT c.person_id, m.created_at, m.expires_at, m.due_at FROM messages m
JOIN conversations c ON c.id = m.conversation_id
WHERE m.view ->> 'title' LIKE 'Påminnelse%'
""")


@dataclass
class Year:
    """What was stored in the year, and what people did in it."""

    life: Life
    reminded: Sequence[RowMapping]
    messages: int
    digests: Sequence[RowMapping]
    crashes: int


@pytest.fixture(scope="module")
async def year(server_url: str) -> Year:
    """The year, lived once for all that is asked of it."""
    async with sample_url(server_url) as url:
        database = Database(url)
        life = Life(database, Random(SEED))
        await life.begin()
        crashes = await _lived(database, life)
        async with database.connection() as db:
            reminded = (await db.execute(_REMINDED)).mappings().all()
            messages = len((await db.execute(_MESSAGES)).all())
            found = await db.execute(text("SELECT audience, period, covers_to FROM digests"))
            digests = found.mappings().all()
        await database.close()
    return Year(life, reminded, messages, digests, crashes)


async def _lived(database: Database, life: Life) -> int:
    """Day after day; how many bots died."""
    settings, random, crashes = Settings(reminders=True), Random(SEED + 1), 0
    plans = [PlanInMemory(), PlanInMemory()]
    for n in range(DAYS):
        day = FIRST + n * DAY
        for at in LOOKS:
            now = datetime.combine(day, at, SWEDEN)
            if at in SELDOM and random.random() < 0.8:
                continue
            if at == LIFE:
                await life.day(now)
            if random.random() < CRASHES:
                crashes += 1
                with suppress(TimeoutError):
                    async with asyncio.timeout(random.uniform(0.001, 0.05)):
                        await run_due(database, now, settings, plans[0])
            twice = random.random() < 0.02
            for plan in plans if twice else plans[:1]:
                await run_due(database, now, settings, plan)
    return crashes


async def test_it_was_a_year_worth_judging(year: Year):
    kinds = {row["thing"].partition(":")[0] for row in year.reminded}
    assert {"overdue", "assignment", "question", "deviation", "digest", "milestone"} <= kinds
    assert len(year.reminded) > 500
    assert len(year.life.left) > 1
    assert len(year.life.away) > 30
    assert year.crashes > 30


async def test_nobody_is_reminded_at_night_or_on_a_free_day(year: Year):
    wrong = [row for row in year.reminded if not in_hours(row["made_at"])]
    assert wrong == []


async def test_nobody_is_reminded_while_away(year: Year):
    wrong = [row for row in year.reminded if year.life.is_away(row["person_id"], row["made_at"])]
    assert wrong == []


async def test_nobody_is_reminded_who_has_left(year: Year):
    wrong = [
        row for row in year.reminded if row["day"] >= year.life.left.get(row["person_id"], date.max)
    ]
    assert wrong == []


async def test_nobody_is_reminded_twice_a_day_or_of_the_same_step(year: Year):
    days = {(row["person_id"], row["day"]) for row in year.reminded}
    moments = {(row["person_id"], row["made_at"]) for row in year.reminded}
    assert len(days) == len(moments) == year.messages
    steps = [(row["person_id"], row["thing"], row["step"]) for row in year.reminded]
    assert len(steps) == len(set(steps))


async def test_nobody_is_reminded_of_what_is_done(year: Year):
    life, wrong = year.life, list[RowMapping]()
    for row in year.reminded:
        kind, _colon, key = row["thing"].partition(":")
        number, at = int(key), row["made_at"]
        done = {
            "overdue": lambda n=number, at=at: not life.runs[n].is_late(at),
            "assignment": lambda n=number, at=at: n in life.kept and life.kept[n] <= at,
            "question": lambda n=number, at=at: n in life.answered and life.answered[n] <= at,
        }.get(kind)
        if done is not None and done():
            wrong.append(row)
    assert wrong == []


async def test_whatever_is_late_is_reminded_on_the_first_day_that_it_can_be(year: Year):
    """Of each late report: the person who answers for it, or nobody when they are not there."""
    life = year.life
    told = {(row["thing"], row["step"], row["person_id"]): row["day"] for row in year.reminded}
    missing: list[tuple[int, date]] = []
    judged = 0
    for run in life.runs.values():
        for due in _late_days(run.id, life):
            first = _first_chance(run.id, due, life)
            if first is None:
                continue
            judged += 1
            day = told.get((f"overdue:{run.id}", f"{due.isoformat()}+1", run.person))
            later = told.get((f"overdue:{run.id}", f"{due.isoformat()}+8", run.person))
            if first not in (day, later):
                missing.append((run.id, due))
    assert judged > 100
    assert missing == []


def _late_days(activity: int, life: Life) -> list[date]:
    """Each day on which a report of the activity was due, and did not come."""
    run, found = life.runs[activity], set[date]()
    for n in range(DAYS):
        noon = datetime.combine(FIRST + n * DAY, time(12), SWEDEN)
        due = run.due(noon)
        if due is not None and run.is_late(noon) and due >= FIRST:
            found.add(due)
    return sorted(found)


def _first_chance(activity: int, due: date, life: Life) -> date | None:
    """The first day at whose first look after eight the report was late and the person at work.

    None when the report came before that, or the year ended.
    """
    run = life.runs[activity]
    day = due + DAY
    while day < FIRST + DAYS * DAY:
        looks = [datetime.combine(day, at, SWEDEN) for at in AT_WORK]
        if run.due(looks[0]) != due or not run.is_late(looks[0]):
            return None
        there = day < life.left.get(run.person, date.max)
        if there and at_work(day) and day.month != 7 and not life.is_away(run.person, looks[0]):
            return day
        day += DAY
    return None


async def test_every_digest_went_out_once(year: Year):
    for audience in ("manager", "steering_group"):
        periods = [row["period"] for row in year.digests if row["audience"] == audience]
        assert len(periods) == len(set(periods))
        # One for each week of the year, and the one that was due before it began.
        assert DAYS // 7 <= len(periods) <= DAYS // 7 + 2


async def test_what_was_answered_is_told_apart(year: Year):
    answered = [row for row in year.reminded if row["answer"] is not None]
    assert {row["answer"] for row in answered} >= {"reported", "done"}
    assert all(row["answered_at"] >= row["made_at"] for row in answered)
