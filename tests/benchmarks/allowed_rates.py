"""How much of what Slack and Teams allow is used, with how many 429.

A worker has more to say than it may, in some channels of both for a minute; both refuse what is
above their own limits (`tests/slack`, `tests/teams`), which are written apart from ours.
"""

import asyncio
from datetime import datetime
from json import dumps

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.views import Card
from bot.outbox import Outbox, ToConversation
from storage.database import Database
from tests.benchmarks.row import Row
from tests.benchmarks.servers import SERVE, serving
from tests.patience import until
from tests.slack import Slack, slack_counterpart
from tests.teams import Teams, teams_counterpart

CHANNELS = 6
SECONDS = 60
GOAL = 0.95

SLACK_BURST = 3
ALLOWED = {"slack": SECONDS + SLACK_BURST, "teams": 2 * SECONDS}
"""In a channel: one a second and a short burst; 60 in every 30 seconds."""

_CHANNELS = text("""
WITH k AS (
  INSERT INTO connections (platform, tenant) VALUES (:platform, :tenant)
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
)
INSERT INTO conversations (connection_id, kind, address, route, name)
SELECT k.id, 'channel', address, :route, address FROM k, unnest(CAST(:addresses AS text[])) address
RETURNING id
""")
_SENT = text("""
SELECT count(*) FROM messages m JOIN connections k ON k.id = m.connection_id
WHERE k.platform = :platform AND m.state = 'sent'
  AND m.attempted_at < CAST(:begun AS timestamptz) + make_interval(secs => :seconds)
""")


async def run(url: str) -> list[Row]:
    """On a fresh database that has the schema."""
    async with slack_counterpart() as slack, teams_counterpart() as teams:
        database = Database(url)
        async with database.transaction() as db:
            await _say_much(db, slack, teams)
        slack.rate_limit("chat.postMessage", 1, burst=SLACK_BURST)
        teams.limits_rates()
        settings = _settings(slack, teams) | {"SAMSPEL_DATABASE_URL": url, "SAMSPEL_PORT": "0"}
        async with serving(*SERVE, **settings, SAMSPEL_ROLE="worker"):
            sent = dict(
                zip(
                    ALLOWED,
                    await asyncio.gather(*(_sent(database, each) for each in ALLOWED)),
                    strict=True,
                )
            )
        await database.close()
        refused = slack.board.trouble.throttled + teams.trouble.throttled
    return [*(_row(each, sent[each]) for each in ALLOWED), _refused(refused, sum(sent.values()))]


async def _say_much(db: AsyncConnection, slack: Slack, teams: Teams) -> None:
    """More in each channel than may be sent in the time."""
    team = teams.add_team("Nätverken", channels=[f"K{n}" for n in range(CHANNELS)], bot_in=True)
    channels = [slack.add_channel(f"k{n}", members=[slack.bot_user_id]) for n in range(CHANNELS)]
    there = {
        "slack": (slack.team_id, None, channels),
        "teams": (
            teams.tenant.id,
            teams.service_url.rstrip("/"),
            [each.id for each in team.channels[:CHANNELS]],
        ),
    }
    outbox = Outbox()
    for platform, (tenant, route, addresses) in there.items():
        values = {"platform": platform, "tenant": tenant, "route": route, "addresses": addresses}
        for conversation in (await db.execute(_CHANNELS, values)).scalars():
            for n in range(ALLOWED[platform] + 10):
                outbox.say(ToConversation(conversation), lambda n=n: Card(summary=f"Nummer {n}"))
    await outbox.flush(db)


async def _sent(database: Database, platform: str) -> int:
    """How many were sent in the time, counted from the first."""
    begun = await _begun(database, platform)
    values = {"platform": platform, "begun": begun, "seconds": SECONDS}
    await asyncio.sleep(SECONDS + 1)
    async with database.connection() as db:
        return await db.scalar(_SENT, values)


async def _begun(database: Database, platform: str) -> datetime:
    asked = text(
        "SELECT min(m.attempted_at) FROM messages m JOIN connections k ON k.id = m.connection_id "
        "WHERE k.platform = :platform"
    )
    found: list[datetime] = []

    async def has_begun() -> bool:
        async with database.connection() as db:
            first = await db.scalar(asked, {"platform": platform})
        found.extend([first] if first else [])
        return bool(found)

    await until(has_begun, within=60)
    return found[0]


def _row(platform: str, sent: int) -> Row:
    allowed = ALLOWED[platform] * CHANNELS
    share = sent / allowed
    name = f"sent in {SECONDS} seconds in {CHANNELS} channels, against what {platform} allows"
    return Row(name, sent, allowed, share, f"at least {GOAL}", share >= GOAL)


def _refused(refused: int, sent: int) -> Row:
    name = "of these refused as too many (429), against all"
    return Row(name, refused, sent, refused / sent, "none", refused == 0)


def _settings(slack: Slack, teams: Teams) -> dict[str, str]:
    tenant = teams.tenant
    connection = {
        "name": "bench",
        "app_id": tenant.app_id,
        "tenant_id": tenant.id,
        "secret": tenant.secret,
        "organisations": ["Kommun 1"],
        "email_domains": [tenant.domain],
    }
    workspace = {
        "team_id": slack.team_id,
        "organisations": ["Kommun 1"],
        "email_domains": ["example.se"],
    }
    return {
        "SAMSPEL_SLACK_BOT_TOKEN": slack.bot_token,
        "SAMSPEL_SLACK_SIGNING_SECRET": slack.signing_secret,
        "SAMSPEL_SLACK_API_URL": slack.api_url,
        "SAMSPEL_SLACK_WORKSPACES": dumps([workspace]),
        "SAMSPEL_TEAMS_CONNECTIONS": dumps([connection]),
        "SAMSPEL_TEAMS_CLOUD": dumps(teams.cloud),
        "SAMSPEL_TEAMS_SERVICE_HOSTS": dumps(teams.service_hosts),
    }
