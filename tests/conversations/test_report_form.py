"""Stories of the report's form, of choosing an activity, and of what its channel hears."""

import pytest
from sqlalchemy import text

from tests.conversations.conftest import Scene

RESPONSIBLE = "kompetens@skovde"  # KOM-01 and KOM-03


async def test_the_form_starts_from_the_last_report(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 gul Antagningen drar ut")
    await officer.says("rapport KOM-03")
    assert officer.has_kept(status="at_risk", deviation="Antagningen drar ut")
    await officer.fills(
        measure="Vi ringer alla sökande", next_step="Ny antagning i maj", percent="40"
    )
    assert officer.sees("Sparat")
    await officer.says("aktivitet KOM-03")
    assert officer.sees("Vi ringer alla sökande")
    assert officer.sees("Ny antagning i maj")


async def test_a_risk_needs_both_what_deviates_and_what_is_done(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-01")
    await officer.fills(status="off_track", situation="Rådet möts inte")
    assert "Skriv vad som" in officer.sees_under("deviation")
    assert "Skriv vad ni gör åt det" in officer.sees_under("measure")
    assert officer.has_kept(status="off_track", situation="Rådet möts inte")
    await officer.fills(deviation="Ordföranden har slutat", measure="Vi väljer en ny i mars")
    assert officer.sees("Sparat")


async def test_an_asked_decision_must_be_said_and_is_news_in_the_channel(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 grön Allt väl")
    await officer.sees_in("kompetens", "Nytt läge: KOM-03")
    await officer.says("rapport KOM-03")
    await officer.fills(decision_from="steering_group")
    assert "Skriv vad som behöver beslutas" in officer.sees_under("decision")
    await officer.fills(decision="Godkänn två extra lärare")
    assert officer.sees("Sparat")
    await officer.sees_in("kompetens", "Beslut behövs av styrgruppen: KOM-03")
    assert officer.count("Nytt läge: KOM-03") == 1
    await officer.says("rapport KOM-03")
    await officer.fills(situation="Sextio sökande")
    await officer.sees_in("kompetens", "Sextio sökande")
    assert officer.count("Beslut behövs av styrgruppen: KOM-03") == 1


async def test_the_same_state_with_other_words_makes_no_new_post(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 grön Allt väl")
    await officer.sees_in("kompetens", "Nytt läge: KOM-03")
    await officer.says("rapport KOM-03 grön Femtio sökande")
    await officer.sees_in("kompetens", "Femtio sökande")
    assert officer.count("Nytt läge: KOM-03") == 1


async def test_when_several_fit_one_is_chosen_and_no_word_is_lost(samspel: Scene):
    officer = await samspel.person("chef@skaraborg")
    await officer.says("rapport gemensam röd Det drar ut på tiden")
    assert officer.sees("Flera aktiviteter passar")
    assert officer.sees("röd Det drar ut på tiden")
    await officer.clicks("SAM-01")
    assert officer.sees("Sparat: SAM-01")
    await officer.says("aktivitet SAM-01")
    assert officer.sees("avvikelse")
    assert officer.sees("Det drar ut på tiden")


async def test_without_words_ones_own_activities_stand_to_choose_from(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport")
    assert officer.sees("KOM-01")
    assert officer.sees("KOM-03")
    await officer.clicks("En annan aktivitet")
    await officer.fills(activity="KOM-04")
    await officer.fills(status="on_track", situation="Igång")
    assert officer.sees("Sparat")


async def test_who_has_no_activity_is_shown_another_way(samspel: Scene):
    officer = await samspel.person("ekonomi@skaraborg")
    await officer.says("rapport")
    assert officer.sees("En annan aktivitet")
    await officer.says("rapport mina")
    assert not officer.sees("Sparat")


@pytest.mark.parametrize(
    "words", ["varje vecka", "var 3:e vecka", "varje månad", "aldrig", "varannan vecka"]
)
async def test_an_activity_has_a_rhythm_of_its_own(samspel: Scene, words: str):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says(f"takt KOM-03 {words}")
    assert officer.sees(words)
    await officer.says("takt KOM-03")
    assert officer.sees(words)


async def test_only_those_who_may_report_set_the_rhythm(samspel: Scene):
    other = await samspel.person("kultur@skara")
    await other.says("takt KOM-03 aldrig")
    await other.says("takt KOM-03")
    assert other.sees("varannan vecka")


async def test_a_rhythm_nobody_knows_is_answered_with_those_there_are(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("takt KOM-03 ibland")
    assert officer.sees("varannan vecka")


async def test_a_form_that_was_not_sent_is_offered_at_home(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("rapport KOM-03 lila Lokalerna dröjer")
    await officer.opens_home()
    assert officer.sees("Fortsätt där du slutade")
    await officer.clicks("Rapportera läget KOM-03")
    assert officer.has_kept(situation="lila Lokalerna dröjer")
    await officer.fills(status="on_track", situation="Vi lånar Gymnasiets")
    await officer.opens_home()
    assert not officer.sees("Fortsätt där du slutade")


async def test_what_was_written_in_a_form_that_can_be_sent_no_more_is_given_back(samspel: Scene):
    officer = await samspel.person("vux@falkoping")
    await officer.says("rapport KOM-04")
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "UPDATE activity_values SET responsible_id = (SELECT id FROM people "
                "WHERE email = 'chef@skaraborg.example.se')"
            )
        )
        await db.execute(text("DELETE FROM memberships"))
    await officer.fills(situation="Två branscher är igång nu", status="on_track")
    assert officer.sees("Du kan inte rapportera KOM-04")
    assert officer.sees("Två branscher är igång nu")
