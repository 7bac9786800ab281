"""What passes between a platform and a conversation: a turn in, replies out.

A platform's translator makes an `Event` of what came in; the runner (runner.py) finds the person,
makes a `Turn` of it and calls the conversation; a platform's renderer draws the replies. Here is
nothing of any platform.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.forms import Form, Home, Option, Value
from bot.conversations.views import Card, Model, Press
from bot.outbox import Outbox
from bot.people import Person
from bot.plan import Plan
from bot.settings import Settings


class Words(Model):
    """Typed words. `edits`: the key of an earlier turn of theirs whose line they changed.
    `attached`: files came with them, which are not kept."""

    kind: Literal["words"] = "words"
    text: str
    edits: str | None = None
    attached: bool = False


class Deleted(Model):
    """A line of theirs taken away; `turn` is the key of the turn that it was."""

    kind: Literal["deleted"] = "deleted"
    turn: str


class Pressed(Model):
    """A press of a button."""

    kind: Literal["pressed"] = "pressed"
    press: Press


class Quoted(Model):
    """Somebody's message that a form is begun from. `link` leads to it, where the platform says."""

    text: str
    author: str
    link: str = ""


class OpenForm(Model):
    """A form asked for by name and arguments; `again` starts it anew, leaving a draft behind.

    `quoted`: it is begun from that message, by a shortcut.
    """

    kind: Literal["open_form"] = "open_form"
    form: str
    arguments: tuple[str, ...] = ()
    again: bool = False
    quoted: Quoted | None = None


class Submitted(Model):
    """A form's step sent in. `go`: on, back a step, or only drawn again after a choice."""

    kind: Literal["submitted"] = "submitted"
    form: str
    arguments: tuple[str, ...] = ()
    step: str
    values: dict[str, Value]
    go: Literal["on", "back", "redraw"] = "on"


class Searched(Model):
    """A search for suggestions in a person or activity field."""

    kind: Literal["searched"] = "searched"
    among: Literal["person", "activity"]
    words: str


class OpenHome(Model):
    """The person's own page asked for."""

    kind: Literal["open_home"] = "open_home"


Doing = Words | Deleted | Pressed | OpenForm | Submitted | Searched | OpenHome


@dataclass(frozen=True)
class AccountKey:
    """Somebody on a platform, as the platform has verified."""

    platform: str
    tenant: str
    user_id: str


@dataclass(frozen=True)
class SessionKey:
    """A browser that is signed in on the web, by the hash of its cookie."""

    token_hash: bytes


@dataclass(frozen=True)
class Event:
    """What a translator makes of a platform's event.

    `key` is unique for what the person did: the same again gets the same answer again. `address`
    is the conversation's on that platform, or None outside any (a home, a search).
    """

    key: str
    who: AccountKey | SessionKey
    address: str | None
    doing: Doing
    looking: bool = False
    """Nothing may change: the turn runs in a read-only transaction and is not kept."""
    kind: Literal["channel", "private"] = "private"
    """What sort of place it is, where the bot has no conversation at `address`."""
    posted: bool = False
    """The platform cannot carry what is said back with its acknowledgement: it is stored, to be
    delivered. Only what is private in a channel is left for the platform to show at once."""
    also: str | None = None
    """Another key under which the same may have been answered a moment ago (a double click)."""
    whispers: bool = True
    """What is private in a channel can be shown there to the person alone; else it is delivered to
    the private chat that is nearest."""
    under: str | None = None
    """The platform's name for the thread that it was done in, where an answer in a channel goes
    under it."""
    can_open: bool = True
    """A form can be opened now; else a card with a button that opens it is said instead."""


@dataclass(frozen=True)
class Place:
    """Where a turn happens. `conversation_id` is None where nothing can be said later."""

    platform: str
    conversation_id: int | None
    kind: Literal["channel", "private"]
    tenant: str = ""


