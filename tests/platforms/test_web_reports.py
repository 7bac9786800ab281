"""The pages of reports to meetings: drafts and those that were sent, for those who write them."""

from http import HTTPStatus

from sqlalchemy import insert, select

from bot.acting import By
from bot.digests.reporting_to import draft_report, one_report, send_report
from bot.people import Person, PersonId
from bot.plan import PlanInMemory
from storage.models import Body, Meeting
from storage.queries.meeting_reports import meetings_to_draft_for
from tests.platforms.conftest import Web
from tests.platforms.web_scene import NOW


async def drafted(web: Web) -> int:
    """A draft to the board's meeting; its number."""
    plans = PlanInMemory()
    async with web.database.transaction() as db:
        body = await db.scalar(select(Body.id).where(Body.kind == "board"))
        day = NOW.date().replace(day=30)
        await db.execute(
            insert(Meeting).values(body_id=body, title="Möte", held_on=day, kind="in_depth")
        )
        (meeting,) = await meetings_to_draft_for(db, NOW.date(), day)
        return await draft_report(db, await plans.now(db), meeting, NOW)


async def test_a_draft_is_listed_read_and_edited_on_the_web(web: Web):
    number = await drafted(web)
    chef = await web.browser("Cilla Chef")
    await chef.open("/")
    await chef.presses("▤Lägesrapporter")
    assert chef.sees("Fördjupad lägesrapport till direktionen, 30 november 2026")
    assert chef.sees("Skickas senast 30 november")
    assert chef.sees("Ingen rapport är skickad än.")
    await chef.open(f"/lagesrapporter/{number}")
    assert chef.sees("Sammanfattning")
    await chef.presses("Läs och ändra")
    assert chef.sees("Ett avsnitt utan text kommer inte med.")


async def test_a_report_stands_as_it_was_sent(web: Web):
    number = await drafted(web)
    cilla = By(Person(PersonId(web.people["Cilla"]), "Cilla Chef", "c@x.se"), NOW, "web")
    plans = PlanInMemory()
    async with web.database.transaction() as db:
        report = await one_report(db, number)
        assert report
        assert await send_report(db, await plans.now(db), cilla, report)
    chef = await web.browser("Cilla Chef")
    await chef.open("/lagesrapporter")
    assert chef.sees("Skickad av Cilla Chef")
    await chef.open(f"/lagesrapporter/{number}")
    assert chef.sees("Sammanfattning")
    assert not chef.sees("Läs och ändra")


async def test_there_is_no_such_page_for_others_or_for_another_number(web: Web):
    number = await drafted(web)
    anna, chef = await web.browser("Anna Ek"), await web.browser("Cilla Chef")
    for path in ("/lagesrapporter", f"/lagesrapporter/{number}"):
        await anna.open(path)
        assert anna.status == HTTPStatus.NOT_FOUND
        assert anna.sees("Lägesrapporter till möten skrivs av chefen, förbundsdirektören")
    await chef.open(f"/lagesrapporter/{number + 1}")
    assert chef.status == HTTPStatus.NOT_FOUND
