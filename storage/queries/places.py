"""Channels and workspaces that come and go, and who is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.delivery import Lease


@dataclass(frozen=True)
class Channel:
    """A channel as it was found: `made` now, or `closed` before now."""

    id: int
    name: str
    made: bool
    closed: bool


@dataclass(frozen=True)
class Bound:
    """What a channel is bound to: a body or a post, of which `kind` and with which name.

    A post's name is its kind.
    """

    to: Literal["body", "post"]
    id: int
    kind: str
    name: str


_ENSURE_CHANNEL = text("""
WITH connected AS (
  INSERT INTO connections (platform, tenant) VALUES (:platform, :tenant)
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), channel AS (
  INSERT INTO conversations (connection_id, kind, address, name, opened_at)
  SELECT id, 'channel', :address, :name, :now FROM connected
  ON CONFLICT (connection_id, address) DO UPDATE SET name = excluded.name
  RETURNING id, name, xmax = 0 AS made, closed_at IS NOT NULL AS closed
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, NULL, 'platform', 'joined', 'conversation', id, '{}', :platform
  FROM channel WHERE made
)
SELECT id, name, made, closed FROM channel
""")
_CHANNEL_AT = text("""
SELECT c.id, c.name, false AS made, c.closed_at IS NOT NULL AS closed FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.platform = :platform AND k.tenant = :tenant
WHERE c.address = :address AND c.kind = 'channel'
FOR NO KEY UPDATE OF c
""")
_SPOKEN_IN = text("""
SELECT EXISTS (
  SELECT FROM conversations c
  JOIN connections k ON k.id = c.connection_id AND k.platform = :platform AND k.tenant = :tenant
    AND k.closed_at IS NULL
  WHERE c.address = :address AND c.kind = 'channel' AND c.closed_at IS NULL)
""")
_CLOSE = text("""
WITH closing AS (
  UPDATE conversations SET closed_at = :now
  WHERE id = ANY(CAST(:ids AS bigint[])) AND closed_at IS NULL RETURNING id
), ordered AS (
  SELECT p.id FROM posted_cards p JOIN closing ON closing.id = p.conversation_id
  WHERE p.struck_at IS NULL ORDER BY p.conversation_id, p.kind, p.subject_id
  FOR NO KEY UPDATE OF p
), struck AS (
  UPDATE posted_cards SET struck_at = :now, failure = :cause, unsettled_since = NULL
  FROM ordered WHERE posted_cards.id = ordered.id
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, NULL, 'platform', 'closed', 'conversation', id, '{closed_at}', :source FROM closing
)
UPDATE messages SET state = 'failed', failure = :cause, unsettled_since = NULL
FROM closing WHERE messages.conversation_id = closing.id AND messages.state = 'waiting'
""")
"""Whoever delivers there just now keeps the lease: what arrives all the same is still recorded."""
_OPEN = text("""
WITH closed AS (
  SELECT id, closed_at FROM conversations
  WHERE id = ANY(CAST(:ids AS bigint[])) AND closed_at IS NOT NULL FOR NO KEY UPDATE
), opened AS (
  UPDATE conversations c
  SET closed_at = NULL, opened_at = :now, next_try_at = NULL, failing_since = NULL, failures = 0
  FROM closed WHERE c.id = closed.id
), cards AS (
  SELECT p.id, p.conversation_id, p.kind, p.subject_id, p.struck_at
  FROM posted_cards p JOIN closed ON closed.id = p.conversation_id
  WHERE p.struck_at IS NULL OR p.struck_at = closed.closed_at
  ORDER BY p.conversation_id, p.kind, p.subject_id, p.id FOR NO KEY UPDATE OF p
), newest AS (
  SELECT DISTINCT ON (conversation_id, kind, subject_id) id FROM cards
  ORDER BY conversation_id, kind, subject_id, struck_at NULLS FIRST, id DESC
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, NULL, 'platform', 'opened', 'conversation', id, '{closed_at}', :source FROM closed
)
UPDATE posted_cards SET struck_at = NULL, failure = NULL, given_up = 0, wanted = wanted + 1
FROM newest WHERE posted_cards.id = newest.id
""")
"""One card lives for each subject: where one was raised just as the channel closed, it is that."""
_RENAME = text("""
UPDATE conversations SET name = :name FROM connections k
WHERE k.id = conversations.connection_id AND k.platform = :platform AND k.tenant = :tenant
  AND conversations.address = :address AND conversations.kind = 'channel'
