"""Stories of questions about reports: asked by words, button or thread; the answer stays."""

import pytest
from sqlalchemy import text

from tests.conversations.conftest import Scene
from tests.conversations.reminding import CHEF, OFFICER, reminded, things


async def test_a_question_goes_to_whoever_answers_and_back(samspel: Scene):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-03 risk Avtalet är försenat")
    await chef.says("undra KOM-03 när kommer avtalet?")
    assert chef.sees("Frågan är ställd till Kompetensstrateg Skövde.")
    await officer.hears("när kommer avtalet?")
    await officer.clicks("Svara")
    await officer.fills(answer="I nästa vecka.")
    assert officer.sees("Svaret är sparat vid rapporten om KOM-03")
    await chef.hears("I nästa vecka.")
    await chef.says("historik KOM-03")
    assert chef.sees("när kommer avtalet?")
    assert chef.sees("I nästa vecka.")


async def test_whoever_has_left_gets_no_question(samspel: Scene):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-03 risk Avtalet är försenat")
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "UPDATE employments SET ends_on = '2026-03-16' WHERE person_id = "
                "(SELECT id FROM people WHERE email LIKE :email || '%')"
            ),
            {"email": OFFICER},
        )
    await chef.says("undra KOM-03 när kommer avtalet?")
    async with samspel.database.transaction() as db:
        heard = await db.scalars(
            text(
                "SELECT m.view ->> 'summary' FROM messages m "
                "JOIN conversations c ON c.id = m.conversation_id "
                "JOIN people p ON p.id = c.person_id WHERE p.email LIKE :email || '%'"
            ),
            {"email": OFFICER},
        )
        assert not [each for each in heard if "när kommer avtalet" in each]


async def test_the_button_on_the_card_asks_too(samspel: Scene):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-03 risk Avtalet är försenat")
    await chef.says("aktivitet KOM-03")
    await chef.clicks("Fråga om rapporten")
    await chef.fills(question="Vad kostar det?")
    await officer.hears("Vad kostar det?")


async def test_the_channel_sees_question_and_answer(samspel: Scene):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-03 risk Avtalet är försenat")
    await chef.says("undra KOM-03 när kommer avtalet?")
    await officer.sees_in("kompetens", "när kommer avtalet?")


async def test_what_is_not_answered_is_reminded_of(samspel: Scene):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-01 grön Allt rullar")
    await officer.says("rapport KOM-03 grön Allt rullar")
    await chef.says("undra KOM-03 hur många har sökt?")
    samspel.clock.passes(days=2)
    await reminded(samspel)
    await officer.hears("en fråga väntar på svar: ”hur många har sökt?”")
    assert await things(samspel, OFFICER) == ["question KOM-03"]


async def test_nothing_can_be_asked_of_what_was_never_reported(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("undra KOM-03 hur går det?")
    assert chef.sees("KOM-03 har ingen rapport än att fråga om.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_question_is_answered_once(samspel: Scene):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-03 risk Avtalet är försenat")
    await chef.says("undra KOM-03 när kommer avtalet?")
    await officer.hears("när kommer avtalet?")
    await officer.clicks("Svara")
    await officer.fills(answer="I nästa vecka.")
    await officer.hears("Fråga om KOM-03")
    await officer.clicks("Svara")
    assert officer.sees("har redan svarat på den frågan")


@pytest.mark.parametrize(
    ("words", "question"),
    [("kompetensråd hur går det", "hur går det"), ("Skaraborgs kompetensrad när?", "när?")],
)
async def test_words_of_the_title_name_the_activity(samspel: Scene, words: str, question: str):
    officer, chef = await samspel.person(OFFICER), await samspel.person(CHEF)
    await officer.says("rapport KOM-01 risk Avtalet är försenat")
    await chef.says(f"undra {words}")
    assert chef.sees("Frågan är ställd till Kompetensstrateg Skövde.")
    await officer.hears(question)


async def test_of_several_one_is_chosen_and_the_question_is_kept(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rapport STR-01 grön Allt rullar")
    await chef.says("undra gemensam hur går det")
    assert chef.sees("Flera aktiviteter passar. Vilken menar du?")
    await chef.clicks("STR-01")
    assert chef.sees("Frågan är ställd till")
    assert chef.sees("hur går det")
