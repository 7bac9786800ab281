"""Needs that are alike: found among ten thousand, against a plain full-text query; and how well.

The plain query asks the same index for any of the words, ranks what it finds and gives five.
"""

import csv
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.needs.similarity import THRESHOLD, Pair, likenesses, measured, similar_needs
from storage.database import Database
from storage.queries.needs import WORDS
from tests.benchmarks.row import Row

NEEDS, ROUNDS, ASKED = 10_000, 7, 20
GOAL, GOOD = 3.0, 0.9
FOLDER = Path(__file__).parent
FILES = {
    "tuned on": FOLDER / "need_pairs.csv",
    "held out": FOLDER / "need_pairs_held_out.csv",
}

_FILL = text("""
INSERT INTO needs (title, description, registered_by, registered_at, stage_since)
SELECT left(t.title, 150), t.description, p.id, now(), now()
FROM unnest(CAST(:titles AS text[]), CAST(:descriptions AS text[])) AS t(title, description)
CROSS JOIN (SELECT min(id) AS id FROM people) p
""")
_PLAIN = text(f"""
SELECT n.id, n.title FROM needs n
CROSS JOIN (SELECT string_agg(quote_literal(word), ' | ')::tsquery AS words
  FROM unnest(tsvector_to_array(to_tsvector('swedish', :words))) word) q
WHERE {WORDS} @@ q.words ORDER BY ts_rank({WORDS}, q.words) DESC LIMIT 5
""")


async def run(url: str) -> list[Row]:
    """Compare the two on a fresh database that has the schema; then measure the pairs."""
    database = Database(url)
    try:
        texts = [pair.a for pair in _pairs(FILES["tuned on"])]
        async with database.transaction() as db:
            await _fill(db, texts)
        async with database.engine.connect() as db:
            alone = await db.execution_options(isolation_level="AUTOCOMMIT")
            await alone.execute(text("VACUUM ANALYZE needs"))
        async with database.connection() as db:
            rows = [await _speed(db, texts[: ASKED * 3 : 3])]
            for name, file in FILES.items():
                rows += await _quality(db, name, _pairs(file))
        return rows
    finally:
        await database.close()


def _pairs(file: Path) -> list[Pair]:
    with file.open(encoding="utf-8") as lines:
        return [
            Pair(row["a"], row["b"], row["same"] == "1")
            for row in csv.DictReader(lines, delimiter=";")
        ]


async def _fill(db: AsyncConnection, texts: list[str]) -> None:
    await db.execute(text("INSERT INTO people (name, email) VALUES ('A', 'a@example.se')"))
    pairs = [each for each, _ in zip(product(texts, texts), range(NEEDS), strict=False)]
    titles = [f"{one}: {other}" if n % 3 else one for n, (one, other) in enumerate(pairs)]
    descriptions = [f"{other}. " * 5 for _, other in pairs]
    await db.execute(_FILL, {"titles": titles, "descriptions": descriptions})


async def _speed(db: AsyncConnection, asked: list[str]) -> Row:
    times: tuple[list[float], list[float]] = ([], [])
    for nth in range(ROUNDS + 1):
        begun = perf_counter()
        for title in asked:
            await similar_needs(db, title, title)
        between = perf_counter()
        for title in asked:
            (await db.execute(_PLAIN, {"words": title})).all()
        if nth:
            times[0].append((between - begun) / len(asked))
            times[1].append((perf_counter() - between) / len(asked))
    ours, against = median(times[0]), median(times[1])
    name = f"needs alike among {NEEDS:,}, seconds, against a plain full-text query"
    ratio = ours / against
    return Row(name, ours, against, ratio, f"at most {GOAL}", ratio <= GOAL)


async def _quality(db: AsyncConnection, name: str, pairs: list[Pair]) -> list[Row]:
    found = measured(pairs, await likenesses(db, pairs), THRESHOLD)
    figures = {"precision": found.precision, "recall": found.recall}
    return [
        Row(
            f"needs alike, {what}, {len(pairs)} pairs {name}",
            figure,
            GOOD,
            figure / GOOD,
            f"at least {GOOD}",
            figure >= GOOD,
        )
        for what, figure in figures.items()
    ]
