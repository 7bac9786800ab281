"""Marking milestones reached or moved, and an activity's reporting rhythm."""

from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_MARK = text("""
WITH change AS (
  INSERT INTO milestone_changes (milestone_id, kind, moved_from, moved_to, reason, person_id,
    changed_at)
  VALUES (:milestone_id, :kind, :moved_from, :moved_to, :reason, :person_id, :now)
  RETURNING id
), moved AS (
  UPDATE planned_milestones p SET due_on = :moved_to
  FROM activity_values v JOIN plan_versions w ON w.id = v.plan_version_id
  WHERE :kind = 'moved' AND p.milestone_id = :milestone_id AND v.id = p.activity_values_id
    AND (w.adopted_on IS NULL OR w.id = (SELECT w2.id FROM plan_versions w2
      JOIN activity_values v2 ON v2.plan_version_id = w2.id
      WHERE v2.activity_id = v.activity_id AND w2.adopted_on IS NOT NULL
      ORDER BY w2.adopted_on DESC, w2.id DESC LIMIT 1))
), audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  VALUES (:now, :person_id, 'person', :kind, 'milestone', :milestone_id,
    ARRAY[CASE WHEN :kind = 'moved' THEN 'due_on' ELSE 'reached' END], :platform)
)
SELECT id FROM change
""")
_RHYTHM = text("""
WITH changed AS (
  UPDATE activities SET rhythm = :rhythm, rhythm_weeks = :weeks WHERE id = :activity_id
  RETURNING id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person_id, 'person', 'set_rhythm', 'activity', id,
  ARRAY['rhythm', 'rhythm_weeks'], :platform FROM changed
""")


async def mark_milestone(
    db: AsyncConnection,
    *,
    milestone_id: int,
    kind: str,
    person_id: int,
    now: datetime,
    platform: str,
    reason: str | None = None,
    moved_from: date | None = None,
    moved_to: date | None = None,
) -> None:
    """Write that a milestone was reached, reopened or moved.

    A move changes its date in the adopted version and in the draft.
    """
    await db.execute(
        _MARK,
        {
            "milestone_id": milestone_id,
            "kind": kind,
            "person_id": person_id,
            "now": now,
            "platform": platform,
            "reason": reason,
            "moved_from": moved_from,
            "moved_to": moved_to,
        },
    )


async def set_rhythm(
    db: AsyncConnection,
    *,
    activity_id: int,
    rhythm: str,
    weeks: int,
    person_id: int,
    now: datetime,
    platform: str,
) -> None:
    """Set how often an activity is reported."""
    await db.execute(
        _RHYTHM,
        {
            "activity_id": activity_id,
            "rhythm": rhythm,
            "weeks": weeks,
            "person_id": person_id,
            "now": now,
            "platform": platform,
        },
    )
