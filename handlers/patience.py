"""Chat platforms wait seconds for an acknowledgement; what takes longer goes on behind it."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import structlog

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Patience:
    """Begins work, waits for it a while, and keeps what goes on until it is done."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._going_on: set[asyncio.Task[Any]] = set()

    async def within(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """The work as a task, done unless it takes too long; then it goes on by itself."""
        task = self.behind(work)
        await asyncio.wait({task}, timeout=self._seconds)
        return task

    def behind(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Have the work done behind what is answered; an error in it is logged."""
        task = asyncio.create_task(work)
        self._going_on.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._going_on.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("work_failed", error=type(error).__name__)

    async def settled(self) -> None:
        """Wait for what goes on, and for what begins meanwhile."""
        while self._going_on:
            await asyncio.wait(set(self._going_on))

    async def finish(self, seconds: float) -> None:
        """Wait for what goes on, but no longer than `seconds`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.settled(), seconds)
        for task in list(self._going_on):
            task.cancel()
