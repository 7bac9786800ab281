"""What whoever runs the bot sees: health, metrics, logs, settings, plain words, a clean end."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.settings import Settings
from handlers.app import Samspel
from storage.database import Database
from tests.delivery.scene import Scene
from tests.unit.test_embedded import serving

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")


@asynccontextmanager
async def _asked(database: Database) -> AsyncGenerator[httpx.AsyncClient]:
    samspel = Samspel(Settings(database_url=SecretStr(database.libpq_url)), database, lambda: NOW)
    transport = httpx.ASGITransport(samspel.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


async def test_a_bot_with_its_database_is_live_and_ready(database: Database):
    async with _asked(database) as bot:
        assert (await bot.get("/health/live")).status_code == 200
        assert (await bot.get("/health/ready")).json() == {"status": "ready"}


async def test_a_bot_whose_database_is_away_lives_and_is_not_ready():
    nowhere = Database("postgresql://127.0.0.1:1/samspel")
    async with _asked(nowhere) as bot:
        assert (await bot.get("/health/live")).status_code == 200
        assert (await bot.get("/health/ready")).status_code == 503
        assert (await bot.get("/metrics")).status_code == 200
    await nowhere.close()


async def test_metrics_tell_how_much_waits_to_be_said(database: Database):
    scene = Scene(database)
    await scene.say(await scene.channel("kom"), "ett", "två", "tre")
    async with _asked(database) as bot:
        shown = (await bot.get("/metrics")).text
    assert re.search(r"^samspel_messages_waiting 3\.0$", shown, re.MULTILINE)


async def test_metrics_tell_of_each_platform_what_waits_and_what_failed(database: Database):
    scene = Scene(database)
    elsewhere = await scene.channel("kom", platform="slack")
    await scene.say(elsewhere, "ett", "två", "tre")
    await scene.say(await scene.channel("web", platform="web"), "fyra")
    await scene.ask("UPDATE messages SET state = 'failed' WHERE id = 1 RETURNING 1")
    async with _asked(database) as bot:
        shown = (await bot.get("/metrics")).text
    told = dict(re.findall(r'^(samspel_\w+\{platform="\w+"\}) ([\d.]+)$', shown, re.MULTILINE))
    assert told['samspel_platform_waiting{platform="slack"}'] == "2.0"
    assert told['samspel_platform_waiting{platform="web"}'] == "1.0"
    assert told['samspel_undelivered{platform="slack"}'] == "1.0"
    assert told['samspel_undelivered{platform="web"}'] == "0.0"
    assert 'samspel_platform_oldest_waiting_seconds{platform="slack"}' in told


def typed(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPEL_")}
    return subprocess.run(
        [*SAMSPEL, *words],
        env={**clean, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_settings_are_listed_and_no_secret_is_shown():
    told = typed("settings", SAMSPEL_DATABASE_URL="postgresql://bot:hemligt@db/samspel")
    assert told.returncode == 0
    for name in Settings.model_fields:
        assert name.upper() in told.stdout
    assert "hemligt" not in told.stdout


@pytest.mark.parametrize("columns", ["40", "80", "109", "110", "200"])
def test_no_name_of_a_setting_and_no_value_is_cut(columns: str):
    told = typed("settings", COLUMNS=columns, SAMSPEL_FEDERATION="[bold]Skaraborgs")
    for name in Settings.model_fields:
        assert re.search(rf"\b(SAMSPEL_)?{name.upper()}\b", told.stdout), name
    assert "…" not in told.stdout
    assert "[bold]" in told.stdout
    if int(columns) < 110:
        assert "SAMSPEL_SLACK_API_URL=https://slack.com/api/\n" in told.stdout


def test_a_bot_that_lets_nobody_in_from_slack_says_so_when_it_starts():
    nowhere = {"SAMSPEL_DATABASE_URL": "postgresql://127.0.0.1:1/x", "SAMSPEL_PORT": "0"}
    slack = {"SAMSPEL_SLACK_BOT_TOKEN": "xoxb-hemlig"}
    told = typed("serve", **nowhere, **slack)
    assert "fel; Slack har ingen väg in till boten; Sätt SAMSPEL_SLACK_SIGNING" in told.stderr
    assert "hemlig" not in told.stderr
    assert "fel;" not in typed("serve", **nowhere, **slack, SAMSPEL_ROLE="worker").stderr
    assert "fel;" not in typed("serve", **nowhere).stderr


def test_nothing_but_the_link_is_written_where_the_link_is():
    """A script takes it from there; as root the embedded server has a warning to give."""
    folder = Path(tempfile.mkdtemp(prefix="samspel-link-"))
    folder.chmod(0o755)
    told = typed("sign-in-link", "ingen@example.se", SAMSPEL_VAR=str(folder / "var"))
    shutil.rmtree(folder, ignore_errors=True)
    assert told.stdout == ""
    assert "Ingen i katalogen har adressen ingen@example.se" in told.stderr


@pytest.mark.parametrize(
    ("environment", "code", "said"),
    [
        ({"SAMSPEL_PORT": "många"}, 2, "SAMSPEL_PORT"),
        (
            {"SAMSPEL_DATABASE_URL": "postgresql://127.0.0.1:1/x", "SAMSPEL_PORT": "0"},
            1,
            "SAMSPEL_DATABASE_URL",
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(environment: dict[str, str], code: int, said: str):
    told = typed("serve", **environment)
    assert told.returncode == code
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert told.stdout == ""


def test_a_port_in_use_is_said_with_another_to_try(database_url: str):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = typed("serve", SAMSPEL_DATABASE_URL=database_url, SAMSPEL_PORT=str(port))
    assert told.returncode == 1
    assert f"Port {port} är upptagen" in told.stderr


@pytest.fixture
def served(database_url: str) -> Generator["subprocess.Popen[str]"]:
    """`samspel serve` on a port of its own, as a person starts it."""
    process = subprocess.Popen(
        [*SAMSPEL, "serve"],
        env={**os.environ, "SAMSPEL_DATABASE_URL": database_url, "SAMSPEL_PORT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate(timeout=20)


def test_it_says_where_it_is_logs_json_without_words_and_ends_when_told(
    served: "subprocess.Popen[str]",
):
    assert served.stdout is not None
    ready = served.stdout.readline()
    found = re.fullmatch(r"Samspel: (http://localhost:\d+)\n", ready)
    assert found
    asyncio.run(_look(found[1]))
    served.send_signal(signal.SIGTERM)
    _out, err = served.communicate(timeout=30)
    assert served.returncode == 0
    events = [json.loads(line)["event"] for line in err.splitlines()]
    assert events[0] == "started"
    assert events[-1] == "stopped"
    assert "hemliga ord" not in err


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("when", ["starting", "ready"])
def test_a_trial_that_is_ended_leaves_no_postgres(told: signal.Signals, when: str):
    folder = Path(tempfile.mkdtemp(prefix="samspel-trial-"))
    folder.chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPEL_")}
    process = subprocess.Popen(
        [*SAMSPEL, "start"],
        env={**clean, "SAMSPEL_VAR": str(folder / "var"), "SAMSPEL_PORT": "0", "DISPLAY": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    waited_for = process.stdout if when == "ready" else process.stderr
    assert waited_for is not None
    assert any("Samspel:" in line or "Fyller" in line for line in iter(waited_for.readline, ""))
    process.send_signal(told)
    process.communicate(timeout=60)
    left = serving(folder)
    shutil.rmtree(folder, ignore_errors=True)
    assert left == []
    if when == "ready":
        assert process.returncode == 0


async def _look(url: str) -> None:
    async with httpx.AsyncClient(base_url=url) as client:
        assert (await client.get("/health/ready")).status_code == 200
        await client.get("/logga-in/lank/hemliga ord")
        await client.post("/saga", data={"words": "hemliga ord"})
