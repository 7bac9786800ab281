"""A co-financing poll that is run: changed, nudged, extended, closed, decided, thought over."""

from sqlalchemy import text

from bot.language import kronor
from tests.conversations.asking import hears, key
from tests.conversations.conftest import Scene
from tests.conversations.persons import OnWeb
from tests.conversations.polling import (
    CHEF,
    HJO,
    OFFICER,
    SKARA,
    STAFF,
    TIBRO,
    answered_amounts,
    started,
)


async def test_what_if_counts_anew_and_changes_nothing(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 ja")
    await chef.says("rosta 1 tänk om Gullspång avstår")
    assert chef.sees(f"Tillsammans {kronor(950_000)} av 14 kommuner.")
    assert chef.sees("Skulle behöva lova mer än de har svarat: Hjo.")
    assert chef.sees("Omröstningen är inte ändrad.")
    await chef.says("rosta 1 om 800 000 lika delar")
    assert chef.sees(f"summan är {kronor(800_000)}")
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 tänk om Hjo avstår")
    assert officer.sees("Om Hjo avstår")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT count(*) FROM poll_scenarios")) == 0
        assert await db.scalar(text("SELECT count(*) FROM poll_shares")) == 15


async def test_a_scenario_is_kept_by_those_who_record(samspel: Scene):
    chef = await started(samspel)
    gullspang = await key(samspel, "organisations", "Gullspång")
    await chef.says("rosta 1 tänk om")
    await chef.fills(without=gullspang, name="Utan Gullspång")
    assert chef.sees("Sparat som scenariot ”Utan Gullspång”.")
    await chef.says("rosta 1 scenarier")
    assert chef.sees("Utan Gullspång")


async def test_a_changed_sum_marks_answers_and_is_told_with_the_new_share(samspel: Scene):
    chef = await started(samspel)
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja")
    before = (await answered_amounts(samspel))["Hjo"] or 0
    await chef.says("rosta 1 ändra förslag")
    await chef.fills(total="475 000", asked="475 000")
    await chef.fills()
    await chef.fills(reason="Ny offert")
    assert chef.sees(f"{kronor(950_000)} blir {kronor(475_000)}")
    assert chef.sees("Har svarat och ska bekräfta: Hjo.")
    assert await hears(samspel, HJO, "Förslaget är ändrat. Hjo:")
    await chef.says("rosta 1")
    assert chef.sees("0 av 15 kommuner har svarat")
    assert chef.sees("Gäller förra förslaget, bekräfta: Hjo.")
    await hjo.says("rosta 1 bekräfta")
    assert hjo.sees("Svaret är registrerat: Hjo, Ja,")
    after = (await answered_amounts(samspel))["Hjo"] or 0
    assert abs(after - before / 2) <= 1
    await chef.says("rosta 1 historik")
    assert chef.sees("Ny offert")


async def test_those_who_are_missing_are_nudged_in_own_words(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 ja")
    async with samspel.database.connection() as db:
        skara = await db.scalar(
            text("SELECT v.id FROM poll_voters v JOIN organisations o "
                 "ON o.id = v.organisation_id WHERE o.name = 'Skara'")
        )  # fmt: skip
    await chef.says("rosta 1 puffa Hinner ni före påsk?")
    assert chef.has_kept(words="Hinner ni före påsk?")
    await chef.fills(whom=str(skara), words="Hinner ni före påsk?")
    assert chef.sees("Skickat till 1 person: Skara.")
    assert await hears(samspel, SKARA, "Hinner ni före påsk?")
    assert not await hears(samspel, TIBRO, "Hinner ni före påsk?")
    await chef.says("rosta 1 historik")
    assert chef.sees("Hinner ni före påsk?")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 puffa")
    assert hjo.sees("Det gör Chef Omställning Skaraborg")


async def test_extension_is_told_to_those_alone_who_have_not_answered(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 ja")
    await chef.says("rosta 1 förläng")
    await chef.fills(closes_on="2026-04-15", reason="Sportlov")
    assert chef.sees("Öppen till och med 15 apr. 2026.")
    assert await hears(samspel, SKARA, "är förlängd till och med 15 apr. 2026")
    assert not await hears(samspel, HJO, "är förlängd")
    assert not chef.sees("är inte före mötet")


async def test_an_extension_past_the_meeting_that_decides_says_so(samspel: Scene):
    chef = await started(samspel)
    async with samspel.database.transaction() as db:
        await db.execute(text("UPDATE polls SET decided_by = '2026-04-10', decider_id = "
                              "(SELECT id FROM bodies WHERE kind = 'board')"))  # fmt: skip
    await chef.says("rosta 1 förläng")
    await chef.fills(closes_on="2026-04-10", reason="Sportlov")
    assert chef.sees("⚠ Sista svarsdag 10 apr. 2026 är inte före mötet 10 apr. 2026.")


async def test_closed_decided_and_in_the_plan(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 ja 20 000")
    await (await samspel.person(SKARA)).says("rosta 1 nej för dyrt")
    staff = await samspel.person(STAFF)
    await staff.says("rosta 1 beslut")
    assert staff.sees("Stäng omröstningen först")
    await chef.says("rosta 1 stäng")
    assert chef.sees("Stänga nu?")
    await chef.clicks("Ja, stäng")
    assert chef.sees("2 av 15 kommuner svarade.")
    assert await hears(samspel, TIBRO, "är stängd.")
    tibro = await samspel.person(TIBRO)
    await tibro.says("rosta 1 ja")
    assert tibro.sees("Den kan öppnas igen av Chef Omställning Skaraborg")
    await staff.says("rosta 1 beslut")
    await staff.fills(decided_on="2026-02-20", paragraph="14", verdict="as_outcome")
    assert staff.sees(f"{kronor(20_000)} från Hjo är nu utlovad finansiering i aktiviteten.")
    assert await hears(samspel, CHEF, "Beslut: enligt utfallet")
    await staff.says("rosta 1 utfall")
    assert staff.sees(f"Antaget i beslutet: {kronor(20_000)} av {kronor(20_000)} som är utlovat")
    assert not staff.sees("antogs inte i beslutet")
    async with samspel.database.connection() as db:
        found = await db.execute(text("SELECT source, amount, state FROM funding_lines "
                                      "WHERE poll_answer_id IS NOT NULL"))  # fmt: skip
        assert [tuple(row) for row in found] == [("Hjo", 20_000, "pledged")]
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 beslut")
    assert officer.sees("förbundsdirektören eller förbundets medarbetare")


async def test_a_decision_that_differs_says_why(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 ja 20 000")
    await chef.says("rosta 1 stäng")
    await chef.clicks("Ja, stäng")
    await chef.says("rosta 1 beslut")
    await chef.fills(decided_on="2026-02-20", paragraph="§ 14", verdict="declined")
    await chef.fills(why="Projektet läggs ner")
    await chef.says("rosta 1 utfall")
    assert chef.sees(f"{kronor(20_000)} · antogs inte i beslutet")
    assert chef.sees("Projektet läggs ner")
    assert chef.sees("nej, direktionen 20 feb. 2026, § 14")
    await chef.says("rosta 1 öppna igen")
    assert chef.sees("Ett beslut är registrerat, så den kan inte öppnas igen.")
    async with samspel.database.connection() as db:
        lines = text("SELECT count(*) FROM funding_lines WHERE poll_answer_id IS NOT NULL")
        assert await db.scalar(lines) == 0


async def test_reopened_and_cancelled_with_a_reason(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 stäng")
    await chef.clicks("Ja, stäng")
    assert chef.sees("Förseglat med")
    await chef.says("rosta 1 öppna igen")
    await chef.fills(closes_on="2026-04-15", reason="Två hann inte")
    assert chef.sees("Öppen igen till och med 15 apr. 2026.")
    before = chef.count("Förseglat med")
    await chef.says("rosta 1 utfall")
    assert chef.count("Förseglat med") == before, "it was of what the poll showed then"
    await chef.says("rosta 1 ställ in")
    await chef.fills(reason="")
    assert "Skriv skälet i en mening" in chef.sees_under("reason")
    if isinstance(chef, OnWeb):
        assert "Fyll i det här. Skriv skälet i en mening" in chef.sees_under("reason")
    await chef.fills(reason="Fel belopp")
    assert chef.sees("är inställd av Chef Omställning Skaraborg")
    assert await hears(samspel, HJO, "Fel belopp")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja")
    assert hjo.sees("är inställd och tar inte emot något mer")
    await hjo.says("rosta 1")
    assert hjo.sees("Inställd av Chef Omställning Skaraborg 16 mars 2026")
    assert hjo.sees("Fel belopp")


async def test_a_sounding_is_made_formal_and_leanings_are_confirmed(samspel: Scene):
    chef = await started(samspel, binding="sounding")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja 20 000")
    await chef.says("rosta 1 formell")
    await chef.fills()
    await chef.fills()
    await chef.fills(closes_on="2026-04-15")
    await chef.fills(opens="now")
    assert chef.sees("Omröstning 2: Platsvarumärke är skickad.")
    await hjo.says("rosta 2 svara")
    assert hjo.sees("Så lutade ni i avstämningen.")
    await hjo.fills()
    assert await answered_amounts(samspel) == {"Hjo": 20_000}
    await chef.says("rosta 1 formell")
    assert chef.sees("har redan blivit formell: omröstning 2")


async def test_a_sounding_that_is_made_formal_takes_no_more_answers(samspel: Scene):
    chef = await started(samspel, binding="sounding")
    await chef.says("rosta 1 formell")
    await chef.fills()
    await chef.fills()
    await chef.fills(closes_on="2026-04-15")
    await chef.fills(opens="now")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja 20 000")
    assert hjo.sees("har blivit formell. Svara i omröstning 2.")
    await hjo.clicks("Visa omröstning 2")
    assert hjo.sees("0 av 15 kommuner har svarat")
    assert await answered_amounts(samspel) == {}
    assert not await hears(samspel, HJO, "är stängd")
    await chef.says("rosta 1")
    assert chef.sees("Avstämningen har blivit formell: omröstning 2.")
    await chef.says("rosta 1 historik")
    assert chef.sees("Gjord formell")
    await chef.says("rosta 1 öppna igen")
    assert chef.sees("har blivit formell. Svara i omröstning 2.")
    async with samspel.database.connection() as db:
        steps = await db.scalars(text("SELECT kind FROM poll_steps WHERE poll_id = 1 ORDER BY id"))
        assert list(steps) == ["started", "made_formal", "closed"]
        assert await db.scalar(text("SELECT count(*) FROM poll_outcomes WHERE poll_id = 1")) == 1


async def test_no_line_is_added_to_a_poll_about_money(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 lägg till En rad")
    assert chef.sees("En medfinansiering har inga alternativ att lägga till.")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT count(*) FROM poll_options")) == 0


async def test_a_poll_is_copied_and_kept_as_a_template(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 spara som mall")
    await chef.fills(name="Årets medfinansiering")
    assert chef.sees("Mallen ”Årets medfinansiering” är sparad.")
    await chef.says("rosta mallar")
    assert chef.sees("Årets medfinansiering")
    await chef.says("rosta 1 kopiera")
    await chef.fills()
    await chef.fills()
    await chef.fills()
    await chef.fills(opens="now")
    assert chef.sees("Omröstning 2: Platsvarumärke är skickad.")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 spara som mall")
    assert hjo.sees("startas av chefen, Chef Omställning Skaraborg")


async def test_nobody_is_nudged_when_all_have_answered(samspel: Scene):
    member = await samspel.person(OFFICER)
    await member.says("rosta ”Vem tar anteckningar?” Hjo, Tibro")
    async with samspel.database.transaction() as db:
        await db.execute(text("UPDATE poll_voters SET voted = true"))
    await member.says("rosta 1 puffa")
    assert member.sees("Alla har svarat.")
    async with samspel.database.connection() as db:
        nudges = text("SELECT count(*) FROM poll_steps WHERE kind = 'nudged'")
        assert await db.scalar(nudges) == 0


async def test_an_earlier_day_extends_nothing_and_keeps_what_was_typed(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 förläng")
    await chef.fills(closes_on="2026-03-31", reason="Sportlov")
    assert "1 apr. 2026 eller senare" in chef.sees_under("closes_on")
    await chef.fills(closes_on="2026-04-15")
    assert chef.sees("Öppen till och med 15 apr. 2026.")
    assert await hears(samspel, SKARA, "Sportlov")


async def test_closed_twice_is_closed_once(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 stäng ja")
    await chef.says("rosta 1 stäng ja")
    assert chef.sees("är stängd. Den kan öppnas igen av Chef Omställning Skaraborg")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 stäng ja")
    assert hjo.sees("Det gör Chef Omställning Skaraborg")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT count(*) FROM poll_outcomes")) == 1


async def test_a_decision_of_a_day_to_come_is_not_recorded(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 stäng ja")
    await chef.says("rosta 1 beslut")
    await chef.fills(decided_on="2030-01-01", paragraph="14", verdict="as_outcome")
    assert "eller tidigare" in chef.sees_under("decided_on")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT count(*) FROM poll_decisions")) == 0
