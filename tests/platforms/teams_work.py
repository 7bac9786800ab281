"""The bot at work in Teams for one test: on a copy of the sample plan, with people and trouble."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from storage.database import Database
from tests.conversations.clock import StoryClock
from tests.conversations.on_teams import OnTeams
from tests.conversations.said import nothing_waits
from tests.patience import until
from tests.platforms.sample_copy import SampleCopy, sample_copy
from tests.platforms.teams_scene import (
    RunningTeams,
    bound,
    linked,
    serving_teams,
    teams_settings,
)
from tests.platforms.wire import Wire
from tests.teams import Conversation, Person, Team, Teams, Tenant, teams_counterpart

OFFICER = "kompetens@skovde.example.se"
"""Answers for KOM-01 and KOM-03."""

NETWORK = "Kompetens"


@dataclass
class TeamsAtWork:
    """A bot that serves Teams. `copy.wire` is its way to the database, to be cut."""

    teams: Teams
    running: RunningTeams
    copy: SampleCopy
    clock: StoryClock

    @property
    def database(self) -> Database:
        """The test's own way to the database."""
        return self.copy.database

    @property
    def wire(self) -> Wire:
        """The bot's way to it."""
        return self.copy.wire

    async def person(
        self, email: str = OFFICER, name: str = "Anna Ek", tenant: Tenant | None = None
    ) -> Person:
        """Somebody who has the app and whose account is linked."""
        return await linked(self.database, self.teams, email, name, tenant)

    def seen_as(self, person: Person) -> OnTeams:
        """The same, as somebody who types and clicks."""
        return OnTeams(self.teams, self.running.side, self.database, person, {})

    async def channel(self, *members: Person, body: str = NETWORK) -> tuple[Team, Conversation]:
        """A team that the bot is in, whose first channel is bound to the network."""
        made = await bound(self.running, self.database, self.teams, body, members)
        await self.quiet()
        return made

    async def ask(self, sql: str, **values: Any) -> Any:
        """One value from the database."""
        return await self.copy.ask(sql, **values)

    async def reports(self) -> list[str]:
        """What has been reported, in order, corrected or not."""
        found = await self.copy.column(
            "SELECT coalesce(situation, deviation, '') FROM status_reports ORDER BY id"
        )
        return list(found)

    async def quiet(self) -> None:
        """Wait until nothing goes on: neither in Teams, nor in the bot, nor waiting to be said."""
        await self.teams.settled()
        await self.running.side.desk.patience.settled()
        await until(partial(nothing_waits, self.database))
        await self.teams.settled()


@asynccontextmanager
async def teams_at_work(
    server_url: str,
    *,
    before: Callable[[Teams], object] = lambda teams: None,
    **settings: Any,
) -> AsyncGenerator[TeamsAtWork]:
    """The bot on a fresh copy of the sample plan; `settings` are some of its own.

    `before`: what is to be so in Teams when the bot starts.
    """
    async with AsyncExitStack() as stack:
        copy = await stack.enter_async_context(sample_copy(server_url))
        teams = await stack.enter_async_context(teams_counterpart())
        before(teams)
        clock = StoryClock()
        made = teams_settings(teams, copy.bots, **settings)
        serving = serving_teams(made, copy.bots, clock, teams)
        running = await stack.enter_async_context(serving)
        yield TeamsAtWork(teams, running, copy, clock)
