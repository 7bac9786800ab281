"""What answers about needs, assignments, applications, meetings and decisions look up: lean rows
of all that fits, from which a page is chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.needs import with_ancestors

_LIVE = "num_nonnulls(n.withdrawn_at, n.merged_into_id) = 0"
_OF_MUNICIPALITIES = with_ancestors("""
SELECT id FROM needs WHERE organisation_id = ANY(:municipalities)
UNION SELECT need_id FROM need_municipalities WHERE organisation_id = ANY(:municipalities)
UNION SELECT need_id FROM need_supports
  WHERE organisation_id = ANY(:municipalities) AND withdrawn_at IS NULL
""")
_REGISTERED_BY = with_ancestors("SELECT id FROM needs WHERE registered_by = ANY(:people)")
_PEOPLE = text("SELECT id, name, email FROM people WHERE email = ANY(:emails) ORDER BY name, id")
_NEEDS = text(f"""
SELECT n.id, n.title, n.stage, n.stage_since, n.registered_at, n.decided_on, n.organisation_id,
  n.activity_id, n.prepare_by,
  (SELECT array_agg(m.organisation_id) FROM need_municipalities m WHERE m.need_id = n.id)
    AS municipalities,
  n.stage IN ('registered', 'preparing', 'reference_group', 'presidium', 'board')
    AND NOT EXISTS (SELECT FROM need_steps t
      WHERE t.need_id = n.id AND t.taken_at > :still_since) AS still
FROM needs n
WHERE {_LIVE}
  AND (cardinality(CAST(:stages AS text[])) = 0 OR n.stage = ANY(:stages))
  AND (CAST(:areas AS bigint[]) IS NULL OR n.focus_area_id = ANY(:areas))
  AND (CAST(:networks AS bigint[]) IS NULL OR n.network_id = ANY(:networks))
  AND (CAST(:activities AS bigint[]) IS NULL OR n.activity_id = ANY(:activities))
  AND (CAST(:municipalities AS bigint[]) IS NULL OR n.id IN ({_OF_MUNICIPALITIES}))
  AND (CAST(:people AS bigint[]) IS NULL OR n.preparer_id = ANY(:people)
    OR n.id IN ({_REGISTERED_BY}))
ORDER BY n.stage_since, n.id
""")
_STATE = """
(CASE WHEN a.state = 'open' AND a.network_id IS NOT NULL AND a.due_on < :today
  THEN 'unresourced' ELSE a.state END)
"""
_ASSIGNMENTS = text(f"""
SELECT a.id, a.title, a.activity_id, a.need_id, a.organisation_id, a.asked_at, a.state_since,
  coalesce(parts.due_on, a.due_on) AS due_on,
  a.state IN ('open', 'taken', 'unresourced') AND coalesce(parts.due_on, a.due_on) < :today
    AS late,
  {_STATE} AS state,
  a.state IN ('open', 'unresourced') AND coalesce(parts.room, false) AS room,
  parts.employers
FROM assignments a LEFT JOIN needs n ON n.id = a.need_id
CROSS JOIN LATERAL (
  SELECT max(coalesce(p.due_on, a.due_on)) FILTER (WHERE p.state = 'accepted') AS due_on,
    bool_or(p.state = 'priority') AS room,
    array_agg(p.organisation_id) FILTER (WHERE p.state IN
      ('asked', 'priority', 'proposed', 'accepted', 'done')) AS employers
  FROM assignment_parts p WHERE p.assignment_id = a.id) parts
WHERE a.state <> 'withdrawn' AND (:done OR a.state <> 'done')
  AND (NOT :undecided OR {_STATE} = 'unresourced'
    OR (a.state IN ('open', 'unresourced') AND parts.room))
  AND (CAST(:activities AS bigint[]) IS NULL OR a.activity_id = ANY(:activities)
    OR n.activity_id = ANY(:activities) OR n.focus_area_id = ANY(CAST(:areas AS bigint[])))
  AND (CAST(:networks AS bigint[]) IS NULL OR a.network_id = ANY(:networks)
    OR a.activity_id = ANY(CAST(:of_networks AS bigint[])) OR n.network_id = ANY(:networks))
  AND (CAST(:municipalities AS bigint[]) IS NULL OR a.organisation_id = ANY(:municipalities)
    OR EXISTS (SELECT FROM assignment_parts p WHERE p.assignment_id = a.id
      AND p.organisation_id = ANY(:municipalities)
      AND p.state NOT IN ('handed_over', 'withdrawn')))
  AND (CAST(:people AS bigint[]) IS NULL OR EXISTS (SELECT FROM assignment_parts p
    WHERE p.assignment_id = a.id AND p.person_id = ANY(:people)
      AND p.state IN ('asked', 'priority', 'proposed', 'accepted', 'done')))
