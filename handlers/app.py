"""The composition root: everything is made here and handed what it needs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import metrics
from bot.clock import Clock, in_stockholm
from bot.conversations import living_cards
from bot.conversations.listed import all_conversations
from bot.conversations.runner import Bot
from bot.conversations.views import Card
from bot.delivery import Platform
from bot.delivery.loop import Delivery
from bot.delivery.rates import Rate
from bot.plan import PlanInMemory
from bot.schedule import Schedule
from bot.settings import Settings
from handlers.template_in_force import remember_template
from handlers.web.channels import ensure_web_channels
from handlers.web.routes import add_web, web_site
from handlers.web.send import WebPlatform
from handlers.web.site import Site
from storage.database import Database
from storage.queries import letters
from storage.queries.undelivered import by_platform

if TYPE_CHECKING:
    from handlers.email.send import Mailer
    from handlers.slack.side import SlackSide
    from handlers.teams.side import TeamsSide

log = structlog.get_logger()


class Samspel:
    """One process of the bot: what it is made of, by its role."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self.plans = PlanInMemory()
        self.bot = Bot(database, all_conversations(), self.plans, clock, settings)
        self.site: Site = web_site(self.bot, database, settings, clock, self.plans)
        self.mail = _mail(settings, clock)
        self.rates: dict[str, tuple[Rate, ...]] = {}
        """How fast delivery sends through each platform that limits it."""
        self.slack = self._slack() if settings.slack_is_connected else None
        self.teams = self._teams() if settings.teams_is_connected else None
        if self.mail is not None:
            from handlers.email import limits

            self.rates[letters.PLATFORM] = limits.rates(settings)

    def _slack(self) -> "SlackSide":
        # Imported only where it is configured: what Slack needs weighs 30 MB.
        from handlers.slack.limits import RATES
        from handlers.slack.side import SlackSide

        self.rates["slack"] = RATES
        return SlackSide(self.bot, self._database, self._settings, self._clock, self.mail)

    def _teams(self) -> "TeamsSide":
        # Imported only where it is configured, as Slack is.
        from handlers.teams.limits import RATES
        from handlers.teams.side import TeamsSide

        self.rates["teams"] = RATES
        return TeamsSide(self.bot, self._database, self._settings, self._clock, self.mail)

    def delivery(self) -> Delivery:
        """What sends, through every platform there is."""
        web = WebPlatform(self._database, self._clock)
        platforms: dict[str, Platform] = {web.name: web}
        if self.slack is not None:
            platforms[self.slack.platform.name] = self.slack.platform
        if self.teams is not None:
            platforms[self.teams.platform.name] = self.teams.platform
        if self.mail is not None and self._settings.public_url:
            # Imported only where it is configured, as Slack is.
            from handlers.email.platform import EmailPlatform

            mail = EmailPlatform(self.mail, self._database, self._settings, self._clock)
            platforms[mail.name] = mail
        return Delivery(
            self._database,
            platforms,
            self._draw,
            self._settings,
            rates=self.rates,
            clock=self._clock,
        )

    async def _draw(
        self, db: AsyncConnection, kind: str, subject_id: int, language: str
    ) -> Card | None:
        plan = await self.plans.now(db)
        return await living_cards.draw(db, plan, kind, subject_id, language, self._clock())

    @asynccontextmanager
    async def working(self) -> AsyncGenerator[None]:
        """Within this, what the role does in the background is done: delivery, time, live pages."""
        async with AsyncExitStack() as stack:
            async with self._database.transaction() as db:
                await ensure_web_channels(db, self._clock())
                await remember_template(db, self._settings)
                await self._mail_as_a_place(db)
            answers = self._settings.role in ("web", "all")
            if answers:
                self.site.live.start()
                stack.push_async_callback(self.site.live.stop)
            if self.slack is not None:
                self.slack.start(answers=answers)
                stack.push_async_callback(self.slack.stop)
            if self.teams is not None:
                await self.teams.start()
                stack.push_async_callback(self.teams.stop)
            if self._settings.role in ("worker", "all"):
                delivering = asyncio.create_task(self.delivery().run())
                stack.push_async_callback(_cancelled, delivering)
                schedule = Schedule(self._database, self._clock, self._settings, self.plans)
                schedule.start()
                stack.push_async_callback(schedule.stop)
            yield

    async def _mail_as_a_place(self, db: AsyncConnection) -> None:
        """Whoever delivers says whether people are reached by mail, with links that lead here."""
        if self._settings.role == "web":
            return
        now = self._clock()
        if self.mail is None or not self._settings.public_url:
            await letters.mail_is_not_set_up(db, now=now)
        else:
            await letters.mail_is_set_up(db, today=in_stockholm(now).date(), now=now)

    def app(self) -> FastAPI:
        """The ASGI application; the web chat only where the role has it."""

        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
            async with self.working():
                log.info("started", role=self._settings.role)
                yield
            log.info("stopped")

        app = FastAPI(
            title="Samspel", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None
        )
        _add_health(app, self._database, self._clock)
        if self._settings.role in ("web", "all"):
            add_web(app, self.site)
            if self.slack is not None:
                app.include_router(self.slack.routes(self.site))
            if self.teams is not None:
                app.include_router(self.teams.routes())
        return app


def _mail(settings: Settings, clock: Clock) -> "Mailer | None":
    """How mail is sent, where it can be."""
    if settings.smtp_host is None:
        return None
    from handlers.email.send import Mailer

    return Mailer(settings, clock)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _add_health(app: FastAPI, database: Database, clock: Clock) -> None:
    """Where orchestration and monitoring look."""

    @app.get("/health/live")
    async def live() -> dict[str, str]:  # pyright: ignore[reportUnusedFunction] - a route
        return {"status": "live"}

    @app.get("/health/ready")
    async def ready(response: Response) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        try:
            async with asyncio.timeout(3), database.connection() as db:
                await db.execute(text("SELECT 1"))
        except (SQLAlchemyError, TimeoutError):
            response.status_code = 503
            return {"status": "database out of reach"}
        return {"status": "ready"}

    @app.get("/metrics")
    async def numbers() -> Response:  # pyright: ignore[reportUnusedFunction]
        await _count_waiting(database, clock())
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


async def _count_waiting(database: Database, now: datetime) -> None:
    """What waits to be said; what was counted last stands while the database is away."""
    with suppress(SQLAlchemyError, TimeoutError):
        async with asyncio.timeout(3), database.connection() as db:
            there = await by_platform(db, now=now, since=now)
        metrics.waiting.set(sum(each.waiting for each in there))
        seconds = {each.platform: _seconds_since(each.oldest, now) for each in there}
        metrics.oldest_waiting.set(max(seconds.values(), default=0))
        for each in there:
            metrics.waiting_there.labels(each.platform).set(each.waiting)
            metrics.oldest_there.labels(each.platform).set(seconds[each.platform])
            metrics.undelivered.labels(each.platform).set(each.failed)


def _seconds_since(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
