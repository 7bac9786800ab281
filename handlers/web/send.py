"""The web chat as delivery knows it: a post is a row, so nothing is ever shown twice."""

import json
from datetime import datetime

from bot.clock import Clock
from bot.conversations.forms import stored
from bot.conversations.views import Card
from bot.delivery import CardGone, Destination, Key
from handlers.web.places import PLATFORM
from storage.database import Database
from storage.queries import web as queries


class WebPlatform:
    """Shows what is delivered on the pages of the web chat. Implements `bot.delivery.Platform`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @property
    def name(self) -> str:
        """As in `connections.platform`."""
        return PLATFORM

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Show a card, the same one only once, and wake the pages that show the conversation."""
        async with self._database.transaction() as db:
            post = await queries.post(
                db,
                kind=key.kind,
                row_id=key.id,
                conversation_id=to.conversation_id,
                address=to.address,
                view=_as_json(card),
                now=self._clock(),
            )
        return str(post)

    async def update(
        self, to: Destination, reference: str, card: Card, *, key: Key, version: int
    ) -> None:
        """Show a newer version in the place of the old; CardGone when the post is not there."""
        async with self._database.transaction() as db:
            there = reference.isdecimal() and await queries.change_post(
                db,
                int(reference),
                address=to.address,
                view=_as_json(card),
                version=version,
                now=self._clock(),
            )
        if not there:
            raise CardGone

    async def remove(self, to: Destination, reference: str) -> None:
        """A card that is withdrawn or struck is not shown on any page; open ones look again."""
        async with self._database.transaction() as db:
            await queries.tell_changed(db, [to.address])

    async def find(
        self,
        to: Destination,
        *,
        key: Key,
        since: datetime,
        until: datetime,
        thread: str | None,
    ) -> str | None:
        """The post of that message or card, whenever it was made."""
        async with self._database.transaction() as db:
            found = await queries.find_post(db, kind=key.kind, row_id=key.id)
        return None if found is None else str(found)


def _as_json(card: Card) -> str:
    return json.dumps(stored(card), ensure_ascii=False)
