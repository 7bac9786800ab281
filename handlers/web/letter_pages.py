"""The pages that links in mails lead to: stop a kind of letter, or go on as the person it was for.

Opening one changes nothing, since mail filters open every link; its button does.
"""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy import RowMapping
from starlette.responses import RedirectResponse, Response

from bot.clock import in_stockholm
from handlers.letter_links import Entry, Stop, read_entry, read_stop
from handlers.secret_keys import SecretKeys
from handlers.web.errors import NotSignedIn
from handlers.web.security import SESSION_COOKIE, set_cookie
from handlers.web.sign_in import LETTER_DAYS, sign_in
from handlers.web.site import Site, see
from storage.queries import letters as queries

STOP, ENTRY = "brev_sluta.html", "brev_till.html"
TOO_OLD = "brev"
"""What the sign-in page is told, where a mail's link no longer signs anybody in."""


def letter_routes(site: Site) -> APIRouter:
    """The routes of links in mails."""
    router = APIRouter(include_in_schema=False)
    keys = SecretKeys(site.settings)
    _add_stop(router, site, keys)
    _add_entry(router, site, keys)
    return router


def _add_stop(router: APIRouter, site: Site, keys: SecretKeys) -> None:
    """Stopping needs no sign-in and no page of ours: mail programs post it by themselves."""

    @router.get("/brev/sluta/{token}")
    async def asked(request: Request, token: str) -> Response:
        return await _stop_page(site, request, read_stop(keys, token), token)

    @router.post("/brev/sluta/{token}")
    async def stopped(request: Request, token: str) -> Response:
        stop = read_stop(keys, token)
        if stop is not None:
            async with site.database.transaction() as db:
                await queries.stop(db, stop.person_id, stop.letter, site.clock())
        return await _stop_page(site, request, stop, token)

    @router.post("/brev/sluta/{token}/angra")
    async def taken_back(request: Request, token: str) -> Response:
        stop = read_stop(keys, token)
        if stop is not None:
            async with site.database.transaction() as db:
                await queries.resume(db, stop.person_id, stop.letter, site.clock())
        return await _stop_page(site, request, stop, token, again=True)


async def _stop_page(
    site: Site, request: Request, stop: Stop | None, token: str, *, again: bool = False
) -> Response:
    row = None
    if stop is not None:
        async with site.database.connection() as db:
            row = await queries.who_stops(db, stop.person_id, stop.letter)
    if stop is None or row is None:
        return site.pages.page(request, STOP, status=HTTPStatus.NOT_FOUND, at="unknown")
    return site.pages.page(
        request,
        STOP,
        spoken=row["language"],
        at="stopped" if row["stopped"] else "again" if again else "asked",
        letter=stop.letter,
        name=row["name"],
        action=f"/brev/sluta/{token}",
    )


def _add_entry(router: APIRouter, site: Site, keys: SecretKeys) -> None:
    """Going on as the person: only for whoever got the mail, for a while, and never as an
    administrator."""

    @router.get("/brev/till/{token}")
    async def asked(request: Request, token: str) -> Response:
        site.slow_down(request)
        entry = read_entry(keys, token)
        person = await _entering(site, entry)
        if entry is None or person is None:
            return _to_sign_in(entry)
        if await _is_signed_in(site, request, entry):
            return see(entry.path)
        return site.pages.page(
            request,
            ENTRY,
            spoken=person["language"],
            name=person["name"],
            action=f"/brev/till/{token}",
        )

    @router.post("/brev/till/{token}")
    async def entered(request: Request, token: str) -> Response:
        await site.posted_by_visitor(request)
        site.slow_down(request)
        entry = read_entry(keys, token)
        if entry is None or await _entering(site, entry) is None:
            return _to_sign_in(entry)
        async with site.database.transaction() as db:
            done = await sign_in(
                db, entry.person_id, site.clock(), source="letter", days=LETTER_DAYS
            )
        if done is None:
            return _to_sign_in(entry)
        response = see(entry.path)
        set_cookie(response, request, site.settings, SESSION_COOKIE, done.secret, LETTER_DAYS)
        return response


async def _entering(site: Site, entry: Entry | None) -> RowMapping | None:
    """Whom the link lets in just now; None when its time is over, or it is theirs no more."""
    now = site.clock()
    if entry is None or entry.ends_at <= now:
        return None
    async with site.database.connection() as db:
        person = await queries.recipient(db, entry.person_id, in_stockholm(now).date())
    if person is None or not entry.is_for(person["email"]):
        return None
    return person if person["employed"] and not person["administrator"] else None


async def _is_signed_in(site: Site, request: Request, entry: Entry) -> bool:
    try:
        viewer = await site.viewer(request, rooms=False)
    except NotSignedIn:
        return False
    return viewer.person.id == entry.person_id


def _to_sign_in(entry: Entry | None) -> Response:
    """To the sign-in page, and afterwards to where the link led."""
    wanted = f"&till={quote(entry.path, safe='/')}" if entry is not None else ""
    return RedirectResponse(f"/logga-in?fran={TOO_OLD}{wanted}", status_code=HTTPStatus.SEE_OTHER)
