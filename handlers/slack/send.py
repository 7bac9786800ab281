"""Slack as delivery knows it: posts, updates, and finding a post again by our key in it.

What Slack answers is turned into what delivery understands; causes never hold what people wrote.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.conversations.views import Card, Chart, Table
from bot.delivery import CannotTell, CardGone, Destination, Gone, Key, NotSent, Refused, TryLater
from bot.language import _
from handlers.payload import part, parts, word
from handlers.slack.calls import TROUBLE, error_code, never_arrived, retry_after, status_of
from handlers.slack.courtesy import Pauses
from handlers.slack.drawing import Drawing
from handlers.slack.ids import PLATFORM
from handlers.slack.lookups import Lookups
from handlers.slack.posting import message_arguments
from handlers.slack.render import draw_message
from handlers.slack.render_data import charts_for_pictures, draws_itself
from handlers.slack.uploads import Uploads
from handlers.slack.web_api import call
from handlers.slack.workspaces import NoInstallation, Workspaces

GONE = {
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "user_disabled",
    "user_not_found",
    "cannot_dm_bot",
}
"""Nothing can be said there any more."""

NOT_ALLOWED = {
    "messages_tab_disabled",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
}
"""A setting of the app or the channel forbids it now; the place itself is there."""

CARD_GONE = {
    "message_not_found",
    "cant_update_message",
    "edit_window_closed",
    "cant_delete_message",
}
TOO_MUCH = {"msg_too_long", "msg_blocks_too_long", "invalid_arguments", "no_text"}
BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format"}
CLOSED_TO_US = {"missing_scope", "no_permission", "access_denied", "not_allowed_token_type"}
LOOKING = ("conversations.history", "conversations.replies")
NO_THREAD = {"thread_not_found", "invalid_thread_ts", "cannot_reply_to_message"}

PAGE = 100
"""Messages looked through at a time when a post is looked for."""


@dataclass
class SlackPlatform:
    """Posts what is delivered to workspaces. Implements `bot.delivery.Platform`."""

    workspaces: Workspaces
    drawing: Drawing
    uploads: Uploads
    lookups: Lookups
    pauses: Pauses

    @property
    def name(self) -> str:
        """As in `connections.platform`."""
        return PLATFORM

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Post a card with our key in its metadata; the reference is Slack's `ts`."""
        threaded = {} if thread is None else {"thread_ts": thread}
        try:
            answer = await self._called(to, card, key, "chat.postMessage", threaded)
        except _NoThread:
            answer = await self._called(to, card, key, "chat.postMessage", {})
        return str(answer["ts"])

    async def update(
        self, to: Destination, reference: str, card: Card, *, key: Key, version: int
    ) -> None:
        """Show the card in the place of the message `reference`."""
        await self._called(to, card, key, "chat.update", {"ts": reference})

    async def remove(self, to: Destination, reference: str) -> None:
        """Delete the message `reference`."""
        client = await self._client(to)
        with suppress(CardGone):
            arguments = {"channel": to.address, "ts": reference}
            await self._asked(client, to, "chat.delete", arguments)

    async def find(
        self,
        to: Destination,
        *,
        key: Key,
        since: datetime,
        until: datetime,
        thread: str | None,
    ) -> str | None:
        """Look for our key in what was posted in those minutes, in the thread if it was for one."""
        span = {
            "channel": to.address,
            "oldest": f"{since.timestamp():.6f}",
            "latest": f"{until.timestamp():.6f}",
            "inclusive": "true",
            "include_all_metadata": "true",
            "limit": str(PAGE),
        }
        places = [("conversations.history", span)]
        if thread is not None:
            places.insert(0, ("conversations.replies", span | {"ts": thread}))
        for method, arguments in places:
            found = await self._found(to, method, arguments, str(key))
            if found is not None:
                return found
        return None

    async def _found(
        self, to: Destination, method: str, arguments: dict[str, Any], key: str
    ) -> str | None:
        client = await self._client(to)
        cursor = ""
        while True:
            try:
                asked = arguments | ({"cursor": cursor} if cursor else {})
                answer = await self._asked(client, to, method, asked)
            except _NoThread:
                return None
            except Gone:
                raise
            except Refused as refused:
                raise CannotTell from refused
            for message in parts(answer, "messages"):
                payload = part(message, "metadata", "event_payload")
                if word(payload, "key") == key:
                    return word(message, "ts")
            cursor = word(part(answer, "response_metadata"), "next_cursor")
            if not cursor:
                return None

    async def _called(
        self, to: Destination, card: Card, key: Key, method: str, more: dict[str, Any]
    ) -> dict[str, Any]:
        """Draw the card and hand it over; again without the newest blocks if they are refused."""
        client = await self._client(to)
        new = self.drawing.takes_new_blocks(to.tenant)
        for attempt in (1, 2):
            try:
                drawn = await self._drawn(client, to, card)
            except TROUBLE as error:
                # A picture could not be uploaded; of the message nothing was sent.
                self._refused(error, to, "files")
                raise NotSent(_("Slack svarar inte.")) from error
            arguments = message_arguments(to.address, drawn, key) | more
            try:
                return await self._asked(client, to, method, arguments)
            except _BadBlocks as bad:
                if attempt == 2 or not (new and _has_new_blocks(card)):
                    raise Refused(_("Slack tar inte emot innehållet.")) from bad
                self.drawing.refuses(to.tenant)
        raise AssertionError

    async def _drawn(self, client: AsyncWebClient, to: Destination, card: Card) -> dict[str, Any]:
        """The card on the canvas of the workspace, with the people and pictures that are in it."""
        there = (each for each in card.parts if isinstance(each, Chart))
        pictures = charts_for_pictures(there, self.drawing.canvas(to.tenant))
        charts = await self.uploads.charts(client, to.tenant, pictures)
        files = await self.uploads.pictures(client, to.tenant, card)
        users = await self.lookups.users(to.tenant, card)
        return draw_message(
            card, self.drawing.canvas(to.tenant, users=users, files=files, charts=charts)
        )

    async def _client(self, to: Destination) -> AsyncWebClient:
        if self.workspaces.registered(to.tenant) is None:
            raise NotSent(_("Arbetsytan är inte registrerad."))
        try:
            return await self.workspaces.client(to.tenant)
        except NoInstallation as error:
            raise NotSent(_("Samspel är inte installerat i arbetsytan.")) from error
        except TROUBLE as error:
            raise NotSent(_("Slack svarar inte.")) from error

    async def _asked(
        self, client: AsyncWebClient, to: Destination, method: str, arguments: dict[str, Any]
    ) -> dict[str, Any]:
        """Slack's answer, or what delivery understands of its refusal."""
        if left := self.pauses.left(to.tenant, method, to.address):
            raise TryLater(left)
        try:
            answer = await call(client, method, **arguments)
        except TROUBLE as error:
            self._refused(error, to, method)
            raise
        return dict(answer.data)

    def _refused(self, error: Exception, to: Destination, method: str) -> None:
        """Raise what delivery understands; return when nobody knows whether it arrived."""
        seconds = retry_after(error)
        if seconds is not None:
            self.pauses.ask(seconds, to.tenant, method, to.address)
            raise TryLater(seconds) from error
        code = error_code(error)
        if code in CLOSED_TO_US and method in LOOKING:
            raise CannotTell from error
        if code in GONE:
            raise Gone(_("Slack: {code}", code=code)) from error
        if code in CARD_GONE and method in ("chat.update", "chat.delete"):
            raise CardGone from error
        if code in NO_THREAD:
            raise _NoThread from error
        if code in BAD_BLOCKS:
            raise _BadBlocks from error
        if code in TOO_MUCH | NOT_ALLOWED:
            raise Refused(_("Slack: {code}", code=code)) from error
        if never_arrived(error):
            raise NotSent(_("Slack: {code}", code=code or status_of(error) or "–")) from error


class _BadBlocks(Exception):
    """Slack does not take a block."""


class _NoThread(Exception):
    """The message that it was to stand under is not there."""


def _has_new_blocks(card: Card) -> bool:
    return any(
        isinstance(each, Table) or (isinstance(each, Chart) and draws_itself(each))
        for each in card.parts
    )
