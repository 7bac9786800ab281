"""What hangs on people, and who has left: role, seat, employment or account ended."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.people import PERSON_COLUMNS

_ON = "x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)"

IN_FORCE = """
(w.adopted_on IS NULL OR w.id = (SELECT y.id FROM plan_versions y
  JOIN activity_values z ON z.plan_version_id = y.id
  WHERE z.activity_id = v.activity_id AND y.adopted_on IS NOT NULL
  ORDER BY y.adopted_on DESC, y.id DESC LIMIT 1))
"""
"""That values `v` of a plan version `w` are the draft's, or the latest adopted ones."""

_GOES_ON = "v.ended_on IS NULL AND v.ends_on >= :today"
_THING = """
 '{kind}' AS kind, {rank} AS rank, {key} AS key, {title} AS title, {code} AS code,
 {due_on} AS due_on, {municipality} AS municipality, {network} AS network,
 {assignment} AS assignment, {state} AS state, {person} AS person_id
"""


def _thing(kind: str, rank: int, person: str, key: str, **columns: str) -> str:
    empty = {
        "title": "''",
        "code": "NULL::text",
        "due_on": "NULL::date",
        "municipality": "NULL::bigint",
        "network": "NULL::bigint",
        "assignment": "NULL::bigint",
        "state": "NULL::text",
    }
    return _THING.format(kind=kind, rank=rank, key=key, person=person, **{**empty, **columns})


_HANGING = f"""
SELECT DISTINCT ON (a.id, v.responsible_id)
{
    _thing(
        "activity",
        1,
        "v.responsible_id",
        "a.id",
        title="v.title",
        code="a.code",
        network="v.network_id",
    )
}
FROM activities a JOIN activity_values v ON v.activity_id = a.id
JOIN plan_versions w ON w.id = v.plan_version_id AND {IN_FORCE}
WHERE {_GOES_ON}
UNION ALL
SELECT DISTINCT ON (m.id, s.responsible_id)
{
    _thing(
        "milestone",
        2,
        "s.responsible_id",
        "m.id",
        title="m.title",
        code="a.code",
        due_on="s.due_on",
    )
}
FROM planned_milestones s JOIN milestones m ON m.id = s.milestone_id
JOIN activity_values v ON v.id = s.activity_values_id
JOIN activities a ON a.id = v.activity_id
JOIN plan_versions w ON w.id = v.plan_version_id AND {IN_FORCE}
WHERE {_GOES_ON} AND coalesce((SELECT c.kind FROM milestone_changes c
  WHERE c.milestone_id = m.id AND c.kind <> 'moved' ORDER BY c.id DESC LIMIT 1), '') <> 'reached'
UNION ALL
SELECT {
    _thing(
        "mandate",
        3,
        "m.person_id",
        "m.id",
        title="m.kind",
        municipality="m.organisation_id",
        state="CASE WHEN m.ends_on <= :today THEN 'ended' ELSE 'held' END",
    )
}
FROM mandates m WHERE m.ends_on IS NULL OR m.ends_on > :today OR NOT EXISTS (
  SELECT FROM mandates y WHERE y.organisation_id = m.organisation_id AND y.kind = m.kind
    AND y.id <> m.id AND (y.ends_on IS NULL OR y.ends_on > :today
      OR (y.ends_on, y.id) > (m.ends_on, m.id)))
UNION ALL
SELECT {
    _thing(
        "part",
        4,
        "p.person_id",
        "p.id",
        title="a.title",
        due_on="coalesce(p.due_on, a.due_on)",
        network="a.network_id",
        municipality="CASE WHEN a.organisation_id IS NOT NULL THEN p.organisation_id END",
        assignment="a.id",
        state="p.state",
    )
}
FROM assignment_parts p JOIN assignments a ON a.id = p.assignment_id
WHERE p.state IN ('asked', 'priority', 'proposed', 'accepted')
  AND (a.state IN ('open', 'unresourced') OR (a.state = 'taken' AND p.state = 'accepted'))
UNION ALL
SELECT {
    _thing("asked", 5, "a.asked_by", "a.id", title="a.title", due_on="a.due_on", assignment="a.id")
}
FROM assignments a WHERE a.state IN ('open', 'taken', 'unresourced')
UNION ALL
SELECT {_thing("need", 6, "n.preparer_id", "n.id", title="n.title", due_on="n.prepare_by")}
FROM needs n WHERE n.withdrawn_at IS NULL AND n.merged_into_id IS NULL
  AND n.stage IN ('preparing', 'reference_group', 'presidium', 'board', 'resting')
UNION ALL
SELECT {
    _thing(
        "application",
        7,
        "a.writer_id",
        "a.id",
        title="a.fund",
        code="c.code",
        due_on='''CASE a.state WHEN 'planned' THEN a.last_day WHEN 'applied' THEN a.expected_on
          ELSE r.due_on END''',
    )
}
FROM applications a JOIN activities c ON c.id = a.activity_id
LEFT JOIN LATERAL (SELECT min(f.due_on) AS due_on FROM funder_reports f
  WHERE f.application_id = a.id AND f.sent_on IS NULL) r ON true
WHERE a.state IN ('planned', 'applied') OR (a.state = 'granted' AND r.due_on IS NOT NULL)
"""
"""Everything that waits for somebody on the day `:today`, by `person_id`."""

