"""Who hears of a need's steps: each once, in private, and never of what they did themselves."""

from functools import partial

import pytest
from sqlalchemy import text

from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.said import nothing_waits
from tests.patience import until

CHEF, PREPARER = "chef@skaraborg", "ekonomi@skaraborg"
ITS_NAME = "Ekonomiansvarig, Kommunalförbundet"
STEERING, REFERENCE = "kommundirektor@hjo", "ledamot@mariestad"
PREPARED = "Steget togs av Chef Omställning Skaraborg."


async def heard(samspel: Scene, person: PersonOnPlatform, words: str) -> int:
    """How many times the words stand in the person's private chat when all is delivered."""
    await until(partial(nothing_waits, samspel.database))
    await person.says("tack")
    return person.count(words)


async def registered(samspel: Scene) -> PersonOnPlatform:
    """A need, and whoever registered it."""
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov Tolktjänst i vården saknas")
    return hjo


async def prepares(samspel: Scene, chef: PersonOnPlatform, until_day: str = "2026-05-29") -> None:
    """The chef begins to prepare it."""
    await chef.says("behov 1 vidare")
    await chef.clicks("Börja bereda")
    await chef.fills(preparer=ITS_NAME, prepare_by=until_day)


async def test_the_chef_hears_of_a_new_need_and_begins_from_there(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("hej")
    await registered(samspel)
    assert await heard(samspel, chef, "Nytt behov: Behov 1") == 1
    await chef.clicks("Börja bereda")
    await chef.fills(preparer=ITS_NAME, prepare_by="2026-05-29")
    assert chef.sees("🔎 bereds")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_chef_for_whom_people_bound_a_channel_hears_of_a_new_need_there(samspel: Scene):
    async with samspel.database.transaction() as db:
        await db.execute(text("UPDATE channel_bindings SET bound_by = 'it' WHERE post_id > 0"))
    chef = await samspel.person(CHEF)
    await registered(samspel)
    await chef.sees_in("chef", "Nytt behov: Behov 1")
    assert await heard(samspel, chef, "Nytt behov: Behov 1") == 0


async def test_the_chef_is_not_told_of_ones_own_need(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("behov Tolktjänst i vården saknas")
    assert await heard(samspel, chef, "Nytt behov: Behov 1") == 0


async def test_whoever_registered_hears_each_step_once_however_many_reasons(samspel: Scene):
    hjo = await registered(samspel)
    await hjo.says("behov 1 följ")
    await hjo.says("behov 1 stötta")
    chef = await samspel.person(CHEF)
    await prepares(samspel, chef)
    assert await heard(samspel, hjo, PREPARED) == 1
    assert await heard(samspel, chef, PREPARED) == 0


async def test_supporters_hear_which_body_has_it_but_not_of_the_preparation(samspel: Scene):
    await registered(samspel)
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov 1 stötta")
    await prepares(samspel, await samspel.person(CHEF))
    assert await heard(samspel, vara, PREPARED) == 0
    steering = await samspel.person(STEERING)
    await steering.says("behov 1 vidare")
    await steering.fills(reason="")
    assert await heard(samspel, vara, "Steget togs av Kommundirektör Hjo.") == 1


async def test_who_stops_following_hears_no_more(samspel: Scene):
    await registered(samspel)
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov 1 följ")
    await vara.says("behov 1 sluta följa")
    await prepares(samspel, await samspel.person(CHEF))
    assert await heard(samspel, vara, PREPARED) == 0


async def test_the_preparer_hears_that_it_is_theirs_and_until_when(samspel: Scene):
    preparer = await samspel.person(PREPARER)
    await preparer.says("hej")
    await registered(samspel)
    await prepares(samspel, await samspel.person(CHEF))
    told = "Du är handläggare för Behov 1: Tolktjänst i vården saknas. Det ska vara berett 29 maj"
    assert await heard(samspel, preparer, told) == 1


async def test_a_preparer_who_follows_is_told_of_both_in_one_message(samspel: Scene):
    preparer = await samspel.person(PREPARER)
    await registered(samspel)
    await preparer.says("behov 1 följ")
    await prepares(samspel, await samspel.person(CHEF))
    assert await heard(samspel, preparer, "Du är handläggare för Behov 1") == 1
    assert await heard(samspel, preparer, PREPARED) == 0


async def test_members_of_a_body_without_a_channel_are_told_that_it_has_come(samspel: Scene):
    member = await samspel.person(REFERENCE)
    await member.says("hej")
    await registered(samspel)
    await prepares(samspel, await samspel.person(CHEF))
    steering = await samspel.person(STEERING)
    await steering.says("behov 1 vidare")
    await steering.fills(reason="")
    told = "Behov 1: Tolktjänst i vården saknas är framlagt."
    assert await heard(samspel, member, told) == 1
    assert await heard(samspel, steering, told) == 0


async def test_a_step_taken_back_is_heard_with_its_reason_also_by_the_body_that_had_it(
    samspel: Scene,
):
    member = await samspel.person(REFERENCE)
    await member.says("hej")
    hjo = await registered(samspel)
    await prepares(samspel, await samspel.person(CHEF))
    steering = await samspel.person(STEERING)
    await steering.says("behov 1 vidare")
    await steering.fills(reason="")
    await steering.says("behov 1 ångra Fel behov i förra veckans lista")
    await steering.fills()
    told = "Kommundirektör Hjo tog tillbaka steget innan: Fel behov i förra veckans lista"
    assert await heard(samspel, hjo, told) == 1
    assert await heard(samspel, member, told) == 1
    assert await heard(samspel, steering, told) == 0


async def test_a_network_reads_of_each_step_beside_its_card(samspel: Scene):
    officer = await samspel.person("kompetens@skovde")
    await officer.says("behov Validering saknas i vården")
    await officer.says("behov 1 redigera")
    network = await kompetens(samspel)
    await officer.fills(title="Validering", description="I vården.", network=network)
    await prepares(samspel, await samspel.person(CHEF))
    await officer.sees_in("kompetens", PREPARED)


async def kompetens(samspel: Scene) -> str:
    """The network's key, as forms choose it."""
    async with samspel.database.connection() as db:
        return str(await db.scalar(text("SELECT id FROM bodies WHERE name = 'Kompetens'")))


async def test_what_waits_for_somebody_stands_on_their_own_page(samspel: Scene):
    preparer = await samspel.person(PREPARER)
    await registered(samspel)
    await prepares(samspel, await samspel.person(CHEF), until_day="2026-03-18")
    await preparer.opens_home()
    assert preparer.sees("1 behov väntar på dig")
    assert preparer.sees("Du bereder det, klart senast 18 mars 2026.")
    samspel.clock.passes(days=4)
    await preparer.opens_home()
    assert preparer.sees("⚠ Du bereder det. Det skulle vara klart 18 mars 2026.")


async def test_nothing_waits_for_whoever_has_no_part_in_the_next_step(samspel: Scene):
    await registered(samspel)
    await prepares(samspel, await samspel.person(CHEF))
    member = await samspel.person("kultur@skara")
    await member.opens_home()
    assert not member.sees("väntar på dig")
    assert member.sees("Saknar ni något i din kommun?")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_note_typed_in_a_channel_is_not_shown_to_the_others_there(samspel: Scene):
    hjo = await registered(samspel)
    chef = await samspel.person(CHEF)
    await prepares(samspel, chef)
    await chef.says("behov 1 anteckna Ring regionen på måndag", channel="kompetens")
    assert chef.sees("Skriv till mig privat.")
    await chef.says("behov 1 anteckningar", channel="kompetens")
    assert chef.sees("Ring regionen på måndag")
    await hjo.sees_in("kompetens", "behov 1 anteckna …")
    assert not hjo.sees("Ring regionen")


async def test_followers_of_what_became_an_activity_hear_its_changed_states(samspel: Scene):
    vara = await samspel.person("naringsliv@vara")
    await vara.says("följ KOM-03")
    officer = await samspel.person("kompetens@skovde")
    await officer.says("följ KOM-03")
    await officer.says("rapport KOM-03 gul Antagningen drar ut")
    assert await heard(samspel, vara, "Antagningen drar ut") == 1
    assert await heard(samspel, officer, "Nytt läge: KOM-03") == 0
    await vara.says("följ sluta KOM-03")
    await officer.says("rapport KOM-03 grön Antagningen är klar")
    assert await heard(samspel, vara, "Antagningen är klar") == 0


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_all_who_listen_hear_that_a_need_is_withdrawn_and_brought_back(samspel: Scene):
    hjo = await registered(samspel)
    vara = await samspel.person("naringsliv@vara")
    await vara.says("behov 1 stötta")
    preparer, member = await samspel.person(PREPARER), await samspel.person(REFERENCE)
    await prepares(samspel, await samspel.person(CHEF))
    steering = await samspel.person(STEERING)
    await steering.says("behov 1 vidare")
    await steering.fills(reason="")
    await hjo.says("behov 1 dra tillbaka Regionen ordnar det")
    for each in (vara, preparer, member):
        assert await heard(samspel, each, "har återtagit Behov 1") == 1
    await hjo.says("behov 1 återställ")
    for each in (vara, preparer, member):
        assert await heard(samspel, each, "har återställt Behov 1") == 1
    assert await heard(samspel, hjo, "har återställt Behov 1") == 0


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_those_who_listen_to_either_of_two_needs_hear_them_merged_and_parted(
    samspel: Scene,
):
    await registered(samspel)
    vara, skara = await samspel.person("naringsliv@vara"), await samspel.person("kultur@skara")
    await vara.says("behov 1 stötta")
    await skara.says("behov Vikarier i förskolan")
    follower = await samspel.person("kompetens@skovde")
    await follower.says("behov 2 följ")
    chef = await samspel.person(CHEF)
    await chef.says("behov 1 slå ihop 2")
    assert await heard(samspel, vara, "har slagit ihop behov 1 med Behov 2") == 1
    for each in (skara, follower):
        assert await heard(samspel, each, "har slagit ihop Behov 1") == 1
    await chef.says("behov 1 ta isär")
    for each in (vara, skara, follower):
        assert await heard(samspel, each, "har tagit isär Behov 1") == 1


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_the_body_that_has_a_need_hears_that_it_is_merged_away(samspel: Scene):
    member = await samspel.person(REFERENCE)
    skara = await samspel.person("kultur@skara")
    await registered(samspel)
    await skara.says("behov Vikarier i förskolan")
    chef, steering = await samspel.person(CHEF), await samspel.person(STEERING)
    assert await heard(samspel, chef, "Nytt behov: Behov") == 2
    for number in "12":
        await chef.says(f"behov {number} vidare")
        await chef.clicks("Börja bereda")
        await chef.fills(preparer=ITS_NAME, prepare_by="2026-05-29")
        await steering.says(f"behov {number} vidare")
        await steering.fills(reason="")
    await chef.says("behov 1 slå ihop 2")
    assert await heard(samspel, member, "har slagit ihop behov 1 med Behov 2") == 1


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_those_who_follow_hear_of_a_new_preparer(samspel: Scene):
    hjo = await registered(samspel)
    preparer = await samspel.person(PREPARER)
    chef = await samspel.person(CHEF)
    await prepares(samspel, chef)
    await chef.says("behov 1 handläggare")
    await chef.fills(preparer="Infrastruktur", prepare_by="2026-06-12")
    told = "är handläggare för Behov 1: Tolktjänst i vården saknas, klart senast 12 juni"
    for each in (hjo, preparer):
        assert await heard(samspel, each, told) == 1


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_whoever_was_to_prepare_it_hears_that_the_step_is_taken_back(samspel: Scene):
    await registered(samspel)
    preparer, chef = await samspel.person(PREPARER), await samspel.person(CHEF)
    await prepares(samspel, chef)
    await chef.says("behov 1 ångra Fel behov")
    await chef.fills()
    assert await heard(samspel, preparer, "tog tillbaka steget innan: Fel behov") == 1


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_note_that_is_refused_in_a_channel_is_not_shown_there_either(samspel: Scene):
    hjo = await registered(samspel)
    skara = await samspel.person("kultur@skara")
    await skara.says("behov 1 anteckna Ring regionen på måndag", channel="kompetens")
    assert skara.sees("är för dem som bereder")
    await hjo.sees_in("kompetens", "behov 1 anteckna …")
    assert not hjo.sees("Ring regionen")
