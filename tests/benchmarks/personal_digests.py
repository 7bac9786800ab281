"""Does a digest of one's own cost more when many get one? The last thousand of twenty thousand
against a thousand, made as the bot makes them: found, composed, kept and said.

Everybody is in one of the networks, follows activities, and has news. What is due is looked for
again as often as ticks do, so what that costs is in the figure. Those of the first nineteen
thousand are copies of one that was made so.
"""

from statistics import median
from time import perf_counter

from sqlalchemy import text

from bot.digests.due import MOST_AT_ONCE, personal_due
from bot.plan import Plan, PlanInMemory
from bot.settings import Settings
from storage.database import Database
from storage.queries.schedule import claim
from tests.benchmarks.row import Row
from tests.benchmarks.sample_plan import fill
from tests.digest_material import stockholm

FEW, MANY, A_TURN = 1_000, 20_000, MOST_AT_ONCE
GOAL = 1.3
NOW = stockholm("2026-11-25 07:50")
"""A Wednesday, five minutes after personal digests are due."""

_READERS = """
INSERT INTO people (id, name, email) OVERRIDING SYSTEM VALUE
  SELECT 100000 + n, 'Medlem ' || n, 'medlem' || n || '@example.se'
  FROM generate_series(1, {many}) n;
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT 100000 + n, (SELECT min(id) FROM organisations WHERE kind = 'municipality'), '2026-01-01'
  FROM generate_series(1, {many}) n;
INSERT INTO memberships (person_id, body_id, starts_on, given_by)
  SELECT 100000 + n, b.ids[1 + n % array_length(b.ids, 1)], '2026-01-01', 'bench'
  FROM generate_series(1, {many}) n,
    (SELECT array_agg(id ORDER BY id) AS ids FROM bodies WHERE kind = 'network') b;
INSERT INTO activity_follows (activity_id, person_id, followed_at)
  SELECT a.ids[1 + (n * 7 + k) % array_length(a.ids, 1)], 100000 + n, '2026-02-01'
  FROM generate_series(1, {many}) n, generate_series(1, 3) k,
    (SELECT array_agg(id ORDER BY id) AS ids FROM activities) a;
INSERT INTO personal_settings (person_id, name, value)
  SELECT 100000 + n, 'digest_days', '{{"days": [3], "since": "2026-01-01T00:00:00+00:00"}}'
  FROM generate_series(1, {many}) n;
INSERT INTO connections (id, platform, tenant) OVERRIDING SYSTEM VALUE VALUES (1000, 'bench', 'x');
INSERT INTO conversations (connection_id, kind, address, name, person_id)
  SELECT 1000, 'private', 'm' || n, 'Medlem ' || n, 100000 + n FROM generate_series(1, {many}) n;
INSERT INTO status_reports (activity_id, person_id, status, situation, deviation, reported_at,
  platform)
  SELECT a.id, (SELECT min(id) FROM people), 'off_track', 'Arbetet går framåt',
    'Avtalet är försenat', '2026-11-23T09:00:00+00:00', 'web' FROM activities a
"""


_MADE = """
INSERT INTO due_done (kind, audience, period, done_at)
  SELECT o.kind, 'person:' || 100000 + n, o.period, o.done_at
  FROM due_done o, generate_series(2, {made}) n WHERE o.audience = 'person:100001';
INSERT INTO digests (audience, period, covers_from, covers_to, made_at, view, told)
  SELECT 'person:' || 100000 + n, d.period, d.covers_from, d.covers_to, d.made_at, d.view, d.told
  FROM digests d, generate_series(2, {made}) n WHERE d.audience = 'person:100001';
INSERT INTO messages (conversation_id, view, urgency, letter)
  SELECT c.id, m.view, m.urgency, m.letter FROM messages m, conversations c
  WHERE c.person_id BETWEEN 100002 AND 100000 + {made}
"""


async def _ready(url: str, many: int) -> tuple[Database, Plan]:
    """A database where as many readers are left as in the smaller one."""
    database = Database(url)
    await fill(url)
    async with database.transaction() as db:
        for statement in _READERS.format(many=many).split(";\n"):
            await db.execute(text(statement))
    async with database.transaction() as db:
        plan = await PlanInMemory().now(db)
    if many > FEW:
        await _some(database, plan, most=1)
        async with database.transaction() as db:
            for statement in _MADE.format(made=many - FEW).split(";\n"):
                await db.execute(text(statement))
    async with database.engine.connect() as db:
        alone = await db.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("VACUUM ANALYZE"))
    return database, plan


async def _everybody_has_one(database: Database, many: int) -> None:
    async with database.connection() as db:
        kept = await db.scalar(text("SELECT count(*) FROM digests WHERE audience LIKE 'person:%'"))
        said = await db.scalar(text("SELECT count(DISTINCT conversation_id) FROM messages"))
    await database.close()
    assert kept == said == many, (kept, said)


async def _some(database: Database, plan: Plan, most: int) -> float:
    """Find what is due and make so many; milliseconds that each took until it was committed."""
    begun = perf_counter()
    async with database.transaction() as db:
        found = await personal_due(db, plan, NOW, Settings())
    for due in found[:most]:
        async with database.transaction() as db:
            assert await claim(db, due.kind, due.audience, due.period, NOW)
            await due.do(db)
    return (perf_counter() - begun) * 1_000 / most


async def run(few_url: str, many_url: str) -> list[Row]:
    """On fresh databases that have the schema; some in the one and some in the other by turns."""
    places = [await _ready(few_url, FEW), await _ready(many_url, MANY)]
    taken: tuple[list[float], list[float]] = ([], [])
    for _turn in range(0, FEW, A_TURN):
        for (database, plan), times in zip(places, taken, strict=True):
            times.append(await _some(database, plan, A_TURN))
    for (database, _plan), many in zip(places, (FEW, MANY), strict=True):
        await _everybody_has_one(database, many)
    few, many = median(taken[0]), median(taken[1])
    name = f"making a digest of one's own among {MANY:,}, milliseconds, against {FEW:,}"
    return [Row(name, many, few, many / few, f"at most {GOAL}", many <= few * GOAL)]
