"""What is due and not yet done, done once however many bots there are.

Each due thing is done in a transaction of its own under the unique key (kind, audience, period):
whoever writes that row does it, and one that fails leaves no row, so the next tick tries again.
APScheduler only ticks; what is due is judged by the time it is handed.
"""

# APScheduler 3 has no types.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import STOCKHOLM, Clock, in_stockholm
from bot.conversations.leaving_told import tell_of_leaver
from bot.conversations.polls.on_time import polls_due
from bot.digests.period import Audience, Due, latest_due
from bot.digests.publish import publish_digest
from bot.leaving import Leaver, leavers
from bot.plan import Plan, PlanInMemory
from bot.settings import Settings
from storage.database import Database
from storage.queries import digests as digest_queries
from storage.queries import schedule as queries
from storage.queries.letters import ensure_mail_places

log = structlog.stdlib.get_logger()

TICK_SECONDS = 15.0


class Done(NamedTuple):
    """A due thing that was done now."""

    kind: str
    audience: str
    period: str


@dataclass(frozen=True)
class DueThing:
    """Something to be done once for its audience and period; `do` works in the transaction."""

    kind: str
    audience: str
    period: str
    do: Callable[[AsyncConnection], Awaitable[None]]


Looks = Callable[[AsyncConnection, Plan, datetime, Settings], Awaitable[Sequence[DueThing]]]
"""Finds what is due of one kind, done or not."""


async def due_digests(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Each audience's latest digest, unless a digest has told as far already.

    After several missed weeks that is one digest, which tells from the last cut-off. Before there
    is a plan there is nothing to tell.
    """
    found: list[DueThing] = []
    for audience in Audience if plan.activities else ():
        due = latest_due(audience, now, settings)
        told_until = await digest_queries.latest_cut_off(db, audience)
        if told_until is None or told_until < due.at:

            async def publish(db: AsyncConnection, due: Due = due) -> None:
                await publish_digest(db, plan, due, now)

            found.append(DueThing("digest", audience, due.period, publish))
    return found


async def due_leaving(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Word to the chef of each person who has left something behind, once for each ending."""
    found: list[DueThing] = []
    for leaver in await leavers(db, now):

        async def tell(db: AsyncConnection, leaver: Leaver = leaver) -> None:
            await tell_of_leaver(db, plan, leaver, now)

        found.append(DueThing("leaving", str(leaver.person.id), leaver.period, tell))
    return found


async def due_polls(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Polls that open, close, are to be asked again or have a day less, once each."""
    return [DueThing(*each) for each in await polls_due(db, plan, now)]


async def due_mail_places(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Mail as a place of whoever is employed from today, each day; where mail is set up."""
    if settings.smtp_host is None:
        return []
    today = in_stockholm(now).date()

    async def ensure(db: AsyncConnection) -> None:
        await ensure_mail_places(db, today=today, now=now)

    return [DueThing("mail_places", "everybody", today.isoformat(), ensure)]


KINDS: tuple[Looks, ...] = (due_digests, due_leaving, due_polls, due_mail_places)
"""Everything that becomes due by the clock."""


async def run_due(
    database: Database, now: datetime, settings: Settings, plan: PlanInMemory
) -> list[Done]:
    """Do what is due at `now` and not done, and tell what that was.

    A thing that fails is logged, does not stop the others, and is tried at the next call.
    """
    async with database.transaction() as db:
        current = await plan.now(db)
        things = [
            thing
            for looks in KINDS
            for thing in await looks(db, current, now, settings)
            if not await queries.is_done(db, thing.kind, thing.audience, thing.period)
        ]
    return [
        Done(thing.kind, thing.audience, thing.period)
        for thing in things
        if await _done_by_us(database, thing, now)
    ]


async def _done_by_us(database: Database, thing: DueThing, now: datetime) -> bool:
    try:
        async with database.transaction() as db:
            if not await queries.claim(db, thing.kind, thing.audience, thing.period, now):
                return False
            await thing.do(db)
    except Exception:
        log.exception(
            "due_thing_failed", kind=thing.kind, audience=thing.audience, period=thing.period
        )
        return False
    log.info("due_thing_done", kind=thing.kind, audience=thing.audience, period=thing.period)
    return True


class Schedule:
    """Calls `run_due` at every tick, by the clock it is given, until it is stopped."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: Settings,
        plan: PlanInMemory,
        *,
        seconds: float = TICK_SECONDS,
    ) -> None:
        self._database, self._clock = database, clock
        self._settings, self._plan = settings, plan
        self._running = asyncio.Lock()
        self._ticker = AsyncIOScheduler(timezone=STOCKHOLM)
        # With the default grace time a busy second loses the run.
        self._ticker.add_job(
            self.tick,
            "interval",
            seconds=seconds,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )

    def start(self) -> None:
        """Tick from now on; the event loop must be running."""
        self._ticker.start()

    async def tick(self) -> None:
        """Do what is due now; a database out of reach is logged, and the next tick tries again."""
        async with self._running:
            try:
                await run_due(self._database, self._clock(), self._settings, self._plan)
            except Exception:
                log.exception("schedule_tick_failed")

    async def stop(self) -> None:
        """Tick no more; what is being done now is finished first."""
        self._ticker.pause()
        async with self._running:
            self._ticker.shutdown(wait=False)
