"""The way into the bot: activities with a token, and the answers to them."""

import asyncio
import json
import time
from dataclasses import dataclass

import aiohttp

from tests.teams.answered import Answer
from tests.teams.findings import Json
from tests.teams.tokens import TokenKind, authorization
from tests.teams.world import Tenant

MESSAGE_SECONDS = 15.0
"""learn.microsoft.com: How bots work: Teams gives up after 15 seconds."""

EXTENSION_SECONDS, EXTENSION_RETRIES = 5.0, 2
"""Respond to the dialog submit action: five seconds, then it is sent twice more."""


@dataclass(frozen=True)
class Delivery:
    """One attempt to tell the bot something."""

    tenant: Tenant
    activity: Json
    token: TokenKind
    answer: Answer


class Entry:
    """Tells the bots what happened, each at its tenant's endpoint."""

    def __init__(self) -> None:
        self.service_url = ""
        self.login = ""
        self.seconds = MESSAGE_SECONDS
        self.extension_seconds = EXTENSION_SECONDS
        self.deliveries: list[Delivery] = []
        self.on_the_way = 0
        self._http: aiohttp.ClientSession | None = None

    async def send(
        self, tenant: Tenant, activity: Json, *, token: TokenKind = "right", within: float = 0.0
    ) -> Answer:
        """Tell the bot of that tenant once, and wait for its answer as long as Teams does.

        The token names the service URL that the activity names, unless it is to be wrong.
        """
        assert tenant.endpoint, f"nobody has said where the bot of {tenant.name} listens"
        headers = {"Content-Type": "application/json; charset=utf-8"}
        claimed = str(activity.get("serviceUrl", self.service_url))
        shown = authorization(token, tenant, claimed, self.login)
        if shown is not None:
            headers["Authorization"] = shown
        self.on_the_way += 1
        try:
            answer = await self._post(tenant.endpoint, activity, headers, within or self.seconds)
        finally:
            self.on_the_way -= 1
        self.deliveries.append(Delivery(tenant, activity, token, answer))
        return answer

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way to the bot."""
        return not self.on_the_way

    async def close(self) -> None:
        """Stop telling."""
        if self._http:
            await self._http.close()

    async def _post(
        self, url: str, activity: Json, headers: dict[str, str], within: float
    ) -> Answer:
        began = time.monotonic()
        content = json.dumps(activity).encode()
        try:
            async with (
                asyncio.timeout(within),
                self._session().post(url, data=content, headers=headers) as answer,
            ):
                text = await answer.text()
        except TimeoutError:
            return Answer(None, None, time.monotonic() - began, timed_out=True)
        except aiohttp.ClientError:
            return Answer(None, None, time.monotonic() - began, lost=True)
        return Answer(answer.status, _body(text, answer.content_type), time.monotonic() - began)

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            connector = aiohttp.TCPConnector(limit=0)
            total = aiohttp.ClientTimeout(total=None)
            self._http = aiohttp.ClientSession(connector=connector, timeout=total)
        return self._http


def _body(text: str, content_type: str) -> Json | str | None:
    if not text:
        return None
    if content_type == "application/json":
        found = json.loads(text)
        return found if isinstance(found, dict) else text
    return text
