"""The page of money, and the year's budget that is fetched from it."""

from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bot.language import kronor, number
from tests.conversations.asking import OFFICER, RESPONSIBLE
from tests.conversations.conftest import Scene
from tests.conversations.persons import OnWeb
from tests.conversations.test_money import pledges
from tests.platforms.web_browser import browsing

pytestmark = pytest.mark.parametrize("samspel", ["web"], indirect=True)


async def on_web(samspel: Scene, email: str) -> OnWeb:
    person = await samspel.person(email)
    assert isinstance(person, OnWeb)
    return person


async def test_areas_directions_and_activities_stand_with_their_sums(samspel: Scene):
    there = await on_web(samspel, OFFICER)
    await there.reads_page("/pengar")
    for words in ("Samhällsplanering", "Bostadsförsörjning", "SAM-02", "Sammanlagt"):
        assert there.sees(words), words
    assert there.sees(number(2_400_000))
    assert there.sees("Finansiering i tusen kronor"), "the chart"
    assert there.sees("Ingen kommun har utlovat något än.")
    assert not there.sees("Utfall"), "no cost is entered"
    await there.clicks("SAM-02 Detaljplaner i takt: delade planresurser")
    assert there.sees("Pengar: SAM-02")


async def test_pledges_and_costs_are_seen_at_once(samspel: Scene):
    await pledges(samspel, 300_000)
    there = await on_web(samspel, RESPONSIBLE)
    await there.says("kostnad KOM-03 12 500 Konsult")
    await there.reads_page("/pengar")
    assert there.sees("Utlovat per kommun")
    assert there.sees(kronor(12_500))
    await there.clicks("Hjo")
    assert there.sees("Pengar: Hjo")


async def test_the_page_and_the_chat_tell_of_the_same_outcome(samspel: Scene):
    there = await on_web(samspel, OFFICER)
    async with samspel.database.transaction() as db:
        await db.execute(
            text("""
            WITH r AS (
              INSERT INTO resource_costs (year, name, amount, funded_by, entered_by, entered_at)
              SELECT 2026, 'Kansli', 90000, 'Förbundet', min(id), now() FROM people RETURNING id
            ), taken_out AS (
              UPDATE activity_values SET ended_on = '2026-02-01'
              WHERE activity_id = (SELECT id FROM activities WHERE code = 'SAM-02')
            )
            INSERT INTO actual_costs (activity_id, resource_id, spent_on, amount, name,
              entered_by, entered_at)
            SELECT c.activity, c.resource, '2026-03-02', c.amount, 'Faktura',
              (SELECT min(id) FROM people), now()
            FROM (
              SELECT id, NULL, CASE code WHEN 'SAM-02' THEN 4000 ELSE 12500 END
              FROM activities WHERE code IN ('SAM-02', 'KOM-03')
              UNION ALL SELECT NULL, id, 70000 FROM r) c (activity, resource, amount)
            """)
        )
    await there.says("pengar")
    assert there.sees(f"Utfall hittills: {kronor(12_500)} av")
    assert there.sees(f"Gemensamma resurser har kostat {kronor(70_000)}.")
    await there.reads_page("/pengar")
    assert there.sees(f"Utfall {kronor(12_500)}")
    assert there.sees(f"Gemensamma resurser, utfall {kronor(70_000)}")
    assert not there.sees(kronor(12_500 + 4_000 + 70_000)), "what no row of the page adds up to"


async def test_the_budget_is_fetched_for_a_year(samspel: Scene):
    there = await on_web(samspel, OFFICER)
    await there.reads_page("/pengar")
    fetched = await there.fetches("/pengar/budget.xlsx?year=2026")
    assert fetched.headers["content-disposition"].endswith('"projektbudget-2026.xlsx"')
    book = load_workbook(BytesIO(fetched.content))
    rows = [[cell.value for cell in row] for row in book["Aktiviteter"].rows]
    book.close()
    assert {"SAM-01", "SAM-02"} <= {str(row[0]) for row in rows}
    later = await there.fetches("/pengar/budget.xlsx?year=2199")
    book = load_workbook(BytesIO(later.content))
    assert len(list(book["Aktiviteter"].rows)) == 2, "no activity runs then"
    book.close()
    assert (await there.fetches("/pengar/budget.xlsx")).status_code == HTTPStatus.OK


@pytest.mark.parametrize("year", ["1999", "2201", "abc", "-1", "٢٠٢٦", "2026;"])
async def test_what_is_no_year_is_not_found(samspel: Scene, year: str):
    there = await on_web(samspel, OFFICER)
    fetched = await there.fetches(f"/pengar/budget.xlsx?year={quote(year)}")
    assert fetched.status_code == HTTPStatus.NOT_FOUND


async def test_nobody_sees_it_without_signing_in(samspel: Scene):
    signed_in = await on_web(samspel, OFFICER)
    where = str((await signed_in.fetches("/pengar")).url.copy_with(path="/"))
    async with browsing(where) as stranger:
        for path in ("/pengar", "/pengar/budget.xlsx?year=2026"):
            await stranger.open(path)
            assert stranger.path.startswith("/logga-in"), path
