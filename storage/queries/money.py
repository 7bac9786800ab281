"""What things have cost, what the year's resources are to cost, and which activities are done."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_DONE = text("SELECT activity_id FROM activity_standings WHERE status = 'done'")
_SPENT = text("""
SELECT c.activity_id, c.resource_id, sum(c.amount)::bigint AS amount
FROM actual_costs c
WHERE (CAST(:from_day AS date) IS NULL OR c.spent_on >= :from_day)
  AND (CAST(:to_day AS date) IS NULL OR c.spent_on <= :to_day)
  AND (CASE WHEN CAST(:known_at AS timestamptz) IS NULL THEN c.taken_away_at IS NULL
    ELSE c.entered_at <= :known_at
      AND (c.taken_away_at IS NULL OR c.taken_away_at > :known_at) END)
GROUP BY 1, 2
""")
_COSTS = """
SELECT c.*, p.name AS entered_by_name FROM actual_costs c JOIN people p ON p.id = c.entered_by
"""
_ONE = text(f"{_COSTS} WHERE c.id = :id")
_HOLD_ONE = text(f"{_COSTS} WHERE c.id = :id FOR UPDATE OF c")
_LISTED = text(f"""
{_COSTS} WHERE c.taken_away_at IS NULL
  AND (c.activity_id = :activity_id OR c.resource_id = :resource_id)
ORDER BY c.spent_on DESC, c.id DESC LIMIT :most OFFSET :skip
""")
_WITH_REFERENCE = text(f"""
{_COSTS} WHERE c.taken_away_at IS NULL AND lower(c.reference) = ANY(:references)
""")
_HOLD = {
    "activity_id": text("SELECT id FROM activities WHERE id = :id FOR UPDATE"),
    "resource_id": text("SELECT id FROM resource_costs WHERE id = :id FOR UPDATE"),
}
_OF_ONE = text("""
SELECT count(*) AS number, coalesce(sum(amount), 0)::bigint AS amount FROM actual_costs
WHERE taken_away_at IS NULL AND (activity_id = :activity_id OR resource_id = :resource_id)
""")
_AUDITED = """
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, CAST(:person_id AS bigint), :actor, :action, {thing}, id,
  CAST(:fields AS text[]), :source
FROM changed
"""
_ENTER = text(f"""
WITH changed AS (
  INSERT INTO actual_costs
    (activity_id, resource_id, spent_on, amount, name, reference, entered_by, entered_at)
  VALUES (:activity_id, :resource_id, :spent_on, :amount, :name, :reference, :entered_by, :now)
  ON CONFLICT (lower(reference)) WHERE taken_away_at IS NULL DO NOTHING RETURNING id
), audit AS ({_AUDITED.format(thing="'actual_cost'")})
SELECT id FROM changed
""")
_MARK = text(f"""
WITH changed AS (
  UPDATE actual_costs c SET taken_away_at = CAST(:taken_away_at AS timestamptz)
  WHERE c.id = :id AND NOT EXISTS (SELECT FROM actual_costs x WHERE x.id <> c.id
    AND x.taken_away_at IS NULL AND lower(x.reference) = lower(c.reference))
  RETURNING c.id
), audit AS ({_AUDITED.format(thing="'actual_cost'")})
SELECT id FROM changed
""")
_RESOURCES = text("""
SELECT * FROM resource_costs WHERE taken_away_at IS NULL AND year = :year ORDER BY lower(name), id
""")
_RESOURCE = text("SELECT * FROM resource_costs WHERE id = :id")
_ADD_RESOURCE = text(f"""
WITH changed AS (
  INSERT INTO resource_costs (year, name, amount, funded_by, entered_by, entered_at)
  VALUES (:year, :name, :amount, :funded_by, :person_id, :now)
  ON CONFLICT (year, lower(name)) WHERE taken_away_at IS NULL DO NOTHING RETURNING id
), audit AS ({_AUDITED.format(thing="'resource_cost'")})
SELECT id FROM changed
""")
_CHANGE_RESOURCE = text(f"""
WITH changed AS (
  UPDATE resource_costs r
  SET year = :year, name = :name, amount = :amount, funded_by = :funded_by
  WHERE r.id = :id AND NOT EXISTS (SELECT FROM resource_costs x WHERE x.id <> r.id
    AND x.taken_away_at IS NULL AND x.year = :year AND lower(x.name) = lower(:name))
  RETURNING r.id
), audit AS ({_AUDITED.format(thing="'resource_cost'")})
SELECT id FROM changed
""")
_MARK_RESOURCE = text(f"""
WITH changed AS (
  UPDATE resource_costs r SET taken_away_at = CAST(:taken_away_at AS timestamptz)
  WHERE r.id = :id AND NOT EXISTS (SELECT FROM resource_costs x WHERE x.id <> r.id
    AND x.taken_away_at IS NULL AND x.year = r.year AND lower(x.name) = lower(r.name))
  RETURNING r.id
), audit AS ({_AUDITED.format(thing="'resource_cost'")})
SELECT id FROM changed
""")


async def activities_by_code(db: AsyncConnection) -> dict[str, int]:
    """Every activity's key by its code."""
    found = await db.execute(text("SELECT code, id FROM activities"))
    return {row.code: row.id for row in found}


