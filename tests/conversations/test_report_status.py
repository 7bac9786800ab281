"""Stories of reporting, told by people on a platform."""

import pytest

from bot.conversations.listed import all_conversations
from tests.conversations.conftest import Scene, spread

RESPONSIBLE = "kompetens@skovde"  # KOM-01 and KOM-03
OFF_PLAN = "inflyttning@hjo"  # PLA-01


async def test_a_report_by_words_is_saved_and_stands_in_the_networks_channel(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 risk Avtalet försenat")
    assert officer.sees("Sparat:")
    assert officer.sees("🟡 risk")
    await officer.sees_in("kompetens", "Nytt läge: KOM-03")
    assert officer.sees("Avtalet försenat")


async def test_an_off_plan_report_needs_a_measure(samspel: Scene):
    officer = await samspel.person(OFF_PLAN)
    await officer.says("rapport PLA-01 röd")
    await officer.fills(deviation="Förfrågan försenad")
    assert "Skriv vad ni gör åt det" in officer.sees_under("measure")
    assert officer.has_kept(deviation="Förfrågan försenad")
    await officer.fills(measure="Nytt anbud i mars")
    assert officer.sees("Sparat")


async def test_unchanged_says_the_last_report_again_without_a_new_post(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport kom3 grön Allt rullar")
    await officer.sees_in("kompetens", "Nytt läge: KOM-03")
    samspel.clock.passes(days=13)
    await officer.says("rapport KOM-03 oförändrat")
    assert officer.sees("Sparat som oförändrat")
    await officer.sees_in("kompetens", "Oförändrat enligt")
    assert officer.count("Nytt läge: KOM-03") == 1


async def test_a_state_that_nobody_knows_is_asked_for_and_the_text_kept(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 lila men vi jobbar på")
    assert officer.sees("Jag känner inte igen läget")
    assert officer.has_kept(situation="lila men vi jobbar på")
    await officer.fills(status="on_track")
    assert officer.sees("Sparat")


async def test_an_unknown_code_says_what_to_do_and_gives_the_words_back(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport XYZ-99 röd Tåget gick")
    assert officer.sees("Jag hittar ingen aktivitet")
    assert officer.sees("röd Tåget gick")


async def test_title_words_find_the_activity(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport batteriteknikutbildning grön ok")
    assert officer.sees("KOM-03")
    assert officer.sees("Sparat")


@pytest.mark.parametrize(
    "email", ["kompetens@skovde", "ekonomi@skaraborg", "chef@skaraborg", "vux@falkoping"]
)
async def test_those_who_may_report_can(samspel: Scene, email: str):
    person = await samspel.person(email)
    await person.says("rapport KOM-04 grön Igång")
    assert person.sees("Sparat")


@pytest.mark.parametrize(
    "email", ["it@skaraborg", "kommundirektor@skovde", "kultur@skara", "arbetsmarknad@tibro"]
)
async def test_others_are_told_who_may(samspel: Scene, email: str):
    person = await samspel.person(email)
    await person.says("rapport KOM-04 grön Igång")
    assert not person.sees("Sparat")
    assert person.sees("vux@falkoping.example.se")


async def test_only_the_author_corrects_and_the_channel_hears(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 röd Fel aktivitet")
    await officer.says("rätta KOM-03 grön Det gällde KOM-01")
    await officer.fills()
    assert officer.sees("Rättat")
    await officer.sees_in("kompetens", "Rättelse: KOM-03")
    chief = await samspel.person("chef@skaraborg")
    await chief.says("rätta KOM-03 gul")
    assert chief.sees("Du har ingen egen rapport att rätta")


async def test_mine_saves_what_is_right_and_asks_again_for_what_is_wrong(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport mina")
    async with samspel.database.connection() as db:
        plan = await _keys(db)
    right, wrong = plan["KOM-01"], plan["KOM-03"]
    await officer.fills(**{f"status_{right}": "on_track", f"status_{wrong}": "off_track"})
    assert "Skriv vad som avviker" in officer.sees_under(f"line_{wrong}")
    await officer.fills(**{f"line_{wrong}": "Två kurser inställda, vi söker nya lärare"})
    assert officer.sees("1 rapport sparad")
    await officer.says("historik KOM-01")
    assert officer.sees("enligt plan")


async def _keys(db):
    from sqlalchemy import text

    found = await db.execute(text("SELECT code, id FROM activities"))
    return {row.code: row.id for row in found}


async def test_milestones_are_reached_and_moved_with_a_reason(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("milstolpe KOM-03")
    await officer.clicks("Flytta")
    await officer.fills(due_on="2026-11-02")
    assert "Skriv skälet" in officer.sees_under("reason")
    await officer.fills(reason="Beskedet dröjer")
    assert officer.sees("Flyttad: ")
    await officer.says("milstolpe KOM-03")
    await officer.clicks("Nådd")
    assert officer.sees("Nådd: ")


@pytest.mark.parametrize(
    "words",
    [
        "rapport KOM-03 grön " + "å" * 10_000,
        "rapport KOM-03 grön <script>alert(1)</script><b>fet</b>",
        "rapport KOM-03 grön '; drop table status_reports; --",
        "rapport KOM-03 grön 🎉👩‍👩‍👧‍👦 \u202eesrever",
        "rapport " + "x" * 3_000,
        "rapport '; drop table",
        "<img src=x onerror=alert(1)>",
    ],
)
async def test_whatever_is_typed_gets_an_answer_and_nothing_breaks(samspel: Scene, words: str):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says(words)
    answered = ("Sparat", "Korta den till högst", "Jag hittar ingen", "Det vet jag inget om")
    assert any(officer.sees(each) for each in answered)
    await officer.says("hjälp")
    assert officer.sees("Det här kan du göra")


@pytest.mark.parametrize("words", ["rapport hjälp", "rapport ?", "/rapport help", "hjälp rapport"])
async def test_each_word_has_help_of_its_own(samspel: Scene, words: str):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says(words)
    assert officer.sees("rapport KOM-03 oförändrat")
    assert not officer.sees("takt KOM-03")


EXAMPLES = [
    (example.words, example.answer)
    for conversation in all_conversations()
    for example in conversation.examples()
]


@pytest.mark.parametrize(("samspel", "words", "answer"), spread(EXAMPLES), indirect=["samspel"])
async def test_every_example_in_the_help_does_what_it_says(samspel: Scene, words: str, answer: str):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 grön Början")
    await officer.says(words)
    assert officer.sees(answer)
    assert not officer.sees("Jag förstår inte")
