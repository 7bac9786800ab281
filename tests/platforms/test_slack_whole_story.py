"""From an install to an uninstall in one workspace, through every door that people use."""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.plan import PlanInMemory
from bot.schedule import run_due
from handlers.cli_slack import install_link
from handlers.secret_keys import new_key
from handlers.slack.oauth import oauth_app
from storage.database import Database
from tests.conversations.clock import StoryClock
from tests.conversations.on_slack import OnSlack
from tests.platforms.mail_server import MailServer, mail_server
from tests.platforms.slack_scene import (
    Running,
    free_port,
    serving,
    slack_settings,
)
from tests.platforms.web_browser import browsing
from tests.slack import Slack, slack_counterpart

CHEF = "chef@skaraborg.example.se"
OFFICER = "kompetens@skovde.example.se"


@dataclass
class Story:
    """The bot, Slack, the mail that goes out, and the time."""

    running: Running
    slack: Slack
    mail: MailServer
    database: Database
    clock: StoryClock

    async def linked(self, name: str, email: str) -> OnSlack:
        """Somebody writes to the bot, and presses the button behind the link they are mailed."""
        user = self.slack.add_user(name, email)
        person = OnSlack(self.slack, self.running.side, self.database, user, {})
        await person.says("hej")
        link = re.search(r"https?://\S+/konto/koppla/[\w-]+", self.mail.words())
        assert link, self.mail.words()
        async with browsing(self.running.where) as browser:
            await browser.open(urlsplit(link[0]).path)
            await browser.presses("Koppla kontot")
        await person.says("hjälp")
        assert person.sees("Det här kan du göra")
        return person


@pytest.fixture
async def story(sample_database: Database) -> AsyncGenerator[Story]:
    """A workspace where the app is not installed yet."""
    database, clock = sample_database, StoryClock()
    async with slack_counterpart(team_id="T0ANDRA") as elsewhere, mail_server() as mail:
        slack = elsewhere.another_workspace("T0SKARA")
        slack.board.installs_in = "T0SKARA"
        sock = free_port()
        settings = slack_settings(
            slack,
            database,
            slack_bot_token=None,
            slack_client_id=slack.client_id,
            slack_client_secret=SecretStr(slack.client_secret),
            secret_keys=[new_key()],
            public_url=f"http://127.0.0.1:{sock.getsockname()[1]}",
            smtp_host="localhost",
            smtp_port=mail.port,
            smtp_tls="none",
        )
        async with serving(settings, database, clock, slack, sock) as running:
            yield Story(running, slack, mail, database, clock)


async def install(story: Story) -> None:
    """An administrator's link, its button, Slack's own page, and back."""
    settings = story.running.side.desk.settings
    app = oauth_app(settings)
    assert app is not None
    link = urlsplit(await install_link(story.database, app, "ida", story.clock())).path
    async with browsing(story.running.where) as browser:
        await browser.open(link)
        await browser.presses("Fortsätt till Slack")
        assert browser.sees("Samspel är installerat")


async def test_a_workspace_from_install_to_uninstall(story: Story):
    slack = story.slack
    await install(story)
    chef = await story.linked("Chef Omställning", CHEF)
    officer = await story.linked("Kompetensstrateg", OFFICER)

    channel = slack.add_channel("kompetens", members=[chef.user, officer.user])
    await slack.invites(channel, slack.bot_user_id)
    await chef.waits()
    assert "Jag är Samspel" in _shown(slack, channel)
    await slack.command(chef.user, "/samspel", "koppla Kompetens, chefen", channel=channel)
    await chef.waits()
    assert "Kanalen är kopplad" in _shown(slack, channel) + _privately(slack, chef.user)

    acked = await slack.command(officer.user, "/rapport", "KOM-03 grön Kursen är full", channel)
    assert "Sparat" in slack.visible_text(acked.json)
    await officer.waits()
    assert "Nytt läge: KOM-03" in _shown(slack, channel)
    assert "Sparat" in slack.visible_text(slack.direct(officer.user)[-1])
    card = next(each for each in slack.messages(channel) if _is_card(slack, each))

    await slack.command(officer.user, "/rapport", "KOM-03", channel)
    await slack.submits(
        officer.user,
        status="at_risk",
        deviation="Läraren slutar",
        measure="Vi söker en ny",
    )
    await officer.waits()
    assert slack.modal(officer.user) is None
    same = next(each for each in slack.messages(channel) if each["ts"] == card["ts"])
    assert "Läraren slutar" in slack.visible_text(same)

    await officer.opens_home()
    assert officer.sees("Senast rapporterad 16 mars 2026: 🟡 risk")

    story.clock.passes(days=7)
    async with story.database.transaction() as db:
        await db.execute(text("DELETE FROM due_done"))
    await run_due(story.database, story.clock(), story.running.side.desk.settings, PlanInMemory())
    await chef.waits()
    digest = [each for each in slack.messages(channel) if "Veckobrev" in slack.visible_text(each)]
    assert digest
    assert any(_has(each, "data_visualization") for each in digest)

    await slack.uninstalls()
    await slack.settled()
    async with story.database.connection() as db:
        closed = await db.scalar(
            text("SELECT closed_at IS NOT NULL FROM connections WHERE platform = 'slack'")
        )
        secret = await db.scalar(text("SELECT count(*) FROM installations WHERE ended_at IS NULL"))
    assert closed
    assert secret == 0


def _shown(slack: Slack, channel: str) -> str:
    return "\n".join(slack.visible_text(each) for each in slack.messages(channel))


def _is_card(slack: Slack, message: dict[str, Any]) -> bool:
    words = slack.visible_text(message)
    return words.startswith("KOM-03") and "Ansvarig" in words


def _privately(slack: Slack, user: str) -> str:
    return "\n".join(slack.visible_text(each) for each in slack.ephemerals(user))


def _has(message: dict[str, Any], kind: str) -> bool:
    return any(block["type"] == kind for block in message.get("blocks", ()))
