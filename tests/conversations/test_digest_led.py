"""Stories of those who lead a digest: they look at it, send it, pause it, choose what it holds."""

import pytest

from bot.conversations.weekly_digest import help_lines
from bot.language import speaking
from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from tests.conversations.conftest import Scene

CHEF = "chef@skaraborg"
OFFICER = "kompetens@skovde"
STAFF = "ekonomi@skaraborg"


async def due(samspel: Scene) -> list[str]:
    """What is due has been done: of which digests, for whom and when."""
    done = await run_due(samspel.database, samspel.clock(), Settings(), PlanInMemory())
    return [f"{each.audience} {each.period}" for each in done if each.kind == "digest"]


async def test_the_chef_looks_at_it_as_it_would_be_now(samspel: Scene):
    chef, officer = await samspel.person(CHEF), await samspel.person(OFFICER)
    await officer.says("rapport KOM-03 röd Avtalet är försenat")
    await chef.says("veckobrev visa")
    assert chef.sees("Det här är en förhandsvisning. Brevet är inte skickat.")
    assert chef.sees("Avtalet är försenat")
    await chef.says("veckobrev visa styrgruppen")
    assert chef.sees("Veckobrev till styrgruppen, vecka 12 2026")
    await officer.says("veckobrev visa chefen")
    assert officer.sees("Chefens brev styr chefen")
    assert not officer.sees("förhandsvisning")


async def test_the_next_one_is_sent_now_and_not_again_at_its_time(samspel: Scene):
    chef = await samspel.person(CHEF)
    await due(samspel)
    samspel.clock.passes(days=1)
    await chef.says("veckobrev skicka nu")
    assert chef.sees("Ska brevet till chefen skickas nu?")
    assert chef.sees("Nästa skulle gå måndag 23 mars kl. 07:30.")
    await chef.clicks("Skicka nästa brev nu")
    assert chef.sees("Veckobrev till chefen, vecka 13 2026 är skickat.")
    samspel.clock.passes(days=6)
    assert "manager 2026-W13" not in await due(samspel)
    samspel.clock.passes(days=7)
    assert "manager 2026-W14" in await due(samspel)


async def test_an_extra_one_goes_beside_the_others_and_once(samspel: Scene):
    chef = await samspel.person(CHEF)
    await due(samspel)
    samspel.clock.passes(days=1)
    await chef.says("veckobrev skicka nu styrgruppen")
    await chef.clicks("Skicka ett extra brev")
    assert chef.sees("Extra brev till styrgruppen, vecka 12 2026 är skickat.")
    await chef.says("veckobrev styrgruppen")
    assert chef.sees("Extra brev till styrgruppen, vecka 12 2026")
    samspel.clock.passes(days=6)
    assert "steering_group 2026-W12" in await due(samspel)


async def test_a_pause_holds_them_back_and_the_next_tells_of_it_all(samspel: Scene):
    chef = await samspel.person(CHEF)
    await due(samspel)
    await chef.says("veckobrev fortsätt")
    assert chef.sees("Brevet till chefen är inte pausat.")
    await chef.says("veckobrev pausa till 26 mars")
    assert chef.sees("Brevet till chefen är pausat till torsdag 26 mars 2026.")
    assert chef.sees("Nästa kommer måndag 30 mars kl. 07:30.")
    await chef.says("veckobrev")
    assert chef.sees("Brevet är pausat till torsdag 26 mars 2026.")
    await chef.says("veckobrev skicka nu")
    assert chef.sees("Ett extra brev går ut ändå, och pausen fortsätter.")
    assert not chef.sees("Nästa skulle gå")
    samspel.clock.passes(days=8)
    assert "manager 2026-W13" not in await due(samspel)
    await chef.says("veckobrev fortsätt")
    assert chef.sees("Pausen är slut. Brevet till chefen kommer igen.")
    assert "manager 2026-W13" not in await due(samspel), "what fell in the pause is not sent late"
    await chef.clicks("Ångra")
    assert chef.sees("är pausat till torsdag 26 mars 2026.")
    samspel.clock.passes(days=7)
    assert "manager 2026-W14" in await due(samspel)


async def test_ones_own_rests_while_it_is_paused(samspel: Scene):
    officer, colleague = await samspel.person(OFFICER), await samspel.person("vux@lidkoping")
    await officer.says("veckobrev")
    await officer.clicks("Välj dagar för ett eget brev")
    await officer.fills(digest_days="3")
    await officer.says("veckobrev pausa mitt till 26 mars")
    assert officer.sees("Brevet till dig är pausat till torsdag 26 mars 2026.")
    assert officer.sees("Nästa kommer onsdag 1 april kl.")
    await colleague.says("rapport KOM-02 röd Lärarna räcker inte")
    for days in (2, 7):
        samspel.clock.passes(days=days)
        assert not [each for each in await due(samspel) if each.startswith("person:")]
        await officer.says("veckobrev pausa mitt")
        assert officer.sees("Hur länge ska brevet till dig vara pausat?")
    samspel.clock.passes(days=7)
    assert [each.split()[1] for each in await due(samspel) if each.startswith("person:")] == [
        "2026-04-01"
    ]


