"""Assignments as they stand: one, a page of them, their steps, and the hours they take."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_PARTS = """
(SELECT jsonb_agg(p ORDER BY p.id) FROM (
   SELECT p.id, p.person_id, q.name, q.email, p.organisation_id, p.state, p.state_since, p.hours,
     p.due_on, p.proposed_on, p.director_id, d.name AS director_name, d.email AS director_email,
     p.handed_from_id,
     coalesce((SELECT sum(s.hours) FROM assignment_steps s
       WHERE s.part_id = p.id AND s.kind IN ('progress', 'done')), 0) AS used,
     (SELECT s.reason FROM assignment_steps s
       WHERE s.part_id = p.id AND s.to_state = p.state AND s.reason IS NOT NULL
       ORDER BY s.id DESC LIMIT 1) AS reason
   FROM assignment_parts p JOIN people q ON q.id = p.person_id
   LEFT JOIN people d ON d.id = p.director_id
   WHERE p.assignment_id = a.id) p) AS parts
"""
_ASSIGNMENTS = f"""
SELECT a.*, r.name AS asker_name, r.email AS asker_email, {_PARTS}
FROM assignments a JOIN people r ON r.id = a.asked_by
"""
_DUE = """
coalesce((SELECT max(coalesce(p.due_on, a.due_on)) FROM assignment_parts p
  WHERE p.assignment_id = a.id AND p.state = 'accepted'), a.due_on)
"""
_OVER = "a.state IN ('done', 'withdrawn')"
_MEMBER = """
EXISTS (SELECT FROM memberships m WHERE m.body_id = a.network_id AND m.person_id = :{person}
  AND m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today))
"""
_DIRECTS = """
EXISTS (SELECT FROM memberships m
  JOIN bodies b ON b.id = m.body_id AND b.kind = 'municipal_directors'
  JOIN employments e ON e.person_id = m.person_id AND e.organisation_id = p.organisation_id
    AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)
  WHERE m.person_id = :waits_for
    AND m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today))
"""
_DECIDES = f"""
({_DIRECTS} OR (EXISTS (SELECT FROM post_holdings h
    JOIN posts o ON o.id = h.post_id AND o.kind = 'manager'
    WHERE h.person_id = :waits_for
      AND h.starts_on <= :today AND (h.ends_on IS NULL OR h.ends_on > :today))
  AND NOT EXISTS (SELECT FROM memberships m
    JOIN bodies b ON b.id = m.body_id AND b.kind = 'municipal_directors'
    JOIN employments e ON e.person_id = m.person_id AND e.organisation_id = p.organisation_id
      AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)
    WHERE m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today))))
"""
_FITS = f"""
WHERE (CAST(:person AS bigint) IS NULL OR EXISTS (SELECT FROM assignment_parts p
    WHERE p.assignment_id = a.id AND p.person_id = :person
      AND p.state IN ('asked', 'priority', 'proposed', 'accepted', 'done')))
  AND (CAST(:municipality AS bigint) IS NULL OR a.organisation_id = :municipality
    OR EXISTS (SELECT FROM assignment_parts p WHERE p.assignment_id = a.id
      AND p.organisation_id = :municipality AND p.state NOT IN ('handed_over', 'withdrawn')))
  AND (CAST(:asked_by AS bigint) IS NULL OR a.asked_by = :asked_by)
  AND (CAST(:activity_id AS bigint) IS NULL OR a.activity_id = :activity_id)
  AND (CAST(:need_id AS bigint) IS NULL OR a.need_id = :need_id)
  AND (cardinality(CAST(:states AS text[])) = 0 OR a.state = ANY(:states))
  AND (CAST(:late_on AS date) IS NULL OR (NOT {_OVER} AND {_DUE} < :late_on))
  AND (CAST(:waits_for AS bigint) IS NULL OR (a.state IN ('open', 'unresourced', 'taken') AND (
    EXISTS (SELECT FROM assignment_parts p WHERE p.assignment_id = a.id AND a.state <> 'taken'
      AND ((p.state = 'asked' AND CASE
          WHEN a.organisation_id = p.organisation_id AND p.handed_from_id IS NULL THEN {_DIRECTS}
          ELSE p.person_id = :waits_for END)
        OR (p.state = 'priority' AND {_DECIDES})
        OR (p.state = 'proposed' AND a.asked_by = :waits_for))))))
  AND (CAST(:open_to AS bigint) IS NULL OR (a.state IN ('open', 'unresourced')
    AND {_MEMBER.format(person="open_to")}
    AND NOT EXISTS (SELECT FROM assignment_parts p
      WHERE p.assignment_id = a.id AND p.person_id = :open_to)))
