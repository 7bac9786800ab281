"""What came of reminders of things that people need not do any more."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_VOTED = """
EXISTS (SELECT FROM poll_voters v WHERE v.poll_id = t.subject AND v.voted
  AND (v.person_id = t.person_id OR v.organisation_id IN (
    SELECT m.organisation_id FROM mandates m WHERE m.person_id = t.person_id)))
"""
_ANOTHERS = "t.thing = ANY(CAST(:things AS text[]))"
_HAD_A_PART = """
EXISTS (SELECT FROM assignment_parts a WHERE a.assignment_id = t.subject
  AND t.person_id IN (a.person_id, a.director_id))
"""
_DONE = f"""
CASE t.kind
  WHEN 'poll' THEN {_VOTED}
  WHEN 'poll_missing' THEN p.state = 'open' AND NOT {_ANOTHERS}
  WHEN 'assignment' THEN NOT {_ANOTHERS} OR {_HAD_A_PART}
  WHEN 'asked' THEN NOT {_ANOTHERS} OR {_HAD_A_PART}
  WHEN 'milestone' THEN EXISTS (SELECT FROM milestone_changes m WHERE m.milestone_id = t.subject
    AND m.kind = 'reached' AND m.changed_at >= t.made_at)
  WHEN 'question' THEN EXISTS (
    SELECT FROM report_questions q WHERE q.id = t.subject AND q.answered_at IS NOT NULL)
  WHEN 'in_depth' THEN EXISTS (SELECT FROM meetings m
    WHERE m.id = t.subject AND NOT m.cancelled AND m.documents_due_on >= :today)
  WHEN 'meeting_report' THEN EXISTS (
    SELECT FROM meeting_reports m WHERE m.id = t.subject AND m.state = 'sent')
  WHEN 'mandate' THEN NOT {_ANOTHERS} AND EXISTS (
    SELECT FROM mandates m WHERE m.id = t.subject AND m.ends_on > :today)
  WHEN 'plan' THEN EXISTS (
    SELECT FROM plan_versions v WHERE v.year = t.subject AND v.adopted_on IS NOT NULL)
  ELSE t.kind IN ('need', 'prepare', 'application', 'funder_report') AND NOT {_ANOTHERS}
END
"""
_SETTLED = text(f"""
UPDATE reminder_things r SET answer = x.answer, answered_at = :now
FROM (
  SELECT t.reminder_id, t.thing, CASE
    WHEN t.kind = 'poll' AND p.state = 'open' AND (p.secrecy = 'always' OR NOT {_VOTED}) THEN NULL
    WHEN {_DONE} THEN 'done' ELSE 'lapsed' END AS answer
  FROM (
    SELECT h.*, d.made_at, split_part(h.thing, ':', 1) AS kind,
      CAST(split_part(h.thing, ':', 2) AS bigint) AS subject
    FROM reminder_things h JOIN reminders d ON d.id = h.reminder_id WHERE h.answered_at IS NULL
  ) t
  LEFT JOIN polls p ON t.kind IN ('poll', 'poll_missing') AND p.id = t.subject
  WHERE NOT EXISTS (
    SELECT FROM unnest(CAST(:people AS bigint[]), CAST(:things AS text[])) AS o(person, thing)
    WHERE o.person = t.person_id AND o.thing = t.thing)
) x
WHERE r.reminder_id = x.reminder_id AND r.thing = x.thing AND x.answer IS NOT NULL
""")
"""What has passed, or is somebody else's to do now, has lapsed. Of a poll that is open nothing is
said before it has an answer; of one that stays secret, not before it has closed."""


async def settled(
    db: AsyncConnection, still: Sequence[tuple[int, str]], today: date, now: datetime
) -> None:
    """What people were reminded of and is open no more was done, or has lapsed.

    `still`: person and thing of all that is open.
    """
    people, things = [each[0] for each in still], [each[1] for each in still]
    values = {"people": people, "things": things, "today": today, "now": now}
    await db.execute(_SETTLED, values)
