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
from bot.conversations.digests.reports_on_time import reports_due
from bot.conversations.leaving_told import tell_of_leaver
from bot.conversations.polls.on_time import polls_due
from bot.digests.due import digests_due, personal_due
from bot.leaving import Leaver, leavers
from bot.plan import Plan, PlanInMemory
from bot.reminding.collect import somebody_may_be_at_work
from bot.reminding.remind import remind
from bot.settings import Settings
from storage.database import Database
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
    """Something to be done once for its audience and period; `do` works in the transaction.

    `fresh`: whoever found it left out what is done, so that needs no asking. `routine`: it happens
    so often that the log is spared of it.
    """

    kind: str
    audience: str
    period: str
    do: Callable[[AsyncConnection], Awaitable[None]]
    fresh: bool = False
    routine: bool = False


Looks = Callable[[AsyncConnection, Plan, datetime, Settings], Awaitable[Sequence[DueThing]]]
"""Finds what is due of one kind, done or not."""


async def due_digests(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Each reader's latest digest, unless one has told as far already."""
    return [DueThing(*each) for each in await digests_due(db, plan, now, settings)]


async def due_personal_digests(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Digests of people on the days that they chose; those that are done are not among them."""
    found = await personal_due(db, plan, now, settings)
    return [DueThing(*each, fresh=True) for each in found]


async def due_meeting_reports(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Drafts of reports to meetings, and word of those whose meeting was called off or moved."""
    return [DueThing(*each) for each in await reports_due(db, plan, now, settings)]


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


async def due_reminders(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueThing]:
    """Everybody's one reminder of the day, looked for each quarter of an hour by one bot."""
    if not (settings.reminders and plan.activities and somebody_may_be_at_work(now)):
        return []
    local = in_stockholm(now)
    period = f"{local:%Y-%m-%dT%H}:{local.minute // 15 * 15:02d}"

    async def look(db: AsyncConnection) -> None:
        await remind(db, plan, now, settings)

    return [DueThing("reminders", "everybody", period, look, routine=True)]


KINDS: tuple[Looks, ...] = (
    due_reminders,
    due_digests,
    due_meeting_reports,
    due_leaving,
    due_polls,
    due_mail_places,
    due_personal_digests,
)
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
            if thing.fresh
            or not await queries.is_done(db, thing.kind, thing.audience, thing.period)
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
    told = log.debug if thing.routine else log.info
    told("due_thing_done", kind=thing.kind, audience=thing.audience, period=thing.period)
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
