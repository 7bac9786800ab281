"""Words about a poll that are not understood are given back, with what can be written."""

import pytest

from bot.conversations.polls.help_lines import help_lines
from bot.language import speaking
from tests.conversations.asking import key, told
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.polling import CHEF, HJO, SKARA, answered_amounts, started

ASKER, MEMBER = "kompetens@skovde", "vux@falkoping"


@pytest.mark.parametrize("words", ["jaa", "vi är med", "låt oss tänka"])
async def test_words_that_are_no_answer_are_given_back(samspel: Scene, words: str):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says(f"rosta 1 {words}")
    assert hjo.sees(f"Jag förstår inte ”{words}”. Inget är registrerat.")
    assert hjo.sees("rosta 1 ja 25 000")
    assert hjo.sees(f"Du skrev: {words}")
    assert await answered_amounts(samspel) == {}


async def test_a_municipality_that_abstains_is_asked_what_it_means(samspel: Scene):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja 20 000")
    await hjo.says("rosta 1 avstår för dyrt")
    assert hjo.sees("Inget är registrerat. Välj Nej om kommunen inte ska bidra.")
    assert await answered_amounts(samspel) == {"Hjo": 20_000}
    assert hjo.has_kept(comment="för dyrt")
    await hjo.fills(kind="no")
    assert await answered_amounts(samspel) == {"Hjo": None}


async def test_a_button_s_own_words_and_help_do_what_they_say(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 hjälp")
    assert chef.sees("Skriv till exempel rosta 1 ja,")
    await chef.says("rosta 1 mall")
    assert chef.has_kept(name="Platsvarumärke")
    await chef.says("rosta 1 gör formell")
    assert not chef.sees("Jag förstår inte")


async def test_what_is_no_option_is_answered_with_the_options(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says("rosta ”Vem tar anteckningar?” Hjo, Tibro")
    member = await samspel.person(MEMBER)
    await member.says("rosta 1 ja")
    assert member.sees("Jag förstår inte ”ja”. Inget är registrerat.")
    assert member.sees("Skriv till exempel rosta 1 Hjo eller rosta 1 Tibro.")


@pytest.mark.parametrize("words", ["planpool", "fem ja", "Vem tar kaffet Hjo, Tibro"])
async def test_words_that_choose_no_polls_are_given_back(samspel: Scene, words: str):
    chef = await samspel.person(CHEF)
    await chef.says(f"rosta {words}")
    assert chef.sees(f"Jag förstår inte ”{words}”.")
    assert chef.sees("rosta ”Vem tar anteckningar?” Hjo, Tibro")
    assert chef.sees(f"Du skrev: {words}")


@pytest.mark.parametrize("words", ["öppna", "alla öppna", "mina, öppna frågor", "open"])
async def test_the_lists_filters_are_read(samspel: Scene, words: str):
    await started(samspel)
    chef = await samspel.person(CHEF)
    await chef.says(f"rosta {words}")
    assert not chef.sees("Jag förstår inte")


async def asked_hjo_alone(samspel: Scene) -> PersonOnPlatform:
    """The chef, who has asked one municipality."""
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny PLA-01")
    await chef.fills(total="40 000", funded="0", asked="40 000")
    await chef.fills(municipalities=await key(samspel, "organisations", "Hjo"))
    await chef.fills(title="Platsvarumärke", closes_on="2026-03-31")
    await chef.fills(opens="now")
    assert chef.sees("Omröstning 1: Platsvarumärke är skickad.")
    return chef


async def test_a_municipality_outside_the_poll_is_told_so(samspel: Scene):
    await asked_hjo_alone(samspel)
    director = await samspel.person(SKARA)
    await director.says("rosta 1 ja")
    assert director.sees("Skara deltar inte i den här omröstningen.")
    assert director.sees("Du skrev: ja")


async def test_whoever_records_the_last_answer_is_offered_to_close_once(samspel: Scene):
    chef = await asked_hjo_alone(samspel)
    for said in ("ja 20 000", "ja 30 000"):
        await chef.says(f"rosta 1 åt Hjo {said}")
        await chef.fills(heard_by="phone", said_by="Kommundirektören", said_on="2026-03-02")
        await chef.fills()
    assert len([each for each in await told(samspel, CHEF) if "Alla har svarat." in each]) == 1


async def test_a_day_that_is_typed_first_is_the_last_day(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 förläng 20 april")
    assert chef.has_kept(closes_on="2026-04-20")
    await chef.fills(reason="Sportlov")
    assert chef.sees("Öppen till och med 20 apr. 2026.")
    await chef.says("rosta 1 förläng till 21 april: Två hinner inte")
    assert chef.has_kept(closes_on="2026-04-21", reason="Två hinner inte")
    await chef.fills()
    assert chef.sees("Öppen till och med 21 apr. 2026.")
    await chef.says("rosta 1 stäng ja")
    await chef.says("rosta 1 öppna igen 2026-05-04 Man hann inte")
    assert chef.has_kept(closes_on="2026-05-04", reason="Man hann inte")


async def test_whoever_does_not_run_it_changes_their_own_answer(samspel: Scene):
    await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 nej")
    await hjo.says("rosta 1 ändra mitt svar till ja")
    await hjo.fills(kind="yes")
    assert hjo.sees("Svaret är registrerat: Hjo, Ja,")
    await hjo.says("rosta 1 ändra förslag")
    assert hjo.sees("Det gör Chef Omställning Skaraborg")


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_every_line_of_help_on_polls_is_understood(samspel: Scene, language: str):
    await started(samspel)
    hjo, chef = await samspel.person(HJO), await samspel.person(CHEF)
    if language == "en":
        await hjo.says("språk engelska")
        await chef.says("språk engelska")
    await hjo.says("rosta hjälp")
    with speaking(language):
        lines = [words for words, _meaning in help_lines()]
    assert all(hjo.sees(words) for words in lines)
    for words in lines:
        whose = chef if "Hjo" in words or "”" in words else hjo
        before = (whose.count("Jag förstår inte"), whose.count("I do not understand"))
        await whose.says(words.replace("7", "1"))
        assert (whose.count("Jag förstår inte"), whose.count("I do not understand")) == before
