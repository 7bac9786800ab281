"""Stories of binding channels: what comes where, decided by those who may."""

import pytest
from sqlalchemy import text

from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform

CHEF = "chef@skaraborg"
ADMINISTRATOR = "it@skaraborg"
OFFICER = "kompetens@skovde"  # KOM-01 and KOM-03
CHANNEL = "strategi"


async def reported(samspel: Scene) -> None:
    """An activity of the network Kompetens has been reported."""
    officer = await samspel.person(OFFICER)
    await officer.says("rapport KOM-03 gul Antagningen drar ut")
    await officer.sees_in("kompetens", "Nytt läge: KOM-03")


async def key(samspel: Scene, kind: str, name: str = "") -> str:
    """What a body is called in the form."""
    async with samspel.database.transaction() as db:
        found = await db.scalar(
            text("SELECT id FROM bodies WHERE kind = :kind AND (:name = '' OR name = :name)"),
            {"kind": kind, "name": name},
        )
    return f"body{found}"


def nothing_to_let_go_of(person: PersonOnPlatform) -> bool:
    """The web chat's own channel keeps its network, and says so."""
    return any(map(person.sees, ("har ingen koppling att ta bort", "hör alltid till")))


@pytest.mark.parametrize(
    "words",
    [
        "koppla Kompetens",
        "koppla natverket kompetens",
        "koppla kompetensnätverket",
        "KOPPLA till Kompetens",
    ],
)
async def test_a_channel_is_bound_by_words_and_the_networks_cards_appear(
    samspel: Scene, words: str
):
    await reported(samspel)
    chef = await samspel.person(CHEF)
    await chef.says(words, channel=CHANNEL)
    assert chef.sees("Kanalen är kopplad")
    assert chef.sees("nätverket Kompetens: läget i nätverkets aktiviteter")
    await chef.sees_in(CHANNEL, "Antagningen drar ut")


