"""Who decides on work that is asked for, and who hears what of it, each once."""

import pytest
from sqlalchemy import text

from tests.conversations.asking import (
    CHEF,
    COLLEAGUE,
    DIRECTOR,
    OFFICER,
    asked,
    asked_network,
    becomes_director,
    hears,
    key,
    stops_directing,
    told,
)
from tests.conversations.conftest import Scene


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_new_director_decides_and_the_one_before_does_not(samspel: Scene):
    officer, before = await samspel.person(OFFICER), await samspel.person(DIRECTOR)
    await asked(samspel)
    await officer.says("uppdrag 1 prioritera Bokslutet tar all tid")
    await stops_directing(samspel, DIRECTOR)
    await becomes_director(samspel, COLLEAGUE)
    await before.says("uppdrag 1 ge tid")
    assert before.sees("Det avgör Ledamot direktionen Hjo.")
    await before.says("uppdrag")
    assert not before.sees("Väntar på svar från dig")
    after = await samspel.person(COLLEAGUE)
    await after.says("uppdrag 1")
    assert after.sees("Ge Inflyttarsamordnare Hjo tid")
    await after.says("uppdrag")
    assert after.sees("Väntar på svar från dig (1)")
    await after.clicks("Ge tid")
    assert after.sees("Inflyttarsamordnare Hjo har tid för det nu")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_what_a_municipality_is_asked_goes_with_the_directorship(samspel: Scene):
    before, chef = await samspel.person(DIRECTOR), await samspel.person(CHEF)
    await chef.says("uppdrag Utse en kontaktperson")
    await chef.fills(whom="kommun", due_on="2026-05-29", hours="8")
    await chef.fills(municipality=await key(samspel, "organisations", "Hjo"))
    await stops_directing(samspel, DIRECTOR)
    await becomes_director(samspel, COLLEAGUE)
    await before.says("uppdrag")
    assert not before.sees("Väntar på svar från dig")
    await before.says("uppdrag 1 ja")
    assert before.sees("Frågan är ställd till Ledamot direktionen Hjo, som svarar på den.")
    after = await samspel.person(COLLEAGUE)
    await after.says("uppdrag")
    assert after.sees("Väntar på svar från dig (1)")
    await after.clicks("Ja, jag tar det")
    assert after.sees("Du har lovat 8 timmar.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_number_that_begins_a_reason_is_no_part_of_it(samspel: Scene):
    officer = await samspel.person(OFFICER)
    chef = await asked(samspel)
    await officer.says("uppdrag 1 ja")
    await officer.says("uppdrag 1 klart 5 tim")
    await chef.says("uppdrag 1 öppna 1 bilaga saknas")
    assert chef.sees("”1 bilaga saknas”")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_without_a_director_the_chef_decides(samspel: Scene):
    officer = await samspel.person(OFFICER)
    chef = await asked(samspel)
    await officer.says("uppdrag 1 prioritera Bokslutet tar all tid")
    await stops_directing(samspel, DIRECTOR)
    await chef.says("uppdrag")
    assert chef.sees("Väntar på svar från dig (1)")
    await chef.clicks("Ge tid")
    assert chef.sees("Inflyttarsamordnare Hjo har tid för det nu")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_no_and_that_nobody_is_left_is_one_message(samspel: Scene):
    officer, director = await samspel.person(OFFICER), await samspel.person(DIRECTOR)
    chef = await asked(samspel)
    before = len(await told(samspel, CHEF))
    await officer.says("uppdrag 1 nej Jag går på föräldraledighet.")
    said = (await told(samspel, CHEF))[before:]
    assert len(said) == 1
    for words in ("Inflyttarsamordnare Hjo kan inte.", "föräldraledighet", "har tid."):
        assert words in said[0]
    await chef.says("uppdrag 1 fråga")
    await chef.fills(who="Inflyttarsamordnare Hjo, Hjo")
    await officer.says("uppdrag 1 prioritera Bokslutet")
    before = len(await told(samspel, CHEF))
    await director.says("uppdrag 1 avslå Det finns inget utrymme")
    said = (await told(samspel, CHEF))[before:]
    assert len(said) == 1
    assert "Kommundirektör Hjo kan inte ge Inflyttarsamordnare Hjo tid." in said[0]
    assert "Ingen av dem som frågades har tid." in said[0]
    assert await hears(samspel, OFFICER, "Kommundirektör Hjo kan inte ge")
    assert not await hears(samspel, OFFICER, "Ingen av dem som frågades har tid.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("ja", "Tack, det är redan taget av Kommundirektör Hjo."),
        ("nej Vi har ingen", "Kommundirektör Hjo har svarat. Du behöver inte göra något."),
        ("lämna till Inflyttarsamordnare Hjo", "Kommundirektör Hjo har svarat."),
    ],
)
async def test_the_other_director_hears_that_a_colleague_answered(
    samspel: Scene, answer: str, words: str
):
    await becomes_director(samspel, COLLEAGUE)
    director, chef = await samspel.person(DIRECTOR), await samspel.person(CHEF)
    await samspel.person(COLLEAGUE)
    await chef.says("uppdrag Utse en kontaktperson")
    await chef.fills(whom="kommun", due_on="2026-05-29", hours="8")
    await chef.fills(municipality=await key(samspel, "organisations", "Hjo"))
    assert await hears(samspel, COLLEAGUE, "undrar om du kan ta det här.")
    await director.says(f"uppdrag 1 {answer}")
    assert await hears(samspel, COLLEAGUE, words)
    assert not await hears(samspel, DIRECTOR, words)
    assert not await hears(samspel, CHEF, words)


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_director_who_is_to_make_room_hears_that_others_took_it(samspel: Scene):
    await asked_network(samspel, name="Platsutveckling")
    officer, other = await samspel.person(OFFICER), await samspel.person("kultur@skara")
    await samspel.person(DIRECTOR)
    await officer.says("uppdrag 1 prioritera Bokslutet")
    assert await hears(samspel, DIRECTOR, "behöver få det prioriterat")
    await other.says("uppdrag 1 ja")
    words = "Tack, det är redan taget av Kulturchef Skara."
    assert await hears(samspel, DIRECTOR, words)
    assert await hears(samspel, OFFICER, words)
    assert not await hears(samspel, "kultur@skara", words)


