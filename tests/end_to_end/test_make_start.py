"""`make start` in a clean copy, and then what people do in their browsers, on desktop and phone."""

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from bot.digests.period import WEEKLY, Audience, next_due
from bot.settings import Settings
from tests.end_to_end.browsing import (
    DESKTOP,
    PHONE,
    Device,
    Scheme,
    Visitors,
    Window,
    something_new,
)
from tests.end_to_end.checkout import FIRST_TIME, Checkout
from tests.house import HOUSE

pytestmark = pytest.mark.timeout(FIRST_TIME + 300)

COMPETENCE = "Kompetensstrateg Skövde"
INFRASTRUCTURE = "Strateg infrastruktur"
ADULT_EDUCATION = "Rektor vuxenutbildning Lidköping"
BUSINESS = "Näringslivsutvecklare Mariestad"
FINANCE = "Ekonomiansvarig"
CULTURE = "Kulturchef Skara"
MANAGER = "Chef Omställning Skaraborg"
OUTSIDER = "Kommundirektör Hjo"
"""Each test lets another person report, on an activity that runs whatever the date."""

SIZES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=str)


@SIZES
async def test_report_by_words(visitors: Visitors, device: Device):
    anna = await visitors.window(COMPETENCE, device)
    await anna.open("/chatt")
    said = something_new("Avtalet försenat")
    answer = await anna.says(f"rapport KOM-03 risk {said}")
    await anna.sees(answer.get_by_text("Sparat:"))
    await anna.sees(answer.get_by_text(re.compile(r"KOM-03 .*🟡 risk")))
    await anna.button("Visa aktiviteten", answer).click()
    await anna.sees(anna.newest("I planen").get_by_text(said))

    await anna.open("/kanal/kompetens")
    card = anna.page.locator(".item", has=anna.page.get_by_role("button", name="Historik"))
    card = card.filter(has_text="KOM-03 Batteriteknikutbildning")
    await anna.sees(card.get_by_text(said))
    await anna.sees(card.get_by_text("🟡 risk").first)
    await anna.button("Historik", card).click()
    history = anna.newest("Bara du ser det här")
    await anna.sees(history.get_by_text(said))
    await anna.sees(history.get_by_text(f"Skriven av {COMPETENCE}").first)


async def test_whoever_may_not_report_is_told_who_may(visitors: Visitors):
    hjo = await visitors.window(OUTSIDER)
    await hjo.open("/chatt")
    answer = await hjo.says("rapport KOM-03 grön Allt är klart")
    await hjo.sees(answer.get_by_text(COMPETENCE))
    await expect(answer.get_by_text("Sparat")).to_have_count(0)


@SIZES
async def test_report_by_form_with_something_to_mend(visitors: Visitors, device: Device):
    ivar = await visitors.window(INFRASTRUCTURE, device)
    page = ivar.page
    await ivar.open("/chatt")
    await ivar.line.fill("rapport SAM-05")
    await ivar.send.click()
    await ivar.sees(page.get_by_role("heading", name="Rapportera läget"))
    await ivar.sees(page.get_by_text("SAM-05 Pendling till nya arbetsplatser"))

    deviation, measure = something_new("Upphandlingen är överklagad"), "Vi kör på gamla avtalet"
    await page.get_by_label("enligt plan").check()
    await expect(page.get_by_label("Åtgärd")).to_have_count(0)
    await page.get_by_label("avvikelse", exact=False).first.check()
    await page.get_by_label("Vad avviker, och varför?").fill(deviation)
    await page.get_by_label("Åtgärd").fill("")
    await page.get_by_role("button", name="Spara").last.click()

    await ivar.sees(page.get_by_role("alert"))
    await expect(page).to_have_title(re.compile("^Fel:"))
    await expect(page.get_by_label("Vad avviker, och varför?")).to_have_value(deviation)
    await page.get_by_role("alert").get_by_role("link", name="Åtgärd").click()
    await expect(page.get_by_label("Åtgärd")).to_be_focused()
    await page.get_by_label("Åtgärd").fill(measure)
    await page.get_by_role("button", name="Spara").last.click()

    await ivar.sees(ivar.newest("Sparat:").get_by_text("🔴 avvikelse"))
    await ivar.open("/kanal/infrastruktur")
    await ivar.sees(page.get_by_text(deviation).first)
    await ivar.sees(page.get_by_text(measure).first)