async def test_news_comes_to_every_channel_of_the_network(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("koppla Kompetens", channel=CHANNEL)
    await reported(samspel)
    await administrator.sees_in(CHANNEL, "Nytt läge: KOM-03")


async def test_undo_takes_the_binding_and_its_cards_away(samspel: Scene):
    await reported(samspel)
    chef = await samspel.person(CHEF)
    await chef.says("koppla Kompetens", channel=CHANNEL)
    await chef.sees_in(CHANNEL, "Antagningen drar ut")
    await chef.clicks("Ångra")
    assert chef.sees("Ångrat")
    assert chef.sees("Hit kommer inte längre det som gäller nätverket Kompetens")
    assert not chef.sees("Antagningen drar ut")
    await chef.says("koppla bort", channel=CHANNEL)
    assert nothing_to_let_go_of(chef)


async def test_several_are_bound_at_once_and_let_go_of(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("koppla styrgruppen, chef och Kompetens", channel=CHANNEL)
    assert chef.sees("styrgruppens veckobrev")
    assert chef.sees("chefens veckobrev")
    await chef.says("koppla bort styrgrupp och chefen", channel=CHANNEL)
    assert chef.sees("Hit kommer inte längre det som gäller styrgruppen och chefen")
    await chef.says("koppla bort", channel=CHANNEL)
    await chef.clicks("nätverket Kompetens")
    assert chef.sees("Hit kommer inte längre det som gäller nätverket Kompetens")
    await chef.says("koppla bort", channel=CHANNEL)
    assert nothing_to_let_go_of(chef)


async def test_the_form_shows_what_is_bound_and_changes_it(samspel: Scene):
    chef = await samspel.person(CHEF)
    steering, network = (
        await key(samspel, "steering_group"),
        await key(samspel, "network", "Kompetens"),
    )
    await chef.says("koppla styrgruppen", channel=CHANNEL)
    await chef.says("koppla", channel=CHANNEL)
    assert chef.has_kept(bound=steering, language="sv")
    await chef.fills(bound=network, language="en")
    assert chef.sees("Sparat")
    assert chef.sees("Hit kommer inte längre det som gäller styrgruppen")
    await reported(samspel)
    await chef.sees_in(CHANNEL, "at risk")
    await chef.clicks("Ångra")
    assert chef.sees("Kanalens språk är nu svenska")
    await chef.says("koppla", channel=CHANNEL)
    assert chef.has_kept(bound=steering, language="sv")


async def test_a_misspelt_name_gets_suggestions(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("koppla kompitans", channel=CHANNEL)
    assert chef.sees("Jag hittar inget som heter ”kompitans”")
    await chef.clicks("nätverket Kompetens")
    assert chef.sees("Kanalen är kopplad")
    await chef.says("koppla qwertyuiop", channel=CHANNEL)
    assert chef.sees("En kanal kan kopplas till")
    await chef.clicks("Välj i formuläret")
    assert chef.sees("Vad ska komma till kanalen")


async def test_others_are_told_who_may(samspel: Scene):
    officer = await samspel.person(OFFICER)
    for words in ("koppla Kompetens", "koppla", "koppla bort allt"):
        await officer.says(words, channel=CHANNEL)
        assert officer.sees("Fråga Chef Omställning Skaraborg eller IT-förvaltare")
    await officer.says("koppla visa", channel=CHANNEL)
    assert not officer.sees("nätverket Kompetens: läget")


async def test_a_button_for_those_who_may_does_nothing_for_others(samspel: Scene):
    chef, officer = await samspel.person(CHEF), await samspel.person(OFFICER)
    await chef.says("koppla Kompetens", channel=CHANNEL)
    await officer.sees_in(CHANNEL, "Kanalen är kopplad")
    await officer.clicks("Ångra")
    assert officer.sees("Fråga Chef")
    await officer.sees_in(CHANNEL, "Kanalen är kopplad")
    await officer.clicks("Ändra")
    assert officer.sees("Fråga Chef")
    await chef.says("koppla visa", channel=CHANNEL)
    assert chef.sees("nätverket Kompetens: läget")


async def test_in_a_private_chat_it_is_said_where_to_write_it(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("koppla Kompetens")
    assert chef.sees("Skriv @samspel koppla i den kanal som det gäller")
    await chef.clicks("Visa kopplade kanaler")
    assert chef.sees("Kompetens (webbchatten): nätverket Kompetens")
    assert chef.sees("Chef (webbchatten): chefen")


async def test_people_see_the_channels_of_their_own_bodies(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("koppla visa")
    assert officer.sees("Kompetens (webbchatten)")
    assert not officer.sees("Chef (webbchatten)")


async def lost(samspel: Scene, channel: str) -> None:
    """The bot has heard that nothing can be said in the channel any more."""
    async with samspel.database.transaction() as db:
        closed = "UPDATE conversations SET closed_at = :now WHERE lower(name) LIKE '%' || :name"
        await db.execute(text(closed), {"now": samspel.clock(), "name": channel})


async def test_a_channel_that_is_gone_is_let_go_of_in_the_private_chat(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("koppla styrgruppen", channel=CHANNEL)
    await lost(samspel, CHANNEL)
    await chef.says("koppla visa")
    assert chef.sees("Kanaler som är borta")
    assert chef.sees("borta: ")
    await chef.clicks("Ta bort kopplingen")
    assert chef.sees("är borta och inte längre kopplad till styrgruppen")
    await chef.clicks("Visa kopplade kanaler")
    assert chef.count("Kanaler som är borta") == 1


async def test_a_channel_that_is_gone_is_let_go_of_by_those_who_may(samspel: Scene):
    chef, officer = await samspel.person(CHEF), await samspel.person(OFFICER)
    await chef.says("koppla Kompetens", channel=CHANNEL)
    await lost(samspel, CHANNEL)
    await officer.says("koppla visa")
    assert officer.sees("Kompetens (webbchatten)")
    assert not officer.sees("Kanaler som är borta")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_the_web_chats_own_channels_stay_what_they_are(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("koppla bort strategi", channel=CHANNEL)
    assert chef.sees("hör alltid till nätverket Strategi")
    for words in ("koppla bort", "koppla bort allt"):
        await chef.says(words, channel=CHANNEL)
        assert not chef.sees("har ingen koppling")
    await chef.says("koppla bort allt", channel=CHANNEL)
    await chef.says("koppla visa", channel=CHANNEL)
    assert chef.sees("nätverket Strategi: läget")
