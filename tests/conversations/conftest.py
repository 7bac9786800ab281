"""The bot in full on the sample plan, and people who come to it on each platform."""

import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.settings import Settings
from storage.database import Database
from tests.conversations.clock import StoryClock
from tests.conversations.on_slack import OnSlack
from tests.conversations.on_teams import OnTeams
from tests.conversations.persons import OnWeb, PersonOnPlatform
from tests.platforms.slack_scene import Running, bound, linked, serving, slack_settings
from tests.platforms.teams_scene import bound as bound_team
from tests.platforms.teams_scene import linked as linked_in_teams
from tests.platforms.teams_scene import serving_teams, teams_settings
from tests.platforms.web_browser import browsing
from tests.slack import Slack, slack_counterpart
from tests.teams import teams_counterpart
from tests.teams.world import add_channel

CHOSEN = os.environ.get("SAMSPEL_TEST_STORIES_ON", "")
PLATFORMS = tuple((CHOSEN or "web slack teams").split())
"""Every story is told on the web and on one of the others, the next story of its file on the next;
on all of them where SAMSPEL_TEST_STORIES_ON names them. One that only one platform has says so, by
asking for that one alone."""


def spread(cases: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Long lists of cases, each told on one platform and next to one on the next: for what all
    platforms do in the same way. Goes with `indirect=["samspel"]`, the platform first."""
    return [(PLATFORMS[n % len(PLATFORMS)], *case) for n, case in enumerate(cases)]


@dataclass
class Scene:
    """The running bot: its clock, its database, and people by address on the platform tried."""

    database: Database
    clock: StoryClock
    _meet: Callable[[str], Awaitable[PersonOnPlatform]]

    async def person(self, email: str) -> PersonOnPlatform:
        """That person, known to the bot on the platform."""
        return await self._meet(f"{email}.example.se")

    async def keys(self, *codes: str) -> tuple[int, ...]:
        """What those activities are called in forms."""
        async with self.database.connection() as db:
            rows = await db.execute(text("SELECT code, id FROM activities"))
            found = {row.code: row.id for row in rows}
        return tuple(found[code] for code in codes)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Where a story is told, unless it says so itself."""
    if "samspel" not in metafunc.fixturenames or _says_where(metafunc.definition):
        return
    metafunc.parametrize("samspel", _told_on(metafunc), indirect=True)


def _says_where(story: pytest.Item) -> bool:
    told = [mark.args[0] for mark in story.iter_markers("parametrize")]
    return any("samspel" in (names if isinstance(names, str) else list(names)) for names in told)


def _told_on(metafunc: pytest.Metafunc) -> Sequence[str]:
    if CHOSEN:
        return PLATFORMS
    stories = [name for name in vars(metafunc.module) if name.startswith("test_")]
    return "web", ("slack", "teams")[stories.index(metafunc.function.__name__) % 2]


@pytest.fixture
async def samspel(
    request: pytest.FixtureRequest, sample_database: Database
) -> AsyncGenerator[Scene]:
    """The sample plan, adopted, and a bot that answers and delivers."""
    clock = StoryClock()
    async with AsyncExitStack() as stack:
        meet = await _PLACES[request.param](stack, sample_database, clock)
        yield Scene(sample_database, clock, meet)


async def _on_web(
    stack: AsyncExitStack, database: Database, clock: StoryClock
) -> Callable[[str], Awaitable[OnWeb]]:
    settings = Settings(
        tick_seconds=0.05, card_rest_seconds=0, database_url=SecretStr(database.libpq_url)
    )
    running = await stack.enter_async_context(serving(settings, database, clock))

    async def meet(email: str) -> OnWeb:
        browser = await stack.enter_async_context(browsing(running.where))
        return await OnWeb(browser).signs_in(database, clock, email)

    return meet


async def _on_slack(
    stack: AsyncExitStack, database: Database, clock: StoryClock
) -> Callable[[str], Awaitable[OnSlack]]:
    slack = await stack.enter_async_context(slack_counterpart(team_id="T0SKARA"))
    slack.does_not_hurry()
    settings = slack_settings(slack, database)
    running = await stack.enter_async_context(serving(settings, database, clock, slack))
    channels = await _channels(running, database, slack)

    async def meet(email: str) -> OnSlack:
        user = await linked(database, slack, email)
        for channel in channels.values():
            await slack.invites(channel, user)
        return OnSlack(slack, running.side, database, user, channels)

    return meet


async def _on_teams(
    stack: AsyncExitStack, database: Database, clock: StoryClock
) -> Callable[[str], Awaitable[OnTeams]]:
    teams = await stack.enter_async_context(teams_counterpart())
    teams.does_not_hurry()
    settings = teams_settings(teams, database)
    running = await stack.enter_async_context(serving_teams(settings, database, clock, teams))
    team, general = await bound_team(running, database, teams, "Kompetens")
    channels = {"kompetens": general, "strategi": add_channel(team, "Strategi")}

    async def meet(email: str) -> OnTeams:
        person = await linked_in_teams(database, teams, email)
        await teams.joins(person, team)
        return OnTeams(teams, running.side, database, person, channels)

    return meet


_PLACES = {"web": _on_web, "slack": _on_slack, "teams": _on_teams}


async def _channels(running: Running, database: Database, slack: Slack) -> dict[str, str]:
    """A network's channel, bound as on the web; and one that the bot is in, bound to nothing."""
    strategy = slack.add_channel("strategi")
    await slack.invites(strategy, slack.bot_user_id)
    return {"kompetens": await bound(running, database, slack, "Kompetens"), "strategi": strategy}
