"""Status reports to meetings: which are to be drafted, drafts, and reports as they were sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, RowMapping, bindparam, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import MeetingReport

_HALF = """
date_trunc('year', {0}.held_on)
  + INTERVAL '6 months' * (CAST(extract(month FROM {0}.held_on) AS int) / 7)
"""
"""When the half-year of a meeting begins."""

IN_DEPTH = f"""
(b.kind = 'board' AND (m.kind = 'in_depth' OR NOT EXISTS (SELECT FROM meetings x
  WHERE x.body_id = m.body_id AND NOT x.cancelled AND {_HALF.format("x")} = {_HALF.format("m")}
    AND (x.kind = 'in_depth' OR x.kind = 'ordinary' AND x.held_on > m.held_on))))
"""
"""SQL: that the report to the meeting `m` of the body `b` is an in-depth one, by the calendar or as
the last chance of the half-year."""
_MEETING = f"""
m.id AS meeting_id, m.body_id, b.kind AS body_kind, b.name AS body_name, m.held_on,
m.documents_due_on, m.cancelled,
{IN_DEPTH} AS in_depth
"""
_REPORTED = """
(b.kind IN ('board', 'municipal_directors') OR b.kind = 'network' AND EXISTS (
  SELECT FROM digest_settings s WHERE s.audience = 'network:' || b.id AND s.before_meetings))
"""
_TO_DRAFT = text(f"""
SELECT {_MEETING}, r.id AS report_id
FROM meetings m JOIN bodies b ON b.id = m.body_id
LEFT JOIN meeting_reports r ON r.meeting_id = m.id
WHERE NOT m.cancelled AND m.kind IN ('ordinary', 'in_depth') AND {_REPORTED}
  AND m.held_on >= :today AND coalesce(m.documents_due_on, m.held_on) <= :until
  AND (r.id IS NULL OR r.state = 'dropped')
ORDER BY m.held_on, m.id
""")
_CALLED_OFF = text("""
SELECT r.id, r.meeting_id, m.held_on, n.id AS next_id, n.held_on AS next_on
FROM meeting_reports r JOIN meetings m ON m.id = r.meeting_id AND m.cancelled
LEFT JOIN LATERAL (SELECT x.id, x.held_on FROM meetings x
  WHERE x.body_id = m.body_id AND NOT x.cancelled AND x.kind IN ('ordinary', 'in_depth')
    AND x.held_on >= :today AND x.held_on <= m.held_on + CAST(:days AS int)
    AND x.added_at > r.written_at
    AND NOT EXISTS (SELECT FROM meeting_reports y WHERE y.meeting_id = x.id)
  ORDER BY abs(x.held_on - m.held_on), x.held_on LIMIT 1) n ON true
WHERE r.state = 'drafted' ORDER BY r.id
""")
_REPORT = f"""
SELECT r.*, {_MEETING}, e.name AS editor_name, s.name AS sender_name
FROM meeting_reports r JOIN meetings m ON m.id = r.meeting_id JOIN bodies b ON b.id = m.body_id
LEFT JOIN people e ON e.id = r.edited_by LEFT JOIN people s ON s.id = r.sent_by
"""
_ONE = text(f"{_REPORT} WHERE r.id = :id")
_ONE_LOCKED = text(f"{_REPORT} WHERE r.id = :id FOR NO KEY UPDATE OF r")
_ALL = text(f"""
{_REPORT} WHERE r.state <> 'dropped' ORDER BY r.state = 'sent', m.held_on DESC, r.id DESC
LIMIT :most OFFSET :skip
""")
_TO_SEND = text(f"""
{_REPORT} WHERE r.state = 'drafted' AND NOT m.cancelled AND m.held_on >= :today
  AND coalesce(m.documents_due_on, m.held_on) <= :today
ORDER BY m.held_on, r.id
""")
_LAST = text("""
SELECT r.covers_to FROM meeting_reports r JOIN meetings m ON m.id = r.meeting_id
WHERE m.body_id = :body_id AND r.state = 'sent' AND r.covers_to < :before
  AND (r.kind = 'in_depth' OR NOT CAST(:in_depth AS boolean))
ORDER BY r.covers_to DESC LIMIT 1
""")
_AGAIN = text("""
UPDATE meeting_reports SET kind = :kind, state = 'drafted', covers_from = :covers_from,
  covers_to = :covers_to, sections = :sections, told = :told, drafted_at = :drafted_at,
  edited_by = NULL, edited_at = NULL, written_at = now()
