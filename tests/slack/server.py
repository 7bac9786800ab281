"""The counterpart on a free port of this machine: Slack's HTTP addresses and its WebSocket."""

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from tests.serving import drop, listening
from tests.slack import dispatch
from tests.slack.core import Code, Core, Switchboard
from tests.slack.web_api import files


def new_code(core: Core, client_id: str, redirect_uri: str, scopes: set[str]) -> str:
    """A person's consent, to be changed into a token."""
    code = secrets.token_hex(12)
    core.board.codes[code] = Code(core, client_id, redirect_uri, scopes)
    return code


def application(board: Switchboard) -> Starlette:
    """Slack's addresses."""

    async def api(request: Request) -> Response:
        return await dispatch.call(board, request)

    async def respond(request: Request) -> Response:
        return await dispatch.respond(board, request)

    async def upload(request: Request) -> Response:
        content = await request.body()
        if not files.take(board, request.path_params["ticket"], content):
            return PlainTextResponse("not found", 404)
        return PlainTextResponse(f"OK - {len(content)}")

    async def authorize(request: Request) -> Response:
        return consent(board, request)

    async def link(websocket: WebSocket) -> None:
        await board.sockets.serve(websocket)

    return Starlette(
        routes=[
            Route("/api/{method}", api, methods=["GET", "POST"]),
            Route("/actions/{team}/{key}", respond, methods=["POST"]),
            Route("/commands/{team}/{key}", respond, methods=["POST"]),
            Route("/upload/v1/{ticket}", upload, methods=["POST"]),
            Route("/oauth/v2/authorize", authorize),
            WebSocketRoute("/link/", link),
        ]
    )


def consent(board: Switchboard, request: Request) -> Response:
    """The page where a person allows the app; here they do so at once.

    `team` chooses the workspace, the first one otherwise. A workspace that is told to refuse
    answers as Slack does when the person says no.
    """
    asked = request.query_params
    if asked.get("client_id") != board.client_id:
        return JSONResponse({"ok": False, "error": "invalid_client_id"}, 400)
    first = next(iter(board.cores))
    core = board.cores.get(board.installs_in or asked.get("team") or first)
    back = asked.get("redirect_uri", "")
    if core is None or not back:
        return JSONResponse({"ok": False, "error": "invalid_team_for_non_distributed_app"}, 400)
    answer = {"state": asked.get("state", "")}
    if board.consents:
        scopes = set(asked.get("scope", "").split(",")) - {""}
        answer["code"] = new_code(core, board.client_id, back, scopes)
    else:
        answer["error"] = "access_denied"
    return RedirectResponse(f"{back}{'&' if '?' in back else '?'}{urlencode(answer)}", 302)


@asynccontextmanager
async def serving(board: Switchboard) -> AsyncGenerator[None]:
    """Serve, with `board.base` set to the address, until the end."""
    app = application(board)
    async with listening(app, ws="websockets-sansio", date_header=False) as (port, server):
        app.state.drop = lambda address: drop(server, address)
        board.drop = app.state.drop
        board.base = f"http://127.0.0.1:{port}"
        yield
