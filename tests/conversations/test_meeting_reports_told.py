"""Stories of a report to a meeting: its draft comes, is read, changed and sent."""

from sqlalchemy import text

from bot.conversations.digests.report_form import field_of
from bot.digests.reporting_to import reports
from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from tests.conversations.conftest import Scene
from tests.conversations.reminding import reminded

CHEF = "chef@skaraborg"
OFFICER = "kompetens@skovde"
STAFF = "ekonomi@skaraborg"


async def drafted(samspel: Scene) -> None:
    """The board meets in two weeks, and its documents are due in one."""
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO meetings (body_id, title, held_on, documents_due_on, kind) "
                "SELECT id, name, '2026-03-30', '2026-03-23', 'ordinary' "
                "FROM bodies WHERE kind = 'board'"
            )
        )
        await db.execute(
            text(
                "INSERT INTO meetings (body_id, title, held_on, kind) "
                "SELECT id, name, '2026-06-12', 'in_depth' FROM bodies WHERE kind = 'board'"
            )
        )
    await run_due(samspel.database, samspel.clock(), Settings(), PlanInMemory())


async def fields(samspel: Scene, *sections: str) -> list[str]:
    """The names of the sections' fields in a form that is opened now."""
    async with samspel.database.transaction() as db:
        (report,) = await reports(db, 2)
    return [field_of(each) for name in sections for each in report.sections if each.name == name]


async def test_the_chef_reads_changes_and_sends_it(samspel: Scene):
    chef = await samspel.person(CHEF)
    await drafted(samspel)
    await chef.says("mötesrapport")
    assert chef.sees("1 utkast väntar på att skickas.")
    await chef.clicks("Lägesrapport till direktionen, 30 mars 2026")
    assert chef.sees("Handlingarna ska vara ute senast måndag 23 mars.")
    await chef.clicks("Läs och ändra")
    (opening,) = await fields(samspel, "opening")
    await chef.fills(**{opening: "Det går framåt i alla områden."})
    assert chef.sees("Sparat i utkastet: Lägesrapport till direktionen, 30 mars 2026.")
    await chef.clicks("Visa hela")
    assert chef.sees("Det här är ett utkast. Det är inte skickat.")
    assert chef.sees("Det går framåt i alla områden.")
    await chef.clicks("Skicka rapporten")
    assert chef.sees("Ska Lägesrapport till direktionen, 30 mars 2026 skickas nu?")
    assert chef.sees("Ingen kanal är kopplad till direktionen.")
    await chef.clicks("Ja, skicka nu")
    assert chef.sees("Lägesrapport till direktionen, 30 mars 2026 är skickad.")
    await chef.says("mötesrapport")
    assert chef.sees("Inget utkast väntar.")


async def test_two_who_edit_at_once_write_over_nothing_of_each_other(samspel: Scene):
    chef, staff = await samspel.person(CHEF), await samspel.person(STAFF)
    await drafted(samspel)
    for who in (chef, staff):
        await who.says("mötesrapport")
        await who.clicks("Lägesrapport till direktionen, 30 mars 2026")
        await who.clicks("Läs och ändra")
    opening, statuses = await fields(samspel, "opening", "statuses")
    await chef.fills(**{opening: "Det går framåt i alla områden."})
    assert chef.sees("Sparat i utkastet")
    await staff.fills(**{statuses: "Allt enligt plan."})
    assert staff.sees("Sparat i utkastet")
    await staff.clicks("Visa hela")
    assert staff.sees("Det går framåt i alla områden.")
    assert staff.sees("Allt enligt plan.")


async def test_one_text_changed_by_two_is_asked_again(samspel: Scene):
    chef, staff = await samspel.person(CHEF), await samspel.person(STAFF)
    await drafted(samspel)
    for who in (chef, staff):
        await who.says("mötesrapport")
        await who.clicks("Lägesrapport till direktionen, 30 mars 2026")
        await who.clicks("Läs och ändra")
    opening, statuses = await fields(samspel, "opening", "statuses")
    await chef.fills(**{opening: "Det går framåt i alla områden."})
    await staff.fills(**{opening: "Ekonomin är i balans.", statuses: "Allt enligt plan."})
    assert staff.sees("Chef Omställning Skaraborg har ändrat avsnittet under tiden")
    assert staff.sees("”Det går framåt i alla områden.” Spara igen, så gäller din text.")
    assert staff.sees("Ekonomin är i balans.")
    await chef.clicks("Visa hela")
    assert chef.sees("Det går framåt i alla områden.")
    assert not chef.sees("Allt enligt plan.")
    await staff.fills()
    assert staff.sees("Sparat i utkastet")
    await staff.clicks("Visa hela")
    assert staff.sees("Ekonomin är i balans.")
    assert staff.sees("Allt enligt plan.")
    assert not staff.sees("Det går framåt i alla områden.")


async def test_staff_change_it_but_do_not_send_it_and_others_do_neither(samspel: Scene):
    staff, officer = await samspel.person(STAFF), await samspel.person(OFFICER)
    await drafted(samspel)
    await staff.says("mötesrapport")
    await staff.clicks("Lägesrapport till direktionen, 30 mars 2026")
    await staff.clicks("Skicka rapporten")
    assert staff.sees("Rapporten skickas av chefen")
    await officer.says("mötesrapport")
    assert officer.sees("Lägesrapporter till möten skrivs av chefen, förbundsdirektören")
    assert not officer.sees("30 mars 2026")


async def test_a_report_that_is_not_sent_is_reminded_of_by_whose_it_is(samspel: Scene):
    chef = await samspel.person(CHEF)
    await drafted(samspel)
    async with samspel.database.transaction() as db:
        await db.execute(text("UPDATE meetings SET documents_due_on = '2026-03-17' "
                              "WHERE held_on = '2026-03-30'"))  # fmt: skip
    samspel.clock.passes(days=1)
    await reminded(samspel)
    await chef.hears("Rapporten till direktionen, måndag 30 mars")
