"""The commands `samspel digest` and `samspel run-due`, as they are typed."""

import asyncio
import json
import subprocess
import sys
from datetime import date

import psycopg
import pytest
from typer.testing import CliRunner

from handlers.cli import app
from storage.database import Database
from storage.migrate import head_revision
from tests.digest_material import PlanRows, stockholm
from tests.slack import slack_counterpart

SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")


def typed(*words: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, as a person runs it."""
    return subprocess.run([*SAMSPEL, *words], capture_output=True, text=True, check=False)


@pytest.fixture
def configured_url(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database that the commands are set up with, marked as having every migration."""
    with psycopg.connect(database_url, autocommit=True) as db:
        db.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num text PRIMARY KEY)")
        db.execute(
            "INSERT INTO alembic_version VALUES (%s) ON CONFLICT DO NOTHING", (head_revision(),)
        )
    monkeypatch.setenv("SAMSPEL_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def plan(configured_url: str) -> None:
    """A plan with a deviation, in the configured database."""

    async def fill() -> None:
        database = Database(configured_url)
        async with database.transaction() as db:
            rows = await PlanRows.begun(db)
            await rows.activity("KOM-03", milestones=[(date(2026, 12, 1), "Kursstart")])
            await rows.report("KOM-03", "off_track", stockholm("2026-11-19 09:00"))
        await database.close()

    asyncio.run(fill())


@pytest.mark.usefixtures("plan")
def test_what_is_due_is_done_and_told_once():
    first = typed("run-due", "--at", "2026-11-23T07:30")
    assert (first.returncode, first.stdout) == (
        0,
        "digest chef 2026-W48\ndigest styrgrupp 2026-W47\n",
    )
    again = typed("run-due", "--at", "2026-11-23T07:30")
    assert (again.returncode, again.stdout) == (0, "")
    assert typed("run-due", "--at", "2026-11-27T12:59").stdout == ""
    assert typed("run-due", "--at", "2026-11-27T12:00Z").stdout == "digest styrgrupp 2026-W48\n"


@pytest.mark.usefixtures("plan")
def test_two_bots_at_once_send_one_digest():
    words = [*SAMSPEL, "run-due", "--at", "2026-11-23T07:30"]
    bots = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _bot in range(2)]
    lines = "".join(bot.communicate()[0] for bot in bots).splitlines()
    assert [bot.returncode for bot in bots] == [0, 0]
    assert sorted(lines) == ["digest chef 2026-W48", "digest styrgrupp 2026-W47"]


@pytest.mark.usefixtures("plan")
def test_the_digest_is_printed_as_it_was_sent():
    assert typed("run-due", "--at", "2026-11-23T07:30", "--deliver").returncode == 0
    shown = typed("digest", "--audience", "chef", "--week", "2026-W48")
    assert shown.returncode == 0
    assert shown.stdout.startswith("Veckobrev till chefen, vecka 48 2026\n")
    assert "🔴 avvikelse: KOM-03" in shown.stdout
    assert typed("digest", "--audience", "Chef", "--week", "2026-w48").stdout == shown.stdout


_CHANNEL = """
WITH k AS (INSERT INTO connections (platform, tenant) VALUES ('slack', %(team)s) RETURNING id),
c AS (INSERT INTO conversations (connection_id, kind, address, name)
  SELECT id, 'channel', %(address)s, '#chef' FROM k RETURNING id)
INSERT INTO channel_bindings (conversation_id, post_id, bound_by)
SELECT c.id, p.id, 'test' FROM c, posts p WHERE p.kind = 'manager'
"""


@pytest.mark.usefixtures("plan")
async def test_it_is_delivered_to_slack_and_slack_is_let_go_of(
    configured_url: str, monkeypatch: pytest.MonkeyPatch
):
    async with slack_counterpart() as slack:
        channel = slack.add_channel("chef", members=[slack.bot_user_id])
        workspace = {
            "team_id": slack.team_id,
            "organisations": ["Skövde"],
            "email_domains": ["skovde.example.se"],
        }
        with psycopg.connect(configured_url, autocommit=True) as db:
            db.execute(_CHANNEL, {"team": slack.team_id, "address": channel})
        monkeypatch.setenv("SAMSPEL_SLACK_BOT_TOKEN", slack.bot_token)
        monkeypatch.setenv("SAMSPEL_SLACK_SIGNING_SECRET", slack.signing_secret)
        monkeypatch.setenv("SAMSPEL_SLACK_API_URL", slack.api_url)
        monkeypatch.setenv("SAMSPEL_SLACK_WORKSPACES", json.dumps([workspace]))
        ran = await asyncio.to_thread(typed, "run-due", "--at", "2026-11-23T07:30", "--deliver")
        assert ran.returncode == 0, ran.stderr
        assert "Veckobrev till chefen" in slack.visible_text(slack.messages(channel)[0])
        assert "Unclosed" not in ran.stderr


@pytest.mark.usefixtures("plan")
def test_without_a_digest_it_says_so_in_one_line():
    shown = typed("digest", "--audience", "styrgrupp", "--week", "2026-W48")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr.count("\n") == 1
    assert "styrgruppen" in shown.stderr
    assert "2026-W48" in shown.stderr


@pytest.mark.usefixtures("plan")
def test_a_preview_is_shown_and_nothing_is_sent():
    shown = typed("digest", "--audience", "chef", "--week", "2026-W48", "--preview")
    assert shown.returncode == 0
    assert "Det här är en förhandsvisning. Brevet är inte skickat." in shown.stdout
    assert typed("digest", "--audience", "chef", "--week", "2026-W48").returncode == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run-due", "--at", "i morgon"), "i morgon"),
        (("run-due", "--at", "2026-02-31T07:30"), "2026-02-31T07:30"),
        (("run-due", "--at", "2026-03-29T02:30"), "klockan ställs fram"),
        (("run-due", "--at", "0001-01-01"), "0001-01-01"),
        (("run-due",), "--at"),
        (("digest", "--audience", "chef", "--week", "48"), "2026-W48"),
        (("digest", "--audience", "chef", "--week", "2025-W53"), "2025-W53"),
        (("digest", "--audience", "direktion", "--week", "2026-W48"), "chef eller styrgrupp"),
        (("digest", "--week", "2026-W48"), "chef eller styrgrupp"),
    ],
)
def test_wrong_use_is_one_clear_line(words: tuple[str, ...], says: str):
    ran = CliRunner().invoke(app, list(words))
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert says in ran.stderr
