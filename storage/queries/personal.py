"""What one person has chosen for themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

_SET_LANGUAGE = text("""
WITH changed AS (
  UPDATE people SET language = :language WHERE id = :person AND language <> :language
  RETURNING id
), rooms AS (
  UPDATE conversations SET language = :language
  WHERE person_id = :person AND language <> :language
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, id, 'person', 'set_language', 'person', id, '{language}', :platform FROM changed
""")
_SET_TIME_ZONE = text("""
WITH changed AS (
  UPDATE people SET time_zone = :zone WHERE id = :person AND time_zone <> :zone RETURNING id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, id, 'person', 'set_time_zone', 'person', id, '{time_zone}', :platform FROM changed
""")

_CHOSEN = text("""
SELECT person_id, name, value FROM personal_settings
WHERE person_id = ANY(CAST(:people AS bigint[]))
""")
_CHOOSE = text("""
WITH kept AS (
  INSERT INTO personal_settings (person_id, name, value) VALUES (:person, :name, :value)
  ON CONFLICT (person_id, name) DO UPDATE SET value = excluded.value
    WHERE personal_settings.value <> excluded.value
  RETURNING person_id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, person_id, 'person', 'chose', 'person', person_id, ARRAY[CAST(:name AS text)],
  :platform FROM kept
""").bindparams(bindparam("value", type_=JSONB))
_FORGET = text("""
WITH gone AS (
  DELETE FROM personal_settings WHERE person_id = :person AND name = :name RETURNING person_id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, person_id, 'person', 'chose', 'person', person_id, ARRAY[CAST(:name AS text)],
  :platform FROM gone
""")


async def chosen_by(db: AsyncConnection, people: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What each of the people has chosen, by name; who has chosen nothing is left out."""
    found: dict[int, dict[str, Any]] = {}
    for row in await db.execute(_CHOSEN, {"people": list(people)}):
        found.setdefault(row.person_id, {})[row.name] = row.value
    return found


async def choose(
    db: AsyncConnection,
    person_id: int,
    name: str,
    value: dict[str, Any] | None,
    *,
    now: datetime,
    platform: str,
) -> bool:
    """Keep what a person has chosen; None forgets it. False: it was so already."""
    values = {"person": person_id, "name": name, "now": now, "platform": platform}
    if value is None:
        done = await db.execute(_FORGET, values)
    else:
        done = await db.execute(_CHOOSE, values | {"value": value})
    return cast("CursorResult[Any]", done).rowcount > 0


async def set_language(
    db: AsyncConnection, person_id: int, language: str, *, now: datetime, platform: str
) -> bool:
    """Speak that language with the person, in all their private chats. False: it is so already."""
    values = {"person": person_id, "language": language, "now": now, "platform": platform}
    return cast("CursorResult[Any]", await db.execute(_SET_LANGUAGE, values)).rowcount > 0


async def set_time_zone(
    db: AsyncConnection, person_id: int, zone: str, *, now: datetime, platform: str
) -> None:
    """Mean the hours of that time zone by the person's hours."""
    values = {"person": person_id, "zone": zone, "now": now, "platform": platform}
    await db.execute(_SET_TIME_ZONE, values)
