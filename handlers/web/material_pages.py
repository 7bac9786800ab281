"""The material of needs, fetched from the board, and asking for what is missing in it."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.clock import in_stockholm
from bot.language import _, speaking
from bot.needs.material import field_named
from bot.needs.rights import may_fetch_material, records
from bot.needs.stages import WRITTEN_AT, Stage
from handlers.web.download import download
from handlers.web.errors import WebRefusal
from handlers.web.pages import Viewer
from handlers.web.site import Site, see

log = structlog.get_logger()


def material_routes(site: Site) -> APIRouter:
    """The routes of the material."""
    router = APIRouter(include_in_schema=False)

    @router.get("/behov/underlag/{stage}/{kind}")
    async def material(request: Request, stage: str, kind: str) -> Response:
        viewer = await site.viewer(request, rooms=False)
        wanted = _stage(stage)
        if not may_fetch_material(viewer.person, wanted):
            raise WebRefusal(HTTPStatus.FORBIDDEN)
        if kind not in ("word", "excel"):
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        return await _unless_unusable(
            site, request, viewer, lambda: _files(site, viewer, wanted, kind)
        )

    @router.post("/behov/underlag/{stage}/be-om")
    async def ask(request: Request, stage: str) -> Response:
        await site.posted(request)
        viewer = await site.viewer(request, rooms=False)
        wanted = _stage(stage)
        if wanted not in WRITTEN_AT:
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        if not records(viewer.person):
            raise WebRefusal(HTTPStatus.FORBIDDEN)
        return await _unless_unusable(site, request, viewer, lambda: _ask(site, wanted))

    return router


def _stage(stage: str) -> Stage:
    wanted = next((each for each in Stage if each.value == stage), None)
    if wanted is None:
        raise WebRefusal(HTTPStatus.NOT_FOUND)
    return wanted


async def _files(site: Site, viewer: Viewer, stage: Stage, kind: str) -> Response:
    # Imported at first use: what makes documents weighs 50 MB.
    from bot.documents import need_files
    from bot.documents.need_matters import Fetched, matters_at, write_fetched
    from bot.documents.need_template import read_template

    now = site.clock()
    today = in_stockholm(now).date()
    template = read_template(site.settings.need_template)
    async with site.database.transaction() as db:
        plan = await site.plans.now(db)
        matters = await matters_at(db, stage, today)
        await write_fetched(db, matters, Fetched(viewer.person.id, "person", now, "web"), (kind,))
    if not matters:
        raise WebRefusal(HTTPStatus.NOT_FOUND)
    if kind == "excel":
        made = await asyncio.to_thread(
            need_files.excel_file, matters, template, stage.value, plan, today
        )
        return download(made.name, made.content, need_files.EXCEL)
    files = await asyncio.to_thread(need_files.word_files, matters, template, plan, today)
    if len(files) == 1:
        return download(files[0].name, files[0].content, need_files.WORD)
    return download(f"behov-{stage.value}.zip", need_files.packed(files), "application/zip")


async def _ask(site: Site, stage: Stage) -> Response:
    """Ask the preparers for what is missing, and tell about how many needs they were asked now."""
    from bot.documents.need_matters import ask_for_missing, matters_at
    from bot.documents.need_template import fields_in, read_template

    now = site.clock()
    names = fields_in(read_template(site.settings.need_template))
    fields = tuple(field_named(name) for name in names)
    async with site.database.transaction() as db:
        plan = await site.plans.now(db)
        matters = await matters_at(db, stage, in_stockholm(now).date())
        asked = await ask_for_missing(db, plan, matters, fields, now)
    return see(f"/behov?fragat={min(len(asked), 999)}")


async def _unless_unusable(
    site: Site, request: Request, viewer: Viewer, answer: Callable[[], Awaitable[Response]]
) -> Response:
    """The answer, or a page that tells what is wrong with the organisation's own template."""
    from bot.documents.need_template import TemplateUnusable

    try:
        return await answer()
    except TemplateUnusable as error:
        log.warning("need_template_unusable", detail=error.detail)
        detail = error.detail
    with speaking(viewer.person.language):
        title = _("Mallen för underlag går inte att använda")
        text = _(
            "Det som är fel: {detail}. Säg till den som sköter Samspel att rätta mallen.",
            detail=detail,
        )
    return site.pages.page(
        request,
        "fel.html",
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        viewer=viewer,
        title=title,
        text=text,
        kept=(),
        resend=(),
        action="",
    )
