"""The bot in full on the sample plan, in a workspace of the counterpart, with linked accounts."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn
from pydantic import SecretStr
from sqlalchemy import text

from bot.clock import Clock
from bot.importing.adopt import adopt_plan
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.plan_file import import_plan
from bot.settings import Settings
from handlers.app import Samspel
from handlers.slack.side import SlackSide
from storage.database import Database
from tests.slack import Slack

SAMPLES = Path("samples")

_LINK = text("""
WITH place AS (
  INSERT INTO connections (platform, tenant) VALUES ('slack', :team)
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT id, 'slack', :team, :user, 'test' FROM people WHERE email = :email
)
INSERT INTO conversations (connection_id, kind, address, name, person_id)
SELECT place.id, 'private', :address, people.name, people.id FROM place, people
WHERE people.email = :email
""")
_BIND = text("""
INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
SELECT c.id, b.id, 'test' FROM conversations c, bodies b
WHERE c.address = :address AND b.name = :body
""")


async def fill(database: Database, clock: Clock) -> None:
    """The sample plan, adopted."""
    by = By("test", date(2026, 1, 5), clock())
    async with database.transaction() as db:
        for outcome in (
            await import_municipalities(db, SAMPLES / "municipalities.csv", by),
            await import_people(db, SAMPLES / "people.csv", by),
            await import_plan(db, SAMPLES / "aktivitetsplan-2026.csv", by),
        ):
            assert outcome.faults == []
        await adopt_plan(db, by, day=date(2026, 2, 20), paragraph="12")


def slack_settings(slack: Slack, database: Database, **more: Any) -> Settings:
    """One workspace by token; `slack_app_token` among `more` makes it Socket Mode."""
    values: dict[str, Any] = {
        "tick_seconds": 0.05,
        "card_rest_seconds": 0,
        "database_url": SecretStr(database.libpq_url),
        "slack_bot_token": SecretStr(slack.bot_token),
        "slack_signing_secret": SecretStr(slack.signing_secret),
        "slack_api_url": slack.api_url,
        "public_url": "https://samspel.example.se",
        "slack_workspaces": (
            {
                "team_id": slack.team_id,
                "organisations": ("Skövde", "Hjo", "Kommunalförbundet"),
                "email_domains": (
                    "skovde.example.se",
                    "hjo.example.se",
                    "skaraborg.example.se",
                ),
            },
        ),
    }
    return Settings(**values | more)


@dataclass
class Running:
    """A bot that serves: its parts, and where."""

    samspel: Samspel
    where: str

    @property
    def side(self) -> SlackSide:
        """Its side of Slack."""
        assert self.samspel.slack is not None
        return self.samspel.slack


def free_port() -> socket.socket:
    """A socket at a port of its own, for settings that must name the address beforehand."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    return sock


@asynccontextmanager
async def serving(
    settings: Settings,
    database: Database,
    clock: Clock,
    slack: Slack | None = None,
    sock: socket.socket | None = None,
    *,
    keeps_rates: bool = False,
) -> AsyncGenerator[Running]:
    """The bot on a free port; `slack` is told to reach it there, unless by Socket Mode.

    `keeps_rates`: it sends no faster than a platform allows, which is seldom what a test is about.
    """
    sock = sock or free_port()
    samspel = Samspel(settings, database, clock)
    if not keeps_rates:
        samspel.rates.clear()
    server = uvicorn.Server(uvicorn.Config(samspel.app(), log_level="warning"))
    running = asyncio.create_task(server.serve([sock]))
    async with asyncio.timeout(20):
        while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.01)
    where = f"http://127.0.0.1:{sock.getsockname()[1]}"
    if slack is not None:
        slack.events_url = None if settings.slack_app_token else f"{where}/slack/events"
        if settings.slack_app_token:
            await slack.connected()
    try:
        yield Running(samspel, where)
    finally:
        server.should_exit = True
        await running
        sock.close()


async def linked(database: Database, slack: Slack, email: str, name: str = "Anna Ek") -> str:
    """A new account in the workspace, linked to the person with that address; its user id."""
    user = slack.add_user(name, email)
    values = {
        "team": slack.team_id,
        "user": user,
        "email": email,
        "address": slack.space.direct(user).id,
    }
    async with database.transaction() as db:
        await db.execute(_LINK, values)
    return user


async def bound(
    running: Running, database: Database, slack: Slack, body: str, members: Iterable[str] = ()
) -> str:
    """A channel that the bot was invited to, bound to that body; its id."""
    channel = slack.add_channel(body.lower().replace(" ", "-"), members=list(members))
    await slack.invites(channel, slack.bot_user_id)
    await slack.settled()
    await running.side.desk.patience.settled()
    async with database.transaction() as db:
        await db.execute(_BIND, {"address": channel, "body": body})
    return channel
