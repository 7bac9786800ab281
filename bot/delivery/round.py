"""One round: the messages and cards of one conversation, one after the other, under its lease."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import metrics, places
from bot.clock import Clock
from bot.delivery.attempt import (
    Arrived,
    Attempt,
    CannotUpdate,
    Failing,
    Hopeless,
    Later,
    NothingToShow,
    Outcome,
)
from bot.delivery.platform import Destination, Draw, Key, Platform
from bot.delivery.rates import Rates
from storage.queries import delivery as queue
from storage.queries import outcomes
from storage.queries.claiming import Claimed
from storage.queries.delivery import Lease, Taken
from storage.queries.outcomes import Patience

log = structlog.get_logger()
T = TypeVar("T")

Transaction = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


@dataclass(frozen=True)
class Means:
    """What rounds share: ways to the database and the platforms, and how long each may take."""

    transaction: Transaction
    draw: Draw
    clock: Clock
    monotonic: Callable[[], float]
    lease_seconds: float
    card_rest: float
    timeout: float
    patience: Patience


@dataclass(frozen=True)
class Sent:
    """A message that arrived, and is not yet recorded as sent."""

    id: int
    reference: str


class Round:
    """Delivers what waits in one claimed conversation until nothing does or something fails."""

    def __init__(
        self,
        means: Means,
        platform: Platform,
        rates: Rates,
        claimed: Claimed,
        lease: Lease,
        first: Taken | None,
        *,
        until: float,
    ) -> None:
        """`first`: what was taken with the claim, if anything. `until`: when the lease runs out,
        by our own monotonic clock."""
        self._means = means
        self._rates = rates
        self._platform = platform
        self._lease = lease
        self._first = first
        self._until = until
        self._to = Destination(
            claimed.conversation_id,
            claimed.platform,
            claimed.tenant,
            claimed.address,
            claimed.kind,
            claimed.language,
            claimed.person_id,
            claimed.route,
        )
        self.stopping = False
        self.delivered = 0
        self.again_in: float | None = None
        """In how many seconds there is a token for what waits here; None: nothing waits for one."""

    async def run(self) -> None:
        """Deliver, and let go. What the database cannot be told waits out the lease."""
        sent: Sent | None = None
        while True:
            item, self._first = self._first or await self._next(sent), None
            if sent is not None and item is not None:
                metrics.sent.labels(self._to.platform).inc()
                self.delivered += 1
            if item is None:
                log.warning("delivery_lease_lost", conversation=self._to.conversation_id)
                return
            sent = None
            if item.kind is None:
                if item.held:
                    continue
                self.again_in = item.wait
                return
            if item.expired:
                metrics.expired.labels(self._to.platform).inc()
                continue
            key = Key(item.kind, item.id)
            outcome = await self._attempt(item, key).made()
            if isinstance(outcome, Arrived) and item.kind == "message":
                sent = Sent(item.id, outcome.reference)
            elif not await self._recorded(item, key, outcome):
                return

    async def _next(self, sent: Sent | None) -> Taken | None:
        asked = self._means.monotonic()

        async def take(db: AsyncConnection) -> Taken | None:
            return await queue.take_next(
                db,
                self._lease,
                now=self._means.clock(),
                card_rest=self._means.card_rest,
                sent=sent.id if sent else None,
                reference=sent.reference if sent else None,
                more=not self.stopping,
                rates=self._rates.json,
            )

        item = await self._stored(take)
        self._until = asked + self._lease.seconds
        return item

    def _attempt(self, item: Taken, key: Key) -> Attempt:
        means = self._means
        return Attempt(
            self._platform,
            self._to,
            item,
            key,
            means.transaction,
            means.draw,
            means.timeout,
            lambda: self._until - means.monotonic(),
        )

    async def _recorded(self, item: Taken, key: Key, outcome: Outcome) -> bool:
        """Whether the round goes on."""
        match outcome:
            case Arrived(reference):
                shown = await self._stored(
                    lambda db: outcomes.card_shown(
                        db, self._lease, key.id, version=item.version, reference=reference
                    )
                )
                metrics.drawn.labels(self._to.platform).inc()
                self.delivered += 1
                return shown
            case NothingToShow():
                return await self._stored(
                    lambda db: outcomes.card_struck(db, self._lease, key.id, version=item.version)
                )
            case CannotUpdate():
                return await self._stored(
                    lambda db: outcomes.card_posted_anew(db, self._lease, key.id)
                )
            case Hopeless(cause, closed):
                return await self._hopeless(item, key, cause, closed=closed)
            case Later():
                await self._waits(item, key, outcome)
                return False
            case Failing(cause, settled):
                await self._failing(item, key, cause, settled=settled)
                return False

    async def _waits(self, item: Taken, key: Key, later: Later) -> None:
        """The platform rules over what we counted: it begins anew when it says, at its rate."""
        metrics.asked_to_wait.labels(self._to.platform).inc()
        self.again_in = later.seconds
        await self._stored(
            lambda db: outcomes.wait(
                db,
                self._lease,
                key.kind,
                key.id,
                seconds=later.seconds,
                whole=later.whole,
                settled=later.settled,
                method=item.method,
                rates=self._rates.json or "[]",
                shared=not self._rates.of_conversation(item.method),
            )
        )

    async def _hopeless(self, item: Taken, key: Key, cause: str, *, closed: bool) -> bool:
        failed = metrics.failed.labels(self._to.platform)
        log.warning("delivery_refused", key=str(key), conversation=self._to.conversation_id)
        if closed:
            now = self._means.clock()
            failed.inc(
                await self._stored(
                    lambda db: places.found_gone(db, self._lease, cause=cause, now=now)
                )
            )
            return False
        failed.inc()
        if key.kind == "message":
            return await self._stored(
                lambda db: outcomes.message_refused(db, self._lease, key.id, cause=cause)
            )
        return await self._stored(
            lambda db: outcomes.card_refused(
                db, self._lease, key.id, version=item.version, cause=cause
            )
        )

    async def _failing(self, item: Taken, key: Key, cause: str, *, settled: bool) -> None:
        metrics.attempts_failed.labels(self._to.platform).inc()
        given_up = await self._stored(
            lambda db: outcomes.attempt_failed(
                db,
                self._lease,
                key.kind,
                key.id,
                version=item.version,
                cause=cause,
                settled=settled,
                patience=self._means.patience,
            )
        )
        if given_up:
            metrics.failed.labels(self._to.platform).inc()
            log.error("delivery_given_up", key=str(key), conversation=self._to.conversation_id)

    async def _stored(self, write: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """`write` in a transaction of its own; again when the connection is cut under it.

        All that is written here begins from the lease, so that writing it twice does no harm.
        """
        pause = 0.05
        while True:
            try:
                async with (
                    asyncio.timeout(self._means.timeout),
                    self._means.transaction() as db,
                ):
                    return await write(db)
            except (OperationalError, InterfaceError, NoConnectionError, TimeoutError):
                if self._until - self._means.monotonic() < pause:
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)
