"""Listening for people: the server, its port, and a clean end."""

import errno
import gc
import signal
import socket
import sys
import webbrowser
from os import environ
from typing import Any

import uvicorn

from bot.clock import Clock
from bot.language import _
from bot.settings import Settings
from handlers.app import Samspel
from storage.database import Database

PORTS_TRIED = 20


class PortTaken(Exception):
    """Somebody else listens there; the message says what to do."""


def listening_socket(host: str, port: int, *, or_next: bool) -> socket.socket:
    """A socket that listens at `host` and `port`, or at the next free port.

    PortTaken when none is free.
    """
    candidates = range(port, port + PORTS_TRIED) if or_next and port else (port,)
    for candidate in candidates:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Named TCP, or asyncio leaves Nagle's delay on: 40 ms for each answer that has a body.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
        except OSError as error:
            listening.close()
            if error.errno == errno.EADDRINUSE:
                continue
            raise PortTaken(
                _(
                    "Det går inte att lyssna på {host}:{port} ({error}). "
                    "Välj en annan adress med SAMSPEL_HOST och SAMSPEL_PORT.",
                    host=host,
                    port=candidate,
                    error=error.strerror,
                )
            ) from error
        listening.listen(2_048)
        return listening
    raise PortTaken(_("Port {port} är upptagen. Välj en annan med SAMSPEL_PORT=8001.", port=port))


class _Server(uvicorn.Server):
    """Says when it is ready, and lets go of open pages before it waits for them."""

    def __init__(self, config: uvicorn.Config, samspel: Samspel, url: str, browse: bool) -> None:
        super().__init__(config)
        self._samspel, self._url, self._browse = samspel, url, browse

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say where."""
        await super().startup(sockets)
        if self.should_exit:
            return
        print(f"Samspel: {self._url}", flush=True)
        if self._browse:
            webbrowser.open(self._url)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the live streams first, since a server waits for what is open."""
        self._samspel.site.live.close()
        await super().shutdown(sockets)


def look_for_cycles_seldom() -> None:
    """Let Python look for what only refers to itself when much has come, not for each question.

    A look through everything holds all answers up: 0.3 seconds with a plan of 10,000 activities.
    """
    gc.set_threshold(20_000, 20, 10)


async def serve(
    settings: Settings,
    database: Database,
    clock: Clock,
    listening: socket.socket,
    *,
    browse: bool = False,
) -> None:
    """Serve until told to stop. `browse` opens the page where there is a screen."""
    look_for_cycles_seldom()
    samspel = Samspel(settings, database, clock)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    shown = "localhost" if shown in ("127.0.0.1", "[::1]", "0.0.0.0", "[::]") else shown  # noqa: S104
    options: dict[str, Any] = {"log_config": None, "access_log": False, "server_header": False}
    config = uvicorn.Config(
        samspel.app(), timeout_graceful_shutdown=10, proxy_headers=False, **options
    )
    url = settings.public_url or f"http://{shown}:{port}"
    server = _Server(config, samspel, url, browse and _has_screen())
    for each in (signal.SIGINT, signal.SIGTERM):
        # The server hears them itself, and raises them again when it has ended: the rest of a
        # clean end must not be cut short by that.
        signal.signal(each, signal.SIG_IGN)
    await server.serve(sockets=[listening])
    if not server.started:
        raise SystemExit(3)


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(
        environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    )
