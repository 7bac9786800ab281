"""One workspace as Slack serves it, and what all workspaces of the app share."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Address

from tests.slack.entry import Entry
from tests.slack.findings import Json, Problem
from tests.slack.sockets import Sockets
from tests.slack.trouble import Trouble
from tests.slack.workspace import Workspace

TRIGGER_SECONDS = 3.0
"""docs.slack.dev/interactivity/handling-user-interaction: a `trigger_id` lives three seconds."""

RESPONSE_URL_SECONDS, RESPONSE_URL_USES = 1_800.0, 5
"""The same page: five uses in thirty minutes."""

BOT_SCOPES = (
    *("app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write"),
    *("commands", "files:read", "files:write", "groups:history", "groups:read", "im:history"),
    *("im:read", "im:write", "team:read", "users:read", "users:read.email"),
)
"""What is granted unless a test says otherwise."""


class SlackError(Exception):
    """The answer `ok: false` with this error code; `more` is the rest of the answer."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


@dataclass(frozen=True)
class Call:
    """A call of the Web API: arguments as understood, and the answer that was given."""

    method: str
    args: Json
    at: float
    answer: Json
    status: int = 200
    team_id: str = ""


@dataclass
class Trigger:
    """A moment at which a person did something, for which one modal may be opened."""

    user: str
    issued: float
    used: bool = False


@dataclass
class ResponseUrl:
    """Where something may be said about an interaction, a few times."""

    core: "Core"
    user: str
    channel: str
    issued: float
    message_ts: str = ""
    ephemeral_ts: str = ""
    uses: int = 0


@dataclass
class Code:
    """A person's consent to an install, to be changed into a token once."""

    core: "Core"
    client_id: str
    redirect_uri: str
    scopes: set[str]
    used: bool = False


@dataclass
class Switchboard:
    """What belongs to the app and not to one workspace."""

    app_id: str = "A0SAMSPEL"
    client_id: str = "111.222"
    client_secret: str = "client-secret-of-the-counterpart"
    signing_secret: str = "signing-secret-of-the-counterpart"
    app_token: str = "xapp-1-A0SAMSPEL-1-counterpart"
    base: str = ""
    trouble: Trouble = field(default_factory=Trouble)
    cores: dict[str, "Core"] = field(default_factory=dict[str, "Core"])
    calls: list[Call] = field(default_factory=list[Call])
    codes: dict[str, Code] = field(default_factory=dict[str, Code])
    triggers: dict[str, Trigger] = field(default_factory=dict[str, Trigger])
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict[str, ResponseUrl])
    uploads: dict[str, tuple["Core", str]] = field(default_factory=dict[str, tuple["Core", str]])
    violations: list[str] = field(default_factory=list[str])
    refuses_blocks: set[str] = field(default_factory=set[str])
    passed: float = 0.0
    clock_ahead: float = 0.0
    file_seconds: float = 0.2
    trigger_seconds: float = TRIGGER_SECONDS
    echoes: bool = True
    consents: bool = True
    installs_in: str = ""
    drop: Callable[[Address | None], None] = lambda address: None

    def __post_init__(self) -> None:
        self.sockets = Sockets(self.app_id)
        self.entry = Entry(self.signing_secret, self.sockets)

    def now(self) -> float:
        """Seconds on a clock that tests can put forward."""
        return time.monotonic() + self.passed

    def violated(self, where: str, problems: list[Problem]) -> None:
        """Remember that the bot sent what Slack's documentation forbids."""
        self.violations += [f"{where}: {problem}" for problem in problems]

    def core_of(self, token: str) -> "Core | None":
        """The workspace that a token was given for, also when it is revoked."""
        for core in self.cores.values():
            if token in core.space.tokens | core.space.revoked:
                return core
        return None


class Core:
    """One workspace: its state (`space`) and what makes things happen in it."""

    bot_token: str = ""
    """The token given last; empty while the app was never installed."""

    def __init__(self, board: Switchboard, space: Workspace) -> None:
        self.board = board
        self.space = space
        board.cores[space.team_id] = self

    def new_token(self) -> str:
        """A bot token of this workspace."""
        token = f"xoxb-{self.space.team_id.lower()}-{secrets.token_hex(6)}"
        self.space.tokens.add(token)
        self.bot_token = token
        return token

    def new_trigger(self, user: str) -> str:
        """A trigger for something that the person did just now."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.board.triggers[trigger] = Trigger(user, self.board.now())
        return trigger

    def exchange(self, trigger_id: object) -> str:
        """Whose trigger it is, used up."""
        trigger = self.board.triggers.get(str(trigger_id))
        if trigger is None or trigger.user not in self.space.users:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.board.now() - trigger.issued > self.board.trigger_seconds:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def new_response_url(
        self, kind: str, user: str, channel: str, *, message_ts: str = "", ephemeral_ts: str = ""
    ) -> str:
        """An address for later answers to an interaction. `kind`: actions or commands."""
        key = secrets.token_hex(12)
        self.board.response_urls[key] = ResponseUrl(
            self, user, channel, self.board.now(), message_ts, ephemeral_ts
        )
        return f"{self.board.base}/{kind}/{self.space.team_id}/{key}"

    def envelope(self, event: Json) -> Json:
        """An event as the Events API wraps it."""
        space, channel = self.space, str(event.get("channel", ""))
        here = space.channels.get(channel)
        authorization = {
            "enterprise_id": None,
            "team_id": space.team_id,
            "user_id": space.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "verification-token",
            "team_id": space.team_id,
            "context_team_id": space.team_id,
            "context_enterprise_id": None,
            "api_app_id": self.board.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": space.new_id("Ev"),
            "event_time": int(space.clock()),
            "authorizations": [authorization],
            "is_ext_shared_channel": bool(here and here.shared),
            "event_context": f"4-{secrets.token_hex(8)}",
        }

    def echo(self, event: Json) -> None:
        """Tell the bot of what it did itself, as Slack does; nobody waits for the answer."""
        if self.board.echoes:
            self.board.entry.event_later(self.envelope(event))
