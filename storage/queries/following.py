"""Who follows an activity."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_FOLLOWED_BY = text("SELECT person_id FROM activity_follows WHERE activity_id = :activity_id")
_FOLLOW = text("""
WITH done AS (
  INSERT INTO activity_follows (activity_id, person_id, followed_at)
  VALUES (:activity_id, :person_id, :now) ON CONFLICT DO NOTHING RETURNING activity_id)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person_id, 'person', 'follow', 'activity', activity_id, '{}', :platform FROM done
""")
_UNFOLLOW = text("""
WITH done AS (
  DELETE FROM activity_follows WHERE activity_id = :activity_id AND person_id = :person_id
  RETURNING activity_id)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person_id, 'person', 'unfollow', 'activity', activity_id, '{}', :platform FROM done
""")


async def followers_of_activity(db: AsyncConnection, activity_id: int) -> set[int]:
    """People who follow the activity."""
    return {row.person_id for row in await db.execute(_FOLLOWED_BY, {"activity_id": activity_id})}


async def follow_activity(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write that the person follows the activity."""
    await db.execute(_FOLLOW, dict(values))


async def unfollow_activity(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write that the person no longer follows it."""
    await db.execute(_UNFOLLOW, dict(values))
