"""What is due is done once, however many bots there are, and late when it was missed."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from bot.digests.compose import as_text, read_letter
from bot.plan import PlanInMemory
from bot.schedule import Done, Schedule, run_due
from bot.settings import Settings
from storage.database import Database
from storage.models import Body, ChannelBinding, Connection, Conversation, Digest, Message, Post
from tests.digest_material import PlanRows, stockholm

SETTINGS = Settings()
MONDAY = stockholm("2026-11-23 07:30")
FRIDAY = stockholm("2026-11-27 13:00")
CHEF = "manager"
STYRGRUPP = "steering_group"


@pytest.fixture
async def plan(database: Database) -> None:
    async with database.transaction() as db:
        rows = await PlanRows.begun(db)
        await rows.activity("KOM-03", milestones=[(date(2026, 12, 1), "Kursstart")])


@pytest.fixture
async def told_until_last_week(database: Database, plan: None) -> None:
    await run(database, stockholm("2026-11-20 13:00"))


async def run(database: Database, now: datetime) -> list[Done]:
    return await run_due(database, now, SETTINGS, PlanInMemory())


async def digests(database: Database, audience: str) -> list[Mapping[str, Any]]:
    async with database.transaction() as db:
        rows = await db.execute(
            select(Digest.__table__).where(Digest.audience == audience).order_by(Digest.covers_to)
        )
        return [dict(row) for row in rows.mappings()]


@pytest.mark.usefixtures("told_until_last_week")
async def test_a_digest_is_done_at_its_time_and_once(database: Database):
    assert await run(database, MONDAY - timedelta(seconds=1)) == []
    assert await run(database, MONDAY) == [Done("digest", CHEF, "2026-W48")]
    assert await run(database, MONDAY) == []
    assert await run(database, FRIDAY) == [Done("digest", STYRGRUPP, "2026-W48")]
    (*_earlier, last) = await digests(database, CHEF)
    assert (last["covers_from"], last["covers_to"]) == (stockholm("2026-11-16 07:30"), MONDAY)
    assert last["late"] is False


async def test_without_a_plan_there_is_nothing_to_tell(database: Database):
    assert await run(database, MONDAY) == []


@pytest.mark.usefixtures("told_until_last_week")
async def test_ten_bots_at_once_do_it_once(database: Database):
    done = await asyncio.gather(*(run(database, MONDAY) for _bot in range(10)))
    assert [one for each in done for one in each] == [Done("digest", CHEF, "2026-W48")]
    assert len(await digests(database, CHEF)) == 2


@pytest.mark.usefixtures("told_until_last_week")
async def test_after_missed_weeks_one_goes_out_late_from_the_last_cut_off(database: Database):
    now = stockholm("2026-12-15 10:00")
    assert await run(database, now) == [
        Done("digest", CHEF, "2026-W51"),
        Done("digest", STYRGRUPP, "2026-W50"),
    ]
    last = (await digests(database, CHEF))[-1]
    assert (last["covers_from"], last["covers_to"]) == (
        stockholm("2026-11-16 07:30"),
        stockholm("2026-12-14 07:30"),
    )
    assert last["late"] is True
    said = as_text(read_letter(last["view"]))
    assert "är försenat. Det kom ut tisdag 15 december kl. 10:00" in said
    assert "Inget brev har kommit ut sedan 16 november." in said


@pytest.mark.usefixtures("told_until_last_week")
async def test_what_a_later_digest_has_told_is_not_told_again(database: Database):
    await run(database, stockholm("2026-12-14 07:30"))
    assert await run(database, MONDAY) == []


@pytest.mark.usefixtures("told_until_last_week")
async def test_a_few_minutes_are_not_late(database: Database):
    await run(database, MONDAY + timedelta(minutes=9))
    assert (await digests(database, CHEF))[-1]["late"] is False


@pytest.mark.usefixtures("told_until_last_week")
async def test_one_that_fails_does_not_stop_the_others_and_is_tried_again(database: Database):
    async with database.transaction() as db:
        await db.execute(
            text(
                "ALTER TABLE digests ADD CONSTRAINT broken CHECK (audience <> 'manager') NOT VALID"
            )
        )
    later = FRIDAY + timedelta(minutes=1)
    assert await run(database, later) == [Done("digest", STYRGRUPP, "2026-W48")]
    async with database.transaction() as db:
        await db.execute(text("ALTER TABLE digests DROP CONSTRAINT broken"))
    assert await run(database, later) == [Done("digest", CHEF, "2026-W48")]


@pytest.mark.usefixtures("plan")
async def test_a_whole_year_has_each_week_once(database: Database):
    """Every day of 2026 and the week after, with its holidays, summer time and week 53."""
    plan = PlanInMemory()
    done: list[Done] = []
    day = stockholm("2026-01-01 18:00")
    while day < stockholm("2027-01-08 18:00"):
        done += await run_due(database, day, SETTINGS, plan)
        day += timedelta(days=1)
    manager = [each.period for each in done if each.audience == CHEF]
    weeks = [f"2026-W{n:02}" for n in range(1, 54)]
    assert manager == [*weeks, "2027-W01"]
    group = [each.period for each in done if each.audience == STYRGRUPP]
    assert group == ["2025-W52", *weeks]
    spans = [(each["covers_from"], each["covers_to"]) for each in await digests(database, CHEF)]
    assert all(before[1] == after[0] for before, after in pairwise(spans))


async def bound(database: Database) -> tuple[int, int]:
    """A channel for the manager and one for the steering group."""
    async with database.transaction() as db:

        async def new(table: Any, **values: Any) -> int:
            return (
                await db.execute(insert(table).values(**values).returning(table.id))
            ).scalar_one()

        web = await new(Connection, platform="web", tenant="here")
        post = await db.scalar(select(Post.id).where(Post.kind == "manager"))
        group = await db.scalar(select(Body.id).where(Body.kind == "steering_group"))
        made = {"connection_id": web, "kind": "channel"}
        manager = await new(Conversation, address="chef", name="Chef", **made)
        steering = await new(Conversation, address="styrgrupp", name="Styrgrupp", **made)
        await new(
            ChannelBinding,
            conversation_id=manager,
            post_id=post or await new(Post, kind="manager"),
            bound_by="test",
        )
        await new(
            ChannelBinding,
            conversation_id=steering,
            body_id=group or await new(Body, kind="steering_group", name="Styrgruppen"),
            bound_by="test",
        )
        return manager, steering


@pytest.mark.usefixtures("plan")
async def test_each_is_said_in_its_channel_as_it_is_kept(database: Database):
    manager, steering = await bound(database)
    await run(database, FRIDAY)
    async with database.transaction() as db:
        rows = await db.execute(select(Message.conversation_id, Message.view).order_by(Message.id))
        said = {row.conversation_id: row.view for row in rows}
    for place, audience in ((manager, CHEF), (steering, STYRGRUPP)):
        (kept,) = await digests(database, audience)
        assert kept["view"]["cards"] == [said[place]]


@pytest.mark.usefixtures("plan")
async def test_the_ticker_does_what_is_due_by_the_clock_it_is_given(database: Database):
    ticked = asyncio.Event()

    def clock() -> datetime:
        ticked.set()
        return MONDAY

    ticking = Schedule(database, clock, SETTINGS, PlanInMemory(), seconds=0.05)
    ticking.start()
    await ticked.wait()
    await ticking.stop()
    assert [each["period"] for each in await digests(database, CHEF)] == ["2026-W48"]


async def test_a_tick_outlives_a_database_out_of_reach(database_url: str):
    nowhere = Database(database_url.replace("/test_", "/gone_"))
    await Schedule(nowhere, lambda: MONDAY, SETTINGS, PlanInMemory()).tick()
    await nowhere.close()
