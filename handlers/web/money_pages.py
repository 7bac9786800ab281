"""The page of money: chart and tables by area, direction, activity and municipality; the budget."""

import asyncio
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from bot.clock import in_stockholm
from bot.conversations.assignments.wording import hours_word
from bot.conversations.money.chart import money_chart
from bot.conversations.money.wording import (
    PAGE,
    activity_name,
    budget_file,
    is_without_money,
    state_heading,
)
from bot.conversations.views import press
from bot.language import _, kronor, number, speaking
from bot.money.cost import Spent
from bot.money.overview import STATES, Group, Overview, Pledged, Sums
from bot.money.reading import overview_of, spent_in_all, with_hours_used
from bot.plan import Activity
from handlers.web.chart_svg import draw_chart
from handlers.web.download import download
from handlers.web.errors import WebRefusal
from handlers.web.pages import Viewer, canvas_for
from handlers.web.site import Site

FIRST_YEAR, LAST_YEAR = 2000, 2200


def money_routes(site: Site) -> APIRouter:
    """The routes of the page and of the budget file."""
    router = APIRouter(include_in_schema=False)

    @router.get(PAGE)
    async def money(request: Request) -> Response:
        viewer = await site.viewer(request)
        today = in_stockholm(site.clock()).date()
        async with site.database.connection() as db:
            overview = await overview_of(db, await site.plans.now(db), today)
            spent = overview.outcome(await spent_in_all(db))
            pledged = await with_hours_used(db, overview.pledged)
        with speaking(viewer.person.language):
            return site.pages.page(
                request, "pengar.html", viewer=viewer, **_shown(overview, spent, pledged, viewer)
            )

    @router.get(f"{PAGE}/budget.xlsx")
    async def budget(request: Request, year: Annotated[str, Query(max_length=9)] = "") -> Response:
        viewer = await site.viewer(request, rooms=False)
        wanted = _year(year, in_stockholm(site.clock()).date())
        # Imported at first use: what makes documents weighs 50 MB.
        from bot.documents.budget_sheet import budget_workbook, gather_budget

        today = in_stockholm(site.clock()).date()
        async with site.database.connection() as db:
            plan = await site.plans.now(db)
            found = await gather_budget(db, plan, wanted, today)
        with speaking(viewer.person.language):
            made = await asyncio.to_thread(budget_workbook, found)
        return download(f"projektbudget-{wanted}.xlsx", made)

    return router


def _year(word: str, today: date) -> int:
    """The year that the address names, this year for none; WebRefusal for what no year can be."""
    if not word:
        return today.year
    year = int(word) if word.isdecimal() and word.isascii() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WebRefusal(HTTPStatus.NOT_FOUND)
    return year


def _shown(
    overview: Overview, spent: Spent, pledged: tuple[Pledged, ...], viewer: Viewer
) -> dict[str, Any]:
    total = overview.total
    year = overview.plan.year or overview.today.year
    return {
        "empty": is_without_money(total),
        "facts": _facts(total, spent),
        "chart": _chart(overview, viewer),
        "headings": [_("Budget"), *(state_heading(each) for each in _states()), _("Saknas")],
        "areas": [_area(overview, each, spent) for each in overview.areas],
        "municipalities": [_municipality(each) for each in pledged],
        "anything_pledged": any(each.pledges or each.used for each in pledged),
        "spent": bool(spent.activities),
        "budget_file": budget_file(year),
        "year": year,
    }


def _states() -> tuple[str, ...]:
    return tuple(reversed(STATES))


def _chart(overview: Overview, viewer: Viewer) -> Markup:
    groups = [(each.name, each.sums) for each in overview.areas]
    chart = money_chart(groups, overview.total)
    return draw_chart(chart, canvas_for(viewer)) if chart is not None else Markup("")


def _facts(total: Sums, spent: Spent) -> list[tuple[str, str]]:
    shown = [
        (_("Budget"), kronor(total.budget)),
        (_("Beviljat och utlovat"), kronor(total.sure)),
        (_("Planerat och sökt"), kronor(total.hoped_for)),
        (_("Saknas"), kronor(total.lacking)),
    ]
    if spent.activities:
        shown.append((_("Utfall"), kronor(spent.on_activities)))
    if spent.resources:
        shown.append((_("Gemensamma resurser, utfall"), kronor(spent.on_resources)))
    return shown


def _amounts(sums: Sums) -> list[str]:
    found = (sums.budget, *(sums.in_state(state) for state in _states()), sums.lacking)
    return [number(each) for each in found]


def _area(overview: Overview, area: Group, spent: Spent) -> dict[str, object]:
    return {
        "name": area.name,
        "amounts": _amounts(area.sums),
        "spent": _spent(area.activities, spent),
        "directions": [
            {
                "name": each.name,
                "amounts": _amounts(each.sums),
                "spent": _spent(each.activities, spent),
                "activities": [_activity(overview, one, spent) for one in each.activities],
            }
            for each in overview.directions(area.name)
        ],
    }


def _activity(overview: Overview, activity: Activity, spent: Spent) -> dict[str, object]:
    return {
        "name": activity_name(activity),
        "href": f"/visa/{press('pengar', activity.code).encoded()}",
        "over": overview.is_over(activity),
        "amounts": _amounts(overview.sums([activity])),
        "spent": _spent([activity], spent),
    }


def _spent(activities: tuple[Activity, ...] | list[Activity], spent: Spent) -> str:
    return number(sum(spent.activities.get(each.id, 0) for each in activities))


def _municipality(pledged: Pledged) -> dict[str, str]:
    return {
        "name": pledged.name,
        "href": f"/visa/{press('pengar', 'kommun', pledged.municipality).encoded()}",
        "money": number(pledged.money),
        "time": number(pledged.own_time),
        "hours": hours_word(pledged.hours),
        "used": hours_word(sum(pledged.used.values())),
    }
