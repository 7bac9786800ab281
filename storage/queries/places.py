"""Channels and private chats: found, made, opened and closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.accounts import USES
from storage.queries.delivery import Lease


@dataclass(frozen=True)
class Channel:
    """A channel as it was found: `made` now, or `closed` before now."""

    id: int
    name: str
    made: bool
    closed: bool


@dataclass(frozen=True)
class TeamChannel:
    """A channel that the bot was in once, of a team as the platform names it."""

    id: int
    address: str
    name: str
    closed: bool


@dataclass(frozen=True)
class PrivateChat:
    """The private chat that an account uses. `opened`: nothing could be said there before."""

    id: int
    address: str
    route: str | None
    opened: bool = False


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
  INSERT INTO conversations (connection_id, kind, address, name, route, team, opened_at)
  SELECT id, 'channel', :address, :name, :route, :team, :now FROM connected
  ON CONFLICT (connection_id, address) DO UPDATE SET name = excluded.name,
    route = coalesce(excluded.route, conversations.route),
    team = coalesce(excluded.team, conversations.team)
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
_REACHED = text("""
SELECT EXISTS (
  SELECT FROM conversations c
  JOIN connections k ON k.id = c.connection_id AND k.platform = :platform AND k.tenant = :tenant
    AND k.closed_at IS NULL
  WHERE c.address = :address AND c.closed_at IS NULL
    AND c.route IS NOT DISTINCT FROM CAST(:route AS text)
    AND CASE WHEN CAST(:user_id AS text) IS NULL THEN c.kind = 'channel' ELSE EXISTS (
      SELECT FROM accounts a WHERE a.platform = k.platform AND a.tenant = k.tenant
        AND a.user_id = :user_id AND a.ended_at IS NULL AND a.person_id = c.person_id) END)
""")
_CHANNELS_OF = text("""
SELECT c.id, c.address, c.name, c.closed_at IS NOT NULL AS closed FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.platform = :platform AND k.tenant = :tenant
WHERE c.team = :team AND c.kind = 'channel' ORDER BY c.id
FOR NO KEY UPDATE OF c
""")
_BEHIND_ACCOUNT = text("""
SELECT a.person_id, r.address FROM accounts a
LEFT JOIN account_requests r ON r.platform = a.platform AND r.tenant = a.tenant
  AND r.user_id = a.user_id
WHERE a.platform = :platform AND a.tenant = :tenant AND a.user_id = :user_id
  AND a.ended_at IS NULL
FOR NO KEY UPDATE OF a
""")
_CHAT_OF = text(f"""
SELECT c.id, c.address, c.route FROM accounts a
JOIN connections k ON k.platform = a.platform AND k.tenant = a.tenant AND k.closed_at IS NULL
JOIN conversations c ON c.connection_id = k.id AND {USES} AND c.closed_at IS NULL
WHERE a.platform = :platform AND a.tenant = :tenant AND a.user_id = :user_id
  AND a.ended_at IS NULL
ORDER BY c.opened_at DESC, c.id DESC LIMIT 1
""")
_CHAT_BEFORE = text("""
SELECT c.id FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.platform = :platform AND k.tenant = :tenant
WHERE c.address = :before AND c.address <> :address AND c.kind = 'private'
  AND c.person_id = :person AND c.closed_at IS NULL
FOR NO KEY UPDATE OF c
""")
_CARRY_OVER = text("""
UPDATE messages SET conversation_id = :to WHERE conversation_id = :chat AND state = 'waiting'
""")
_ENSURE_CHAT = text("""
WITH connected AS (
  INSERT INTO connections (platform, tenant) VALUES (:platform, :tenant)
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), chat AS (
  INSERT INTO conversations
    (connection_id, kind, address, route, name, language, person_id, opened_at)
  SELECT k.id, 'private', :address, :route, p.name, p.language, p.id, :now
  FROM connected k, people p WHERE p.id = :person
  ON CONFLICT (connection_id, address) DO UPDATE SET route = excluded.route,
    name = excluded.name, language = excluded.language, person_id = excluded.person_id
  WHERE conversations.kind = 'private'
  RETURNING id, address, route, xmax = 0 AS made, closed_at IS NOT NULL AS closed
), used AS (
  UPDATE account_requests SET address = :address, route = :route
  WHERE platform = :platform AND tenant = :tenant AND user_id = :user_id AND outcome = 'linked'
), grown AS (
  INSERT INTO revisions (name, number) SELECT 'plan', 1 FROM chat WHERE made
  ON CONFLICT (name) DO UPDATE SET number = revisions.number + 1
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, NULL, 'platform', 'joined', 'conversation', id, '{}', :platform
  FROM chat WHERE made
)
SELECT id, address, route, made, closed FROM chat
""")
_CHAT_AT = text("""
SELECT c.id, c.name FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.platform = :platform AND k.tenant = :tenant
WHERE c.address = :address AND c.kind = 'private' AND c.closed_at IS NULL
FOR NO KEY UPDATE OF c
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
_HELD_OPEN = text("""
SELECT c.kind, c.name FROM conversations c
WHERE c.id = :conversation AND c.lease_owner = :owner AND c.closed_at IS NULL
FOR NO KEY UPDATE
""")


