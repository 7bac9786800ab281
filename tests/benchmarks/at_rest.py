"""Start to ready on a database that exists, and the memory of a bot that waits."""

import asyncio
import os
import sys
from time import perf_counter

import psutil

from tests.benchmarks.row import Row
from tests.benchmarks.servers import SERVE

START_SECONDS = 3.0
MEMORY_MB = 200.0
STARTS = 5


async def run(url: str) -> list[Row]:
    """Start the bot on a database that has the schema, some times; the slowest counts."""
    seconds: list[float] = []
    memory = 0.0
    for _ in range(STARTS):
        begun = perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *SERVE,
            env={**os.environ, "SAMSPEL_DATABASE_URL": url, "SAMSPEL_PORT": "0"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        assert (await process.stdout.readline()).startswith(b"Samspel: http")
        seconds.append(perf_counter() - begun)
        await asyncio.sleep(2)
        memory = max(memory, psutil.Process(process.pid).memory_info().rss / 1_000_000)
        process.terminate()
        await process.wait()
    return [
        _row("start to ready, seconds", max(seconds), START_SECONDS),
        _row("memory at rest, MB", memory, MEMORY_MB),
    ]


def _row(name: str, ours: float, goal: float) -> Row:
    return Row(name, ours, goal, ours / goal, f"at most {goal:g}", ours <= goal)
