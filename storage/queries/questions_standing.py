"""What answers about activities look up: states by the thousand, rows for a page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.reports import REPORT_COLUMNS


def _latest(columns: str, since: str, until: str, only: str = "true") -> str:
    """SQL for the report of the activity `a` that stood latest in that time, as was known then;
    looked for where `only` holds of the activity."""
    after = f"AND r.reported_at >= {since}" if since else ""
    return f"""
  SELECT {columns} FROM status_reports r
  WHERE {only} AND r.activity_id = a.id {after} AND r.reported_at <= {until} AND NOT EXISTS (
    SELECT FROM status_reports x WHERE x.replaces_id = r.id AND x.reported_at <= {until})
  ORDER BY r.reported_at DESC, r.id DESC LIMIT 1"""


_ACTIVITIES = "unnest(CAST(CAST(:activities AS text) AS bigint[])) AS a(id)"
"""Activities by their keys; thousands of them travel faster as one text."""

_AMONG = f"{_ACTIVITIES} JOIN activity_standings s ON s.activity_id = a.id"
_EVERY = "activity_standings s"


def _stood(standings: str, of_table: str, looked_up: str, since: str = "") -> str:
    """SQL for how activities stood at `:until`: of the table of standings, and by their reports
    where another report has come since then.

    `of_table` and `looked_up`: the columns, of `s` and `a`, and of the report `r`.
    """
    after = f"AND s.reported_at >= {since}" if since else ""
    return f"""
  SELECT {of_table} FROM {standings} WHERE s.reported_at <= :until {after}
  UNION ALL
  SELECT latest.* FROM (SELECT s.activity_id AS id FROM {standings} WHERE s.reported_at > :until) a
  CROSS JOIN LATERAL ({_latest(looked_up, since, ":until")}) latest"""


def _states(standings: str, since: str, days: str) -> str:
    return f"""
SELECT status, decision_from, array_agg(id) AS activities, {days} AS days
FROM ({
        _stood(
            standings,
            "s.activity_id AS id, s.status, s.decision_from, s.reported_on",
            "a.id, r.status, r.decision_from, "
            "CAST(r.reported_at AT TIME ZONE 'Europe/Stockholm' AS date)",
            since,
        )
    }) stood
GROUP BY status, decision_from
"""


_NO_DAYS = "CAST('{}' AS int[])"
_DAYS = "array_agg(reported_on - DATE '0001-01-01' + 1)"
_STATES = {
    (every, since, dated): text(
        _states(
            _EVERY if every else _AMONG,
            ":since" if since else "",
            _DAYS if dated else _NO_DAYS,
        )
    )
    for every in (True, False)
    for since in (True, False)
    for dated in (True, False)
}
"""By whether all activities are meant, only reports since a moment count, and days are told."""


def _rows(since: str) -> str:
    return f"""
SELECT {REPORT_COLUMNS} FROM ({_stood(_AMONG, "s.report_id AS id", "r.id", since)}) stood
JOIN status_reports r ON r.id = stood.id JOIN people p ON p.id = r.person_id
"""


_ROWS = text(_rows(""))
_ROWS_SINCE = text(_rows(":since"))


def _moves(standings: str) -> str:
    stood = _stood(
        standings,
        "s.activity_id AS id, s.status, s.before_known AND coalesce(s.before_at <= :before, true) "
        "AS known, s.before_status",
        "a.id, r.status, false, NULL",
        ":since",
    )
    return f"""
SELECT CASE WHEN a.known THEN a.before_status ELSE before.status END AS was, a.status,
  array_agg(a.id) AS activities
FROM ({stood}) a
LEFT JOIN LATERAL ({_latest("r.status", "", ":before", "NOT a.known")}) before ON true
GROUP BY was, a.status
"""


_MOVES, _EVERY_MOVE = text(_moves(_AMONG)), text(_moves(_EVERY))
_MILESTONES = text("""
SELECT c.milestone_id, c.kind, c.moved_from, c.moved_to, c.reason, c.changed_at,
       p.name AS person_name
FROM milestone_changes c JOIN people p ON p.id = c.person_id
WHERE c.changed_at > :since AND c.changed_at <= :until
ORDER BY c.id DESC
""")
_NEED_STEPS = text("""
SELECT t.*, n.title, q.name AS person_name, p.name AS preparer_name, p.email AS preparer_email,
  EXISTS (SELECT FROM need_steps x WHERE x.takes_back_id = t.id AND x.taken_at <= :until)
    AS taken_back
FROM need_steps t
JOIN needs n ON n.id = t.need_id
JOIN people q ON q.id = t.person_id
LEFT JOIN people p ON p.id = t.preparer_id
LEFT JOIN focus_areas f ON f.id = n.focus_area_id
LEFT JOIN bodies b ON b.id = n.network_id
WHERE t.taken_at > :since AND t.taken_at <= :until AND t.kind <> 'edited'
  AND (CAST(:areas AS text[]) IS NULL OR f.name = ANY(CAST(:areas AS text[])))
  AND (CAST(:networks AS text[]) IS NULL OR b.name = ANY(CAST(:networks AS text[])))
  AND (CAST(:stages AS text[]) IS NULL OR t.to_stage = ANY(CAST(:stages AS text[]))
    OR (t.kind = 'registered' AND 'registered' = ANY(CAST(:stages AS text[]))))
  AND (CAST(:places AS text[]) IS NULL OR EXISTS (SELECT FROM organisations o
    WHERE o.name = ANY(CAST(:places AS text[])) AND (o.id = n.organisation_id OR EXISTS (
      SELECT FROM need_municipalities m WHERE m.need_id = n.id AND m.organisation_id = o.id))))
