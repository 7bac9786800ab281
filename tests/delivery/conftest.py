"""A counterpart in a process of its own, a scene, and deliveries that are ended with the test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from bot.delivery.loop import Delivery
from storage.database import Database
from tests.counterpart import NAME, Counterpart, CounterpartPlatform, started
from tests.delivery.scene import Scene, drawn, quick


@pytest.fixture
async def counterpart() -> AsyncIterator[Counterpart]:
    """A platform that can be asked what it has got; empty at first."""
    process, counterpart = await started()
    yield counterpart
    await counterpart.close()
    process.kill()
    await process.wait()


@pytest.fixture
def scene(database: Database) -> Scene:
    """Channels, messages and cards in an empty database."""
    return Scene(database)


MakeDelivery = Callable[..., Delivery]


@pytest.fixture
async def delivery(database: Database, counterpart: Counterpart) -> AsyncIterator[MakeDelivery]:
    """Makes a `Delivery` to the counterpart; keywords: of it, of its platform, or settings."""
    platforms: list[CounterpartPlatform] = []

    def make(
        *, can_be_asked: bool = True, draw: Any = drawn, platform: Any = None, **how: Any
    ) -> Delivery:
        made = CounterpartPlatform(counterpart.url, can_be_asked=can_be_asked)
        platforms.append(made)
        own = {name: how.pop(name) for name in ("clock", "monotonic", "rates") if name in how}
        return Delivery(database, {NAME: platform or made}, draw, quick(**how), **own)

    yield make
    for each in platforms:
        await each.close()


@pytest.fixture
def running(delivery: MakeDelivery) -> Any:
    """`async with running(...)`: a delivery that runs meanwhile."""

    @asynccontextmanager
    async def run(**how: Any) -> AsyncIterator[Delivery]:
        made = delivery(**how)
        task = asyncio.create_task(made.run())
        try:
            yield made
            assert not task.done()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return run
