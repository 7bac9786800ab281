"""The counterpart on free ports of this machine: the connector, keys, and sign-in over HTTPS.

Keys and sign-in are asked for by libraries that hold up whoever asks, so that they are served from
threads of their own: a bot that runs in the same loop as the test would wait for itself.
"""

import asyncio
import contextlib
import socket
import tempfile
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.serving import STARTED_WITHIN, Quiet, drop, listening, quiet_config
from tests.teams.certificates import authority
from tests.teams.connector import Connector
from tests.teams.core import Core
from tests.teams.tokens import ISSUER, SERVICE_KID, key_set, service_key

REGION = "/emea"
"""The connector is under a path of the service URL, as Microsoft's is."""


@asynccontextmanager
async def serving(core: Core) -> AsyncGenerator[None]:
    """Serve, with the addresses set in `core`, until the end."""
    ca, own = authority()
    with tempfile.TemporaryDirectory(prefix="teams-counterpart-") as folder:
        at = Path(folder)
        for name, content in {
            "ca.pem": ca.certificate,
            "server.pem": own.certificate,
            "server.key": own.key,
        }.items():
            (at / name).write_bytes(content)
        core.ca_file = str(at / "ca.pem")
        tls = {"ssl_certfile": str(at / "server.pem"), "ssl_keyfile": str(at / "server.key")}
        apps = ((Starlette(routes=core.sign_in.routes()), tls), (_keys(core), {}))
        with apart(*apps) as ((secure, keys), ends):
            core.keys_base = f"http://127.0.0.1:{keys}"
            core.sign_in.base = core.entry.login = f"https://127.0.0.1:{secure}"
            connector = Starlette(routes=Connector(core).routes(REGION))
            async with listening(connector) as (port, server):
                core.base = f"http://127.0.0.1:{port}"
                core.service_url = core.entry.service_url = f"{core.base}{REGION}/"
                core.drop = lambda address: drop(server, address)
                try:
                    yield
                finally:
                    ends()


def _keys(core: Core) -> Starlette:
    async def metadata(request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": ISSUER,
                "jwks_uri": f"{request.base_url}v1/.well-known/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            }
        )

    async def keys(request: Request) -> Response:
        core.keys_fetched += 1
        return JSONResponse(key_set(service_key(), SERVICE_KID))

    return Starlette(
        routes=[
            Route("/v1/.well-known/openidconfiguration", metadata),
            Route("/v1/.well-known/keys", keys),
        ]
    )


@contextlib.contextmanager
def apart(
    *apps: tuple[Any, dict[str, str]],
) -> Generator[tuple[list[int], Callable[[], None]]]:
    """Serve applications, each on a free port, from a thread, until the end.

    The ports, and what lets it begin to end while something else ends.
    """
    alone: dict[str, Any] = {"headers": [("connection", "close")]}
    servers = [Quiet(quiet_config(app, **alone, **more)) for app, more in apps]
    socks = [socket.create_server(("127.0.0.1", 0)) for _ in apps]

    async def serve() -> None:
        both = zip(servers, socks, strict=True)
        await asyncio.gather(*(server.serve([sock]) for server, sock in both))

    def ends() -> None:
        for server in servers:
            server.should_exit = server.force_exit = True

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    try:
        yield [sock.getsockname()[1] for sock in socks], ends
    finally:
        ends()
        thread.join(STARTED_WITHIN)
        for sock in socks:
            sock.close()
