"""What every way in needs first: the log, the configured database, and errors said plainly."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any, NoReturn, TypeVar

import structlog

from bot.language import _
from bot.settings import Settings
from handlers.settings_in_force import BadSettings, settings_in_force
from storage.database import Database, DatabaseOutOfReach, DatabaseUnfit
from storage.embedded import EmbeddedUnavailable, start_embedded
from storage.migrate import is_current, upgrade

T = TypeVar("T")


def read_settings() -> Settings:
    """The settings in force; each impossible one ends the program with a line that tells it."""
    try:
        return settings_in_force()
    except BadSettings as bad:
        stop("\n".join(f"{each.what}. {each.cure}" for each in bad.problems), 2)


def configure_log(settings: Settings) -> None:
    """JSON lines on stderr: who and what by keys, never what people typed."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


@asynccontextmanager
async def open_configured_database(settings: Settings) -> AsyncGenerator[Database]:
    """The database of `SAMSPEL_DATABASE_URL`, or the embedded one, migrated by itself.

    DatabaseOutOfReach, DatabaseUnfit or EmbeddedUnavailable when there is none to use.
    """
    if settings.database_url is not None:
        database = Database(
            settings.database_url.get_secret_value(), pool_size=settings.database_pool
        )
        try:
            await database.check()
            if not await asyncio.to_thread(is_current, database.libpq_url):
                raise DatabaseUnfit(
                    _("Databasen är inte uppdaterad. Kör först: samspel db upgrade")
                )
            yield database
        finally:
            await database.close()
        return
    server = await asyncio.to_thread(start_embedded, settings.var / "postgres")
    try:
        await asyncio.to_thread(upgrade, server.url, federation=settings.federation)
        database = Database(server.url, pool_size=settings.database_pool)
        try:
            await database.check()
            yield database
        finally:
            await database.close()
    finally:
        await asyncio.to_thread(server.stop)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command to its end; a database that cannot be used ends it with a plain line.

    Told to end by SIGTERM or SIGINT, it still lets go of what it holds: the embedded server above
    all. asyncio's own way with SIGINT is not used: Python 3.11's wait_for, which the database
    driver stands on, can swallow the cancellation that it asks for.
    """
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _told_to_end)
    try:
        return asyncio.run(work)
    except (DatabaseOutOfReach, DatabaseUnfit, EmbeddedUnavailable) as error:
        stop(str(error))


def _told_to_end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def stop(message: str, status: int = 1) -> NoReturn:
    """End the program with a line on stderr."""
    print(message, file=sys.stderr)
    raise SystemExit(status)
