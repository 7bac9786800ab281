"""People on platforms: what they say, fill in, click and see; only these know a platform."""

import re
from typing import Protocol

import httpx
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.web.sign_in import make_sign_in_link
from storage.database import Database
from tests.conversations.clock import StoryClock
from tests.patience import until
from tests.platforms.html_page import Element
from tests.platforms.web_browser import Browser, fields_of


class PersonOnPlatform(Protocol):
    """What a story may ask of a person, wherever they are."""

    async def says(self, words: str, *, channel: str = "") -> None:
        """Type a line, in the private chat or in a channel."""
        ...

    async def fills(self, **values: str) -> None:
        """Fill in the form that is shown, and send it."""
        ...

    async def clicks(self, label: str) -> None:
        """Press a button that is shown, found by its label."""
        ...

    async def opens_home(self) -> None:
        """Go to one's own page."""
        ...

    def sees(self, words: str) -> bool:
        """Whether the words are shown."""
        ...

    def sees_under(self, field: str) -> str:
        """The problem that stands at a field."""
        ...

    def has_kept(self, **values: str) -> bool:
        """Whether the form still holds what was typed."""
        ...

    async def sees_in(self, channel: str, words: str) -> None:
        """Wait until the channel shows the words."""
        ...

    async def hears(self, words: str) -> None:
        """Wait until the private chat shows the words."""
        ...

    def count(self, words: str) -> int:
        """How many times the words are shown."""
        ...


class OnWeb:
    """Somebody in a browser, signed in by a one-time link."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    async def signs_in(self, database: Database, clock: StoryClock, email: str) -> "OnWeb":
        """Go through the real door."""
        async with database.transaction() as db:
            token = await _link(db, email, clock)
        await self._browser.open(f"/logga-in/lank/{token}")
        await self._browser.presses("Logga in")
        return self

    async def says(self, words: str, *, channel: str = "") -> None:
        """Type a line, in the private chat or in a channel."""
        await self._browser.open(f"/kanal/{channel}" if channel else "/chatt")
        await self._browser.says(words)

    async def fills(self, **values: str) -> None:
        """Fill in the form that is shown, and send it."""
        form = self._form()
        typed = {_named(form, name): value for name, value in values.items()}
        await self._browser.send(form, typed)

    async def clicks(self, label: str) -> None:
        """Press a button that is shown, found by its label."""
        await self._browser.presses(label)

    async def opens_home(self) -> None:
        """Go to one's own page."""
        await self._browser.open("/")

    async def reads_page(self, path: str) -> str:
        """Go to a page of the web, and what it says."""
        await self._browser.open(path)
        return self._browser.page.read_aloud()

    async def fetches(self, path: str) -> httpx.Response:
        """Fetch what lies at the path."""
        return await self._browser.client.get(path)

    def sees(self, words: str) -> bool:
        """Whether the words are shown."""
        return self._browser.status in {200, 422} and self._browser.sees(words)

    def sees_under(self, field: str) -> str:
        """The problem that stands at a field."""
        name = _named(self._form(), field)
        for element in self._form().all():
            described = element.attributes.get("aria-describedby", "")
            if element.attributes.get("name") == name and "aria-invalid" in element.attributes:
                ids = described.split()
                return " ".join(
                    each.text() for each in self._form().all() if each.attributes.get("id") in ids
                )
        return ""

    def has_kept(self, **values: str) -> bool:
        """Whether the form still holds what was typed."""
        held = dict(fields_of(self._form()))
        form = self._form()
        return all(held.get(_named(form, name)) == value for name, value in values.items())

    async def sees_in(self, channel: str, words: str) -> None:
        """Wait until the channel shows the words."""

        async def shown() -> bool:
            await self._browser.open(f"/kanal/{channel}")
            return self._browser.sees(words)

        await until(shown)

    async def hears(self, words: str) -> None:
        """Wait until the private chat shows the words."""

        async def shown() -> bool:
            await self._browser.open("/chatt")
            return self._browser.sees(words)

        await until(shown)

    def count(self, words: str) -> int:
        """How many times the words are shown."""
        return len(re.findall(re.escape(words), self._browser.page.read_aloud()))

    def _form(self) -> Element:
        forms = [
            form for form in self._browser.page.all("form") if form.attributes.get("class") == "ask"
        ]
        assert forms, f"no form is shown at {self._browser.path}"
        return forms[-1]


def _named(form: Element, field: str) -> str:
    names = {element.attributes.get("name", "") for element in form.all()}
    asked = {name for name in names if not name.startswith("form-")}
    found = [name for name in asked if name.rpartition("-")[2].rpartition(".")[2] == field]
    assert found, f"no field {field!r} among {sorted(names)}"
    return found[0]


async def _link(db: AsyncConnection, email: str, clock: StoryClock) -> str:
    return await make_sign_in_link(db, email, clock(), "story")
