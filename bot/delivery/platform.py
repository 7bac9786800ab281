"""What a platform does for delivery: send, update, find again, and say why it could not.

The upper floor implements `Platform`, one a platform, and hands them to `Delivery`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.views import Card


@dataclass(frozen=True)
class Destination:
    """A conversation as a platform needs to know it. `route`: where it is reached, if that is
    told beside the address."""

    conversation_id: int
    platform: str
    tenant: str
    address: str
    kind: Literal["channel", "private"]
    language: str
    person_id: int | None
    route: str | None = None


@dataclass(frozen=True)
class Key:
    """What is being sent: row `id` of messages or of posted_cards; the same at every attempt.

    A platform that can keep a few words with what it posts keeps `str(key)`, and finds it by that.
    """

    kind: Literal["message", "card"]
    id: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.id}"


class Platform(Protocol):
    """One chat platform. Each call is cut off after `send_timeout_seconds`.

    Raises: `Refused`, `Gone`, `TryLater`, `NotSent`, `CardGone`. Any other exception means that
    nobody knows whether it arrived: it counts as failing, and `find` is asked before it is sent
    again. Causes are words for the administrator and never hold what people wrote.
    """

    @property
    def name(self) -> str:
        """As in `connections.platform`."""
        ...

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Post `card`, a message or a living card's first post, and return its reference.

        `thread` is the reference of the living card whose thread it belongs to, or of the line
        that it answers; a hint.
        """
        ...

    async def update(
        self, to: Destination, reference: str, card: Card, *, key: Key, version: int
    ) -> None:
        """Show `card` in the place of what stands at `reference`; a higher version is newer.

        Raises CardGone when that can no longer be updated.
        """
        ...

    async def remove(self, to: Destination, reference: str) -> None:
        """Take away the card that stands at `reference`; one that is gone already is no error."""
        ...

    async def find(
        self,
        to: Destination,
        *,
        key: Key,
        since: datetime,
        until: datetime,
        thread: str | None,
    ) -> str | None:
        """The reference of what an attempt between `since` and `until` posted, or None.

        `thread` is as for `send`.

        Asked when it is not known how an attempt ended. A platform that knows `key` again and
        posts nothing twice answers None at once. Raises CannotTell where it cannot be looked up:
        then it is sent again, perhaps twice.
        """
        ...


Draw = Callable[[AsyncConnection, str, int, str], Awaitable[Card | None]]
"""Draws a living card of (kind, subject id) in a language; None: there is nothing to show."""


class Refused(Exception):
    """This will not change by trying again: this message fails at once."""


class Gone(Refused):
    """Nothing can be said in the conversation any more: it is closed, all that waits fails."""


class NotSent(Exception):
    """It surely did not arrive, and may be tried again."""


class TryLater(Exception):
    """The platform asks us to wait; it surely did not arrive. Not counted as failing.

    `whole`: all of the connection (workspace, tenant) waits, not only the conversation.
    """

    def __init__(self, seconds: float, *, whole: bool = False) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds
        self.whole = whole


class CardGone(Exception):
    """The posted card can no longer be updated: it is posted anew, the old one struck."""


class CannotTell(Exception):
    """The platform cannot be asked whether it arrived."""