@SIZES
async def test_news_come_to_open_pages_by_themselves(visitors: Visitors, device: Device):
    bo, cilla = await visitors.window(BUSINESS), await visitors.window(MANAGER, device)
    await cilla.open("/kanal/naringsliv")
    await cilla.page.evaluate("window.sameAsBefore = true")
    await bo.open("/chatt")
    # Where the demo stands depends on the day: only another status than before is news.
    for status in ("gul", "grön", "röd"):
        said = something_new("Besked från leverantörerna")
        await bo.says(f"rapport ETA-03 {status} {said}")
        await cilla.sees(
            cilla.page.get_by_role("article").filter(has_text="ETA-03").get_by_text(said).first
        )
    news = cilla.newest("Nytt läge: ETA-03")
    await cilla.sees(news.get_by_text(said))
    await cilla.sees(news.get_by_text("🔴 avvikelse"))
    assert await cilla.page.evaluate("window.sameAsBefore")


async def test_it_comes_out_in_both_digests(visitors: Visitors, checkout: Checkout):
    rut, cilla = await visitors.window(ADULT_EDUCATION), await visitors.window(MANAGER)
    await cilla.open("/kanal/chef")
    await cilla.sees(cilla.newest("Veckobrev till chefen"))
    await cilla.open("/kanal/styrgruppen")
    await cilla.sees(cilla.newest("Veckobrev till styrgruppen"))

    await rut.open("/chatt")
    said = something_new("Lärarna räcker inte")
    await rut.says(f"rapport KOM-02 röd {said}")
    now = datetime.now(UTC)
    coming = {each: next_due(each, now, Settings()) for each in WEEKLY}
    words = {Audience.MANAGER: "chef", Audience.STEERING_GROUP: "styrgrupp"}
    for audience, due in sorted(coming.items(), key=lambda each: each[1].at):
        done = checkout.samspel("run-due", "--at", due.at.isoformat(), "--deliver")
        assert f"digest {words[audience]} {due.period}" in done.splitlines()

    for path, title, audience in (
        ("/kanal/styrgruppen", "Veckobrev till styrgruppen", Audience.STEERING_GROUP),
        ("/kanal/chef", "Veckobrev till chefen", Audience.MANAGER),
    ):
        week = coming[audience].week
        await cilla.open(path)
        letter = cilla.newest(f"{title}, vecka {week.number} {week.year}")
        await cilla.sees(letter)
        await cilla.sees(cilla.page.locator(".card").filter(has_text=said).last)
        pages = cilla.page.locator(".item").filter(has_text=f"{title}, vecka {week.number}")
        await cilla.sees(pages.get_by_text("Nya och förvärrade avvikelser").last)
        await expect(pages.get_by_text("brevet är försenat")).to_have_count(0)
        told = checkout.samspel("digest", "--audience", words[audience], "--week", str(week))
        assert said in told


async def test_what_is_typed_while_fields_unfold_is_kept(visitors: Visitors):
    bo = await visitors.window(BUSINESS)
    page, let_go = bo.page, asyncio.Event()
    await bo.open("/form/rapport?arg=ETA-03")
    await page.get_by_label("enligt plan").check()
    await expect(page.get_by_label("Åtgärd")).to_have_count(0)

    async def slowly(route: Route) -> None:
        await let_go.wait()
        await route.continue_()

    await page.route("**/form/rapport*", slowly)
    await page.get_by_label("risk", exact=False).first.check()
    await page.get_by_label("pausad").check()
    await page.get_by_label("risk", exact=False).first.check()
    await page.get_by_text("Mer", exact=True).click()
    said = something_new("Sex företag till")
    await page.get_by_label("Hur går det?").fill(said)
    let_go.set()
    await bo.sees(page.get_by_label("Åtgärd"))
    await page.wait_for_load_state("networkidle")
    await expect(page.get_by_label("Åtgärd")).to_be_visible()
    await expect(page.get_by_label("Hur går det?")).to_have_value(said)
    await expect(page.get_by_label("Hur går det?")).to_be_focused()
    await expect(page.get_by_label("Nästa steg")).to_be_visible()


