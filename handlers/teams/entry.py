"""Teams' way in: judged at the gate, sorted by the SDK, handed to those who answer it.

Once somebody is let in, whatever they bring is answered with success: Teams brings nothing again,
and stops bringing anything to those who answer with errors.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import structlog
from fastapi import APIRouter, Request
from microsoft_teams.api import (
    AdaptiveCardInvokeActivity,
    ConversationUpdateActivity,
    InstalledActivity,
    InvokeResponse,
    JsonWebToken,
    MessageActivity,
    MessageDeleteActivity,
    MessageExtensionFetchTaskInvokeActivity,
    MessageExtensionSubmitActionInvokeActivity,
    MessageUpdateActivity,
    SearchInvokeActivity,
    TokenProtocol,
    UninstalledActivity,
)
from microsoft_teams.api.auth.caller import CallerType
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response

from bot.language import _
from handlers.payload import Payload, word
from handlers.teams import comings, dialogs, lines, presses
from handlers.teams.answers import Body, in_words, suggestions
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.gate import Gate, NotAdmitted
from handlers.teams.ids import messages_path
from handlers.teams.sdk import ActivityContext, ActivityEvent, App, CoreActivity
from handlers.teams.translate import Unreadable, searched, sender_of

log = structlog.get_logger(__name__)

LARGEST_BODY = 1024 * 1024
"""Bytes: a form with forty long texts, or a long message with its markup."""

KINDS = {
    "message",
    "messageUpdate",
    "messageDelete",
    "conversationUpdate",
    "installationUpdate",
    "invoke",
}
CARD_ACTION = "adaptiveCard/action"
INVOKES = {
    CARD_ACTION,
    "application/search",
    "composeExtension/fetchTask",
    "composeExtension/submitAction",
}
SEARCHES = ("person", "activity")


@dataclass(frozen=True)
class Nobody:
    """In the place of a token, where anybody is let in."""

    service_url: str
    app_id: str = ""
    app_display_name: str | None = None
    tenant_id: str | None = None
    from_: CallerType = "azure"
    from_id: str = ""
    expiration: int | None = None

    def is_expired(self, buffer_ms: int = 0) -> bool:
        """Never."""
        return False


def teams_route(gate: Gate, app: App) -> APIRouter:
    """Where Teams sends what happens in one tenant."""
    router = APIRouter(include_in_schema=False)

    @router.post(messages_path(gate.connection.name))
    async def messages(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        try:
            gate.shown(request.headers)
        except NotAdmitted as refused:
            return _refused(gate, refused)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            read: object = json.loads(bytes(body))
        except (ValueError, RecursionError):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        if not isinstance(read, dict):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        activity = cast(Payload, read)
        try:
            token = await gate.admit(request.headers, activity)
        except NotAdmitted as refused:
            return _refused(gate, refused)
        return await _taken_in(app, activity, token)

    return router


def _refused(gate: Gate, refused: NotAdmitted) -> Response:
    log.warning("teams_refused", connection=gate.connection.name, why=refused.why)
    return Response(status_code=refused.status)


async def _taken_in(app: App, activity: Payload, token: str) -> Response:
    """The answer of whoever it is for; what nobody knows is only logged."""
    kind, name = word(activity, "type"), word(activity, "name")
    if kind not in KINDS or (kind == "invoke" and name not in INVOKES):
        log.info("teams_unused", kind=kind[:40], name=name[:60])
        return Response()
    shown: TokenProtocol = (
        JsonWebToken(value=token) if token else Nobody(word(activity, "serviceUrl"))
    )
    on_request = app.server.on_request
    assert on_request is not None
    try:
        core = CoreActivity.model_validate(activity)
        answer = await on_request(ActivityEvent(body=core, token=shown))
    except (ValidationError, Unreadable) as error:
        log.info("teams_unreadable", kind=kind, error=type(error).__name__)
        return JSONResponse(_not_now()) if name == CARD_ACTION else Response()
    except Exception as error:
        # Never the exception's words: they may hold what people wrote.
        log.error("teams_not_taken_in", kind=kind, error=type(error).__name__)  # noqa: TRY400
        return JSONResponse(_not_now()) if name == CARD_ACTION else Response()
    return _answered(answer)


def _not_now() -> Body:
    return in_words(_("Det gick inte just nu, och inget är ändrat. Försök igen om en stund."))


def _answered(answer: InvokeResponse[Any]) -> Response:
    body: object = answer.body
    return JSONResponse(body) if body is not None else Response()


def answer_by(app: App, desk: Desk, connector: Connector) -> None:
    """Have the SDK hand what comes in to those who answer it."""

    @app.on_message
    async def on_message(ctx: ActivityContext[MessageActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        await lines.said(desk, connector, ctx.activity)

    @app.on_message_update
    async def on_update(ctx: ActivityContext[MessageUpdateActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        await lines.changed(desk, connector, ctx.activity)

    @app.on_message_delete
    async def on_delete(ctx: ActivityContext[MessageDeleteActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        await lines.deleted(desk, connector, ctx.activity)

    @app.on_install_add
    async def on_add(ctx: ActivityContext[InstalledActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        await comings.installation(desk, connector, ctx.activity)

    @app.on_install_remove
    async def on_remove(ctx: ActivityContext[UninstalledActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        await comings.installation(desk, connector, ctx.activity)

    @app.on_conversation_update
    async def on_conversation(ctx: ActivityContext[ConversationUpdateActivity]) -> None:  # pyright: ignore[reportUnusedFunction]
        await comings.conversation(desk, connector, ctx.activity)

    _answer_invokes(app, desk, connector)


def _answer_invokes(app: App, desk: Desk, connector: Connector) -> None:
    @app.on_card_action
    async def on_act(ctx: ActivityContext[AdaptiveCardInvokeActivity]) -> InvokeResponse[Any]:  # pyright: ignore[reportUnusedFunction]
        return _invoked(await presses.acted(desk, connector, ctx.activity))

    @app.on_card_search
    async def on_search(ctx: ActivityContext[SearchInvokeActivity]) -> InvokeResponse[Any]:  # pyright: ignore[reportUnusedFunction]
        return _invoked(await _suggested(desk, connector, ctx.activity))

    @app.on_message_ext_open
    async def on_open(  # pyright: ignore[reportUnusedFunction]
        ctx: ActivityContext[MessageExtensionFetchTaskInvokeActivity],
    ) -> InvokeResponse[Any]:
        return _invoked(await dialogs.opened(desk, connector, ctx.activity))

    @app.on_message_ext_submit
    async def on_submit(  # pyright: ignore[reportUnusedFunction]
        ctx: ActivityContext[MessageExtensionSubmitActionInvokeActivity],
    ) -> InvokeResponse[Any]:
        return _invoked(await dialogs.sent(desk, connector, ctx.activity))


def _invoked(body: Body) -> InvokeResponse[Any]:
    return InvokeResponse[Any](status=200, body=body)


async def _suggested(desk: Desk, connector: Connector, activity: SearchInvokeActivity) -> Body:
    """Suggestions for a search field; none when it takes too long, and the person types on."""
    value: Mapping[str, Any] = activity.value.model_dump(by_alias=True)
    among, words = word(value, "dataset"), word(value, "queryText")
    if among not in SEARCHES:
        return suggestions(())
    sender = sender_of(activity, connector.connection)
    event = searched(sender, among, words)
    task = await desk.patience.within(desk.options(sender, event))
    return suggestions(task.result() if task.done() else ())
