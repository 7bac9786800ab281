"""The bot's side of Teams: an App of the SDK for each connection, and what sends through them."""

from typing import Any

import structlog
from fastapi import APIRouter
from microsoft_teams.api.auth.cloud_environment import CloudEnvironment
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.conversations.runner import Bot
from bot.mail import Mail
from bot.settings import Settings, TeamsConnection
from handlers.courtesy import Courteous, Manners, Pauses
from handlers.patience import Patience
from handlers.spoken import Spoken
from handlers.teams.calls import TROUBLE, error_code, never_arrived, retry_after, status_of
from handlers.teams.canvas import Canvas
from handlers.teams.comings import tenants_here
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.entry import answer_by, teams_route
from handlers.teams.gate import Gate
from handlers.teams.ids import PLATFORM
from handlers.teams.keys import Keys
from handlers.teams.lookups import Lookups
from handlers.teams.newcomers import Newcomers
from handlers.teams.pictures import Pictures, picture_routes
from handlers.teams.sdk import cloud_of, make_app
from handlers.teams.send import TeamsPlatform
from handlers.teams.tokens import Tokens
from storage.database import Database

log = structlog.get_logger(__name__)

CLOSING_SECONDS = 10.0


def _refused(error: Exception) -> bool:
    return status_of(error) not in (None, 412, 503) and never_arrived(error)


MANNERS = Manners(PLATFORM, TROUBLE, retry_after, _refused, error_code)


class NoRoutes:
    """What the SDK serves by: nothing, since its requests come through our own gate."""

    def register_route(self, method: str, path: str, handler: Any) -> None:
        """Routes are ours."""

    def serve_static(self, path: str, directory: str) -> None:
        """There are no such pages."""

    async def start(self, port: int) -> None:
        """The server is ours."""

    async def stop(self) -> None:
        """The server is ours."""


class TeamsSide:
    """Teams in one process: who answers people there, and what delivers to them."""

    def __init__(
        self, bot: Bot, database: Database, settings: Settings, clock: Clock, mail: Mail | None
    ) -> None:
        self._settings, self._database = settings, database
        self._cloud: CloudEnvironment = cloud_of(settings)
        self._keys = Keys(self._cloud.openid_metadata_url)
        self._pictures = Pictures(settings.public_url, settings.secret_keys)
        canvas = Canvas(
            base=settings.public_url or "",
            picture=self._pictures.picture,
            chart=self._pictures.chart,
        )
        pauses = Pauses()
        self.connectors = {
            each.tenant_id: self._connector(each) for each in settings.teams_connections
        }
        self.platform = TeamsPlatform(self.connectors, canvas, Lookups(database), pauses)
        self.desk = Desk(
            bot=bot,
            database=database,
            settings=settings,
            clock=clock,
            newcomers=Newcomers(database, settings, clock, mail),
            patience=Patience(settings.answer_seconds),
            courtesies=Courteous(MANNERS, pauses),
            spoken=Spoken(settings.default_language),
            canvas=canvas,
        )

    def _connector(self, connection: TeamsConnection) -> Connector:
        tokens = Tokens(connection, self._cloud)
        anonymous = self._settings.teams_anonymous
        app = make_app(connection, tokens, self._cloud, NoRoutes(), anonymous=anonymous)
        return Connector(connection, app)

    def routes(self) -> APIRouter:
        """Where each tenant's requests come in, and where Teams fetches pictures."""
        router = APIRouter(include_in_schema=False)
        for connector in self.connectors.values():
            gate = Gate(
                connector.connection,
                self._cloud,
                self._keys,
                self._settings.teams_service_hosts,
                anonymous=self._settings.teams_anonymous,
            )
            answer_by(connector.app, self.desk, connector)
            router.include_router(teams_route(gate, connector.app))
        router.include_router(picture_routes(self._pictures, self._database))
        return router

    async def start(self) -> None:
        """Have every tenant's connection open."""
        if self._settings.teams_anonymous:
            log.warning("teams_lets_anybody_in", setting="SAMSPEL_TEAMS_ANONYMOUS")
        for connector in self.connectors.values():
            await connector.app.initialize()
        try:
            await tenants_here(self.desk, list(self.connectors))
        except SQLAlchemyError as error:
            log.warning("teams_tenants_unknown", error=type(error).__name__)

    async def stop(self) -> None:
        """Let what goes on end, and let go of Teams."""
        await self.desk.patience.finish(CLOSING_SECONDS)
        for connector in self.connectors.values():
            await connector.app.http_client.http.aclose()
            await connector.app.api.http.http.aclose()
