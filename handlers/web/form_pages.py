"""Forms as pages of their own: opened by name and arguments, sent in steps."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from bot.conversations.forms import Form
from bot.conversations.protocol import Replies, Suggest
from bot.language import speaking
from handlers.web.pages import Viewer, canvas_for
from handlers.web.places import address_at, path_of
from handlers.web.render_form import draw_form, draw_intro
from handlers.web.site import Site, see
from handlers.web.timeline import asked, draw_reply
from handlers.web.translate import form_opened, form_sent, searched


def form_routes(site: Site) -> APIRouter:
    """The routes of forms and of the suggestions in their fields."""
    router = APIRouter(include_in_schema=False)

    @router.get("/form/{name}")
    async def open_form(
        request: Request,
        name: str,
        arg: Annotated[list[str] | None, Query()] = None,
        i: Annotated[str, Query()] = "",
    ) -> Response:
        viewer = await site.viewer(request)
        answer = await site.answer(form_opened(viewer.session, address_at(i), name, arg or ()))
        return _page(site, request, viewer, answer.replies, i if address_at(i) else "")

    @router.post("/form/{name}")
    async def send_form(request: Request) -> Response:
        who, sent = await site.posted(request)
        event = form_sent(who, sent)
        answer = await site.answer(event)
        place = path_of(event.address) if event.address else ""
        if asked(answer.replies) is None:
            return see((place or "/chatt") + "#nu")
        return _page(site, request, await site.viewer(request), answer.replies, place)

    @router.get("/sok/{among}")
    async def search(request: Request, among: str, q: Annotated[str, Query()] = "") -> Response:
        viewer = await site.viewer(request, rooms=False)
        answer = await site.answer(searched(viewer.session, among, q))
        found = [
            {"value": option.value, "label": option.label}
            for reply in answer.replies
            if isinstance(reply, Suggest)
            for option in reply.options
        ]
        return JSONResponse(found, headers={"cache-control": "no-store"})

    return router


def _page(site: Site, request: Request, viewer: Viewer, replies: Replies, place: str) -> Response:
    form = asked(replies)
    if form is None:
        return reply_page(site, request, viewer, replies, place)
    with speaking(viewer.person.language):
        canvas = canvas_for(viewer, place or None, level=2)
        intro = draw_intro(form, canvas)
        drawn = draw_form(form, canvas, f"/form/{form.name}")
    return site.pages.page(
        request,
        "formular.html",
        status=422 if _wrong(form) else 200,
        viewer=viewer,
        form=form,
        wrong=_wrong(form),
        intro=intro,
        drawn=drawn,
        back=place or viewer.home_chat,
    )


def _wrong(form: Form) -> bool:
    return bool(form.problem or form.problems)


def reply_page(
    site: Site, request: Request, viewer: Viewer, replies: Replies, place: str
) -> Response:
    """A page that shows replies by themselves, outside any timeline."""
    with speaking(viewer.person.language):
        canvas = canvas_for(viewer, place or None)
        bubbles = (draw_reply(each, canvas, canvas.place, mine=True) for each in replies)
        cards = [bubble.html for bubble in bubbles if bubble]
    return site.pages.page(
        request, "svar.html", viewer=viewer, cards=cards, back=place or viewer.home_chat
    )
