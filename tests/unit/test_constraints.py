"""Statements that the database itself refuses, whatever the code above it has forgotten."""

from collections.abc import Generator

import psycopg
import pytest
from psycopg.errors import IntegrityError
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from storage.models import Base
from storage.models.triggers import APPEND_ONLY
from tests.unit.bad_statements import BAD, SCENE

UNBREAKABLE = {"uq_organisations_id_kind", "uq_reminders_id_person_id"}
"""They follow from the primary key; they are there for foreign keys to point at."""


@pytest.fixture(scope="module")
def scene(server_url: str) -> Generator[psycopg.Connection]:
    """The scene, in a transaction that every test leaves as it was."""
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("CREATE DATABASE scene TEMPLATE schema")
    with psycopg.connect(server_url, dbname="scene") as db:
        db.execute(SCENE)
        yield db
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("DROP DATABASE scene WITH (FORCE)")


def test_every_promise_of_the_models_has_a_statement_that_breaks_it():
    promised: set[str] = set()
    for table in Base.metadata.tables.values():
        kinds = CheckConstraint | UniqueConstraint | ExcludeConstraint
        promised |= {str(each.name) for each in table.constraints if isinstance(each, kinds)}
        promised |= {str(each.name) for each in table.indexes if each.unique}
    assert promised - UNBREAKABLE <= {constraint for _, constraint in BAD.values()}


@pytest.mark.parametrize("case", BAD)
def test_the_database_itself_refuses(scene: psycopg.Connection, case: str):
    statement, constraint = BAD[case]
    with pytest.raises(IntegrityError) as refused, scene.transaction():
        scene.execute(statement.encode())
    assert refused.value.diag.constraint_name == constraint


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"]
)
def test_what_was_written_stands(scene: psycopg.Connection, table: str, statement: str):
    with pytest.raises(IntegrityError, match="append-only"), scene.transaction():
        scene.execute(statement.format(table, _a_column(table)).encode())


def _a_column(table: str) -> str:
    """Of its key."""
    return next(iter(Base.metadata.tables[table].primary_key)).name
