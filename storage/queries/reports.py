"""Questions about status reports, and writing one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

REPORT_COLUMNS = """
r.id, r.activity_id, r.person_id, r.status, r.situation, r.decision_from, r.decision, r.deviation,
r.measure, r.next_step, r.percent, r.unchanged, r.replaces_id, r.reported_at, p.name AS person_name
"""

STANDING = "NOT EXISTS (SELECT FROM status_reports x WHERE x.replaces_id = r.id)"
"""A report `r` stands as long as no correction has replaced it."""

_LATEST = text(f"""
SELECT {REPORT_COLUMNS} FROM status_reports r JOIN people p ON p.id = r.person_id
WHERE r.activity_id = :activity_id AND {STANDING}
ORDER BY r.reported_at DESC, r.id DESC LIMIT :most
""")
_LATEST_OF_MANY = text(f"""
SELECT latest.* FROM unnest(CAST(:activity_ids AS bigint[])) AS a(id)
CROSS JOIN LATERAL (
  SELECT {REPORT_COLUMNS} FROM status_reports r JOIN people p ON p.id = r.person_id
  WHERE r.activity_id = a.id AND {STANDING}
  ORDER BY r.reported_at DESC, r.id DESC LIMIT 1) latest
""")
_ONE = text(f"""
SELECT {REPORT_COLUMNS}, x.id AS replaced_by_id FROM status_reports r
JOIN people p ON p.id = r.person_id
LEFT JOIN status_reports x ON x.replaces_id = r.id
WHERE r.id = :report_id
""")
_HISTORY = text(f"""
SELECT {REPORT_COLUMNS}, x.id AS replaced_by_id FROM status_reports r
JOIN people p ON p.id = r.person_id
LEFT JOIN status_reports x ON x.replaces_id = r.id
WHERE r.activity_id = :activity_id
ORDER BY r.reported_at DESC, r.id DESC LIMIT :most OFFSET :skip
""")
_SAID_IN_TURN = text(f"""
SELECT {REPORT_COLUMNS}, x.id AS replaced_by_id FROM status_reports r
JOIN people p ON p.id = r.person_id
LEFT JOIN status_reports x ON x.replaces_id = r.id
WHERE r.turn_key = :turn_key AND r.person_id = :person_id
ORDER BY r.id DESC LIMIT 1
""")
_SAVE = text("""
WITH report AS (
  INSERT INTO status_reports (activity_id, person_id, status, situation, decision_from, decision,
    deviation, measure, next_step, percent, unchanged, replaces_id, reported_at, platform,
    turn_key)
  VALUES (:activity_id, :person_id, :status, :situation, :decision_from, :decision, :deviation,
    :measure, :next_step, :percent, :unchanged, :replaces_id, :reported_at, :platform, :turn_key)
  RETURNING id
), audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  SELECT :reported_at, :person_id, 'person', CASE WHEN :replaces_id IS NULL THEN 'report'
    ELSE 'correct' END, 'status_report', id, :fields, :platform FROM report
)
SELECT id FROM report
""")


async def latest_reports(
    db: AsyncConnection, activity_id: int, most: int = 1
) -> Sequence[RowMapping]:
    """The latest standing reports of an activity, newest first."""
    found = await db.execute(_LATEST, {"activity_id": activity_id, "most": most})
    return found.mappings().all()


async def latest_report_per_activity(
    db: AsyncConnection, activity_ids: Sequence[int]
) -> dict[int, RowMapping]:
    """The latest standing report of each activity that has one."""
    found = await db.execute(_LATEST_OF_MANY, {"activity_ids": list(activity_ids)})
    return {row["activity_id"]: row for row in found.mappings()}


async def one_report(db: AsyncConnection, report_id: int) -> RowMapping | None:
    """A report by its key, with the one that replaced it, if any."""
    found = await db.execute(_ONE, {"report_id": report_id})
    return found.mappings().one_or_none()


async def report_history(
    db: AsyncConnection, activity_id: int, most: int, skip: int
) -> Sequence[RowMapping]:
    """Every report of an activity, corrected ones too, newest first."""
    found = await db.execute(_HISTORY, {"activity_id": activity_id, "most": most, "skip": skip})
    return found.mappings().all()


async def report_said_in_turn(
    db: AsyncConnection, person_id: int, turn_key: str
) -> RowMapping | None:
    """The latest report that the person's line, or an edit of it, has made."""
    found = await db.execute(_SAID_IN_TURN, {"person_id": person_id, "turn_key": turn_key})
    return found.mappings().one_or_none()


async def save_report(
    db: AsyncConnection,
    *,
    activity_id: int,
    person_id: int,
    reported_at: datetime,
    platform: str,
    replaces_id: int | None,
    values: Mapping[str, Any],
    turn_key: str | None = None,
) -> int:
    """Write a report and its audit line; answers with the report's key.

    `turn_key`: of the turn whose words said it.

    IntegrityError when `replaces_id` has been replaced already.
    """
    fields = sorted(name for name, value in values.items() if value not in (None, False))
    written = await db.scalar(
        _SAVE,
        {
            **values,
            "activity_id": activity_id,
            "person_id": person_id,
            "reported_at": reported_at,
            "platform": platform,
            "replaces_id": replaces_id,
            "turn_key": turn_key,
            "fields": fields,
        },
    )
    return cast(int, written)