WHERE id = :id AND state = 'dropped'
""").bindparams(bindparam("sections", type_=JSONB), bindparam("told", type_=JSONB))
_MOVE = text("UPDATE meeting_reports SET meeting_id = :to WHERE id = :id AND state = 'drafted'")
_DROP = text("UPDATE meeting_reports SET state = 'dropped' WHERE id = :id AND state = 'drafted'")
_AUDIT = """
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person, 'person', '{action}', 'meeting_report', id, '{{{fields}}}', :platform
FROM changed
"""
_EDIT = text(f"""
WITH changed AS (
  UPDATE meeting_reports SET sections = :sections, edited_by = :person, edited_at = :now
  WHERE id = :id AND state = 'drafted' RETURNING id)
{_AUDIT.format(action="edited", fields="sections")}
""").bindparams(bindparam("sections", type_=JSONB))
_SEND = text(f"""
WITH changed AS (
  UPDATE meeting_reports SET state = 'sent', view = :view, sent_by = :person, sent_at = :now
  WHERE id = :id AND state = 'drafted' RETURNING id)
{_AUDIT.format(action="sent", fields="state,view")}
""").bindparams(bindparam("view", type_=JSONB))


async def meetings_to_draft_for(
    db: AsyncConnection, today: date, until: date
) -> Sequence[RowMapping]:
    """Meetings to come whose documents are due by `until` and that have no report yet.

    `report_id`: the one that was dropped when the meeting was called off. `in_depth`: the report
    is to be one, by the calendar or as the last chance of the half-year.
    """
    return (await db.execute(_TO_DRAFT, {"today": today, "until": until})).mappings().all()


async def drafts_called_off(db: AsyncConnection, today: date, days: int) -> Sequence[RowMapping]:
    """Drafts to meetings that are cancelled, with the body's meeting instead, if one has been put
    into the calendar since the draft was written, at most so many days later."""
    return (await db.execute(_CALLED_OFF, {"today": today, "days": days})).mappings().all()


async def report_by_id(
    db: AsyncConnection, report_id: int, *, lock: bool = False
) -> RowMapping | None:
    """A report with its meeting; `lock`: nobody else changes it in the meantime."""
    found = await db.execute(_ONE_LOCKED if lock else _ONE, {"id": report_id})
    return found.mappings().one_or_none()


async def reports_listed(db: AsyncConnection, most: int, skip: int = 0) -> Sequence[RowMapping]:
    """Drafts first, then reports as sent, those to the latest meetings first."""
    return (await db.execute(_ALL, {"most": most, "skip": skip})).mappings().all()


async def reports_to_send(db: AsyncConnection, today: date) -> Sequence[RowMapping]:
    """Drafts that should be sent by now: their documents' day has come, the meeting has not
    passed."""
    return (await db.execute(_TO_SEND, {"today": today})).mappings().all()


async def last_covered(
    db: AsyncConnection, body_id: int, before: datetime, *, in_depth: bool
) -> datetime | None:
    """Until when the body's reports before have told; of in-depth ones only, when it is one."""
    values = {"body_id": body_id, "before": before, "in_depth": in_depth}
    return await db.scalar(_LAST, values)


async def draft(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write a draft; IntegrityError when the meeting has a report."""
    written = await db.execute(insert(MeetingReport).values(values).returning(MeetingReport.id))
    return written.scalar_one()


async def draft_again(db: AsyncConnection, report_id: int, values: Mapping[str, Any]) -> bool:
    """Write a dropped one anew. False: it is not dropped any more."""
    return await _changed(db, _AGAIN, {"id": report_id, **values})


async def move(db: AsyncConnection, report_id: int, meeting_id: int) -> bool:
    """Let a draft be for another meeting."""
    return await _changed(db, _MOVE, {"id": report_id, "to": meeting_id})


async def drop(db: AsyncConnection, report_id: int) -> bool:
    """Let go of a draft: its meeting is called off."""
    return await _changed(db, _DROP, {"id": report_id})


async def edit(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Write other sections in a draft, and who did. False: it is a draft no more."""
    return await _changed(db, _EDIT, values)


async def send(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Make a draft the report as sent, once, and write who sent it. False: it is a draft no
    more."""
    return await _changed(db, _SEND, values)


async def _changed(db: AsyncConnection, statement: Any, values: Mapping[str, Any]) -> bool:
    return cast("CursorResult[Any]", await db.execute(statement, dict(values))).rowcount > 0
