"""The pages of an install by OAuth: from an administrator's one-time link, to Slack, and back."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from bot.tokens import hashed, new_secret
from handlers.secret_keys import KeyProblem
from handlers.slack.calls import TROUBLE, error_code, never_arrived
from handlers.slack.ids import PLATFORM
from handlers.slack.installations import Installed
from handlers.slack.oauth import (
    REDIRECT_PATH,
    Granted,
    OAuthApp,
    authorize_page,
    give_back,
    granted,
    oauth_app,
    slack_origin,
)
from handlers.slack.workspaces import Workspaces
from handlers.web.errors import WebRefusal
from handlers.web.security import HEADERS, is_https
from handlers.web.site import Site
from storage.queries import installations as queries

log = structlog.get_logger(__name__)

INSTALL_PATH = "/slack/install"
COOKIE = "samspel-installation"
PURPOSE = "slack_install"
STATE_MINUTES = 10


class _NotDone(Exception):
    """The install cannot go on; `what` names the words of the page that says so."""

    def __init__(self, status: HTTPStatus, what: str, **values: str) -> None:
        super().__init__(what)
        self.status, self.what, self.values = status, what, values


def install_routes(site: Site, workspaces: Workspaces) -> APIRouter:
    """The routes of installing in Slack; to be included where the settings have OAuth."""
    router = APIRouter(include_in_schema=False)
    pages = _InstallPages(site, workspaces)
    path = INSTALL_PATH + "/{token}"
    router.add_api_route(path, pages.link, methods=["GET"], response_model=None)
    router.add_api_route(path, pages.begin, methods=["POST"], response_model=None)
    router.add_api_route(REDIRECT_PATH, pages.back, methods=["GET"], response_model=None)
    return router


class _InstallPages:
    def __init__(self, site: Site, workspaces: Workspaces) -> None:
        self._site, self._workspaces = site, workspaces

    async def link(self, request: Request, token: str) -> Response:
        """What will happen, and a button: opening the link changes nothing."""
        app = self._app()
        self._site.slow_down(request)
        async with self._site.database.transaction() as db:
            holds = await queries.install_link_holds(
                db, PLATFORM, hashed(token), self._site.clock()
            )
        if not holds:
            return self._page(request, HTTPStatus.GONE, "link_ended")
        response = self._page(request, HTTPStatus.OK, "offer")
        # A browser follows the button's redirect to Slack only when the page names it.
        policy = HEADERS["content-security-policy"]
        response.headers["content-security-policy"] = policy.replace(
            "form-action 'self'", f"form-action 'self' {slack_origin(app)}"
        )
        return response

    async def begin(self, request: Request, token: str) -> Response:
        """Spend the link and go on to Slack, remembering this browser."""
        app = self._app()
        await self._site.posted_by_visitor(request)
        self._site.slow_down(request)
        try:
            self._workspaces.installations.check_keys()
        except KeyProblem as problem:
            log.warning("slack_install_keys", problem=str(problem))
            return self._page(request, HTTPStatus.SERVICE_UNAVAILABLE, "keys")
        state, browser, now = new_secret(), new_secret(), self._site.clock()
        async with self._site.database.transaction() as db:
            made_by = await queries.spend_install_link(db, PLATFORM, hashed(token), now)
            if made_by is None:
                return self._page(request, HTTPStatus.GONE, "link_ended")
            await queries.begin_in_browser(
                db,
                PURPOSE,
                state_hash=hashed(state),
                browser_hash=hashed(browser),
                details={"by": made_by},
                now=now,
                expires_at=now + timedelta(minutes=STATE_MINUTES),
            )
        registered = self._site.settings.slack_workspaces
        only = registered[0].team_id if len(registered) == 1 else None
        response = RedirectResponse(authorize_page(app, state, only), status_code=303)
        response.set_cookie(
            COOKIE,
            browser,
            max_age=STATE_MINUTES * 60,
            path=REDIRECT_PATH,
            httponly=True,
            samesite="lax",
            secure=is_https(request, self._site.settings),
        )
        return response

    async def back(
        self,
        request: Request,
        state: Annotated[str, Query()] = "",
        code: Annotated[str, Query()] = "",
        error: Annotated[str, Query()] = "",
    ) -> Response:
        """Slack sends the browser back here, with a code or with what went wrong."""
        app = self._app()
        self._site.slow_down(request)
        try:
            by = await self._begun_by(state, request.cookies.get(COOKIE, ""))
            name = await self._installed(app, code, error, by)
        except _NotDone as problem:
            response = self._page(request, problem.status, problem.what, **problem.values)
        else:
            response = self._page(request, HTTPStatus.OK, "done", name=name)
        response.delete_cookie(COOKIE, path=REDIRECT_PATH)
        return response

    async def _begun_by(self, state: str, browser: str) -> str:
        """Who made the link that this install began with; the state is used up."""
        details = None
        if state and browser:
            async with self._site.database.transaction() as db:
                details = await queries.finish_in_browser(
                    db,
                    PURPOSE,
                    state_hash=hashed(state),
                    browser_hash=hashed(browser),
                    now=self._site.clock(),
                )
        if details is None:
            raise _NotDone(HTTPStatus.BAD_REQUEST, "other_browser")
        return str(details["by"])

    async def _installed(self, app: OAuthApp, code: str, error: str, by: str) -> str:
        """Keep what Slack gave; the workspace's name."""
        if error == "access_denied":
            raise _NotDone(HTTPStatus.FORBIDDEN, "denied")
        if error or not code:
            raise _NotDone(HTTPStatus.BAD_REQUEST, "failed", error=error[:60] or "no_code")
        grant = await self._granted(app, code)
        try:
            installed = self._accepted(grant)
            await self._workspaces.installations.keep(installed, grant.token, by)
        except KeyProblem as problem:
            log.warning("slack_install_keys", problem=str(problem))
            await self._give_back(grant.token)
            raise _NotDone(HTTPStatus.SERVICE_UNAVAILABLE, "keys") from problem
        except _NotDone:
            await self._give_back(grant.token)
            raise
        self._workspaces.forget(installed.team_id)
        log.info("slack_installed", team=installed.team_id)
        return installed.team_name or installed.team_id

    async def _granted(self, app: OAuthApp, code: str) -> Granted:
        try:
            return await granted(self._workspaces, app, code)
        except TROUBLE as trouble:
            said = error_code(trouble)
            log.warning("slack_install_failed", error=said, kind=type(trouble).__name__)
            if never_arrived(trouble) and said:
                raise _NotDone(HTTPStatus.BAD_REQUEST, "failed", error=said) from trouble
            raise _NotDone(HTTPStatus.BAD_GATEWAY, "unreachable") from trouble

    def _accepted(self, grant: Granted) -> Installed:
        installed = grant.installed
        if installed is None:
            raise _NotDone(HTTPStatus.FORBIDDEN, "organisation")
        if self._workspaces.registered(installed.team_id) is None:
            raise _NotDone(
                HTTPStatus.FORBIDDEN,
                "unregistered",
                name=installed.team_name,
                team_id=installed.team_id,
            )
        if grant.expires:
            raise _NotDone(HTTPStatus.CONFLICT, "rotates")
        return installed

    async def _give_back(self, token: str) -> None:
        try:
            await give_back(self._workspaces, token)
        except TROUBLE as trouble:
            log.warning("slack_token_not_revoked", error=error_code(trouble))

    def _app(self) -> OAuthApp:
        app = oauth_app(self._site.settings)
        if app is None:
            raise WebRefusal(HTTPStatus.NOT_FOUND)
        return app

    def _page(self, request: Request, status: HTTPStatus, what: str, **values: str) -> Response:
        shown: dict[str, Any] = {"name": "", **values}
        return self._site.pages.page(
            request,
            "slack_installation.html",
            status=status,
            what=what,
            workspaces=self._site.settings.slack_workspaces,
            action=request.url.path,
            **shown,
        )
