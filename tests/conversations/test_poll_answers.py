"""Co-financing: started, answered by mandate, suggested by others, recorded on behalf."""

import pytest
from sqlalchemy import text

from bot.language import kronor
from tests.conversations.asking import hears
from tests.conversations.conftest import Scene
from tests.conversations.polling import (
    CHEF,
    HJO,
    OFFICER,
    SKARA,
    STAFF,
    answered_amounts,
    started,
)


async def test_the_shares_are_shown_before_they_are_sent_and_add_up(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny PLA-01")
    await chef.fills(total="950 000", funded="0", asked="1,2 mkr")
    assert chef.sees_under("asked")
    assert chef.has_kept(asked="1,2 mkr")
    await chef.fills(asked="950 000")
    await chef.fills(sharing_key="per_inhabitant")
    await chef.fills(title="Platsvarumärke", closes_on="2026-03-31")
    assert chef.sees(f"Tillsammans {kronor(950_000)} av 15 kommuner, per invånare.")
    assert chef.sees("Folkmängd 31 dec. 2019, enligt SCB.")
    assert chef.sees("Kommundirektör Hjo")
    await chef.fills(opens="now")
    assert chef.sees("Omröstning 1: Platsvarumärke är skickad.")
    assert await hears(samspel, HJO, "Hjo ombeds bidra med")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT sum(amount) FROM poll_shares")) == 950_000


async def test_a_yes_with_mandate_stands_and_is_shown(samspel: Scene):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja")
    assert hjo.sees("Svaret är registrerat: Hjo, Ja,")
    chef = await samspel.person(CHEF)
    await chef.says("rosta 1")
    assert chef.sees("1 av 15 kommuner har svarat")
    await chef.says("rosta 1 svar")
    assert chef.sees("Kommundirektör Hjo, ")
    await hjo.says("rosta 1 ja 25 000 Om Skara också är med")
    assert hjo.sees(f"Ja, {kronor(25_000)} med villkor")
    assert await answered_amounts(samspel) == {"Hjo": 25_000}


@pytest.mark.parametrize("words", ["1.2 mkr", "10 %", "2027 om budgeten räcker"])
async def test_a_number_that_is_perhaps_no_amount_is_asked_about(samspel: Scene, words: str):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says(f"rosta 1 ja {words}")
    assert "Skriv beloppet här." in hjo.sees_under("amount")
    assert hjo.has_kept(condition=words)
    assert await answered_amounts(samspel) == {}
    await hjo.fills(amount="20 000")
    assert await answered_amounts(samspel) == {"Hjo": 20_000}


@pytest.mark.parametrize(
    "words", ["ja -1", "ja 25k", "ja 0", "ja 1000000000000", "ja 12,5", "ja 40 timmar"]
)
async def test_what_cannot_be_an_amount_is_asked_for_again(samspel: Scene, words: str):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says(f"rosta 1 {words}")
    assert hjo.sees_under("amount")
    assert await answered_amounts(samspel) == {}


async def test_an_official_suggests_and_the_director_gives_it(samspel: Scene):
    await started(samspel)
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 ja 20 000")
    assert officer.sees(f"Förslaget är sparat: Hjo, Ja, men {kronor(20_000)}.")
    assert await answered_amounts(samspel) == {}
    assert await hears(samspel, HJO, "Inflyttarsamordnare Hjo föreslår svaret för Hjo")
    director = await samspel.person(HJO)
    await director.says("rosta 1 svara")
    assert director.sees("Inflyttarsamordnare Hjo har förberett svaret nedan.")
    await director.fills()
    assert await answered_amounts(samspel) == {"Hjo": 20_000}


async def test_whoever_has_no_part_is_told_who_has(samspel: Scene):
    await started(samspel)
    staff = await samspel.person(STAFF)
    await staff.says("rosta 1 ja")
    assert staff.sees("Du arbetar inte i någon av kommunerna i omröstningen.")
    skara = await samspel.person(SKARA)
    await skara.says("rosta 1 svara_sa 1 1")
    assert await answered_amounts(samspel) == {}


async def test_an_answer_by_phone_is_recorded_and_told(samspel: Scene):
    await started(samspel)
    staff = await samspel.person(STAFF)
    await staff.says("rosta 1 åt Hjo ja 20 000")
    await staff.fills(heard_by="phone", said_by="Kommundirektören", said_on="2026-03-02")
    await staff.fills()
    assert staff.sees(f"Svaret är registrerat: Hjo, Ja, men {kronor(20_000)}.")
    assert await hears(samspel, HJO, "Ekonomiansvarig har registrerat svaret för Hjo")
    await staff.says("rosta 1 åt Hjo")
    stands = f"Kommunens svar nu: Ja, men {kronor(20_000)} (Kommundirektören per telefon"
    assert staff.sees(stands)
    await staff.fills(heard_by="phone", said_by="Kommundirektören", said_on="2026-03-02")
    assert staff.sees(stands)
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 åt Hjo ja")
    assert officer.sees("förbundsdirektören eller förbundets medarbetare")


async def test_a_decision_on_the_day_after_the_last_one_is_too_late(samspel: Scene):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 politiskt beslut 31 mars")
    assert hjo.sees("Jag frågar igen 31 mars 2026.")
    assert not await hears(samspel, CHEF, "Hjo väntar sitt beslut")
    await hjo.says("rosta 1 politiskt beslut 1 april")
    assert hjo.sees("Jag frågar igen 1 apr. 2026.")
    assert await hears(samspel, CHEF, "Hjo väntar sitt beslut 1 apr. 2026")


async def test_a_political_answer_waits_and_warns_when_it_is_too_late(samspel: Scene):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 politiskt beslut")
    assert await answered_amounts(samspel) == {}
    await hjo.fills(expected_on="2026-04-20")
    assert hjo.sees("Jag frågar igen 20 apr. 2026.")
    assert await hears(samspel, CHEF, "Hjo väntar sitt beslut 20 apr. 2026")
