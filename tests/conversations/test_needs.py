"""Needs: registered by a line, shared, listed, mended, withdrawn, merged and split."""

import pytest
from sqlalchemy import text

from tests.conversations.conftest import Scene

NEED = "behov Vi behöver gemensam upphandling av laddstolpar"
DECLINED = (
    "UPDATE needs SET stage = 'declined', motivation = 'Regionen gör det.', "
    "decided_on = '2026-03-16'"
)


async def test_a_line_registers_a_need_and_says_what_happens_next(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    assert hjo.sees("Registrerat: Behov 1: Vi behöver gemensam upphandling av laddstolpar")
    assert hjo.sees("Chef Omställning Skaraborg har det nu och utser den som bereder det.")
    assert hjo.sees("Sedan kan styrgruppen lägga fram det för politiska referensgruppen")


async def test_an_administrator_registers_none_and_is_told_why(samspel: Scene):
    keeper = await samspel.person("it@skaraborg")
    await keeper.says(NEED)
    assert keeper.sees("Behov registreras, stöttas och kommenteras av dem")
    await keeper.says("behov lista")
    assert keeper.sees("Ingen har registrerat något behov än.")


async def test_what_is_like_another_is_shown_before_it_is_saved(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov Köp in laddinfrastruktur tillsammans")
    assert vara.sees("Inget är registrerat än.")
    assert vara.sees("Behov 1: Vi behöver gemensam upphandling av laddstolpar")
    await vara.clicks("Stötta behov 1")
    assert vara.sees("Vara stöttar nu Behov 1")
    await vara.says("behov lista")
    assert vara.sees("1 behov")


async def test_what_is_like_another_can_be_registered_all_the_same(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    await hjo.says("behov Inköp av laddstolpar till kommunens depåer")
    await hjo.clicks("Registrera ändå")
    assert hjo.sees("Registrerat: Behov 2: Inköp av laddstolpar till kommunens depåer")


async def test_the_form_asks_whether_it_is_one_that_there_is(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    vara = await samspel.person("naringsliv@vara")
    await vara.opens_home()
    await vara.clicks("Registrera behov")
    await vara.fills(title="Laddstolpar, gemensam upphandling", description="Till våra bilar.")
    assert vara.sees("De här behoven liknar ditt")
    await vara.fills(alike="1")
    assert vara.sees("Vara stöttar nu Behov 1")


async def test_the_form_keeps_what_was_typed_when_something_is_wrong(samspel: Scene):
    vara = await samspel.person("naringsliv@vara")
    await vara.opens_home()
    await vara.clicks("Registrera behov")
    await vara.fills(title="Snöröjning", description="")
    assert vara.sees_under("description")
    assert vara.has_kept(title="Snöröjning")
    await vara.fills(title="Snöröjning", description="Gång- och cykelvägar.")
    assert vara.sees("Registrerat: Behov 1: Snöröjning")


async def test_a_municipality_supports_once_and_can_withdraw(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    await hjo.says("behov 1 stötta")
    assert hjo.sees("Hjo stöttar nu Behov 1")
    director = await samspel.person("kommundirektor@hjo")
    await director.says("behov 1 stötta")
    assert director.sees("Hjo stöttar redan Behov 1")
    assert director.sees("1 kommun stöttar det.")
    await director.clicks("Ångra stödet")
    assert director.sees("Hjo stöttar inte längre Behov 1")
    await director.says("behov 1")
    assert director.sees("Ingen kommun stöttar det än.")


async def test_who_works_for_no_municipality_cannot_support_but_follow(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    staff = await samspel.person("ekonomi@skaraborg")
    await staff.says("behov stötta 1")
    assert staff.sees("Bara den som arbetar i en kommun kan stötta ett behov.")
    await staff.clicks("Följ")
    assert staff.sees("Du följer nu Behov 1")
    await staff.says("behov 1 sluta följa")
    assert staff.sees("Du följer inte längre Behov 1")


async def test_comments_are_read_by_all_and_told_to_whoever_registered(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov 1 kommentera Vi har redan ett avtal som andra kan ropa av")
    assert vara.sees("Din kommentar om behov 1 är sparad.")
    await hjo.says("behov 1 kommentarer")
    assert hjo.sees("Näringslivsutvecklare Vara: Vi har redan ett avtal")


async def test_needs_are_listed_by_municipality_stage_and_words(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    for each in ("Snöröjning av cykelvägar", "Tolktjänst i vården", "Simskola för barn i Hjo"):
        await hjo.says(f"behov {each} behöver ordnas")
    await hjo.says("behov lista")
    assert hjo.sees("3 behov")
    await hjo.says("behov lista hjos registrerade")
    assert hjo.sees("3 behov: Hjo, registrerat")
    await hjo.says("behov lista tolktjänst")
    assert hjo.sees("1 behov: ”tolktjänst”")
    await hjo.says("behov lista skövde")
    assert hjo.sees("Inga behov passar: Skövde.")
    await hjo.says("behov tavla")
    assert hjo.sees("Behovstavla")


async def test_a_long_list_has_pages(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    things = ("Tolkar", "Simhall", "Drönare", "Arkiv", "Snöröjning", "Vikarier", "Dagvatten")
    for each in things:
        await hjo.says(f"behov {each} saknas")
    await hjo.says("behov lista")
    assert hjo.sees("7 behov")
    before = hjo.count("Behov 1: Tolkar saknas")
    await hjo.clicks("Visa fler")
    assert hjo.count("Behov 1: Tolkar saknas") > before


async def test_a_need_is_edited_with_its_history_and_by_none_but_those_who_may(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    await hjo.says("behov 1 redigera")
    await hjo.fills(
        title="Laddstolpar", description="Upphandla tillsammans.", cost="400 000", funding="Avgift"
    )
    assert hjo.sees("Sparat: Behov 1: Laddstolpar")
    await hjo.says("behov 1 historik")
    assert hjo.sees("Ändrat: ")
    assert hjo.sees("rubrik")
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov 1 redigera")
    assert vara.sees("Behov 1 kan du inte ändra nu.")


async def test_ones_own_need_is_withdrawn_and_restored_by_oneself_alone(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov 1 återta Det är onödigt")
    assert vara.sees("Bara den som registrerade behov 1 kan återta")
    await hjo.says("behov 1 återta Vi löste det själva")
    assert hjo.sees("Återtaget: Behov 1")
    await hjo.says("behov lista")
    assert hjo.sees("Ingen har registrerat något behov än.")
    await hjo.says("behov 1 återställ")
    assert hjo.sees("Återställt: Behov 1")


async def test_duplicates_are_merged_with_their_supports_and_taken_apart(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov Tolktjänst i vården saknas")
    await hjo.says("behov 1 stötta")
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov Språkstöd när patienter inte talar svenska")
    await vara.says("behov 2 stötta")
    await vara.says("behov 2 slå ihop 1")
    assert vara.sees("Behov slås ihop, tas isär och delas av handläggaren")
    chef = await samspel.person("chef@skaraborg")
    await chef.says("behov 2 slå ihop med 1")
    assert chef.sees("Behov 2 är ihopslaget med Behov 1")
    assert chef.sees("2 kommuner stöttar det.")
    await vara.says("behov 2")
    assert vara.sees("ihopslaget med behov 1")
    await chef.says("behov 2 ta isär")
    assert chef.sees("går sin egen väg igen")
    await chef.says("behov 1")
    assert chef.sees("Stöttas av 1 kommun")


async def test_a_need_that_is_two_is_split_with_its_supports(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov Tolktjänst och simskola")
    await hjo.says("behov 1 stötta")
    chef = await samspel.person("chef@skaraborg")
    await chef.says("behov 1 dela")
    await chef.fills(title="Simskola", description="För alla barn.")
    assert chef.sees("Behov 2: Simskola har delats från behov 1.")
    await chef.says("behov 2")
    assert chef.sees("Stöttas av 1 kommun")


async def test_a_number_that_no_need_has_is_told(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov 99")
    assert hjo.sees("Behov 99 finns inte.")
    await hjo.says(NEED)
    await hjo.says("behov 1 flyg")
    assert hjo.sees("Vad vill du göra med Behov 1")


async def test_words_that_begin_like_a_list_or_a_number_are_registered_all_the_same(
    samspel: Scene,
):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov Alla kommuner behöver en gemensam tolkcentral")
    assert hjo.sees("Registrerat: Behov 1: Alla kommuner behöver en gemensam tolkcentral")
    await hjo.says("behov 15 simhallar saknar personal i sommar")
    assert hjo.sees("Ska det här bli ett nytt behov?")
    await hjo.clicks("Registrera som nytt")
    assert hjo.sees("Registrerat: Behov 2: 15 simhallar saknar personal i sommar")


async def test_a_need_that_is_decided_is_followed_and_what_was_typed_is_kept(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    async with samspel.database.transaction() as db:
        await db.execute(text(DECLINED))
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov Gemensam upphandling av laddstolpar till våra bilar")
    assert vara.sees("Inget är registrerat än.")
    assert not vara.sees("Stötta behov 1")
    await vara.clicks("Följ behov 1")
    assert vara.sees("Du följer nu Behov 1")
    await vara.clicks("Registrera ändå")
    assert vara.sees("Registrerat: Behov 2: Gemensam upphandling av laddstolpar till våra bilar")


async def test_in_the_form_who_works_for_no_municipality_follows_the_one_that_it_was(
    samspel: Scene,
):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    staff = await samspel.person("ekonomi@skaraborg")
    await staff.opens_home()
    await staff.clicks("Registrera behov")
    await staff.fills(title="Laddstolpar, gemensam upphandling", description="Till våra bilar.")
    assert staff.sees("De här behoven liknar ditt")
    await staff.fills(alike="1")
    assert staff.sees("Du följer nu Behov 1")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_what_more_was_written_in_the_form_is_not_left_behind(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    await hjo.says("behov Inköp av laddstolpar till kommunens depåer")
    await hjo.clicks("Skriv mer först")
    await hjo.fills(reason="Elen räcker inte.")
    await hjo.says("tack")
    await hjo.clicks("Registrera ändå")
    assert hjo.sees("Du har skrivit mer i formuläret.")


async def test_a_new_support_is_told_in_the_networks_channel(samspel: Scene):
    officer = await samspel.person("kompetens@skovde")
    await officer.says("behov Validering saknas i vården")
    await officer.says("behov 1 redigera")
    async with samspel.database.connection() as db:
        network = await db.scalar(text("SELECT id FROM bodies WHERE name = 'Kompetens'"))
    await officer.fills(title="Validering", description="I vården.", network=str(network))
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov 1 stötta")
    await officer.sees_in("kompetens", "Vara stöttar nu Behov 1: Validering")


async def test_a_part_of_a_need_leads_to_the_one_that_it_was_split_from(samspel: Scene):
    chef = await samspel.person("chef@skaraborg")
    await chef.says("behov Tolktjänst och simskola")
    await chef.says("behov 1 dela")
    await chef.fills(title="Simskola", description="För alla barn.")
    await chef.says("behov 2")
    assert chef.sees("Delat från")


async def test_an_administrator_neither_supports_nor_comments(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says(NEED)
    keeper = await samspel.person("it@skaraborg")
    await keeper.says("behov 1 kommentera Bra")
    await keeper.says("behov 1 stötta")
    assert keeper.sees("Som administratör sköter du systemet.")
    await hjo.says("behov 1 kommentarer")
    assert hjo.sees("Ingen har kommenterat än.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_two_who_edit_at_once_keep_each_others_words(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov Tolkar saknas")
    chef = await samspel.person("chef@skaraborg")
    await chef.says("behov 1 redigera")
    await hjo.says("behov 1 redigera")
    await hjo.fills(reason="Samtal ställs in.")
    await chef.fills(title="Gemensamma tolkar")
    await chef.says("behov 1")
    assert chef.sees("Behov 1: Gemensamma tolkar")
    assert chef.sees("Samtal ställs in.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_what_others_wrote_of_the_material_meanwhile_stands(samspel: Scene):
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov Tolkar saknas")
    chef, staff = await samspel.person("chef@skaraborg"), await samspel.person("ekonomi@skaraborg")
    await chef.says("behov 1 underlag")
    await staff.says("behov 1 underlag")
    samspel.clock.passes(minutes=1)
    await staff.fills(economy="400 000 kronor om året.")
    await chef.fills(proposal="Anta.", economy="Vet inte.")
    assert chef.sees("Deras text står kvar. Det här skrev du:")
    assert chef.sees("Vet inte.")
    await chef.says("behov 1 underlag")
    assert chef.has_kept(economy="400 000 kronor om året.", proposal="Anta.")
