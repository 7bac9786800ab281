"""Accounts: linked to a person, looked up, and ended."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

EMPLOYED = """
e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)
"""
"""That an employment `e` holds on the day `:today`."""

_OWNER = text("""
SELECT person_id FROM accounts
WHERE platform = :platform AND tenant = :tenant AND user_id = :user_id AND ended_at IS NULL
""")
_BY_LINK = "r.token_hash = :token_hash AND r.outcome IS NULL AND r.expires_at > :now"
_BY_KEY = "r.id = :request AND r.person_id = :person AND r.outcome IS DISTINCT FROM 'linked'"
_MAY_BE_LINKED = f"""
EXISTS (SELECT FROM employments e WHERE e.person_id = r.person_id AND {EMPLOYED})
AND NOT EXISTS (
  SELECT FROM accounts a WHERE a.platform = r.platform AND a.tenant = r.tenant
    AND a.user_id = r.user_id AND a.ended_at IS NULL AND a.person_id <> r.person_id)
"""
_ASKED_BY_LINK = text(f"""
SELECT r.name, r.platform, r.tenant, r.language, p.name AS person, p.email
FROM account_requests r JOIN people p ON p.id = r.person_id
WHERE {_BY_LINK} AND {_MAY_BE_LINKED}
""")


def _link(which: str) -> str:
    """Link the account of a request. Its private chat speaks what the person speaks.

    That is English from the first account of theirs in a chat whose profile is English, unless
    they have chosen a language: then there is an audit line that says so.
    """
    return f"""
WITH request AS (
  UPDATE account_requests r
  SET outcome = 'linked', settled_at = :now, settled_by = :by, token_hash = NULL
  WHERE {which} AND {_MAY_BE_LINKED}
  RETURNING r.*
), linking AS (
  SELECT r.*, p.name AS person, p.language AS spoken_before,
    CASE WHEN r.language = 'sv' OR EXISTS (
        SELECT FROM accounts a WHERE a.person_id = p.id AND a.platform <> 'web'
      ) OR EXISTS (
        SELECT FROM audit_lines l
        WHERE l.thing = 'person' AND l.thing_id = p.id AND 'language' = ANY(l.fields))
      THEN p.language ELSE 'en' END AS spoken
  FROM request r JOIN people p ON p.id = r.person_id
), account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_at, linked_by)
  SELECT person_id, platform, tenant, user_id, :now, :by FROM linking
  ON CONFLICT (platform, tenant, user_id) DO UPDATE SET person_id = excluded.person_id,
    linked_at = excluded.linked_at, linked_by = excluded.linked_by, ended_at = NULL,
    last_used_at = NULL
  RETURNING id
), connected AS (
  INSERT INTO connections (platform, tenant) SELECT platform, tenant FROM linking
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), room AS (
  INSERT INTO conversations
    (connection_id, kind, address, name, language, person_id, opened_at)
  SELECT k.id, 'private', l.address, l.person, l.spoken, l.person_id, :now
  FROM linking l, connected k
  ON CONFLICT (connection_id, address) DO UPDATE SET name = excluded.name,
    language = excluded.language, person_id = excluded.person_id, opened_at = excluded.opened_at,
    closed_at = NULL, next_try_at = NULL, failing_since = NULL, failures = 0
  WHERE conversations.kind = 'private'
  RETURNING id
), speaker AS (
  UPDATE people SET language = l.spoken FROM linking l
  WHERE people.id = l.person_id AND l.spoken <> l.spoken_before RETURNING people.id
), grown AS (
  INSERT INTO revisions (name, number) SELECT 'plan', 1 FROM room
  ON CONFLICT (name) DO UPDATE SET number = revisions.number + 1
), lines AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, coalesce(CAST(:done_by AS bigint), l.person_id), 'person', 'linked', 'account', a.id,
    ARRAY['person_id'], :source
  FROM linking l, account a
  UNION ALL
  SELECT :now, id, 'account', 'set_language', 'person', id, ARRAY['language'], :source FROM speaker
)
SELECT l.id AS request_id, a.id AS account_id, l.person_id, l.person, l.platform, l.tenant, l.name,
  l.spoken, (SELECT id FROM room) AS conversation_id
FROM linking l, account a
"""


_LINK_ASKED = text(_link(_BY_LINK))
_LINK_FOR = text(_link(_BY_KEY))


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
SELECT a.id, a.platform, a.tenant, coalesce(r.name, a.user_id) AS name, a.linked_at,
  a.last_used_at
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
    """An account that is somebody's. `name` is what the platform called it, or its id there."""

    id: int
    platform: str
    tenant: str
    name: str
    linked_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class By:
    """Who settles a request or ends an account, when and from where; no person: a platform."""

    person_id: int | None
    now: datetime
    source: str


async def owner_of(db: AsyncConnection, key: Key) -> int | None:
    """Whose the account is; None when it is linked to nobody, or not any more."""
    return await db.scalar(_OWNER, vars(key))


async def asked_by_link(
    db: AsyncConnection, token_hash: bytes, now: datetime, today: date
) -> RowMapping | None:
    """The request that the link would confirm; changes nothing. None: it confirms none."""
    values = {"token_hash": token_hash, "now": now, "today": today}
    return (await db.execute(_ASKED_BY_LINK, values)).mappings().one_or_none()


async def link_asked(
    db: AsyncConnection, token_hash: bytes, now: datetime, today: date
) -> RowMapping | None:
    """Use the link up and link the account; None when it is used, too old, unknown or replaced.

    None too when the person works nowhere today, or the account is somebody else's.
    """
    values = {"token_hash": token_hash, "now": now, "today": today}
    who = {"by": "mail", "done_by": None, "source": "mail"}
    return (await db.execute(_LINK_ASKED, values | who)).mappings().one_or_none()


async def link_for(
    db: AsyncConnection, request: int, person: int, by: By, today: date
) -> RowMapping | None:
    """Link the account of a request for that person, also one that was refused; None as above."""
    values = {"request": request, "person": person, "now": by.now, "today": today}
    who = {"by": "administrator", "done_by": by.person_id, "source": by.source}
    return (await db.execute(_LINK_FOR, values | who)).mappings().one_or_none()


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
