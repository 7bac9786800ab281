"""A call as its method sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.slack.core import Core, SlackError, Switchboard
from tests.slack.findings import Json
from tests.slack.workspace import Channel, User, Workspace

YES = (True, "true", "1", 1)


@dataclass(frozen=True)
class Asked:
    """A call that came with a valid token: whose, and its arguments."""

    core: Core
    args: Json
    token: str

    @property
    def space(self) -> Workspace:
        """The workspace of the token."""
        return self.core.space

    def text(self, name: str) -> str:
        """An argument as text, empty when it was not given."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def yes(self, name: str) -> bool:
        """Whether a flag is set."""
        return self.args.get(name) in YES

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.args.get(name) or default)
        except ValueError as error:
            raise SlackError("invalid_arguments") from error

    def user(self, name: str = "user") -> User:
        """The person that the argument names."""
        user = self.space.users.get(self.text(name))
        if user is None:
            raise SlackError("user_not_found")
        return user

    def channel(self, name: str = "channel") -> Channel:
        """The conversation that the argument names, if the bot may know of it."""
        value = self.text(name)
        channel = self.space.channels.get(value)
        if channel is None or channel.deleted:
            raise SlackError("channel_not_found")
        if channel.kind != "channel" and not self.space.bot_is_in(channel):
            raise SlackError("channel_not_found")
        return channel

    def needs(self, *scopes: str) -> None:
        """One of these scopes, or `missing_scope`."""
        if not self.space.scopes & set(scopes):
            provided = ",".join(sorted(self.space.scopes))
            raise SlackError("missing_scope", needed=",".join(scopes), provided=provided)


READS: dict[str, str] = {"channel": "channels", "group": "groups", "im": "im"}
"""The first word of scopes that read each kind of conversation."""


@dataclass(frozen=True)
class Method:
    """A method of the bot's token: what answers, and one of which scopes it needs."""

    answer: Callable[[Asked], Json]
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AppMethod:
    """A method that needs no bot token: what answers, and whether it needs the app's own token."""

    answer: Callable[[Switchboard, Json], Json]
    token: Literal["app", "none"]


def page(things: list[Json], asked: Asked, default: int) -> tuple[list[Json], str]:
    """One page of many things, and the cursor to the next; empty after the last."""
    start = int(asked.text("cursor") or 0) if asked.text("cursor").isdigit() else 0
    if asked.text("cursor") and not asked.text("cursor").isdigit():
        raise SlackError("invalid_cursor")
    most = max(1, min(asked.number("limit", default), 1_000))
    end = start + most
    return things[start:end], str(end) if end < len(things) else ""
