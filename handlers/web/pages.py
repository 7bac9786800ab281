"""Pages from templates, with the language, the banner and the tokens of whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.conversations.protocol import SessionKey
from bot.language import LANGUAGES, _, language, ngettext, speaking
from bot.people import Person
from bot.settings import Settings
from bot.tokens import new_secret
from handlers.web.canvas import Canvas, new_key
from handlers.web.security import (
    LANGUAGE_COOKIE,
    SESSION_DAYS,
    VISITOR_COOKIE,
    demo_sign_in_allowed,
    form_token,
    set_cookie,
)

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass(frozen=True)
class Room:
    """A conversation as the list beside it shows it."""

    path: str
    name: str


@dataclass(frozen=True)
class Viewer:
    """Whoever looks at a page: the person, their browser's session and the rooms they see."""

    person: Person
    session: SessionKey
    token: str
    home_chat: str
    mine: Sequence[Room] = ()
    others: Sequence[Room] = ()


class Pages:
    """Makes pages. One per process; the style sheet and script are named by their content."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.demo = False
        """Whether the database was marked as a demo when it was last looked at."""
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(  # pyright: ignore[reportUnknownMemberType]
            _=_, ngettext=ngettext, language=language, static=self._static, new_key=new_key
        )
        self._versions = {
            path.name: sha256(path.read_bytes()).hexdigest()[:12] for path in STATIC.iterdir()
        }

    def _static(self, name: str) -> str:
        return f"/static/{name}?v={self._versions[name]}"

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        viewer: Viewer | None = None,
        spoken: str | None = None,
        **values: Any,
    ) -> Response:
        """A page of that template, in the viewer's language; `spoken` where nobody is known."""
        viewer = viewer or getattr(request.state, "viewer", None)
        visitor = request.cookies.get(VISITOR_COOKIE) or new_secret()
        if viewer is not None:
            spoken = viewer.person.language
        spoken = spoken or self.settings.default_language
        with speaking(spoken):
            html = self._environment.get_template(template).render(
                viewer=viewer,
                token=viewer.token if viewer else form_token(visitor),
                demo=demo_sign_in_allowed(self.settings, self.demo, request),
                path=request.url.path,
                **values,
            )
        response = HTMLResponse(html, status_code=status, headers={"cache-control": "no-store"})
        if viewer is None and VISITOR_COOKIE not in request.cookies:
            set_cookie(response, request, self.settings, VISITOR_COOKIE, visitor, days=1)
        if viewer is not None and request.cookies.get(LANGUAGE_COOKIE) != spoken:
            set_cookie(response, request, self.settings, LANGUAGE_COOKIE, spoken, SESSION_DAYS)
        return response

    def language_of(self, request: Request) -> str:
        """The language of whoever is signed in in this browser, as far as it is known.

        Known without asking the database: what has gone wrong may be just that.
        """
        viewer: Viewer | None = getattr(request.state, "viewer", None)
        if viewer is not None:
            return viewer.person.language
        last = request.cookies.get(LANGUAGE_COOKIE)
        return last if last in LANGUAGES else self.settings.default_language

    def to_sign_in(self, request: Request) -> Response:
        """To the sign-in page, and afterwards back to where the person wanted to go."""
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        query = "" if wanted == "/" else f"?till={quote(wanted, safe='/')}"
        return RedirectResponse(f"/logga-in{query}", status_code=303)


def canvas_for(viewer: Viewer, place: str | None = None, level: int = 2) -> Canvas:
    """What the viewer's page is drawn on; without a place, buttons answer in the private chat."""
    return Canvas(token=viewer.token, place=place or viewer.home_chat, level=level)
