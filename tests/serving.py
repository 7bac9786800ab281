"""Servers of counterparts: on free ports, in the tests' own loop, cut off at the end."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.datastructures import Address

STARTED_WITHIN = 20.0


class Quiet(uvicorn.Server):
    """A server that leaves the signals to whoever runs the tests."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def quiet_config(app: Any, **more: Any) -> uvicorn.Config:
    """How such a server is set up."""
    return uvicorn.Config(app, log_level="critical", lifespan="off", server_header=False, **more)


@asynccontextmanager
async def listening(app: Any, **more: Any) -> AsyncGenerator[tuple[int, uvicorn.Server]]:
    """Serve an application on a free port, until the end."""
    server = Quiet(quiet_config(app, **more))
    sock = socket.create_server(("127.0.0.1", 0))
    running = asyncio.create_task(server.serve([sock]))
    async with asyncio.timeout(STARTED_WITHIN):
        while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.005)
    try:
        yield sock.getsockname()[1], server
    finally:
        for connection in list(server.server_state.connections):
            _transport(connection).abort()
        server.should_exit = server.force_exit = True
        await running


def drop(server: uvicorn.Server, address: Address | None) -> None:
    """Break off the connection with a client, as a network does."""
    for connection in list(server.server_state.connections):
        transport = _transport(connection)
        if transport.get_extra_info("peername") == (address and (address.host, address.port)):
            transport.abort()


def _transport(connection: Any) -> asyncio.Transport:
    return connection.transport
