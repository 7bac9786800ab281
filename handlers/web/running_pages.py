"""The page of how it goes: delivery, who is not reached, answers after reminders, rhythms kept."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from bot.account_cards import platform_name
from bot.conversations.running_words import (
    answers_chart,
    days_word,
    kept_word,
    long_ago,
    sent_chart,
    share,
    thing_kind,
    whose_running,
)
from bot.conversations.views import Chart
from bot.language import _, number, speaking
from bot.pages import activity_page, running_page, undelivered_page
from bot.people import BodyId
from bot.plan import Plan
from bot.running import Missed, Running, by_organisation, may_see, read_running
from handlers.web.chart_svg import draw_chart
from handlers.web.errors import WebRefusal
from handlers.web.pages import Viewer, canvas_for
from handlers.web.site import Site
from storage.queries.undelivered import OnPlatform

OPEN_ROWS = 15
"""Activities whose missed reports lie open; the rest are folded."""


def running_routes(site: Site) -> APIRouter:
    """The route of the page."""
    router = APIRouter(include_in_schema=False)

    @router.get(running_page())
    async def running(request: Request) -> Response:
        viewer = await site.viewer(request)
        if not may_see(viewer.person):
            with speaking(viewer.person.language):
                whose = whose_running()
            raise WebRefusal(HTTPStatus.NOT_FOUND, whose)
        async with site.database.connection() as db:
            plan = await site.plans.now(db)
            found = await read_running(db, plan, site.clock())
        with speaking(viewer.person.language):
            return site.pages.page(
                request, "drift.html", viewer=viewer, **_shown(found, plan, viewer)
            )

    return router


def _shown(found: Running, plan: Plan, viewer: Viewer) -> dict[str, Any]:
    canvas = canvas_for(viewer, level=3)

    def drawn(chart: Chart | None) -> Markup:
        return draw_chart(chart, canvas) if chart is not None else Markup("")

    missed = [_missed(each) for each in found.missed if each.late or each.missing]
    return {
        "facts": _facts(found),
        "platforms": [_platform(each) for each in found.platforms],
        "sent_chart": drawn(sent_chart(found.sent, found.today)),
        "undelivered": undelivered_page() if viewer.person.is_administrator else "",
        "unreachable": found.unreachable_in_all,
        "left": number(found.unreachable_in_all - len(found.unreachable)),
        "left_out": found.unreachable_in_all > len(found.unreachable),
        "by_organisation": sorted(by_organisation(found.unreachable).items()),
        "answers": _answers(found),
        "answers_chart": drawn(answers_chart(found.answers_quarter)),
        "missed": missed[:OPEN_ROWS],
        "missed_more": missed[OPEN_ROWS:],
        "awaited": bool(found.missed),
        "networks": _networks(found, plan),
    }


def _facts(found: Running) -> list[tuple[str, str]]:
    def in_all(of: str) -> str:
        return number(sum(getattr(each, of) for each in found.platforms))

    asked = sum(each.asked for each in found.answers_quarter)
    answered = sum(each.answered for each in found.answers_quarter)
    due = sum(each.due for each in found.missed)
    kept = due - sum(each.late + each.missing for each in found.missed)
    return [
        (_("Skickat på sju dagar"), in_all("sent")),
        (_("Väntar"), in_all("waiting")),
        (_("Inte framme"), in_all("failed")),
        (_("Kan inte nås"), number(found.unreachable_in_all)),
        (_("Svar efter påminnelse, 90 dagar"), share(answered, asked)),
        (_("Rapporter i tid, ett halvår"), share(kept, due)),
    ]


def _platform(each: OnPlatform) -> dict[str, str]:
    return {
        "name": platform_name(each.platform).capitalize(),
        "sent": number(each.sent),
        "waiting": number(each.waiting),
        "oldest": long_ago(each),
        "failed": number(each.failed),
        "expired": number(each.expired),
    }


def _answers(found: Running) -> list[dict[str, str]]:
    month = {each.kind: each for each in found.answers_month}
    rows: list[dict[str, str]] = []
    for each in found.answers_quarter:
        lately = month.get(each.kind)
        rows.append(
            {
                "kind": thing_kind(each.kind),
                "month": share(lately.answered, lately.asked) if lately else "–",
                "quarter": share(each.answered, each.asked),
                "median": days_word(each.median),
            }
        )
    return rows


def _missed(each: Missed) -> dict[str, str]:
    return {
        "code": each.activity.code,
        "title": each.activity.title,
        "href": activity_page(each.activity.code),
        "responsible": each.activity.responsible.name,
        "kept": kept_word(each),
        "late": number(each.late),
        "missing": number(each.missing),
    }


def _networks(found: Running, plan: Plan) -> list[dict[str, str]]:
    return [
        {
            "name": plan.bodies[BodyId(each.body_id)].name,
            "members": number(each.members),
            "reminded": share(each.answered, each.reminded),
            "polls": share(each.voted, each.asked),
        }
        for each in found.networks
        if BodyId(each.body_id) in plan.bodies
    ]
