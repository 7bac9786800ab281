"""What Slack remembers of one workspace: people, channels, messages, open views, files."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from tests.slack.findings import Json

Kind = Literal["channel", "group", "im"]
"""As `channel_type` of events: public, private, direct."""

FieldKey = tuple[str, str]
"""`block_id` and `action_id`."""


@dataclass
class OpenView:
    """A modal that a person has before them: the view, what they filled in, what was wrong."""

    view: Json
    typed: dict[FieldKey, Json] = field(default_factory=dict[FieldKey, Json])
    errors: dict[str, str] = field(default_factory=dict[str, str])


@dataclass
class User:
    """A member, guest, bot or stranger; what only they see is kept here."""

    id: str
    name: str
    email: str
    locale: str
    team_id: str
    restricted: bool = False
    ultra_restricted: bool = False
    deleted: bool = False
    is_bot: bool = False
    status_emoji: str = ""
    status_text: str = ""
    status_expiration: int = 0
    home: OpenView | None = None
    modals: list[OpenView] = field(default_factory=list[OpenView])
    ephemerals: list[Json] = field(default_factory=list[Json])

    @property
    def handle(self) -> str:
        """The short name that payloads carry."""
        return self.email.partition("@")[0] or self.id.lower()


@dataclass
class Channel:
    """A conversation of any kind; `user` is whose direct messages it holds."""

    id: str
    name: str
    kind: Kind
    members: set[str] = field(default_factory=set[str])
    user: str = ""
    archived: bool = False
    deleted: bool = False
    shared: bool = False
    messages: list[Json] = field(default_factory=list[Json])

    def find(self, ts: str) -> Json | None:
        """The message of that time, thread replies included."""
        return next((one for one in self.messages if one["ts"] == ts), None)


@dataclass
class StoredFile:
    """An uploaded file; Slack knows what it is only after it has looked, at `known_from`."""

    id: str
    name: str
    size: int
    alt_text: str = ""
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    known_from: float = 0.0


class Workspace:
    """One workspace. `clock` gives the time of messages, in seconds since 1970."""

    def __init__(self, team_id: str, name: str, clock: Callable[[], float] = time.time) -> None:
        self.team_id = team_id
        self.name = name
        self.domain = name.lower().replace(" ", "-")
        self.clock = clock
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, StoredFile] = {}
        self.tokens: set[str] = set()
        self.revoked: set[str] = set()
        self.installed = True
        self.scopes: set[str] = set()
        self._numbers = count(1)
        self._last = 0
        self.bot_id = self.new_id("B")
        self.bot = self.add_user("Samspel", "", is_bot=True)

    def new_id(self, prefix: str) -> str:
        """An id that no other thing of any workspace has."""
        return f"{prefix}{self.team_id[1:5]}{next(self._numbers):05d}"

    def new_ts(self) -> str:
        """The time now as Slack writes it; later than every one before."""
        self._last = max(self._last + 1, int(self.clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def add_user(self, name: str, email: str, *, locale: str = "sv-SE", **more: object) -> User:
        """A new person; `more` are fields of `User`."""
        team = str(more.pop("team_id", None) or self.team_id)
        user = User(self.new_id("U"), name, email, locale, team)
        for key, value in more.items():
            setattr(user, key, value)
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, *, private: bool = False) -> Channel:
        """A new channel that nobody is in."""
        channel = Channel(self.new_id("C"), name, "group" if private else "channel")
        self.channels[channel.id] = channel
        return channel

    def direct(self, user: str) -> Channel:
        """The direct messages of a person with the bot, made at first use."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.user == user:
                return channel
        made = Channel(self.new_id("D"), "directmessage", "im", {user, self.bot.id}, user)
        self.channels[made.id] = made
        return made

    def bot_is_in(self, channel: Channel) -> bool:
        """Whether the bot is a member there."""
        return self.bot.id in channel.members

    def sees(self, user: str, channel: Channel) -> bool:
        """Whether the person can read what is said there."""
        return not channel.deleted and (channel.kind == "channel" or user in channel.members)

    def open_views(self) -> Iterator[tuple[User, OpenView]]:
        """Every modal and home that anybody has, with whose it is."""
        for user in self.users.values():
            for modal in user.modals:
                yield user, modal
            if user.home:
                yield user, user.home
