"""What is shown to one person at once: tried again as the platform allows, given up after a while.

It may be lost or shown twice; what matters goes through delivery.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

log = structlog.get_logger(__name__)
T = TypeVar("T")

AT_ONCE = 4
"""Calls of one kind at a time: a crowd waits its turn instead of pressing on."""

TRIES = 6
LONGEST_PAUSE_SECONDS = 30.0
GIVE_UP_SECONDS = 300.0

Key = tuple[str, ...]
"""What a platform limits together, such as a workspace and a method."""


@dataclass
class Pauses:
    """Until when a platform asks this process to wait, by what it limits together."""

    monotonic: Callable[[], float] = time.monotonic
    _until: dict[Key, float] = field(default_factory=dict[Key, float])

    def left_of(self, key: Key) -> float:
        """How many seconds are left to wait; 0 when it may be called."""
        return max(0.0, self._until.get(key, 0.0) - self.monotonic())

    def ask_of(self, seconds: float, key: Key) -> None:
        """The platform has asked to wait for so long."""
        now = self.monotonic()
        self._until = {each: until for each, until in self._until.items() if until > now}
        self._until[key] = now + seconds


@dataclass(frozen=True)
class Manners:
    """How a platform says what is wrong: what it raises, whether to wait, whether it is refused."""

    platform: str
    trouble: tuple[type[Exception], ...]
    retry_after: Callable[[Exception], float | None]
    refused: Callable[[Exception], bool]
    code: Callable[[Exception], str]


@dataclass
class _Turns:
    """Who calls, and how many want to; gone when nobody does."""

    taken: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    wanted: int = 0


@dataclass
class Courteous:
    """Makes such calls for one process."""

    manners: Manners
    pauses: Pauses
    _turns: "dict[Key, _Turns]" = field(default_factory=dict[Key, "_Turns"])

    async def called(
        self, call: Callable[[], Awaitable[T]], *, turn: Key, limit: Key, about: str
    ) -> T | None:
        """The answer; None when it could not be had, which is logged with what it is `about`.

        A few at a time of each `turn`; `limit` is what a pause holds for.
        """
        turns = self._turns.setdefault(turn, _Turns())
        turns.wanted += 1
        try:
            async with asyncio.timeout(GIVE_UP_SECONDS), turns.taken:
                return await self._tried(call, limit, about)
        except TimeoutError:
            self._lost(about)
            return None
        finally:
            turns.wanted -= 1
            if not turns.wanted:
                self._turns.pop(turn, None)

    async def _tried(self, call: Callable[[], Awaitable[T]], limit: Key, about: str) -> T | None:
        pause, failed = 0.5, 0
        while failed < TRIES:
            await asyncio.sleep(self.pauses.left_of(limit))
            try:
                return await call()
            except self.manners.trouble as error:
                wait = self.manners.retry_after(error)
                if wait is not None:
                    self.pauses.ask_of(wait, limit)
                    continue
                if self.manners.refused(error):
                    code = self.manners.code(error) or type(error).__name__
                    log.info(
                        "courtesy_refused",
                        platform=self.manners.platform,
                        method=about,
                        error=code,
                    )
                    return None
                failed += 1
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        self._lost(about)
        return None

    def _lost(self, about: str) -> None:
        log.warning("courtesy_lost", platform=self.manners.platform, method=about)
