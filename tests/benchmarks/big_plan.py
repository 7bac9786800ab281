"""Ten thousand activities around the sample plan, with all that questions are asked about.

Every activity is reported once a fortnight, in the same way however long that has gone on: a longer
history is what differs.
"""

from datetime import UTC, datetime

from sqlalchemy import text

from bot.importing.directory import By
from bot.importing.meetings import import_meetings
from storage.database import Database
from tests.benchmarks import sample_plan

ACTIVITIES = 10_000
NOW = datetime(2026, 10, 21, 8, tzinfo=UTC)

_WORDS = """
CREATE TEMP TABLE heads AS SELECT row_number() OVER () - 1 AS nr, word FROM unnest(string_to_array(
  'vatten skog bygg trafik skol bibliotek miljö livsmedels turism hamn järnvägs cykel värme '
  'avfalls kretslopps idrotts musik teater fritids ungdoms äldre omsorgs hälso tandvårds språk '
  'matematik lärar förskole gymnasie industri verkstads fordons textil möbel glas sten jordbruks '
  'trädgårds fiske natur klimat luft buller belysnings väg bro fastighets lokal hyres '
  'bostadsrätts', ' '))
  AS word;
CREATE TEMP TABLE tails AS SELECT row_number() OVER () - 1 AS nr, word FROM unnest(string_to_array(
  'utbildning planering kartläggning rådgivning strategi översikt analys samordning upphandling '
  'inventering satsning modell verkstad mottagning förening central portal tjänst nätverk program '
  'utredning prognos mätning kampanj mässa dag vecka skola akademi labb', ' ')) AS word
"""
_PLAN = f"""
INSERT INTO people (name, email)
  SELECT (string_to_array('Anna Erik Maria Lars Karin Anders Sara Johan Eva Per Lena Nils', ' '))
    [1 + n % 12] || ' ' || initcap(h.word) || 'berg', 'person' || n || '@bench.example.se'
  FROM generate_series(1, 300) n JOIN heads h ON h.nr = n / 12;
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT p.id, o.id, '2024-01-01' FROM people p
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS nr FROM organisations
    WHERE kind = 'municipality') o ON o.nr = p.id % 15
  WHERE p.email LIKE '%@bench.example.se';
INSERT INTO activities (code, rhythm_weeks)
  SELECT 'Q' || chr(65 + n / 1000) || chr(65 + n / 100 % 10) || '-' || to_char(n % 100, 'FM00'),
    1 + n % 4
  FROM generate_series(0, {ACTIVITIES} - 1 - (SELECT count(*)::int FROM activities)) n;
CREATE TEMP TABLE made AS SELECT a.id, row_number() OVER (ORDER BY a.id) AS nr FROM activities a
  WHERE a.code LIKE 'Q%';
CREATE TEMP TABLE places AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS nr FROM organisations
  WHERE kind = 'municipality';
CREATE TEMP TABLE lines AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS nr,
  count(*) OVER () AS many FROM directions;
CREATE TEMP TABLE groups AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS nr,
  count(*) OVER () AS many FROM bodies WHERE kind = 'network';
INSERT INTO activity_values (plan_version_id, activity_id, direction_id, title, description,
    responsible_id, coordinator_id, network_id, starts_on, ends_on, budget)
  SELECT (SELECT max(id) FROM plan_versions), m.id, d.id,
    initcap(h.word) || t.word || ' ' || (string_to_array('med för om inom till', ' '))[1 + m.nr % 5]
      || ' ' || k.word || u.word, 'Kommunerna arbetar tillsammans mot ohälsa.', p.id, o.id, g.id,
    DATE '2025-01-07' + CAST(m.nr % 600 AS int), DATE '2026-09-30' + CAST(m.nr % 900 AS int),
    100000 + m.nr % 90 * 10000
  FROM made m
  JOIN lines d ON d.nr = m.nr % d.many
  JOIN heads h ON h.nr = m.nr % 49 JOIN tails t ON t.nr = m.nr / 49 % 30
  JOIN heads k ON k.nr = m.nr / 7 % 49 JOIN tails u ON u.nr = m.nr / 11 % 30
  JOIN people p ON p.email = 'person' || (1 + m.nr % 300) || '@bench.example.se'
  JOIN places o ON o.nr = m.nr % 15 JOIN groups g ON g.nr = m.nr / 3 % g.many;
INSERT INTO participations (activity_values_id, organisation_id)
  SELECT v.id, o.id FROM activity_values v JOIN made m ON m.id = v.activity_id
  JOIN places o ON o.nr IN ((m.nr + 1) % 15, (m.nr + 4) % 15, (m.nr + 9) % 15);
INSERT INTO funding_lines (activity_values_id, source, kind, amount, state, organisation_id)
  SELECT v.id, x.source, x.kind, 20000 + m.nr % 40 * 1000, x.state, x.place
  FROM activity_values v JOIN made m ON m.id = v.activity_id
  CROSS JOIN LATERAL (VALUES ('Medfinansiering', 'co_financing', CASE WHEN m.nr % 3 = 0
      THEN 'pledged' ELSE 'planned' END, CASE WHEN m.nr % 3 = 0 THEN v.coordinator_id END),
    ('Tillväxtverket', 'external', CASE WHEN m.nr % 4 = 0 THEN 'granted' WHEN m.nr % 4 = 1
      THEN 'rejected' ELSE 'applied' END, NULL)) AS x(source, kind, state, place);
INSERT INTO milestones (activity_id, title)
  SELECT m.id, x FROM made m, unnest(ARRAY['Underlag klart', 'Beslut fattat']) x;
INSERT INTO planned_milestones (activity_values_id, milestone_id, due_on)
  SELECT v.id, s.id, v.starts_on + CAST(CASE s.title WHEN 'Underlag klart' THEN 200 ELSE 500 END
    + m.nr % 90 AS int)
  FROM activity_values v JOIN made m ON m.id = v.activity_id JOIN milestones s
    ON s.activity_id = m.id;
INSERT INTO milestone_changes (milestone_id, kind, person_id, changed_at)
  SELECT p.milestone_id, 'reached', v.responsible_id, p.due_on + interval '10 hours'
  FROM planned_milestones p JOIN activity_values v ON v.id = p.activity_values_id
  JOIN made m ON m.id = v.activity_id WHERE p.due_on < '2026-10-20' AND m.nr % 20 > 0
"""
_NEEDS = """
INSERT INTO needs (title, description, registered_by, organisation_id, registered_at, stage,
    stage_since, focus_area_id, network_id, preparer_id, prepare_by, decided_on, paragraph,
    motivation, rested_from)
  SELECT 'Behov av ' || h.word || t.word, 'Det saknas gemensamma lösningar.', p.id, o.id,
    CAST(:now AS timestamptz) - n * interval '1 day', s.stage,
    CAST(:now AS timestamptz) - n * interval '8 hours', f.id, g.id,
    CASE s.stage WHEN 'preparing' THEN p.id END,
    CASE s.stage WHEN 'preparing' THEN DATE '2026-09-01' + CAST(n AS int) % 90 END,
    CASE WHEN s.stage IN ('accepted', 'declined') THEN DATE '2026-06-01' END,
    CASE s.stage WHEN 'accepted' THEN '14' END, CASE s.stage WHEN 'declined' THEN 'Ryms inte' END,
    CASE s.stage WHEN 'resting' THEN 'preparing' END
  FROM generate_series(1, 300) n
  JOIN heads h ON h.nr = n % 49 JOIN tails t ON t.nr = n % 30
  JOIN people p ON p.email = 'person' || n || '@bench.example.se'
  JOIN places o ON o.nr = n % 15 JOIN groups g ON g.nr = n % g.many
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS nr, count(*) OVER () AS many
    FROM focus_areas) f ON f.nr = n % f.many
  CROSS JOIN LATERAL (SELECT (string_to_array('registered preparing reference_group presidium '
    'board accepted declined resting', ' '))[1 + n % 8] AS stage) s;
INSERT INTO need_municipalities (need_id, organisation_id)
  SELECT n.id, o.id FROM needs n JOIN places o ON o.nr = (n.id + 3) % 15;
INSERT INTO need_supports (need_id, organisation_id, person_id, supported_at)
  SELECT n.id, o.id, n.registered_by, n.registered_at FROM needs n
  JOIN places o ON o.nr IN (n.id % 15, (n.id + 5) % 15);
INSERT INTO need_steps (need_id, person_id, taken_at, kind, to_stage, platform)
  SELECT id, registered_by, registered_at, 'registered', 'registered', 'web' FROM needs;
INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, platform)
  SELECT id, registered_by, stage_since, 'moved', 'registered', 'preparing', 'web' FROM needs
  WHERE stage <> 'registered'
"""
_WORK = """
INSERT INTO assignments (title, reason, hours, due_on, person_id, activity_id, asked_by, asked_at,
    state, state_since)
  SELECT 'Kartlägg ' || h.word || t.word, 'Behövs till planen', 20,
    DATE '2026-09-01' + CAST(n AS int) % 200, p.id, m.id, p.id,
    CAST(:now AS timestamptz) - n * interval '3 hours',
    (string_to_array('open taken taken done unresourced', ' '))[1 + n % 5],
    CAST(:now AS timestamptz) - n * interval '2 hours'
  FROM generate_series(1, 1000) n
  JOIN heads h ON h.nr = n % 49 JOIN tails t ON t.nr = n % 30 JOIN made m ON m.nr = n * 9
  JOIN people p ON p.email = 'person' || (1 + n % 300) || '@bench.example.se';
INSERT INTO assignment_parts (assignment_id, person_id, organisation_id, state, state_since, hours)
  SELECT a.id, a.person_id, e.organisation_id, CASE a.state WHEN 'open' THEN 'asked'
    WHEN 'taken' THEN 'accepted' WHEN 'done' THEN 'done' ELSE 'declined' END, a.state_since, 20
  FROM assignments a JOIN employments e ON e.person_id = a.person_id;
INSERT INTO applications (activity_id, fund, last_day, amount, writer_id, state, state_since,
    applied_on, expected_on, answered_on, granted, registered_by, registered_at)
  SELECT m.id, (string_to_array('ESF+ Vinnova Tillväxtverket', ' '))[1 + n % 3],
    DATE '2026-10-01' + CAST(n AS int) % 120, 500000, p.id, s.state, CAST(:now AS timestamptz)
      - n * interval '1 day', CASE WHEN s.state <> 'planned' THEN DATE '2026-05-01' END,
    CASE s.state WHEN 'applied' THEN DATE '2026-11-01' + CAST(n AS int) % 90 END,
    CASE WHEN s.state IN ('granted', 'rejected') THEN DATE '2026-08-01' END,
    CASE s.state WHEN 'granted' THEN 400000 END, p.id, CAST(:now AS timestamptz) - interval '1 year'
  FROM generate_series(1, 300) n JOIN made m ON m.nr = n * 31
  JOIN people p ON p.email = 'person' || n || '@bench.example.se'
  CROSS JOIN LATERAL (SELECT (string_to_array('planned applied granted rejected', ' '))
    [1 + n % 4] AS state) s
"""
_POLLS = """
INSERT INTO polls (kind, method, title, activity_id, voters, secrecy, state, state_since, opens_at,
    closes_at, decider_id, points, started_by, started_at)
  SELECT x.kind, x.method, 'Omröstning om ' || h.word || t.word, m.id, 'municipality',
    CASE WHEN n % 4 = 0 THEN 'until_closing' ELSE 'open' END,
    CASE WHEN n <= 10 THEN 'open' ELSE 'closed' END, CAST(:now AS timestamptz)
      - n * interval '5 days', CAST(:now AS timestamptz) - (n + 20) * interval '5 days',
    CAST(:now AS timestamptz) + (11 - n) * interval '2 days', b.id, x.points, p.id,
    CAST(:now AS timestamptz) - (n + 20) * interval '5 days'
  FROM generate_series(1, 30) n
  JOIN heads h ON h.nr = n JOIN tails t ON t.nr = n % 30 JOIN made m ON m.nr = n * 300
  JOIN people p ON p.email = 'person1@bench.example.se' JOIN bodies b ON b.kind = 'board'
  CROSS JOIN LATERAL (SELECT CASE WHEN n % 3 = 0 THEN 'priority' ELSE 'co_financing' END AS kind,
    CASE WHEN n % 3 = 0 THEN 'points' ELSE 'pledge' END AS method,
    CASE WHEN n % 3 = 0 THEN 10 END AS points) x;
INSERT INTO poll_options (poll_id, position, label, added_by, added_at)
  SELECT id, n, 'Val ' || n, started_by, started_at FROM polls, generate_series(1, 4) n
  WHERE kind = 'priority';
INSERT INTO poll_proposals (poll_id, version, purpose, total, funded, asked, sharing_key, pays,
    made_by, made_at)
  SELECT id, 1, 'Att det blir av', 3000000, 0, 1500000, 'equal', 'money', started_by, started_at
  FROM polls WHERE kind = 'co_financing';
INSERT INTO poll_shares (poll_id, version, organisation_id, amount)
  SELECT p.id, 1, o.id, 100000 FROM polls p, places o WHERE p.kind = 'co_financing';
INSERT INTO poll_voters (poll_id, organisation_id, organisation_kind, voted)
  SELECT p.id, o.id, 'municipality', (p.id + o.nr) % 3 > 0 FROM polls p, places o;
INSERT INTO poll_answers (voter_id, version, kind, amount, expected_on, person_id, answered_at,
    platform)
  SELECT v.id, 1, CASE WHEN v.id % 7 = 0 THEN 'political' ELSE 'yes' END,
    CASE WHEN v.id % 7 > 0 THEN 100000 END, CASE WHEN v.id % 7 = 0 THEN DATE '2026-11-20' END,
    p.started_by, p.opens_at + interval '3 days', 'web'
  FROM poll_voters v JOIN polls p ON p.id = v.poll_id WHERE v.voted AND p.kind = 'co_financing'
"""
_REPORTS = """
INSERT INTO status_reports (activity_id, person_id, status, situation, deviation, measure,
  decision_from, decision, reported_at, platform)
SELECT a.id, p.id, s.status, 'Arbetet går framåt', s.deviation, s.deviation,
  CASE WHEN (a.id + n) % 150 = 0 THEN 'steering_group' ELSE 'nobody' END,
  CASE WHEN (a.id + n) % 150 = 0 THEN 'Godkänn en ny tidplan' END,
  CAST(:now AS timestamptz) - n * interval '14 days'
    - a.id * 7919 % 10007 * interval '14 days' / 10007, 'web'
FROM (SELECT CAST(:fortnight AS int) AS n) fortnight
CROSS JOIN activities a
CROSS JOIN (SELECT min(id) AS id FROM people) p
CROSS JOIN LATERAL (SELECT CASE (a.id * 7 + n) % 40 WHEN 0 THEN 'off_track' WHEN 1 THEN 'at_risk'
  WHEN 2 THEN 'at_risk' WHEN 3 THEN 'paused' WHEN 4 THEN 'done' ELSE 'on_track' END AS status,
  CASE WHEN (a.id * 7 + n) % 40 < 3 THEN 'Avtalet är försenat' END AS deviation) s
ORDER BY a.id
"""
"""What all report in one fortnight, so many before now."""


async def fill(url: str, reports: int) -> None:
    """Everything, with so many reports in all, on a fresh database that has the schema.

    A fortnight's reports at a time, each cleared up after: in one transaction PostgreSQL could not
    reuse the room of any standing that was written over, which in years of use it does by itself.
    """
    await sample_plan.fill(url)
    database = Database(url)
    async with database.transaction() as db:
        samples, by = sample_plan.SAMPLES, By("bench", NOW.date(), NOW)
        await import_meetings(db, samples / "meetings-2026.csv", by)
        for statements in (_WORDS, _PLAN, _NEEDS, _WORK, _POLLS):
            for statement in statements.split(";\n"):
                await db.execute(text(statement), {"now": NOW} if ":now" in statement else {})
    async with database.engine.connect() as db:
        alone = await db.execution_options(isolation_level="AUTOCOMMIT")
        for fortnight in reversed(range(reports // ACTIVITIES)):
            await alone.execute(text(_REPORTS), {"now": NOW, "fortnight": fortnight})
            await alone.execute(text("VACUUM activity_standings"))
        await alone.execute(text("VACUUM ANALYZE"))
    await database.close()
