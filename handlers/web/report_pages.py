"""The pages of reports to meetings: drafts and those that were sent, each to be read in full."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from bot.clock import in_stockholm
from bot.conversations.digests.report_cards import FORM, NAME
from bot.conversations.digests.reports import may_send, refusal, shown
from bot.conversations.views import press
from bot.digests.meeting_report import MeetingReport
from bot.digests.reporting_to import one_report, reports
from bot.digests.wording import long_day
from bot.finding import read_number
from bot.language import _, short_time, speaking
from bot.pages import reports_page
from handlers.web.errors import WebRefusal
from handlers.web.pages import Viewer, canvas_for
from handlers.web.render import draw_card
from handlers.web.site import Site

A_PAGE = 30


def report_routes(site: Site) -> APIRouter:
    """The routes of the list and of one report."""
    router = APIRouter(include_in_schema=False)

    @router.get(reports_page())
    async def listed(request: Request, sida: Annotated[str, Query(max_length=9)] = "1") -> Response:
        viewer = await _reader(site, request)
        page = max(read_number(sida, 4), 1)
        async with site.database.connection() as db:
            found = await reports(db, A_PAGE + 1, (page - 1) * A_PAGE)
        today = in_stockholm(site.clock()).date()
        with speaking(viewer.person.language):
            lines = [_line(each, today) for each in found[:A_PAGE]]
            return site.pages.page(
                request,
                "lagesrapporter.html",
                viewer=viewer,
                drafts=[each for each in lines if each["draft"]],
                sent=[each for each in lines if not each["draft"]],
                earlier=f"{reports_page()}?sida={page - 1}" if page > 1 else "",
                later=f"{reports_page()}?sida={page + 1}" if len(found) > A_PAGE else "",
            )

    @router.get(reports_page() + "/{number}")
    async def one(request: Request, number: str) -> Response:
        viewer = await _reader(site, request)
        async with site.database.connection() as db:
            report = await one_report(db, read_number(number))
        if report is None:
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        with speaking(viewer.person.language):
            canvas = canvas_for(viewer)
            return site.pages.page(
                request,
                "lagesrapport.html",
                viewer=viewer,
                report=_line(report, in_stockholm(site.clock()).date()),
                cards=[draw_card(each, canvas) for each in shown(report)],
                back=reports_page(),
                may_send=may_send(viewer.person),
            )

    return router


async def _reader(site: Site, request: Request) -> Viewer:
    """Whoever looks, chef, förbundsdirektör or staff; anybody else is told whose page it is."""
    viewer = await site.viewer(request)
    with speaking(viewer.person.language):
        refused = refusal(viewer.person)
    if refused is not None:
        raise WebRefusal(HTTPStatus.NOT_FOUND, refused.text)
    return viewer


def _line(report: MeetingReport, today: date) -> dict[str, object]:
    return {
        "title": report.title,
        "href": f"{reports_page()}/{report.id}",
        "draft": report.is_draft,
        "form": f"/form/{FORM}?arg={report.id}",
        "send": f"/visa/{press(NAME, 'skicka', report.id).encoded()}",
        "stands": _stands(report, today),
    }


def _stands(report: MeetingReport, today: date) -> str:
    """Who sent it and when, or when it should be sent and who wrote in it last."""
    if report.sent is not None:
        who, when = report.sent
        return _("Skickad av {who}, {when}", who=who, when=short_time(in_stockholm(when)))
    if not report.is_draft:
        return _("Mötet är inställt")
    due = long_day(report.due_on, today)
    said = (
        _("Skulle ha varit skickad {day}", day=due)
        if report.due_on < today
        else _("Skickas senast {day}", day=due)
    )
    if report.edited is None:
        return said
    who, when = report.edited
    by = _("senast ändrad av {who}, {when}", who=who, when=short_time(in_stockholm(when)))
    return f"{said} · {by}"
