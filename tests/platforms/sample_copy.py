"""A database of a test's own with the sample plan in it, and a way to it that can be cut."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from storage.database import Database
from tests.platforms.wire import Wire
from tests.sample import sample_url


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
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(sample_url(server_url))
        database = Database(url)
        stack.push_async_callback(database.close)
        wire = await stack.enter_async_context(Wire.to(url))
        bots = Database(wire.url)
        stack.push_async_callback(bots.close)
        yield SampleCopy(database, bots, wire)
