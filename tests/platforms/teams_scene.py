"""The bot in full on the sample plan, in tenants of the counterpart, with linked accounts."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr
from sqlalchemy import text

from bot.clock import Clock
from bot.settings import Settings
from handlers.app import Samspel
from handlers.teams.side import TeamsSide
from storage.database import Database
from tests.platforms.slack_scene import serving
from tests.teams import Conversation, Person, Team, Teams, Tenant

_LINK = text("""
WITH place AS (
  INSERT INTO connections (platform, tenant) VALUES ('teams', :tenant)
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT id, 'teams', :tenant, :user, 'test' FROM people WHERE email = :email
)
INSERT INTO conversations (connection_id, kind, address, route, name, person_id)
SELECT place.id, 'private', :address, :route, people.name, people.id FROM place, people
WHERE people.email = :email
""")
_BIND = text("""
INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
SELECT c.id, b.id, 'test' FROM conversations c, bodies b
WHERE c.address = :address AND b.name = :body
""")

ORGANISATIONS = ("Skövde", "Hjo", "Kommunalförbundet")
DOMAINS = ("skovde.example.se", "hjo.example.se", "skaraborg.example.se")


def connection_of(tenant: Tenant, **more: Any) -> dict[str, Any]:
    """The setting of that tenant's bot."""
    said = {
        "name": tenant.name.lower().replace("ö", "o"),
        "app_id": tenant.app_id,
        "tenant_id": tenant.id,
        "secret": tenant.secret,
        "organisations": ORGANISATIONS,
        "email_domains": DOMAINS,
    }
    return said | more


def teams_settings(teams: Teams, database: Database, **more: Any) -> Settings:
    """A connection for each tenant that there is."""
    values: dict[str, Any] = {
        "tick_seconds": 0.05,
        "card_rest_seconds": 0,
        "database_url": SecretStr(database.libpq_url),
        "public_url": "https://samspel.example.se",
    }
    return Settings(**values | in_teams(teams) | more)


def in_teams(teams: Teams) -> dict[str, Any]:
    """The settings of Teams alone."""
    return {
        "teams_connections": tuple(connection_of(each) for each in teams.tenants),
        "teams_cloud": teams.cloud,
        "teams_service_hosts": teams.service_hosts,
    }


@dataclass
class RunningTeams:
    """A bot that serves: its parts, and where."""

    samspel: Samspel
    where: str

    @property
    def side(self) -> TeamsSide:
        """Its side of Teams."""
        assert self.samspel.teams is not None
        return self.samspel.teams


@asynccontextmanager
async def serving_teams(
    settings: Settings, database: Database, clock: Clock, teams: Teams
) -> AsyncGenerator[RunningTeams]:
    """The bot on a free port, where every tenant is told to reach it."""
    async with serving(settings, database, clock) as running:
        reached_at(running.where, settings, teams)
        yield RunningTeams(running.samspel, running.where)


def reached_at(where: str, settings: Settings, teams: Teams) -> None:
    """Every tenant of a connection is told to reach the bot at that address."""
    for tenant in teams.tenants:
        for each in settings.teams_connections:
            if each.tenant_id == tenant.id:
                tenant.endpoint = f"{where}/teams/{each.name}/messages"


async def linked(
    database: Database,
    teams: Teams,
    email: str,
    name: str = "Anna Ek",
    tenant: Tenant | None = None,
) -> Person:
    """Somebody who has the app, with an account that is linked to the person of that address."""
    person = teams.add_person(name, email, tenant=tenant, installed=True)
    values = {
        "tenant": person.tenant.id,
        "user": person.object_id,
        "email": email,
        "address": teams.personal_chat(person).id,
        "route": teams.entry.service_url.rstrip("/"),
    }
    async with database.transaction() as db:
        await db.execute(_LINK, values)
    return person


async def bound(
    running: RunningTeams,
    database: Database,
    teams: Teams,
    body: str,
    members: Iterable[Person] = (),
) -> tuple[Team, Conversation]:
    """A team that the bot was added to, whose first channel is bound to that body."""
    people = list(members)
    adder = people[0] if people else teams.add_person("Ingrid Berg", "it@skovde.example.se")
    team = teams.add_team(body, members=people or [adder])
    await teams.adds_to_team(adder, team)
    await teams.settled()
    await running.side.desk.patience.settled()
    async with database.transaction() as db:
        await db.execute(_BIND, {"address": team.general.id, "body": body})
    return team, team.general
