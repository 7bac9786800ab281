"""The schema: made by migrations, and the same as the models."""

import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, make_url

from storage.migrate import current_revision, head_revision, is_current, upgrade
from storage.models import Base


@pytest.fixture
def empty_url(server_url: str) -> Generator[str]:
    """A database with nothing in it."""
    name = f"empty_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_the_server_is_the_one_asked_for(server_url: str):
    with psycopg.connect(server_url) as server:
        major = server.info.server_version // 10_000
    assert major == int(os.environ.get("SAMSPEL_TEST_POSTGRES", "18"))


def test_an_empty_database_gets_every_step_and_the_federation(empty_url: str):
    assert current_revision(empty_url) is None
    upgrade(empty_url, federation="Skaraborgs Kommunalförbund")
    assert current_revision(empty_url) == head_revision()
    assert is_current(empty_url)
    with psycopg.connect(empty_url) as db:
        found = db.execute("SELECT name FROM organisations WHERE kind = 'federation'").fetchall()
    assert found == [("Skaraborgs Kommunalförbund",)]


def test_a_second_time_changes_nothing_also_under_another_name(empty_url: str):
    upgrade(empty_url, federation="Kommunalförbundet")
    upgrade(empty_url, federation="Någon annan")
    with psycopg.connect(empty_url) as db:
        found = db.execute("SELECT name FROM organisations").fetchall()
    assert found == [("Kommunalförbundet",)]


def test_bots_that_start_at_once_upgrade_it_once(empty_url: str):
    with ThreadPoolExecutor(4) as pool:
        started = [pool.submit(upgrade, empty_url, federation="Förbundet") for _ in range(4)]
        for each in started:
            each.result(60)
    assert is_current(empty_url)
    with psycopg.connect(empty_url) as db:
        assert db.execute("SELECT count(*) FROM organisations").fetchone() == (1,)


def test_the_schema_is_that_of_the_models(database_url: str):
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def _constraints(db: psycopg.Connection) -> set[str]:
    found = db.execute(
        "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
        "AND contype IN ('c', 'x', 'u', 'f', 'p')"
    )
    return {name for (name,) in found}


def test_every_check_of_the_models_is_in_the_database(database_url: str):
    """Alembic compares neither checks nor exclusions."""
    wanted = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is not None
    }
    with psycopg.connect(database_url) as db:
        assert wanted <= _constraints(db)


def test_a_change_in_the_plan_is_seen_by_every_replica(database_url: str):
    with psycopg.connect(database_url, autocommit=True) as db:
        db.execute("INSERT INTO focus_areas (name) VALUES ('Kompetens')")
        asked = "SELECT number FROM revisions WHERE name = 'plan'"
        before = db.execute(asked).fetchone()
        db.execute("UPDATE focus_areas SET name = 'Kompetensförsörjning'")
        after = db.execute(asked).fetchone()
    assert before is not None
    assert after is not None
    assert after[0] > before[0]
