"""The Web API's door: arguments, tokens, scopes, trouble, and the record of each call."""

import asyncio
import json
import time
from email.utils import formatdate
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tests.slack import responding
from tests.slack.core import Call, Core, SlackError, Switchboard
from tests.slack.findings import Json
from tests.slack.trouble import Fault
from tests.slack.web_api import METHODS
from tests.slack.web_api.asked import Asked
from tests.slack.web_api.auth import APP_METHODS

STRUCTURED = {"blocks", "view", "metadata", "attachments", "files"}
"""Arguments that are JSON also when they come in a form."""

RESPONSE_URL = "response_url"


async def arguments(request: Request) -> Json:
    """What was asked, from the address, a form or JSON."""
    found: Json = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        body: Any = json.loads(await request.body() or b"{}")
        found |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        form = await request.form()
        found |= {key: value for key, value in form.items() if isinstance(value, str)}
    for name in STRUCTURED & set(found):
        if isinstance(found[name], str):
            found[name] = _decoded(name, found[name])
    return {key: value for key, value in found.items() if value is not None}


def _decoded(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SlackError(
            "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        ) from error


async def call(board: Switchboard, request: Request) -> Response:
    """Answer one call of the Web API."""
    method = request.path_params["method"]
    try:
        args = await arguments(request)
    except SlackError as error:
        return _answered(board, None, Call(method, {}, time.time(), _refusal(error)))
    given = request.headers.get("authorization", "")
    token = given.removeprefix("Bearer ") if given.startswith("Bearer ") else ""
    token = token or str(args.pop("token", ""))
    if given.startswith("Basic "):
        args["authorization"] = given
    core = board.core_of(token)
    team = core.space.team_id if core else ""

    def answered(answer: Json, status: int = 200, **headers: str) -> Response:
        made = Call(method, args, time.time(), answer, status, team)
        return _answered(board, core, made, headers)

    fault = board.trouble.next_fault(method, args)
    if fault and (fault.status or fault.error):
        wait = {"Retry-After": str(int(fault.retry_after + 0.999))} if fault.retry_after else {}
        code = "ratelimited" if fault.status == 429 else fault.error or "internal_error"
        return answered({"ok": False, "error": code}, fault.status or 200, **wait)
    waits = board.trouble.throttle(method, team, args)
    if waits:
        wait = {"Retry-After": str(max(1, int(waits + 0.999)))}
        return answered({"ok": False, "error": "ratelimited"}, 429, **wait)
    try:
        answer = {"ok": True} | _answer(board, core, method, token, args)
    except SlackError as error:
        answer = _refusal(error)
    return await _troubled(request, fault, answered(answer))


async def respond(board: Switchboard, request: Request) -> Response:
    """Take a post to a `response_url`; faults and the record know it by that name."""
    key, answer = request.path_params["key"], await request.json()
    where = board.response_urls.get(key)
    place = {"channel": where.channel} if where else {}
    team = where.core.space.team_id if where else ""
    fault = board.trouble.next_fault(RESPONSE_URL, place)
    if fault and (fault.status or fault.error):
        status, words = fault.status or 400, fault.error or "internal_error"
    else:
        status, words = responding.take(board, key, answer)
    made = {"ok": status == 200, "body": words}
    board.calls.append(Call(RESPONSE_URL, place | answer, time.time(), made, status, team))
    return await _troubled(request, fault, PlainTextResponse(words, status))


async def _troubled(request: Request, fault: Fault | None, answer: Response) -> Response:
    if fault is None:
        return answer
    if fault.hold:
        await asyncio.sleep(fault.hold)
    if fault.lost == "dropped":
        request.app.state.drop(request.client)
    if fault.lost:
        return JSONResponse({"ok": False, "error": "internal_error"}, 500)
    return answer


def _answer(board: Switchboard, core: Core | None, method: str, token: str, args: Json) -> Json:
    if method in APP_METHODS:
        wanted = APP_METHODS[method]
        if wanted.token == "app":
            if not token:
                raise SlackError("not_authed")
            if token != board.app_token:
                raise SlackError("not_allowed_token_type" if core else "invalid_auth")
        return wanted.answer(board, args)
    if method not in METHODS:
        raise SlackError("unknown_method", req_method=method)
    if not token:
        raise SlackError("not_authed")
    if token == board.app_token:
        raise SlackError("not_allowed_token_type")
    if core is None:
        raise SlackError("invalid_auth")
    if not core.space.installed:
        raise SlackError("account_inactive")
    if token in core.space.revoked:
        raise SlackError("token_revoked")
    asked = Asked(core, args, token)
    if METHODS[method].scopes:
        asked.needs(*METHODS[method].scopes)
    return METHODS[method].answer(asked)


def _refusal(error: SlackError) -> Json:
    return {"ok": False, "error": error.error, **error.more}


def _answered(
    board: Switchboard, core: Core | None, made: Call, more: dict[str, str] | None = None
) -> Response:
    board.calls.append(made)
    headers = {"Date": formatdate(time.time() + board.clock_ahead, usegmt=True), **(more or {})}
    if core:
        headers["x-oauth-scopes"] = ",".join(sorted(core.space.scopes))
    if made.method in METHODS:
        headers["x-accepted-oauth-scopes"] = ",".join(METHODS[made.method].scopes)
    return JSONResponse(made.answer, made.status, headers)
