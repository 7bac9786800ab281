"""What is new in the directory is understood at once, and misspelt words cost no more than some."""

import asyncio
from datetime import date
from unittest.mock import patch

import pytest
from sqlalchemy import text

from bot.plan import PlanInMemory
from bot.questions import spelling
from bot.questions.spelling import MOST_MENDED, spelt
from bot.questions.vocabulary import Vocabularies, Vocabulary, as_words
from storage.database import Database
from tests.questions.other_federation import vocabulary

DAY = date(2026, 3, 16)
_HIRED = text("""
WITH one AS (
  INSERT INTO people (name, email) VALUES ('Eva Ek', 'eva.ek@skara.example.se') RETURNING id
)
SELECT id FROM one
""")
_EMPLOYED = text("""
INSERT INTO employments (person_id, organisation_id, starts_on)
SELECT :person, id, '2026-01-01' FROM organisations WHERE name = 'Skara'
""")
_LEFT = text("UPDATE employments SET ends_on = '2026-03-01' WHERE person_id = :person")


async def test_who_is_employed_or_leaves_is_known_at_once(sample_database: Database):
    plans, vocabularies = PlanInMemory(), Vocabularies()

    async def known() -> bool:
        async with sample_database.connection() as db:
            made = await vocabularies.of(db, await plans.now(db), DAY)
        return "ek" in made.names_of_people

    async with sample_database.transaction() as db:
        person = await db.scalar(_HIRED)
    assert not await known()
    async with sample_database.transaction() as db:
        await db.execute(_EMPLOYED, {"person": person})
    assert await known()
    async with sample_database.transaction() as db:
        await db.execute(_LEFT, {"person": person})
    assert not await known()


async def test_a_vocabulary_is_made_once_and_beside_what_else_goes_on(sample_database: Database):
    plans, vocabularies = PlanInMemory(), Vocabularies()
    made = 0
    prepare = Vocabulary.prepare

    def counted(self: Vocabulary) -> Vocabulary:
        nonlocal made
        made += 1
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return prepare(self)

    async def asked() -> Vocabulary:
        async with sample_database.connection() as db:
            return await vocabularies.of(db, await plans.now(db), DAY)

    async with sample_database.connection() as db:
        await plans.now(db)
    with patch.object(Vocabulary, "prepare", counted):
        found = await asyncio.gather(*(asked() for _each in range(3)))
    assert made == 1
    assert len(set(map(id, found))) == 1
    assert {"known", "title_words", "spellings", "places"} <= set(vars(found[0]))


def test_only_so_many_misspelt_words_are_mended():
    other = vocabulary()
    said = " ".join("vinterfestivallen" + "q" * (at % 2) for at in range(MOST_MENDED + 5))[:400]
    words = as_words(said, other)
    assert len(words) > MOST_MENDED
    assert sum(each.mended for each in spelt(words, other)) == MOST_MENDED


def test_a_word_is_compared_with_all_names_once():
    other = vocabulary()
    words = as_words("vinterfestivallen", other)
    with patch.object(spelling.process, "extract", wraps=spelling.process.extract) as compared:
        first = spelt(words, other)
        many = compared.call_count
        assert many > 0
        assert spelt(words, other) == first
        assert compared.call_count == many
