"""The bot at work in Slack for one test: on a copy of the sample plan, with people and trouble."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from storage.database import Database
from tests.conversations.clock import StoryClock
from tests.conversations.on_slack import OnSlack
from tests.patience import until
from tests.platforms.sample_copy import sample_copy
from tests.platforms.slack_scene import Running, bound, linked, serving, slack_settings
from tests.platforms.wire import Wire
from tests.slack import Slack, slack_counterpart

OFFICER = "kompetens@skovde.example.se"
"""Answers for KOM-01 and KOM-03."""

NETWORK = "Kompetens"


@dataclass
class AtWork:
    """A bot that serves Slack. `wire` is its way to the database, to be cut; `database` is ours."""

    slack: Slack
    running: Running
    database: Database
    clock: StoryClock
    wire: Wire

    async def user(self, email: str = OFFICER, name: str = "Anna Ek") -> str:
        """Somebody whose account is linked; the user id."""
        return await linked(self.database, self.slack, email, name)

    async def person(self, email: str = OFFICER, name: str = "Anna Ek") -> OnSlack:
        """The same, as somebody who types and clicks."""
        return self.seen_as(await self.user(email, name))

    def seen_as(self, user: str) -> OnSlack:
        """Somebody who has an account."""
        return OnSlack(self.slack, self.running.side, self.database, user, {})

    async def channel(self, *members: str, body: str = NETWORK, greets: bool = True) -> str:
        """A channel that the bot is in, bound to the network. `greets`: it has said hello there."""
        channel = await bound(self.running, self.database, self.slack, body, members)
        if greets:
            await self.quiet()
        return channel

    async def ask(self, sql: str, **values: Any) -> Any:
        """One value from the database."""
        async with self.database.connection() as db:
            return await db.scalar(text(sql), values)

    async def column(self, sql: str, **values: Any) -> Sequence[Any]:
        """The first column of all that is found."""
        async with self.database.connection() as db:
            return (await db.execute(text(sql), values)).scalars().all()

    async def reports(self) -> list[str]:
        """What has been reported, in order, corrected or not."""
        found = await self.column(
            "SELECT coalesce(situation, deviation, '') FROM status_reports ORDER BY id"
        )
        return list(found)

    async def drafts(self) -> int:
        """How many forms are begun and not sent."""
        return await self.ask("SELECT count(*) FROM drafts")

    async def quiet(self) -> None:
        """Wait until nothing goes on: neither in Slack, nor in the bot, nor waiting to be said."""
        await self.slack.settled()
        await self.running.side.desk.patience.settled()
        await until(self._nothing_waits)
        await self.slack.settled()

    async def _nothing_waits(self) -> bool:
        left = await self.ask(
            "SELECT (SELECT count(*) FROM messages m JOIN conversations c "
            "ON c.id = m.conversation_id AND c.closed_at IS NULL WHERE m.state = 'waiting') + "
            "(SELECT count(*) FROM posted_cards p JOIN conversations c "
            "ON c.id = p.conversation_id AND c.closed_at IS NULL "
            "WHERE p.struck_at IS NULL AND p.shown < p.wanted AND p.given_up < p.wanted)"
        )
        return left == 0

    @asynccontextmanager
    async def locked(self, table: str) -> AsyncGenerator[None]:
        """Nobody else gets at the table meanwhile."""
        async with self.database.transaction() as db:
            await db.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            yield


@asynccontextmanager
async def at_work(
    server_url: str,
    *,
    sockets: bool = False,
    before: Callable[[Slack], object] = lambda slack: None,
    **settings: Any,
) -> AsyncGenerator[AtWork]:
    """The bot on a fresh copy of the sample plan; `settings` are some of its own.

    `before`: what is to be so at Slack when the bot starts.
    """
    async with AsyncExitStack() as stack:
        copy = await stack.enter_async_context(sample_copy(server_url))
        slack = await stack.enter_async_context(slack_counterpart())
        if sockets:
            settings |= {"slack_app_token": slack.app_token, "slack_signing_secret": None}
        clock = StoryClock()
        made = slack_settings(slack, copy.bots, **settings)
        before(slack)
        running = await stack.enter_async_context(serving(made, copy.bots, clock))
        if not sockets:
            slack.events_url = f"{running.where}/slack/events"
        elif made.role != "worker":
            await slack.connected()
        yield AtWork(slack, running, copy.database, clock, copy.wire)
