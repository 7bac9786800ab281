"""Work that is asked for, answered, made room for, done and counted, on every platform."""

import pytest
from sqlalchemy import text

from tests.conversations.asking import (
    CHEF,
    COLLEAGUE,
    DIRECTOR,
    MEMBER,
    OFFICER,
    OTHER_MEMBER,
    RESPONSIBLE,
    asked,
    asked_network,
    hears,
    key,
)
from tests.conversations.conftest import Scene


async def test_an_official_takes_what_is_asked_and_does_it(samspel: Scene):
    officer = await samspel.person(OFFICER)
    chef = await asked(samspel)
    assert await hears(samspel, OFFICER, "Chef Omställning Skaraborg undrar om du kan ta det här.")
    await officer.says("uppdrag")
    assert officer.sees("Väntar på svar från dig (1)")
    await officer.clicks("Ja, jag tar det")
    assert await hears(samspel, CHEF, "Inflyttarsamordnare Hjo tar det.")
    assert not await hears(samspel, OFFICER, "Inflyttarsamordnare Hjo tar det.")
    assert officer.sees("Du har lovat 40 timmar.")
    await officer.says("uppdrag 1 timmar 30")
    assert officer.sees("Sparat: du lovar 30 timmar.")
    await officer.says("uppdrag 1 framsteg 12 tim Enkäten är ute")
    assert officer.sees("använt 12 timmar")
    await officer.says("uppdrag 1 klart")
    await officer.fills(hours="10", note="Rapporten ligger hos er.")
    assert officer.sees("Din del är klar. Använt: 22 timmar.")
    await chef.says("uppdrag 1")
    assert chef.sees("✅ klart")
    await chef.says("uppdrag 1 historik")
    assert chef.sees("Rapporten ligger hos er.")
    await chef.says("uppdrag timmar")
    assert chef.sees("30 timmar lovat och 22 timmar använt")


async def test_whoever_is_not_asked_cannot_answer_and_is_told_who_can(samspel: Scene):
    await asked(samspel)
    other = await samspel.person(MEMBER)
    await other.says("uppdrag 1 ja")
    assert other.sees("Frågan är ställd till Inflyttarsamordnare Hjo, som svarar på den.")
    await other.says("uppdrag 1 nej Det är inte mitt område")
    assert other.sees("Frågan är ställd till Inflyttarsamordnare Hjo")
    assert other.sees("Du skrev: Det är inte mitt område")
    await other.says("uppdrag 1 klart 3")
    assert other.sees("Bara de som har tagit uppdrag 1 kan göra det: ingen än.")
    await other.says("uppdrag 1 återkalla Behövs inte")
    assert other.sees("Det gör Chef Omställning Skaraborg, som ställde frågan.")


async def test_no_demands_a_reason_and_whoever_asked_can_ask_somebody_else(samspel: Scene):
    officer = await samspel.person(OFFICER)
    chef = await asked(samspel)
    await officer.says("uppdrag 1 nej")
    await officer.fills(reason="")
    assert officer.sees_under("reason")
    await officer.fills(reason="Jag går på föräldraledighet.")
    assert officer.sees("Du har tackat nej.")
    assert await hears(samspel, CHEF, "Jag går på föräldraledighet.")
    assert await hears(samspel, CHEF, "Frågan tas upp i styrgruppens veckobrev.")
    await chef.says("uppdrag 1")
    assert chef.sees("⚠ ingen har tid")
    await chef.says("uppdrag 1 fråga")
    await chef.fills(who="Kulturchef Skara, Skara")
    assert chef.sees("Frågan är ställd till Kulturchef Skara.")
    await officer.says("uppdrag 1 ja")
    assert officer.sees("Frågan är ställd till Kulturchef Skara, som svarar på den.")


