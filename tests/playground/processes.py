"""Programs that run beside the tests: started with a clean environment, ended with the block."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.end_to_end.checkout import as_at_home
from tests.patience import until

STARTING = 120.0
"""Seconds that a program has until it is ready: two cores may be busy with other tests."""

ENDING = 30.0


def free_port() -> int:
    """A port where nobody listened a moment ago, for programs that cannot choose one."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


class Program:
    """A program that runs, and what it has written to `log`."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process, self._log = process, log

    def said(self) -> str:
        """What it has written so far, with its errors."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def until(self, ready: Callable[[], Awaitable[bool]]) -> None:
        """Wait until it is `ready`; AssertionError with its words when it ends or never is."""

        async def or_ended() -> bool:
            assert self._process.returncode is None, f"it ended:\n{self.said()[-4_000:]}"
            return await ready()

        try:
            await until(or_ended, within=STARTING, every=0.1)
        except TimeoutError as error:
            raise AssertionError(f"never ready:\n{self.said()[-4_000:]}") from error

    async def end(self) -> None:
        """End it and what it started, kindly at first."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            if self._process.returncode is None:
                os.killpg(self._process.pid, how)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._process.wait(), ENDING)


@asynccontextmanager
async def running(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]
) -> AsyncGenerator[Program]:
    """The program in `folder`, without what these tests run in."""
    log = folder / f"{Path(command[0]).name}.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=as_at_home() | dict(environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    program = Program(process, log)
    try:
        yield program
    finally:
        await program.end()
