"""`slack_counterpart`: Slack's side for tests, speaking Slack's protocol over HTTP and WebSocket.

It knows nothing of Samspel. People act through it and look at what they see; whatever the bot sends
is held against Slack's documented limits, and what breaks them is refused as Slack refuses it and
fails the test at the end.
"""

import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Literal

from tests.patience import UNHURRIED
from tests.slack.acknowledged import Acked
from tests.slack.belonging import Belonging
from tests.slack.clicking import Clicking
from tests.slack.core import BOT_SCOPES, Call, Switchboard
from tests.slack.forms import Forms
from tests.slack.server import new_code, serving
from tests.slack.trouble import Bucket, Fault
from tests.slack.workspace import Workspace


class Slack(Belonging, Clicking, Forms):
    """One workspace: what people do there, what they see, and how Slack misbehaves."""

    @property
    def api_url(self) -> str:
        """Where the Web API is; ends with `/api/`."""
        return f"{self.board.base}/api/"

    @property
    def events_url(self) -> str | None:
        """Where the bot listens to HTTP; None: it is reached through its sockets only."""
        return self.board.entry.url

    @events_url.setter
    def events_url(self, url: str | None) -> None:
        self.board.entry.url = url

    @property
    def team_id(self) -> str:
        return self.space.team_id

    @property
    def bot_user_id(self) -> str:
        return self.space.bot.id

    @property
    def bot_id(self) -> str:
        return self.space.bot_id

    @property
    def app_id(self) -> str:
        return self.board.app_id

    @property
    def signing_secret(self) -> str:
        return self.board.signing_secret

    @property
    def app_token(self) -> str:
        return self.board.app_token

    @property
    def client_id(self) -> str:
        return self.board.client_id

    @property
    def client_secret(self) -> str:
        return self.board.client_secret

    @property
    def scopes(self) -> set[str]:
        """What is granted; may be changed at any time."""
        return self.space.scopes

    @scopes.setter
    def scopes(self, scopes: Iterable[str]) -> None:
        self.space.scopes = set(scopes)

    @property
    def refuses_blocks(self) -> set[str]:
        """Types of blocks that are answered with `invalid_blocks`, as where they are not yet."""
        return self.board.refuses_blocks

    @refuses_blocks.setter
    def refuses_blocks(self, types: Iterable[str]) -> None:
        self.board.refuses_blocks = set(types)

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API, of all workspaces, in order."""
        return self.board.calls

    @property
    def violations(self) -> list[str]:
        """What broke a documented limit or rule; a test that means to, clears it."""
        return self.board.violations

    @property
    def throttled(self) -> int:
        """How many calls were answered with 429 by a rate limit."""
        return self.board.trouble.throttled

    @property
    def connections(self) -> int:
        """How many sockets are open."""
        return len(self.board.sockets.connections)

    def signed(
        self, body: str | bytes, at: float | None = None, secret: str = ""
    ) -> dict[str, str]:
        """Headers of a signed request; with `at` or `secret`, of an old or a forged one."""
        return self.board.entry.signed(body, at, secret)

    def fault(
        self,
        method: str,
        times: int = 1,
        *,
        status: int = 0,
        error: str = "",
        retry_after: float = 0.0,
        lost: bool | Literal["dropped"] = False,
        hold: float = 0.0,
        channel: str = "",
    ) -> Fault:
        """Have the next calls of a method ("*": of any) go wrong; see `Fault`.

        Posts to a response_url are a method of that name.
        """
        fault = Fault(method, times, status, error, retry_after, lost, hold, channel)
        self.board.trouble.faults.append(fault)
        return fault

    def mends(self) -> None:
        """No more faults and rate limits."""
        self.board.trouble.faults.clear()
        self.board.trouble.buckets.clear()

    def rate_limit(
        self,
        method: str,
        per_second: float,
        burst: int = 1,
        by: Literal["channel", "workspace"] = "channel",
    ) -> None:
        """Answer 429 with Retry-After to what is more than this."""
        self.board.trouble.buckets.append(Bucket(method, per_second, burst, by))

    async def drops_sockets(self) -> None:
        """Break off every socket; what was not acknowledged is sent again on the next one."""
        for connection in list(self.board.sockets.connections):
            self.board.sockets.forget(connection)
            self.board.drop(connection.socket.client)

    async def refreshes_sockets(self) -> None:
        """Ask for every socket to be replaced, as Slack does some times a day."""
        await self.board.sockets.say_goodbye()

    async def connected(self, within: float = 10.0) -> None:
        """Wait until a socket is open; AssertionError when none is."""
        assert await self.board.sockets.until_connected(within), "no socket was opened"

    async def settled(self) -> None:
        """Wait until nothing is on its way to the bot: repeated events, echoes of its messages."""
        await self.board.entry.settled()

    async def verifies_url(self) -> Acked:
        """The handshake when the address of the bot is entered at Slack."""
        challenge = f"challenge-{self.space.new_ts()}"
        body: dict[str, Any] = {"token": "verification-token", "challenge": challenge}
        return await self.board.entry.send("events_api", body | {"type": "url_verification"})

    def advances(self, seconds: float) -> None:
        """Let triggers, response_urls and uploads grow older."""
        self.board.passed += seconds

    def authorize_code(
        self,
        client_id: str = "",
        redirect_uri: str = "",
        *,
        team: str = "",
        scopes: Iterable[str] = BOT_SCOPES,
    ) -> str:
        """A person allows the app: the code that Slack redirects with."""
        core = self.board.cores[team or self.team_id]
        return new_code(core, client_id or self.client_id, redirect_uri, set(scopes))

    def another_workspace(
        self, team_id: str, name: str = "Andra", *, installed: bool = False
    ) -> "Slack":
        """A further workspace of the same app, served by the same addresses."""
        return workspace(self.board, team_id, name, self.space.clock, installed=installed)

    def does_not_hurry(self) -> None:
        """Wait a minute for what Slack waits seconds for.

        For tests of what is said, which a machine that halts now and then must not fail.
        """
        self.patience = self.board.entry.ack_seconds = self.board.trigger_seconds = UNHURRIED


def workspace(
    board: Switchboard, team_id: str, name: str, clock: Callable[[], float], *, installed: bool
) -> Slack:
    """A workspace of the app."""
    slack = Slack(board, Workspace(team_id, name, clock))
    slack.space.installed = installed
    if installed:
        slack.space.scopes = set(BOT_SCOPES)
        slack.new_token()
    return slack


@asynccontextmanager
async def slack_counterpart(
    team_id: str = "T0SKARA", *, name: str = "Skaraborg", clock: Callable[[], float] = time.time
) -> AsyncGenerator[Slack]:
    """Slack, on a free port of this machine, with one workspace that has the app installed.

    `clock` gives the time of messages in seconds since 1970; signatures carry the real time. At the
    end AssertionError when the bot broke a documented limit.
    """
    board = Switchboard()
    slack = workspace(board, team_id, name, clock, installed=True)
    async with serving(board):
        try:
            yield slack
        finally:
            await board.entry.close()
    assert not board.violations, "\n".join(board.violations)
