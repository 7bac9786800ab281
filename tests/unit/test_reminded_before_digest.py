"""A report is asked for before the chef's digest that will come, not before one that rests."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digests.period import Audience, Week, due_in
from bot.digests.publish import publish_digest
from bot.plan import read_plan
from bot.reminding.ground import ground_for
from bot.reminding.plan_rules import reports
from bot.settings import Settings
from storage.database import Database
from tests.digest_material import PlanRows, stockholm

FRIDAY = stockholm("2026-11-20 09:00")
IN_TIME, A_WEEK_LATER = date(2026, 11, 20), date(2026, 11, 27)
"""The working days before the digests of weeks 48 and 49."""


async def due_monday(db: AsyncConnection) -> None:
    """One activity, whose report falls due on the day of the digest of week 48."""
    rows = await PlanRows.begun(db)
    await rows.activity("KOM-03")
    await rows.report("KOM-03", "on_track", stockholm("2026-11-09 09:00"))


async def asked_on(db: AsyncConnection) -> list[date]:
    """The days on which reports are asked for."""
    ground = await ground_for(db, await read_plan(db, 1), FRIDAY, Settings())
    return [each.on for each in await reports(db, ground)]


async def test_the_working_day_before_the_next_digest(database: Database):
    async with database.transaction() as db:
        await due_monday(db)
        assert await asked_on(db) == [IN_TIME]


async def test_one_that_falls_in_a_pause_is_none(database: Database):
    async with database.transaction() as db:
        await due_monday(db)
        await db.execute(
            text(
                "INSERT INTO digest_settings (audience, paused_until, changed_by, changed_at) "
                "SELECT 'manager', '2026-11-24', min(id), now() FROM people"
            )
        )
        assert await asked_on(db) == [A_WEEK_LATER]


async def test_one_that_is_sent_before_its_time_is_none(database: Database):
    async with database.transaction() as db:
        await due_monday(db)
        due = due_in(Audience.MANAGER, Week(2026, 48), Settings())
        await publish_digest(db, await read_plan(db, 1), due, FRIDAY)
        assert await asked_on(db) == [A_WEEK_LATER]