async def activities_done(db: AsyncConnection) -> list[int]:
    """Activities whose latest report that stands says that they are done."""
    return list((await db.execute(_DONE)).scalars())


async def spent_between(
    db: AsyncConnection,
    from_day: date | None = None,
    to_day: date | None = None,
    known_at: datetime | None = None,
) -> Sequence[RowMapping]:
    """What has been spent in those days, by activity and resource; as it was known at a moment."""
    values = {"from_day": from_day, "to_day": to_day, "known_at": known_at}
    return (await db.execute(_SPENT, values)).mappings().all()


async def one_cost(db: AsyncConnection, cost_id: int, *, hold: bool = False) -> RowMapping | None:
    """The cost, also one that was taken away; held until the transaction ends when asked."""
    found = await db.execute(_HOLD_ONE if hold else _ONE, {"id": cost_id})
    return found.mappings().one_or_none()


async def costs_of(
    db: AsyncConnection,
    *,
    activity_id: int | None = None,
    resource_id: int | None = None,
    most: int,
    skip: int = 0,
) -> Sequence[RowMapping]:
    """Costs of one activity or resource that count, the latest day first."""
    of = {"activity_id": activity_id, "resource_id": resource_id}
    found = await db.execute(_LISTED, {**of, "most": most, "skip": skip})
    return found.mappings().all()


async def costs_with_references(
    db: AsyncConnection, references: Sequence[str]
) -> Sequence[RowMapping]:
    """Costs that count and have one of those numbers in the accounts."""
    wanted = [each.lower() for each in references]
    return (await db.execute(_WITH_REFERENCE, {"references": wanted})).mappings().all()


async def hold_costs_of(
    db: AsyncConnection, *, activity_id: int | None, resource_id: int | None
) -> tuple[int, int]:
    """How many costs there are of one activity or resource, and their sum; nobody else can change
    them until the transaction ends."""
    of = {"activity_id": activity_id, "resource_id": resource_id}
    for name, key in of.items():
        if key is not None:
            await db.execute(_HOLD[name], {"id": key})
    row = (await db.execute(_OF_ONE, of)).one()
    return row.number, row.amount


async def enter_cost(db: AsyncConnection, values: Mapping[str, Any]) -> int | None:
    """Write a cost with its audit line; its key, or None when its number is there already.

    `values`: the columns, and `person_id`, `actor`, `action`, `fields`, `source`, `now`.
    """
    return await db.scalar(_ENTER, dict(values))


async def mark_cost(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Take a cost away, or put it back by `taken_away_at` None; False when another has its
    number."""
    return await db.scalar(_MARK, dict(values)) is not None


async def resources_of_year(db: AsyncConnection, year: int) -> Sequence[RowMapping]:
    """The year's resources, by name."""
    return (await db.execute(_RESOURCES, {"year": year})).mappings().all()


async def one_resource(db: AsyncConnection, resource_id: int) -> RowMapping | None:
    """The resource, also one that was taken away."""
    return (await db.execute(_RESOURCE, {"id": resource_id})).mappings().one_or_none()


async def write_resource(
    db: AsyncConnection, values: Mapping[str, Any], resource_id: int | None = None
) -> int | None:
    """Write a new resource, or change that one; its key, or None when the year has its name."""
    if resource_id is None:
        return await db.scalar(_ADD_RESOURCE, dict(values))
    return await db.scalar(_CHANGE_RESOURCE, {**values, "id": resource_id})


async def mark_resource(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Take a resource away, or put it back; False when another of the year has its name."""
    return await db.scalar(_MARK_RESOURCE, dict(values)) is not None