@dataclass
class Turn:
    """One thing a person did, with all a conversation needs to answer it.

    Everything happens in one transaction on `db`, which the runner commits. What is to be said
    elsewhere goes into `outbox`.
    """

    key: str
    person: Person
    place: Place
    now: datetime
    doing: Doing
    db: AsyncConnection
    plan: Plan
    outbox: Outbox
    words: str = field(default="")
    """The words after the conversation's own, when it was called by words."""
    under: str | None = None
    """The platform's name for the thread that it was done in."""
    hushed: bool = field(default=False)
    """Those words are not kept: they may be a vote that is to stay secret."""
    settings: Settings = field(default_factory=Settings)
    """How the bot is set up, such as when digests are due."""
    looking: bool = False
    """Nothing may change: it is only looked at."""


class Say(Model):
    """Say here: seen by everybody in the place."""

    kind: Literal["say"] = "say"
    card: Card


class SayPrivately(Model):
    """Say to the person alone. `lasting`: must not vanish, so it goes to the private chat."""

    kind: Literal["say_privately"] = "say_privately"
    card: Card
    lasting: bool = False


class Ask(Model):
    """Show a form's step; with problems in it, the same step again with what was typed."""

    kind: Literal["ask"] = "ask"
    form: Form


class ShowHome(Model):
    """Show the person's own page."""

    kind: Literal["show_home"] = "show_home"
    home: Home


class Suggest(Model):
    """Suggestions for a search."""

    kind: Literal["suggest"] = "suggest"
    options: tuple[Option, ...]


Reply = Say | SayPrivately | Ask | ShowHome | Suggest
Replies = tuple[Reply, ...]

_replies: TypeAdapter[tuple[Reply, ...]] = TypeAdapter(
    tuple[Annotated[Reply, Field(discriminator="kind")], ...]
)


def stored_replies(replies: Replies) -> list[object]:
    """The replies as JSON, as kept with the turn."""
    return _replies.dump_python(replies, mode="json")


def read_replies(data: object) -> Replies:
    """The replies that `stored_replies` made."""
    return _replies.validate_python(data)


@dataclass(frozen=True)
class Refusal:
    """Why somebody may not, and who may: shown to them."""

    text: str


@dataclass(frozen=True)
class Example:
    """Words a person may type, and words that the answer holds: help, documentation and test."""

    words: str
    answer: str
    meaning: str


def nobody_refused(person: Person) -> Refusal | None:
    """For conversations that everybody may have."""
    return None


@dataclass(frozen=True)
class Shortcut:
    """A way to a form that needs no arguments, in a platform's own menus.

    `says` is at most 24 characters. `of_message`: it begins from a message that somebody wrote
    (steps.BeginsFromMessage).
    """

    form: str
    says: Callable[[], str]
    of_message: bool = False


@dataclass(frozen=True)
class Conversation:
    """One thing a person can do.

    `name` is the word that starts it and the name its buttons carry, for ever: renamed, it keeps
    the old one in `formerly`. `synonyms` are further words that start it. `refusal` serves help
    and execution alike. `says` and the examples' meanings are called when shown, in the language
    of the reader.
    """

    name: str
    says: Callable[[], str]
    answer: Callable[[Turn], Awaitable[Replies]]
    synonyms: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    examples: Callable[[], tuple[Example, ...]] = tuple
    help_lines: Callable[[], tuple[tuple[str, str], ...]] = tuple
    """More words with their meanings, where help is on it alone; they need something that there
    may not be, such as a poll of that number."""
    refusal: Callable[[Person], Refusal | None] = nobody_refused
    at_home: Callable[[Turn], Awaitable[tuple[Card, ...]]] | None = None
    """Its cards on a person's own page."""
    forms: tuple[Any, ...] = ()
    """The `FormFlow`s of steps.py that belong to it."""
    in_help: bool = True
    command: bool = False
    """It has a command of its own also where a platform gives a bot few of them."""
    shortcuts: tuple[Shortcut, ...] = ()
    hears: Callable[[Turn, str], Awaitable[bool]] | None = None
    """Whether it surely understands words that begin with no word of the bot's."""
