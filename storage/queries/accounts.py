"""Accounts: linked to a person, looked up, and ended."""

from dataclasses import dataclass
from datetime import datetime

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
_OF_PERSON = text("""
SELECT a.id, a.platform, coalesce(nullif(r.place, ''), a.tenant) AS place,
  coalesce(r.name, a.user_id) AS name, a.linked_at, a.last_used_at
FROM accounts a
LEFT JOIN account_requests r ON r.platform = a.platform AND r.tenant = a.tenant
  AND r.user_id = a.user_id
WHERE a.person_id = :person AND a.ended_at IS NULL ORDER BY a.id
""")


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
