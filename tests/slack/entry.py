"""The way into the bot: signed HTTP requests or Socket Mode, and Slack's retries of events."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.slack.acknowledged import Acked
from tests.slack.findings import Json
from tests.slack.sockets import EnvelopeKind, Sockets

ACK_SECONDS = 3.0
"""docs.slack.dev/apis/events-api: events; docs.slack.dev/interactivity: the rest."""

RETRIES_AFTER = (0.0, 0.2, 0.4)
"""Slack tries again at once, after a minute and after five; tests have no such time."""

RECONNECTED_WITHIN = 30.0


@dataclass(frozen=True)
class Delivery:
    """One attempt to tell the bot something."""

    kind: EnvelopeKind
    payload: Json
    attempt: int
    acked: Acked


class Entry:
    """Tells the bot what happened. `url`: where it listens; None: through sockets only."""

    def __init__(self, signing_secret: str, sockets: Sockets) -> None:
        self.url: str | None = None
        self.ack_seconds = ACK_SECONDS
        self.retries_after: Sequence[float] = RETRIES_AFTER
        self.deliveries: list[Delivery] = []
        self._secret = signing_secret
        self._sockets = sockets
        self._http: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    def signed(
        self, body: str | bytes, at: float | None = None, secret: str = ""
    ) -> dict[str, str]:
        """The headers by which the bot knows Slack: signed `at` a time, now if not given."""
        moment = str(int(time.time() if at is None else at))
        raw = body.encode() if isinstance(body, str) else body
        base = b"v0:" + moment.encode() + b":" + raw
        digest = hmac.new((secret or self._secret).encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}

    async def send(
        self, kind: EnvelopeKind, payload: Json, *, attempt: int = 0, reason: str = ""
    ) -> Acked:
        """Tell the bot once, and wait for its answer as long as Slack does."""
        if self.url is None:
            within = self.ack_seconds
            acked = await self._sockets.send(
                kind, payload, within=within, attempt=attempt, reason=reason
            )
        else:
            retry = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
            acked = await self._post(self.url, kind, payload, retry if attempt else {})
        self.deliveries.append(Delivery(kind, payload, attempt, acked))
        return acked

    async def event(self, body: Json) -> Acked:
        """Tell of an event; when it is not received, tell it again later, without waiting here."""
        acked = await self.send("events_api", body)
        if _tries_again(acked):
            self.spawn(self._again(body, acked))
        return acked

    def event_later(self, body: Json) -> None:
        """Tell of an event without waiting for the answer."""
        self.spawn(self.event(body))

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something beside what the test does."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until nothing is on its way to the bot any more."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Stop telling."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._http:
            await self._http.close()

    async def _again(self, body: Json, acked: Acked) -> None:
        for attempt, delay in enumerate(self.retries_after, 1):
            await asyncio.sleep(delay)
            if self.url is None:
                await self._sockets.until_connected(RECONNECTED_WITHIN)
            reason = _reason(acked)
            acked = await self.send("events_api", body, attempt=attempt, reason=reason)
            if not _tries_again(acked):
                return

    async def _post(
        self, url: str, kind: EnvelopeKind, payload: Json, more: dict[str, str]
    ) -> Acked:
        content, content_type = _ENCODED[kind](payload)
        headers = self.signed(content) | {"Content-Type": content_type} | more
        began = time.monotonic()
        try:
            async with (
                asyncio.timeout(self.ack_seconds),
                self._session().post(url, data=content.encode(), headers=headers) as answer,
            ):
                text = await answer.text()
        except TimeoutError:
            return Acked(None, None, time.monotonic() - began, timed_out=True)
        except aiohttp.ClientError:
            return Acked(None, None, time.monotonic() - began, lost=True)
        seconds = time.monotonic() - began
        body = _body(text, answer.content_type)
        return Acked(answer.status, body, seconds, headers=dict(answer.headers))

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            connector = aiohttp.TCPConnector(limit=0)
            total = aiohttp.ClientTimeout(total=None)
            self._http = aiohttp.ClientSession(connector=connector, timeout=total)
        return self._http


def _body(text: str, content_type: str) -> Json | str | None:
    if not text or content_type != "application/json":
        return text or None
    found = json.loads(text)
    return found if isinstance(found, dict) else None


def _tries_again(acked: Acked) -> bool:
    return not acked.ok and "x-slack-no-retry" not in {name.lower() for name in acked.headers}


def _reason(acked: Acked) -> str:
    if acked.timed_out:
        return "http_timeout"
    return "connection_failed" if acked.lost else "http_error"


FORM = "application/x-www-form-urlencoded"


def _event(payload: Json) -> tuple[str, str]:
    return json.dumps(payload), "application/json"


def _command(payload: Json) -> tuple[str, str]:
    return urlencode(payload), FORM


def _interaction(payload: Json) -> tuple[str, str]:
    return urlencode({"payload": json.dumps(payload)}), FORM


_ENCODED: dict[EnvelopeKind, Callable[[Json], tuple[str, str]]] = {
    "events_api": _event,
    "slash_commands": _command,
    "interactive": _interaction,
}
