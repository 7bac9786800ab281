"""The page that a mailed link leads to, where an account is linked to a person by a button."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy import RowMapping
from starlette.responses import Response

from bot.account_cards import platform_name
from bot.accounts import asked_for, confirm_request
from bot.language import LANGUAGES
from bot.settings import Settings
from bot.tokens import hashed
from handlers.web.pages import Pages
from handlers.web.site import Site

TEMPLATE = "koppla_konto.html"


def account_routes(site: Site) -> APIRouter:
    """The routes of linking: following the link changes nothing, its button spends it."""
    router = APIRouter(include_in_schema=False)
    speaking = _pages(site.settings)

    @router.get("/konto/koppla/{token}")
    async def asked(request: Request, token: str) -> Response:
        site.slow_down(request)
        async with site.database.connection() as db:
            row = await asked_for(db, hashed(token), site.clock())
        if row is None:
            return _too_late(site, request)
        about = _about(row, site.settings)
        return speaking[row["language"]].page(
            request, TEMPLATE, at="asked", action=request.url.path, about=about
        )

    @router.post("/konto/koppla/{token}")
    async def confirmed(request: Request, token: str) -> Response:
        await site.posted_by_visitor(request)
        site.slow_down(request)
        async with site.database.transaction() as db:
            linked = await confirm_request(db, hashed(token), site.clock())
        if linked is None:
            return _too_late(site, request)
        return speaking[linked.language].page(
            request,
            TEMPLATE,
            at="linked",
            person=linked.person,
            name=linked.name,
            platform=platform_name(linked.platform),
        )

    return router


def _pages(settings: Settings) -> Mapping[str, Pages]:
    """Pages for people who are not signed in, in the language of the account."""
    return {
        each: Pages(settings.model_copy(update={"default_language": each})) for each in LANGUAGES
    }


def _too_late(site: Site, request: Request) -> Response:
    return site.pages.page(request, TEMPLATE, status=HTTPStatus.GONE, at="gone")


def _about(row: RowMapping, settings: Settings) -> Mapping[str, str]:
    """Whose account, where, and whom it would be linked to."""
    names = {each.team_id: each.name for each in settings.slack_workspaces}
    platform = platform_name(row["platform"])
    return {
        "name": row["name"],
        "platform": platform,
        "place": names.get(row["tenant"]) or row["tenant"],
        "person": row["person"],
        "email": row["email"],
    }