async def test_with_the_keyboard_alone(visitors: Visitors):
    eva = await visitors.window()
    page, press = eva.page, eva.page.keyboard.press
    await press("Tab")
    await expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    await press("Enter")
    await eva.tabs_to(page.get_by_label("Sök på namn"))
    await page.keyboard.type("ekonomi")
    await eva.tabs_to(page.get_by_role("button", name=FINANCE))
    await press("Enter")
    await eva.sees(page.get_by_role("heading", name=f"Hej {FINANCE}!"))
    await eva.tabs_to(eva.line)
    await page.keyboard.type("rapport FIN-02")
    await press("Tab")
    await press("Enter")
    await eva.sees(page.get_by_role("heading", name="Rapportera läget"))

    first = page.get_by_role("radio").first
    await first.check()
    await page.locator("main").focus()
    await eva.tabs_to(first)
    await press("ArrowDown")
    await expect(page.get_by_label("enligt plan")).to_be_checked()
    said = something_new("Två ansökningar är inne")
    await eva.tabs_to(page.get_by_label("Hur går det?"))
    await press("ControlOrMeta+A")
    await page.keyboard.type(said)
    await eva.tabs_to(page.get_by_role("button", name="Spara").last)
    await press("Enter")
    answer = eva.newest("Sparat:")
    await eva.sees(answer.get_by_text(said))

    await eva.tabs_to(eva.line)
    await page.keyboard.type("historik FIN-02")
    await press("Enter")
    await eva.sees(eva.newest("historik FIN-02").get_by_text(said))
    await expect(eva.line).to_be_focused()


@SIZES
async def test_without_script(visitors: Visitors, device: Device):
    kim = await visitors.window(CULTURE, device, script=False)
    page = kim.page
    await kim.open("/chatt")
    await kim.line.fill("rapport PLA-03")
    await kim.send.click()
    await kim.sees(page.get_by_role("heading", name="Rapportera läget"))
    await page.get_by_label("risk", exact=False).first.check()
    await page.get_by_role("button", name="Visa fälten").first.click()
    said = something_new("Färre kort sålda")
    await page.get_by_label("Vad avviker, och varför?").fill(said)
    await page.get_by_label("Åtgärd").fill("")
    await page.get_by_role("button", name="Spara").last.click()
    await kim.sees(page.get_by_role("alert"))
    await expect(page.get_by_label("Vad avviker, och varför?")).to_have_value(said)
    await page.get_by_label("Åtgärd").fill("Kampanj i skolorna")
    await page.get_by_role("button", name="Spara").last.click()
    await kim.sees(kim.newest("Sparat:").get_by_text(said))
    await kim.fits()

    answer = await kim.says("historik PLA-03")
    await kim.sees(answer.get_by_text(said))
    if device is PHONE:
        await page.get_by_text("Samtal", exact=True).click()
    await page.get_by_role("navigation").get_by_role("link", name="Kultur").click()
    await kim.sees(page.get_by_text(said).first)


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_kind_of_page_is_accessible(
    visitors: Visitors, checkout: Checkout, device: Device, scheme: Scheme
):
    stranger = await visitors.window(device=device, scheme=scheme)
    for path in ("/logga-in", "/logga-in?q=finns+inte", "/logga-in/lank/gammal", "/finns/inte"):
        await stranger.open(path)
        await stranger.is_in_order()
    link = checkout.samspel("sign-in-link", "kompetens@skovde.example.se")
    await stranger.open(re.findall(r"/logga-in/lank/\S+", link)[-1])
    await stranger.sees(f"Hej {COMPETENCE}!")
    await stranger.is_in_order()

    anna = await visitors.window(COMPETENCE, device, scheme=scheme)
    for path in ("/", "/kanal/kompetens", "/kanal/energi", "/form/finns-inte", "/finns/inte"):
        await anna.open(path)
        await anna.is_in_order()
    await anna.open("/chatt")
    for words in ("hjälp", "historik KOM-03", "milstolpe KOM-03", "aktiviteter", "ååå"):
        await anna.says(words)
        await anna.is_in_order()
    for letters in ("/kanal/chef", "/kanal/styrgruppen"):
        await anna.open(letters)
        await anna.sees(anna.newest("Veckobrev till"))
        for values in await anna.page.get_by_text("Visa siffrorna").all():
            await values.click()
        await anna.is_in_order()
    await _forms_are_in_order(anna)
    await _an_error_keeps_what_was_typed(anna)


