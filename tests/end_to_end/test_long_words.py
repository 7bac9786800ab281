"""Long addresses on a screen that has room for them are not broken in the middle."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser

from bot.conversations.views import Card, facts
from handlers.web.canvas import Canvas
from handlers.web.pages import STATIC
from handlers.web.render import draw_card
from tests.end_to_end.browsing import chromium

ADDRESS = "kommundirektorens.kansli@skovde.kommun.example.se"
CARD = Card(
    summary="x", parts=(facts(("Konto", "Karin"), ("Plats", "Slack"), ("Kopplas till", ADDRESS)),)
)

LINES = """() => [...document.querySelectorAll("dd")].map(each => {
    const words = document.createRange();
    words.selectNodeContents(each);
    return words.getClientRects().length;
})"""


@pytest.fixture(scope="module")
async def browser() -> AsyncGenerator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.mark.parametrize(("width", "lines"), [(1280, 1), (700, 1), (320, 2)])
async def test_an_address_takes_a_line_where_it_has_room(browser: Browser, width: int, lines: int):
    style = (STATIC / "samspel.css").read_text()
    page = await browser.new_page(viewport={"width": width, "height": 600})
    card = draw_card(CARD, Canvas(token="", place="", level=2))
    await page.set_content(f"<style>{style}</style><main>{card}</main>")
    assert await page.evaluate(LINES) == [1, 1, lines]
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await page.evaluate(sideways)
    await page.close()
