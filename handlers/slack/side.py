"""The bot's side of Slack: made of its parts, by HTTP or by Socket Mode as the settings choose."""

# slack_bolt leaves much of what it hands over without types.
# pyright: reportUnknownMemberType=false

import asyncio
from http import HTTPStatus

import structlog
from fastapi import APIRouter, Request
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import (
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response

from bot.clock import Clock
from bot.conversations.runner import Bot
from bot.mail import Mail
from bot.settings import Settings
from handlers.patience import Patience
from handlers.secret_keys import KeyProblem
from handlers.slack.calls import TROUBLE, error_code
from handlers.slack.comings import workspaces_here
from handlers.slack.courtesy import Courtesies, Pauses
from handlers.slack.desk import Desk
from handlers.slack.drawing import Drawing
from handlers.slack.entry import slack_app
from handlers.slack.ids import EVENTS_PATH
from handlers.slack.install_pages import install_routes
from handlers.slack.lookups import Lookups
from handlers.slack.newcomers import Newcomers
from handlers.slack.send import SlackPlatform
from handlers.slack.uploads import Uploads
from handlers.slack.workspaces import NoInstallation, Workspaces
from handlers.spoken import Spoken
from handlers.web.site import Site
from storage.database import Database

log = structlog.get_logger(__name__)

LARGEST_BODY = 1024 * 1024
"""Bytes: a modal with forty texts of 3,000 characters, its view and its state, form-encoded."""

UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What slack_bolt raises when it reads a body that is not of Slack, before it looks who sent it."""

LONGEST_PAUSE_SECONDS = 30.0
LOOK_SECONDS = 1.0
"""Between looks at whether the socket is open; the SDK's own take ten."""

CONNECT_SECONDS = 15.0
"""For one attempt: the SDK would go on at an address that Slack gives for half a minute."""

CLOSING_SECONDS = 10.0


class SlackSide:
    """Slack in one process: who answers people there, and what delivers to them."""

    def __init__(
        self, bot: Bot, database: Database, settings: Settings, clock: Clock, mail: Mail | None
    ) -> None:
        self._settings = settings
        self.workspaces = Workspaces(settings, database, clock)
        drawing, pauses = Drawing(settings.public_url or ""), Pauses()
        self.platform = SlackPlatform(
            self.workspaces, drawing, Uploads(database), Lookups(database), pauses
        )
        self.desk = Desk(
            bot=bot,
            database=database,
            settings=settings,
            clock=clock,
            workspaces=self.workspaces,
            drawing=drawing,
            newcomers=Newcomers(database, settings, clock, self.workspaces, mail),
            patience=Patience(settings.answer_seconds),
            courtesies=Courtesies(pauses),
            spoken=Spoken(settings.default_language),
        )
        self._app: AsyncApp = slack_app(self.desk)
        self._connecting: asyncio.Task[None] | None = None

    def routes(self, site: Site) -> APIRouter:
        """Where Slack's requests come in, unless by Socket Mode, and the pages of an install."""
        router = APIRouter(include_in_schema=False)
        if self._settings.slack_client_id is not None:
            router.include_router(install_routes(site, self.workspaces))
        if self._settings.slack_app_token is not None:
            return router
        if self._settings.slack_signing_secret is None:
            log.error("slack_lets_nobody_in", missing="SAMSPEL_SLACK_SIGNING_SECRET or _APP_TOKEN")
            return router

        @router.post(EVENTS_PATH)
        async def events(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
            body = bytearray()
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            try:
                asked = to_async_bolt_request(request, bytes(body))
            except UNREADABLE:
                return Response(status_code=HTTPStatus.BAD_REQUEST)
            return to_starlette_response(await self._app.async_dispatch(asked))

        return router

    def start(self, *, answers: bool) -> None:
        """Begin in the background; `answers`: people may come in by Socket Mode."""
        self._connecting = asyncio.create_task(self._run(answers=answers))

    async def stop(self) -> None:
        """Let in nobody more, let what goes on end, and let go of Slack."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        await self.desk.patience.finish(CLOSING_SECONDS)
        await self.workspaces.close()

    async def _run(self, *, answers: bool) -> None:
        async with asyncio.TaskGroup() as both:
            both.create_task(self._opened())
            if answers and self._settings.slack_app_token is not None:
                both.create_task(self._socket(self._settings.slack_app_token))

    async def _opened(self) -> None:
        """Have every workspace that the bot is in open; asked until Slack and database answer."""
        pause = LOOK_SECONDS
        while True:
            try:
                await workspaces_here(self.desk)
            except (*TROUBLE, SQLAlchemyError, NoInstallation, KeyProblem) as error:
                log.warning("slack_workspaces_unknown", error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                return

    async def _socket(self, token: SecretStr) -> None:
        """Keep a socket open, from now on."""
        handler = AsyncSocketModeHandler(
            self._app,
            token.get_secret_value(),
            web_client=self.workspaces.client_with(None),
        )
        try:
            while True:
                if not await handler.client.is_connected():
                    await self._connected(handler)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await handler.close_async()

    async def _connected(self, handler: AsyncSocketModeHandler) -> None:
        """Connect, at a new address each time, until it is done."""
        pause = LOOK_SECONDS
        while True:
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await handler.client.connect_to_new_endpoint()
            except TROUBLE as error:
                log.warning("slack_socket_refused", error=error_code(error) or type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                log.info("slack_socket_open")
                return
