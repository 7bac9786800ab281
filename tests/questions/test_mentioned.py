"""Words that are in no name, looked for in what activities and needs say of themselves."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import Person
from bot.plan import PlanInMemory
from bot.questions.hearing import hear
from bot.questions.mentioned import SHOWN, Mentioned, mentioned, written
from bot.questions.understanding import Understood
from bot.questions.vocabulary import Vocabularies
from storage.database import Database
from storage.models.texts import texts_vector
from storage.queries.questions_texts import texts_with
from tests.questions.conftest import Known
from tests.questions.sets import TODAY

HEALTH = ("activity", "SOC-03", "Folkhälsodata delregionalt")
NEED = """
INSERT INTO needs (title, description, registered_by, organisation_id, registered_at, stage,
  stage_since)
SELECT :title, 'Det saknas på flera håll', min(p.id), min(e.organisation_id), now(), 'registered',
  now()
FROM people p JOIN employments e ON e.person_id = p.id RETURNING id
"""


async def need(db: AsyncConnection, title: str) -> int:
    return int(await db.scalar(text(NEED), {"title": title}) or 0)


async def heard(db: AsyncConnection, words: str, person: Person | None = None) -> Understood:
    vocabulary = await Vocabularies().of(db, await PlanInMemory().now(db), TODAY)
    return await hear(db, words, vocabulary, TODAY, person)


async def told(database: Database, words: str) -> Mentioned:
    async with database.connection() as db:
        return await mentioned(db, await heard(db, words))


async def titles(database: Database, *words: str, beginnings: bool = True) -> Sequence[str]:
    async with database.connection() as db:
        return [each.title for each in await texts_with(db, [words], 50, beginnings=beginnings)]


@pytest.mark.parametrize(
    "words",
    [
        "hur går det med ohälsan?",
        "HUR GÅR DET MED OHÄLSA",
        "hur gar det med ohalsan",
        "vad gör vi åt psykisk ohälsa?",
    ],
)
async def test_inflected_in_capitals_and_without_dots(sample_database: Database, words: str):
    found = await told(sample_database, words)
    assert (found.found, found.total) == ([HEALTH], 1)
    assert [each.casefold().replace("ä", "a").removesuffix("n") for each in found.words] == [
        "ohalsa"
    ]


async def test_a_long_stem_begins_a_compound_and_a_short_one_does_not(sample_database: Database):
    delade = "Detaljplaner i takt: delade planresurser"
    assert delade in await titles(sample_database, "planarkitekt")
    assert await titles(sample_database, "planarkite") == [delade]
    assert await titles(sample_database, "planarkite", beginnings=False) == []
    for word in ("bilarna", "maten", "samen", "forsen"):
        assert (await told(sample_database, f"hur går det med {word}?")).found == (), word


async def test_what_holds_more_of_the_words_comes_first_and_the_rest_are_counted(
    sample_database: Database,
):
    async with sample_database.transaction() as db:
        for at in range(5):
            await need(db, f"Skolskjuts på sträcka {at}")
        await need(db, "Skolskjuts och elevhälsa")
    found = await told(sample_database, "vad gör ni med skolskjutsen och elevhälsan?")
    assert found.words == ["skolskjutsen", "elevhälsan"]
    assert found.found[0][2] == "Skolskjuts och elevhälsa"
    assert (len(found.found), found.total) == (SHOWN, 6)


async def test_a_short_word_is_found_and_nothing_that_begins_with_it(sample_database: Database):
    async with sample_database.transaction() as db:
        await need(db, "Fler tåg till Skövde")
        await need(db, "Tagghud")
    found = await told(sample_database, "hur går det med tågen?")
    assert [title for _kind, _key, title in found.found] == ["Fler tåg till Skövde"]


async def test_words_that_many_texts_hold_tell_nothing(sample_database: Database):
    async with sample_database.transaction() as db:
        for at in range(50):
            await need(db, f"Skolskjuts på sträcka {at}")
    assert (await told(sample_database, "hur går det med skolskjutsen?")).found == ()


async def test_living_needs_are_found_and_those_taken_back_or_merged_are_not(
    sample_database: Database,
):
    async with sample_database.transaction() as db:
        kept = await need(db, "Samordnad skolskjuts")
        taken_back = await need(db, "Skolskjuts på natten")
        merged = await need(db, "Skolskjuts i helgen")
        await db.execute(
            text("UPDATE needs SET withdrawn_at = now() WHERE id = :id"), {"id": taken_back}
        )
        await db.execute(
            text("UPDATE needs SET merged_into_id = :kept WHERE id = :id"),
            {"kept": kept, "id": merged},
        )
    assert await titles(sample_database, "skolskjuts") == ["Samordnad skolskjuts"]


async def test_what_was_taken_back_hides_nothing_that_is_left(sample_database: Database):
    async with sample_database.transaction() as db:
        for at in range(60):
            await need(db, f"Skolskjuts på sträcka {at}")
        await db.execute(text("UPDATE needs SET withdrawn_at = now()"))
        await need(db, "Samordnad skolskjuts")
        assert await written(db, ["skolskjutsen"]) == {"skolskjutsen"}
    found = await told(sample_database, "hur går det med skolskjutsen?")
    assert [title for _kind, _key, title in found.found] == ["Samordnad skolskjuts"]


async def test_a_word_is_not_written_because_a_small_one_is(sample_database: Database):
    """Without its dots and its ending, `forsen` would be `för`, which is everywhere."""
    async with sample_database.connection() as db:
        assert await written(db, ["forsen"]) == frozenset()


async def test_what_an_earlier_plan_said_is_not_found_and_a_draft_is_not(
    sample_database: Database,
):
    later = """
    INSERT INTO activity_values (plan_version_id, activity_id, direction_id, title, description,
      responsible_id, coordinator_id, starts_on, ends_on, budget)
    SELECT (SELECT max(id) FROM plan_versions), activity_id, direction_id, title, :description,
      responsible_id, coordinator_id, starts_on, ends_on, budget
    FROM activity_values WHERE title = 'Folkhälsodata delregionalt' ORDER BY id LIMIT 1"""
    adopt = "INSERT INTO plan_versions (year, adopted_on, paragraph) VALUES (2027, '2026-11-01', 9)"
    draft = "INSERT INTO plan_versions (year) VALUES (2028)"
    async with sample_database.transaction() as db:
        for version, description in ((adopt, "Mätningar"), (draft, "Undersökningar")):
            await db.execute(text(version))
            await db.execute(text(later), {"description": description})
    assert await titles(sample_database, "ohalsa") == []
    assert await titles(sample_database, "undersokning") == []
    assert await titles(sample_database, "matning") == ["Folkhälsodata delregionalt"]


@pytest.mark.parametrize(
    "words", ["och", "", "ﷺﷺﷺﷺ", "漢字漢字", "привет", "ŉŉŉŉ ßßßß", "å" * 390, "'a' & !b:* | <->"]
)
async def test_no_word_is_too_odd_to_look_for(sample_database: Database, words: str):
    assert (await told(sample_database, words)).found == ()
    assert await titles(sample_database, words) == []


async def test_what_is_not_outside_asks_for_no_more_than_what_is_unknown(known: Known):
    """No order and nothing of people's own is looked up, so the database is not asked at all."""
    for words in ("ta bort ohälsan", "vad tjänar kulturchefen i Skara?", "vilka är röda?"):
        understood = await hear_without_database(words, known)
        assert await mentioned(NO_DATABASE, understood) == Mentioned()