ORDER BY t.id DESC
""")
_CUT_OFFS = text("""
SELECT max(covers_to) FROM digests
WHERE audience = ANY(CAST(:readers AS text[])) AND covers_to <= :now
""")
_HOLDS = "x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)"
_SEATS = text(f"""
SELECT p.id, p.name, p.email, min(x.capacity) AS capacity,
  (SELECT string_agg(DISTINCT o.name, ', ' ORDER BY o.name) FROM employments e
    JOIN organisations o ON o.id = e.organisation_id WHERE e.person_id = p.id
    AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)) AS organisation
FROM memberships x JOIN people p ON p.id = x.person_id
WHERE x.body_id = ANY(CAST(:bodies AS bigint[])) AND {_HOLDS}
GROUP BY p.id ORDER BY min(x.capacity) = 'member', p.name, p.id
""")
_POSTS = text(f"""
SELECT p.id, p.name, p.email, bool_and(x.acting) AS acting
FROM post_holdings x JOIN posts o ON o.id = x.post_id AND o.kind = :post
JOIN people p ON p.id = x.person_id
WHERE {_HOLDS} GROUP BY p.id ORDER BY bool_and(x.acting) DESC, p.name, p.id
""")


class States(NamedTuple):
    """Activities that stand alike: their keys, and the day of each one's report as an ordinal, if
    that was asked for."""

    status: str
    decision_from: str
    activities: Sequence[int]
    days: Sequence[int]


def _as_text(activity_ids: Sequence[int]) -> str:
    return "{" + ",".join(map(str, activity_ids)) + "}"


async def states_in(
    db: AsyncConnection,
    activity_ids: Sequence[int] | None,
    until: datetime,
    since: datetime | None,
    *,
    dated: bool,
) -> list[States]:
    """How the activities stood at `until`, a row for all that stood alike; None: all there are.

    `since`: only by reports from then on. One without a report is in no row.
    """
    values: dict[str, object] = {"until": until}
    if activity_ids is not None:
        values["activities"] = _as_text(activity_ids)
    if since is not None:
        values["since"] = since
    asked = _STATES[activity_ids is None, since is not None, dated]
    return [States(*row) for row in await db.execute(asked, values)]


async def reports_in(
    db: AsyncConnection, activity_ids: Sequence[int], until: datetime, since: datetime | None
) -> Sequence[RowMapping]:
    """The report by which each of the activities stood at `until`, where there was one."""
    values = {"activities": _as_text(activity_ids), "until": until}
    if since is None:
        return (await db.execute(_ROWS, values)).mappings().all()
    return (await db.execute(_ROWS_SINCE, values | {"since": since})).mappings().all()


async def states_moved(
    db: AsyncConnection, activity_ids: Sequence[int] | None, since: datetime, until: datetime
) -> list[tuple[str | None, str, Sequence[int]]]:
    """Those that were reported after `since` and up to `until`, by the state at each of them;
    None: of all there are."""
    values: dict[str, object] = {
        "since": since + timedelta(microseconds=1),
        "until": until,
        "before": since,
    }
    if activity_ids is not None:
        values["activities"] = _as_text(activity_ids)
    found = await db.execute(_EVERY_MOVE if activity_ids is None else _MOVES, values)
    return [(row[0], row[1], row[2]) for row in found]


async def milestones_changed(
    db: AsyncConnection, since: datetime, until: datetime
) -> Sequence[RowMapping]:
    """Milestones reached, reopened or moved in that time, the latest first."""
    values = {"since": since, "until": until}
    return (await db.execute(_MILESTONES, values)).mappings().all()


async def need_steps_taken(
    db: AsyncConnection,
    since: datetime,
    until: datetime,
    only: Mapping[str, Sequence[str] | None],
) -> Sequence[RowMapping]:
    """Steps of needs in that time, their registering too but no edits; the latest first.

    `only`: names of `areas`, `networks` and `places` of the needs, and the `stages` that the
    steps led to; None where it does not matter.
    """
    values = {name: list(each) if each else None for name, each in only.items()}
    found = await db.execute(_NEED_STEPS, {**values, "since": since, "until": until})
    return found.mappings().all()


async def told_until(db: AsyncConnection, readers: Sequence[str], now: datetime) -> datetime | None:
    """Until when the latest digest of any of the readers told."""
    return await db.scalar(_CUT_OFFS, {"readers": list(readers), "now": now})


async def seats(db: AsyncConnection, bodies: Sequence[int], today: date) -> Sequence[RowMapping]:
    """Who sits in any of the bodies on the day, those who lead it first, with their employers."""
    values = {"bodies": list(bodies), "today": today}
    return (await db.execute(_SEATS, values)).mappings().all()


async def post_holders(db: AsyncConnection, post: str, today: date) -> Sequence[RowMapping]:
    """Who holds the post on the day, whoever acts in it first."""
    return (await db.execute(_POSTS, {"post": post, "today": today})).mappings().all()
