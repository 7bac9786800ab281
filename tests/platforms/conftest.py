"""The web chat running on a database with a few people, and browsers to meet it with."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

import pytest

from bot.settings import Settings
from handlers.web.site import Site
from storage.database import Database
from tests.platforms.web_browser import Browser, browsing
from tests.platforms.web_scene import NOW, furnish, serving


class Web:
    """The running web chat: its address, its people's keys, and a clock that tests move."""

    def __init__(self, where: str, site: Site, people: dict[str, int]) -> None:
        self.where = where
        self.site = site
        self.people = people
        self.database = site.database
        self._stack = AsyncExitStack()

    async def browser(self, name: str | None = None, **headers: str) -> Browser:
        """A fresh browser, signed in as that person if one is named."""
        opened = await self._stack.enter_async_context(browsing(self.where, **headers))
        return await opened.signs_in(name) if name else opened

    async def close(self) -> None:
        """Close every browser."""
        await self._stack.aclose()


class MovedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> MovedClock:
    """A clock that stands still."""
    return MovedClock()


@pytest.fixture
def settings() -> Callable[..., Settings]:
    """Settings of a bot on its embedded database, whatever this machine's environment says."""

    def made(**values: Any) -> Settings:
        wanted: dict[str, Any] = {"database_url": None, "public_url": None, **values}
        return Settings(**wanted)

    return made


@pytest.fixture
async def web(
    database: Database, clock: MovedClock, settings: Callable[..., Settings]
) -> AsyncGenerator[Web]:
    """The web chat, as a demo on this machine."""
    async with database.transaction() as db:
        people = await furnish(db)
    async with serving(database, settings(), clock) as (where, site):
        running = Web(where, site, people)
        yield running
        await running.close()
