"""Views as people about see them in Slack, for looking at: build/slack/, and the docs' pictures."""

import os
import shutil
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.conversations.views import Card
from bot.documents.charts import png
from bot.specimens.catalogue import all_specimens
from handlers.slack.specimens import pictures_of
from tests.digest_pictures import DIGESTS, slack_picture
from tests.digest_pictures import TALLEST as TALLEST_DIGEST
from tests.end_to_end.browsing import chromium
from tests.house import HOUSE
from tests.npm import Node
from tests.slack_types.conftest import BUILD

PICTURES = {
    "slack-meddelande": (
        "message-activity-at-risk-ordinary",
        "message-news-decision-board-ordinary",
    ),
    "slack-formular": ("modal-rapport-one-wrong-ordinary",),
    "slack-hem": ("home-everything-ordinary-1",),
    "slack-veckobrev": ("message-digest-manager-1-ordinary",),
    "tabell": ("message-activities-ordinary",),
    "aldre": ("message-activities-ordinary-older", "message-digest-manager-1-ordinary-older"),
    "engelska": ("message-help-ordinary-en", "ephemeral-receipt-no-measure-ordinary-en"),
    "elakt": ("message-activity-off-track-hostile", "message-activities-hostile"),
    "langst": ("message-activity-off-track-extreme", "home-everything-extreme-1"),
    "tomt": ("message-activity-never-reported-empty", "home-nothing-of-ones-own-empty-1"),
    "alla-mina": ("modal-rapport-mina-wrong-ordinary",),
    **{slack_picture(each): (f"message-{name}-ordinary",) for each, name in DIGESTS.items()},
}
"""Each picture with the views in it; those that begin with slack- go into the docs."""

SAID = {
    "slack-meddelande": ("KOM-01 Gemensamt kompetensråd", "30 nov. 2026 Avtal", "Beslut behövs av"),
    "slack-formular": ("Rapportera läget", "Något behöver rättas", "Spara"),
    "slack-hem": ("Mina aktiviteter", "Rapportera alla på en gång"),
    "slack-veckobrev": ("Veckobrev till chefen", "Läge per insatsområde", "Läget"),
    "tabell": ("KOM-01", "Ansvarig"),
    "aldre": ("KOM-01", "Ansvarig", "Veckobrev till chefen"),
    "engelska": ("Help", "Saved"),
    "elakt": ("<script>alert(1)</script>", "*fet* _kursiv_"),
    "langst": ("Nästa milstolpe",),
    "tomt": ("Ingen rapport än", "Du ansvarar inte för någon aktivitet"),
    "alla-mina": ("Mina aktiviteter", "Kommentar till KOM-03"),
    **{slack_picture(each): ("2026",) for each in DIGESTS},
}
WIDTH, TALLEST = 660, 30_000
CUT = {"slack-veckobrev": 1_070} | {slack_picture(each): TALLEST_DIGEST for each in DIGESTS}
"""Points of a picture; one that would be long in the docs ends after its charts."""


@pytest.fixture(scope="module")
async def browser() -> AsyncGenerator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_shows_what_is_said(
    node: Node, written: Callable[[int], Path], browser: Browser, name: str
):
    page_file = BUILD / f"{name}.html"
    _upload_charts(name)
    views = [written(1) / f"{view}.json" for view in PICTURES[name]]
    done = node("draw.js", page_file, *views)
    assert done.returncode == 0, done.stderr
    page = await browser.new_page(
        viewport={"width": WIDTH, "height": 300}, device_scale_factor=1.5, locale="sv-SE"
    )
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda _dialog: troubles.append("a dialog"))
    await page.goto(page_file.as_uri())
    shown = await page.inner_text("main")
    assert [words for words in SAID[name] if words not in shown] == []
    assert troubles == []
    picture = BUILD / f"{name}.png"
    await _photograph(page, picture, tallest=CUT.get(name, TALLEST))
    await page.close()
    _into_the_docs(picture)


def _upload_charts(name: str) -> None:
    """Pictures of the charts in the first of the views, where the page looks for them."""
    folder = BUILD / name
    folder.mkdir(exist_ok=True)
    view = PICTURES[name][0].removeprefix("message-").removesuffix("-older")
    for each in all_specimens(1):
        if each.full_name == view and isinstance(each.view, Card):
            for chart, file_id in pictures_of(each.view).items():
                (folder / f"{file_id}.png").write_bytes(png(chart))


async def _photograph(page: Page, to: Path, *, tallest: int) -> None:
    box = await page.locator("main").bounding_box()
    assert box is not None
    await page.screenshot(
        path=to,
        full_page=True,
        clip={"x": 0, "y": 0, "width": box["width"], "height": min(box["height"], tallest)},
    )


def _into_the_docs(picture: Path) -> None:
    """With SAMSPEL_SCREENSHOTS=docs/images."""
    folder = os.environ.get("SAMSPEL_SCREENSHOTS")
    if folder and picture.name.startswith("slack-"):
        shutil.copyfile(picture, HOUSE / folder / picture.name)
