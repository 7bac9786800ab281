"""The demo's applications: one in every state at least, whatever the date, and nothing to come."""

from datetime import datetime

import pytest
from sqlalchemy import text

from bot.applications.application import State
from bot.demo import SAMPLES, fill_demo
from bot.plan import read_plan
from handlers.web.channels import ensure_web_channels
from storage.database import Database

DAYS = ("2026-11-25", "2027-01-04", "2027-04-01", "2031-12-30")


@pytest.mark.parametrize("day", DAYS)
async def test_the_demo_has_applications_in_every_state(database: Database, day: str) -> None:
    assert SAMPLES.is_dir()
    now = datetime.fromisoformat(f"{day}T12:00:00+01:00")
    async with database.transaction() as db:
        await fill_demo(db, now, ensure_web_channels)
    async with database.connection() as db:
        states = (await db.execute(text("SELECT DISTINCT state FROM applications"))).scalars()
        assert set(states) == {each.value for each in State}
        ahead = text("SELECT count(*) FROM application_steps WHERE taken_at > :now")
        assert await db.scalar(ahead, {"now": now}) == 0
        plan = await read_plan(db, 1)
    funded = {line.state: line.amount for line in plan.activities["SAM-03"].funding}
    assert funded["granted"] == 320_000
    assert "applied" not in funded
    assert plan.activities["SAM-03"].lacking == 80_000
    assert plan.activities["KOM-03"].lacking == 500_000
