"""What an accepted need becomes: an activity or a focus area, and who follows the activity then."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.needs import FAMILY

_PREFIX = text("""
SELECT split_part(a.code, '-', 1) AS prefix FROM activities a
JOIN activity_values v ON v.activity_id = a.id JOIN directions d ON d.id = v.direction_id
WHERE d.focus_area_id = :area_id GROUP BY prefix ORDER BY count(*) DESC, prefix LIMIT 1
""")
_AREA_NAME = text("SELECT name FROM focus_areas WHERE id = :area_id")
_NUMBERS = text("""
SELECT max(CAST(split_part(code, '-', 2) AS bigint)) FROM activities
WHERE split_part(code, '-', 1) = :prefix
""")
_ADD = text("INSERT INTO activities (code) VALUES (:code) RETURNING id")
_DIRECTION = text("""
INSERT INTO directions (focus_area_id, name) VALUES (:area_id, :name)
ON CONFLICT (focus_area_id, lower(name)) DO UPDATE SET name = directions.name RETURNING id
""")
_DRAFT = text("INSERT INTO plan_versions (year) VALUES (:year) RETURNING id")
_AREA = text("""
INSERT INTO focus_areas (name) VALUES (:name) ON CONFLICT DO NOTHING RETURNING id
""")
_GO_ON_FOLLOWING = text(f"""
INSERT INTO activity_follows (activity_id, person_id, followed_at)
SELECT DISTINCT :activity_id, x.person_id, CAST(:now AS timestamptz)
FROM needs n CROSS JOIN {FAMILY} CROSS JOIN LATERAL (
  SELECT registered_by AS person_id FROM needs WHERE id = ANY(family.ids)
  UNION SELECT person_id FROM need_follows WHERE need_id = ANY(family.ids)
  UNION SELECT person_id FROM need_supports
    WHERE need_id = ANY(family.ids) AND withdrawn_at IS NULL) x
WHERE n.id = :need_id ON CONFLICT DO NOTHING
""")


async def usual_prefix(db: AsyncConnection, area_id: int) -> str | None:
    """What the codes of the focus area's activities begin with, if it has any."""
    return await db.scalar(_PREFIX, {"area_id": area_id})


async def area_name(db: AsyncConnection, area_id: int) -> str | None:
    """The focus area's name."""
    return await db.scalar(_AREA_NAME, {"area_id": area_id})


async def highest_number(db: AsyncConnection, prefix: str) -> int:
    """The highest number that a code with the prefix has; 0 when none has it."""
    return int(await db.scalar(_NUMBERS, {"prefix": prefix}) or 0)


async def add_activity(db: AsyncConnection, code: str) -> int:
    """A new activity by its code; its key."""
    return int((await db.execute(_ADD, {"code": code})).scalar_one())


async def direction_named(db: AsyncConnection, area_id: int, name: str) -> int:
    """The area's direction of that name, made if it has none."""
    found = await db.execute(_DIRECTION, {"area_id": area_id, "name": name})
    return int(found.scalar_one())


async def new_draft(db: AsyncConnection, year: int) -> int:
    """An empty draft of the year's plan."""
    return int((await db.execute(_DRAFT, {"year": year})).scalar_one())


async def add_area(db: AsyncConnection, name: str) -> int | None:
    """A new focus area's key; None when there is one of that name."""
    return await db.scalar(_AREA, {"name": name})


async def follow_from_need(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Let those who registered, follow or support the need follow the activity it became."""
    await db.execute(_GO_ON_FOLLOWING, dict(values))