NO_DATABASE: AsyncConnection = None  # pyright: ignore[reportAssignmentType] - it must not be used


async def hear_without_database(words: str, known: Known) -> Understood:
    return await hear(NO_DATABASE, words, known.vocabulary, TODAY, known.manager)


@pytest.mark.parametrize(
    "words",
    [
        "vad händer med åtgärden?",
        "hur går det med bostaden?",
        "vilka aktiviteter handlar om forskning?",
    ],
)
async def test_a_word_of_a_description_is_no_slip(sample_database: Database, words: str):
    async with sample_database.connection() as db:
        understood = await heard(db, words)
    assert not any(each.mended for each in understood.said.words)


async def test_a_word_of_a_need_is_no_slip_either(sample_database: Database):
    said = "hur går det med tolkningen?"
    async with sample_database.transaction() as db:
        assert any(each.mended for each in (await heard(db, said)).said.words)
        await need(db, "Tolkningen på sjukhus räcker inte")
        assert (await heard(db, said)).declined == "outside"
        found = await mentioned(db, await heard(db, said))
    assert [title for _kind, _key, title in found.found] == ["Tolkningen på sjukhus räcker inte"]


@pytest.mark.parametrize(
    ("table", "index"),
    [("activity_values", "ix_activity_values_texts"), ("needs", "ix_needs_texts")],
)
async def test_the_indexes_serve(sample_database: Database, table: str, index: str):
    words = texts_vector("x.title", "x.description")
    query = f"EXPLAIN SELECT FROM {table} x WHERE {words} @@ CAST('''ohals'':*' AS tsquery)"
    async with sample_database.transaction() as db:
        await db.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join((await db.execute(text(query.replace(":*", r"\:*")))).scalars())
    assert index in plan