async def test_it_is_handed_to_a_colleague_but_not_to_anybody(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await asked(samspel)
    await officer.says("uppdrag 1 lämna till Kulturchef Skara")
    assert officer.sees("Du kan lämna över till någon där du arbetar.")
    await officer.says("uppdrag 1 lämna")
    await officer.fills(who="Ledamot direktionen Hjo, Hjo")
    assert officer.sees("Ledamot direktionen Hjo har fått frågan i stället för dig.")
    colleague = await samspel.person(COLLEAGUE)
    await colleague.says("uppdrag 1 ja")
    assert colleague.sees("Tack! Det är ditt.")


async def test_what_must_be_prioritised_is_the_directors_who_proposes_another_day(samspel: Scene):
    officer, director = await samspel.person(OFFICER), await samspel.person(DIRECTOR)
    chef = await asked(samspel)
    await officer.says("uppdrag 1 prioritera Bokslutet tar all tid")
    assert officer.sees("Frågan är hos Kommundirektör Hjo nu.")
    await officer.says("uppdrag 1 ge tid")
    assert officer.sees("Det avgör Kommundirektör Hjo.")
    assert await hears(samspel, DIRECTOR, "Inflyttarsamordnare Hjo behöver få det prioriterat")
    await director.says("uppdrag 1 annat datum")
    await director.fills(day="2026-06-26")
    assert director.sees("Chef Omställning Skaraborg har fått förslaget")
    await chef.says("uppdrag 1 neka datum Direktionen vill ha det i maj")
    assert chef.sees("Kommundirektör Hjo får frågan igen.")
    await director.says("uppdrag 1 ge tid")
    assert director.sees("Inflyttarsamordnare Hjo har tid för det nu")
    await officer.says("uppdrag 1")
    assert officer.sees("🛠 någon har tagit det")


async def test_whoever_asked_alone_agrees_to_another_day(samspel: Scene):
    officer, director = await samspel.person(OFFICER), await samspel.person(DIRECTOR)
    chef = await asked(samspel)
    await officer.says("uppdrag 1 prioritera Bokslutet")
    await director.says("uppdrag 1 annat datum 2026-06-26")
    await director.fills()
    await officer.says("uppdrag 1 godkänn")
    assert officer.sees("Det avgör Chef Omställning Skaraborg, som ställde frågan.")
    await chef.says("uppdrag")
    await chef.clicks("Godkänn")
    assert chef.sees("Inflyttarsamordnare Hjo har det nu, klart senast 26 juni 2026.")


async def test_a_municipality_is_asked_through_its_director(samspel: Scene):
    director, chef = await samspel.person(DIRECTOR), await samspel.person(CHEF)
    await chef.says("uppdrag Utse en kontaktperson")
    await chef.fills(whom="kommun", due_on="2026-05-29", hours="8")
    await chef.fills(municipality=await key(samspel, "organisations", "Hjo"))
    assert chef.sees("Frågan är ställd till Hjo.")
    officer = await samspel.person(OFFICER)
    await officer.says("uppdrag 1 ja")
    assert officer.sees("Frågan är ställd till Kommundirektör Hjo, som svarar på den.")
    await director.says("uppdrag 1 prioritera Mycket nu")
    assert director.sees("Du avgör själv")
    await director.says("uppdrag 1 lämna till Inflyttarsamordnare Hjo")
    assert director.sees("Inflyttarsamordnare Hjo har fått frågan i stället för dig.")
    await officer.says("uppdrag 1 ja")
    assert officer.sees("Du har lovat 8 timmar.")
    await chef.says("uppdrag kommun Hjo")
    assert chef.sees("1 uppdrag: Hjo")
    await chef.says("uppdrag kommun Skara")
    assert chef.sees("Inga uppdrag passar: Skara.")


async def test_the_first_who_accept_in_a_network_have_it_and_others_hear_kindly(samspel: Scene):
    await asked_network(samspel, wanted="2")
    first, second = await samspel.person(MEMBER), await samspel.person(OTHER_MEMBER)
    third, outside = await samspel.person(RESPONSIBLE), await samspel.person(OFFICER)
    await outside.says("uppdrag 1 ja")
    assert outside.sees("Frågan är ställd till medlemmarna i nätverket Kompetens.")
    await first.says("uppdrag")
    assert first.sees("Frågat i ditt nätverk (1)")
    await first.says("uppdrag 1 ja")
    assert first.sees("Du har lovat 11 timmar.")
    await second.says("uppdrag 1 ja 5")
    assert second.sees("Du har lovat 5 timmar.")
    await third.says("uppdrag 1 ja")
    assert third.sees("Tack, det är redan taget av")
    assert third.sees("Rektor vuxenutbildning Falköping, Rektor vuxenutbildning Lidköping")


async def test_the_networks_channel_asks_who_can_take_it_and_then_says_who_did(samspel: Scene):
    await asked_network(samspel)
    member, late = await samspel.person(MEMBER), await samspel.person(OTHER_MEMBER)
    await late.sees_in("kompetens", "Vem kan ta det här?")
    await member.sees_in("kompetens", "Vem kan ta det här?")
    await member.clicks("Ja, jag tar det")
    await member.sees_in("kompetens", "Rektor vuxenutbildning Falköping har det")
    await late.sees_in("kompetens", "Rektor vuxenutbildning Falköping har det")
    assert not late.sees("Vem kan ta det här?")
    assert await hears(samspel, CHEF, "Rektor vuxenutbildning Falköping tar det.")


@pytest.mark.parametrize("samspel", ["slack", "teams"], indirect=True)
async def test_members_whose_chat_has_no_channel_of_the_network_are_asked_privately(
    samspel: Scene,
):
    await samspel.person("kultur@skara")
    await samspel.person(OFFICER)
    await asked_network(samspel, name="Platsutveckling")
    question = "Chef Omställning Skaraborg undrar om du kan ta det här."
    assert await hears(samspel, OFFICER, question)
    officer = await samspel.person(OFFICER)
    await officer.says("uppdrag 1 ja")
    assert await hears(samspel, "kultur@skara", "Tack, det är redan taget av Inflyttarsamordnare")
    assert not await hears(samspel, MEMBER, question)


async def test_a_network_without_members_is_not_asked_and_what_was_typed_stays(samspel: Scene):
    network = await key(samspel, "bodies", "Kultur")
    async with samspel.database.transaction() as db:
        end = text("UPDATE memberships SET ends_on = '2026-03-01' WHERE body_id = :id")
        await db.execute(end, {"id": int(network)})
    chef = await samspel.person(CHEF)
    await chef.says("uppdrag Ordna en festival")
    await chef.fills(whom="natverk", due_on="2026-05-29")
    await chef.fills(network=network, wanted="1")
    assert "Det finns ingen att fråga" in chef.sees_under("network")
    assert chef.has_kept(title="Ordna en festival")


async def test_work_is_asked_for_from_an_activity_by_whoever_answers_for_it(samspel: Scene):
    responsible = await samspel.person(RESPONSIBLE)
    await responsible.says("aktivitet KOM-03")
    await responsible.clicks("Ge uppdrag")
    await responsible.fills(
        title="Skriv ansökan", who="Kompetensstrateg Skövde, Skövde", due_on="2026-04-30"
    )
    assert responsible.sees("Frågan är ställd till Kompetensstrateg Skövde.")
    await responsible.says("uppdrag lista KOM-03")
    assert responsible.sees("1 uppdrag: KOM-03")


async def test_others_cannot_ask_for_work_and_are_told_who_can(samspel: Scene):
    officer = await samspel.person(COLLEAGUE)
    await officer.says("uppdrag Skriv ansökan åt mig")
    assert officer.sees("Uppdrag ges av chefen, förbundsdirektören och förbundets medarbetare")
    await officer.says("milstolpe KOM-03")
    await officer.clicks("Ge uppdrag")
    assert officer.sees("Uppdrag från KOM-03 ges av Kompetensstrateg Skövde")
    await officer.says("behov Vi behöver tolkar i vården")
    await officer.says("behov 1 ge uppdrag")
    assert officer.sees("Uppdrag från ett behov ges av den som bereder det")


async def test_whoever_answers_for_one_activity_asks_for_nothing_beside_it(samspel: Scene):
    responsible = await samspel.person(RESPONSIBLE)
    await responsible.says("uppdrag Skriv ansökan")
    person = "Kompetensstrateg Skövde, Skövde"
    await responsible.fills(who=person, due_on="2026-04-30", activity="SAM-01")
    assert responsible.sees_under("activity")
    assert responsible.has_kept(title="Skriv ansökan")


async def test_what_was_asked_is_mended_and_taken_back_with_a_reason(samspel: Scene):
    officer = await samspel.person(OFFICER)
    chef = await asked(samspel)
    await chef.says("uppdrag 1 ändra")
    await chef.fills(title="Kartlägg flyttskäl i Hjo", hours="16")
    assert chef.sees("Sparat. De som berörs får veta det.")
    await chef.says("uppdrag 1 återkalla Regionen gör det")
    assert chef.sees("Återkallat.")
    assert await hears(samspel, OFFICER, "har återkallat uppdrag 1.")
    await officer.says("uppdrag 1 ja")
    assert officer.sees("Det går inte med uppdrag 1 som det är nu: ↩ återkallat.")


async def test_what_is_late_stands_first_and_says_so(samspel: Scene):
    await asked(samspel)
    samspel.clock.passes(days=90)
    chef = await samspel.person(CHEF)
    await chef.says("uppdrag lista försenade")
    assert chef.sees("1 uppdrag: försenade")
    assert chef.sees("⏰ försenat")
    await chef.says("uppdrag lista klara Kulturchef Skara")
    assert not chef.sees("1 uppdrag: Kulturchef Skara")


async def test_a_part_that_is_not_done_after_all_is_opened_again(samspel: Scene):
    officer = await samspel.person(OFFICER)
    chef = await asked(samspel)
    await officer.says("uppdrag 1 ja")
    await officer.says("uppdrag 1 klart 5 tim Färdigt")
    other = await samspel.person(MEMBER)
    await other.says("uppdrag 1 öppna Jag vill")
    assert other.sees("Det gör Chef Omställning Skaraborg, som ställde frågan.")
    await chef.says("uppdrag 1 öppna Bilagan saknas")
    assert chef.sees("Öppnat igen: Inflyttarsamordnare Hjo")
    await officer.says("uppdrag 1")
    assert officer.sees("🛠 någon har tagit det")


@pytest.mark.parametrize("words", ["uppdrag 99", "uppdrag 1 hoppla", "uppdrag lista Nils Dacke"])
async def test_what_is_not_there_is_answered_kindly(samspel: Scene, words: str):
    chef = await asked(samspel)
    await chef.says(words)
    said = ("Uppdrag 99 finns inte.", "Vad vill du göra med", "Inga uppdrag passar: ”Nils Dacke”")
    assert any(chef.sees(each) for each in said)


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_number_that_is_no_hours_is_not_booked_and_stands_in_the_form(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await asked(samspel)
    await officer.says("uppdrag 1 ja")
    await officer.says("uppdrag 1 framsteg 50 % klart")
    assert officer.has_kept(note="50 % klart")
    await officer.fills(hours="3")
    assert officer.sees("använt 3 timmar")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_what_is_done_is_not_declined_by_words_either(samspel: Scene):
    await asked_network(samspel)
    member, late = await samspel.person(MEMBER), await samspel.person(OTHER_MEMBER)
    await member.says("uppdrag 1 ja")
    await member.says("uppdrag 1 klart 3")
    await late.says("uppdrag 1 nej Jag hinner inte")
    assert late.sees("Det går inte med uppdrag 1 som det är nu: ✅ klart.")
    assert late.sees("Du skrev: Jag hinner inte")
