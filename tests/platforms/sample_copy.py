"""A database of a test's own with the sample plan in it, and a way to it that can be cut."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from sqlalchemy import make_url, text

from storage.database import Database
from tests.conversations.clock import StoryClock
from tests.platforms.slack_scene import fill
from tests.platforms.wire import Wire

_numbers = count()
_filled: dict[str, str] = {}


@dataclass
class SampleCopy:
    """`database` is the test's own way to it, `bots` the bot's, through `wire`."""

    database: Database
    bots: Database
    wire: Wire

    async def ask(self, sql: str, **values: Any) -> Any:
        """One value from the database."""
        async with self.database.connection() as db:
            return await db.scalar(text(sql), values)

    async def column(self, sql: str, **values: Any) -> Sequence[Any]:
        """The first column of all that is found."""
        async with self.database.connection() as db:
            return (await db.execute(text(sql), values)).scalars().all()

    async def does(self, sql: str, **values: Any) -> None:
        """Change something by hand."""
        async with self.database.transaction() as db:
            await db.execute(text(sql), values)

    @asynccontextmanager
    async def locked(self, table: str) -> AsyncGenerator[None]:
        """Nobody else gets at the table meanwhile."""
        async with self.database.transaction() as db:
            await db.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            yield


@asynccontextmanager
async def sample_copy(server_url: str) -> AsyncGenerator[SampleCopy]:
    """A fresh copy of the sample plan, dropped at the end."""
    name = f"work_{next(_numbers)}"
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    await _administer(server_url, f"CREATE DATABASE {name} TEMPLATE {await _sample(server_url)}")
    async with AsyncExitStack() as stack:
        database = Database(url)
        stack.push_async_callback(database.close)
        wire = await stack.enter_async_context(Wire.to(url))
        bots = Database(wire.url)
        stack.push_async_callback(bots.close)
        yield SampleCopy(database, bots, wire)
    await _administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


async def _sample(server_url: str) -> str:
    """The database with the sample plan that each test gets a copy of; made at first need."""
    if server_url not in _filled:
        await _administer(server_url, "CREATE DATABASE sample TEMPLATE schema")
        made = make_url(server_url).set(database="sample")
        database = Database(made.render_as_string(hide_password=False))
        await fill(database, StoryClock())
        await database.close()
        _filled[server_url] = "sample"
    return _filled[server_url]


async def _administer(server_url: str, statement: str) -> None:
    def run() -> None:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(statement.encode())

    await asyncio.to_thread(run)
