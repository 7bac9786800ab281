"""Stories of reminders: one a day, answered from where they stand."""

from datetime import UTC, datetime

from sqlalchemy import text

from tests.conversations.conftest import Scene
from tests.conversations.reminding import CHEF, OFFICER, PLANNER, reminded, things

LATE = "KOM-01 Skaraborgs kompetensråd: rapporten skulle ha kommit"
LATE_TOO = "SAM-02 Detaljplaner i takt: delade planresurser: rapporten skulle ha kommit"


async def latest(samspel: Scene, code: str) -> tuple[str, str | None, bool]:
    """Status, text and whether unchanged of the activity's latest report."""
    async with samspel.database.connection() as db:
        found = await db.execute(
            text(
                "SELECT r.status, coalesce(r.situation, r.deviation) AS said, r.unchanged "
                "FROM status_reports r JOIN activities a ON a.id = r.activity_id "
                "WHERE a.code = :code ORDER BY r.id DESC LIMIT 1"
            ),
            {"code": code},
        )
        row = found.one()
        return row.status, row.said, row.unchanged


async def test_one_reminder_a_day_names_each_thing_with_what_to_do(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("hej")
    assert await reminded(samspel) > 0
    await officer.hears("Påminnelse: 3 saker att göra")
    assert officer.sees(LATE)
    assert officer.sees("Rapportera nu")
    assert officer.sees("Senare")
    samspel.clock.passes(hours=2)
    assert await reminded(samspel) == 0
    assert await things(samspel, OFFICER) == ["overdue KOM-01", "overdue KOM-03"]


async def test_unchanged_is_one_press_and_the_thing_is_done(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("takt SAM-02 varje vecka")
    await officer.says("rapport SAM-02 grön Allt rullar")
    samspel.clock.passes(days=8)
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.clicks("Oförändrat")
    assert officer.sees("Sparat som oförändrat")
    assert await latest(samspel, "SAM-02") == ("on_track", "Allt rullar", True)


async def test_unchanged_without_a_report_leads_to_the_form(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.clicks("Oförändrat")
    assert officer.sees("har ingen rapport än")


async def test_words_after_a_reminder_are_the_report(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.says("Risk Två kommuner har inte svarat")
    assert officer.sees("Sparat")
    assert await latest(samspel, "SAM-02") == ("at_risk", "Två kommuner har inte svarat", False)
    await officer.says("Risk Två kommuner har inte svarat")
    assert officer.sees("Jag förstår inte ”Risk”")


async def test_words_about_one_of_several_are_asked_about(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears(LATE)
    await officer.says("Enligt plan Kursen är full")
    assert officer.sees("Vilken aktivitet gäller ”Enligt plan Kursen är full”?")
    await officer.clicks("KOM-03")
    assert await latest(samspel, "KOM-03") == ("on_track", "Kursen är full", False)


async def test_later_is_then(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.clicks("Senare")
    assert officer.sees("När ska jag påminna om SAM-02 Detaljplaner i takt: delade planresurser?")
    await officer.clicks("I morgon")
    assert officer.sees("tidigast tisdag 17 mars")
    assert await things(samspel, PLANNER) == ["overdue SAM-02"]
    samspel.clock.passes(days=1)
    await reminded(samspel)
    assert await things(samspel, PLANNER) == ["overdue SAM-02", "overdue SAM-02"]


async def test_what_is_put_off_is_seen_and_taken_back(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.clicks("Senare")
    await officer.clicks("Om två veckor")
    await officer.says("påminnelser")
    assert officer.sees("SAM-02 Detaljplaner i takt: delade planresurser: till måndag 30 mars.")
    await officer.clicks("Påminn som vanligt")
    await officer.says("påminnelser")
    assert officer.sees("Du har inte skjutit upp eller pausat någon påminnelse.")


async def test_what_is_not_mine_goes_to_the_chef(samspel: Scene):
    officer, chef = await samspel.person(PLANNER), await samspel.person(CHEF)
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.clicks("Inte mitt")
    await officer.fills(whose="Inflyttarsamordnare Hjo", note="Hon tog över i våras.")
    assert officer.sees("Chefen får veta att Inflyttarsamordnare Hjo borde ha hand om SAM-02")
    await chef.hears("borde ha hand om SAM-02")
    assert chef.sees("Hon tog över i våras.")


async def test_a_pause_of_an_activity_is_for_all_that_concerns_it(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.clicks("Pausa påminnelser om den")
    await officer.fills(until="2026-05-04")
    assert officer.sees("tidigast måndag 4 maj")
    samspel.clock.passes(days=10)
    await reminded(samspel)
    assert await things(samspel, PLANNER) == ["overdue SAM-02"]


async def test_hours_and_days_are_ones_own(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.opens_home()
    await officer.clicks("Ändra inställningar")
    await officer.fills(hours="13-12")
    assert officer.sees_under("hours")
    await officer.fills(hours="13:00-16:00")
    await reminded(samspel)
    assert await things(samspel, OFFICER) == []
    samspel.clock.now = datetime(2026, 3, 16, 12, 5, tzinfo=UTC)
    await reminded(samspel)
    assert await things(samspel, OFFICER) == ["overdue KOM-01", "overdue KOM-03"]


async def test_a_network_chooses_how_often_its_people_are_reminded(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("påminnelser Kompetens")
    assert officer.sees("Kompetens: påminnelserna är på nivån normal.")
    await officer.clicks("Aktiv")
    assert officer.sees("Kompetens får påminnelser på nivån aktiv.")
    await officer.says("påminnelser Skidåkning")
    assert officer.sees("Jag hittar inget nätverk som heter ”Skidåkning”.")
