"""A small bot on Microsoft's SDK, so that the counterpart is tried with what real bots stand on."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msal
from fastapi import FastAPI
from microsoft_teams.api import MessageActivityInput
from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides

from handlers.teams.sdk import App
from tests.serving import listening
from tests.teams import Teams, Tenant
from tests.teams.findings import Json
from tests.teams.world import CARD

SDK_WARNS = "ignore:The bot client is deprecated:DeprecationWarning"
"""For pytest's `filterwarnings`: the SDK uses what it has deprecated itself, at each activity."""

SCOPE = "https://api.botframework.com/.default"


def card(*body: Json, **more: Any) -> Json:
    """A card with those elements."""
    head = {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "Ett kort"}
    return {**head, "body": list(body), **more}


def text(words: str, **more: Any) -> Json:
    """A line of a card."""
    return {"type": "TextBlock", "text": words, "wrap": True, **more}


def button(title: str, verb: str = "press", **data: Any) -> Json:
    """A button that tells the bot."""
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data}


def row(*actions: Json) -> Json:
    """Buttons beside each other."""
    return {"type": "ActionSet", "actions": list(actions)}


def form(**values: str) -> Json:
    """A card with a field of each common kind."""
    states = [{"title": "🟢 Följer plan", "value": "on"}, {"title": "🟡 Risk", "value": "at_risk"}]
    query = {"type": "Data.Query", "dataset": "person"}
    fields: list[Json] = [
        {"type": "Input.ChoiceSet", "id": "f.state", "label": "Läge", "choices": states},
        {"type": "Input.Text", "id": "f.words", "label": "Ord", "maxLength": 50},
        {"type": "Input.Date", "id": "f.day", "label": "Klart"},
        {
            **{"type": "Input.ChoiceSet", "id": "f.who", "label": "Vem", "choices": []},
            **{"style": "filtered", "choices.data": query},
        },
        {
            **{"type": "Input.ChoiceSet", "id": "f.many", "label": "Var", "isMultiSelect": True},
            "choices": [{"title": each, "value": each[:1]} for each in ("Hjo", "Skövde", "Tibro")],
        },
        {"type": "Input.Toggle", "id": "f.sure", "label": "Säker", "title": "Ja"},
    ]
    for field in fields:
        if field["id"] in values:
            field["value"] = values[field["id"]]
    return card(text("Rapport"), *fields, row(button("Skicka", "form", step="1"), button("Avbryt")))


def message(content: Json, summary: str = "Ett kort") -> MessageActivityInput:
    """A card as it is posted."""
    return MessageActivityInput.model_validate(
        {
            "type": "message",
            "summary": summary,
            "attachments": [{"contentType": CARD, "content": content}],
        }
    )


def in_place(content: Json) -> Json:
    """The answer that replaces a card."""
    return {"statusCode": 200, "type": CARD, "value": content}


def words(said: str) -> Json:
    """The answer that is words."""
    kind = "application/vnd.microsoft.activity.message"
    return {"statusCode": 200, "type": kind, "value": said}


def offered(*names: str) -> Json:
    """The answer to a search."""
    results = [{"title": name, "value": name.split()[0].lower()} for name in names]
    kind = "application/vnd.microsoft.search.searchResponse"
    return {"statusCode": 200, "type": kind, "value": {"results": results}}


def dialog(content: Json) -> Json:
    """The answer that shows a card in a dialog."""
    attachment = {"contentType": CARD, "content": content}
    info = {"title": "Behov", "height": "medium", "width": "medium", "card": attachment}
    return {"task": {"type": "continue", "value": info}}


class SmallBot:
    """What it heard, what it answers to invokes by their name, and the SDK's App."""

    def __init__(self, teams: Teams, tenant: Tenant) -> None:
        # Warns when it is imported first; handlers.teams.sdk has done that.
        from microsoft_teams.apps import FastAPIAdapter

        self.teams, self.tenant = teams, tenant
        self.heard: list[Json] = []
        self.answers: dict[str, Json] = {}
        self.slow = 0.0
        self.web = FastAPI()
        self._entra: Any = None
        self.app = App(
            client_id=tenant.app_id,
            tenant_id=tenant.id,
            token=self.token,
            cloud=with_overrides(PUBLIC, **teams.cloud),
            service_url=teams.service_url,
            http_server_adapter=FastAPIAdapter(self.web),
            messaging_endpoint="/teams/small/messages",
            fetch_user_token=False,
        )
        self.app.on_activity(self._hears)

    async def token(self, scope: str | list[str], tenant: str | None = None) -> str:
        """By msal, asked of the counterpart's sign-in."""
        answer = await asyncio.to_thread(self._asks, scope if isinstance(scope, str) else scope[0])
        return answer["access_token"]

    async def asks(self, credential: Any) -> Json:
        """What sign-in answers to a credential."""
        return await asyncio.to_thread(self._client(credential).acquire_token_for_client, [SCOPE])

    def heard_of(self, kind: str) -> list[Json]:
        """The activities of a type, or the invokes of a name, in order."""
        return [each for each in self.heard if kind in (each["type"], each.get("name"))]

    @property
    def api(self) -> Any:
        """The SDK's client of the connector's conversations."""
        return self.app.api.conversations

    @asynccontextmanager
    async def on_http(self) -> AsyncGenerator[None]:
        """Listen, where the tenant then finds it."""
        await self.app.initialize()
        async with listening(self.web) as (port, _):
            self.tenant.endpoint = f"http://127.0.0.1:{port}/teams/small/messages"
            try:
                yield
            finally:
                await self.app.api.http.http.aclose()

    async def _hears(self, ctx: Any) -> Any:
        heard: Json = ctx.activity.model_dump(by_alias=True, exclude_none=True, mode="json")
        self.heard.append(heard)
        await asyncio.sleep(self.slow)
        return self.answers.get(heard.get("name", ""))

    def _asks(self, scope: str) -> Json:
        self._entra = self._entra or self._client(self.tenant.secret)
        return self._entra.acquire_token_for_client([scope])

    def _client(self, credential: Any) -> Any:
        library: Any = msal
        return library.ConfidentialClientApplication(
            self.tenant.app_id,
            client_credential=credential,
            authority=f"{self.teams.cloud['login_endpoint']}/{self.tenant.id}",
            instance_discovery=False,
        )
