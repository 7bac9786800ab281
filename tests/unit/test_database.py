"""The way to the database: what it promises, and what it says when it cannot."""

import asyncio

import psycopg
import pytest
from sqlalchemy import make_url, text

from storage.database import Database, DatabaseOutOfReach, DatabaseUnfit


async def _add(database: Database, name: str) -> None:
    async with database.transaction() as db:
        await db.execute(text("INSERT INTO focus_areas (name) VALUES (:name)"), {"name": name})


async def _names(database: Database) -> list[str]:
    async with database.connection() as db:
        return list((await db.execute(text("SELECT name FROM focus_areas ORDER BY id"))).scalars())


async def test_what_is_done_in_a_transaction_is_kept_when_it_is_left(database: Database):
    await _add(database, "Kompetens")
    assert await _names(database) == ["Kompetens"]


async def test_an_exception_takes_everything_back(database: Database):
    async def fails() -> None:
        async with database.transaction() as db:
            await db.execute(text("INSERT INTO focus_areas (name) VALUES ('Kompetens')"))
            raise KeyError

    with pytest.raises(KeyError):
        await fails()
    assert await _names(database) == []


async def test_a_connection_to_read_with_keeps_nothing(database: Database):
    async with database.connection() as db:
        await db.execute(text("INSERT INTO focus_areas (name) VALUES ('Kompetens')"))
    assert await _names(database) == []


async def test_a_fit_database_is_fit(database: Database):
    await database.check()


async def test_a_database_out_of_reach_says_what_to_look_at():
    nobody = Database("postgresql://samspel:hemligt@127.0.0.1:1/samspel")
    with pytest.raises(DatabaseOutOfReach, match="SAMSPEL_DATABASE_URL") as told:
        await nobody.check()
    assert "hemligt" not in str(told.value)
    await nobody.close()


async def test_a_database_that_knows_no_swedish_is_refused(server_url: str, database: Database):
    name = make_url(database.libpq_url).database
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
        await db.execute(
            text(
                f"CREATE DATABASE {name}_c TEMPLATE template0 "
                "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
        )
    url = make_url(server_url).set(database=f"{name}_c").render_as_string(hide_password=False)
    unfit = Database(url)
    try:
        with pytest.raises(DatabaseUnfit, match="svenska"):
            await unfit.check()
    finally:
        await unfit.close()
        async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            await db.execute(text(f"DROP DATABASE {name}_c WITH (FORCE)"))


async def test_a_database_that_is_not_there_is_out_of_reach_too(server_url: str):
    url = make_url(server_url).set(database="nowhere").render_as_string(hide_password=False)
    missing = Database(url)
    with pytest.raises(DatabaseOutOfReach, match="Databasen svarar inte"):
        await missing.check()
    await missing.close()


async def test_a_server_that_is_too_old_is_refused_with_the_version_it_takes(database: Database):
    """A real 15 is not at hand: the server is made to say that it is one."""
    async with database.transaction() as db:
        await db.execute(
            text(
                "CREATE FUNCTION public.current_setting(asked text) RETURNS text LANGUAGE sql AS "
                "$$ SELECT CASE asked WHEN 'server_version_num' THEN '150014' "
                "ELSE pg_catalog.current_setting(asked) END $$"
            )
        )
        name = make_url(database.libpq_url).database
        await db.execute(text(f"ALTER DATABASE {name} SET search_path = public, pg_catalog"))
    opened_since = Database(database.libpq_url)
    with pytest.raises(DatabaseUnfit, match="för gammal: version 16"):
        await opened_since.check()
    await opened_since.close()


async def test_a_listener_hears_at_commit(database: Database):
    async with database.listening("news") as heard:
        async with database.transaction() as db:
            await db.execute(text("SELECT pg_notify('news', 'first')"))
        async with database.connection() as db:
            await db.execute(text("SELECT pg_notify('news', 'never, since it is rolled back')"))
        async with database.transaction() as db:
            await db.execute(text("SELECT pg_notify('news', 'second')"))
        async with asyncio.timeout(10):
            assert [await anext(heard), await anext(heard)] == ["first", "second"]


async def test_a_listener_that_has_heard_enough_can_leave(database: Database):
    async with asyncio.timeout(10), database.listening("news") as heard:
        async with database.transaction() as db:
            await db.execute(text("SELECT pg_notify('news', 'enough')"))
        async for payload in heard:
            assert payload == "enough"
            break


async def test_a_listener_whose_connection_is_cut_is_told(database: Database):
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'samspel listener' AND datname = current_database()"
    )

    async def listen() -> None:
        async with database.listening("news") as heard:
            async with database.transaction() as db:
                await db.execute(cut)
            await anext(heard)

    with pytest.raises(psycopg.Error):
        await asyncio.wait_for(listen(), 10)
