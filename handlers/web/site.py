"""What every page of the web chat stands on, and who is at it."""

from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.clock import Clock, in_stockholm
from bot.conversations.protocol import Event, SessionKey
from bot.conversations.runner import Answer, Bot
from bot.people import Person, read_person
from bot.plan import PlanInMemory
from bot.settings import Settings
from bot.tokens import hashed
from handlers.web.canvas import TOKEN
from handlers.web.errors import NotSignedIn, WebRefusal
from handlers.web.live import Live
from handlers.web.pages import Pages, Room, Viewer
from handlers.web.places import path_of, private_address
from handlers.web.security import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Attempts,
    comes_from_us,
    form_token,
    token_fits,
)
from handlers.web.translate import Sent
from storage.database import Database
from storage.queries import web as queries

LARGEST_POST = 512 * 1024
"""Bytes: the longest form holds 40 texts of 3,000 characters, three bytes each when encoded."""


@dataclass
class Site:
    """The web chat of one process."""

    bot: Bot
    database: Database
    settings: Settings
    clock: Clock
    live: Live
    pages: Pages
    plans: PlanInMemory
    attempts: Attempts = field(default_factory=Attempts)

    async def viewer(self, request: Request, *, rooms: bool = True) -> Viewer:
        """Whoever is signed in in this browser; NotSignedIn when nobody is."""
        secret = request.cookies.get(SESSION_COOKIE)
        if not secret:
            raise NotSignedIn
        now = self.clock()
        async with self.database.transaction() as db:
            row = await queries.viewer(db, hashed(secret), now, in_stockholm(now).date())
            if row is None:
                raise NotSignedIn
            channels = await queries.channels(db) if rooms else []
        self.pages.demo = row["demo"]
        person = read_person(row)
        mine = [each for each in channels if _concerns(each, person)]
        viewer = Viewer(
            person=person,
            session=SessionKey(hashed(secret)),
            token=form_token(secret),
            home_chat=path_of(private_address(person.id)),
            mine=_rooms(mine),
            others=_rooms([each for each in channels if each not in mine]),
        )
        request.state.viewer = viewer
        return viewer

    async def posted(self, request: Request) -> tuple[SessionKey, Sent]:
        """What a signed-in browser sent from one of our pages, and whose session it is.

        Asks the database nothing: whether the session still holds is judged with the turn itself.
        """
        sent = await self._sent(request)
        secret = request.cookies.get(SESSION_COOKIE)
        if not secret:
            raise NotSignedIn
        self._judge_token(secret, sent)
        return SessionKey(hashed(secret)), sent

    async def posted_by_visitor(self, request: Request) -> Sent:
        """What a browser sent from a page that needs no sign-in."""
        sent = await self._sent(request)
        self._judge_token(request.cookies.get(VISITOR_COOKIE, ""), sent)
        return sent

    def slow_down(self, request: Request) -> None:
        """Count an attempt to use a secret; whoever makes too many is refused for a while."""
        address = request.client.host if request.client else ""
        if not self.attempts.allowed(address, self.clock()):
            raise WebRefusal(HTTPStatus.TOO_MANY_REQUESTS)

    async def _sent(self, request: Request) -> Sent:
        if not comes_from_us(request, self.settings):
            raise WebRefusal(HTTPStatus.FORBIDDEN)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise WebRefusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_POST:
                raise WebRefusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        sent = Sent(_pairs(bytes(body)))
        request.state.sent = sent
        return sent

    def _judge_token(self, secret: str, sent: Sent) -> None:
        if not secret or not token_fits(secret, sent.one(TOKEN)):
            raise WebRefusal(HTTPStatus.FORBIDDEN)

    async def answer(self, event: Event) -> Answer:
        """The bot's answer; whoever has the conversation open is told that something is new."""
        answer = await self.bot.answer(event)
        if event.address is not None and not event.looking:
            self.live.tell(event.address)
        return answer


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=1_000)
    except ValueError as error:
        raise WebRefusal(HTTPStatus.UNPROCESSABLE_ENTITY) from error
    # PostgreSQL keeps no NUL in text, and nobody types one.
    return [(name, value.replace("\x00", "")) for name, value in pairs]


def see(path: str) -> Response:
    """Look there next: the answer to every post that worked."""
    return RedirectResponse(path, status_code=303)


def _concerns(channel: queries.Channel, person: Person) -> bool:
    return bool(
        set(channel.bodies) & {int(body) for body in person.bodies}
        or set(channel.posts) & person.posts
    )


def _rooms(channels: list[queries.Channel]) -> list[Room]:
    ordered = sorted(channels, key=lambda each: each.name.casefold())
    return [Room(path_of(each.address), each.name) for each in ordered]
