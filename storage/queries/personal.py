"""What one person has chosen for themselves."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, text
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


async def set_language(
    db: AsyncConnection, person_id: int, language: str, *, now: datetime, platform: str
) -> bool:
    """Speak that language with the person, in all their private chats. False: it is so already."""
    values = {"person": person_id, "language": language, "now": now, "platform": platform}
    return cast("CursorResult[Any]", await db.execute(_SET_LANGUAGE, values)).rowcount > 0
