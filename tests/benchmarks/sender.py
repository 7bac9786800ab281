"""Who delivers in the benchmark: our loop, or a worker of Procrastinate, with the same HTTP call.

`python -m tests.benchmarks.sender ours|procrastinate DATABASE_URL SERVER_URL` delivers until it is
ended; it prints a line when it is about to begin.
"""

import asyncio
import sys
from datetime import datetime

import httpx
import procrastinate
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.views import Card
from bot.delivery import Destination, Key
from bot.delivery.loop import Delivery
from bot.settings import Settings
from storage.database import Database

NAME = "bench"
AT_ONCE = Settings.model_fields["delivery_slots"].default
"""Both have so many calls on their way at once."""


async def call(http: httpx.AsyncClient, address: str, words: str) -> str:
    """The one HTTP call."""
    answer = await http.post("/take", json={"address": address, "text": words})
    answer.raise_for_status()
    return str(answer.json()["reference"])


class Sender:
    """The server as a platform. Implements `bot.delivery.Platform`."""

    name = NAME

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Post."""
        return await call(self._http, to.address, card.summary)

    async def update(
        self, to: Destination, reference: str, card: Card, *, key: Key, version: int
    ) -> None:
        """Post again: the benchmark has no cards."""
        await call(self._http, to.address, card.summary)

    async def remove(self, to: Destination, reference: str) -> None:
        """Nothing is taken away in the benchmark."""
        raise AssertionError(reference)

    async def find(
        self, to: Destination, *, key: Key, since: datetime, until: datetime, thread: str | None
    ) -> str | None:
        """Nothing ends unknown in the benchmark."""
        return None


def procrastinating(url: str) -> procrastinate.App:
    """Procrastinate on the database, with one task: the call."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="send", queue=NAME)
    async def send(address: str, words: str) -> None:  # pyright: ignore[reportUnusedFunction]
        await call(_http, address, words)

    return app


async def _nothing(_db: AsyncConnection, _kind: str, _subject: int, _language: str) -> Card | None:
    return None


async def deliver(who: str, url: str, http: httpx.AsyncClient) -> None:
    """Deliver until ended."""
    print("ready", flush=True)
    if who == "ours":
        database = Database(url, pool_size=AT_ONCE)
        await Delivery(database, {NAME: Sender(http)}, _nothing, Settings()).run()
    app = procrastinating(url)
    async with app.open_async():
        await app.run_worker_async(
            queues=[NAME],
            concurrency=AT_ONCE,
            install_signal_handlers=False,
            delete_jobs="never",
        )


async def main(who: str, url: str, server: str) -> None:
    """Open what is shared, and deliver."""
    global _http
    async with httpx.AsyncClient(base_url=server, timeout=30) as _http:
        await deliver(who, url, _http)


_http: httpx.AsyncClient

if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
