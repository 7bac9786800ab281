"""Words that are in no name, looked for in what activities and needs say of themselves."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.queries.questions_texts import texts_with

NEED = """
INSERT INTO needs (title, description, registered_by, organisation_id, registered_at, stage,
  stage_since)
SELECT :title, 'Det saknas på flera håll', min(p.id), min(e.organisation_id), now(), 'registered',
  now()
FROM people p JOIN employments e ON e.person_id = p.id RETURNING id
"""


async def found(database: Database, *words: str, most: int = 3) -> Sequence[tuple[str, str]]:
    async with database.connection() as db:
        return [(row["kind"], row["title"]) for row in await texts_with(db, words, most)]


async def test_words_inflected_and_without_dots(sample_database: Database):
    for words in (("matt", "ohalsa"), ("ohalsa",), ("ohals",)):
        assert await found(sample_database, *words) == [
            ("activity", "Folkhälsodata delregionalt")
        ], words
    assert await found(sample_database, "feriejobb") == [
        ("activity", "Sommarjobb över kommungräns")
    ]
    assert await found(sample_database, "vader") == []


async def test_a_long_word_begins_a_compound_and_a_short_one_does_not(sample_database: Database):
    assert ("activity", "Detaljplaner i takt: delade planresurser") in await found(
        sample_database, "planarkitekt"
    )
    assert ("activity", "Projektkontor för ansökningar") in await found(
        sample_database, "regional", most=40
    )
    assert await found(sample_database, "nati") == []


async def test_what_holds_more_of_the_words_comes_first_and_all_are_counted(
    sample_database: Database,
):
    async with sample_database.connection() as db:
        rows = await texts_with(db, ["skaraborg", "mass"], 2)
    assert rows[0]["title"] == "Skaraborg på mässor 2026"
    assert len(rows) == 2
    assert rows[0]["total"] > 2


async def test_living_needs_are_found_and_those_taken_back_are_not(sample_database: Database):
    async with sample_database.transaction() as db:
        for title in ("Samordnad skolskjuts", "Skolskjuts på natten"):
            await db.execute(text(NEED), {"title": title})
        await db.execute(
            text("UPDATE needs SET withdrawn_at = now() WHERE title = 'Skolskjuts på natten'")
        )
    assert await found(sample_database, "skolskjuts") == [("need", "Samordnad skolskjuts")]


async def test_what_an_earlier_plan_said_is_not_found(sample_database: Database):
    async with sample_database.transaction() as db:
        await db.execute(
            text("INSERT INTO plan_versions (year, adopted_on, paragraph) VALUES "
                 "(2027, '2026-11-01', '9')")
        )  # fmt: skip
        await db.execute(
            text("""
            INSERT INTO activity_values (plan_version_id, activity_id, direction_id, title,
              description, responsible_id, coordinator_id, starts_on, ends_on, budget)
            SELECT (SELECT max(id) FROM plan_versions), activity_id, direction_id, title,
              'Mätningar', responsible_id, coordinator_id, starts_on, ends_on, budget
            FROM activity_values WHERE title = 'Folkhälsodata delregionalt'""")
        )
    assert await found(sample_database, "ohalsa") == []
    assert await found(sample_database, "matning") == [("activity", "Folkhälsodata delregionalt")]


@pytest.mark.parametrize("word", ["och", "det"])
async def test_small_words_are_nowhere(sample_database: Database, word: str):
    assert await found(sample_database, word) == []
