"""The command `samspel undelivered`, as an administrator types it, and what monitoring counts."""

import asyncio
import re
import subprocess
import sys

import psycopg
import pytest

from storage.database import Database
from tests.delivery.scene import Scene


@pytest.fixture
def given_up(database_url: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """A message that was given up in a channel; its number."""
    monkeypatch.setenv("SAMSPEL_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "200")

    async def fill() -> int:
        database = Database(database_url)
        scene = Scene(database)
        await scene.say(await scene.channel("Kompetens"), "Hemligt")
        number = await scene.ask(
            "UPDATE messages SET state = 'failed', failure = 'kanalen svarar inte', attempts = 3, "
            "attempted_at = now() RETURNING id"
        )
        await database.close()
        return number

    return asyncio.run(fill())


def typed(*words: str) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    command = [sys.executable, "-c", "from handlers.cli import main; main()", "undelivered", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_what_was_given_up_is_listed_with_its_cause_and_without_its_words(given_up: int):
    code, out, _err = typed()
    assert code == 0
    assert re.search(rf"message-{given_up}\b.*Kompetens.*kanalen svarar inte.*3", out)
    assert "Hemligt" not in out


@pytest.mark.parametrize("which", ["its number", "alla"])
def test_it_is_tried_again_when_asked_and_then_no_longer_listed(given_up: int, which: str):
    wanted = which if which == "alla" else f"message-{given_up}"
    assert typed("--retry", wanted)[0] == 0
    assert typed() == (0, "", "Allt är levererat.\n")


@pytest.mark.usefixtures("given_up")
@pytest.mark.parametrize(("wanted", "code"), [("message-999", 1), ("card-1", 1), ("tolv", 2)])
def test_what_is_not_on_the_list_is_told(wanted: str, code: int):
    found, out, err = typed("--retry", wanted)
    assert (found, out) == (code, "")
    assert err.strip()


@pytest.mark.parametrize("which", ["its number", "alla"])
def test_in_a_channel_that_is_closed_nothing_is_tried_again(
    given_up: int, database_url: str, which: str
):
    with psycopg.connect(database_url) as db:
        db.execute("UPDATE conversations SET closed_at = now()")
    wanted = which if which == "alla" else f"message-{given_up}"
    code, _out, err = typed("--retry", wanted)
    assert code == 1
    assert "kanalen stängd" in err
    assert f"message-{given_up}" in typed()[1]
