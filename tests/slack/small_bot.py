"""A small bot on slack_bolt, so that the counterpart is tried with what real bots stand on."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.serving import Quiet
from tests.slack import Slack
from tests.slack.findings import Json


def plain(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def choice(label: str, value: str) -> Json:
    return {"text": plain(label), "value": value}


STATES = [choice("🟢 Följer plan", "on_track"), choice("🟡 Risk", "at_risk")]


def form(step: str = "one", **more: Any) -> Json:
    """A modal with a field of each common kind."""
    fields: dict[str, tuple[str, Json, bool]] = {
        "state": ("Läge", {"type": "radio_buttons", "options": STATES}, False),
        "words": ("Kommentar", {"type": "plain_text_input", "max_length": 50}, True),
        "day": ("Klart", {"type": "datepicker"}, True),
        "who": ("Vem", {"type": "external_select", "min_query_length": 0}, True),
        "sure": ("Säker", {"type": "checkboxes", "options": [choice("Ja", "yes")]}, True),
    }
    blocks = [
        {
            "type": "input",
            "block_id": f"{step}.{name}",
            "label": plain(label),
            "element": element | {"action_id": name},
            "optional": optional,
            "dispatch_action": name == "state",
        }
        for name, (label, element, optional) in fields.items()
    ]
    view = {"type": "modal", "callback_id": "form", "title": plain("Rapport")}
    return view | {"submit": plain("Skicka"), "blocks": blocks, **more}


def buttons(*labels: str) -> list[Json]:
    elements = [
        {"type": "button", "text": plain(each), "action_id": f"press.{at}", "value": each}
        for at, each in enumerate(labels)
    ]
    return [{"type": "actions", "block_id": "b", "elements": elements}]


async def refusal(call: Awaitable[object]) -> str:
    """The error code of a call that is refused."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response["error"]


class SmallBot:
    """What it heard, and a few things that it does."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.heard: list[Json] = []
        self.submitted: list[Json] = []
        self.answer: Json = {}
        self.slow = 0.0
        self.client: Any = AsyncWebClient(slack.bot_token, slack.api_url)
        self.app = AsyncApp(
            client=self.client,
            signing_secret=slack.signing_secret,
            process_before_response=True,
        )
        self._listens()

    def _listens(self) -> None:
        app = self.app

        async def command(ack: Any, body: Json, client: AsyncWebClient) -> None:
            self.heard.append(body)
            await asyncio.sleep(self.slow)
            if body["text"] == "form":
                await client.views_open(trigger_id=body["trigger_id"], view=form())
                await ack()
            else:
                await ack(f"Tack för {body['text']}")

        async def event(body: Json) -> None:
            self.heard.append(body["event"])
            await asyncio.sleep(self.slow)

        async def action(ack: Any, body: Json) -> None:
            self.heard.append(body)
            await ack()

        async def submit(ack: Any, body: Json) -> None:
            self.submitted.append(body["view"]["state"]["values"])
            await ack(**self.answer)

        async def people(ack: Any, body: Json) -> None:
            names = ["Anna Ek", "Bo Åberg"]
            found = [name for name in names if body["value"].lower() in name.lower()]
            await ack(options=[choice(name, name.split()[0].lower()) for name in found])

        async def shortcut(ack: Any, body: Json) -> None:
            self.heard.append(body)
            await ack()

        app.command("/rapport")(command)
        app.event("message")(event)
        app.event({"type": "message", "subtype": "message_changed"})(event)
        app.event({"type": "message", "subtype": "message_deleted"})(event)
        app.event("app_mention")(event)
        for name in ("app_home_opened", "member_joined_channel", "channel_left", "group_left"):
            app.event(name)(event)
        for name in ("member_left_channel", "channel_rename", "channel_archive", "user_change"):
            app.event(name)(event)
        for name in ("app_uninstalled", "tokens_revoked"):
            app.event(name)(event)
        app.action({"action_id": re.compile(".*")})(action)
        app.view("form")(submit)
        app.view_closed("form")(shortcut)
        app.options("who")(people)
        app.shortcut("shortcut.report")(shortcut)
        app.shortcut("message.need")(shortcut)

    @asynccontextmanager
    async def on_http(self) -> AsyncGenerator[None]:
        """Listen to signed requests."""
        handler = AsyncSlackRequestHandler(self.app)

        async def take(request: Request) -> Response:
            return await handler.handle(request)

        web = Starlette(routes=[Route("/slack/events", take, methods=["POST"])])
        listening = socket.create_server(("127.0.0.1", 0))
        server = Quiet(uvicorn.Config(web, log_level="critical", lifespan="off"))
        running = asyncio.create_task(server.serve([listening]))
        self.slack.events_url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
        try:
            yield
        finally:
            server.should_exit = server.force_exit = True
            await running

    @asynccontextmanager
    async def on_sockets(self) -> AsyncGenerator[None]:
        """Listen through a socket."""
        self.slack.events_url = None
        handler = AsyncSocketModeHandler(
            self.app, self.slack.app_token, web_client=self.client, ping_interval=0.2
        )
        await handler.connect_async()
        await self.slack.connected()
        try:
            yield
        finally:
            with contextlib.suppress(ConnectionError):
                await handler.close_async()