async def ensure_channel(
    db: AsyncConnection,
    *,
    platform: str,
    tenant: str,
    address: str,
    name: str,
    now: datetime,
    route: str | None = None,
    team: str | None = None,
) -> Channel:
    """The channel at that address, made with its connection if need be, and called `name`.

    `route` and `team` are kept as they were where none is given.
    """
    values = {
        "platform": platform,
        "tenant": tenant,
        "address": address,
        "name": name,
        "now": now,
        "route": route,
        "team": team,
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


async def is_reached_there(
    db: AsyncConnection,
    *,
    platform: str,
    tenant: str,
    address: str,
    route: str,
    user_id: str | None = None,
) -> bool:
    """Whether there is an open channel at that address and route.

    With `user_id` an open private chat of whoever is behind that account.
    """
    values = {"platform": platform, "tenant": tenant, "address": address, "route": route}
    return bool(await db.scalar(_REACHED, values | {"user_id": user_id}))


async def channels_of(
    db: AsyncConnection, *, platform: str, tenant: str, team: str
) -> list[TeamChannel]:
    """The channels of the team that are known, closed ones too; held until the transaction ends."""
    values = {"platform": platform, "tenant": tenant, "team": team}
    found = await db.execute(_CHANNELS_OF, values)
    return [TeamChannel(**row) for row in found.mappings()]


async def private_chat_of(db: AsyncConnection, key: Mapping[str, str]) -> PrivateChat | None:
    """The open private chat that the account uses; the newest if it could be several.

    `key` is platform, tenant and user_id.
    """
    row = (await db.execute(_CHAT_OF, dict(key))).mappings().one_or_none()
    return PrivateChat(**row) if row else None


async def ensure_private_chat(
    db: AsyncConnection, key: Mapping[str, str], address: str, route: str | None, now: datetime
) -> PrivateChat | None:
    """The linked account's private chat at that address and route: made, opened again, or moved.

    What waits in a chat that moved is said in the new place. None: nobody is behind the account.
    """
    account = (await db.execute(_BEHIND_ACCOUNT, dict(key))).one_or_none()
    if account is None:
        return None
    values = dict(key) | {"address": address, "person": account.person_id, "now": now}
    before = await db.scalar(_CHAT_BEFORE, values | {"before": account.address})
    row = (await db.execute(_ENSURE_CHAT, values | {"route": route})).one_or_none()
    if row is None:
        return None
    if row.closed:
        await reopen(db, [row.id], now=now, source=key["platform"])
    if before is not None:
        await db.execute(_CARRY_OVER, {"chat": before, "to": row.id})
        await close(db, [before], now=now, cause="moved", source=key["platform"])
    return PrivateChat(row.id, row.address, row.route, opened=row.made or row.closed)


async def private_chat_at(
    db: AsyncConnection, *, platform: str, tenant: str, address: str
) -> tuple[int, str] | None:
    """The open private chat at that address, held until the transaction ends, and whose it is."""
    values = {"platform": platform, "tenant": tenant, "address": address}
    row = (await db.execute(_CHAT_AT, values)).one_or_none()
    return (row.id, row.name) if row else None


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


async def channel_held_open(db: AsyncConnection, lease: Lease) -> str | None:
    """The name of the open channel that this lease holds; None for anything else."""
    values = {"conversation": lease.conversation_id, "owner": lease.owner}
    row = (await db.execute(_HELD_OPEN, values)).one_or_none()
    return row.name if row is not None and row.kind == "channel" else None