"""
_ONE = text(f"{_ASSIGNMENTS} WHERE a.id = :id")
_SOME = text(f"{_ASSIGNMENTS} WHERE a.id = ANY(:ids)")
_LISTED = text(
    f"{_ASSIGNMENTS} {_FITS} ORDER BY {_OVER}, "
    f"CASE WHEN {_OVER} THEN NULL ELSE {_DUE} END, a.id DESC LIMIT :most OFFSET :skip"
)
_COUNTED = text(f"SELECT count(*) FROM assignments a {_FITS}")
_LACKING = text(f"""
{_ASSIGNMENTS} WHERE a.state = 'unresourced'
  OR (a.state = 'open' AND a.network_id IS NOT NULL AND a.due_on < :today)
ORDER BY a.due_on, a.id
""")
_STEPS = text("""
SELECT s.*, q.name AS person_name, o.name AS other_name, o.email AS other_email
FROM assignment_steps s JOIN people q ON q.id = s.person_id
LEFT JOIN people o ON o.id = s.other_person_id
WHERE s.assignment_id = :id ORDER BY s.id DESC LIMIT :most OFFSET :skip
""")
_HOURS = text("""
SELECT p.organisation_id, coalesce(a.activity_id, n.activity_id) AS activity_id,
  sum(CASE WHEN p.state IN ('handed_over', 'withdrawn') OR p.again THEN 0
    ELSE ceil(coalesce(a.hours, 0)::numeric / a.wanted) END)::int AS asked,
  sum(CASE WHEN p.state IN ('accepted', 'done') THEN coalesce(p.hours, 0) ELSE 0 END)::int
    AS promised,
  sum(coalesce((SELECT sum(s.hours) FROM assignment_steps s
    WHERE s.part_id = p.id AND s.kind IN ('progress', 'done')), 0))::int AS used
FROM (SELECT p.*, EXISTS (SELECT FROM assignment_parts x WHERE x.assignment_id = p.assignment_id
    AND x.person_id = p.person_id AND x.id > p.id) AS again
  FROM assignment_parts p) p
JOIN assignments a ON a.id = p.assignment_id LEFT JOIN needs n ON n.id = a.need_id
WHERE (CAST(:activity_id AS bigint) IS NULL
    OR coalesce(a.activity_id, n.activity_id) = :activity_id)
  AND (CAST(:municipality AS bigint) IS NULL OR p.organisation_id = :municipality)
GROUP BY 1, 2 ORDER BY 2 NULLS LAST, 1 NULLS LAST
""")


async def one_assignment(db: AsyncConnection, assignment_id: int) -> RowMapping | None:
    """The assignment with that number, with its parts."""
    return (await db.execute(_ONE, {"id": assignment_id})).mappings().one_or_none()


async def some_assignments(db: AsyncConnection, ids: Sequence[int]) -> Sequence[RowMapping]:
    """Those with the numbers, with their parts, in no order."""
    return (await db.execute(_SOME, {"ids": list(ids)})).mappings().all()


async def assignments_that_fit(
    db: AsyncConnection, wanted: Mapping[str, Any], most: int, skip: int
) -> tuple[Sequence[RowMapping], int]:
    """A page of those that fit, what is due first first and what is over last, and how many fit."""
    total = int(await db.scalar(_COUNTED, dict(wanted)) or 0)
    if not total:
        return (), 0
    found = await db.execute(_LISTED, {**wanted, "most": most, "skip": skip})
    return found.mappings().all(), total


async def assignments_nobody_has_time_for(db: AsyncConnection, today: Any) -> Sequence[RowMapping]:
    """Those without resources, and those of a network whose day passed before enough took them."""
    return (await db.execute(_LACKING, {"today": today})).mappings().all()


async def history_of_assignment(
    db: AsyncConnection, assignment_id: int, most: int, skip: int
) -> Sequence[RowMapping]:
    """Its steps, newest first."""
    found = await db.execute(_STEPS, {"id": assignment_id, "most": most, "skip": skip})
    return found.mappings().all()


async def hours_by_organisation_and_activity(
    db: AsyncConnection, activity_id: int | None, municipality: int | None
) -> Sequence[RowMapping]:
    """Hours asked, promised and used of each organisation's people for each activity."""
    values = {"activity_id": activity_id, "municipality": municipality}
    return (await db.execute(_HOURS, values)).mappings().all()
