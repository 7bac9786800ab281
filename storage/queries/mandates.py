"""Mandates: who holds one in a municipality, and giving and ending one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_MANDATE = """
SELECT m.id, m.organisation_id, m.kind, m.starts_on, m.ends_on, m.given_by, m.person_id,
  q.name, q.email
FROM mandates m JOIN people q ON q.id = m.person_id
"""
_NOT_OVER = text(f"""
{_MANDATE}
WHERE m.organisation_id = :organisation_id
  AND (m.ends_on IS NULL OR m.ends_on > greatest(m.starts_on, CAST(:day AS date)))
ORDER BY m.kind, m.starts_on, q.name, m.id
""")
_ONE = text(f"{_MANDATE} WHERE m.id = :id")
_OVERLAPPING = text(f"""
{_MANDATE}
WHERE m.organisation_id = :organisation_id AND m.person_id = :person_id AND m.kind = ANY(:kinds)
  AND daterange(m.starts_on, m.ends_on) && daterange(:starts_on, :ends_on)
ORDER BY m.starts_on, m.id LIMIT 1
""")
_HOLD_MUNICIPALITY = text("SELECT id FROM organisations WHERE id = :id FOR NO KEY UPDATE")
_HOLD_ONE = text(f"{_MANDATE} WHERE m.id = :id FOR NO KEY UPDATE OF m")
_EMPLOYED = text("""
SELECT q.id, q.name, q.email FROM people q
WHERE q.id = :person_id AND EXISTS (SELECT FROM employments e WHERE e.person_id = q.id
  AND e.organisation_id = :organisation_id AND e.starts_on <= :day
  AND (e.ends_on IS NULL OR e.ends_on > :day))
""")
_COLLEAGUES = text("""
SELECT DISTINCT q.id, q.name, q.email FROM people q
JOIN employments e ON e.person_id = q.id AND e.organisation_id = :organisation_id
  AND e.starts_on <= :day AND (e.ends_on IS NULL OR e.ends_on > :day)
WHERE q.name ILIKE :pattern OR q.email ILIKE :pattern
ORDER BY q.name, q.id LIMIT :most
""")
_AUDIT = """
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :by, 'person', '{action}', 'mandate', id, ARRAY[{fields}], :platform FROM done
"""
_GIVE = text(f"""
WITH done AS (
  INSERT INTO mandates (person_id, organisation_id, kind, starts_on, ends_on, given_by)
  VALUES (:person_id, :organisation_id, :kind, :starts_on, :ends_on, :given_by) RETURNING id
), audit AS (
  {_AUDIT.format(action="give", fields="'person_id', 'starts_on', 'ends_on'")}
)
SELECT id FROM done
""")
_END = text(f"""
WITH done AS (
  UPDATE mandates SET ends_on = greatest(starts_on, CAST(:day AS date)) WHERE id = :id
  RETURNING id
), audit AS (
  {_AUDIT.format(action="end", fields="'ends_on'")}
)
SELECT id FROM done
""")


async def mandates_not_over(
    db: AsyncConnection, organisation_id: int, day: date
) -> Sequence[RowMapping]:
    """The municipality's mandates that hold on the day or are to come."""
    values = {"organisation_id": organisation_id, "day": day}
    return (await db.execute(_NOT_OVER, values)).mappings().all()


async def mandate_by_id(db: AsyncConnection, mandate_id: int) -> RowMapping | None:
    """The mandate with that key, also one that is over."""
    return (await db.execute(_ONE, {"id": mandate_id})).mappings().one_or_none()


async def hold_mandate(db: AsyncConnection, mandate_id: int) -> RowMapping | None:
    """The same, held until the transaction ends."""
    return (await db.execute(_HOLD_ONE, {"id": mandate_id})).mappings().one_or_none()


async def hold_municipality(db: AsyncConnection, organisation_id: int) -> None:
    """Let nobody else give a mandate there until the transaction ends."""
    await db.execute(_HOLD_MUNICIPALITY, {"id": organisation_id})


async def mandate_overlapping(db: AsyncConnection, values: Mapping[str, Any]) -> RowMapping | None:
    """One that the person has in the municipality within the days, of one of the kinds.

    `values`: person_id, organisation_id, kinds, starts_on, ends_on (the first day without).
    """
    return (await db.execute(_OVERLAPPING, values)).mappings().one_or_none()


async def employed_on(
    db: AsyncConnection, person_id: int, organisation_id: int, day: date
) -> RowMapping | None:
    """The person, if the organisation employs them on the day."""
    values = {"person_id": person_id, "organisation_id": organisation_id, "day": day}
    return (await db.execute(_EMPLOYED, values)).mappings().one_or_none()


async def employees_like(
    db: AsyncConnection, words: str, organisation_id: int, day: date, most: int = 20
) -> Sequence[RowMapping]:
    """People whom the organisation employs on the day, by name or address."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {
        "pattern": f"%{escaped}%",
        "organisation_id": organisation_id,
        "day": day,
        "most": most,
    }
    return (await db.execute(_COLLEAGUES, values)).mappings().all()


async def give_mandate(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write a mandate with its audit line; its key.

    `values`: person_id, organisation_id, kind, starts_on, ends_on, given_by; by, now, platform.
    """
    return int((await db.execute(_GIVE, values)).scalar_one())


async def end_mandate(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """End it on `day`, one to come on the day it would have begun. `values`: id, day; by, now,
    platform."""
    await db.execute(_END, values)
