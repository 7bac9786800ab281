"""Pages that only show: the person's own page, what a link leads to, pictures."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.exc import DBAPIError
from starlette.responses import Response

from bot.conversations.protocol import ShowHome
from bot.language import speaking
from handlers.web.errors import WebRefusal
from handlers.web.form_pages import reply_page
from handlers.web.pages import Viewer, canvas_for
from handlers.web.places import address_at
from handlers.web.render import draw_card
from handlers.web.site import Site, see
from handlers.web.timeline import asked, form_path
from handlers.web.translate import home_opened, read_press, shown_by_link
from storage.queries import web as queries

PICTURES = ("image/png", "image/svg+xml", "image/jpeg")
READ_ONLY = "25006"
"""PostgreSQL's word for: this was about to write, and may only read."""


def shown_routes(site: Site) -> APIRouter:
    """The routes of home, of links in cards, and of pictures."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def home(request: Request) -> Response:
        viewer = await site.viewer(request)
        answer = await site.answer(home_opened(viewer.session))
        with speaking(viewer.person.language):
            canvas = canvas_for(viewer)
            cards = [
                draw_card(card, canvas)
                for reply in answer.replies
                if isinstance(reply, ShowHome)
                for card in reply.home.cards
            ]
        return site.pages.page(request, "hem.html", viewer=viewer, cards=cards)

    @router.get("/visa/{press}")
    async def show(request: Request, press: str, i: Annotated[str, Query()] = "") -> Response:
        viewer = await site.viewer(request)
        place = i if address_at(i) else ""
        event = shown_by_link(viewer.session, address_at(place), press)
        try:
            answer = await site.answer(event)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != READ_ONLY:
                raise
            # A link changes nothing: what would is asked for with a button.
            return site.pages.page(
                request,
                "bekrafta.html",
                viewer=viewer,
                press=press,
                about=_about(site, viewer, press),
                place=place or viewer.home_chat,
            )
        form = asked(answer.replies)
        if form is not None:
            return see(form_path(form, place or viewer.home_chat))
        return reply_page(site, request, viewer, answer.replies, place)

    @router.get("/filer/{file_id}")
    async def picture(request: Request, file_id: int) -> Response:
        await site.viewer(request, rooms=False)
        async with site.database.transaction() as db:
            found = await queries.stored_file(db, file_id) if file_id < 2**63 else None
        if found is None or found[0] not in PICTURES:
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        media_type, content = found
        headers = {"cache-control": "private, max-age=86400, immutable"}
        return Response(content, media_type=media_type, headers=headers)

    return router


def _about(site: Site, viewer: Viewer, encoded: str) -> str:
    """What a link that would change something belongs to; empty where that is nothing we know."""
    conversation = site.bot.conversations.named(read_press(encoded).name)
    if conversation is None:
        return ""
    with speaking(viewer.person.language):
        return conversation.says()
