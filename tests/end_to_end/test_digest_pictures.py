"""Digests as they look on the web and in a mail, for looking at, and the pictures of the docs."""

import os
from base64 import b64encode
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.conversations.views import Card
from bot.documents.charts import png
from bot.language import speaking
from bot.specimens.catalogue import all_specimens
from handlers.email.render import Letter, content_id, draw_letter
from handlers.web.canvas import Canvas
from handlers.web.render import draw_card
from tests.digest_pictures import DIGESTS, TALLEST
from tests.end_to_end.browsing import chromium
from tests.house import HOUSE

STYLES = HOUSE / "handlers/web/static/samspel.css"
WIDTH = 680


@pytest.fixture(scope="module")
async def browser() -> AsyncGenerator[Browser]:
    async with chromium() as opened:
        yield opened


def card_of(reader: str) -> Card:
    """The digest's first page."""
    wanted = f"{DIGESTS[reader]}-ordinary"
    card = next(each.view for each in all_specimens(1) if each.full_name == wanted)
    assert isinstance(card, Card)
    return card


def as_mail(card: Card) -> str:
    """The mail's HTML, its charts put in as mail programs show them."""
    letter = Letter("https://samspel.example.se")
    html = str(draw_letter(card, letter))
    for nth, chart in enumerate(letter.charts, 1):
        picture = b64encode(png(chart, narrow=True)).decode()
        html = html.replace(f"cid:{content_id(nth)}", f"data:image/png;base64,{picture}")
    assert "cid:" not in html
    return html


def as_page(card: Card) -> str:
    """The card as the web shows it."""
    drawn = draw_card(card, Canvas("token", "/chatt"))
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>x</title>'
        f"<style>{STYLES.read_text(encoding='utf-8')}</style></head>"
        f'<body><main style="padding:16px">{drawn}</main></body></html>'
    )


@pytest.mark.parametrize("where", ["webb", "mejl"])
@pytest.mark.parametrize("reader", DIGESTS)
async def test_a_digest_is_read_with_its_charts(
    browser: Browser, tmp_path: Path, reader: str, where: str
):
    card = card_of(reader)
    page = await browser.new_page(viewport={"width": WIDTH, "height": 600}, locale="sv-SE")
    with speaking("sv"):
        await page.set_content(as_mail(card) if where == "mejl" else as_page(card))
    shown = await page.inner_text("body")
    assert card.title in shown
    assert "undefined" not in shown
    beside = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not beside
    charts = [part for part in card.parts if part.kind == "chart"]
    drawn = await page.locator("img, svg").count()
    assert drawn >= len(charts)
    folder = Path(os.environ.get("SAMSPEL_SCREENSHOTS") or tmp_path)
    picture = folder / f"{where}-brev-{reader}.png"
    await page.screenshot(
        path=picture,
        full_page=True,
        clip={"x": 0, "y": 0, "width": WIDTH, "height": TALLEST},
    )
    await page.close()
    assert 10_000 < picture.stat().st_size < 200_000
    assert (HOUSE / "docs/images" / picture.name).exists()
