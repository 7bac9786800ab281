"""One bot, one Playground and one browser for all that is tried there."""

import os
import re
import shutil
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import psycopg
import pytest
from playwright.async_api import Browser
from sqlalchemy import make_url

from tests.end_to_end.browsing import Window, chromium
from tests.npm import node_in
from tests.playground.client import Client, button
from tests.playground.trial import HERE, Trial, trial

ADMINISTRATOR = "it@skaraborg.example.se"
STRATEGIST = "infrastruktur@skaraborg.example.se"


@pytest.fixture(scope="session")
async def tried(server_url: str) -> AsyncGenerator[Trial]:
    """Both programs, on a database of their own."""
    node_in(HERE)
    name = f"playground_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE schema".encode())
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    folder = Path(tempfile.mkdtemp(prefix="samspel-playground-"))
    try:
        async with trial(url, folder) as both:
            yield both
            assert "Traceback" not in both.bot.said()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Chromium, without a screen."""
    async with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
async def manager(tried: Trial, browser: Browser) -> AsyncGenerator[Client]:
    """The manager in the client: met as a stranger, and linked by an administrator on our page.

    The client says that everybody's language is English, so that they choose another.
    """
    client = await Client.opened(browser, tried.client_url)
    await client.sees("IT-förvaltare")
    administrator = await on_the_web(browser, tried, ADMINISTRATOR)
    waiting = await administrator.says("konton")
    await administrator.button("Koppla", waiting).click()
    await administrator.sees(administrator.newest("är kopplat till Chef Omställning Skaraborg"))
    await administrator.page.context.close()
    await client.sees("Chef Omställning Skaraborg")
    await client.writes("språk svenska")
    await client.sees("Jag talar svenska med dig.")
    yield client
    assert client.complaints == []


@pytest.fixture
async def strategist(tried: Trial, browser: Browser) -> AsyncGenerator[Window]:
    """Somebody else of the plan, on Samspel's own page."""
    window = await on_the_web(browser, tried, STRATEGIST)
    yield window
    await window.page.context.close()


async def on_the_web(browser: Browser, tried: Trial, email: str) -> Window:
    """Somebody signed in by a link from the command line, where one talks with the bot."""
    link = tried.samspel("sign-in-link", email)
    context = await browser.new_context(base_url=tried.bot_url, locale="sv-SE")
    window = Window(await context.new_page())
    await window.open(re.findall(r"/logga-in/lank/\S+", link)[-1])
    await button(window.page.locator("main"), "Logga in").click()
    await window.sees(window.page.get_by_role("heading", name="Hej "))
    await window.open("/chatt")
    return window


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures are drawn; `make screenshot` has them kept in docs/images."""
    return Path(os.environ.get("SAMSPEL_SCREENSHOTS") or tmp_path)
