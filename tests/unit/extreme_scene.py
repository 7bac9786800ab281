"""A plan as large and as wordy as the rules allow, with work, needs, polls and money about it."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.demo import fill_demo
from storage.database import Database

NOW = datetime(2026, 10, 21, 8, tzinfo=UTC)
ACTIVITIES, NEEDS, MUNICIPALITIES = 120, 300, 290

_LONG = "' åtgärdsprogram för övergripande samhällsplanering'"


def _grown(column: str, most: int) -> str:
    """The column's words, gone on with up to so many characters."""
    return f"rpad({column}, {most}, {_LONG})"


def _said(most: int) -> str:
    return f"rpad('Avtalet', {most}, {_LONG})"


_MORE = f"""
INSERT INTO organisations (id, kind, name, code)
  SELECT 1000 + n, 'municipality', 'Kommun ' || n, to_char(n, 'FM0000')
  FROM generate_series(1, {MUNICIPALITIES} - 15) n;
INSERT INTO populations (organisation_id, counted_on, inhabitants)
  SELECT 1000 + n, '2025-12-31', 1000 + n FROM generate_series(1, {MUNICIPALITIES} - 15) n;
INSERT INTO people (id, name, email)
  SELECT 5000 + n, 'Direktör ' || n, 'd' || n || '@x.se'
  FROM generate_series(1, {MUNICIPALITIES} - 15) n;
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT 5000 + n, 1000 + n, '2026-01-01' FROM generate_series(1, {MUNICIPALITIES} - 15) n;
INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by)
  SELECT 5000 + n, 1000 + n, kind, '2026-01-01', 'test'
  FROM generate_series(1, {MUNICIPALITIES} - 15) n, unnest(ARRAY['co_financing', 'priority']) kind;
INSERT INTO activities (code, rhythm_weeks)
  SELECT 'ÅÄÖXY-' || to_char(n, 'FM000'), 2
  FROM generate_series(1, {ACTIVITIES} - (SELECT count(*)::int FROM activities)) n;
CREATE TEMP TABLE made AS SELECT id, row_number() OVER (ORDER BY id) AS nr FROM activities
  WHERE code LIKE 'ÅÄÖXY%';
INSERT INTO activity_values (plan_version_id, activity_id, direction_id, title, description,
    responsible_id, coordinator_id, network_id, starts_on, ends_on, budget)
  SELECT v.plan_version_id, m.id, v.direction_id, v.title, v.description, v.responsible_id,
    v.coordinator_id, v.network_id, v.starts_on, '2027-12-31', 1000000000000
  FROM made m JOIN (SELECT *, row_number() OVER (ORDER BY id) AS nr, count(*) OVER () AS many
    FROM activity_values WHERE plan_version_id = (SELECT max(id) FROM plan_versions)) v
    ON v.nr = 1 + m.nr % v.many;
INSERT INTO participations (activity_values_id, organisation_id)
  SELECT v.id, o.id FROM activity_values v, organisations o WHERE o.kind = 'municipality'
  ON CONFLICT DO NOTHING;
INSERT INTO funding_lines (activity_values_id, source, kind, amount, state)
  SELECT v.id, 'Fond ' || n, 'external', 1000000, CASE n % 2 WHEN 0 THEN 'rejected' ELSE 'applied'
    END FROM activity_values v JOIN made m ON m.id = v.activity_id, generate_series(1, 15) n;
INSERT INTO milestones (activity_id, title)
  SELECT m.id, 'Delmål ' || n FROM made m, generate_series(1, 25) n;
INSERT INTO planned_milestones (activity_values_id, milestone_id, due_on)
  SELECT v.id, s.id, DATE '2026-09-01' + CAST(s.id % 300 AS int) FROM activity_values v
  JOIN made m ON m.id = v.activity_id JOIN milestones s ON s.activity_id = m.id;
INSERT INTO status_reports (activity_id, person_id, status, situation, deviation, measure,
    decision_from, decision, reported_at, platform)
  SELECT m.id, v.responsible_id, s, 'x', 'x', 'x', 'steering_group', 'x',
    TIMESTAMPTZ '2026-10-01 09:00+02' + m.nr * interval '4 hours', 'web'
  FROM made m JOIN activity_values v ON v.activity_id = m.id
  CROSS JOIN LATERAL (SELECT (string_to_array('off_track at_risk paused on_track done', ' '))
    [1 + m.nr % 5] AS s) s;
INSERT INTO needs (title, description, reason, motivation, registered_by, organisation_id,
    registered_at, stage, stage_since, focus_area_id, preparer_id, prepare_by, decided_on,
    paragraph, rested_from)
  SELECT 'Behov ' || n, 'x', 'x', CASE s.stage WHEN 'declined' THEN 'x' END, b.registered_by,
    b.organisation_id, TIMESTAMPTZ '2026-10-21 08:00+02' - n * interval '1 day', s.stage,
    TIMESTAMPTZ '2026-10-21 08:00+02' - n * interval '8 hours', b.focus_area_id,
    CASE s.stage WHEN 'preparing' THEN b.registered_by END,
    CASE s.stage WHEN 'preparing' THEN DATE '2026-11-01' END,
    CASE WHEN s.stage IN ('accepted', 'declined') THEN DATE '2026-06-01' END,
    CASE s.stage WHEN 'accepted' THEN repeat('9', 40) END,
    CASE s.stage WHEN 'resting' THEN 'preparing' END
  FROM generate_series(1, {NEEDS} - (SELECT count(*)::int FROM needs)) n
  CROSS JOIN LATERAL (SELECT (string_to_array('registered preparing reference_group presidium '
    'board accepted declined resting', ' '))[1 + n % 8] AS stage) s
  CROSS JOIN (SELECT * FROM needs WHERE organisation_id IS NOT NULL LIMIT 1) b;
INSERT INTO need_steps (need_id, person_id, taken_at, kind, to_stage, reason, platform)
  SELECT id, registered_by, registered_at, 'registered', 'registered', 'x', 'web' FROM needs;
INSERT INTO need_municipalities (need_id, organisation_id)
  SELECT n.id, o.id FROM needs n, organisations o WHERE o.kind = 'municipality'
  ON CONFLICT DO NOTHING;
INSERT INTO need_supports (need_id, organisation_id, person_id, supported_at)
  SELECT n.id, o.id, n.registered_by, n.registered_at FROM needs n, organisations o
  WHERE o.kind = 'municipality' ON CONFLICT DO NOTHING;
INSERT INTO assignments (title, reason, hours, due_on, person_id, activity_id, asked_by, asked_at,
    state, state_since)
  SELECT 'Uppdrag ' || m.nr, 'x', 20, DATE '2026-09-01' + CAST(m.nr AS int), v.responsible_id, m.id,
    v.responsible_id, TIMESTAMPTZ '2026-10-20 08:00+02', s, TIMESTAMPTZ '2026-10-20 09:00+02'
  FROM made m JOIN activity_values v ON v.activity_id = m.id
  CROSS JOIN LATERAL (SELECT (string_to_array('open taken done unresourced', ' '))
    [1 + m.nr % 4] AS s) s;
INSERT INTO assignment_parts (assignment_id, person_id, organisation_id, state, state_since, hours)
  SELECT a.id, a.person_id, e.organisation_id, CASE a.state WHEN 'open' THEN 'asked'
    WHEN 'taken' THEN 'accepted' WHEN 'done' THEN 'done' ELSE 'declined' END, a.state_since, 20
  FROM assignments a JOIN made m ON m.id = a.activity_id
  JOIN employments e ON e.person_id = a.person_id;
INSERT INTO assignment_steps (assignment_id, part_id, person_id, taken_at, kind, to_state, reason,
    platform)
  SELECT assignment_id, id, person_id, state_since, 'declined', 'declined', 'x', 'web'
  FROM assignment_parts WHERE state = 'declined';
INSERT INTO applications (activity_id, fund, last_day, amount, writer_id, state, state_since,
    applied_on, expected_on, answered_on, granted, registered_by, registered_at)
  SELECT m.id, 'Fond ' || m.nr, DATE '2026-10-01' + CAST(m.nr AS int), 1000000000000,
    v.responsible_id, s, TIMESTAMPTZ '2026-10-20 08:00+02',
    CASE WHEN s <> 'planned' THEN DATE '2026-05-01' END,
    CASE s WHEN 'applied' THEN DATE '2026-11-01' END,
    CASE WHEN s IN ('granted', 'rejected') THEN DATE '2026-08-01' END,
    CASE s WHEN 'granted' THEN 400000 END, v.responsible_id, TIMESTAMPTZ '2026-04-20 08:00+02'
  FROM made m JOIN activity_values v ON v.activity_id = m.id
  CROSS JOIN LATERAL (SELECT (string_to_array('planned applied granted rejected', ' '))
    [1 + m.nr % 4] AS s) s;
INSERT INTO poll_voters (poll_id, organisation_id, organisation_kind, voted)
  SELECT p.id, o.id, 'municipality', o.id % 3 > 0 AND p.kind = 'co_financing'
  FROM polls p, organisations o WHERE o.id > 1000 AND p.voters = 'municipality';
INSERT INTO poll_shares (poll_id, version, organisation_id, amount)
  SELECT p.poll_id, p.version, o.id, 1000000 FROM poll_proposals p, organisations o
  WHERE o.id > 1000;
INSERT INTO poll_answers (voter_id, version, kind, amount, condition, expected_on, person_id,
    answered_at, platform)
  SELECT v.id, p.version, s, CASE WHEN s <> 'political' THEN 1000000 END,
    CASE s WHEN 'otherwise' THEN 'x' END, CASE s WHEN 'political' THEN DATE '2026-11-20' END,
    p.started_by, p.opens_at + interval '1 hour', 'web'
  FROM poll_voters v JOIN polls p ON p.id = v.poll_id
  CROSS JOIN LATERAL (SELECT (string_to_array('yes political otherwise', ' '))
    [1 + v.id % 3] AS s) s
  WHERE v.voted AND v.organisation_id > 1000 AND p.kind = 'co_financing'
"""

