"""The way to the database: a pool, transactions, and being told what was committed."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

from psycopg import AsyncConnection as PsycopgConnection
from psycopg import sql
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine


class DatabaseOutOfReach(Exception):
    """Nobody answers at the address; the message says what to do."""


class DatabaseUnfit(Exception):
    """The database cannot be used as it is; the message says what to do."""


class Database:
    """One PostgreSQL database. Transactions are opened and committed at the bot's edge only."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        parsed = make_url(url).set(drivername="postgresql")
        self.libpq_url = parsed.render_as_string(hide_password=False)
        self.engine: AsyncEngine = create_async_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=0,
            hide_parameters=True,
            connect_args={"application_name": "samspel", "connect_timeout": 10},
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction: committed on leaving, rolled back by an exception."""
        async with self.engine.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[AsyncConnection]:
        """A connection to read with; whatever it did is rolled back on leaving."""
        async with self.engine.connect() as connection:
            yield connection

    async def check(self) -> None:
        """Raise DatabaseOutOfReach or DatabaseUnfit, unless the database can be used."""
        try:
            async with self.connection() as db:
                row = (
                    await db.execute(
                        text(
                            "SELECT current_setting('server_version_num')::int AS version, "
                            "lower('Å') AS small"
                        )
                    )
                ).one()
        except OperationalError as error:
            raise DatabaseOutOfReach(
                "Databasen svarar inte. Kontrollera att den är igång och att "
                "SAMSPEL_DATABASE_URL stämmer."
            ) from error
        if row.version < 160_000:
            raise DatabaseUnfit("PostgreSQL är för gammal: version 16 eller nyare behövs.")
        if row.small != "å":
            raise DatabaseUnfit(
                "Databasen kan inte svenska: lower('Å') ger inte 'å'. Skapa den med "
                "LOCALE_PROVIDER builtin och BUILTIN_LOCALE 'C.UTF-8' (eller svensk UTF-8)."
            )

    @asynccontextmanager
    async def listening(self, channel: str) -> AsyncGenerator[AsyncIterator[str]]:
        """What is notified on `channel` at commit, heard on a connection of its own.

        psycopg.Error when the connection is lost; what comes before the next one is missed.
        """
        connection = await PsycopgConnection.connect(
            self.libpq_url, autocommit=True, connect_timeout=10, application_name="samspel listener"
        )
        async with connection:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            async with aclosing(_payloads(connection)) as payloads:
                yield payloads


async def _payloads(connection: PsycopgConnection) -> AsyncGenerator[str]:
    # Closed here and now: an abandoned generator of notices keeps the lock that closing waits for.
    async with aclosing(connection.notifies()) as notices:
        async for notice in notices:
            yield notice.payload
