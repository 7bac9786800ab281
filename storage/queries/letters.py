"""Mail as a place: everybody's, whom a letter is for, and what they have stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

PLATFORM = "email"
TENANT = "mail"

_OPEN = text("""
INSERT INTO connections (platform, tenant) VALUES ('email', 'mail')
ON CONFLICT (platform, tenant) DO UPDATE SET closed_at = NULL
WHERE connections.closed_at IS NOT NULL
""")
_CLOSE = text("""
UPDATE connections SET closed_at = :now
WHERE platform = 'email' AND tenant = 'mail' AND closed_at IS NULL
""")
_EVERYBODYS = text("""
INSERT INTO conversations
  (connection_id, kind, address, route, name, language, person_id, opened_at)
SELECT k.id, 'private', 'person:' || p.id, p.email, p.name, p.language, p.id, :now
FROM connections k, people p
WHERE k.platform = 'email' AND k.tenant = 'mail' AND k.closed_at IS NULL
  AND EXISTS (SELECT FROM employments e WHERE e.person_id = p.id
    AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today))
ORDER BY p.id
ON CONFLICT (connection_id, address) DO UPDATE
SET route = excluded.route, closed_at = NULL, opened_at = excluded.opened_at, next_try_at = NULL,
    failing_since = NULL, failures = 0
WHERE conversations.route IS DISTINCT FROM excluded.route
""")
_EMPLOYED = """
(NOT EXISTS (SELECT FROM employments e WHERE e.person_id = p.id)
 OR EXISTS (SELECT FROM employments e WHERE e.person_id = p.id
   AND (e.ends_on IS NULL OR e.ends_on > :today)))
"""
_IS_ADMINISTRATOR = """
EXISTS (SELECT FROM roles r WHERE r.person_id = p.id AND r.role = 'administrator'
  AND r.starts_on <= :today AND (r.ends_on IS NULL OR r.ends_on > :today))
"""
_WRITTEN = text(f"""
SELECT m.letter, coalesce(m.due_at, m.created_at) AS since, m.created_at, p.id AS person_id,
  p.email, {_EMPLOYED} AS employed, {_IS_ADMINISTRATOR} AS administrator,
  EXISTS (SELECT FROM personal_settings w WHERE w.person_id = p.id AND w.name = 'mail_stops'
    AND w.value @> to_jsonb(m.letter)) AS stopped,
  EXISTS (SELECT FROM personal_settings w WHERE w.person_id = p.id AND w.name = 'place'
    AND w.value ->> 'platform' = 'email') AS chosen,
  EXISTS (SELECT FROM accounts a WHERE a.person_id = p.id AND a.ended_at IS NULL
    AND a.platform <> 'web') AS has_chat
FROM messages m
JOIN conversations c ON c.id = m.conversation_id
JOIN people p ON p.id = c.person_id
WHERE m.id = :message
""")
_RECIPIENT = text(f"""
SELECT p.id, p.name, p.email, p.language, {_EMPLOYED} AS employed,
  {_IS_ADMINISTRATOR} AS administrator
FROM people p WHERE p.id = :person
""")
_WHO_STOPS = text("""
SELECT p.name, p.language, EXISTS (SELECT FROM personal_settings w WHERE w.person_id = p.id
  AND w.name = 'mail_stops' AND w.value @> to_jsonb(CAST(:letter AS text))) AS stopped
FROM people p WHERE p.id = :person
""")
_PLACES = text("""
SELECT k.platform, k.tenant FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.closed_at IS NULL
WHERE c.person_id = :person AND c.kind = 'private' AND c.closed_at IS NULL
  AND (k.platform IN ('web', 'email') OR EXISTS (
    SELECT FROM accounts a WHERE a.person_id = c.person_id AND a.platform = k.platform
      AND a.tenant = k.tenant AND a.ended_at IS NULL))
GROUP BY k.platform, k.tenant
ORDER BY k.platform = 'email', k.platform = 'web', k.platform, k.tenant
""")
_LINE = """
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, person_id, 'person', '{action}', 'person', person_id, ARRAY[CAST(:letter AS text)],
  :source FROM changed
