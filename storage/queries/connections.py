"""Workspaces and tenants where a platform lets us speak, and lets us no more."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_CLOSE_CONNECTION = text("""
UPDATE connections SET closed_at = :now
WHERE platform = :platform AND tenant = :tenant AND closed_at IS NULL RETURNING id
""")
_OPEN_OF = text("""
SELECT id FROM conversations WHERE connection_id = :connection AND closed_at IS NULL
ORDER BY id FOR NO KEY UPDATE
""")
_OPEN_CONNECTION = text("""
WITH before AS (
  SELECT id, closed_at FROM connections WHERE platform = :platform AND tenant = :tenant
), connected AS (
  INSERT INTO connections (platform, tenant) VALUES (:platform, :tenant)
  ON CONFLICT (platform, tenant) DO UPDATE SET closed_at = NULL, next_try_at = NULL RETURNING id
)
SELECT connected.id, before.closed_at FROM connected LEFT JOIN before USING (id)
""")
_CLOSED_WITH = text("""
SELECT id FROM conversations WHERE connection_id = :connection AND closed_at = :moment
ORDER BY id FOR NO KEY UPDATE
""")
_CHATS = text("""
SELECT DISTINCT platform FROM connections WHERE platform IN ('slack', 'teams')
  AND closed_at IS NULL ORDER BY platform
""")


async def chat_platforms(db: AsyncConnection) -> list[str]:
    """The platforms for chat, the web apart, that the bot is in."""
    return list(await db.scalars(_CHATS))


async def close_connection(
    db: AsyncConnection, *, platform: str, tenant: str, now: datetime
) -> list[int] | None:
    """Close the connection; its conversations that are open. None: it was closed, or unknown."""
    values = {"platform": platform, "tenant": tenant, "now": now}
    connection = await db.scalar(_CLOSE_CONNECTION, values)
    if connection is None:
        return None
    return [row.id for row in await db.execute(_OPEN_OF, {"connection": connection})]


async def open_connection(db: AsyncConnection, *, platform: str, tenant: str) -> list[int]:
    """Open the connection, made if need be; the conversations that were closed with it."""
    values = {"platform": platform, "tenant": tenant}
    row = (await db.execute(_OPEN_CONNECTION, values)).one()
    asked = {"connection": row.id, "moment": row.closed_at}
    return [each.id for each in await db.execute(_CLOSED_WITH, asked)]
