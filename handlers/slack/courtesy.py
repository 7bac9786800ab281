"""What is shown to one person at once: tried again as Slack allows, and given up after a while.

It may be lost or shown twice; what matters goes through delivery.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from handlers.slack.calls import TROUBLE, error_code, never_arrived, retry_after, status_of

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""Calls of a method in one workspace at a time: a crowd waits its turn instead of pressing on."""

TRIES = 6
LONGEST_PAUSE_SECONDS = 30.0
GIVE_UP_SECONDS = 300.0


@dataclass
class Pauses:
    """Until when Slack asks this process to wait: by workspace and method, for posts by channel
    (docs.slack.dev/apis/web-api/rate-limits)."""

    monotonic: Callable[[], float] = time.monotonic
    _until: dict[tuple[str, str, str], float] = field(
        default_factory=dict[tuple[str, str, str], float]
    )

    def left(self, team: str, method: str, channel: str = "") -> float:
        """How many seconds are left to wait; 0 when the method may be called."""
        return max(0.0, self._until.get(_key(team, method, channel), 0.0) - self.monotonic())

    def ask(self, seconds: float, team: str, method: str, channel: str = "") -> None:
        """Slack has asked to wait for so long."""
        now = self.monotonic()
        self._until = {key: until for key, until in self._until.items() if until > now}
        self._until[_key(team, method, channel)] = now + seconds


def _key(team: str, method: str, channel: str) -> tuple[str, str, str]:
    return team, method, channel if method == "chat.postMessage" else ""


@dataclass
class Courtesies:
    """Makes such calls for one process."""

    pauses: Pauses
    _turns: dict[tuple[str, str], asyncio.Semaphore] = field(
        default_factory=dict[tuple[str, str], asyncio.Semaphore]
    )

    async def made(
        self, team: str, method: str, call: Callable[[], Awaitable[Any]], *, channel: str = ""
    ) -> Any:
        """The answer; None when it could not be had, which is logged."""
        turn = self._turns.setdefault((team, method), asyncio.Semaphore(AT_ONCE))
        try:
            async with asyncio.timeout(GIVE_UP_SECONDS), turn:
                return await self._tried(team, method, call, channel)
        except TimeoutError:
            log.warning("slack_courtesy_lost", method=method)
            return None

    async def _tried(
        self, team: str, method: str, call: Callable[[], Awaitable[Any]], channel: str
    ) -> Any:
        pause, failed = 0.5, 0
        while failed < TRIES:
            await asyncio.sleep(self.pauses.left(team, method, channel))
            try:
                return await call()
            except TROUBLE as error:
                wait = retry_after(error)
                if wait is not None:
                    self.pauses.ask(wait, team, method, channel)
                    continue
                if status_of(error) is not None and never_arrived(error):
                    log.info("slack_refused", method=method, error=error_code(error))
                    return None
                failed += 1
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        log.warning("slack_courtesy_lost", method=method)
        return None
