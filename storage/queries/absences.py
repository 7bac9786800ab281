"""Who is away when, and who stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_ABSENCE = """
SELECT a.id, a.person_id, q.name AS person_name, a.starts_on, a.ends_on, a.deputy_id,
  d.name AS deputy_name, a.source
FROM absences a JOIN people q ON q.id = a.person_id LEFT JOIN people d ON d.id = a.deputy_id
"""
_ON = text(f"""
{_ABSENCE} WHERE a.taken_back_at IS NULL AND a.starts_on <= :day AND a.ends_on > :day
  AND a.person_id = ANY(CAST(:people AS bigint[]))
""")
_STOOD_IN_FOR = text("""
SELECT person_id FROM absences WHERE taken_back_at IS NULL AND starts_on <= :day AND ends_on > :day
  AND deputy_id = :deputy ORDER BY person_id
""")
_COMING = text(f"""
{_ABSENCE} WHERE a.taken_back_at IS NULL AND a.ends_on > :day AND a.person_id = :person
ORDER BY a.starts_on
""")
_TAKE_BACK_DURING = text("""
WITH hold AS (
  SELECT id FROM people WHERE id = :person FOR NO KEY UPDATE
)
UPDATE absences a SET taken_back_at = :now FROM hold
WHERE a.person_id = hold.id AND a.taken_back_at IS NULL
  AND daterange(a.starts_on, a.ends_on) && daterange(:starts_on, :ends_on)
RETURNING a.starts_on, a.ends_on, a.deputy_id, a.source
""")
_ADD = text("""
WITH noted AS (
  INSERT INTO absences (person_id, starts_on, ends_on, deputy_id, source, noted_by, noted_at)
  VALUES (:person, :starts_on, :ends_on, :deputy, :source, :by, :now) RETURNING id
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, CAST(:by AS bigint), CASE WHEN CAST(:by AS bigint) IS NULL THEN 'platform'
      ELSE 'person' END, 'note_absence', 'absence', id, '{starts_on,ends_on,deputy_id}',
    :platform FROM noted
)
SELECT id FROM noted
""")
_TAKE_BACK = text("""
WITH taken AS (
  UPDATE absences SET taken_back_at = :now
  WHERE id = :id AND person_id = :person AND taken_back_at IS NULL RETURNING id
), line AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :now, :person, 'person', 'take_back_absence', 'absence', id, '{taken_back_at}', :platform
  FROM taken
)
SELECT id FROM taken
""")

_BEHIND = text("""
SELECT a.person_id FROM accounts a
WHERE a.platform = :platform AND a.tenant = :tenant AND a.user_id = :user_id
  AND a.ended_at IS NULL FOR NO KEY UPDATE
""")
_STATUS_OVER = text("""
WITH over AS (
  UPDATE absences SET taken_back_at = :now
  WHERE person_id = :person AND source = 'status' AND taken_back_at IS NULL AND ends_on > :day
  RETURNING id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, NULL, 'platform', 'take_back_absence', 'absence', id, '{taken_back_at}', :platform
FROM over
""")


async def person_behind(db: AsyncConnection, key: Mapping[str, str]) -> int | None:
    """Whose account it is (platform, tenant, user_id), held until the transaction ends."""
    return await db.scalar(_BEHIND, dict(key))


async def status_is_over(
    db: AsyncConnection, person: int, day: date, *, now: datetime, platform: str
) -> None:
    """What a status in a chat said of absence holds no longer."""
    values = {"person": person, "day": day, "now": now, "platform": platform}
    await db.execute(_STATUS_OVER, values)


async def absences_on(
    db: AsyncConnection, people: Sequence[int], day: date
) -> Sequence[RowMapping]:
    """The absences of these people that hold on the day."""
    return (await db.execute(_ON, {"people": list(people), "day": day})).mappings().all()


async def stood_in_for(db: AsyncConnection, deputy: int, day: date) -> list[int]:
    """The people who are away on the day and whose deputy the person is."""
    return list(await db.scalars(_STOOD_IN_FOR, {"deputy": deputy, "day": day}))


async def absences_from(db: AsyncConnection, person: int, day: date) -> Sequence[RowMapping]:
    """A person's absences that are not over on the day, the first first."""
    return (await db.execute(_COMING, {"person": person, "day": day})).mappings().all()


@dataclass(frozen=True)
class Noted:
    """The key of an absence that was noted, and of the parts of others that hold beside it."""

    id: int
    kept: tuple[int, ...]


async def note_absence(
    db: AsyncConnection,
    person: int,
    *,
    starts_on: date,
    ends_on: date,
    deputy: int | None,
    source: str,
    by: int | None,
    now: datetime,
    platform: str,
) -> Noted:
    """Write that the person is away, in place of what was said before of those days.

    What was said of the days before and after them holds as it was.
    """
    values: dict[str, Any] = {"person": person, "starts_on": starts_on, "ends_on": ends_on}
    written = {"by": by, "now": now, "platform": platform}
    before = (await db.execute(_TAKE_BACK_DURING, values | {"now": now})).mappings().all()
    kept: list[int] = []
    for row in before:
        for first, back in ((row["starts_on"], starts_on), (ends_on, row["ends_on"])):
            if first < back:
                part = {"person": person, "starts_on": first, "ends_on": back, **written}
                part |= {"deputy": row["deputy_id"], "source": row["source"]}
                kept.append((await db.execute(_ADD, part)).scalar_one())
    added = values | written | {"deputy": deputy, "source": source}
    return Noted((await db.execute(_ADD, added)).scalar_one(), tuple(kept))


async def take_back_absence(
    db: AsyncConnection, absence_id: int, person: int, *, now: datetime, platform: str
) -> bool:
    """The person is not away after all. False: there is no such absence any more."""
    values = {"id": absence_id, "person": person, "now": now, "platform": platform}
    return (await db.execute(_TAKE_BACK, values)).one_or_none() is not None
