"""Teams as delivery knows it: posts and updates, and what its refusals mean.

Teams tells a bot nothing of what it has posted, so that what ended unknown is sent again.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from microsoft_teams.api import MessageActivityInput

from bot.conversations.views import Card
from bot.delivery import CannotTell, CardGone, Destination, Gone, Key, NotSent, Refused, TryLater
from bot.language import _
from handlers.courtesy import Pauses
from handlers.teams.calls import (
    TROUBLE,
    error_code,
    never_arrived,
    retry_after,
    status_of,
)
from handlers.teams.canvas import Canvas
from handlers.teams.connector import Connector
from handlers.teams.ids import PLATFORM
from handlers.teams.lookups import Lookups
from handlers.teams.posting import activity

T = TypeVar("T")

GONE = {
    "BotDisabledByAdmin",
    "BotNotInConversationRoster",
    "ConversationBlockedByUser",
    "ConversationNotFound",
    "ForbiddenOperationException",
    "MessageWritesBlocked",
    "NotEnoughPermissions",
}
"""learn.microsoft.com, Send proactive messages: nothing can be said there any more."""

NO_ACTIVITY = {"ActivityNotFoundInConversation", "MessageNotFound"}
TOO_MUCH = {"MessageSizeTooBig", "RequestEntityTooLarge"}


@dataclass
class TeamsPlatform:
    """Posts what is delivered to the tenants. Implements `bot.delivery.Platform`."""

    connectors: Mapping[str, Connector]
    """By tenant."""

    canvas: Canvas
    lookups: Lookups
    pauses: Pauses

    @property
    def name(self) -> str:
        """As in `connections.platform`."""
        return PLATFORM

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Post a card; the reference is the activity's id."""
        connector, route = self._way(to)
        said = await self._drawn(to, card)
        under = thread if to.kind == "channel" else None
        if under is not None:
            # Where the line is gone that it was to stand under, it stands by itself.
            with suppress(_NoActivity, Gone):
                return await self._asked(
                    to, lambda: connector.post(route, to.address, said, thread=under)
                )
        try:
            return await self._asked(to, lambda: connector.post(route, to.address, said))
        except _NoActivity as error:
            raise NotSent(_("Teams: {code}", code=error_code(error))) from error

    async def update(
        self, to: Destination, reference: str, card: Card, *, key: Key, version: int
    ) -> None:
        """Show the card in the place of the activity `reference`."""
        connector, route = self._way(to)
        said = await self._drawn(to, card)
        try:
            await self._asked(to, lambda: connector.put(route, to.address, reference, said))
        except _NoActivity as error:
            raise CardGone from error

    async def remove(self, to: Destination, reference: str) -> None:
        """Take the activity away."""
        connector, route = self._way(to)
        with suppress(_NoActivity):
            await self._asked(to, lambda: connector.delete(route, to.address, reference))

    async def find(
        self,
        to: Destination,
        *,
        key: Key,
        since: datetime,
        until: datetime,
        thread: str | None,
    ) -> str | None:
        """Teams does not tell what was posted."""
        raise CannotTell

    def _way(self, to: Destination) -> tuple[Connector, str]:
        connector = self.connectors.get(to.tenant)
        if connector is None:
            raise NotSent(_("Anslutningen till Teams är inte registrerad."))
        return connector, to.route or connector.app.api.service_url

    async def _drawn(self, to: Destination, card: Card) -> MessageActivityInput:
        mentions = await self.lookups.mentions(to.tenant, card)
        return activity(card, replace(self.canvas, mentions=mentions))

    async def _asked(self, to: Destination, call: Callable[[], Awaitable[T]]) -> T:
        """Teams' answer, or what delivery understands of its refusal."""
        if left := self.pauses.left_of((to.tenant, to.address)):
            raise TryLater(left)
        try:
            return await call()
        except TROUBLE as error:
            self._refused(error, to)
            raise

    def _refused(self, error: Exception, to: Destination) -> None:
        """Raise what delivery understands; return when nobody knows whether it arrived."""
        seconds = retry_after(error)
        if seconds is not None:
            self.pauses.ask_of(seconds, (to.tenant, to.address))
            raise TryLater(seconds) from error
        code, status = error_code(error), status_of(error)
        said = _("Teams: {code}", code=code or status or type(error).__name__)
        if code in NO_ACTIVITY:
            raise _NoActivity from error
        if code in TOO_MUCH or status == 413:
            raise Refused(said) from error
        if code in GONE:
            raise Gone(said) from error
        if status in (400, 501):
            raise Refused(said) from error
        if never_arrived(error):
            raise NotSent(said) from error


class _NoActivity(Exception):
    """The activity is not in the conversation."""