async def test_a_day_that_is_none_is_said_to_be_so(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("veckobrev pausa till sommarlovet")
    assert chef.sees("Jag kan inte pausa till ”sommarlovet”.")
    await chef.says("veckobrev pausa till 2026-01-02")
    assert chef.sees("Jag kan inte pausa till ”2026-01-02”.")
    await chef.says("veckobrev pausa till 1 nov 2025")
    assert chef.sees("Jag kan inte pausa till ”1 nov 2025”.")
    await chef.says("veckobrev pausa")
    assert chef.sees("Hur länge ska brevet till chefen vara pausat?")
    await chef.says("veckobrev pausa till 1 mars 2027")
    assert chef.sees("Nästa kommer måndag 1 mars 2027 kl. 07:30.")


@pytest.mark.parametrize("words", ["viza", "Energi varje dag"])
async def test_what_is_not_understood_is_answered_with_what_can_be_written(
    samspel: Scene, words: str
):
    chef = await samspel.person(CHEF)
    await chef.says(f"veckobrev {words}")
    assert chef.sees(f"förstår jag inte ”{words}”")
    assert chef.sees("veckobrev nätverket Energi varje vecka")
    assert chef.sees("veckobrev visa")


async def test_the_reader_may_come_before_what_is_done(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("veckobrev styrgruppen visa")
    assert chef.sees("Det här är en förhandsvisning. Brevet är inte skickat.")
    await chef.says("veckobrev styrgruppen pausa till 26 mars")
    assert chef.sees("Brevet till styrgruppen är pausat till torsdag 26 mars 2026.")


async def test_sections_are_chosen_ordered_and_put_back(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("veckobrev avsnitt")
    assert chef.sees("Avsnitten i brevet till chefen, i ordning:")
    await chef.clicks("Ändra avsnitten")
    await chef.fills(statuses="2", charts="", money="1")
    assert chef.sees("Inte med: Diagram.")
    await chef.clicks("Som vanligt")
    assert chef.count("Inte med: Diagram.") == 1
    await chef.clicks("Ångra")
    assert chef.count("Inte med: Diagram.") == 2


async def test_a_network_gets_one_when_somebody_who_may_has_chosen_so(samspel: Scene):
    staff, officer = await samspel.person(STAFF), await samspel.person(OFFICER)
    await due(samspel)
    await officer.says("veckobrev Energi varje vecka")
    assert officer.sees("styr den som är ordförande där")
    await staff.says("veckobrev nätverket Energi varje vecka")
    assert staff.sees("kommer varje vecka i nätverkets kanal.")
    assert staff.sees("Nästa kommer måndag 23 mars kl. 08:00.")
    samspel.clock.passes(days=7)
    found = [each for each in await due(samspel) if each.startswith("network:")]
    assert [each.split()[1] for each in found] == ["2026-W13"]
    await staff.says("veckobrev Energi")
    assert staff.sees("Veckobrev till nätverket")
    await staff.says("veckobrev pausa Energi till 20 april")
    await staff.says("veckobrev takt Energi")
    assert staff.sees("Brevet är pausat till måndag 20 april 2026.")
    await staff.says("veckobrev Energi av")
    assert staff.sees("Inget brev går till nätverket")
    samspel.clock.passes(days=7)
    assert not [each for each in await due(samspel) if each.startswith("network:")]


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_every_line_of_help_on_digests_is_understood(samspel: Scene, language: str):
    chef = await samspel.person(CHEF)
    await due(samspel)
    if language == "en":
        await chef.says("språk engelska")
    await chef.says("veckobrev hjälp")
    with speaking(language):
        lines = [words for words, _meaning in help_lines()]
    assert all(chef.sees(words) for words in lines)
    for words in lines:
        await chef.says(words)
        assert not chef.sees("förstår jag inte")
        assert not chef.sees("I do not understand")


async def test_one_chooses_days_for_a_digest_of_ones_own(samspel: Scene):
    officer, colleague = await samspel.person(OFFICER), await samspel.person("vux@lidkoping")
    await officer.says("veckobrev")
    assert officer.sees("Det finns inget brev att visa än.")
    await officer.clicks("Välj dagar för ett eget brev")
    await officer.fills(digest_days="3")
    assert officer.sees("onsdag")
    await colleague.says("rapport KOM-02 röd Lärarna räcker inte")
    samspel.clock.passes(days=2)
    assert [each for each in await due(samspel) if each.startswith("person:")]
    await officer.says("veckobrev mitt")
    assert officer.sees("Ditt brev, onsdag 18 mars 2026")
    assert officer.sees("Lärarna räcker inte")
