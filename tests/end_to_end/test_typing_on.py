"""Typing on in the web chat while a line is on its way: held, refused, without contact."""

import asyncio
from urllib.parse import parse_qs

import pytest
from playwright.async_api import Locator, Route, expect

from tests.end_to_end.browsing import Visitors, Window, something_new
from tests.end_to_end.checkout import FIRST_TIME

pytestmark = pytest.mark.timeout(FIRST_TIME + 300)

BUSINESS = "Näringslivsutvecklare Mariestad"


class Held:
    """What is posted from a page to a chat: held until let go, and each body seen.

    `answer`: empty for the server's own, held on its way back; `late`: held on its way there; `503`
    for the first; `none` for no contact.
    """

    def __init__(self, window: Window) -> None:
        self._page = window.page
        self._go = asyncio.Event()
        self.arrived = asyncio.Event()
        self.bodies: list[dict[str, list[str]]] = []
        self.answer = ""

    async def __aenter__(self) -> "Held":
        await self._page.route("**/chatt/*", self._post)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._page.unroute("**/chatt/*")

    def let_go(self) -> None:
        self._go.set()

    async def _post(self, route: Route) -> None:
        if route.request.method != "POST":
            await route.continue_()
            return
        self.bodies.append(parse_qs(route.request.post_data or ""))
        if self.answer == "503" and len(self.bodies) == 1:
            self.arrived.set()
            await self._go.wait()
            await route.fulfill(status=503, body="kom igen")
        elif self.answer == "none":
            self.arrived.set()
            await self._go.wait()
            await route.abort("internetdisconnected")
        elif self.answer == "late":
            self.arrived.set()
            await self._go.wait()
            await route.continue_()
        else:
            answer = await route.fetch()
            self.arrived.set()
            await self._go.wait()
            await route.fulfill(response=answer)

    def said(self) -> list[tuple[str, str]]:
        """The words and the key of each post."""
        return [(each["words"][0], each["form-key"][0]) for each in self.bodies]


def _item(window: Window, words: str) -> Locator:
    return window.page.locator(".item", has=window.page.get_by_text(words, exact=True))


async def test_one_types_on_while_a_line_is_on_its_way(visitors: Visitors):
    """Its answer is seen before the sending itself is answered."""
    bo = await visitors.window(BUSINESS)
    page = bo.page
    await bo.open("/chatt")
    line, send = bo.line, bo.send
    first, second = something_new("hjälp ett"), something_new("hjälp två")
    async with Held(bo) as held:
        await line.fill(first)
        await send.click()
        await held.arrived.wait()
        await bo.sees(_item(bo, first))
        await line.fill(second)
        await send.click()
        await line.fill("halvskriv")
        await bo.sees(f"Skickar: {first}")
        held.let_go()
        await bo.sees(_item(bo, second).locator(".bot"))
        await expect(line).to_have_value("halvskriv")
    assert [words for words, _key in held.said()] == [first, second]
    assert len({key for _words, key in held.said()}) == 2
    await page.reload()
    await expect(line).to_have_value("halvskriv")


async def test_without_contact_what_is_typed_is_kept_and_sent_again_as_the_same(
    visitors: Visitors,
):
    bo = await visitors.window(BUSINESS)
    await bo.open("/chatt")
    line, send = bo.line, bo.send
    first, second = something_new("hjälp ett"), something_new("hjälp två")
    async with Held(bo) as held:
        held.answer = "none"
        held.let_go()
        await line.fill(first)
        await send.click()
        await bo.sees("Ingen kontakt. Det du skrev står kvar.")
        await expect(line).to_have_value(first)
    async with Held(bo) as again:
        again.answer = "none"
        await send.click()
        await again.arrived.wait()
        await line.fill(second)
        await send.click()
        again.let_go()
        await bo.sees(f"Inte skickat än: ”{first}”, ”{second}”")
        again.answer = ""
        await send.click()
        await bo.sees(_item(bo, second).locator(".bot"))
    assert [words for words, _key in again.said()] == [first, first, second]
    assert {key for words, key in (*held.said(), *again.said()) if words == first} == {
        held.said()[0][1]
    }
    await expect(_item(bo, first)).to_have_count(1)
    assert [each for each in bo.complaints if "INTERNET_DISCONNECTED" in each] == bo.complaints
    bo.complaints.clear()


async def test_a_refused_line_is_shown_alone_and_the_rest_waits(visitors: Visitors):
    """The server's own page has the line that it refused; what was typed since comes after."""
    bo = await visitors.window(BUSINESS)
    await bo.open("/chatt")
    line, send = bo.line, bo.send
    first, second = something_new("hjälp ett"), something_new("hjälp två")
    async with Held(bo) as held:
        held.answer = "503"
        await line.fill(first)
        await send.click()
        await held.arrived.wait()
        await line.fill(second)
        await send.click()
        await line.fill("halvskriv")
        held.let_go()
        await bo.sees(_item(bo, second).locator(".bot"))
        await expect(line).to_have_value("halvskriv")
    assert [words for words, _key in held.said()] == [first, first, second]
    assert held.said()[0] == held.said()[1]
    bo.complaints.clear()


async def test_a_line_that_opens_a_form_lets_the_next_one_wait(visitors: Visitors):
    bo = await visitors.window(BUSINESS)
    page = bo.page
    await bo.open("/chatt")
    line, send = bo.line, bo.send
    second = something_new("hjälp två")
    async with Held(bo) as held:
        held.answer = "late"
        await line.fill("rapport ETA-03")
        await send.click()
        await held.arrived.wait()
        await line.fill(second)
        await send.click()
        held.let_go()
        await bo.sees(page.get_by_role("heading", name="Rapportera läget"))
        await bo.open("/chatt")
        await bo.sees(_item(bo, second).locator(".bot"))
    assert [words for words, _key in held.said()] == ["rapport ETA-03", second]
