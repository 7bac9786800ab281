"""The table of standings: always what the reports themselves say, whoever writes at once."""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable, Generator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.overdue import late_since
from bot.plan import read_plan
from bot.questions.answers.stands import Late, late_among, stands, until_now
from bot.questions.asking import Asking
from bot.questions.question import Intent, Question
from bot.states import NEVER_LATE, Status
from storage.database import Database
from storage.migrate import MIGRATIONS, upgrade
from storage.models.reports import DECIDERS, STATUSES
from storage.queries.questions_standing import states_in, states_moved
from storage.queries.reports import STANDING
from tests.digest_material import PlanRows
from tests.unit.standing_scene import NOW, TODAY, person

CODES = ("KOM-01", "KOM-02", "KOM-03")
BEGUN = datetime(2026, 3, 2, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)
TURNS = 60

BY_REPORTS = text(f"""
SELECT DISTINCT ON (r.activity_id) r.activity_id, r.id, r.status, r.decision_from, r.reported_at,
  CAST(r.reported_at AT TIME ZONE 'Europe/Stockholm' AS date)
FROM status_reports r WHERE {STANDING}
ORDER BY r.activity_id, r.reported_at DESC, r.id DESC
""")
BY_TABLE = text("""
SELECT activity_id, report_id, status, decision_from, reported_at, reported_on
FROM activity_standings ORDER BY activity_id
""")
THEN = text("""
SELECT DISTINCT ON (r.activity_id) r.activity_id, r.status FROM status_reports r
WHERE r.reported_at <= :until AND NOT EXISTS (
  SELECT FROM status_reports x WHERE x.replaces_id = r.id AND x.reported_at <= :until)
ORDER BY r.activity_id, r.reported_at DESC, r.id DESC
""")


class Reporting:
    """Reports and corrections at random; `backwards`: some clocks go wrong."""

    def __init__(self, rows: PlanRows, chance: random.Random, *, backwards: bool = False) -> None:
        self.rows, self.chance, self.backwards = rows, chance, backwards
        self.at = BEGUN
        self.standing: dict[str, list[int]] = {code: [] for code in CODES}

    async def turn(self) -> None:
        """One more."""
        code = self.chance.choice(CODES)
        self.at += HOUR * self.chance.randint(1, 20)
        said: dict[str, Any] = {"decision_from": self.chance.choice(DECIDERS)}
        known = self.standing[code]
        if known and self.chance.random() < 0.4:
            said["replaces_id"] = known.pop(self.chance.randrange(len(known)))
        at = self.at - HOUR * self.chance.randint(0, 90) if self.backwards else self.at
        known.append(await self.rows.report(code, self.chance.choice(STATUSES), at, **said))


@pytest.fixture
async def rows(database: Database) -> Sequence[int]:
    """A plan of three activities; their keys."""
    async with database.transaction() as db:
        plan = await PlanRows.begun(db)
        return [await plan.activity(code) for code in CODES]


async def assert_equal(db: AsyncConnection) -> None:
    """Table and reports say the same."""
    found = [tuple(row) for row in await db.execute(BY_TABLE)]
    assert found == [tuple(row) for row in await db.execute(BY_REPORTS)]


@pytest.mark.parametrize("seed", range(6))
async def test_the_table_is_what_the_reports_say(database: Database, rows: Any, seed: int):
    async with database.transaction() as db:
        reporting = Reporting(
            await PlanRows.found(db), random.Random(seed), backwards=seed % 2 == 0
        )
        for _ in range(TURNS):
            await reporting.turn()
            await assert_equal(db)


async def then(db: AsyncConnection, until: datetime) -> dict[int, str]:
    """How each stood, by the reports alone."""
    return {row[0]: row[1] for row in await db.execute(THEN, {"until": until})}


@pytest.mark.parametrize("seed", range(4))
async def test_past_states_and_moves_are_what_the_reports_say(
    database: Database, rows: Sequence[int], seed: int
):
    chance = random.Random(seed)
    async with database.transaction() as db:
        reporting = Reporting(await PlanRows.found(db), chance)
        for _ in range(TURNS):
            await reporting.turn()
        whole = (reporting.at - BEGUN) / HOUR
        for _ in range(40):
            since, until = sorted(BEGUN + HOUR * chance.uniform(0, whole + 5) for _ in range(2))
            now, before = await then(db, until), await then(db, since)
            for asked in (None, rows):
                found = await states_in(db, asked, until, None, dated=True)
                assert {key: each.status for each in found for key in each.activities} == now
                moved = await states_moved(db, asked, since, until)
                told = {key: (was, is_now) for was, is_now, keys in moved for key in keys}
                assert told == await moves(db, since, until, before, now)


