"""People with accounts on a chat platform, and the channels of their networks, for benchmarks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import text

from storage.database import Database

CODES = ("KOM-03", "SAM-01", "SAM-03", "SAM-04", "ETA-01", "PLA-01", "SOC-01", "STR-03")
"""Of one person and one network each, so that none waits for another's row."""

_CONNECTED = text("INSERT INTO connections (platform, tenant) VALUES (:platform, :tenant)")
_JOINED = text("""
WITH activity AS (
  SELECT v.responsible_id, v.network_id, k.id AS connection_id
  FROM activities a JOIN activity_values v ON v.activity_id = a.id, connections k
  WHERE a.code = :code AND k.platform = :platform AND k.tenant = :tenant
), account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT responsible_id, :platform, :tenant, :user, 'bench' FROM activity
), private AS (
  INSERT INTO conversations (connection_id, kind, address, route, name, person_id)
  SELECT connection_id, 'private', :private, :route, :user, responsible_id FROM activity
), channel AS (
  INSERT INTO conversations (connection_id, kind, address, route, team, name)
  SELECT connection_id, 'channel', :channel, :route, :team, :channel FROM activity RETURNING id
)
INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
SELECT channel.id, activity.network_id, 'bench' FROM channel, activity
""")


@dataclass(frozen=True)
class Member:
    """One person's account, their private chat with the bot, and the channel of their network."""

    user: str
    private: str
    channel: str
    route: str | None = None
    team: str | None = None


async def join(url: str, platform: str, tenant: str, members: Mapping[str, Member]) -> None:
    """Whoever is responsible for the activity of each code is that member."""
    database = Database(url)
    async with database.transaction() as db:
        here = {"platform": platform, "tenant": tenant}
        await db.execute(_CONNECTED, here)
        for code, member in members.items():
            await db.execute(_JOINED, here | {"code": code} | asdict(member))
    await database.close()
