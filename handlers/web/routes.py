"""The web chat put together, for handlers/app.py to include."""

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

from bot.clock import Clock
from bot.conversations.runner import Bot
from bot.plan import PlanInMemory
from bot.settings import Settings
from handlers.web.account_pages import account_routes
from handlers.web.answer_files import answer_routes
from handlers.web.chat import chat_routes
from handlers.web.delivery_pages import delivery_routes
from handlers.web.errors import add_error_pages
from handlers.web.form_pages import form_routes
from handlers.web.letter_pages import letter_routes
from handlers.web.live import Live
from handlers.web.material_pages import material_routes
from handlers.web.money_pages import money_routes
from handlers.web.needs_pages import needs_routes
from handlers.web.pages import STATIC, Pages
from handlers.web.poll_pages import poll_routes
from handlers.web.report_pages import report_routes
from handlers.web.running_pages import running_routes
from handlers.web.security import SecurityHeaders
from handlers.web.shown import shown_routes
from handlers.web.sign_in_pages import sign_in_routes
from handlers.web.site import Site
from storage.database import Database


def web_site(
    bot: Bot, database: Database, settings: Settings, clock: Clock, plans: PlanInMemory
) -> Site:
    """The web chat of this process. Start `site.live` when the server starts, stop it after.

    `plans`: the plan that the bot keeps.
    """
    live = Live(database)
    return Site(bot, database, settings, clock, live, Pages(settings), plans)


def web_routes(site: Site) -> APIRouter:
    """Every route of the web chat."""
    router = APIRouter(include_in_schema=False)
    for routes in (
        shown_routes,
        needs_routes,
        material_routes,
        poll_routes,
        report_routes,
        money_routes,
        answer_routes,
        delivery_routes,
        running_routes,
        chat_routes,
        form_routes,
        sign_in_routes,
        account_routes,
        letter_routes,
    ):
        router.include_router(routes(site))
    return router


def add_web(app: FastAPI, site: Site) -> None:
    """Routes, style sheet and script, error pages and security headers, onto the one app."""
    app.include_router(web_routes(site))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(SecurityHeaders)
    add_error_pages(app, site.pages)
