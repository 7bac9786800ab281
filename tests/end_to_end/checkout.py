"""A clean copy of the checkout in which somebody types `make start`, as on their own machine."""

import asyncio
import os
import shutil
import signal
import subprocess
from pathlib import Path

import psutil

from tests.house import HOUSE, files
from tests.patience import until

FIRST_TIME = 900.0
"""Seconds that a first start may take: it installs every package, perhaps over a slow network."""

NOT_THEIRS = ("SAMSPEL_", "MAKE", "MFLAGS", "PYTEST_", "PYTHON", "COV_")
DESKTOP = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "VIRTUAL_ENV"}


class Checkout:
    """The copy in `folder`, and what runs in it. `url` is where the running one was last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.folder.chmod(0o755)
        self.url = ""
        self._make: asyncio.subprocess.Process | None = None
        for path in files():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HOUSE / path, self.folder / path)

    async def start(self) -> None:
        """Type `make start` and wait until Samspel says where it is."""
        log = self.folder / "start.log"
        with log.open("wb") as output:
            self._make = await asyncio.create_subprocess_exec(
                "make",
                "start",
                cwd=self.folder,
                env=as_at_home(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

        async def told() -> bool:
            assert self._make is not None
            assert self._make.returncode is None, f"make start ended:\n{self.said()[-4_000:]}"
            return any(line.startswith("Samspel: http") for line in self.said().splitlines())

        await until(told, within=FIRST_TIME, every=0.1)
        self.url = self.said().split("Samspel: http", 1)[1].split()[0].join(("http", ""))

    def said(self) -> str:
        """What `make start` has written so far."""
        return (self.folder / "start.log").read_text(encoding="utf-8", errors="replace")

    async def press_ctrl_c(self) -> None:
        """What a terminal does: the signal goes to everything that was started from it."""
        assert self._make is not None
        os.killpg(self._make.pid, signal.SIGINT)
        await self._ended()

    async def terminate(self) -> None:
        """What a supervisor does: the signal goes to the command that it started."""
        assert self._make is not None
        if self._make.returncode is None:
            self._make.terminate()
            await self._ended()

    async def _ended(self) -> None:
        assert self._make is not None
        make = self._make

        async def nothing_left() -> bool:
            return make.returncode is not None and not self.running()

        try:
            await until(nothing_left, within=60, every=0.1)
        except TimeoutError as error:
            left = [" ".join(each.cmdline()) for each in self.running()]
            raise AssertionError(f"still running: {left}\n{self.said()[-4_000:]}") from error

    def running(self) -> list[psutil.Process]:
        """Every process that was started from the copy or works on its data."""
        found: list[psutil.Process] = []
        for process in psutil.process_iter():
            try:
                if process.status() != psutil.STATUS_ZOMBIE and any(
                    str(self.folder) in word for word in process.cmdline()
                ):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def samspel(self, *words: str) -> str:
        """What the command line answers in the copy, beside the bot that runs there."""
        done = subprocess.run(
            [self.folder / ".venv/bin/samspel", *words],
            cwd=self.folder,
            env=as_at_home(),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sweep(self) -> None:
        """End what is left after a failure, so that nothing outlives the tests."""
        for process in self.running():
            process.kill()
        psutil.wait_procs(self.running(), timeout=10)


def as_at_home() -> dict[str, str]:
    """The environment without what these tests run in, and without a screen to open pages on."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(NOT_THEIRS) and name not in DESKTOP
    }
