"""The workspaces: which are registered, how to reach each, and who the bot is there.

By a token of its own there is one workspace, and Slack says which. By OAuth each has its
installation in the database; what is read there is trusted for half a minute, so that every
process notices an uninstall.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.settings import Settings, Workspace
from handlers.slack.installations import Installations
from handlers.slack.web_api import call
from storage.database import Database

log = structlog.get_logger(__name__)

TRUSTED = timedelta(seconds=30)
DATABASE_SECONDS = 1.0
"""How long a token that is known already waits for the database to confirm it."""

Authorize = Callable[[str | None, str | None], Awaitable[AuthorizeResult | None]]


class NoInstallation(Exception):
    """The bot is not in that workspace, or not any more."""


@dataclass(frozen=True)
class Identity:
    """Who the bot is in a workspace."""

    user_id: str
    bot_id: str
    team_id: str
    token: str


@dataclass(frozen=True)
class _Token:
    value: str
    read_at: datetime


class Workspaces:
    """One place that knows the workspaces. Close it when the process ends.

    Without a database only the workspace of a token of its own is known.
    SlackApiError, aiohttp.ClientError and TimeoutError come through from Slack.
    """

    def __init__(self, settings: Settings, database: Database | None, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._registered = {each.team_id: each for each in settings.slack_workspaces}
        self._installations = (
            Installations(database, settings, clock) if database is not None else None
        )
        self._tokens: dict[str, _Token] = {}
        self._identities: dict[str, Identity] = {}
        self._clients: dict[str, AsyncWebClient] = {}
        self._asking = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None

    @property
    def installations(self) -> Installations:
        """What is kept of installs by OAuth. NoInstallation without a database."""
        if self._installations is None:
            raise NoInstallation
        return self._installations

    def registered(self, team_id: str) -> Workspace | None:
        """The workspace as the settings have it; None when nobody registered it."""
        return self._registered.get(team_id)

    async def client(self, team_id: str) -> AsyncWebClient:
        """The Web API of that workspace. NoInstallation when the bot is not there."""
        return self._client((await self.identity(team_id)).token)

    def client_with(self, token: str | None) -> AsyncWebClient:
        """The Web API with a token that is not a workspace's own, or with none: to install."""
        client = AsyncWebClient(
            token=token,
            base_url=self._settings.slack_api_url,
            session=self._open_session(),
            retry_handlers=[],
        )
        # The session follows the environment's proxies itself, and its exceptions too.
        client.proxy = None
        return client

    async def identity(self, team_id: str) -> Identity:
        """Who the bot is there; Slack is asked once. NoInstallation when the bot is not there."""
        own = self._settings.slack_bot_token
        if own is not None:
            identity = await self._identity("", own.get_secret_value())
            if identity.team_id != team_id:
                raise NoInstallation(team_id)
            return identity
        token = await self._token(team_id)
        if token is None:
            raise NoInstallation(team_id)
        return await self._identity(team_id, token)

    async def team_ids(self) -> tuple[str, ...]:
        """Every workspace where the bot is."""
        own = self._settings.slack_bot_token
        if own is not None:
            return ((await self._identity("", own.get_secret_value())).team_id,)
        return await self.installations.team_ids()

    def forget(self, team_id: str) -> None:
        """Ask anew about that workspace: it was installed again, or the bot was taken away."""
        for known in [key for key, each in self._identities.items() if each.team_id == team_id]:
            self._clients.pop(self._identities.pop(known).token, None)
        self._tokens.pop(team_id, None)

    def authorizer(self) -> Authorize:
        """What slack_bolt asks who the bot is where an event happened (`AsyncApp(authorize=…)`).

        A function of its own: slack_bolt would count a method's `self` among the arguments.
        """

        async def authorize(
            enterprise_id: str | None, team_id: str | None
        ) -> AuthorizeResult | None:
            if team_id is None:
                return None
            try:
                who = await self.identity(team_id)
            except NoInstallation:
                return None
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_user_id=who.user_id,
                bot_id=who.bot_id,
                bot_token=who.token,
            )

        return authorize

    async def close(self) -> None:
        """Let go of every connection to Slack."""
        if self._session is not None:
            await self._session.close()
        self._session = None
        self._clients.clear()

    async def _token(self, team_id: str) -> str | None:
        known = self._tokens.get(team_id)
        if known is not None and self._clock() - known.read_at < TRUSTED:
            return known.value
        if known is None:
            return await self._read(team_id)
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                return await self._read(team_id)
        except (TimeoutError, SQLAlchemyError) as error:
            # Slack itself refuses a token that has ended, so the one we know does no harm.
            log.warning("slack_token_unconfirmed", team=team_id, error=type(error).__name__)
            return known.value

    async def _read(self, team_id: str) -> str | None:
        token = await self.installations.token(team_id)
        if token is None:
            self.forget(team_id)
        else:
            self._tokens[team_id] = _Token(token, self._clock())
        return token

    async def _identity(self, key: str, token: str) -> Identity:
        known = self._identities.get(key)
        if known is not None and known.token == token:
            return known
        async with self._asking:
            known = self._identities.get(key)
            if known is not None and known.token == token:
                return known
            said = (await call(self._client(token), "auth.test")).data
            identity = Identity(
                user_id=said["user_id"],
                bot_id=said.get("bot_id", ""),
                team_id=said["team_id"],
                token=token,
            )
            self._identities[key] = identity
            return identity

    def _client(self, token: str) -> AsyncWebClient:
        self._open_session()
        if token not in self._clients:
            self._clients[token] = self.client_with(token)
        return self._clients[token]

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._settings.send_timeout_seconds),
                trust_env=True,
            )
            self._clients.clear()
        return self._session
