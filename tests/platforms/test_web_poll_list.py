"""The list of polls, and a poll page's files, addresses and hostile words."""

import io

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bot.polls import managing
from bot.polls.poll import Method
from tests.conversations.conftest import Scene, samspel
from tests.conversations.persons import OnWeb
from tests.conversations.polling import CHEF, HJO, OFFICER, STAFF
from tests.platforms.poll_page_scene import (
    MEMBERS,
    PAGE,
    Beginning,
    on_web,
    words_in,
    yes,
)
from tests.platforms.web_browser import Browser

__all__ = ["samspel"]

pytestmark = pytest.mark.parametrize("samspel", ["web"], indirect=True)


async def test_the_list_is_narrowed_and_turned(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        for n in range(21):
            await begun.asks_to_choose(Method.RANKING, title=f"Fråga {n}")
        poll = await begun.asks_for_money("Pengar nu")
        await managing.cancel(db, await begun.by(CHEF), poll, "Bidraget kom")
    chef = await on_web(samspel, CHEF)
    assert "22 omröstningar" in await chef.reads_page("/omrostningar")
    await chef.clicks("Nästa")
    assert chef.sees("Pengar nu")
    await chef.clicks("← Föregående")
    assert not chef.sees("Pengar nu")
    one = await chef.reads_page("/omrostningar?slag=co_financing&lage=cancelled&vems=startade")
    assert "1 omröstning\n" in one
    assert "Inställd" in one
    assert "Inga omröstningar passar" in await chef.reads_page("/omrostningar?lage=closed")
    async with samspel.database.connection() as db:
        place = await Beginning(samspel, db).place("Hjo")
    officer = await on_web(samspel, OFFICER)
    mine = await officer.reads_page(f"/omrostningar?vems={place}")
    assert "1 omröstning\n" in mine
    assert "Där Hjo svarar" in mine
    assert "Ny medfinansiering" not in mine, "it is not theirs to start"


@pytest.mark.parametrize(
    "query",
    ["slag=%00&lage=%22%3E", "vems=99999999999999999999&fran=999999", "fran=-1", "fran=%D9%A1"],
)
async def test_odd_addresses_of_the_list_show_a_page(samspel: Scene, query: str):
    person = await on_web(samspel, OFFICER)
    assert (await person.fetches(f"/omrostningar?{query}")).status_code in (200, 422)


async def test_a_poll_that_is_not_there_is_said_so_and_strangers_sign_in(samspel: Scene):
    person = await on_web(samspel, OFFICER)
    for number in ("0", "-1", "x", "99", "9" * 19, "9" * 40, "%D9%A1", "1/underlag.pdf"):
        assert (await person.fetches(f"/omrostningar/{number}")).status_code == 404, number
    async with httpx.AsyncClient(base_url=str(person_base(person))) as stranger:
        for path in ("/omrostningar", PAGE, f"{PAGE}/underlag.xlsx"):
            found = await stranger.get(path)
            assert found.status_code == 303
            assert found.headers["location"].startswith("/logga-in")


def person_base(person: OnWeb) -> httpx.URL:
    """The address of the web chat that the person is at."""
    browser: Browser = person._browser  # pyright: ignore[reportPrivateUsage]
    return browser.client.base_url


async def test_the_files_are_for_those_who_record_or_decide_and_it_is_kept_who_took_them(
    samspel: Scene,
):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        await begun.asks_for_money(decider=await begun.body("steering_group"))
    officer = await on_web(samspel, OFFICER)
    assert "Underlag i Word" not in await officer.reads_page(PAGE)
    refused = await officer.fetches(f"{PAGE}/underlag.docx")
    assert refused.status_code == 403
    assert "Fråga Chef Omställning Skaraborg." in refused.text
    for email in (CHEF, STAFF, HJO):
        person = await on_web(samspel, email)
        assert "Underlag i Word" in await person.reads_page(PAGE)
        file = await person.fetches(f"{PAGE}/underlag.docx")
        assert file.headers["content-disposition"] == 'attachment; filename="omrostning-1.docx"'
        assert (await person.fetches(f"{PAGE}/underlag.xlsx")).content.startswith(b"PK")
    async with samspel.database.connection() as db:
        lines = await db.execute(
            text(
                "SELECT p.name, a.fields[1], a.source FROM audit_lines a "
                "JOIN people p ON p.id = a.person_id "
                "WHERE action = 'export' AND thing = 'poll' AND thing_id = 1 ORDER BY a.id"
            )
        )
        kept = [tuple(each) for each in lines]
    assert kept[:2] == [
        ("Chef Omställning Skaraborg", "word", "web"),
        ("Chef Omställning Skaraborg", "excel", "web"),
    ]
    assert len(kept) == 6


async def test_hostile_words_stand_as_typed(samspel: Scene):
    harm = '<script>alert(1)</script> & "x" {{ 7*7 }} =HYPERLINK(1)'
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_for_money(harm, link='https://x.example/"onclick=alert(1)')
        await begun.answers(poll, "Hjo", yes(1, harm, harm))
        ranking = await begun.asks_to_choose(Method.RANKING, (harm, "Två\x07klocka"), title=harm)
        await begun.votes(ranking, MEMBERS[0], 1, 2)
    chef = await on_web(samspel, CHEF)
    for number in (poll.id, ranking.id):
        path = f"/omrostningar/{number}"
        assert harm in await chef.reads_page(path)
        assert "<script>alert" not in (await chef.fetches(path)).text
        assert harm in words_in(await chef.fetches(f"{path}/underlag.docx"))
        sheet = await chef.fetches(f"{path}/underlag.xlsx")
        cells = [
            cell
            for each in load_workbook(io.BytesIO(sheet.content)).worksheets
            for row in each.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        ]
        assert any("HYPERLINK" in str(cell.value) for cell in cells)
        assert all(cell.data_type == "s" for cell in cells)


async def test_the_answer_button_leads_to_the_form_while_it_is_open(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        await begun.asks_for_money()
        await begun.asks_to_choose(Method.POINTS, points=10)
    hjo = await on_web(samspel, HJO)
    await hjo.reads_page(PAGE)
    await hjo.clicks("Svara")
    assert hjo.sees("Hjo föreslås bidra med")
    member = await on_web(samspel, MEMBERS[0])
    await member.reads_page("/omrostningar/2")
    await member.clicks("Svara")
    assert member.sees("Tolkar")
    samspel.clock.passes(days=20)
    page = (await hjo.fetches(PAGE)).text
    assert 'href="/form/omrostning_svar' not in page


async def test_pages_speak_english(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_for_money()
        await begun.answers(poll, "Hjo", yes(20_000))
        await db.execute(text("UPDATE people SET language = 'en'"))
    chef = await on_web(samspel, CHEF)
    assert 'lang="en"' in (await chef.fetches(PAGE)).text
    document = words_in(await chef.fetches(f"{PAGE}/underlag.docx"))
    assert "Ärendet i korthet" in document, "a public record is in Swedish"