async def _forms_are_in_order(anna: Window) -> None:
    for form in ("rapport?arg=KOM-03", "rapport?arg=KOM-01", "rapport_mina"):
        await anna.open(f"/form/{form}")
        await anna.is_in_order()
    await anna.open("/form/rapport?arg=KOM-01")
    await anna.page.get_by_label("avvikelse", exact=False).first.check()
    await anna.page.get_by_label("Åtgärd").fill("")
    await anna.page.get_by_role("button", name="Spara").last.click()
    await anna.sees(anna.page.get_by_role("alert"))
    await anna.is_in_order()


async def _an_error_keeps_what_was_typed(anna: Window) -> None:
    """A page whose sign of being ours is gone: refused, with the words to copy."""
    await anna.open("/")
    await anna.page.locator("main [name=form-token]").last.evaluate("each => each.value = 'x'")
    await anna.line.fill("rapport KOM-03 grön Detta får inte bort")
    await anna.send.click()
    await anna.sees("Detta får inte bort")
    await anna.is_in_order()


async def test_ctrl_c_and_sigterm_end_all_and_nothing_is_forgotten(
    visitors: Visitors, checkout: Checkout
):
    anna = await visitors.window(COMPETENCE)
    await anna.open("/kanal/kompetens")
    assert any("postgres" in each.name() for each in checkout.running())
    await anna.page.context.close()
    await checkout.press_ctrl_c()
    assert "Traceback" not in checkout.said()

    await checkout.start()
    assert "exempelplanen" not in checkout.said()
    again = await visitors.window(COMPETENCE)
    await again.sees(again.page.get_by_role("heading", name=f"Hej {COMPETENCE}!"))
    await again.page.context.close()
    await checkout.terminate()
    assert "Traceback" not in checkout.said()
    await checkout.start()


async def test_the_readme_shows_it(visitors: Visitors, tmp_path: Path):
    """Draws the pictures of README.md; `make screenshot` has them kept in docs/images."""
    folder = Path(os.environ.get("SAMSPEL_SCREENSHOTS") or tmp_path)
    anna = await visitors.window(COMPETENCE, Device("picture", 1280, 860))
    await anna.open("/kanal/kompetens")
    await anna.says("rapport KOM-03 grön Kursplanen är klar")
    answer = await anna.says("rapport KOM-03 risk Avtalet med högskolan är försenat")
    await anna.sees(answer.get_by_text("Sparat:"))
    await anna.sees(anna.newest("Nytt läge: KOM-03").get_by_text("Avtalet med högskolan"))
    await _picture(anna, folder / "kanal.png")

    on_the_way = await visitors.window(INFRASTRUCTURE, PHONE)
    await on_the_way.open("/chatt")
    answer = await on_the_way.says("rapport SAM-05 grön De första bussarna följer nu skiften")
    await on_the_way.sees(answer.get_by_text("🟢 enligt plan"))
    await _picture(on_the_way, folder / "telefon.png")

    await anna.open("/behov")
    await anna.sees("Registrera behov")
    await _picture(anna, folder / "behov.png")


async def _picture(window: Window, path: Path) -> None:
    await window.page.reload()
    await window.page.mouse.move(0, 0)
    picture = await window.page.screenshot(path=path)
    assert 20_000 < len(picture) < 300_000
    assert f"docs/images/{path.name}" in (HOUSE / "README.md").read_text(encoding="utf-8")
    assert (HOUSE / "docs/images" / path.name).read_bytes().startswith(b"\x89PNG")
