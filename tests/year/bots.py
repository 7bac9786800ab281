"""The bots of the year: two at work at once, those that die in the middle of it, and those that
send, which are killed with -9."""

import asyncio
import sys
from collections.abc import Awaitable
from contextlib import suppress
from datetime import date, datetime, time
from random import Random

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from storage.database import Database
from tests.counterpart import Counterpart
from tests.patience import until
from tests.year.oracle import DAY, SWEDEN
from tests.year.public_life import PublicLife

LOOKS = (time(0, 30), time(6, 40), time(8, 3), time(14, 20), time(17, 5))
LIFE, ALWAYS = LOOKS[1], LOOKS[2]
OFTEN = 0.3
"""How often there is a look at the other times of day."""

DEATHS, TOGETHER = 0.03, 0.08
"""How often a bot dies in the middle of a look, and how often two look at once."""

SENT_EACH = 60
"""Days after which some of what waits is sent."""

_WALL_CLOCK = """
CREATE FUNCTION at_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.expires_at := NULL; NEW.due_at := NULL; RETURN NEW; END $$;
CREATE TRIGGER at_once BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION at_once()
"""
"""What sends goes by the wall's clock, which is not the year's: whatever waits is sent at once."""


class Senders:
    """Processes that send what has been committed; they are killed with -9 in the middle of it."""

    def __init__(self, database: Database, counterpart: Counterpart, random: Random) -> None:
        self._database, self._random = database, random
        self._arguments = (database.libpq_url, counterpart.url)
        self.killed_at_work = 0

    async def send_some(self) -> None:
        """Start one, and kill it when it has begun to send what waits."""
        waited = await self._waiting()
        process = await self._started()

        async def has_begun() -> bool:
            return await self._waiting() < waited

        await until(has_begun, within=60, every=0.005)
        await asyncio.sleep(self._random.uniform(0, 0.05))
        process.kill()
        await process.wait()
        self.killed_at_work += bool(await self._waiting())

    async def send_all(self) -> None:
        """Two at once, until nothing waits."""
        both = [await self._started() for _each in range(2)]

        async def all_sent() -> bool:
            return not await self._waiting()

        await until(all_sent, within=120, every=0.1)
        for each in both:
            each.kill()
            await each.wait()

    async def _waiting(self) -> int:
        async with self._database.connection() as db:
            waits = "SELECT count(*) FROM messages WHERE state = 'waiting'"
            return await db.scalar(text(waits)) or 0

    async def _started(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.delivery.bot", *self._arguments),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )


class Bots:
    """Those that look for what is due, day after day."""

    def __init__(self, database: Database, senders: Senders, seed: int) -> None:
        self._database, self._senders = database, senders
        self._random = Random(seed)
        self._settings = Settings(reminders=True)
        self._plans = [PlanInMemory(), PlanInMemory()]
        self.deaths = self.together = 0

    async def live(self, public: PublicLife, first: date, days: int) -> None:
        """The year."""
        async with self._database.transaction() as db:
            for statement in _WALL_CLOCK.split(";\nCREATE TRIGGER"):
                lead = "CREATE TRIGGER" if statement.startswith(" at_once BEFORE") else ""
                await db.execute(text(lead + statement))
        for n in range(days):
            for at in LOOKS:
                now = datetime.combine(first + n * DAY, at, SWEDEN)
                if at == LIFE:
                    await public.life.day(now)
                    await public.day(now)
                if at == ALWAYS or self._random.random() < OFTEN:
                    await self._look(now)
            if n % SENT_EACH == SENT_EACH - 1:
                await self._senders.send_some()

    async def _look(self, now: datetime) -> None:
        looks: list[Awaitable[object]] = [
            run_due(self._database, now, self._settings, self._plans[0])
        ]
        if self._random.random() < DEATHS:
            self.deaths += 1
            looks.append(self._dies(now))
        if self._random.random() < TOGETHER:
            self.together += 1
            looks.append(run_due(self._database, now, self._settings, self._plans[1]))
        await asyncio.gather(*looks)

    async def _dies(self, now: datetime) -> None:
        """A bot whose connection is cut in the middle of a look, and which does no more."""
        bot = Database(self._database.libpq_url, pool_size=1)
        async with bot.connection() as db:
            mine = await db.scalar(text("SELECT pg_backend_pid()"))
        work = asyncio.create_task(run_due(bot, now, self._settings, PlanInMemory()))
        await asyncio.sleep(self._random.uniform(0.001, 0.06))
        async with self._database.connection() as db:
            await db.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        work.cancel()
        with suppress(asyncio.CancelledError, DBAPIError):
            await work
        await bot.close()