@pytest.mark.parametrize("samspel", ["slack"], indirect=True)
async def test_members_asked_privately_hear_of_changes_and_withdrawal(samspel: Scene):
    await samspel.person(OFFICER)
    await asked_network(samspel, name="Platsutveckling")
    chef = await samspel.person(CHEF)
    await chef.says("uppdrag 1 ändra")
    await chef.fills(hours="16")
    assert await hears(samspel, OFFICER, "har ändrat uppdraget.")
    await chef.says("uppdrag 1 fråga")
    await chef.fills(who="Kompetensstrateg Skövde, Skövde")
    assert await hears(samspel, OFFICER, "har frågat någon annan. Du behöver inte svara.")
    await chef.says("uppdrag 1 historik")
    assert not chef.sees("asked_elsewhere")
    await chef.says("uppdrag 1 återkalla Regionen gör det")
    assert not await hears(samspel, OFFICER, "har återkallat")
    await chef.says("uppdrag En till")
    await chef.fills(whom="natverk", due_on="2026-05-29")
    network = await key(samspel, "bodies", "Platsutveckling")
    await chef.fills(network=network, wanted="1")
    await chef.says("uppdrag 2 återkalla Regionen gör det")
    assert await hears(samspel, OFFICER, "har återkallat uppdrag 2.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_declined_need_asks_for_no_more_work(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("behov Vi behöver tolkar i vården")
    async with samspel.database.transaction() as db:
        await db.execute(text("UPDATE needs SET stage = 'declined', motivation = 'Nej'"))
    await chef.says("behov 1 ge uppdrag")
    assert chef.sees("Behovet är avslaget, så inget mer kan göras för det.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_why_somebody_was_let_off_is_said_in_the_readers_language(samspel: Scene):
    officer = await samspel.person(OFFICER)
    chef = await asked(samspel)
    await officer.says("hej")
    await chef.says("uppdrag 1 fråga")
    await chef.fills(who="Kulturchef Skara, Skara")
    async with samspel.database.connection() as db:
        kept = await db.scalar(text("SELECT reason FROM assignment_steps WHERE kind = 'withdrawn'"))
    assert kept == "asked_elsewhere"
    await chef.says("uppdrag 1 historik")
    assert chef.sees("Frågan gick till någon annan.")
