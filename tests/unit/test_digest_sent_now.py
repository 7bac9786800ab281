"""A button that sends a digest sends one, however often and by however many it is pressed."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.conversations.listed import all_conversations
from bot.conversations.protocol import AccountKey, Event, Pressed
from bot.conversations.runner import Bot
from bot.conversations.views import press
from bot.plan import PlanInMemory
from storage.database import Database
from storage.queries.web_access import ensure_person
from tests.platforms.web_scene import NOW, furnish


@pytest.mark.parametrize("period", ["2026-W49", "2026-W48-1"], ids=["the next", "an extra one"])
async def test_a_double_press_sends_one(database: Database, period: str):
    async with database.transaction() as db:
        people = await furnish(db)
        await ensure_person(db, people["Cilla"], "test")
    who = AccountKey("web", "web", str(people["Cilla"]))
    bot = Bot(database, all_conversations(), PlanInMemory(), lambda: NOW)
    doing = Pressed(press=press("veckobrev", "skicka_nu", "manager", period))

    async def pressed(key: str) -> str:
        answer = await bot.answer(Event(key, who, None, doing))
        return " ".join(each.model_dump_json() for each in answer.replies)

    said = await asyncio.gather(*(pressed(f"press {n}") for n in range(4)))
    assert sum("2026 är skickat." in each for each in said) == 1
    assert sum("är redan skickat" in each for each in said) == 3
    async with database.transaction() as db:
        kept = await db.execute(text("SELECT period FROM digests"))
        assert [row.period for row in kept] == [period]


async def test_a_button_of_last_week_sends_nothing_that_was_not_asked_for(database: Database):
    async with database.transaction() as db:
        people = await furnish(db)
        await ensure_person(db, people["Cilla"], "test")
    who = AccountKey("web", "web", str(people["Cilla"]))
    later = NOW + timedelta(weeks=2)
    bot = Bot(database, all_conversations(), PlanInMemory(), lambda: later)
    doing = Pressed(press=press("veckobrev", "skicka_nu", "manager", "2026-W48-1"))
    (reply,) = (await bot.answer(Event("k", who, None, doing))).replies
    assert "Ska brevet till chefen skickas nu?" in reply.model_dump_json()
    async with database.transaction() as db:
        assert await db.scalar(text("SELECT count(*) FROM digests")) == 0
