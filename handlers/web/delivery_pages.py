"""The page of what could not be delivered, for administrators: cause, since when, and again."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from bot.conversations.undelivered import (
    not_arrived,
    read_name,
    refusal,
    since,
    tried_again,
    where,
)
from bot.finding import read_number
from bot.language import _, number, speaking
from bot.pages import running_page, undelivered_page
from handlers.web.errors import WebRefusal
from handlers.web.pages import Viewer
from handlers.web.site import Site, see
from storage.queries import undelivered as queries
from storage.queries.undelivered import HowMany, Undelivered, Waiting

A_PAGE = 20
ALL = "alla"


def delivery_routes(site: Site) -> APIRouter:
    """The routes of the page and of its buttons."""
    router = APIRouter(include_in_schema=False)

    @router.get(undelivered_page())
    async def listed(
        request: Request,
        sida: Annotated[str, Query(max_length=9)] = "1",
        igen: Annotated[str, Query(max_length=9)] = "",
    ) -> Response:
        viewer = await _administrator(site, request)
        async with site.database.connection() as db:
            many = await queries.how_many_undelivered(db)
            pages = max(1, -(-many.total // A_PAGE))
            page = min(max(read_number(sida), 1), pages)
            failed = await queries.undelivered(db, limit=A_PAGE, skip=(page - 1) * A_PAGE)
            waiting = await queries.waiting(db, now=site.clock())
        with speaking(viewer.person.language):
            return site.pages.page(
                request,
                "leverans.html",
                viewer=viewer,
                facts=_facts(waiting, many),
                title=not_arrived(many.total),
                failed=[_line(each) for each in failed],
                all=number(many.open) if many.open > 1 else "",
                told=tried_again(read_number(igen)) if igen else "",
                page=page,
                pages=pages,
                earlier=undelivered_page(page - 1) if page > 1 else "",
                later=undelivered_page(page + 1) if page < pages else "",
                running=running_page(),
            )

    @router.post(undelivered_page())
    async def again(request: Request) -> Response:
        _session, sent = await site.posted(request)
        await _administrator(site, request)
        wanted = sent.one("nr")
        async with site.database.transaction() as db:
            if wanted == ALL:
                tried = await queries.retry_all(db)
            else:
                found = read_name(wanted)
                tried = int(found is not None and await queries.retry(db, *found))
        page = max(1, read_number(sent.one("sida")))
        path = undelivered_page(page)
        return see(f"{path}{'&' if '?' in path else '?'}igen={tried}")

    return router


async def _administrator(site: Site, request: Request) -> Viewer:
    """Whoever looks, an administrator; anybody else is told whose page it is."""
    viewer = await site.viewer(request)
    with speaking(viewer.person.language):
        refused = refusal(viewer.person)
    if refused is not None:
        raise WebRefusal(HTTPStatus.NOT_FOUND, refused.text)
    return viewer


def _facts(waiting: Waiting, many: HowMany) -> list[tuple[str, str]]:
    shown = [
        (_("Har inte gått fram"), number(many.total)),
        (_("Väntar på att skickas"), number(waiting.messages)),
    ]
    if waiting.oldest is not None:
        shown.append((_("Det äldsta har väntat sedan"), since(waiting.oldest)))
    return shown


def _line(each: Undelivered) -> dict[str, object]:
    return {
        "nr": f"{each.kind}-{each.id}",
        "where": where(each),
        "what": _("Kort") if each.kind == "card" else _("Meddelande"),
        "cause": each.cause or _("Orsaken är inte känd"),
        "since": since(each.created_at),
        "last": since(each.attempted_at) if each.attempted_at else "–",
        "attempts": number(each.attempts),
        "closed": each.closed,
    }
