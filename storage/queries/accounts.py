"""Accounts: linked to a person, looked up, and ended."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

EMPLOYED = """
e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)
"""
"""That an employment `e` holds on the day `:today`."""

USES = """
c.kind = 'private' AND c.person_id = a.person_id AND NOT EXISTS (
  SELECT FROM account_requests o WHERE o.platform = a.platform AND o.tenant = a.tenant
    AND o.user_id <> a.user_id AND o.address = c.address)
"""
"""That an account `a` uses a conversation `c` of its tenant: its person's private chat, unless
another account of theirs is known to use it."""

_OWNER = text("""
SELECT person_id FROM accounts
WHERE platform = :platform AND tenant = :tenant AND user_id = :user_id AND ended_at IS NULL
""")


def _end(which: str) -> str:
    return f"""
WITH ended AS (
  UPDATE accounts a SET ended_at = :now WHERE {which} AND a.ended_at IS NULL RETURNING a.*
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, CAST(:done_by AS bigint), :actor, 'unlinked', 'account', id, '{{ended_at}}', :source
  FROM ended
)
SELECT e.id, e.platform, e.person_id, p.name AS person, coalesce(r.name, e.user_id) AS name,
  ARRAY(
    SELECT c.id FROM conversations c
    JOIN connections k ON k.id = c.connection_id AND k.platform = e.platform
      AND k.tenant = e.tenant
    WHERE c.person_id = e.person_id AND (c.address = r.address OR NOT EXISTS (
      SELECT FROM accounts o WHERE o.person_id = e.person_id AND o.platform = e.platform
        AND o.tenant = e.tenant AND o.ended_at IS NULL AND o.id <> e.id))
    ORDER BY c.id) AS rooms
FROM ended e JOIN people p ON p.id = e.person_id
LEFT JOIN account_requests r ON r.platform = e.platform AND r.tenant = e.tenant
  AND r.user_id = e.user_id
"""


_OF_ACCOUNT = "a.platform = :platform AND a.tenant = :tenant AND a.user_id = :user_id"
_END_BY_KEY = text(_end(_OF_ACCOUNT))
_END_BY_ID = text(_end("a.id = :account AND a.person_id = :person AND a.platform <> 'web'"))
_FORGET_ASKED = text("""
DELETE FROM account_requests
WHERE platform = :platform AND tenant = :tenant AND user_id = :user_id AND outcome IS NULL
""")
_OF_PERSON = text(f"""
SELECT a.id, a.platform, coalesce(nullif(r.place, ''), a.tenant) AS place,
  coalesce(r.name, a.user_id) AS name, a.linked_at, a.last_used_at,
  (SELECT CASE WHEN count(*) = 0 THEN 'missing'
     WHEN bool_or(c.closed_at IS NULL AND k.closed_at IS NULL) THEN 'open'
     WHEN bool_or(k.closed_at IS NOT NULL) THEN 'place_closed' ELSE 'closed' END
   FROM conversations c JOIN connections k ON k.id = c.connection_id
     AND k.platform = a.platform AND k.tenant = a.tenant
   WHERE {USES}) AS chat
FROM accounts a
LEFT JOIN account_requests r ON r.platform = a.platform AND r.tenant = a.tenant
  AND r.user_id = a.user_id
WHERE a.person_id = :person AND a.ended_at IS NULL ORDER BY a.id
""")


_UNREACHED = f"""
FROM people p
WHERE EXISTS (SELECT FROM employments e WHERE e.person_id = p.id AND {EMPLOYED})
  AND EXISTS (SELECT FROM accounts a
    WHERE a.person_id = p.id AND a.platform <> 'web' AND a.ended_at IS NULL)
  AND NOT EXISTS (SELECT FROM accounts a
    JOIN connections k ON k.platform = a.platform AND k.tenant = a.tenant AND k.closed_at IS NULL
    JOIN conversations c ON c.connection_id = k.id AND c.closed_at IS NULL AND {USES}
    WHERE a.person_id = p.id AND a.platform <> 'web' AND a.ended_at IS NULL)
"""
_UNREACHED_LISTED = text(f"""
SELECT p.id, p.name, p.email {_UNREACHED} ORDER BY p.name, p.id LIMIT :most OFFSET :skip
""")
_UNREACHED_COUNT = text(f"SELECT count(*) {_UNREACHED}")

Chat = Literal["open", "closed", "missing", "place_closed"]
"""Whether something can be said in an account's private chat: it is open, closed, was never made,
or the bot has been taken away from the whole place."""


@dataclass(frozen=True)
class Unreached:
    """Somebody to whom nothing can be said where their chat accounts are."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class Key:
    """An account as the tables know it."""

    platform: str
    tenant: str
    user_id: str


@dataclass(frozen=True)
class LinkedAccount:
    """An account that is somebody's. `name` is what the platform called it, or its id there;
    `place` what its house is called, or the platform's id of it."""

    id: int
    platform: str
    place: str
    name: str
    linked_at: datetime
    last_used_at: datetime | None
    chat: Chat


@dataclass(frozen=True)
class By:
    """Who settles a request, ends an account or binds a channel, when and from where.

    No person: a platform.
    """

    person_id: int | None
    now: datetime
    source: str


async def owner_of(db: AsyncConnection, key: Key) -> int | None:
    """Whose the account is; None when it is linked to nobody, or not any more."""
    return await db.scalar(_OWNER, vars(key))


async def end_account(db: AsyncConnection, key: Key, by: By) -> RowMapping | None:
    """The account is its person's no more: whose it was, and its private chats, still open.

    What it asked for is forgotten. None when it was linked to nobody.
    """
    await db.execute(_FORGET_ASKED, vars(key))
    values = vars(key) | {"now": by.now, "done_by": None, "actor": "platform"}
    ended = await db.execute(_END_BY_KEY, values | {"source": by.source})
    return ended.mappings().one_or_none()


async def end_account_of(
    db: AsyncConnection, account: int, person: int, by: By
) -> RowMapping | None:
    """The same, for an account of that person, done by somebody; never the web's own."""
    values = {"account": account, "person": person, "now": by.now, "done_by": by.person_id}
    ended = await db.execute(_END_BY_ID, values | {"actor": "person", "source": by.source})
    return ended.mappings().one_or_none()


async def accounts_of(db: AsyncConnection, person: int) -> list[LinkedAccount]:
    """The person's linked accounts, the oldest first."""
    found = await db.execute(_OF_PERSON, {"person": person})
    return [LinkedAccount(**row) for row in found.mappings()]


async def unreached(
    db: AsyncConnection, today: date, *, most: int, skip: int = 0
) -> list[Unreached]:
    """People who work somewhere today and have chat accounts, none with an open private chat."""
    found = await db.execute(_UNREACHED_LISTED, {"today": today, "most": most, "skip": skip})
    return [Unreached(**row) for row in found.mappings()]


async def how_many_unreached(db: AsyncConnection, today: date) -> int:
    """How many such people there are."""
    return cast("int", await db.scalar(_UNREACHED_COUNT, {"today": today}))
