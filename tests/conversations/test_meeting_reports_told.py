"""Stories of a report to a meeting: its draft comes, is read, changed and sent."""

from sqlalchemy import text

from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from tests.conversations.conftest import Scene

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


async def test_the_chef_reads_changes_and_sends_it(samspel: Scene):
    chef = await samspel.person(CHEF)
    await drafted(samspel)
    await chef.says("mötesrapport")
    assert chef.sees("1 utkast väntar på att skickas.")
    await chef.clicks("Lägesrapport till direktionen, 30 mars 2026")
    assert chef.sees("Handlingarna ska vara ute senast måndag 23 mars.")
    await chef.clicks("Läs och ändra")
    await chef.fills(opening="Det går framåt i alla områden.")
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
