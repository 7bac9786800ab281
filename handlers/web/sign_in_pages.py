"""The pages where one signs in and out."""

from collections.abc import Sequence
from http import HTTPStatus
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import RowMapping
from starlette.responses import Response

from bot.addresses import is_ours
from bot.clock import in_stockholm
from bot.tokens import hashed
from handlers.web.errors import WebRefusal
from handlers.web.security import (
    SESSION_COOKIE,
    SESSION_DAYS,
    demo_sign_in_allowed,
    set_cookie,
)
from handlers.web.sign_in import SignedIn, sign_in, spend_link
from handlers.web.site import Site, see
from storage.queries import web_access


def sign_in_routes(site: Site) -> APIRouter:
    """The routes of signing in and out."""
    router = APIRouter(include_in_schema=False)
    _add_links(router, site)

    @router.get("/logga-in")
    async def how(
        request: Request,
        till: Annotated[str, Query()] = "",
        q: Annotated[str, Query()] = "",
        fran: Annotated[str, Query()] = "",
    ) -> Response:
        people: Sequence[RowMapping] = ()
        async with site.database.transaction() as db:
            site.pages.demo = await web_access.is_demo(db)
            if demo_sign_in_allowed(site.settings, site.pages.demo, request):
                people = await web_access.directory(db, in_stockholm(site.clock()).date())
        found = [row for row in people if _fits(row, q)]
        return site.pages.page(
            request,
            "logga_in.html",
            by_organisation=[
                (name, list(rows)) for name, rows in groupby(found, lambda row: row["organisation"])
            ],
            q=q,
            till=_safe(till),
            by_letter=fran == "brev",
        )

    @router.post("/logga-in")
    async def demo(request: Request) -> Response:
        sent = await site.posted_by_visitor(request)
        site.slow_down(request)
        person = sent.one("person")
        async with site.database.transaction() as db:
            is_demo = await web_access.is_demo(db)
            if not demo_sign_in_allowed(site.settings, is_demo, request):
                raise WebRefusal(HTTPStatus.FORBIDDEN)
            known = person.isdecimal() and len(person) < 19
            done = await sign_in(db, int(person), site.clock(), source="demo") if known else None
        if done is None:
            raise WebRefusal(HTTPStatus.UNPROCESSABLE_ENTITY)
        return _signed_in(site, request, done, sent.one("till"))

    @router.post("/logga-ut")
    async def sign_out(request: Request) -> Response:
        who, _sent = await site.posted(request)
        async with site.database.transaction() as db:
            await web_access.end_session(db, who.token_hash, site.clock())
        response = see("/logga-in")
        response.delete_cookie(SESSION_COOKIE)
        return response

    return router


def _add_links(router: APIRouter, site: Site) -> None:
    """One-time links: following one changes nothing, its button spends it."""

    @router.get("/logga-in/lank/{token}")
    async def link(request: Request, token: str) -> Response:
        site.slow_down(request)
        async with site.database.transaction() as db:
            name = await web_access.whose_link(db, hashed(token), site.clock())
        status = 200 if name else 410
        return site.pages.page(
            request, "lank.html", status=status, name=name, action=request.url.path
        )

    @router.post("/logga-in/lank/{token}")
    async def spend(request: Request, token: str) -> Response:
        await site.posted_by_visitor(request)
        site.slow_down(request)
        async with site.database.transaction() as db:
            done = await spend_link(db, token, site.clock())
        if done is None:
            return site.pages.page(
                request, "lank.html", status=410, name=None, action=request.url.path
            )
        return _signed_in(site, request, done, "/")


def _safe(path: str) -> str:
    """A page of ours to go on to; the start page for anything else."""
    return path if is_ours(path) and not path.startswith("/logga-") else "/"


def _fits(row: RowMapping, words: str) -> bool:
    everything = " ".join(str(row[name] or "") for name in ("name", "email", "organisation"))
    everything += " " + (row["bodies"] or "")
    return all(word in everything.casefold() for word in words.casefold().split())


def _signed_in(site: Site, request: Request, done: SignedIn, to: str) -> Response:
    response = see(_safe(to))
    set_cookie(response, request, site.settings, SESSION_COOKIE, done.secret, SESSION_DAYS)
    return response
