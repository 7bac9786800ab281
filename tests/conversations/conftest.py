"""The bot in full on the sample plan, and people who come to it on each platform."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from pydantic import SecretStr

from bot.importing.adopt import adopt_plan
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.plan_file import import_plan
from bot.settings import Settings
from handlers.app import Samspel
from storage.database import Database
from tests.conversations.clock import StoryClock
from tests.conversations.persons import OnWeb
from tests.platforms.web_browser import browsing

SAMPLES = Path("samples")


@dataclass
class Scene:
    """The running bot: its clock, its database, and people by address on the platform tried."""

    where: str
    database: Database
    clock: StoryClock
    platform: type[OnWeb]
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def person(self, email: str) -> OnWeb:
        """That person, signed in on the platform."""
        browser = await self._stack.enter_async_context(browsing(self.where))
        return await self.platform(browser).signs_in(
            self.database, self.clock, f"{email}.example.se"
        )


@pytest.fixture(params=[OnWeb], ids=["web"])
async def samspel(request: pytest.FixtureRequest, database: Database) -> AsyncGenerator[Scene]:
    """The sample plan, adopted, and a bot that answers and delivers."""
    clock = StoryClock()
    by = By("test", date(2026, 1, 5), clock())
    async with database.transaction() as db:
        for outcome in (
            await import_municipalities(db, SAMPLES / "municipalities.csv", by),
            await import_people(db, SAMPLES / "people.csv", by),
            await import_plan(db, SAMPLES / "aktivitetsplan-2026.csv", by),
        ):
            assert outcome.faults == []
        await adopt_plan(db, by, day=date(2026, 2, 20), paragraph="12")
    settings = Settings(tick_seconds=0.05, database_url=SecretStr(database.libpq_url))
    server = uvicorn.Server(
        uvicorn.Config(Samspel(settings, database, clock).app(), log_level="warning")
    )
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    running = asyncio.create_task(server.serve([sock]))
    async with asyncio.timeout(20):
        while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.01)
    async with AsyncExitStack() as stack:
        where = f"http://127.0.0.1:{sock.getsockname()[1]}"
        yield Scene(where, database, clock, request.param, stack)
    server.should_exit = True
    await running
    sock.close()
