"""Cards about as Teams draws them, for looking at: build/teams/, and the docs' pictures."""

import json
import os
import shutil
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route

from bot.conversations.views import Card, Chart
from bot.documents.charts import png
from bot.specimens.catalogue import all_specimens
from handlers.teams.specimens import picture_address
from tests.adaptive_cards.conftest import BUILD, HERE
from tests.digest_pictures import DIGESTS, TALLEST, teams_picture
from tests.end_to_end.browsing import chromium
from tests.house import HOUSE

PICTURES = {
    "teams-kort": ("message-activity-at-risk-ordinary", "message-news-decision-board-ordinary"),
    "teams-formular": ("card-rapport-one-wrong-ordinary",),
    "veckobrev": ("message-digest-manager-1-ordinary",),
    "veckobrev-utan-bilder": ("message-digest-manager-1-ordinary-apart",),
    "hem": tuple(f"message-everything-ordinary-{number}" for number in (1, 2, 3)),
    "tabell": ("message-activities-ordinary",),
    "hjalp": ("message-help-ordinary", "message-help-ordinary-en"),
    "dialog": ("card-rapport-one-wrong-ordinary-dialog",),
    "alla-mina": ("card-rapport-mina-wrong-ordinary",),
    "elakt": ("message-activity-off-track-hostile", "message-activities-hostile"),
    "elakt-formular": ("card-rapport-filled-hostile",),
    "langst": ("message-activity-off-track-extreme", "card-rapport-mina-wrong-extreme"),
    "tomt": ("message-activity-never-reported-empty", "message-nothing-of-ones-own-empty-1"),
    **{teams_picture(each): (f"message-{name}-ordinary",) for each, name in DIGESTS.items()},
}
"""Each picture with the views in it; those that begin with teams- go into the docs."""

SAID = {
    "teams-kort": ("KOM-01 Gemensamt kompetensråd", "30 nov. 2026 Avtal", "Beslut behövs av"),
    "teams-formular": ("Rapportera läget", "Något behöver rättas", "(valfritt)"),
    "veckobrev": ("Veckobrev till chefen", "Läge per insatsområde"),
    "veckobrev-utan-bilder": ("Kompetens", "enligt plan 2"),
    "hem": ("Mina aktiviteter", "Rapportera alla på en gång"),
    "tabell": ("KOM-01", "Ansvarig"),
    "hjalp": ("Hjälp", "Help"),
    "dialog": ("Något behöver rättas",),
    "alla-mina": ("Kommentar till KOM-03",),
    "elakt": ("<script>alert(1)</script>", "*fet* _kursiv_"),
    "elakt-formular": ("KOM-01",),
    "langst": ("Nästa milstolpe", "får inte plats i Teams"),
    "tomt": ("Ingen rapport än", "Du ansvarar inte för någon aktivitet"),
    **{teams_picture(each): ("2026",) for each in DIGESTS},
}
SCREENS = (("light", 640), ("dark", 360))
PACKAGES = (
    "adaptivecards/dist/adaptivecards.min.js",
    "markdown-it/dist/browser/markdown-it.umd.min.js",
)

BESIDE_THE_SCREEN = """
[...document.querySelectorAll("main *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((each) => each.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
async def browser() -> AsyncGenerator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    """Every chart of the views by the address of its picture."""
    cards = [each.view for each in all_specimens(1) if isinstance(each.view, Card)]
    drawn = [part for card in cards for part in card.parts if isinstance(part, Chart)]
    return {picture_address(chart): chart for chart in drawn}


@pytest.mark.usefixtures("node")
@pytest.mark.parametrize(
    ("theme", "width", "name"),
    [
        (*screen, name)
        for name in PICTURES
        for screen in (SCREENS[:1] if name.startswith("teams-brev-") else SCREENS)
    ],
)
async def test_a_picture_shows_what_is_said(
    written: Callable[[int], Path],
    browser: Browser,
    charts: dict[str, Chart],
    name: str,
    theme: str,
    width: int,
):
    troubles: list[str] = []
    page = await browser.new_page(
        viewport={"width": width, "height": 300}, device_scale_factor=1.5, locale="sv-SE"
    )
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda _dialog: troubles.append("a dialog"))
    await _serve(page, charts)
    await page.evaluate(
        "([cards, theme]) => draw(cards, theme)",
        [[_card(written(1) / f"{view}.json") for view in PICTURES[name]], theme],
    )
    await page.wait_for_load_state("networkidle")
    shown = (await page.inner_text("main")).replace("\u200b", "")
    assert [words for words in SAID[name] if words not in shown] == []
    assert troubles == []
    assert await page.evaluate(BESIDE_THE_SCREEN) == []
    picture = BUILD / f"{name}-{theme}-{width}.png"
    box = await page.locator("main").bounding_box()
    assert box is not None
    tallest = TALLEST if name.startswith("teams-brev-") else box["height"]
    height = min(box["height"], tallest)
    await page.screenshot(
        path=picture,
        full_page=True,
        clip={"x": box["x"], "y": box["y"], "width": box["width"], "height": height},
    )
    await page.close()
    _into_the_docs(picture, name, theme)


def _card(file: Path) -> Any:
    view = json.loads(file.read_text(encoding="utf-8"))
    return view["attachments"][0]["content"] if "attachments" in view else view


async def _serve(page: Page, charts: dict[str, Chart]) -> None:
    """An empty page with what draws cards; the charts' pictures lie at their addresses."""

    async def answer(route: Route) -> None:
        chart = charts.get(route.request.url)
        if chart is None:
            await route.abort()
        else:
            await route.fulfill(body=png(chart), content_type="image/png")

    await page.route(lambda address: address.startswith("https:"), answer)
    await page.set_content("<!doctype html><html lang='sv'><main></main></html>")
    styles = HERE / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.css"
    for style in (styles, HERE / "draw.css"):
        await page.add_style_tag(path=style)
    for script in PACKAGES:
        await page.add_script_tag(path=HERE / "node_modules" / script)
    await page.add_script_tag(path=HERE / "draw.js")


def _into_the_docs(picture: Path, name: str, theme: str) -> None:
    """With SAMSPEL_SCREENSHOTS=docs/images."""
    folder = os.environ.get("SAMSPEL_SCREENSHOTS")
    if folder and name.startswith("teams-") and theme == "light":
        shutil.copyfile(picture, HOUSE / folder / f"{name}.png")
