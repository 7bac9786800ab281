"""The file of an answer, fetched from the web: for who is signed in, and only of a question."""

from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from tests.conversations.conftest import Scene
from tests.conversations.persons import OnWeb
from tests.conversations.polling import HJO, started
from tests.conversations.test_money_page import on_web
from tests.platforms.web_browser import browsing

pytestmark = pytest.mark.parametrize("samspel", ["web"], indirect=True)
CHEF = "chef@skaraborg"


async def rows_of(there: OnWeb, path: str) -> list[list[str]]:
    """What the rows of the file say."""
    fetched = await there.fetches(path)
    assert fetched.status_code == HTTPStatus.OK
    book = load_workbook(BytesIO(fetched.content))
    found = [[str(cell.value or "") for cell in row] for row in book.worksheets[0].rows]
    book.close()
    return found


async def test_the_button_of_an_answer_leads_to_all_its_rows(samspel: Scene):
    chef = await on_web(samspel, CHEF)
    await chef.says("vilka aktiviteter har vi?")
    assert chef.sees("Hämta som Excel")
    fetched = await chef.fetches("/svar/activities.xlsx")
    assert fetched.headers["content-disposition"].endswith('"svar-activities.xlsx"')
    assert fetched.headers["cache-control"] == "no-store"
    rows = await rows_of(chef, "/svar/activities.xlsx")
    assert rows[0][0] == "Aktiviteter"
    assert len(rows) > 20


@pytest.mark.parametrize(
    "key", ["nonsense", "status;z1", ";", "status;", "../pengar", "activities.xlsx", "x" * 2_000]
)
async def test_what_is_no_question_is_not_found(samspel: Scene, key: str):
    there = await on_web(samspel, CHEF)
    fetched = await there.fetches(f"/svar/{quote(key, safe='')}.xlsx")
    assert fetched.status_code == HTTPStatus.NOT_FOUND


async def test_nobody_gets_it_without_signing_in(samspel: Scene):
    signed_in = await on_web(samspel, CHEF)
    where = str((await signed_in.fetches("/pengar")).url.copy_with(path="/"))
    async with browsing(where) as stranger:
        await stranger.open("/svar/activities.xlsx")
        assert stranger.path.startswith("/logga-in")


async def test_what_a_poll_hides_is_not_in_it(samspel: Scene):
    chef = await started(samspel, shown="until_closing")
    assert isinstance(chef, OnWeb)
    await (await samspel.person(HJO)).says("rosta 1 ja 23 456 Hemligt villkor")
    for key in ("poll_missing", "poll_status", "pledges", "pledges;k0"):
        said = "\n".join(cell for row in await rows_of(chef, f"/svar/{key}.xlsx") for cell in row)
        assert "456" not in said, key
        assert "Hemligt" not in said, key
