"""Signing in on the web, and the channels that the web chat has."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Row, RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_ENSURE_PRIVATE_CHATS = text("""
WITH connected AS (
  INSERT INTO connections (platform, tenant) VALUES ('web', 'web')
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
)
INSERT INTO conversations (connection_id, kind, address, name, language, person_id)
SELECT k.id, 'private', 'person:' || p.id, p.name, p.language, p.id
FROM connected k, people p
WHERE EXISTS (SELECT FROM employments e WHERE e.person_id = p.id
    AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today))
ON CONFLICT (connection_id, address) DO NOTHING
""")
_DIRECTORY = text("""
SELECT p.id, p.name, p.email, o.name AS organisation, o.kind,
  (SELECT string_agg(b.name, ', ' ORDER BY b.name) FROM memberships m
   JOIN bodies b ON b.id = m.body_id WHERE m.person_id = p.id
     AND m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today)) AS bodies
FROM people p
JOIN employments e ON e.person_id = p.id
  AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)
JOIN organisations o ON o.id = e.organisation_id
ORDER BY o.kind = 'municipality', o.name, p.name
""")
_ENSURE_PERSON = text("""
WITH connected AS (
  INSERT INTO connections (platform, tenant) VALUES ('web', 'web')
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT id, 'web', 'web', id::text, :by FROM people WHERE id = :person_id
  ON CONFLICT (platform, tenant, user_id) DO UPDATE SET user_id = excluded.user_id
  RETURNING id, ended_at
), room AS (
  INSERT INTO conversations (connection_id, kind, address, name, language, person_id)
  SELECT k.id, 'private', 'person:' || p.id, p.name, p.language, p.id
  FROM connected k, people p WHERE p.id = :person_id
  ON CONFLICT (connection_id, address) DO NOTHING
)
SELECT id FROM account WHERE ended_at IS NULL
""")
_START_SESSION = text("""
WITH started AS (
  INSERT INTO web_sessions (token_hash, account_id, expires_at)
  VALUES (:token_hash, :account_id, :expires_at) RETURNING id, account_id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, a.person_id, 'person', 'signed_in', 'web_session', s.id, '{}', :source
FROM started s JOIN accounts a ON a.id = s.account_id
""")
_END_SESSION = text("""
WITH ended AS (
  UPDATE web_sessions SET ended_at = :now
  WHERE token_hash = :token_hash AND ended_at IS NULL RETURNING id, account_id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, a.person_id, 'person', 'signed_out', 'web_session', e.id, '{}', 'web'
FROM ended e JOIN accounts a ON a.id = e.account_id
""")
_MAKE_LINK = text("""
WITH made AS (
  INSERT INTO sign_in_links (token_hash, person_id, made_by, created_at, expires_at)
  SELECT :token_hash, id, :made_by, :now, :expires_at FROM people WHERE email = lower(:email)
  RETURNING id
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, NULL, :made_by, 'made', 'sign_in_link', id, '{}', 'cli' FROM made
)
SELECT id FROM made
""")
_OPEN_LINK = text("""
SELECT p.name FROM sign_in_links l JOIN people p ON p.id = l.person_id
WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.expires_at > :now
""")
_SPEND_LINK = text("""
UPDATE sign_in_links SET used_at = :now
WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now
RETURNING person_id
""")
_BODIES = text("""
SELECT b.id, b.kind, b.name, c.address FROM bodies b
LEFT JOIN (channel_bindings g
  JOIN conversations c ON c.id = g.conversation_id
  JOIN connections k ON k.id = c.connection_id AND k.platform = 'web')
  ON g.body_id = b.id AND g.bound_by = 'samspel'
WHERE b.kind IN ('network', 'steering_group') ORDER BY b.id
""")
_ENSURE_CHANNEL = text("""
WITH connected AS (
  INSERT INTO connections (platform, tenant) VALUES ('web', 'web')
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
), channel AS (
  INSERT INTO conversations (connection_id, kind, address, name)
  SELECT id, 'channel', :address, :name FROM connected
  ON CONFLICT (connection_id, address) DO UPDATE SET name = excluded.name RETURNING id
)
INSERT INTO channel_bindings (conversation_id, body_id, post_id, bound_at, bound_by)
SELECT c.id, CAST(:body_id AS bigint), p.id, :now, 'samspel'
FROM channel c LEFT JOIN posts p ON p.kind = :post
WHERE num_nonnulls(CAST(:body_id AS bigint), p.id) = 1
ON CONFLICT DO NOTHING
""")


async def ensure_private_chats(db: AsyncConnection, today: date) -> None:
    """Everybody employed today has a private chat on the web, whether they have been there or not:
    what is said to somebody waits for them in some place."""
    await db.execute(_ENSURE_PRIVATE_CHATS, {"today": today})


async def directory(db: AsyncConnection, today: date) -> Sequence[RowMapping]:
    """Everybody employed today, by organisation: who, and which bodies they sit in."""
    return (await db.execute(_DIRECTORY, {"today": today})).mappings().all()


async def is_demo(db: AsyncConnection) -> bool:
    """Whether this database holds invented data only."""
    return bool(await db.scalar(text("SELECT EXISTS (SELECT FROM marks WHERE name = 'demo')")))


async def ensure_person(db: AsyncConnection, person_id: int, by: str) -> int | None:
    """The person's web account, made with their private chat if need be; None when it has ended."""
    return await db.scalar(_ENSURE_PERSON, {"person_id": person_id, "by": by})


async def start_session(
    db: AsyncConnection,
    *,
    account_id: int,
    token_hash: bytes,
    now: datetime,
    expires_at: datetime,
    source: str,
) -> None:
    """Remember a browser as signed in, and say so in the audit log."""
    await db.execute(
        _START_SESSION,
        {
            "account_id": account_id,
            "token_hash": token_hash,
            "now": now,
            "expires_at": expires_at,
            "source": source,
        },
    )


async def end_session(db: AsyncConnection, token_hash: bytes, now: datetime) -> None:
    """Sign a browser out."""
    await db.execute(_END_SESSION, {"token_hash": token_hash, "now": now})


async def make_link(
    db: AsyncConnection,
    *,
    email: str,
    token_hash: bytes,
    made_by: str,
    now: datetime,
    expires_at: datetime,
) -> bool:
    """Keep a one-time link for the person with that address; False when there is nobody."""
    values = {
        "email": email,
        "token_hash": token_hash,
        "made_by": made_by,
        "now": now,
        "expires_at": expires_at,
    }
    return await db.scalar(_MAKE_LINK, values) is not None


async def whose_link(db: AsyncConnection, token_hash: bytes, now: datetime) -> str | None:
    """The name of the person whom the link would sign in; changes nothing."""
    return await db.scalar(_OPEN_LINK, {"token_hash": token_hash, "now": now})


async def spend_link(db: AsyncConnection, token_hash: bytes, now: datetime) -> int | None:
    """Use the link up; the person's key, or None when it is used, too old or unknown."""
    return await db.scalar(_SPEND_LINK, {"token_hash": token_hash, "now": now})


async def bodies_with_channels(db: AsyncConnection) -> Sequence[Row[tuple[int, str, str, str]]]:
    """Networks and the steering group, with the address of the web channel that they have."""
    return (await db.execute(_BODIES)).all()


async def ensure_channel(
    db: AsyncConnection,
    *,
    address: str,
    name: str,
    now: datetime,
    body_id: int | None = None,
    post: str | None = None,
) -> None:
    """Have a web channel at `address`, called `name` and bound to the body or post."""
    await db.execute(
        _ENSURE_CHANNEL,
        {"address": address, "name": name, "now": now, "body_id": body_id, "post": post},
    )
