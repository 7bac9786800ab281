"""Socket Mode: connections, envelopes and their acknowledgements."""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.slack.acknowledged import Acked
from tests.slack.findings import Json

EnvelopeKind = Literal["events_api", "slash_commands", "interactive"]
DEBUG_HOST = "applink-counterpart"


@dataclass(eq=False)
class Connection:
    """One open WebSocket, and the envelopes on it that wait for their acknowledgement."""

    socket: WebSocket
    waiting: dict[str, asyncio.Future[Json]] = field(
        default_factory=dict[str, asyncio.Future[Json]]
    )

    def lose(self) -> None:
        """Tell all who wait that the connection is gone."""
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the socket was closed"))


class Sockets:
    """The app's connections. An envelope goes to one of them, as with Slack."""

    def __init__(self, app_id: str) -> None:
        self.app_id = app_id
        self.tickets: set[str] = set()
        self.connections: list[Connection] = []
        self.envelopes: list[Json] = []
        self._open = asyncio.Event()
        self._turn = count()

    def new_ticket(self) -> str:
        """What a connection is opened with, once."""
        ticket = secrets.token_hex(8)
        self.tickets.add(ticket)
        return ticket

    async def until_connected(self, within: float) -> bool:
        """Whether there is a connection, now or `within` seconds."""
        try:
            async with asyncio.timeout(within):
                await self._open.wait()
        except TimeoutError:
            return False
        return True

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from hello to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self.tickets:
            await socket.close(4401)
            return
        self.tickets.discard(ticket)
        await socket.accept()
        connection = Connection(socket)
        await socket.send_json(self._hello(len(self.connections) + 1))
        self.connections.append(connection)
        self._open.set()
        try:
            while True:
                await self._take(connection, await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self.forget(connection)

    def forget(self, connection: Connection) -> None:
        """The connection is no more."""
        if connection in self.connections:
            self.connections.remove(connection)
        if not self.connections:
            self._open.clear()
        connection.lose()

    async def say_goodbye(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to be replaced, as Slack does now and then."""
        for connection in list(self.connections):
            debug = {"host": DEBUG_HOST}
            await connection.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": debug}
            )

    async def send(
        self, kind: EnvelopeKind, payload: Json, *, within: float, attempt: int, reason: str
    ) -> Acked:
        """Send an envelope and wait for its acknowledgement."""
        began = time.monotonic()
        if not self.connections:
            return Acked(None, None, 0.0, lost=True)
        connection = self.connections[next(self._turn) % len(self.connections)]
        envelope: Json = {
            "envelope_id": secrets.token_hex(16),
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": payload,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        self.envelopes.append(envelope)
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = waiting
        try:
            await connection.socket.send_text(json.dumps(envelope))
            async with asyncio.timeout(within):
                answer = await waiting
        except TimeoutError:
            return Acked(None, None, time.monotonic() - began, timed_out=True)
        except (ConnectionError, RuntimeError, WebSocketDisconnect):
            return Acked(None, None, time.monotonic() - began, lost=True)
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)
        return Acked(200, answer.get("payload"), time.monotonic() - began)

    async def _take(self, connection: Connection, text: str) -> None:
        answer: Json = json.loads(text)
        waiting = connection.waiting.get(answer.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(answer)

    def _hello(self, number: int) -> Json:
        debug = {"host": DEBUG_HOST, "build_number": 1, "approximate_connection_time": 18_060}
        return {
            "type": "hello",
            "connection_info": {"app_id": self.app_id},
            "num_connections": number,
            "debug_info": debug,
        }