"""
_STOP = text(f"""
WITH changed AS (
  INSERT INTO personal_settings (person_id, name, value)
  VALUES (:person, 'mail_stops', jsonb_build_array(CAST(:letter AS text)))
  ON CONFLICT (person_id, name) DO UPDATE SET value = personal_settings.value || excluded.value
  WHERE NOT personal_settings.value @> excluded.value
  RETURNING person_id
), unsaid AS (
  UPDATE messages SET state = 'expired', unsettled_since = NULL
  FROM conversations c JOIN connections k ON k.id = c.connection_id AND k.platform = 'email'
  WHERE c.person_id = :person AND messages.conversation_id = c.id AND messages.letter = :letter
    AND messages.state = 'waiting'
)
{_LINE.format(action="stopped_mail")}
""")
_RESUME = text(f"""
WITH changed AS (
  UPDATE personal_settings SET value = value - CAST(:letter AS text)
  WHERE person_id = :person AND name = 'mail_stops' AND value @> to_jsonb(CAST(:letter AS text))
  RETURNING person_id
)
{_LINE.format(action="resumed_mail")}
""")


@dataclass(frozen=True)
class Written:
    """A message that goes by mail, and whom it is for, as things are now.

    `since`: when it was due. `letter`: what may be stopped. `chosen`: they want mail. `has_chat`:
    they have an account in Slack or Teams.
    """

    letter: str | None
    since: datetime
    created_at: datetime
    person_id: int
    email: str
    employed: bool
    administrator: bool
    stopped: bool
    chosen: bool
    has_chat: bool


async def mail_is_set_up(db: AsyncConnection, *, today: date, now: datetime) -> None:
    """Mail is a place from now on, and everybody employed today has theirs."""
    await db.execute(_OPEN)
    await ensure_mail_places(db, today=today, now=now)


async def mail_is_not_set_up(db: AsyncConnection, *, now: datetime) -> None:
    """Nobody is said anything to by mail; what waits there waits."""
    await db.execute(_CLOSE, {"now": now})


async def ensure_mail_places(db: AsyncConnection, *, today: date, now: datetime) -> None:
    """Have everybody employed today be reached by mail, at the address they have now.

    A place that was given up is open again when the address is another. Nothing is done where
    mail is not set up.
    """
    await db.execute(_EVERYBODYS, {"today": today, "now": now})


async def written(db: AsyncConnection, message_id: int, today: date) -> Written | None:
    """What is to be known of a message before it is sent by mail; None: it is nobody's."""
    row = (await db.execute(_WRITTEN, {"message": message_id, "today": today})).mappings().first()
    return Written(**cast("Mapping[str, Any]", row)) if row else None


async def recipient(db: AsyncConnection, person_id: int, today: date) -> RowMapping | None:
    """Whom a link in a mail is for: id, name, email, language, employed, administrator."""
    values = {"person": person_id, "today": today}
    return (await db.execute(_RECIPIENT, values)).mappings().one_or_none()


async def who_stops(db: AsyncConnection, person_id: int, letter: str) -> RowMapping | None:
    """The name and language of the person, and whether they have stopped such letters."""
    values = {"person": person_id, "letter": letter}
    return (await db.execute(_WHO_STOPS, values)).mappings().one_or_none()


async def places_of(db: AsyncConnection, person_id: int) -> Sequence[RowMapping]:
    """Where the person can be reached, as platform and tenant: chats, then the web, then mail."""
    return (await db.execute(_PLACES, {"person": person_id})).mappings().all()


async def stop(
    db: AsyncConnection, person_id: int, letter: str, now: datetime, *, source: str = "mail"
) -> None:
    """Say such letters by mail to that person no more, those that wait among them."""
    values = {"person": person_id, "letter": letter, "now": now, "source": source}
    await db.execute(_STOP, values)


async def resume(
    db: AsyncConnection, person_id: int, letter: str, now: datetime, *, source: str = "mail"
) -> None:
    """Say such letters by mail again."""
    values = {"person": person_id, "letter": letter, "now": now, "source": source}
    await db.execute(_RESUME, values)
