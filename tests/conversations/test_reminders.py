"""Stories of reminders: one a day, answered from where they stand."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.conversations.views import press
from handlers.email.render import pressed_at
from tests.conversations.conftest import Scene
from tests.conversations.persons import OnWeb, PersonOnPlatform
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


async def keys_of_reports(samspel: Scene) -> list[str]:
    """What reminders have asked to have reported."""
    async with samspel.database.connection() as db:
        found = text("SELECT thing FROM reminder_things WHERE thing LIKE 'overdue%' AND "
                     "activity_id = (SELECT id FROM activities WHERE code = 'SAM-02')")  # fmt: skip
        return list(await db.scalars(found))


async def number_of_reports(samspel: Scene) -> int:
    """How many there are in all."""
    async with samspel.database.connection() as db:
        return await db.scalar(text("SELECT count(*) FROM status_reports")) or 0


async def reminded_of(samspel: Scene, email: str, thing: str) -> PersonOnPlatform:
    """Somebody who can be reached, and has just been reminded of that."""
    somebody = await samspel.person(email)
    await somebody.says("hej")
    await reminded(samspel)
    await somebody.hears(thing)
    return somebody


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


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_link_to_unchanged_says_what_it_would_do_and_does_it_once(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("takt SAM-02 varje vecka")
    await officer.says("rapport SAM-02 grön Allt rullar")
    samspel.clock.passes(days=8)
    await reminded(samspel)
    (key,) = await keys_of_reports(samspel)
    link = pressed_at(press("paminnelse", "oforandrat", key))
    assert isinstance(officer, OnWeb)
    assert "Ska jag rapportera SAM-02" in await officer.reads_page(link)
    await officer.clicks("Oförändrat")
    assert officer.sees("Sparat som oförändrat")
    assert "är redan rapporterad: 🟢 enligt plan" in await officer.reads_page(link)
    assert await number_of_reports(samspel) == 2


async def test_an_old_button_saves_no_second_report(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("takt SAM-02 varje vecka")
    await officer.says("rapport SAM-02 grön Allt rullar")
    samspel.clock.passes(days=8)
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.says("rapport SAM-02 oförändrat")
    await officer.hears(LATE_TOO)
    await officer.clicks("Oförändrat")
    assert officer.sees("är redan rapporterad")
    assert await number_of_reports(samspel) == 2


async def test_unchanged_without_a_report_leads_to_the_form(samspel: Scene):
    officer = await reminded_of(samspel, PLANNER, LATE_TOO)
    await officer.clicks("Oförändrat")
    assert officer.sees("har ingen rapport än")


async def test_words_after_a_reminder_are_the_report(samspel: Scene):
    officer = await reminded_of(samspel, PLANNER, LATE_TOO)
    await officer.says("Risk Två kommuner har inte svarat")
    assert officer.sees("Sparat")
    assert await latest(samspel, "SAM-02") == ("at_risk", "Två kommuner har inte svarat", False)
    await officer.says("Risk Två kommuner har inte svarat")
    assert officer.sees("Det låter som en rapport, men jag vet inte om vilken aktivitet.")


async def test_words_about_one_of_several_are_asked_about(samspel: Scene):
    officer = await reminded_of(samspel, OFFICER, LATE)
    await officer.says("Enligt plan Kursen är full")
    assert officer.sees("Vilken aktivitet gäller ”Enligt plan Kursen är full”?")
    await officer.clicks("KOM-03")
    assert await latest(samspel, "KOM-03") == ("on_track", "Kursen är full", False)


async def test_the_words_that_were_asked_about_are_saved_whatever_was_said_since(samspel: Scene):
    officer = await reminded_of(samspel, OFFICER, LATE)
    await officer.says("Enligt plan Kursen är full")
    await officer.says("påminnelser")
    await officer.clicks("KOM-03")
    assert await latest(samspel, "KOM-03") == ("on_track", "Kursen är full", False)


async def test_a_question_is_no_report_until_one_says_so(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("takt SAM-02 varje vecka")
    await officer.says("rapport SAM-02 grön Allt rullar")
    samspel.clock.passes(days=8)
    await reminded(samspel)
    await officer.hears(LATE_TOO)
    await officer.says("Varför får jag det här mejlet?")
    assert await latest(samspel, "SAM-02") == ("on_track", "Allt rullar", False)
    words = "Det går framåt. Räcker pengarna? Det vet vi i april"
    await officer.says(words)
    assert officer.sees(f"Ska jag spara ”{words}” som rapport")
    assert await latest(samspel, "SAM-02") == ("on_track", "Allt rullar", False)
    await officer.clicks("Spara som rapport")
    assert await latest(samspel, "SAM-02") == ("on_track", words, True)


async def test_later_is_then(samspel: Scene):
    officer = await reminded_of(samspel, PLANNER, LATE_TOO)
    await officer.clicks("Senare")
    assert officer.sees("När ska jag påminna om SAM-02 Detaljplaner i takt: delade planresurser?")
    await officer.clicks("I morgon")
    assert officer.sees("tidigast tisdag 17 mars")
    assert await things(samspel, PLANNER) == ["overdue SAM-02"]
    samspel.clock.passes(days=1)
    await reminded(samspel)
    assert await things(samspel, PLANNER) == ["overdue SAM-02", "overdue SAM-02"]


async def test_what_is_put_off_is_seen_and_taken_back(samspel: Scene):
    officer = await reminded_of(samspel, PLANNER, LATE_TOO)
    await officer.clicks("Senare")
    await officer.clicks("Om två veckor")
    await officer.says("påminnelser")
    assert officer.sees("delade planresurser, försenad rapport: uppskjutet till måndag 30 mars.")
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
    await officer.says("påminnelser")
    assert officer.sees("delade planresurser, försenad rapport: inte ditt ansvar enligt dig")


async def test_a_pause_of_an_activity_is_for_all_that_concerns_it(samspel: Scene):
    officer = await reminded_of(samspel, PLANNER, LATE_TOO)
    await officer.clicks("Pausa påminnelser om den")
    assert officer.sees("Det gäller alla påminnelser om SAM-02 Detaljplaner i takt")
    await officer.fills(until="2026-05-04")
    assert officer.sees("tidigast måndag 4 maj")
    await officer.says("påminnelser")
    assert officer.sees("delade planresurser: alla påminnelser är pausade till måndag 4 maj.")
    samspel.clock.passes(days=10)
    await reminded(samspel)
    assert await things(samspel, PLANNER) == ["overdue SAM-02"]


async def test_reminders_of_an_activity_are_paused_by_words(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("påminnelse pausa SAM-02 till 4 maj")
    assert officer.sees("tidigast måndag 4 maj")
    await reminded(samspel)
    assert await things(samspel, PLANNER) == []
    await officer.opens_home()
    assert officer.sees("delade planresurser: alla påminnelser är pausade till måndag 4 maj.")
    await officer.says("påminnelse fortsätt SAM-02")
    assert officer.sees("som vanligt igen")
    samspel.clock.passes(days=1)
    await reminded(samspel)
    assert await things(samspel, PLANNER) == ["overdue SAM-02"]


async def test_a_pause_that_says_no_day_asks_for_one(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.says("påminnelse pausa SAM-02")
    await officer.fills(until="2026-05-04")
    assert officer.sees("tidigast måndag 4 maj")
    await officer.opens_home()
    await officer.clicks("Pausa en aktivitet")
    await officer.fills(activity="SAM-02", until="2026-06-01")
    assert officer.sees("tidigast måndag 1 juni")


async def test_every_thing_of_a_long_reminder_has_its_buttons(samspel: Scene):
    officer = await samspel.person(PLANNER)
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "WITH made AS (INSERT INTO assignments (title, due_on, person_id, asked_by, "
                "asked_at, state, state_since) SELECT 'Sak ' || n, '2026-03-17', p.id, p.id, "
                "'2026-03-01 09:00+01', 'taken', '2026-03-01 09:00+01' FROM people p, "
                "generate_series(1, 10) n WHERE p.email LIKE :email || '%' RETURNING id, person_id)"
                "INSERT INTO assignment_parts (assignment_id, person_id, state, state_since) "
                "SELECT id, person_id, 'accepted', '2026-03-01 09:00+01' FROM made"
            ),
            {"email": PLANNER},
        )
    await officer.says("hej")
    await reminded(samspel)
    await officer.hears("Sak 10")
    before = officer.count("Visa uppdraget")
    await officer.clicks("Visa resten")
    assert officer.count("Visa uppdraget") >= before + 3


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


async def test_hours_are_those_of_ones_own_time_zone(samspel: Scene):
    officer = await samspel.person(PLANNER)
    await officer.opens_home()
    await officer.clicks("Ändra inställningar")
    await officer.fills(time_zone="Europe/London")
    assert officer.sees("London")
    samspel.clock.now = datetime(2026, 3, 16, 7, 30, tzinfo=UTC)
    await reminded(samspel)
    assert await things(samspel, PLANNER) == []
    samspel.clock.now = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)
    await reminded(samspel)
    assert await things(samspel, PLANNER) == ["overdue SAM-02"]


async def test_a_network_chooses_how_often_its_people_are_reminded(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("påminnelser Kompetens")
    assert officer.sees("Kompetens: påminnelserna är på nivån normal.")
    await officer.clicks("Aktiv")
    assert officer.sees("Kompetens får påminnelser på nivån aktiv.")
    await officer.says("påminnelser Skidåkning")
    assert officer.sees("Jag hittar inget nätverk som heter ”Skidåkning”.")
