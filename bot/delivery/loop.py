"""The loop that delivers: told at commit, looking by itself each tick, ended only from outside.

Each process may run one; the lease of each conversation (storage/queries/delivery.py) keeps them
apart. Within a process some conversations are delivered to at once, each platform having its own
slots, of which those that fail may take half: what is slow or broken holds nobody else up.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, wall_clock
from bot.delivery.platform import Draw, Platform
from bot.delivery.rates import Rate, of_connections, rates_of
from bot.delivery.round import Means, Round
from bot.settings import Settings
from storage.database import Database
from storage.queries import delivery as queue
from storage.queries.claiming import Claimed, claim, need_not_last, room_in
from storage.queries.delivery import Lease
from storage.queries.outbox import CHANNEL
from storage.queries.outcomes import Patience

log = structlog.get_logger()

FAR_AWAY_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 10.0
"""Between attempts to reach a database that is away."""


class Delivery:
    """Sends what is stored to be said, and draws living cards again, through `platforms`."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        draw: Draw,
        settings: Settings,
        *,
        rates: Mapping[str, Sequence[Rate]] | None = None,
        clock: Clock = wall_clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`rates`: how fast each platform may be sent to; without, as fast as it goes.

        Raises ValueError when a platform call could outlast the lease.
        """
        if settings.send_timeout_seconds * 2 > settings.lease_seconds:
            raise ValueError("SAMSPEL_SEND_TIMEOUT_SECONDS must be at most half of the lease")
        self._database = database
        self._platforms = platforms
        self._rates = {name: rates_of(name, (rates or {}).get(name, ())) for name in platforms}
        self._of_connections = of_connections(self._rates.values())
        self._tick_seconds = settings.tick_seconds
        self._slots = settings.delivery_slots
        self._means = Means(
            database.transaction,
            draw,
            clock,
            monotonic,
            settings.lease_seconds,
            settings.card_rest_seconds,
            settings.send_timeout_seconds,
            Patience(
                first=settings.tick_seconds,
                longest=max(settings.tick_seconds, settings.give_up_seconds / 10),
                give_up=settings.give_up_seconds,
            ),
        )
        self._owner = f"{uuid4().hex[:12]}:"
        self._numbers = count()
        self._rounds: dict[asyncio.Task[None], tuple[Claimed, Round]] = {}
        self._wake = asyncio.Event()
        self._delivered = 0

    async def run(self) -> None:
        """Deliver until cancelled; then what is on its way is awaited, and all is let go."""
        try:
            async with asyncio.timeout(self._means.timeout), self._database.transaction() as db:
                await queue.raise_withdrawn(db)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("delivery_withdrawn_unseen", error=type(error).__name__)
        helpers = [asyncio.create_task(self._listen()), asyncio.create_task(self._tick())]
        try:
            await self._deliver_whenever_woken()
        finally:
            self._take_no_more()
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            await self._finish()

    async def deliver_all(self) -> int:
        """Deliver until nothing more is due now; how many messages and cards arrived.

        What fails or is asked to wait is left for later.
        """
        before = self._delivered
        try:
            while True:
                await self._begin_rounds()
                if not self._rounds:
                    return self._delivered - before
                await asyncio.wait(set(self._rounds), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._finish()

    async def _deliver_whenever_woken(self) -> None:
        pause = self._tick_seconds
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._begin_rounds()
                pause = self._tick_seconds
            except Exception as error:
                log.warning("delivery_paused", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                self._wake.set()

    async def _listen(self) -> None:
        while True:
            try:
                async with self._database.listening(CHANNEL) as notices:
                    self._wake.set()
                    async for _notice in notices:
                        self._wake.set()
            except Exception as error:
                log.warning("delivery_not_listening", error=type(error).__name__)
            await asyncio.sleep(self._tick_seconds)

    async def _tick(self) -> None:
        while True:
            self._wake.set()
            await asyncio.sleep(self._tick_seconds)

    async def _begin_rounds(self) -> None:
        while await self._begin_round():
            pass

    async def _begin_round(self) -> bool:
        """Claim a conversation and begin to deliver to it. False: none waits, or no slot."""
        active = Counter(claimed.platform for claimed, _ in self._rounds.values())
        failing = Counter(c.platform for c, _ in self._rounds.values() if c.failing)
        owner = f"{self._owner}{next(self._numbers)}"
        asked = self._means.monotonic()
        async with asyncio.timeout(self._means.timeout), self._database.transaction() as db:
            claimed = await claim(
                db,
                owner=owner,
                lease_seconds=self._means.lease_seconds,
                platforms=[name for name in self._platforms if active[name] < self._slots],
                failing=[name for name in self._platforms if failing[name] < self._slots // 2],
                now=self._means.clock(),
                card_rest=self._means.card_rest,
                rates=self._of_connections or "[]",
            )
            if claimed is None:
                await self._look_when_there_is_room(db)
                return False
            lease = Lease(claimed.conversation_id, owner, self._means.lease_seconds)
            rates = self._rates[claimed.platform]
            first = None
            if rates.of_connection:
                # With the claim, so that who is claimed first also gets the first token.
                first = await queue.take_next(
                    db,
                    lease,
                    now=self._means.clock(),
                    card_rest=self._means.card_rest,
                    rates=rates.json,
                )
                if first is None or (first.kind is None and not first.held):
                    self._look_in(first.wait if first else None)
                    return True
            else:
                await need_not_last(db)
        until = asked + lease.seconds
        platform = self._platforms[claimed.platform]
        round_ = Round(self._means, platform, rates, claimed, lease, first, until=until)
        task = asyncio.create_task(round_.run())
        self._rounds[task] = claimed, round_
        task.add_done_callback(self._ended)
        return True

    async def _look_when_there_is_room(self, db: AsyncConnection) -> None:
        if self._of_connections is not None:
            rates = self._of_connections
            self._look_in(await room_in(db, list(self._platforms), rates=rates))

    def _look_in(self, seconds: float | None) -> None:
        """Look again then; what is further away the tick finds."""
        if seconds is not None and seconds < FAR_AWAY_SECONDS:
            asyncio.get_running_loop().call_later(seconds, self._wake.set)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Let go: look once more, since something may have come while the lease was held."""
        claimed, round_ = self._rounds.pop(task)
        self._delivered += round_.delivered
        self._wake.set()
        self._look_in(round_.again_in)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            # The lease is left to run out: a pause before the same goes wrong again.
            log.error(
                "delivery_round_broke",
                conversation=claimed.conversation_id,
                error=type(error).__name__,
            )

    def _take_no_more(self) -> None:
        for _, round_ in self._rounds.values():
            round_.stopping = True

    async def _finish(self) -> None:
        """Let what is on its way arrive, and let go of all that is held."""
        self._take_no_more()
        if self._rounds:
            await asyncio.wait(set(self._rounds), timeout=self._means.timeout)
        left = list(self._rounds)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        try:
            async with asyncio.timeout(self._means.timeout), self._database.transaction() as db:
                await queue.release(db, self._owner)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("delivery_leases_run_out", error=type(error).__name__)
