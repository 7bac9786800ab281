"""A browser without script: keeps cookies, reads pages, sends the forms that stand on them."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import httpx

from tests.patience import UNHURRIED
from tests.platforms.html_page import Element, faults, read_html


class Browser:
    """One person's browser. Every page it meets must be well made; it sends only what is there."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.status = 0
        self.path = ""
        self.html = ""
        self.page = Element("", {})

    async def open(self, path: str) -> "Browser":
        """Go to a page, as if its address were typed."""
        self._met(await self.client.get(path))
        return self

    def _met(self, response: httpx.Response) -> None:
        self.status, self.path = response.status_code, response.url.path
        self.html = response.text
        self.page = read_html(self.html)
        assert faults(self.page) == []

    async def signs_in(self, name: str) -> "Browser":
        """Pick somebody on the demo's sign-in page."""
        await self.open("/logga-in")
        await self.presses(name)
        assert self.status == 200
        return self

    async def says(self, words: str) -> "Browser":
        """Type a line in the conversation that is open."""
        form = self.page.one("form", class_="composer")
        await self.send(form, {"words": words})
        return self

    async def presses(self, label: str, **typed: str) -> "Browser":
        """Press the last button that begins with that label, or follow such a link."""
        button = [each for each in self.page.all("button") if each.text().startswith(label)]
        if button:
            form = button[-1]
            while form.tag != "form":
                assert form.parent is not None
                form = form.parent
            name = button[-1].attributes.get("name")
            pressed = {name: button[-1].attributes["value"]} if name else {}
            await self.send(form, typed | pressed)
        else:
            link = [each for each in self.page.all("a") if each.text().startswith(label)]
            assert link, f"there is no {label!r} on {self.path}"
            await self.open(link[-1].attributes["href"])
        return self

    async def send(self, form: Element, typed: dict[str, str]) -> httpx.Response:
        """Send a form with what it holds and what is typed, and follow where that leads."""
        pairs = [pair for pair in fields_of(form) if pair[0] not in typed] + list(typed.items())
        response = await self.client.post(
            form.attributes["action"],
            content=urlencode(pairs),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        self._met(response)
        return response

    def sees(self, words: str) -> bool:
        """Whether the words stand on the page, however they are broken into lines."""
        return _plain(words) in _plain(self.page.read_aloud())


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def fields_of(form: Element) -> list[tuple[str, str]]:
    """What a browser would send of the form as it stands, buttons left out."""
    pairs: list[tuple[str, str]] = []
    for each in form.all():
        name = each.attributes.get("name")
        if not name:
            continue
        kind = each.attributes.get("type", "text")
        if each.tag == "input" and (
            kind not in ("radio", "checkbox") or "checked" in each.attributes
        ):
            pairs.append((name, each.attributes.get("value", "")))
        elif each.tag == "textarea":
            pairs.append((name, each.text().removeprefix("\n")))
        elif each.tag == "select":
            chosen = [o for o in each.all("option") if "selected" in o.attributes]
            pairs.append((name, (chosen or each.all("option"))[0].attributes["value"]))
    return pairs


@asynccontextmanager
async def browsing(where: str, **headers: str) -> AsyncGenerator[Browser]:
    """A fresh browser at that address."""
    async with httpx.AsyncClient(
        base_url=where, follow_redirects=True, headers=headers, timeout=UNHURRIED
    ) as client:
        yield Browser(client)
