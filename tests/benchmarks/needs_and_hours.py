"""Lists of ten thousand needs and the hours of ten thousand assignments, of 100,000 steps each.

Each question is held against a plain query that reads the same rows once, timed in turn with it.
"""

from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.reading import hours_by_municipality_and_activity
from bot.needs.reading import Filter, board_of, needs_listed
from bot.needs.stages import Stage
from bot.people import OrganisationId, PersonId
from storage.database import Database
from tests.benchmarks.row import Row

NEEDS, STEPS_EACH, ROUNDS = 10_000, 10, 9

_FILL = f"""
INSERT INTO organisations (kind, name, code)
  SELECT 'municipality', 'Kommun ' || n, (1400 + n)::text FROM generate_series(1, 15) n;
INSERT INTO people (name, email)
  SELECT 'Person ' || n, 'p' || n || '@example.se' FROM generate_series(1, 200) n;
INSERT INTO needs (title, description, registered_by, organisation_id, registered_at, stage_since)
  SELECT 'Behov ' || n || CASE WHEN n % 200 = 0 THEN ' av tolkar' ELSE ' av lokaler' END,
    repeat('Det saknas gemensamma lösningar för skolskjuts och simhall. ', 5),
    (SELECT min(id) FROM people) + n % 200,
    (SELECT min(id) FROM organisations WHERE kind = 'municipality') + n % 15, now(), now()
  FROM generate_series(1, {NEEDS}) n;
UPDATE needs SET merged_into_id = id - 1 WHERE id % 20 = 0;
INSERT INTO need_supports (need_id, organisation_id, person_id, supported_at)
  SELECT n.id, (SELECT min(id) FROM organisations WHERE kind = 'municipality') + (n.id + k) % 15,
    n.registered_by, now() FROM needs n, generate_series(1, 2) k;
INSERT INTO need_steps (need_id, person_id, taken_at, kind, platform)
  SELECT n.id, n.registered_by, now() + k * interval '1 minute', 'edited', 'web'
  FROM generate_series(1, {STEPS_EACH}) k, needs n;
INSERT INTO activities (code) SELECT 'AKT-' || n FROM generate_series(10, 99) n;
INSERT INTO assignments (title, hours, due_on, person_id, activity_id, asked_by, asked_at, state,
  state_since)
  SELECT 'Uppdrag ' || n, 20, '2026-12-01', p.id, (SELECT min(id) FROM activities) + n % 90, p.id,
    now(), 'taken', now()
  FROM generate_series(1, {NEEDS}) n
  JOIN people p ON p.id = (SELECT min(id) FROM people) + n % 200;
INSERT INTO assignment_parts (assignment_id, person_id, organisation_id, state, state_since, hours)
  SELECT a.id, a.person_id,
    (SELECT min(id) FROM organisations WHERE kind = 'municipality') + a.person_id % 15, 'accepted',
    now(), 20 FROM assignments a;
INSERT INTO assignment_steps (assignment_id, part_id, person_id, taken_at, kind, hours, platform)
  SELECT p.assignment_id, p.id, p.person_id, now(), 'progress', 2, 'web'
  FROM generate_series(1, {STEPS_EACH}) k, assignment_parts p
"""
_EVERY_NEED = "SELECT max(length(title || description)) FROM needs"
_EVERY_HOUR = """
SELECT p.organisation_id, sum(s.hours) FROM assignment_parts p
JOIN assignment_steps s ON s.part_id = p.id GROUP BY 1
"""


class Asked(NamedTuple):
    """A question, the plain query it is held against, and how many times as long it may take."""

    name: str
    ours: Callable[[AsyncConnection], Awaitable[object]]
    against: str
    goal: float


def _listed(wanted: Filter) -> Callable[[AsyncConnection], Awaitable[object]]:
    return lambda db: needs_listed(db, wanted, most=6)


async def run(url: str) -> list[Row]:
    """Ask each on a fresh database that has the schema."""
    database = Database(url)
    try:
        async with database.transaction() as db:
            for statement in _FILL.split(";\n"):
                await db.execute(text(statement))
            place = await db.scalar(
                text("SELECT min(id) FROM organisations WHERE kind = 'municipality'")
            )
            person = await db.scalar(text("SELECT min(id) FROM people"))
        async with database.engine.connect() as db:
            alone = await db.execution_options(isolation_level="AUTOCOMMIT")
            await alone.execute(text("VACUUM ANALYZE"))
        async with database.connection() as db:
            return [await _compare(db, each) for each in _asked(place, person)]
    finally:
        await database.close()


def _asked(place: int, person: int) -> list[Asked]:
    filters = {
        "all": Filter(),
        "at a stage": Filter(stages=frozenset((Stage.REGISTERED,))),
        "of a municipality": Filter(municipality=OrganisationId(place)),
        "of a person": Filter(concerns=PersonId(person)),
        "with a word": Filter(words="tolk"),
    }
    return [
        *(
            Asked(f"needs listed: {name}", _listed(wanted), _EVERY_NEED, 5)
            for name, wanted in filters.items()
        ),
        Asked("needs on the board", lambda db: board_of(db, Filter(), most=30), _EVERY_NEED, 5),
        Asked("hours by municipality", hours_by_municipality_and_activity, _EVERY_HOUR, 8),
    ]


async def _compare(db: AsyncConnection, asked: Asked) -> Row:
    times: tuple[list[float], list[float]] = ([], [])
    for nth in range(ROUNDS + 2):
        begun = perf_counter()
        await asked.ours(db)
        between = perf_counter()
        (await db.execute(text(asked.against))).all()
        if nth >= 2:
            times[0].append(between - begun)
            times[1].append(perf_counter() - between)
    ours, against = median(times[0]), median(times[1])
    ratio = ours / against
    name = f"{asked.name} ({NEEDS:,}, {NEEDS * STEPS_EACH:,} steps), seconds, against a plain read"
    return Row(name, ours, against, ratio, f"at most {asked.goal:g}", ratio <= asked.goal)
