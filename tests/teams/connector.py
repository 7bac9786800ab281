"""The connector's door: tokens, trouble, and the record of each call."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.teams import conversing, roster
from tests.teams.core import Call, Core
from tests.teams.findings import Json
from tests.teams.refusal import Refusal
from tests.teams.trouble import Fault, Method
from tests.teams.world import Tenant

Answering = Callable[[Core, Tenant, Json], Any]

ANSWERS: dict[Method, tuple[Answering, int]] = {
    "create": (conversing.create, 201),
    "send": (conversing.send, 201),
    "update": (conversing.update, 200),
    "delete": (conversing.delete, 200),
    "member": (roster.member, 200),
    "members": (roster.members, 200),
    "everybody": (roster.everybody, 200),
    "team": (roster.team, 200),
    "channels": (roster.channels, 200),
}

MESSAGES = {
    400: "BadArgument",
    401: "Unauthorized",
    403: "BotNotInConversationRoster",
    404: "ConversationNotFound",
    412: "PreconditionFailed",
    413: "MessageSizeTooBig",
    429: "TooManyRequests",
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
}
"""learn.microsoft.com: Send and receive messages, "Status code responses"."""


class Connector:
    """Answers what bots ask over HTTP."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def routes(self, under: str) -> list[Route]:
        """The addresses, under a path."""
        here = f"{under}/v3/conversations/{{conversation}}"
        teams = f"{under}/v3/teams/{{team}}"
        table: list[tuple[str, str, Method]] = [
            (f"{under}/v3/conversations", "POST", "create"),
            (f"{here}/activities", "POST", "send"),
            (f"{here}/activities/{{activity}}", "POST", "send"),
            (f"{here}/activities/{{activity}}", "PUT", "update"),
            (f"{here}/activities/{{activity}}", "DELETE", "delete"),
            (f"{here}/members/{{member}}", "GET", "member"),
            (f"{here}/members", "GET", "everybody"),
            (f"{here}/pagedmembers", "GET", "members"),
            (f"{here}/pagedMembers", "GET", "members"),
            (teams, "GET", "team"),
            (f"{teams}/conversations", "GET", "channels"),
        ]
        return [Route(path, self._endpoint(method), methods=[verb]) for path, verb, method in table]

    def _endpoint(self, method: Method) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            self.core.answering += 1
            try:
                return await self._call(method, request)
            finally:
                self.core.answering -= 1

        return answer

    async def _call(self, method: Method, request: Request) -> Response:
        core, named = self.core, request.path_params
        conversation = str(named.get("conversation") or named.get("team") or "")
        own = conversation.partition(";")[0]
        said = core.sign_in.bearer(request.headers.get("authorization", ""))
        app_id = said["appid"] if said else ""
        try:
            body: Any = json.loads(await request.body() or b"{}")
        except json.JSONDecodeError:
            body = None

        def answered(status: int, answer: Any, **headers: str) -> Response:
            query = dict(request.query_params)
            made = Call(method, conversation, body, status, answer, time.time(), app_id, query)
            core.calls.append(made)
            return JSONResponse(answer, status, headers)

        fault = core.trouble.next_fault(method, own)
        if fault and fault.status:
            wait = {"Retry-After": _whole(fault.retry_after)} if fault.retry_after else {}
            code = fault.code or MESSAGES.get(fault.status, "ServiceError")
            return answered(fault.status, _error(code, code), **wait)
        tenant = next((one for one in core.tenants if one.app_id == app_id), None)
        if said is None or tenant is None or said["tid"] != tenant.id:
            return answered(401, _error("Unauthorized", "Authorization has been denied."))
        if not isinstance(body, dict):
            return answered(400, _error("BadSyntax", "Invalid JSON."))
        waits = core.trouble.throttle(app_id, own or str(body.get("members")), method)
        if waits:
            wait = {"Retry-After": _whole(waits)}
            return answered(429, _error("TooManyRequests", "Too many requests."), **wait)
        answering, status = ANSWERS[method]
        try:
            asked = {"body": body, **named, **dict(request.query_params)}
            answer = answered(status, answering(core, tenant, asked))
        except Refusal as refusal:
            answer = answered(refusal.status, _error(refusal.code, refusal.says))
        return await self._troubled(request, fault, answer)

    async def _troubled(self, request: Request, fault: Fault | None, answer: Response) -> Response:
        if fault is None:
            return answer
        if fault.hold:
            await asyncio.sleep(fault.hold)
        if fault.lost == "dropped":
            self.core.drop(request.client)
        if fault.lost:
            return JSONResponse(_error("ServiceError", "An error occurred."), 500)
        return answer


def _error(code: str, says: str) -> Json:
    return {"error": {"code": code, "message": says}}


def _whole(seconds: float) -> str:
    return str(max(1, int(seconds + 0.999)))
