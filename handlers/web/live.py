"""News to open pages by server-sent events: one listening connection a process, fanned out.

An event only says that a conversation has changed; the page then fetches what its person may see.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.queries.web import tell_changed

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 20.0
LONGEST_SECONDS = 900.0
"""A stream ends by itself and the browser asks again, so that who may look is judged anew."""


class Live:
    """Who looks at which conversation, and telling them. `close` ends every stream at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looking: dict[str, set[asyncio.Event]] = {}
        self._to_tell: set[str] = set()
        self._something_to_tell = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False

    def start(self) -> None:
        """Begin to listen, in the background; it goes on when the database comes back."""
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._tell())]

    def close(self) -> None:
        """End every stream: a server that shuts down waits for them."""
        self._closed = True
        self._wake(set(self._looking))

    async def stop(self) -> None:
        """Close, and stop listening."""
        self.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def tell(self, address: str) -> None:
        """Tell every process, soon, that something is new at `address`."""
        self._to_tell.add(address)
        self._something_to_tell.set()

    async def stream(self, address: str) -> AsyncIterator[str]:
        """The events of one open page."""
        changed = asyncio.Event()
        self._looking.setdefault(address, set()).add(changed)
        clock = asyncio.get_running_loop().time
        ends = clock() + LONGEST_SECONDS
        try:
            yield "retry: 2000\n\n"
            while not self._closed and clock() < ends:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
                yield "event: changed\ndata: {}\n\n" if changed.is_set() else ": still here\n\n"
                changed.clear()
        finally:
            watching = self._looking[address]
            watching.discard(changed)
            if not watching:
                del self._looking[address]

    def _wake(self, addresses: set[str]) -> None:
        for address in addresses:
            for changed in self._looking.get(address, ()):
                changed.set()

    async def _listen(self) -> None:
        while True:
            try:
                async with self._database.listening("samspel_web") as addresses:
                    # What came while nobody listened is not known: all pages look once.
                    self._wake(set(self._looking))
                    async for address in addresses:
                        self._wake({address})
            except (psycopg.Error, OSError) as error:
                log.warning("live_listener_lost", error=type(error).__name__)
            await asyncio.sleep(1)

    async def _tell(self) -> None:
        while True:
            await self._something_to_tell.wait()
            self._something_to_tell.clear()
            addresses, self._to_tell = sorted(self._to_tell), set()
            try:
                async with self._database.transaction() as db:
                    await tell_changed(db, addresses)
            except (SQLAlchemyError, OSError) as error:
                # Nothing is lost: open pages look by themselves when they are next shown.
                log.warning("live_not_told", error=type(error).__name__)
            # One statement for all that is said within a moment, however many say something.
            await asyncio.sleep(0.05)
