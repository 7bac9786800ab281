"""Bringing a database's schema up to date."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_260_145
"""The advisory lock that lets one process migrate at a time."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@contextmanager
def _connected(url: str) -> Generator[Connection]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def head_revision() -> str:
    """The newest step there is."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def current_revision(url: str) -> str | None:
    """The newest step that the database has; None for an empty one."""
    with _connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(url: str) -> bool:
    """Whether the database has every step."""
    return current_revision(url) == head_revision()


def upgrade(url: str, *, federation: str, owner_url: str | None = None) -> None:
    """Apply the steps that are missing, one process at a time, and have the federation there.

    With `owner_url` the tables belong to that role, and the role of `url` gets what a bot needs:
    it may not change the schema, and not take the audit log's triggers away.
    """
    with _connected(owner_url or url) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        try:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _have_federation(connection, federation)
            if owner_url is not None:
                _let_use(connection, make_url(url).username or "")
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
            connection.commit()


def _have_federation(connection: Connection, name: str) -> None:
    connection.execute(
        text(
            "INSERT INTO organisations (kind, name) SELECT 'federation', :name "
            "WHERE NOT EXISTS (SELECT FROM organisations WHERE kind = 'federation')"
        ),
        {"name": name},
    )


def _let_use(connection: Connection, role: str) -> None:
    """What a bot needs, and no more."""
    name = connection.dialect.identifier_preparer.quote(role)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_lines FROM {name}",
    ):
        connection.execute(text(statement))
