"""Secrets at rest: what is sealed, which keys open it, and a key that is replaced."""

import asyncio
import json
import subprocess
import sys
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.clock import wall_clock
from bot.settings import Settings
from handlers.secret_keys import KeyProblem, SecretKeys, new_key
from handlers.slack.installations import Installations, Installed, encrypt_anew
from storage.database import Database

OLD, NEW, OTHER = new_key(), new_key(), new_key()
THERE = Installed("T0SKARA", "Skara", "A0SAMSPEL", "U0BOT", ("chat:write",))


def keyed(*keys: str) -> Settings:
    return Settings(database_url=None, secret_keys=keys)  # pyright: ignore[reportArgumentType]


def installations(database: Database, *keys: str) -> Installations:
    return Installations(database, keyed(*keys), wall_clock)


def test_what_is_sealed_is_opened_by_any_key_and_hides_what_it_holds():
    sealed = SecretKeys(keyed(OLD)).seal(b"xoxb-hemlig")
    assert b"xoxb" not in sealed
    assert SecretKeys(keyed(NEW, OLD)).opened(sealed) == b"xoxb-hemlig"
    assert Fernet(NEW).decrypt(SecretKeys(keyed(NEW, OLD)).seal(b"x")) == b"x"


@pytest.mark.parametrize(
    ("keys", "says"), [((), "SAMSPEL_SECRET_KEYS är inte satt"), (("kort",), "fel form")]
)
def test_without_a_usable_key_nothing_is_sealed_and_the_cure_is_said(
    keys: tuple[str, ...], says: str
):
    with pytest.raises(KeyProblem, match=says):
        SecretKeys(keyed(*keys)).seal(b"x")


def test_a_key_that_does_not_fit_opens_nothing():
    sealed = SecretKeys(keyed(OLD)).seal(b"x")
    with pytest.raises(KeyProblem, match="Ingen av nycklarna"):
        SecretKeys(keyed(OTHER)).opened(sealed)


async def test_a_token_is_kept_encrypted_and_read_again(database: Database):
    there = installations(database, OLD)
    await there.keep(THERE, "xoxb-hemlig", "it")
    assert await there.token("T0SKARA") == "xoxb-hemlig"
    assert await there.token("T0ANNAN") is None
    async with database.connection() as db:
        row = (await db.execute(text("SELECT secret, details::text FROM installations"))).one()
        audit = (
            await db.execute(text("SELECT action, actor, fields::text FROM audit_lines"))
        ).all()
    assert b"hemlig" not in row.secret
    assert "xoxb" not in row.details
    assert ("installed", "it", "{}") in audit


async def test_an_ended_installation_gives_no_token_and_a_new_one_does(database: Database):
    there = installations(database, OLD)
    await there.keep(THERE, "xoxb-1", "it")
    assert await there.end("T0SKARA", wall_clock())
    assert await there.token("T0SKARA") is None
    assert not await there.end("T0SKARA", wall_clock())
    await there.keep(THERE, "xoxb-2", "it")
    assert await there.token("T0SKARA") == "xoxb-2"
    assert await there.team_ids() == ("T0SKARA",)


async def test_a_secret_moved_to_another_workspace_opens_nothing(database: Database):
    there = installations(database, OLD)
    await there.keep(THERE, "xoxb-1", "it")
    async with database.transaction() as db:
        await db.execute(text("UPDATE connections SET tenant = 'T0ANNAN'"))
    with pytest.raises(KeyProblem):
        await there.token("T0ANNAN")


async def test_encrypted_anew_the_old_key_can_be_taken_away(database: Database):
    await installations(database, OLD).keep(THERE, "xoxb-1", "it")
    assert await encrypt_anew(database, keyed(NEW, OLD)) == 1
    assert await installations(database, NEW).token("T0SKARA") == "xoxb-1"
    with pytest.raises(KeyProblem):
        await installations(database, OLD).token("T0SKARA")


async def test_one_secret_that_cannot_be_read_leaves_all_as_they_were(database: Database):
    other = Installed("T0ANNAN", "Annan", "A0SAMSPEL", "U0BOT", ())
    await installations(database, OLD).keep(THERE, "xoxb-1", "it")
    await installations(database, OTHER).keep(other, "xoxb-2", "it")
    with pytest.raises(KeyProblem):
        await encrypt_anew(database, keyed(NEW, OLD))
    assert await installations(database, OLD).token("T0SKARA") == "xoxb-1"


def typed(*words: str, **settings: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", "from handlers.cli import main; main()", "secrets", *words]
    environment: dict[str, Any] = {"PATH": "", **settings}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return done.returncode, done.stdout, done.stderr


def test_a_new_key_is_printed_alone():
    code, out, err = typed("new-key")
    assert (code, err) == (0, "")
    assert Fernet(out.strip())


def test_rotate_tells_how_many_it_encrypted(database_url: str):
    async def fill() -> None:
        database = Database(database_url)
        await installations(database, OLD).keep(THERE, "xoxb-1", "it")
        await database.close()

    asyncio.run(fill())
    settings = {"SAMSPEL_DATABASE_URL": database_url}
    code, out, _err = typed("rotate", SAMSPEL_SECRET_KEYS=json.dumps([NEW, OLD]), **settings)
    told = "1 hemlighet är krypterad med den första nyckeln. De andra kan tas bort.\n"
    assert (code, out) == (0, told)
    code, out, err = typed("rotate", SAMSPEL_SECRET_KEYS=json.dumps([OTHER]), **settings)
    assert (code, out) == (1, "")
    assert "Ingen av nycklarna" in err
    code, out, err = typed("rotate", **settings)
    assert (code, out) == (1, "")
    assert "new-key" in err
