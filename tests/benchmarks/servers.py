"""Servers, each in a process of its own."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

SERVE = ("-c", "from handlers.cli import main; main()", "serve")
"""The bot itself, as `serving` starts it."""


@asynccontextmanager
async def serving(*command: str, **environment: str) -> AsyncGenerator[str]:
    """A server in a process of its own; the address it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        line = (await process.stdout.readline()).decode()
        assert ": http" in line, f"{command} did not start"
        yield line.split(": ", 1)[1].strip()
    finally:
        process.terminate()
        await process.wait()


def serve_bare(app: FastAPI) -> None:
    """Serve a peer on a free port, as the bot is served; its address is printed at once."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=2_048)
    print(f"Bare: http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])
