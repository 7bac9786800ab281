"""What goes wrong on the web, and the page that says so with what was typed."""

from http import HTTPStatus

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.conversations.runner import UnknownAccount
from bot.language import _, speaking
from handlers.web.pages import Pages
from handlers.web.render_form import FIELDS
from handlers.web.translate import PRESS, WORDS, Sent, Unreadable

_TYPED = frozenset({"text", "date", "amount", "person", "activity"})
"""Kinds of fields that hold a person's own words."""

log = structlog.get_logger(__name__)


class NotSignedIn(Exception):
    """Nobody is signed in in this browser, or not any more."""


class WebRefusal(Exception):
    """The request cannot be taken; `status` says how. `whose` says for whom the page is, to
    somebody it is not for."""

    def __init__(self, status: HTTPStatus, whose: str = "") -> None:
        super().__init__(status.phrase)
        self.status, self.whose = status, whose


def _words(status: int) -> tuple[str, str]:
    match status:
        case 401:
            return _("Du är inte inloggad längre"), _(
                "Logga in igen. Det du skrev står kvar här nedanför, så att du kan kopiera det."
            )
        case 403:
            return _("Det här gick inte att skicka"), _(
                "Sidan du skickade från är för gammal eller kommer från en annan webbplats. "
                "Gå tillbaka, ladda om sidan och försök igen."
            )
        case 404 | 405:
            return _("Sidan finns inte"), _(
                "Länken kan vara gammal eller felskriven. Börja om från startsidan."
            )
        case 413:
            return _("Det var för mycket på en gång"), _(
                "Korta texten och försök igen. Filer tar jag inte emot: lägg upp filen där ni "
                "brukar och skicka en länk."
            )
        case 415 | 422 | 400:
            return _("Det här kunde jag inte läsa"), _(
                "Gå tillbaka, ladda om sidan och försök igen."
            )
        case 429:
            return _("För många försök"), _("Vänta en minut och försök igen.")
        case 503:
            return _("Samspel är inte tillgängligt just nu"), _(
                "Inget har sparats. Vänta en stund och skicka igen: det du skrev står kvar här "
                "nedanför."
            )
        case _:
            return _("Något gick fel hos oss"), _(
                "Inget har sparats. Försök igen om en stund. Hjälper det inte, säg till den som "
                "sköter Samspel."
            )


def kept_words(request: Request) -> list[str]:
    """What the person had typed in the page they sent, to be copied or sent again; what they had
    chosen there is a code to the reader, and left out."""
    sent = getattr(request.state, "sent", None)
    if not isinstance(sent, Sent):
        return []
    declared = (each.partition(":") for each in sent.one(FIELDS).split())
    fields = [name for name, _colon, kind in declared if kind in _TYPED]
    return [words for name in (WORDS, *fields) for words in sent.all(name) if words.strip()]


def error_page(pages: Pages, request: Request, status: int, whose: str = "") -> Response:
    """The page that tells what went wrong and what to do, with what was typed; or whose the page
    is that was asked for."""
    spoken = pages.language_of(request)
    with speaking(spoken):
        title, text = (_("Den sidan är för andra"), whose) if whose else _words(status)
    sent = getattr(request.state, "sent", None)
    resend = sent.pairs if status == 503 and isinstance(sent, Sent) else ()
    response = pages.page(
        request,
        "fel.html",
        status=status,
        spoken=spoken,
        title=title,
        text=text,
        kept=kept_words(request),
        resend=[(name, value) for name, value in resend if name != PRESS or value],
        action=request.url.path,
    )
    if status == 503:
        response.headers["retry-after"] = "10"
    return response


def _route(request: Request) -> str:
    """Which page it was, without what stands in its address: a link's token opens something."""
    return str(getattr(request.scope.get("route"), "path", ""))


def add_error_pages(app: FastAPI, pages: Pages) -> None:
    """Have every error answered with a page in the person's language."""

    async def refused(request: Request, error: Exception) -> Response:
        status, whose = 500, ""
        match error:
            case WebRefusal(status=wanted):
                status, whose = wanted.value, error.whose
            case HTTPException(status_code=code):
                status = code
            case Unreadable():
                status = 422
            case NotSignedIn() | UnknownAccount():
                status = 401
                if request.method == "GET":
                    return pages.to_sign_in(request)
            case _:
                log.error("web_error", route=_route(request), exc_info=error)
        return error_page(pages, request, status, whose)

    async def database_away(request: Request, error: Exception) -> Response:
        lost = not isinstance(error, DBAPIError) or error.connection_invalidated
        away = lost or isinstance(error, OperationalError | InterfaceError)
        log.error("database", route=_route(request), away=away, error=type(error).__name__)
        return error_page(pages, request, 503 if away else 500)

    for kind in (WebRefusal, HTTPException, Unreadable, NotSignedIn, UnknownAccount, Exception):
        app.add_exception_handler(kind, refused)
    for kind in (DBAPIError, PoolTimeout, ConnectionError):
        app.add_exception_handler(kind, database_away)