async def moves(
    db: AsyncConnection,
    since: datetime,
    until: datetime,
    before: dict[int, str],
    now: dict[int, str],
) -> dict[int, tuple[str | None, str]]:
    """Those whose report at `until` came after `since`."""
    latest = text(THEN.text.replace("r.status", "r.reported_at"))
    at = {row[0]: row[1] for row in await db.execute(latest, {"until": until})}
    return {key: (before.get(key), now[key]) for key, each in at.items() if each > since}


Doing = Callable[[PlanRows], Awaitable[int]]


def _report(status: str, hours: int, **said: Any) -> Doing:
    return lambda rows: rows.report("KOM-01", status, BEGUN + HOUR * hours, **said)


@pytest.mark.parametrize("corrects", [(False, False), (True, False), (False, True)])
@pytest.mark.parametrize("hours", [(5, 6), (6, 5)])
@pytest.mark.parametrize("begun", [True, False])
async def test_of_two_at_once_the_right_one_stands(
    database: Database, rows: Any, corrects: Sequence[bool], hours: Sequence[int], *, begun: bool
):
    first = None
    if begun:
        async with database.transaction() as db:
            await _report("paused", 0)(await PlanRows.found(db))
            first = await _report("on_track", 1)(await PlanRows.found(db))
    one, other = (
        _report(status, at, **({"replaces_id": first} if correcting and first else {}))
        for status, at, correcting in zip(("at_risk", "done"), hours, corrects, strict=True)
    )
    written = asyncio.Event()

    async def second() -> None:
        async with database.transaction() as db:
            plan = await PlanRows.found(db)
            await written.wait()
            await other(plan)

    waiting = asyncio.create_task(second())
    async with database.transaction() as db:
        await one(await PlanRows.found(db))
        written.set()
        await asyncio.sleep(0.2)
        assert not waiting.done()
    await waiting
    async with database.transaction() as db:
        await assert_equal(db)


@pytest.fixture
def old_url(server_url: str) -> Generator[str]:
    """A database as it was before there was the table."""
    name = f"old_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    url = make_url(server_url).set(database=name)
    engine = create_engine(url.set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        connection.commit()
    engine.dispose()
    yield url.render_as_string(hide_password=False)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


async def test_an_older_database_gets_the_table_filled(old_url: str):
    old = Database(old_url)
    async with old.transaction() as db:
        plan = await PlanRows.begun(db)
        for code in CODES:
            await plan.activity(code)
        reporting = Reporting(plan, random.Random(1))
        for _ in range(TURNS):
            await reporting.turn()
    await old.close()
    await asyncio.to_thread(upgrade, old_url, federation="Kommunalförbundet")
    new = Database(old_url)
    async with new.transaction() as db:
        await assert_equal(db)
        reporting.rows = await PlanRows.found(db)
        for _ in range(TURNS):
            await reporting.turn()
            await assert_equal(db)
    await new.close()


@pytest.mark.parametrize("day", [TODAY, date(2026, 2, 28), date(2026, 9, 16), date(2027, 5, 1)])
async def test_late_reports_are_those_that_the_rule_tells(sample_database: Database, day: date):
    now = NOW.replace(year=day.year, month=day.month, day=day.day)
    async with sample_database.transaction() as db:
        await db.execute(text("UPDATE activities SET rhythm = 'monthly' WHERE id % 3 = 0"))
        await db.execute(text("UPDATE activities SET rhythm = 'never' WHERE id % 7 = 0"))
        plan = await read_plan(db, 1)
        rows = await PlanRows.found(db)
        for at, each in enumerate(plan.activities.values()):
            if at % 4:
                said = STATUSES[at % len(STATUSES)]
                await rows.report(each.code, said, now - timedelta(days=at * 2))
        asking = Asking(
            db, plan, Question(Intent.NOT_REPORTED), await person(db, "chef@skaraborg.example.se"),
            now,
        )  # fmt: skip
        everything = list(plan.activities.values())
        found = await stands(asking, everything, until_now(asking), dated=True)
    due = {
        each.code: late_since(each, found.states.get(each.id), found.day(each), day)
        for each in everything
    }
    told: Late = late_among(asking, found)
    assert {each.code: date.fromordinal(on) for each, on in told.late} == {
        code: on for code, on in due.items() if on is not None
    }
    assert told.awaited == sum(
        each.rhythm.kind != "never"
        and found.states.get(each.id, Status.NOT_STARTED) not in NEVER_LATE
        and each.runs_on(day)
        for each in everything
    )