_OF_PERSON = text(f"""
SELECT * FROM ({_HANGING}) h WHERE h.person_id = :person
ORDER BY rank, due_on NULLS FIRST, code, key
""")

_ENDED = """
SELECT x.person_id, 'employment' AS sort, x.ends_on AS on_day, o.name AS what, 1 AS rank
FROM employments x JOIN organisations o ON o.id = x.organisation_id
WHERE x.ends_on <= :today AND NOT EXISTS (SELECT FROM employments y
  WHERE y.person_id = x.person_id AND y.organisation_id = x.organisation_id
    AND y.starts_on <= :today AND (y.ends_on IS NULL OR y.ends_on > :today))
UNION ALL
SELECT x.person_id, 'post', x.ends_on, o.kind, 2
FROM post_holdings x JOIN posts o ON o.id = x.post_id
WHERE x.ends_on <= :today AND NOT EXISTS (SELECT FROM post_holdings y
  WHERE y.person_id = x.person_id AND y.post_id = x.post_id
    AND y.starts_on <= :today AND (y.ends_on IS NULL OR y.ends_on > :today))
UNION ALL
SELECT x.person_id, 'role', x.ends_on, x.role, 3 FROM roles x
WHERE x.role = 'staff' AND x.ends_on <= :today AND NOT EXISTS (SELECT FROM roles y
  WHERE y.person_id = x.person_id AND y.role = x.role
    AND y.starts_on <= :today AND (y.ends_on IS NULL OR y.ends_on > :today))
UNION ALL
SELECT x.person_id, 'seat', x.ends_on, b.name, 4
FROM memberships x JOIN bodies b ON b.id = x.body_id
WHERE x.ends_on <= :today AND b.kind IN ('network', 'municipal_directors')
  AND NOT EXISTS (SELECT FROM memberships y WHERE y.person_id = x.person_id
    AND y.body_id = x.body_id
    AND y.starts_on <= :today AND (y.ends_on IS NULL OR y.ends_on > :today))
  AND NOT EXISTS (SELECT FROM roles y WHERE y.person_id = x.person_id AND y.role = 'staff'
    AND y.starts_on <= :today AND (y.ends_on IS NULL OR y.ends_on > :today))
  AND EXISTS (SELECT FROM hanging h WHERE h.person_id = x.person_id
    AND (h.network = b.id OR (b.kind = 'municipal_directors' AND h.kind IN ('mandate', 'part'))))
UNION ALL
SELECT x.person_id, 'account',
  CAST(max(x.ended_at) AT TIME ZONE 'Europe/Stockholm' AS date), '', 5
FROM accounts x WHERE x.platform <> 'web'
GROUP BY x.person_id HAVING bool_and(x.ended_at IS NOT NULL AND x.ended_at <= :now)
"""
"""What has ended and holds no longer for the person, when something of theirs may stand on it."""

_GONE = f"""
(e.sort = 'employment' AND NOT EXISTS (
  SELECT FROM employments x WHERE x.person_id = e.person_id AND {_ON}))
"""
_LEAVERS = text(f"""
WITH hanging AS (SELECT person_id, kind, network FROM ({_HANGING}) h), ended AS ({_ENDED}),
leavers AS (
  SELECT DISTINCT ON (e.person_id) e.person_id, e.sort, e.on_day, e.what, {_GONE} AS gone
  FROM ended e WHERE e.person_id IN (SELECT person_id FROM hanging)
  ORDER BY e.person_id, gone DESC, e.on_day DESC, e.rank
)
SELECT l.*, p.name, p.email FROM leavers l JOIN people p ON p.id = l.person_id
WHERE l.gone OR l.on_day > :recent
ORDER BY l.on_day DESC, p.name, p.id
""")
_FOUND = text(f"""
SELECT p.id, p.name, p.email, coalesce((SELECT string_agg(o.name, ', ' ORDER BY o.name)
    FROM employments x JOIN organisations o ON o.id = x.organisation_id
    WHERE x.person_id = p.id AND {_ON}), '') AS organisation
FROM people p WHERE p.name ILIKE :pattern OR p.email ILIKE :pattern
ORDER BY p.name, p.id LIMIT :most
""")
_PERSON = text(f"SELECT {PERSON_COLUMNS} FROM people p WHERE p.id = :id")
_HOLD = text("SELECT id FROM people WHERE id = :person FOR NO KEY UPDATE")

