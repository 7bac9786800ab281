"""What people see in Slack."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tests.slack.core import Call, Core
from tests.slack.findings import Json
from tests.slack.words import visible_text
from tests.slack.workspace import Channel, OpenView, User

Found = TypeVar("Found")
HOME = "home"


class Seeing(Core):
    """Reads the screen. `patience`: how long a person waits for what is about to appear."""

    patience = 2.0

    def messages(self, channel: str) -> list[Json]:
        """All messages of a channel, oldest first, thread replies among them."""
        return list(self.space.channels[channel].messages)

    def direct(self, user: str) -> list[Json]:
        """The direct messages of a person with the bot, the person's own among them."""
        return list(self.space.direct(user).messages)

    def ephemerals(self, user: str) -> list[Json]:
        """What only this person sees, oldest first; `channel` says where."""
        return list(self.space.users[user].ephemerals)

    def reloads(self, user: str) -> None:
        """The person's client starts again: what only they saw is gone."""
        self.space.users[user].ephemerals.clear()

    def modal(self, user: str) -> Json | None:
        """The view on top, if one is open."""
        modals = self.space.users[user].modals
        return modals[-1].view if modals else None

    def modal_errors(self, user: str) -> dict[str, str]:
        """What is wrong in the view on top, by field: the last part of its `block_id`.

        Under "" stands that the bot could not be reached.
        """
        errors = self.top(user).errors
        return {block.rpartition(".")[2]: words for block, words in errors.items()}

    def home(self, user: str) -> Json | None:
        """The Home tab, if one was published."""
        home = self.space.users[user].home
        return home.view if home else None

    def visible_text(self, thing: Json | None) -> str:
        """All words a person reads in a message or view, in order."""
        return visible_text(thing)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, in order; those of this workspace."""
        mine = ("", self.space.team_id)
        return [one for one in self.board.calls if one.method == method and one.team_id in mine]

    def top(self, user: str) -> OpenView:
        """The view on top; AssertionError when none is open."""
        modals = self.space.users[user].modals
        assert modals, f"{self.space.users[user].name} has no modal open"
        return modals[-1]

    def place(self, user: str, channel: str | None) -> Channel:
        """The channel meant; the direct messages with the bot when none is named."""
        if channel is None:
            return self.space.direct(user)
        found = self.space.channels[channel]
        assert self.space.sees(user, found), f"{user} cannot see {found.name}"
        return found

    def person(self, user: str) -> User:
        """The person of an id."""
        return self.space.users[user]

    async def appears(self, look: Callable[[], Found | None]) -> Found | None:
        """What is looked for, as soon as it is there; None when it does not come in time."""
        for _ in range(int(self.patience / 0.02) + 1):
            found = look()
            if found is not None:
                return found
            await asyncio.sleep(0.02)
        return None
