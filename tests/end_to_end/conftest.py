"""One copy of the checkout in which `make start` was typed, and one browser, for all stories."""

import shutil
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.end_to_end.browsing import Visitors, chromium
from tests.end_to_end.checkout import Checkout


@pytest.fixture(scope="session")
async def checkout() -> AsyncGenerator[Checkout]:
    """A copy that runs; it installed what it needs by itself, and began with an empty ./var.

    Not among pytest's own folders: each run of pytest closes those to the user that PostgreSQL
    runs as when root starts it.
    """
    folder = tempfile.mkdtemp(prefix="samspel-checkout-")
    copy = Checkout(Path(folder))
    try:
        await copy.start()
        yield copy
        await copy.terminate()
    finally:
        copy.sweep()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Chromium, without a screen."""
    async with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
async def everybody(browser: Browser, checkout: Checkout) -> Visitors:
    """Those who have signed in stay signed in, as people do."""
    return Visitors(browser, checkout)


@pytest.fixture
async def visitors(everybody: Visitors) -> AsyncGenerator[Visitors]:
    """People who open windows; no page may have complained when the test is over."""
    yield everybody
    await everybody.leave()
