"""Waiting in tests for something that will come true, with a deadline instead of a guess."""

import asyncio
from collections.abc import Awaitable, Callable

UNHURRIED = 60.0
"""Seconds after which something will not come, however busy the machine is."""


async def until(
    true: Callable[[], Awaitable[bool]], *, within: float = UNHURRIED, every: float = 0.02
) -> None:
    """Return as soon as `true`; AssertionError when it is not within `within` seconds."""
    async with asyncio.timeout(within):
        while True:
            if await true():
                return
            await asyncio.sleep(every)
