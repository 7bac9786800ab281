"""People in front of a real browser: whoever they are, desktop or phone, with script or without."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    StorageState,
    async_playwright,
    expect,
)

from tests.end_to_end.checkout import Checkout

PATIENCE = 60_000
"""Milliseconds to wait for what will come: two cores may be busy with other tests."""

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Device:
    """What somebody looks at."""

    name: str
    width: int
    height: int
    touch: bool = False

    def __str__(self) -> str:
        return self.name


DESKTOP = Device("desktop", 1280, 800)
PHONE = Device("phone", 390, 844, touch=True)


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """Debian's Chromium; `make test` installs it."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: run make test, which installs it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


class Visitors:
    """Opens windows for people; each signs in once on the page, and is known after that."""

    def __init__(self, browser: Browser, checkout: Checkout) -> None:
        self._browser, self._checkout = browser, checkout
        self._known: dict[str, StorageState] = {}
        self._windows: list[Window] = []

    async def window(
        self,
        person: str = "",
        device: Device = DESKTOP,
        *,
        scheme: Scheme = "light",
        script: bool = True,
    ) -> "Window":
        """A window of a browser of its own, with `person` signed in, or nobody."""
        context = await self._browser.new_context(
            base_url=self._checkout.url,
            viewport={"width": device.width, "height": device.height},
            has_touch=device.touch,
            is_mobile=device.touch,
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=script,
            locale="sv-SE",
            storage_state=self._known.get(person),
        )
        context.set_default_timeout(PATIENCE)
        window = Window(await context.new_page())
        self._windows.append(window)
        await window.open("/")
        if person and person not in self._known:
            await window.page.get_by_role("button", name=person).first.click()
            await expect(window.page.get_by_role("heading", name=f"Hej {person}!")).to_be_visible()
            self._known[person] = await context.storage_state()
        return window

    async def leave(self) -> None:
        """Close every window, and tell what went wrong in them that nobody looked at."""
        windows, self._windows = self._windows, []
        for window in windows:
            await window.page.context.close()
        complaints = [each for window in windows for each in window.complaints]
        assert not complaints, complaints


def something_new(words: str) -> str:
    """Words that nobody has said before."""
    return f"{words} {token_hex(3)}"


class Window:
    """One person's page, as they use it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that answers 404 on purpose is told of on the console too.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    async def open(self, path: str) -> None:
        """Go to a page of Samspel."""
        await self.page.goto(path)

    @property
    def line(self) -> Locator:
        """Where one talks."""
        return self.page.get_by_placeholder("Skriv här")

    @property
    def send(self) -> Locator:
        """What sends the line."""
        return self.page.get_by_role("button", name="Skicka", exact=True)

    async def says(self, words: str) -> Locator:
        """Type a line where one talks, send it, and answer with what is shown for it, answered."""
        said = self.page.locator(".item", has=self.page.get_by_text(words, exact=True))
        before = await said.count()
        await self.line.fill(words)
        await self.send.click()
        await self.sees(said.nth(before).locator(".bot"))
        return said.nth(before)

    def newest(self, words: str) -> Locator:
        """The newest thing on the page with these words in it."""
        return self.page.locator(".item").filter(has_text=words).last

    def button(self, name: str, within: Locator | None = None) -> Locator:
        """The last button of that name."""
        return (within or self.page.locator("main")).get_by_role("button", name=name).last

    async def sees(self, what: Locator | str) -> None:
        """Wait until it is there to be seen."""
        shown = self.page.get_by_text(what).first if isinstance(what, str) else what
        await expect(shown).to_be_visible(timeout=PATIENCE)

    async def tabs_to(self, target: Locator, *, most: int = 200) -> None:
        """Go to it with the Tab key alone."""
        for _press in range(most):
            if await target.evaluate("each => each === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with the Tab key")

    async def is_in_order(self) -> None:
        """No violation of what axe-core looks for, which needs script, and all on the screen."""
        results: Any = await Axe().run(self.page)
        assert not results.violations_count, f"{self.page.url}\n{results.generate_report()}"
        await self.fits()

    async def fits(self) -> None:
        """Nothing sticks out beside the screen."""
        widths: list[int] = await self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth,"
            " document.body.scrollWidth]"
        )
        assert max(widths) == widths[1], f"{self.page.url} scrolls sideways: {widths}"
        beside: list[str] = await self.page.evaluate(BESIDE_THE_SCREEN)
        assert not beside, f"{self.page.url}: {beside}"


BESIDE_THE_SCREEN = """
[...document.querySelectorAll("main *, header *")].filter((each) => {
  if (each.closest(".scroll, .out-of-sight, svg, datalist, option")) return false;
  const box = each.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((each) => each.outerHTML.slice(0, 120))
"""
"""Elements that stick out sideways, but for tables and charts that scroll in a frame of theirs."""