ORDER BY a.state = 'done', due_on, a.id DESC
""")
_APPLICATIONS = text("""
SELECT a.id, a.fund, a.activity_id, c.code, a.state, a.state_since, a.registered_at,
  coalesce(a.granted, a.amount) AS worth, a.last_day, a.expected_on, a.applied_on, a.answered_on,
  (SELECT array_agg(f.due_on ORDER BY f.due_on) FROM funder_reports f
    WHERE f.application_id = a.id AND f.sent_on IS NULL) AS unsent
FROM applications a JOIN activities c ON c.id = a.activity_id
WHERE a.state <> 'withdrawn'
  AND (CAST(:activities AS bigint[]) IS NULL OR a.activity_id = ANY(:activities))
  AND (CAST(:people AS bigint[]) IS NULL OR a.writer_id = ANY(:people)
    OR a.activity_id = ANY(CAST(:of_people AS bigint[])))
ORDER BY a.id DESC
""")
_MEETINGS = text("""
SELECT m.id, m.body_id, b.kind AS body, b.name AS body_name, m.title, m.held_on, m.starts_at,
  m.ends_at, m.place, m.documents_due_on, m.kind, r.id AS report_id, r.state AS report_state
FROM meetings m LEFT JOIN bodies b ON b.id = m.body_id
LEFT JOIN meeting_reports r ON r.meeting_id = m.id AND r.state <> 'dropped'
WHERE NOT m.cancelled AND m.held_on BETWEEN :first AND :last
ORDER BY m.held_on, m.starts_at NULLS LAST, m.id
""")
_SEATS = text("""
SELECT DISTINCT x.body_id FROM memberships x WHERE x.person_id = ANY(:people)
  AND x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)
""")
_POLLS = text("""
SELECT p.id, p.title, p.kind, p.state, p.state_since, p.closes_at, p.activity_id, p.need_id,
  b.kind AS decider
FROM polls p LEFT JOIN bodies b ON b.id = p.decider_id LEFT JOIN needs n ON n.id = p.need_id
WHERE p.kind = ANY(CAST(:kinds AS text[])) AND p.binding AND (p.state = 'closed' OR p.state = 'open'
    AND p.decider_id IS NOT NULL)
  AND NOT EXISTS (SELECT FROM poll_decisions d WHERE d.poll_id = p.id)
  AND (CAST(:activities AS bigint[]) IS NULL OR p.activity_id = ANY(:activities)
    OR n.activity_id = ANY(:activities) OR n.focus_area_id = ANY(CAST(:areas AS bigint[])))
ORDER BY p.closes_at, p.id
""")


def _values(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The values with long lists of keys as text, which is bound many times faster."""
    return {
        name: "{" + ",".join(map(str, cast("list[object]", each))) + "}"
        if isinstance(each, list)
        else each
        for name, each in wanted.items()
    }


async def people_at(db: AsyncConnection, emails: Sequence[str]) -> Sequence[RowMapping]:
    """Key, name and address of those who have the addresses, by name."""
    return (await db.execute(_PEOPLE, {"emails": list(emails)})).mappings().all()


async def needs_found(db: AsyncConnection, wanted: Mapping[str, Any]) -> Sequence[RowMapping]:
    """Every live need that fits, the one that has been longest at its stage first.

    `still`: it is on its way and nothing has happened to it since `still_since`.
    """
    return (await db.execute(_NEEDS, _values(wanted))).mappings().all()


async def assignments_found(db: AsyncConnection, wanted: Mapping[str, Any]) -> Sequence[RowMapping]:
    """Every assignment that fits and was not withdrawn, what is due first first, done ones last.

    `due_on` and `late` by the days that were agreed; `state` as it stands today; `room`: a
    municipal director has to make room for it. `undecided`: only those and what nobody has time
    for.
    """
    return (await db.execute(_ASSIGNMENTS, _values(wanted))).mappings().all()


async def applications_found(
    db: AsyncConnection, wanted: Mapping[str, Any]
) -> Sequence[RowMapping]:
    """Every application that fits and was not withdrawn, the newest first."""
    return (await db.execute(_APPLICATIONS, _values(wanted))).mappings().all()


async def meetings_between(db: AsyncConnection, first: date, last: date) -> Sequence[RowMapping]:
    """Meetings of bodies and joint days, in order of time, with the status report to each."""
    found = await db.execute(_MEETINGS, {"first": first, "last": last})
    return found.mappings().all()


async def bodies_of_people(
    db: AsyncConnection, people: Sequence[int], today: date
) -> frozenset[int]:
    """The bodies that any of them sits in on the day."""
    return frozenset(await db.scalars(_SEATS, {"people": list(people), "today": today}))


async def polls_to_decide_on(
    db: AsyncConnection, wanted: Mapping[str, Any]
) -> Sequence[RowMapping]:
    """Formal polls that are closed with no decision recorded, and open ones that a body decides on.

    Nothing of what was answered.
    """
    return (await db.execute(_POLLS, _values(wanted))).mappings().all()
