"""What people may have to be reminded of, as it stands now; and what they were reminded of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.meeting_reports import IN_DEPTH
from storage.queries.outbox import stops

_LEVELS = text("SELECT id, reminder_level FROM bodies WHERE kind = 'network'")
_SET_LEVEL = text("""
WITH changed AS (
  UPDATE bodies SET reminder_level = :level WHERE id = :body AND reminder_level <> :level
  RETURNING id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person, 'person', 'set_reminders', 'body', id, '{reminder_level}', :platform
FROM changed
""")
_NEEDS = text("""
SELECT n.id, n.title, n.stage, n.network_id, n.preparer_id, n.prepare_by,
  greatest(n.stage_since, (SELECT max(t.taken_at) FROM need_steps t WHERE t.need_id = n.id),
    (SELECT max(c.written_at) FROM need_comments c WHERE c.need_id = n.id)) AS last_at
FROM needs n
WHERE n.stage IN ('registered', 'preparing', 'reference_group', 'presidium', 'board')
  AND n.withdrawn_at IS NULL AND n.merged_into_id IS NULL
ORDER BY n.id
""")
_PARTS = text("""
SELECT a.id, p.id AS part_id, a.title, p.state, p.state_since, p.person_id, p.director_id,
  a.asked_by, coalesce(p.due_on, a.due_on) AS due_on, a.activity_id
FROM assignment_parts p JOIN assignments a ON a.id = p.assignment_id
WHERE p.state IN ('asked', 'priority', 'proposed', 'accepted')
  AND a.state NOT IN ('done', 'withdrawn')
ORDER BY a.id, p.id
""")
_APPLICATIONS = text("""
SELECT a.id, a.fund, a.last_day, a.writer_id, a.activity_id FROM applications a
WHERE a.state = 'planned' AND a.last_day IS NOT NULL ORDER BY a.id
""")
_FUNDER_REPORTS = text("""
SELECT a.id, a.fund, min(r.due_on) AS due_on, a.writer_id, a.activity_id
FROM applications a JOIN funder_reports r ON r.application_id = a.id AND r.sent_on IS NULL
WHERE a.state = 'granted' GROUP BY a.id ORDER BY a.id
""")
_MEETINGS = text(f"""
SELECT m.id, b.kind AS body_kind, b.name AS body_name, m.held_on, m.documents_due_on,
  {IN_DEPTH} AS in_depth
FROM meetings m JOIN bodies b ON b.id = m.body_id
WHERE NOT m.cancelled AND m.documents_due_on >= :today AND m.documents_due_on <= :until
ORDER BY m.documents_due_on, m.id
""")
_MANDATES = text("""
SELECT m.id, m.person_id, m.organisation_id, q.name, o.name AS organisation, m.ends_on
FROM mandates m JOIN people q ON q.id = m.person_id
JOIN organisations o ON o.id = m.organisation_id
WHERE m.ends_on > :today AND m.ends_on <= :until AND m.starts_on < m.ends_on
  AND NOT EXISTS (SELECT FROM mandates x WHERE x.organisation_id = m.organisation_id
    AND x.kind = m.kind AND x.starts_on <= m.ends_on
    AND (x.ends_on IS NULL OR x.ends_on > m.ends_on))
ORDER BY m.id
""")
_QUESTIONS = text("""
SELECT q.id, q.activity_id, q.question, q.asked_at, q.asked_by, p.name AS asked_by_name
FROM report_questions q JOIN people p ON p.id = q.asked_by
WHERE q.answered_at IS NULL ORDER BY q.id
""")
_POLLS = text("""
SELECT p.id, p.title, p.kind, p.secrecy, p.version, p.closes_at, p.started_by, p.activity_id,
  EXISTS (SELECT FROM employments e WHERE e.person_id = p.started_by AND e.starts_on <= :today
    AND (e.ends_on IS NULL OR e.ends_on > :today)) AS starter_is_here,
  (SELECT max(s.taken_at) FROM poll_steps s WHERE s.poll_id = p.id AND s.kind = 'nudged')
    AS nudged_at
FROM polls p WHERE p.state = 'open' ORDER BY p.id
""")
_UNANSWERED = text("""
SELECT v.poll_id, v.organisation_id, v.person_id
FROM poll_voters v JOIN polls p ON p.id = v.poll_id AND p.state = 'open'
WHERE v.takes_part AND (p.secrecy = 'always' OR NOT CASE p.kind
  WHEN 'co_financing' THEN EXISTS (SELECT FROM poll_answers a WHERE a.voter_id = v.id
    AND a.replaced_at IS NULL AND NOT a.suggestion
    AND (a.version = p.version OR a.kind = 'political'))
  ELSE v.voted END)
ORDER BY v.poll_id, v.id
""")
_NEXT_PLAN = text("""
SELECT EXISTS (SELECT FROM plan_versions WHERE year = :year AND adopted_on IS NOT NULL)
""")
_LAST_BOARD = text("""
SELECT max(coalesce(m.documents_due_on, m.held_on)) FROM meetings m
JOIN bodies b ON b.id = m.body_id AND b.kind = 'board'
WHERE NOT m.cancelled AND m.held_on BETWEEN :first AND :last
""")
_PEOPLE = text(f"""
SELECT p.id, p.time_zone FROM people p
WHERE p.id = ANY(CAST(:people AS bigint[]))
  AND EXISTS (SELECT FROM conversations c JOIN connections k ON k.id = c.connection_id
    WHERE c.person_id = p.id AND c.closed_at IS NULL AND k.closed_at IS NULL)
  AND EXISTS (SELECT FROM employments e WHERE e.person_id = p.id AND e.starts_on <= :today
    AND (e.ends_on IS NULL OR e.ends_on > :today))
  AND NOT EXISTS (SELECT FROM reminders r WHERE r.person_id = p.id AND r.day = :today)
  AND NOT {stops("p.id", "reminder")}
ORDER BY p.id
""")
_TOLD = text("""
SELECT t.person_id, t.thing, t.step, r.day FROM reminder_things t
JOIN reminders r ON r.id = t.reminder_id
WHERE t.thing = ANY(CAST(:things AS text[])) AND t.person_id = ANY(CAST(:people AS bigint[]))
""")
_RESTING = text("""
SELECT person_id, thing, until_on FROM reminder_rests
WHERE person_id = ANY(CAST(:people AS bigint[]))
""")
_REMIND = text("""
INSERT INTO reminders (person_id, day, made_at) VALUES (:person, :day, :now)
ON CONFLICT (person_id, day) DO NOTHING RETURNING id
""")
_THINGS = text("""
INSERT INTO reminder_things (reminder_id, thing, person_id, step, activity_id)
SELECT :reminder, t.thing, :person, t.step, t.activity_id
FROM unnest(CAST(:things AS text[]), CAST(:steps AS text[]), CAST(:activities AS bigint[]))
  AS t(thing, step, activity_id)
""")
_REST = text("""
INSERT INTO reminder_rests (person_id, thing, until_on, noted_at)
VALUES (:person, :thing, :until_on, :now)
ON CONFLICT (person_id, thing) DO UPDATE SET until_on = excluded.until_on,
  noted_at = excluded.noted_at
""")
_WAKE = text("DELETE FROM reminder_rests WHERE person_id = :person AND thing = :thing")
_RESTS_OF = text("""
SELECT r.thing, r.until_on, coalesce((
    SELECT t.answer = 'not_mine' FROM reminder_things t
    WHERE t.person_id = r.person_id AND t.thing = r.thing ORDER BY t.reminder_id DESC LIMIT 1
  ), false) AS not_mine
FROM reminder_rests r WHERE r.person_id = :person AND r.until_on > :today
ORDER BY r.until_on, r.thing
""")
_ANSWERED = text("""
UPDATE reminder_things SET answer = :answer, answered_at = :now
WHERE person_id = :person AND thing = ANY(CAST(:things AS text[])) AND answered_at IS NULL
""")
_HEARD_OF = text("""
UPDATE reminder_things SET answer = :answer, answered_at = :now
WHERE activity_id = :activity AND answered_at IS NULL
  AND split_part(thing, ':', 1) IN ('overdue', 'digest', 'deviation', 'decision')
""")
_WAS_REPORTED = text("""
SELECT t.answer IN ('unchanged', 'reported') FROM reminder_things t
WHERE t.person_id = :person AND t.thing = :thing ORDER BY t.reminder_id DESC LIMIT 1
""")
_LAST_THINGS = text("""
SELECT t.thing FROM reminder_things t
WHERE t.reminder_id = (SELECT max(id) FROM reminders WHERE person_id = :person) ORDER BY t.thing
""")
_OPEN_ACTIVITIES = text("""
SELECT DISTINCT t.activity_id FROM reminder_things t
JOIN reminders r ON r.id = t.reminder_id
WHERE t.person_id = :person AND r.day >= :since AND t.answered_at IS NULL
  AND t.activity_id IS NOT NULL
  AND split_part(t.thing, ':', 1) IN ('overdue', 'digest', 'deviation', 'decision')
  AND r.id = (SELECT max(id) FROM reminders WHERE person_id = :person)
ORDER BY t.activity_id
""")

_ACTIVITY_OF = {
    "milestone": "SELECT activity_id FROM milestones WHERE id = :subject",
    "deviation": "SELECT activity_id FROM status_reports WHERE id = :subject",
    "decision": "SELECT activity_id FROM status_reports WHERE id = :subject",
    "question": "SELECT activity_id FROM report_questions WHERE id = :subject",
}


async def activity_of(db: AsyncConnection, kind: str, subject: int) -> int | None:
    """The activity that a thing of that kind belongs to, if such things do."""
    asked = _ACTIVITY_OF.get(kind)
    return await db.scalar(text(asked), {"subject": subject}) if asked else None


async def levels(db: AsyncConnection) -> dict[int, str]:
    """How often each network's people are reminded."""
    return {row.id: row.reminder_level for row in await db.execute(_LEVELS)}


async def set_level(
    db: AsyncConnection, body: int, level: str, *, person: int, now: datetime, platform: str
) -> None:
    """Remind the network's people so often."""
    values = {"body": body, "level": level, "person": person, "now": now, "platform": platform}
    await db.execute(_SET_LEVEL, values)


async def needs_on_their_way(db: AsyncConnection) -> Sequence[RowMapping]:
    """Needs that are neither decided nor resting, with when something last happened to them."""
    return (await db.execute(_NEEDS)).mappings().all()


async def parts_not_done(db: AsyncConnection) -> Sequence[RowMapping]:
    """Parts of assignments that are to be answered or done."""
    return (await db.execute(_PARTS)).mappings().all()


async def applications_to_send(db: AsyncConnection) -> Sequence[RowMapping]:
    """Applications that are planned, with their last day."""
    return (await db.execute(_APPLICATIONS)).mappings().all()


async def funder_reports_to_send(db: AsyncConnection) -> Sequence[RowMapping]:
    """The first unsent report to the funder of each granted application."""
    return (await db.execute(_FUNDER_REPORTS)).mappings().all()


async def meetings_to_come(db: AsyncConnection, today: date, until: date) -> Sequence[RowMapping]:
    """Meetings whose documents are due from the day until another; `in_depth`: the report is."""
    return (await db.execute(_MEETINGS, {"today": today, "until": until})).mappings().all()


async def mandates_running_out(
    db: AsyncConnection, today: date, until: date
) -> Sequence[RowMapping]:
    """Mandates that end by `until` with none after them in their municipality."""
    return (await db.execute(_MANDATES, {"today": today, "until": until})).mappings().all()


async def unanswered_questions(db: AsyncConnection) -> Sequence[RowMapping]:
    """Questions about reports that nobody has answered."""
    return (await db.execute(_QUESTIONS)).mappings().all()


async def polls_that_are_open(db: AsyncConnection, today: date) -> Sequence[RowMapping]:
    """Open polls, with when somebody was nudged last, and whether who started it is still here."""
    return (await db.execute(_POLLS, {"today": today})).mappings().all()


async def voters_not_heard(db: AsyncConnection) -> dict[int, list[RowMapping]]:
    """By open poll, those whose answer is awaited; who waits for a political decision is not.

    Of a poll that stays secret all voters, since nothing may tell who has voted.
    """
    found: dict[int, list[RowMapping]] = {}
    for row in (await db.execute(_UNANSWERED)).mappings():
        found.setdefault(row["poll_id"], []).append(row)
    return found


async def is_adopted(db: AsyncConnection, year: int) -> bool:
    """Whether there is an adopted plan for the year."""
    return bool(await db.scalar(_NEXT_PLAN, {"year": year}))


async def last_board_day(db: AsyncConnection, year: int) -> date | None:
    """When documents are due for the board's last meeting of the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return await db.scalar(_LAST_BOARD, {"first": first, "last": last})


async def people_to_remind(
    db: AsyncConnection, people: Sequence[int], today: date
) -> Sequence[RowMapping]:
    """Those of the people who can be reached, are employed, and have no reminder today."""
    return (await db.execute(_PEOPLE, {"people": list(people), "today": today})).mappings().all()


async def told_before(
    db: AsyncConnection, people: Sequence[int], things: Sequence[str]
) -> dict[tuple[int, str, str], date]:
    """Person, thing and step of what the people were reminded of, and the day."""
    found = await db.execute(_TOLD, {"people": list(people), "things": list(things)})
    return {(row.person_id, row.thing, row.step): row.day for row in found}


async def resting(db: AsyncConnection, people: Sequence[int]) -> dict[tuple[int, str], date]:
    """Person and thing of what was put off, and until when, days that have passed among them."""
    found = await db.execute(_RESTING, {"people": list(people)})
    return {(row.person_id, row.thing): row.until_on for row in found}


async def write_reminder(
    db: AsyncConnection,
    person: int,
    day: date,
    things: Sequence[tuple[str, str, int | None]],
    now: datetime,
) -> bool:
    """Write that the person is reminded of things (thing, step, activity). False: they have a
    reminder of that day."""
    values = {"person": person, "day": day, "now": now}
    reminder = await db.scalar(_REMIND, values)
    if reminder is None:
        return False
    names, steps, activities = zip(*things, strict=True)
    more: Mapping[str, Any] = {
        "reminder": reminder,
        "person": person,
        "things": list(names),
        "steps": list(steps),
        "activities": list(activities),
    }
    await db.execute(_THINGS, more)
    return True


async def rest(db: AsyncConnection, person: int, thing: str, until_on: date, now: datetime) -> None:
    """Remind the person no more of the thing before the day."""
    values = {"person": person, "thing": thing, "until_on": until_on, "now": now}
    await db.execute(_REST, values)


async def wake(db: AsyncConnection, person: int, thing: str) -> None:
    """Remind the person of the thing again."""
    await db.execute(_WAKE, {"person": person, "thing": thing})


async def rests_of(db: AsyncConnection, person: int, today: date) -> list[tuple[str, date, bool]]:
    """What the person is not reminded of, until when, and whether they have said that it is not
    theirs."""
    found = await db.execute(_RESTS_OF, {"person": person, "today": today})
    return [(row.thing, row.until_on, row.not_mine) for row in found]


async def answered(
    db: AsyncConnection, person: int, things: Sequence[str], answer: str, now: datetime
) -> None:
    """Remember what the person did about things that they were reminded of."""
    values = {"person": person, "things": list(things), "answer": answer, "now": now}
    await db.execute(_ANSWERED, values)


async def heard_of(db: AsyncConnection, activity: int, answer: str, now: datetime) -> None:
    """The activity was reported, whoever was reminded of that."""
    await db.execute(_HEARD_OF, {"activity": activity, "answer": answer, "now": now})


async def was_reported(db: AsyncConnection, person: int, thing: str) -> bool:
    """Whether a report has come since the person was last reminded of the thing."""
    return bool(await db.scalar(_WAS_REPORTED, {"person": person, "thing": thing}))


async def last_things(db: AsyncConnection, person: int) -> list[str]:
    """What the person's latest reminder was about."""
    return list(await db.scalars(_LAST_THINGS, {"person": person}))


async def activities_asked_about(db: AsyncConnection, person: int, since: date) -> list[int]:
    """Activities that the person's latest reminder asked to hear of, and nothing was heard."""
    return list(await db.scalars(_OPEN_ACTIVITIES, {"person": person, "since": since}))
