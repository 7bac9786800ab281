"""Needs and assignments as they were at a digest's cut-off, told by their dated steps."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection


def _last(column: str, which: str) -> str:
    """SQL for what the need's last such step said, up to the cut-off."""
    return f"""(
      SELECT {column} FROM need_steps t WHERE t.need_id = n.id AND t.taken_at <= :cut_off
        AND {which} ORDER BY t.id DESC LIMIT 1)"""


_PREPARED = "t.preparer_id IS NOT NULL"
_NEEDS = text(f"""
SELECT n.*, r.name AS registrant_name, p.name AS preparer_name
FROM (
  SELECT n.id, n.organisation_id, n.network_id, n.registered_by, n.registered_at,
    coalesce((SELECT t.changes #>> ARRAY['title', '0'] FROM need_steps t
      WHERE t.need_id = n.id AND t.kind = 'edited' AND t.taken_at > :cut_off
        AND jsonb_exists(t.changes, 'title') ORDER BY t.id LIMIT 1), n.title) AS title,
    coalesce({_last("t.to_stage", "t.kind IN ('moved', 'taken_back')")}, 'registered') AS stage,
    coalesce({_last("t.kind", "t.kind IN ('withdrawn', 'restored')")} = 'withdrawn', false)
      OR coalesce({_last("t.kind", "t.kind IN ('merged', 'parted')")} = 'merged', false) AS marked,
    {_last("t.preparer_id", _PREPARED)} AS preparer_id,
    {_last("t.prepare_by", _PREPARED)} AS prepare_by,
    (SELECT max(t.taken_at) FROM need_steps t
      WHERE t.need_id = n.id AND t.taken_at <= :cut_off) AS last_step_at
  FROM needs n WHERE n.registered_at <= :cut_off
) n
JOIN people r ON r.id = n.registered_by LEFT JOIN people p ON p.id = n.preparer_id
WHERE n.stage IN ('registered', 'preparing', 'reference_group', 'presidium', 'board')
  OR n.registered_at > :covers_from OR n.last_step_at > :covers_from
ORDER BY n.id
""")
_STEPS = text("""
SELECT t.*, q.name AS person_name, p.name AS preparer_name, p.email AS preparer_email,
  EXISTS (SELECT FROM need_steps x WHERE x.takes_back_id = t.id AND x.taken_at <= :cut_off)
    AS taken_back
FROM need_steps t JOIN people q ON q.id = t.person_id LEFT JOIN people p ON p.id = t.preparer_id
WHERE t.taken_at > :covers_from AND t.taken_at <= :cut_off
  AND t.kind NOT IN ('registered', 'edited')
ORDER BY t.id
""")
_ASSIGNMENTS = text("""
SELECT a.id, EXISTS (SELECT FROM assignment_steps s WHERE s.assignment_id = a.id
    AND s.kind = 'withdrawn' AND s.part_id IS NULL AND s.taken_at <= :cut_off) AS withdrawn
FROM assignments a
WHERE a.asked_at <= :cut_off
  AND (a.state NOT IN ('done', 'withdrawn') OR a.state_since > :cut_off)
ORDER BY a.due_on, a.id
""")
_PARTS = text("""
SELECT p.id, coalesce(last.to_state, 'asked') AS state, promised.hours,
  CASE WHEN EXISTS (SELECT FROM assignment_steps s WHERE s.part_id = p.id
    AND s.kind = 'date_agreed' AND s.taken_at > :cut_off) THEN NULL ELSE p.due_on END AS due_on
FROM assignment_parts p
LEFT JOIN LATERAL (SELECT s.to_state FROM assignment_steps s
  WHERE s.part_id = p.id AND s.to_state IS NOT NULL AND s.taken_at <= :cut_off
  ORDER BY s.id DESC LIMIT 1) last ON true
LEFT JOIN LATERAL (SELECT s.hours FROM assignment_steps s
  WHERE s.part_id = p.id AND s.kind IN ('accepted', 'date_agreed', 'edited')
    AND s.taken_at <= :cut_off ORDER BY s.id DESC LIMIT 1) promised ON true
WHERE p.assignment_id = ANY(:ids) AND (last.to_state IS NOT NULL OR EXISTS (
  SELECT FROM assignment_steps s WHERE s.part_id = p.handed_from_id AND s.kind = 'handed_over'
    AND s.taken_at <= :cut_off))
""")


async def needs_at(
    db: AsyncConnection, covers_from: datetime, cut_off: datetime
) -> Sequence[RowMapping]:
    """Needs on their way at the cut-off, and those to which something happened since the other.

    Each with its title, stage and preparer of that moment; `marked`: it was withdrawn or merged.
    """
    found = await db.execute(_NEEDS, {"covers_from": covers_from, "cut_off": cut_off})
    return found.mappings().all()


async def steps_between(
    db: AsyncConnection, covers_from: datetime, cut_off: datetime
) -> Sequence[RowMapping]:
    """Steps of needs in that time, oldest first; not their registering nor their editing."""
    found = await db.execute(_STEPS, {"covers_from": covers_from, "cut_off": cut_off})
    return found.mappings().all()


async def assignments_at(db: AsyncConnection, cut_off: datetime) -> Sequence[RowMapping]:
    """Keys of assignments that were not over at the cut-off, what was due first first."""
    return (await db.execute(_ASSIGNMENTS, {"cut_off": cut_off})).mappings().all()


async def parts_at(
    db: AsyncConnection, assignments: Sequence[int], cut_off: datetime
) -> Sequence[RowMapping]:
    """The parts that those assignments had at the cut-off, with state, hours and agreed day."""
    found = await db.execute(_PARTS, {"ids": list(assignments), "cut_off": cut_off})
    return found.mappings().all()
