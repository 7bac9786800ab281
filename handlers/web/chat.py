"""The conversations' pages: reading, typing a line, pressing a button."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.responses import Response

from bot.conversations.protocol import Replies
from bot.language import speaking
from handlers.web.errors import WebRefusal
from handlers.web.pages import Viewer
from handlers.web.places import address_at, path_of
from handlers.web.site import Site, see
from handlers.web.timeline import PAGE, Timeline, asked, draw_timeline, form_path, read_before
from handlers.web.translate import WORDS, button_pressed, words_said
from storage.queries import web as queries

BOTTOM = "#nu"


def chat_routes(site: Site) -> APIRouter:
    """The routes of channels and private chats."""
    router = APIRouter(include_in_schema=False)

    @router.get("/kanal/{name}")
    @router.get("/chatt/{name}")
    async def read(request: Request, fore: Annotated[str, Query()] = "") -> Response:
        viewer = await site.viewer(request)
        title, timeline = await _timeline(site, viewer, request.url.path, fore)
        return site.pages.page(
            request, "samtal.html", viewer=viewer, title=title, timeline=timeline, fore=fore
        )

    @router.get("/tidslinje/{kind}/{name}")
    async def fragment(request: Request, kind: str, name: str) -> Response:
        viewer = await site.viewer(request, rooms=False)
        _title, timeline = await _timeline(site, viewer, f"/{kind}/{name}", "")
        return site.pages.page(request, "tidslinje.html", viewer=viewer, timeline=timeline)

    @router.get("/live/{kind}/{name}")
    async def live(request: Request, kind: str, name: str) -> Response:
        viewer = await site.viewer(request, rooms=False)
        address = address_at(f"/{kind}/{name}")
        if address is None or not await _may_open(site, address, viewer):
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        stream = site.live.stream(address)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    @router.get("/chatt")
    async def own_chat(request: Request) -> Response:
        return see((await site.viewer(request, rooms=False)).home_chat)

    @router.post("/kanal/{name}")
    @router.post("/chatt/{name}")
    async def say(request: Request) -> Response:
        who, sent = await site.posted(request)
        address = address_at(request.url.path)
        if address is None:
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        if not sent.one(WORDS).strip():
            return see(request.url.path + BOTTOM)
        answer = await site.answer(words_said(who, address, sent))
        return _next(answer.replies, request.url.path)

    @router.post("/tryck")
    async def press(request: Request) -> Response:
        who, sent = await site.posted(request)
        event = button_pressed(who, sent)
        answer = await site.answer(event)
        return _next(answer.replies, path_of(event.address) if event.address else "/chatt")

    return router


def _next(replies: Replies, place: str) -> Response:
    """Where a post leads: to the form it asks for, else back to where it was made."""
    form = asked(replies)
    return see(form_path(form, place) if form else place + BOTTOM)


async def _may_open(site: Site, address: str, viewer: Viewer) -> bool:
    async with site.database.transaction() as db:
        return await queries.conversation_at(db, address, viewer.person.id) is not None


async def _timeline(site: Site, viewer: Viewer, path: str, fore: str) -> tuple[str, Timeline]:
    address, before = address_at(path), read_before(fore)
    if address is None:
        raise WebRefusal(HTTPStatus.NOT_FOUND)
    async with site.database.transaction() as db:
        found = await queries.conversation_at(db, address, viewer.person.id)
        if found is None:
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        key, name = found
        rows = await queries.timeline(db, key, viewer.person.id, before, PAGE)
    with speaking(viewer.person.language):
        timeline = draw_timeline(rows, viewer, path, before)
    return ("Samspel" if path == viewer.home_chat else name), timeline
