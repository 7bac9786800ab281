"""Questions asked in the web chat, on a desktop and on a phone, and the pictures of the docs."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.browsing import Device, Visitors, Window
from tests.end_to_end.checkout import FIRST_TIME
from tests.house import HOUSE

pytestmark = pytest.mark.timeout(FIRST_TIME + 300)

MANAGER, ADMINISTRATOR = "Chef Omställning Skaraborg", "IT-förvaltare"
TALL = Device("picture", 1000, 2000)
NARROW = Device("telephone", 390, 1900, touch=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go; `make screenshot` has them kept in docs/images."""
    return Path(os.environ.get("SAMSPEL_SCREENSHOTS") or tmp_path)


async def test_a_question_is_answered_with_chart_and_table(visitors: Visitors, folder: Path):
    asked = (
        (TALL, "hur mycket pengar saknas totalt?", "question-answer"),
        (NARROW, "vad saknar pengar inom kompetens?", "question-answer-phone"),
    )
    for device, words, name in asked:
        chef = await visitors.window(MANAGER, device)
        await chef.open("/chatt")
        answer = await chef.says(words)
        await chef.sees(answer.locator("svg"))
        await chef.sees(answer.get_by_text("Aktiviteter som saknar pengar"))
        await chef.sees(answer.get_by_text("Pengarna i varje aktivitet"))
        await chef.fits()
        await _picture(answer, folder / f"{name}.png")


async def test_a_question_goes_on_from_the_one_before(visitors: Visitors, folder: Path):
    chef = await visitors.window(MANAGER, NARROW)
    await chef.open("/chatt")
    await chef.says("hur går det inom kompetens?")
    answer = await chef.says("och i Hjo?")
    await chef.sees(answer.get_by_text("Läget inom Kompetens i Hjo"))
    await chef.fits()
    await _picture(answer, folder / "question-follow-up.png")


async def test_words_that_mean_two_leave_the_choice(visitors: Visitors, folder: Path):
    chef = await visitors.window(MANAGER, NARROW)
    await chef.open("/chatt")
    answer = await chef.says("hur går det med högskolan?")
    await chef.sees(answer.get_by_text("Menar du något av det här?"))
    await _picture(answer, folder / "question-unsure.png")
    await chef.button("Läget för KOM-03", answer).click()
    await chef.sees(chef.newest("Läget för KOM-03").get_by_text("Alla rapporter om KOM-03"))


async def test_the_administrator_teaches_words(visitors: Visitors, folder: Path):
    for device, name in ((TALL, "question-synonyms"), (NARROW, "question-synonyms-phone")):
        admin = await visitors.window(ADMINISTRATOR, device)
        await admin.open("/chatt")
        await admin.says("hur går det med elbilsskolan?")
        answer = await admin.says("synonym")
        await admin.sees(answer.get_by_text("Frågor utan svar"))
        await admin.fits()
        await _picture(answer, folder / f"{name}.png")
        taught = await admin.says("synonym elbilsskolan = KOM-03")
        await admin.sees(taught.get_by_text("förstår jag nu"))
        await admin.says("hur går det med elbilsskolan?")
        await admin.sees(admin.newest("Läget för KOM-03"))
        await _forget(admin)


async def _forget(admin: Window) -> None:
    forgotten = await admin.says("synonym ta bort elbilsskolan")
    await admin.sees(forgotten.get_by_text("Jag har glömt"))


async def _picture(item: Locator, path: Path) -> None:
    await expect(item).to_be_visible()
    picture = await item.screenshot(path=path)
    assert 10_000 < len(picture) < 200_000
    assert (HOUSE / "docs/images" / path.name).read_bytes().startswith(b"\x89PNG")
