"""What keeps others out: cookies and tokens, where a post may come from, headers, attempts."""

import hmac
from collections import deque
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.settings import Settings

SESSION_COOKIE = "samspel"
VISITOR_COOKIE = "samspel-besok"
LANGUAGE_COOKIE = "samspel-sprak"
SESSION_DAYS = 14

PROXY_HEADERS = ("forwarded", "via", "x-real-ip")
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Every answer tells the browser to run nothing but our own files and to be in no frame."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def form_token(secret: str) -> str:
    """What the forms of a browser carry: made from its cookie, which no other site can read."""
    return hmac.new(secret.encode(), b"form", sha256).hexdigest()[:40]


def token_fits(secret: str, token: str) -> bool:
    """Whether the token was made from the secret."""
    return hmac.compare_digest(form_token(secret).encode(), token.encode())


def comes_from_us(request: Request, settings: Settings) -> bool:
    """Whether the browser says that the post was made on one of our pages, as far as it says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    ours = {request.headers.get("host", "")}
    if settings.public_url:
        ours.add(urlsplit(settings.public_url).netloc)
    return urlsplit(origin).netloc in ours


def is_https(request: Request, settings: Settings) -> bool:
    """Whether people reach us encrypted, so that cookies may insist on it."""
    return request.url.scheme == "https" or (settings.public_url or "").startswith("https:")


def set_cookie(
    response: Response, request: Request, settings: Settings, name: str, secret: str, days: int
) -> None:
    """A cookie that no script can read and no other site's form can send."""
    response.set_cookie(
        name,
        secret,
        max_age=days * 86_400,
        httponly=True,
        samesite="lax",
        secure=is_https(request, settings),
    )


def demo_sign_in_allowed(settings: Settings, demo: bool, request: Request) -> bool:
    """Whether anybody may sign in as anybody: only in the demo, on one's own machine.

    The database holds invented data and is the embedded one, no chat platform is connected, the
    address is localhost, the caller sits at this machine, and no proxy stands between.
    """
    forwarded = any(
        name in PROXY_HEADERS or name.startswith("x-forwarded") for name in request.headers
    )
    return (
        demo
        and settings.database_url is None
        and not settings.chat_platform_connected
        and not forwarded
        and _host(request) in {"localhost", "127.0.0.1", "::1"}
        and _is_this_machine(request)
    )


def _host(request: Request) -> str | None:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname
    except ValueError:
        return None


def _is_this_machine(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class Attempts:
    """Counts attempts from each address over a minute, in this process."""

    def __init__(self, most: int = 20, within: timedelta = timedelta(minutes=1)) -> None:
        self._most, self._within = most, within
        self._made: dict[str, deque[datetime]] = {}

    def allowed(self, address: str, now: datetime) -> bool:
        """Whether another attempt may be made; it is counted."""
        if len(self._made) > 10_000:
            self._made = {
                key: made for key, made in self._made.items() if now - made[-1] < self._within
            }
        made = self._made.setdefault(address, deque(maxlen=self._most))
        if len(made) == self._most and now - made[0] < self._within:
            return False
        made.append(now)
        return True