_LINE = """
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT DISTINCT CAST(:now AS timestamptz), CAST(:by AS bigint), 'person', 'handed_over', '{thing}',
  id, ARRAY['{field}'], :platform FROM done
"""
_ACTIVITY = text(f"""
WITH done AS (
  UPDATE activity_values v SET responsible_id = :to FROM plan_versions w
  WHERE v.activity_id = :key AND v.responsible_id = :person
    AND w.id = v.plan_version_id AND {IN_FORCE}
  RETURNING v.activity_id AS id)
{_LINE.format(thing="activity", field="responsible_id")}
""")
_MILESTONE = text(f"""
WITH done AS (
  UPDATE planned_milestones s SET responsible_id = :to
  FROM activity_values v JOIN plan_versions w ON w.id = v.plan_version_id
  WHERE s.milestone_id = :key AND s.responsible_id = :person
    AND v.id = s.activity_values_id AND {IN_FORCE}
  RETURNING s.milestone_id AS id)
{_LINE.format(thing="milestone", field="responsible_id")}
""")
_MANDATE = text(f"""
WITH old AS (
  SELECT * FROM mandates WHERE id = :key AND person_id = :person
), held AS (
  SELECT m.id FROM mandates m JOIN old USING (organisation_id, kind)
  WHERE m.person_id = :to AND (m.ends_on IS NULL OR m.ends_on > :today)
), ended AS (
  UPDATE mandates m SET ends_on = greatest(m.starts_on, :today) FROM old
  WHERE m.id = old.id AND (m.ends_on IS NULL OR m.ends_on > :today)
), begun AS (
  INSERT INTO mandates (person_id, organisation_id, kind, starts_on, ends_on, given_by)
  SELECT :to, organisation_id, kind, greatest(starts_on, :today),
    CASE WHEN ends_on > :today THEN ends_on END, :given_by
  FROM old WHERE NOT EXISTS (SELECT FROM held)
  RETURNING id
), done AS (
  SELECT id FROM old UNION SELECT id FROM begun
), line AS (
{_LINE.format(thing="mandate", field="person_id")}
)
SELECT id FROM begun UNION ALL SELECT id FROM held LIMIT 1
""")


async def things_of(db: AsyncConnection, person: int, today: date) -> Sequence[RowMapping]:
    """All that waits for the person: activities, milestones, mandates, assignments, needs,
    applications."""
    found = await db.execute(_OF_PERSON, {"person": person, "today": today})
    return found.mappings().all()


async def leavers_on(
    db: AsyncConnection, today: date, now: datetime, recent: date
) -> Sequence[RowMapping]:
    """People on whom something hangs and who work nowhere, or for whom something that it may stand
    on has ended after `recent`: each with what ended last. `gone`: they work nowhere."""
    found = await db.execute(_LEAVERS, {"today": today, "now": now, "recent": recent})
    return found.mappings().all()


async def anybody_like(
    db: AsyncConnection, words: str, today: date, most: int
) -> Sequence[RowMapping]:
    """People by name or address, also those who work nowhere any more."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"pattern": f"%{escaped}%", "today": today, "most": most}
    return (await db.execute(_FOUND, values)).mappings().all()


async def person_on(db: AsyncConnection, person: int, today: date) -> RowMapping | None:
    """The person with that key, as they are on the day."""
    found = await db.execute(_PERSON, {"id": person, "today": today})
    return found.mappings().one_or_none()


async def hold_what_hangs_on(db: AsyncConnection, person: int) -> None:
    """Let nobody else hand over what hangs on the person until the transaction ends."""
    await db.execute(_HOLD, {"person": person})


async def hand_over_activity(db: AsyncConnection, **values: object) -> None:
    """Let somebody else answer for the activity, in the adopted plan and the draft.

    `values`, as of the two below: key, person (whose it was), to, by, now, platform.
    """
    await db.execute(_ACTIVITY, values)


async def hand_over_milestone(db: AsyncConnection, **values: object) -> None:
    """The same for a milestone."""
    await db.execute(_MILESTONE, values)


async def hand_over_mandate(db: AsyncConnection, **values: object) -> int:
    """End the mandate on the day and begin one of somebody else's, unless they have one; its key.

    Also `today`, and `given_by`, who gave it.
    """
    return int((await db.execute(_MANDATE, values)).scalar_one())