""")
_BINDINGS_OF = text("""
SELECT g.conversation_id, 'body' AS bound, b.id, b.kind, b.name
FROM channel_bindings g JOIN bodies b ON b.id = g.body_id
WHERE g.conversation_id = ANY(CAST(:ids AS bigint[]))
UNION ALL
SELECT g.conversation_id, 'post', p.id, p.kind, p.kind
FROM channel_bindings g JOIN posts p ON p.id = g.post_id
WHERE g.conversation_id = ANY(CAST(:ids AS bigint[]))
ORDER BY bound, id
""")
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
_HELD_OPEN = text("""
SELECT c.kind, c.name FROM conversations c
WHERE c.id = :conversation AND c.lease_owner = :owner AND c.closed_at IS NULL
FOR NO KEY UPDATE
""")


async def ensure_channel(
    db: AsyncConnection, *, platform: str, tenant: str, address: str, name: str, now: datetime
) -> Channel:
    """The channel at that address, made with its connection if need be, and called `name`."""
    values = {
        "platform": platform,
        "tenant": tenant,
        "address": address,
        "name": name,
        "now": now,
    }
    return Channel(**(await db.execute(_ENSURE_CHANNEL, values)).mappings().one())


async def channel_at(
    db: AsyncConnection, *, platform: str, tenant: str, address: str
) -> Channel | None:
    """The channel at that address, held until the transaction ends."""
    values = {"platform": platform, "tenant": tenant, "address": address}
    row = (await db.execute(_CHANNEL_AT, values)).mappings().one_or_none()
    return Channel(**row) if row else None


async def can_be_spoken_in(
    db: AsyncConnection, *, platform: str, tenant: str, address: str
) -> bool:
    """Whether there is an open channel at that address."""
    values = {"platform": platform, "tenant": tenant, "address": address}
    return bool(await db.scalar(_SPOKEN_IN, values))


async def close(
    db: AsyncConnection, ids: Sequence[int], *, now: datetime, cause: str, source: str
) -> int:
    """Nothing can be said in these conversations any more: how many messages failed by that.

    Their living cards are struck at `now`, which is how `reopen` knows them again.
    """
    values = {"ids": list(ids), "now": now, "cause": cause, "source": source}
    return cast("CursorResult[Any]", await db.execute(_CLOSE, values)).rowcount


async def reopen(db: AsyncConnection, ids: Sequence[int], *, now: datetime, source: str) -> None:
    """Things can be said there again; the cards that were struck with them are drawn again."""
    await db.execute(_OPEN, {"ids": list(ids), "now": now, "source": source})


async def rename(
    db: AsyncConnection, *, platform: str, tenant: str, address: str, name: str
) -> bool:
    """Call the channel `name`; False when there is none at that address."""
    values = {"platform": platform, "tenant": tenant, "address": address, "name": name}
    return cast("CursorResult[Any]", await db.execute(_RENAME, values)).rowcount > 0


async def bindings_of(db: AsyncConnection, ids: Sequence[int]) -> dict[int, tuple[Bound, ...]]:
    """What each of the channels is bound to, bodies first."""
    bound: dict[int, list[Bound]] = {each: [] for each in ids}
    for row in await db.execute(_BINDINGS_OF, {"ids": list(ids)}):
        bound[row[0]].append(Bound(*row[1:]))
    return {channel: tuple(each) for channel, each in bound.items()}


async def bound_to(db: AsyncConnection, ids: Sequence[int]) -> tuple[Bound, ...]:
    """What any of the channels is bound to, bodies first."""
    each = (await bindings_of(db, ids)).values()
    return tuple(sorted({one for bound in each for one in bound}, key=lambda b: (b.to, b.id)))


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


async def channel_held_open(db: AsyncConnection, lease: Lease) -> str | None:
    """The name of the open channel that this lease holds; None for anything else."""
    values = {"conversation": lease.conversation_id, "owner": lease.owner}
    row = (await db.execute(_HELD_OPEN, values)).one_or_none()
    return row.name if row is not None and row.kind == "channel" else None