_LONGER = {
    "organisations": {"name": 150},
    "people": {"name": 150},
    "focus_areas": {"name": 100},
    "directions": {"name": 150},
    "bodies": {"name": 100},
    "activity_values": {"title": 150, "description": 3_000},
    "milestones": {"title": 150},
    "funding_lines": {"source": 300},
    "status_reports": dict.fromkeys(
        ("situation", "deviation", "measure", "decision", "next_step"), 3_000
    ),
    "needs": {
        "title": 150,
        **dict.fromkeys(("description", "reason", "funding", "motivation"), 3_000),
    },
    "need_steps": {"reason": 3_000},
    "assignments": {"title": 150, "reason": 3_000},
    "assignment_steps": {"reason": 3_000},
    "applications": {"fund": 150, "note": 3_000},
    "application_steps": {"reason": 3_000},
    "polls": {"title": 150, "description": 3_000},
    "poll_options": {"label": 150},
    "poll_steps": {"reason": 3_000},
    "poll_decisions": {"decision": 3_000, "why": 3_000},
    "poll_answers": {"condition": 3_000, "comment": 3_000},
    "meetings": {"place": 300},
}
"""Columns of words, and the most characters of each."""


async def fill(database: Database) -> None:
    """What the demonstration holds, made many and long."""
    async with database.transaction() as db:
        await fill_demo(db, NOW, _no_channels)
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in _MORE.split(";\n"):
            await db.execute(text(statement))
        for table, columns in _LONGER.items():
            for column, most in columns.items():
                await _lengthen(db, table, column, most)


async def _no_channels(_db: AsyncConnection, _now: datetime) -> None:
    """Nobody is told here."""


async def _lengthen(db: AsyncConnection, table: str, column: str, most: int) -> None:
    words = _grown(column, most) if most <= 300 else _said(most)
    await db.execute(text(f"UPDATE {table} SET {column} = {words} WHERE {column} IS NOT NULL"))
