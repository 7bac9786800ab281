"""Does a long history make a digest slow? Both digests at ten thousand and at a million reports.

A thousand activities with ten and with a thousand reports each, over the same two years. The
digests are timed in turn, so that a busy machine is busy for both.
"""

from datetime import timedelta
from statistics import median
from time import perf_counter

from sqlalchemy import text

from bot.digests.compose import compose
from bot.digests.gather import gather
from bot.digests.period import Audience, Week, due_in
from bot.plan import Plan, PlanInMemory
from bot.settings import Settings
from storage.database import Database
from tests.benchmarks.row import Row
from tests.digest_material import PlanRows

ACTIVITIES = 1_000
FEW, MANY = 10, 1_000
"""Reports of each activity."""

ROUNDS = 15
GOAL = 1.3
WEEK = Week(2026, 48)
YEARS = timedelta(days=730)

_REPORTS = text("""
INSERT INTO status_reports (activity_id, person_id, status, situation, deviation, measure,
  decision_from, decision, reported_at, platform)
SELECT a.id, p.id, s.status, 'Arbetet går framåt', s.deviation, s.deviation,
  CASE WHEN (a.id + n) % 50 = 0 THEN 'steering_group' ELSE 'nobody' END,
  CASE WHEN (a.id + n) % 50 = 0 THEN 'Godkänn en ny tidplan' END,
  CAST(:until AS timestamptz) - CAST(:span AS interval) * ((:each - n + a.id / 1001.0) / :each),
  'web'
FROM generate_series(1, :each) n
CROSS JOIN activities a
CROSS JOIN (SELECT min(id) AS id FROM people) p
CROSS JOIN LATERAL (SELECT CASE (a.id * 7 + n) % 12 WHEN 0 THEN 'off_track' WHEN 1 THEN 'at_risk'
  WHEN 2 THEN 'paused' ELSE 'on_track' END AS status, CASE WHEN (a.id * 7 + n) % 12 < 2
  THEN 'Avtalet är försenat' END AS deviation) s
ORDER BY n, a.id
""")


async def run(few_url: str, many_url: str) -> list[Row]:
    """Compare the digests on two fresh databases that have the schema."""
    few, many = Database(few_url), Database(many_url)
    try:
        await _fill(few, FEW)
        await _fill(many, MANY)
        return [await _compare(audience, few, many) for audience in Audience]
    finally:
        await few.close()
        await many.close()


async def _compare(audience: Audience, few: Database, many: Database) -> Row:
    plans = [await _plan(database) for database in (few, many)]
    times: tuple[list[float], list[float]] = ([], [])
    for nth in range(ROUNDS + 3):
        for database, plan, taken in zip((few, many), plans, times, strict=True):
            seconds = await _seconds(audience, database, plan)
            if nth >= 3:
                taken.append(seconds)
    against, ours = median(times[0]), median(times[1])
    name = f"digest to {audience}: {ACTIVITIES * MANY:,} reports against {ACTIVITIES * FEW:,}"
    ratio = ours / against
    return Row(name, ours, against, ratio, f"at most {GOAL}", ratio <= GOAL)


async def _seconds(audience: Audience, database: Database, plan: Plan) -> float:
    due = due_in(audience, WEEK, Settings())
    begun = perf_counter()
    async with database.transaction() as db:
        compose(await gather(db, plan, due, due.at))
    return perf_counter() - begun


async def _plan(database: Database) -> Plan:
    async with database.transaction() as db:
        return await PlanInMemory().now(db)


async def _fill(database: Database, each: int) -> None:
    until = due_in(Audience.STEERING_GROUP, WEEK, Settings()).at
    async with database.transaction() as db:
        rows = await PlanRows.begun(db)
        for n in range(ACTIVITIES):
            area = f"Insatsområde {n % 7 + 1}"
            await rows.activity(f"AKT{chr(65 + n // 100)}-{n % 100:02}", area=area)
        await db.execute(_REPORTS, {"each": each, "until": until, "span": YEARS})
    async with database.engine.connect() as db:
        alone = await db.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("VACUUM ANALYZE"))
