"""A bot that several workspaces may install, Slack's counterpart, and browsers between them."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from sqlalchemy import text

from bot.clock import Clock
from bot.conversations.listed import all_conversations
from bot.conversations.runner import Bot
from bot.plan import PlanInMemory
from bot.settings import Settings
from handlers.cli_slack import install_link
from handlers.secret_keys import new_key
from handlers.slack.install_pages import install_routes
from handlers.slack.oauth import oauth_app
from handlers.slack.workspaces import Workspaces
from handlers.web.routes import add_web, web_site
from storage.database import Database
from tests.platforms.web_browser import Browser, browsing
from tests.slack import Slack

REGISTERED = {
    "team_id": "T0SKARA",
    "organisations": ["Hjo"],
    "email_domains": ["hjo.example.se"],
    "name": "Skaraborgs arbetsyta",
}


@dataclass
class Installing:
    """The running pages, and what they stand on."""

    where: str
    slack: Slack
    database: Database
    settings: Settings
    clock: Clock
    workspaces: Workspaces
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def browser(self) -> Browser:
        """A fresh browser."""
        return await self.stack.enter_async_context(browsing(self.where))

    async def link(self, made_by: str = "ida") -> str:
        """The path of a one-time link that an administrator made just now."""
        app = oauth_app(self.settings)
        assert app is not None
        return urlsplit(await install_link(self.database, app, made_by, self.clock())).path

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database holds."""
        async with self.database.connection() as db:
            return [tuple(row) for row in (await db.execute(text(statement))).all()]


@asynccontextmanager
async def installing(
    database: Database, slack: Slack, clock: Clock, **settings: Any
) -> AsyncGenerator[Installing]:
    """The install pages on a free port, set up for `slack` as the app's counterpart."""
    listening = socket.create_server(("127.0.0.1", 0))
    where = f"http://127.0.0.1:{listening.getsockname()[1]}"
    values: dict[str, Any] = {
        "database_url": None,
        "public_url": where,
        "slack_client_id": slack.client_id,
        "slack_client_secret": slack.client_secret,
        "slack_signing_secret": slack.signing_secret,
        "slack_api_url": slack.api_url,
        "slack_workspaces": [REGISTERED],
        "secret_keys": [new_key()],
        **settings,
    }
    made = Settings(**values)
    plans = PlanInMemory()
    bot = Bot(database, all_conversations(), plans, clock)
    site = web_site(bot, database, made, clock, plans)
    workspaces = Workspaces(made, database, clock)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(install_routes(site, workspaces))
    add_web(app, site)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve([listening]))
    async with asyncio.timeout(20):
        while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.01)
    scene = Installing(where, slack, database, made, clock, workspaces)
    try:
        yield scene
    finally:
        await scene.stack.aclose()
        server.should_exit = True
        await running
        await workspaces.close()
        listening.close()
