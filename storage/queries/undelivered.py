"""What did not arrive, and how much waits: for the administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models.delivery import GIVEN_UP
from storage.queries.outbox import NOTIFY


@dataclass(frozen=True)
class Undelivered:
    """A message or living card that was given up. `cause` holds nothing that people wrote."""

    kind: Literal["message", "card"]
    id: int
    conversation_id: int
    platform: str
    conversation: str
    closed: bool
    cause: str
    created_at: datetime
    attempted_at: datetime | None
    attempts: int


_WHERE = """c.id AS conversation_id, k.platform, c.name AS conversation,
  c.closed_at IS NOT NULL AS closed, coalesce(i.failure, '') AS cause,
  i.created_at, i.attempted_at, i.attempts"""

_UNDELIVERED = text(f"""
SELECT * FROM (
  SELECT 'message' AS kind, i.id, {_WHERE}
  FROM messages i JOIN conversations c ON c.id = i.conversation_id
  JOIN connections k ON k.id = c.connection_id WHERE i.state = 'failed'
  UNION ALL
  SELECT 'card', i.id, {_WHERE}
  FROM (SELECT * FROM posted_cards WHERE {GIVEN_UP}) i
  JOIN conversations c ON c.id = i.conversation_id
  JOIN connections k ON k.id = c.connection_id
) undelivered
ORDER BY attempted_at DESC NULLS LAST, kind, id LIMIT :limit
""")


async def undelivered(db: AsyncConnection, *, limit: int = 100) -> list[Undelivered]:
    """What was given up and not tried again since, the latest first."""
    rows = (await db.execute(_UNDELIVERED, {"limit": limit})).mappings()
    return [Undelivered(**cast("Mapping[str, Any]", row)) for row in rows]


_OPEN = "EXISTS (SELECT FROM conversations o WHERE o.id = conversation_id AND o.closed_at IS NULL)"
"""What is closed is never tried, so that there it would wait unseen."""
_AGAIN = """
WITH again AS (UPDATE {table} SET {change} WHERE id = :id AND {where} RETURNING conversation_id),
at_once AS (
  UPDATE conversations SET next_try_at = NULL FROM again WHERE conversations.id = conversation_id
)
SELECT {notify} FROM again
"""
_AGAINS = {
    "message": text(
        _AGAIN.format(
            table="messages",
            change="state = 'waiting', expires_at = NULL",
            where=f"state = 'failed' AND {_OPEN}",
            notify=NOTIFY,
        )
    ),
    "card": text(
        _AGAIN.format(
            table="posted_cards",
            change="given_up = 0",
            where=f"{GIVEN_UP} AND {_OPEN}",
            notify=NOTIFY,
        )
    ),
}


async def retry(db: AsyncConnection, kind: Literal["message", "card"], item_id: int) -> bool:
    """Have it tried again at once, also when it is too old by now. False: it is not given up,
    or nothing can be said there any more."""
    return (await db.execute(_AGAINS[kind], {"id": item_id})).first() is not None


@dataclass(frozen=True)
class Waiting:
    """How many messages are due, and since when the oldest of them."""

    messages: int
    oldest: datetime | None


async def waiting(db: AsyncConnection, *, now: datetime) -> Waiting:
    """What is due and not sent at `now`."""
    asked = text(
        "SELECT count(*) AS messages, min(coalesce(m.due_at, m.created_at)) AS oldest "
        "FROM messages m JOIN conversations c ON c.id = m.conversation_id AND c.closed_at IS NULL "
        "WHERE m.state = 'waiting' AND (m.due_at IS NULL OR m.due_at <= :now)"
    )
    row = (await db.execute(asked, {"now": now})).mappings().one()
    return Waiting(**cast("Mapping[str, Any]", row))
