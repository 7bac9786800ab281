"""The pages of polls: the list, a poll with all that may be seen of it, and its files."""

import asyncio
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot import bodies
from bot.clock import in_stockholm
from bot.language import _, speaking
from bot.needs.rights import municipalities_of
from bot.polls.poll import Kind, Poll
from bot.polls.reading import poll_by_number, polls_where
from bot.polls.rights import may_start
from bot.polls.seen import Seen, may_fetch, seen_by
from handlers.web import poll_listing, poll_money, poll_shown, poll_votes
from handlers.web.download import download
from handlers.web.errors import WebRefusal
from handlers.web.pages import Viewer
from handlers.web.site import Site
from storage.queries.poll_material import write_poll_fetched
from storage.queries.polls import count_polls

_NUMBER = Annotated[str, Query(max_length=12)]


def poll_routes(site: Site) -> APIRouter:
    """The routes of polls."""
    router = APIRouter(include_in_schema=False)

    @router.get("/omrostningar")
    async def polls(
        request: Request,
        slag: _NUMBER = "",
        lage: _NUMBER = "",
        vems: Annotated[str, Query(max_length=19)] = "",
        fran: Annotated[str, Query(max_length=6)] = "",
    ) -> Response:
        viewer = await site.viewer(request)
        return await _list(site, request, viewer, (slag, lage, vems, fran))

    @router.get("/omrostningar/{number}")
    async def poll(request: Request, number: str) -> Response:
        viewer = await site.viewer(request)
        return await _show(site, request, viewer, _key(number))

    @router.get("/omrostningar/{number}/underlag.{kind}")
    async def material(request: Request, number: str, kind: str) -> Response:
        viewer = await site.viewer(request, rooms=False)
        if kind not in ("docx", "xlsx"):
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        return await _file(site, request, viewer, _key(number), kind)

    return router


def _key(number: str) -> int:
    """The number of a poll; NOT_FOUND for what no poll can have."""
    key = int(number) if number.isascii() and number.isdecimal() and len(number) < 20 else 0
    if not 0 < key < 2**63:
        raise WebRefusal(HTTPStatus.NOT_FOUND)
    return key


async def _found(db: AsyncConnection, key: int) -> Poll:
    poll = await poll_by_number(db, key)
    if poll is None:
        raise WebRefusal(HTTPStatus.NOT_FOUND)
    return poll


async def _list(
    site: Site, request: Request, viewer: Viewer, said: tuple[str, str, str, str]
) -> Response:
    person = viewer.person
    async with site.database.connection() as db:
        plan = await site.plans.now(db)
        wanted = poll_listing.read_wanted(*said, person, plan)
        chosen = poll_listing.chosen(wanted, person)
        total = await count_polls(db, **chosen)
        found = await polls_where(db, most=poll_listing.A_PAGE, skip=wanted.skip, **chosen)
    with speaking(person.language):
        return site.pages.page(
            request,
            "omrostningar.html",
            viewer=viewer,
            total=total,
            polls=poll_listing.lines(found, plan, site.clock()),
            filters=poll_listing.filters(wanted, person, plan),
            narrowed=wanted.is_narrowed,
            turning=poll_listing.turning(wanted, len(found), total),
            leads=may_start(person, Kind.CO_FINANCING),
        )


async def _show(site: Site, request: Request, viewer: Viewer, key: int) -> Response:
    now = site.clock()
    async with site.database.connection() as db:
        plan = await site.plans.now(db)
        own = municipalities_of(viewer.person, plan)
        seen = await seen_by(db, await _found(db, key), own, in_stockholm(now).date())
    at = poll_shown.Looking(viewer, plan, own, now)
    zone = ZoneInfo(viewer.person.time_zone)
    with speaking(viewer.person.language):
        return site.pages.page(
            request,
            "omrostning.html",
            viewer=viewer,
            poll=poll_shown.head(seen, at),
            facts=poll_shown.facts(seen, plan),
            decision=poll_shown.decision(seen, plan),
            history=poll_shown.history(seen, plan, zone),
            seal=poll_shown.seal(seen, zone),
            money=_money(seen, at),
            votes=poll_votes.votes(seen) if seen.money is None else None,
        )


def _money(seen: Seen, at: poll_shown.Looking) -> dict[str, object] | None:
    asked = seen.money
    if asked is None:
        return None
    return {
        "bars": poll_money.bars(asked),
        "notes": poll_money.money_notes(asked),
        "own": poll_money.own_places(asked, at.own, seen.held),
        "rows": poll_money.municipalities(seen, asked),
        "totals": poll_money.totals(asked),
        "compared": poll_money.compared(asked, seen.scenarios),
    }


async def _file(site: Site, request: Request, viewer: Viewer, key: int, kind: str) -> Response:
    # Imported at first use: what makes documents weighs 50 MB.
    from bot.documents import poll_files

    now = site.clock()
    today = in_stockholm(now).date()
    async with site.database.transaction() as db:
        poll = await _found(db, key)
        if not may_fetch(viewer.person, poll):
            return await _not_yours(site, request, viewer, db)
        plan = await site.plans.now(db)
        seen = await seen_by(db, poll, (), today)
        await write_poll_fetched(
            db,
            {
                "at": now,
                "person_id": viewer.person.id,
                "actor": "person",
                "files": ["word" if kind == "docx" else "excel"],
                "source": "web",
                "poll_id": poll.id,
            },
        )
    make = poll_files.word_file if kind == "docx" else poll_files.excel_file
    made = await asyncio.to_thread(make, seen, plan, now)
    return download(made.name, made.content, made.media_type)


async def _not_yours(site: Site, request: Request, viewer: Viewer, db: AsyncConnection) -> Response:
    """Who fetches the files, and so whom to ask."""
    chef = await bodies.holders(db, "manager", in_stockholm(site.clock()).date())
    with speaking(viewer.person.language):
        title = _("Underlaget är inte ditt att hämta")
        text = _(
            "Chefen, förbundsdirektören, förbundets medarbetare och det organ som beslutar hämtar "
            "underlaget. Fråga {names}. Allt som får visas står på omröstningens sida.",
            names=", ".join(each.name for each in chef) or _("chefen"),
        )
    return site.pages.page(
        request,
        "fel.html",
        status=HTTPStatus.FORBIDDEN,
        viewer=viewer,
        title=title,
        text=text,
        kept=(),
        resend=(),
        action="",
    )
