"""The demo's needs and assignments: something at every stage, whatever the date."""

from datetime import datetime

import pytest
from sqlalchemy import text

from bot.clock import in_stockholm
from bot.demo import fill_demo
from bot.documents.need_matters import matters_at
from bot.needs.material import USUAL, field_named, missing
from bot.needs.stages import Stage
from handlers.web.channels import ensure_web_channels
from storage.database import Database

DAYS = ("2026-11-25", "2027-01-04", "2027-04-01", "2027-07-10", "2031-12-30")


async def values(database: Database, question: str, **asked: object) -> list[object]:
    """The first column of what the question finds."""
    async with database.connection() as db:
        return list((await db.execute(text(question), asked)).scalars())


@pytest.mark.parametrize("day", DAYS)
async def test_the_demo_has_needs_and_assignments_in_every_state(database: Database, day: str):
    now = datetime.fromisoformat(f"{day}T12:00:00+01:00")
    async with database.transaction() as db:
        await fill_demo(db, now, ensure_web_channels)
    live = "SELECT DISTINCT stage FROM needs WHERE merged_into_id IS NULL AND withdrawn_at IS NULL"
    assert set(await values(database, live)) == {stage.value for stage in Stage}
    states = set(await values(database, "SELECT DISTINCT state FROM assignments"))
    assert states >= {"open", "taken", "done", "unresourced"}
    marked = "SELECT id FROM needs WHERE merged_into_id IS NOT NULL OR withdrawn_at IS NOT NULL"
    assert len(await values(database, marked)) == 2
    for table, moment in (("need_steps", "taken_at"), ("assignment_steps", "taken_at")):
        ahead = f"SELECT id FROM {table} WHERE {moment} > :now"
        assert not await values(database, ahead, now=now), table
    decided = "SELECT decided_on FROM needs WHERE stage = 'accepted'"
    met = "SELECT held_on FROM meetings m JOIN bodies b ON b.id = m.body_id WHERE b.kind = 'board'"
    assert set(await values(database, decided)) <= set(await values(database, met))


async def test_the_demo_has_material_that_is_written_and_some_that_lacks(database: Database):
    now = datetime.fromisoformat("2026-11-25T12:00:00+01:00")
    async with database.transaction() as db:
        await fill_demo(db, now, ensure_web_channels)
    fields = [field_named(name) for name in USUAL]
    async with database.connection() as db:
        today = in_stockholm(now).date()
        (ready,) = await matters_at(db, Stage.BOARD, today)
        (lacking,) = await matters_at(db, Stage.PRESIDIUM, today)
    assert missing(fields, ready.texts) == ()
    assert ready.meeting is not None
    assert len(missing(fields, lacking.texts)) == 3
