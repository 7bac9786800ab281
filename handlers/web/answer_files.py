"""The rows of an answer to a question, as a spreadsheet."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.clock import in_stockholm
from bot.language import speaking
from bot.pages import answer_file
from bot.questions.asking import Asking
from bot.questions.keys import question_of
from bot.questions.vocabulary import Vocabulary, people_known
from handlers.web.download import download
from handlers.web.errors import WebRefusal
from handlers.web.site import Site


def answer_routes(site: Site) -> APIRouter:
    """The route of the file."""
    router = APIRouter(include_in_schema=False)

    @router.get(answer_file("{key}"))
    async def file(request: Request, key: str) -> Response:
        viewer = await site.viewer(request, rooms=False)
        # Imported at first use: what makes documents weighs 50 MB.
        from bot.documents.answer_sheet import answer_workbook, gather_sheet

        now = site.clock()
        async with site.database.connection() as db:
            plan = await site.plans.now(db)
            people = await people_known(db, in_stockholm(now).date())
            question = question_of(key, Vocabulary(plan, people, {}))
            if question is None:
                raise WebRefusal(HTTPStatus.NOT_FOUND)
            asking = Asking(db, plan, question, viewer.person, now, site.settings)
            with speaking(viewer.person.language):
                sheet = await gather_sheet(asking)
        with speaking(viewer.person.language):
            content = await asyncio.to_thread(answer_workbook, sheet)
        return download(f"svar-{question.intent.value}.xlsx", content)

    return router
