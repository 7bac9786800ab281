"""Microsoft's own client in a browser: what somebody types, fills in, clicks and sees there."""

import re
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.end_to_end.browsing import PATIENCE

BOX = "[contenteditable=true][role=textbox][data-lexical-editor=true]"
"""Where one types; in a channel the first is for a new post, the others for answers to posts."""

CARD = ".ac-adaptiveCard"
PERSONAL, GROUP, FIRST_CHANNEL, CHANNEL = "Personal Chat", "Gruppchatt", "General", "Meddelanden"
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1|localhost)")
WIDTH, HEIGHT = 1400, 860


class Client:
    """The page; it shows one chat or channel at a time, and forgets all when it is loaded anew."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda shown: self.complaints.append(f"a dialog: {shown.message}"))

    @classmethod
    async def opened(cls, browser: Browser, url: str) -> "Client":
        """The page in a window of its own, without the panel that logs what is sent."""
        page = await browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=1.5,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        page.set_default_timeout(PATIENCE)
        await page.route(ELSEWHERE, _nowhere)
        client = cls(page)
        await page.goto(url)
        await expect(page.locator(BOX)).to_be_visible(timeout=PATIENCE)
        await page.get_by_title("Toggle Log Panel").click()
        return client

    async def goes_to(self, place: str) -> None:
        """Open a chat or channel."""
        await self.page.get_by_role("treeitem", name=place).click()
        await expect(self._box).to_be_visible()

    async def writes(self, words: str) -> None:
        """Type a line in a chat, and send it."""
        await self._box.click()
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Enter")
        await expect(self._box).to_have_text("")

    async def posts(self, words: str) -> None:
        """Begin a post in a channel with a mention of the bot, chosen from the list."""
        await self._mentions()
        await self.page.keyboard.type(f" {words}")
        await self.page.get_by_role("button", name="Post", exact=True).click()
        await expect(self._box).to_have_text("")

    async def mentions(self, words: str) -> None:
        """The same as a line in a group chat."""
        await self._mentions()
        await self.page.keyboard.type(f" {words}")
        await self.page.keyboard.press("Enter")
        await expect(self._box).to_have_text("")

    async def _mentions(self) -> None:
        await self._box.click()
        await self.page.keyboard.type("@Sam")
        await self.page.get_by_role("menuitem", name="Samspel").click()

    @property
    def _box(self) -> Locator:
        return self.page.locator(BOX).first

    def cards(self, *words: str) -> Locator:
        """The cards with all these words."""
        found = self.page.locator(CARD)
        for each in words:
            found = found.filter(has_text=each)
        return found

    async def sees(self, *words: str) -> Locator:
        """Wait for a card with all these words; the last one."""
        card = self.cards(*words).last
        await expect(card).to_be_visible(timeout=PATIENCE)
        return card

    async def picture(self, file: Path, *, at: Locator, top: bool = False) -> None:
        """What is on the screen, kept: with `at` in the middle, or from its `top`."""
        block = "start" if top else "center"
        await at.evaluate("(each, block) => each.scrollIntoView({block})", block)
        await self.page.mouse.move(0, 0)
        await self.page.screenshot(path=file, animations="disabled", caret="hide")


def button(card: Locator, name: str) -> Locator:
    """The last button of that name in the card."""
    return card.get_by_role("button", name=name, exact=True).last


async def _nowhere(route: Route) -> None:
    """Fonts and ornaments that the page would have from the internet; it does without."""
    await route.abort()
