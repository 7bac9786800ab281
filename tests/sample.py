"""Databases with the sample plan in them: it is filled in once, and each test gets a copy."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count

import psycopg
from sqlalchemy import make_url

from storage.database import Database

_numbers = count()
_filled: set[str] = set()


@asynccontextmanager
async def sample_url(server_url: str) -> AsyncGenerator[str]:
    """The address of a fresh copy of the adopted sample plan, dropped at the end."""
    if server_url not in _filled:
        await _fill_in(server_url)
        _filled.add(server_url)
    name = f"sample_{next(_numbers)}"
    await _administer(server_url, f"CREATE DATABASE {name} TEMPLATE sample")
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    await _administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


async def _fill_in(server_url: str) -> None:
    # Not at the top: conftest.py reads this module before any test is chosen.
    from tests.conversations.clock import StoryClock
    from tests.platforms.slack_scene import fill

    await _administer(server_url, "CREATE DATABASE sample TEMPLATE schema")
    made = make_url(server_url).set(database="sample")
    database = Database(made.render_as_string(hide_password=False))
    await fill(database, StoryClock())
    await database.close()


async def _administer(server_url: str, statement: str) -> None:
    def run() -> None:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(statement.encode())

    await asyncio.to_thread(run)
