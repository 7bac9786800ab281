"""The board of needs by stage."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from bot.clock import in_stockholm
from bot.conversations.needs.listing import Asked
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.wording import capital, stage_word, stands
from bot.conversations.views import press
from bot.language import _, ngettext, short_date, speaking
from bot.needs.need import Need
from bot.needs.reading import Filter, Page, board_of
from bot.needs.rights import may_fetch_material, records
from bot.needs.stages import WRITTEN_AT, Stage
from bot.people import BodyId, OrganisationId
from bot.plan import Plan
from handlers.web.pages import Viewer
from handlers.web.site import Site

A_COLUMN = 30
"""Needs of a stage on the board; the list has the others."""

LONGEST_PRESS = 75
NOTHING = Page((), 0)


def needs_routes(site: Site) -> APIRouter:
    """The route of the board."""
    router = APIRouter(include_in_schema=False)

    @router.get("/behov")
    async def board(
        request: Request,
        omrade: Annotated[str, Query(max_length=19)] = "",
        kommun: Annotated[str, Query(max_length=19)] = "",
        natverk: Annotated[str, Query(max_length=19)] = "",
        sok: Annotated[str, Query(max_length=100)] = "",
        fragat: Annotated[str, Query(max_length=3)] = "",
    ) -> Response:
        viewer = await site.viewer(request)
        # PostgreSQL keeps no NUL in text, and nobody types one.
        sok = sok.replace("\x00", "")
        wanted = _filter(omrade, kommun, natverk, sok)
        async with site.database.connection() as db:
            plan = await site.plans.now(db)
            found = await board_of(db, wanted, most=A_COLUMN)
        with speaking(viewer.person.language):
            asked = _asked(wanted)
            columns = [_column(stage, found.get(stage, NOTHING), viewer, asked) for stage in Stage]
            columns += _marked(found.get(None))
            return site.pages.page(
                request,
                "behov.html",
                viewer=viewer,
                columns=columns,
                total=sum(page.total for page in found.values()),
                filters=_filters(plan, omrade, kommun, natverk),
                sok=sok,
                asked=int(fragat) if fragat.isdecimal() else None,
                filtered=bool(omrade or kommun or natverk or sok),
            )

    return router


def _filter(area: str, municipality: str, network: str, words: str) -> Filter:
    place, body = _key(municipality), _key(network)
    return Filter(
        area_id=_key(area),
        municipality=OrganisationId(place) if place is not None else None,
        network=BodyId(body) if body is not None else None,
        words=words,
        live_only=False,
    )


def _asked(wanted: Filter) -> Asked:
    """The filter as the list in chat has it."""
    return Asked(
        area_id=wanted.area_id,
        municipality=wanted.municipality,
        network=wanted.network,
        words=wanted.words,
    )


def _key(word: str) -> int | None:
    """The key that an address names; None for what no row can have."""
    key = int(word) if word.isdecimal() else 0
    return key if 0 < key < 2**63 else None


def _filters(plan: Plan, area: str, municipality: str, network: str) -> list[dict[str, object]]:
    """What can be chosen above the board: name, label, options and which is chosen."""
    places = sorted(
        (each for each in plan.organisations.values() if each.kind == "municipality"),
        key=lambda each: each.name,
    )
    networks = plan.networks
    chosen = (
        ("omrade", _("Insatsområde"), list(plan.focus_areas.items()), area),
        ("kommun", _("Kommun"), [(each.id, each.name) for each in places], municipality),
        ("natverk", _("Nätverk"), [(each.id, each.name) for each in networks], network),
    )
    return [
        {"name": name, "label": label, "options": options, "chosen": value}
        for name, label, options, value in chosen
    ]


def _column(stage: Stage, page: Page, viewer: Viewer, asked: Asked) -> dict[str, object]:
    mine = records(viewer.person)
    return {
        "key": stage.value,
        "name": capital(stage_word(stage)),
        "total": page.total,
        "needs": [_line(need) for need in page.needs],
        "more": _list_of(replace(asked, stage=stage)) if page.total > len(page.needs) else "",
        "left": 0,
        "material": bool(page.total) and may_fetch_material(viewer.person, stage),
        "to_write": mine and stage in WRITTEN_AT,
    }


def _list_of(asked: Asked) -> str:
    """The address of the list of all that a column has."""
    shown = press("behov", "lista", 0, *replace(asked, words="").encoded())
    room = LONGEST_PRESS - len(shown.encoded() + "|w")
    # A slash would begin another part of the address, even when it is quoted.
    words = asked.words.replace("/", " ")[: max(room, 0)]
    shown = press("behov", "lista", 0, *replace(asked, words=words).encoded())
    return "/visa/" + quote(shown.encoded(), safe="|")


def _marked(page: Page | None) -> list[dict[str, object]]:
    """A last column of those that were withdrawn or merged, where there are any."""
    if page is None:
        return []
    return [
        {
            "key": "marked",
            "name": _("Återtagna och ihopslagna"),
            "total": page.total,
            "needs": [_line(need) for need in page.needs],
            "more": "",
            "left": page.total - len(page.needs),
            "material": False,
            "to_write": False,
        }
    ]


def _line(need: Need) -> dict[str, object]:
    since = short_date(in_stockholm(need.stage_since).date())
    return {
        "href": f"/visa/behov|{need.id}",
        "title": title_of(need),
        "area": need.area or "",
        "supports": ngettext("{n} kommun stöttar", "{n} kommuner stöttar", len(need.supports)),
        "since": _("{stage} sedan {day}", stage=stands(need), day=since)
        if need.is_live
        else stands(need),
        "preparer": need.preparer.name if need.preparer else "",
    }
