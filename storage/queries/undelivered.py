"""What did not arrive, and how much waits: for the administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import TextClause, text
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
ORDER BY attempted_at DESC NULLS LAST, kind, id LIMIT :limit OFFSET :skip
""")
_HOW_MANY = text(f"""
SELECT count(*) AS total, count(*) FILTER (WHERE c.closed_at IS NULL) AS open FROM (
  SELECT conversation_id FROM messages WHERE state = 'failed'
  UNION ALL SELECT conversation_id FROM posted_cards WHERE {GIVEN_UP}
) i JOIN conversations c ON c.id = i.conversation_id
""")


async def undelivered(db: AsyncConnection, *, limit: int = 100, skip: int = 0) -> list[Undelivered]:
    """What was given up and not tried again since, the latest first."""
    rows = (await db.execute(_UNDELIVERED, {"limit": limit, "skip": skip})).mappings()
    return [Undelivered(**cast("Mapping[str, Any]", row)) for row in rows]


@dataclass(frozen=True)
class HowMany:
    """How much was given up; `open`: where something can be said still, so that it can be tried."""

    total: int
    open: int


async def how_many_undelivered(db: AsyncConnection) -> HowMany:
    """How much was given up and not tried again since."""
    row = (await db.execute(_HOW_MANY)).mappings().one()
    return HowMany(**cast("Mapping[str, Any]", row))


_OPEN = "EXISTS (SELECT FROM conversations o WHERE o.id = conversation_id AND o.closed_at IS NULL)"
"""What is closed is never tried, so that there it would wait unseen."""
_AGAIN = """
WITH again AS (UPDATE {table} SET {change} WHERE {which} AND {where} RETURNING conversation_id),
at_once AS (
  UPDATE conversations SET next_try_at = NULL
  WHERE id IN (SELECT conversation_id FROM again) AND next_try_at IS NOT NULL
)
SELECT count(*), {notify} FROM again
"""
_CHANGES = {
    "message": (
        "messages",
        "state = 'waiting', expires_at = NULL",
        f"state = 'failed' AND {_OPEN}",
    ),
    "card": ("posted_cards", "given_up = 0", f"{GIVEN_UP} AND {_OPEN}"),
}


def _again(kind: str, which: str) -> TextClause:
    table, change, where = _CHANGES[kind]
    return text(_AGAIN.format(table=table, change=change, which=which, where=where, notify=NOTIFY))


_AGAINS = {kind: _again(kind, "id = :id") for kind in _CHANGES}
_ALL_AGAIN = {kind: _again(kind, "true") for kind in _CHANGES}


async def retry(db: AsyncConnection, kind: Literal["message", "card"], item_id: int) -> bool:
    """Have it tried again at once, also when it is too old by now. False: it is not given up,
    or nothing can be said there any more."""
    return bool(await db.scalar(_AGAINS[kind], {"id": item_id}))


async def retry_all(db: AsyncConnection) -> int:
    """Have all tried again for which there is a way; how much that is."""
    return sum([await db.scalar(each) or 0 for each in _ALL_AGAIN.values()])


@dataclass(frozen=True)
class Waiting:
    """How many messages are due, and since when the oldest of them."""

    messages: int
    oldest: datetime | None


@dataclass(frozen=True)
class OnPlatform:
    """How it goes on one platform: what is due and since when, what was given up; what was sent
    and what was dropped as too old since a day."""

    platform: str
    waiting: int
    oldest: datetime | None
    failed: int
    sent: int
    expired: int


_BY_PLATFORM = text(f"""
WITH waiting AS (
  SELECT c.connection_id, count(*) AS n, min(coalesce(m.due_at, m.created_at)) AS oldest
  FROM messages m JOIN conversations c ON c.id = m.conversation_id AND c.closed_at IS NULL
  WHERE m.state = 'waiting' AND (m.due_at IS NULL OR m.due_at <= :now) GROUP BY 1
), failed AS (
  SELECT c.connection_id, count(*) AS n FROM (
    SELECT conversation_id FROM messages WHERE state = 'failed'
    UNION ALL SELECT conversation_id FROM posted_cards WHERE {GIVEN_UP}
  ) i JOIN conversations c ON c.id = i.conversation_id GROUP BY 1
), sent AS (
  SELECT connection_id, count(*) AS n FROM messages
  WHERE state = 'sent' AND sent_at >= :since GROUP BY 1
), expired AS (
  SELECT connection_id, count(*) AS n FROM messages
  WHERE state = 'expired' AND expires_at >= :since GROUP BY 1
)
SELECT k.platform, coalesce(sum(waiting.n), 0)::bigint AS waiting, min(waiting.oldest) AS oldest,
  coalesce(sum(failed.n), 0)::bigint AS failed, coalesce(sum(sent.n), 0)::bigint AS sent,
  coalesce(sum(expired.n), 0)::bigint AS expired
FROM connections k
LEFT JOIN waiting ON waiting.connection_id = k.id LEFT JOIN failed ON failed.connection_id = k.id
LEFT JOIN sent ON sent.connection_id = k.id LEFT JOIN expired ON expired.connection_id = k.id
GROUP BY k.platform ORDER BY k.platform
""")


async def by_platform(db: AsyncConnection, *, now: datetime, since: datetime) -> list[OnPlatform]:
    """Each platform that we know a place on, in order of its name."""
    rows = (await db.execute(_BY_PLATFORM, {"now": now, "since": since})).mappings()
    return [OnPlatform(**cast("Mapping[str, Any]", row)) for row in rows]


async def waiting(db: AsyncConnection, *, now: datetime) -> Waiting:
    """What is due and not sent at `now`."""
    asked = text(
        "SELECT count(*) AS messages, min(coalesce(m.due_at, m.created_at)) AS oldest "
        "FROM messages m JOIN conversations c ON c.id = m.conversation_id AND c.closed_at IS NULL "
        "WHERE m.state = 'waiting' AND (m.due_at IS NULL OR m.due_at <= :now)"
    )
    row = (await db.execute(asked, {"now": now})).mappings().one()
    return Waiting(**cast("Mapping[str, Any]", row))
