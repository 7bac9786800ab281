"""One bot in Slack, in Teams and on the web at once, and people who are in all three."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from tests.conversations.clock import StoryClock
from tests.conversations.on_slack import OnSlack
from tests.conversations.on_teams import OnTeams
from tests.conversations.persons import OnWeb, PersonOnPlatform
from tests.conversations.said import nothing_waits
from tests.patience import until
from tests.platforms import slack_scene, teams_scene
from tests.platforms.sample_copy import SampleCopy, sample_copy
from tests.platforms.slack_scene import Running
from tests.platforms.teams_scene import RunningTeams
from tests.platforms.web_browser import Browser, browsing
from tests.slack import Slack, slack_counterpart
from tests.teams import Conversation, Team, Teams, teams_counterpart
from tests.teams.words import visible_text

PLATFORMS = ("slack", "teams", "web")


@dataclass
class Everywhere:
    """Somebody with an account on each platform, who looks at one of them at a time."""

    on_slack: OnSlack
    on_teams: OnTeams
    on_web: OnWeb
    slack: Slack
    teams: Teams
    browser: Browser

    def at(self, platform: str) -> PersonOnPlatform:
        """The person on that platform."""
        return {"slack": self.on_slack, "teams": self.on_teams, "web": self.on_web}[platform]

    async def puts_away(self, platform: str, situation: str) -> None:
        """Fill in some of the report that is open there, and leave it unfinished."""
        values = {"status": "off_track", "situation": situation}
        match platform:
            case "slack":
                # Slack tells what stands in a form when it is sent, not when it is closed.
                await self.slack.fills(self.on_slack.user, **values)
                await self.slack.submits(self.on_slack.user, deviation=" ", measure=" ")
                await self.slack.closes(self.on_slack.user)
                await self.on_slack.waits()
            case "teams":
                await self.teams.fills(self.on_teams.person, None, **values)
                await self.teams.submits(self.on_teams.person, "Avbryt")
                await self.on_teams.waits()
            case _:
                await self.on_web.fills(**values)

    async def presses_in(self, channels: "Channels", platform: str, label: str) -> None:
        """Press a button that stands in a channel, and take up the form that comes of it."""
        match platform:
            case "slack":
                await self.slack.clicks(self.on_slack.user, label, channel=channels.slack)
                await self.on_slack.waits()
            case "teams":
                await self.teams.clicks(self.on_teams.person, label, channels.teams)
                await self.on_teams.waits()
            case _:
                await self.browser.open(f"/kanal/{channels.web}")
                await self.browser.presses(label)

    async def says_in(self, channels: "Channels", platform: str, words: str) -> None:
        """Say something to the bot in a channel, as is done there: by command, or by its name."""
        match platform:
            case "slack":
                command, _, rest = words.partition(" ")
                user = self.on_slack.user
                await self.slack.command(user, f"/{command}", rest, channel=channels.slack)
            case "teams":
                await self.teams.says(self.on_teams.person, words, where=channels.teams)
            case _:
                await self.on_web.says(words, channel=channels.web)

    async def told_of(self, words: str) -> dict[str, list[str]]:
        """By platform, what the bot has told the person alone that has those words, in order."""
        await self.browser.open("/chatt")
        said = {
            "slack": map(self.slack.visible_text, self.slack.direct(self.on_slack.user)),
            "teams": (
                visible_text(each.activity)
                for each in self.teams.direct(self.on_teams.person)
                if each.by is None
            ),
            "web": (each.read_aloud() for each in self.browser.page.all("article")),
        }
        return {each: [one for one in said[each] if words in one] for each in said}


@dataclass
class Channels:
    """A network's channel on each platform, as somebody sees them who is in all."""

    who: Everywhere
    slack: str
    teams: Conversation
    team: Team
    web: str

    async def posts(self) -> dict[str, dict[str, str]]:
        """By platform, what the bot has posted there: the words of each post by its id."""
        slack = self.who.slack
        await self.who.browser.open(f"/kanal/{self.web}")
        items = self.who.browser.page.all("li")
        return {
            "slack": {each["ts"]: slack.visible_text(each) for each in slack.messages(self.slack)},
            "teams": {
                each.id: visible_text(each.activity)
                for each in self.who.teams.messages(self.teams)
                if each.by is None
            },
            "web": {
                each.attributes["id"]: each.one("article").read_aloud().strip()
                for each in items
                if "said" in each.attributes.get("class", "").split()
            },
        }


@dataclass
class Three:
    """The running bot, and the two counterparts."""

    slack: Slack
    teams: Teams
    running: Running
    copy: SampleCopy
    clock: StoryClock
    _stack: AsyncExitStack

    @property
    def running_teams(self) -> RunningTeams:
        """The same bot, as scenes in Teams take it."""
        return RunningTeams(self.running.samspel, self.running.where)

    async def person(self, email: str, name: str) -> Everywhere:
        """Somebody with a linked account on each platform, signed in on the web."""
        database = self.copy.database
        user = await slack_scene.linked(database, self.slack, email, name)
        person = await teams_scene.linked(database, self.teams, email, name)
        browser = await self._stack.enter_async_context(browsing(self.running.where))
        return Everywhere(
            on_slack=OnSlack(self.slack, self.running.side, database, user, {}),
            on_teams=OnTeams(self.teams, self.running_teams.side, database, person, {}),
            on_web=await OnWeb(browser).signs_in(database, self.clock, email),
            slack=self.slack,
            teams=self.teams,
            browser=browser,
        )

    async def channels(self, who: Everywhere, network: str) -> Channels:
        """A channel in Slack and one in Teams, bound as the web's own is; that person is in all."""
        database, members = self.copy.database, (who.on_slack.user,)
        in_slack = await slack_scene.bound(self.running, database, self.slack, network, members)
        team, general = await teams_scene.bound(
            self.running_teams, database, self.teams, network, (who.on_teams.person,)
        )
        await self.quiet()
        return Channels(who, in_slack, general, team, network.lower())

    async def reports(self) -> Sequence[str]:
        """The states that have been reported, and from where, in order."""
        return await self.copy.column(
            "SELECT status || ' ' || platform FROM status_reports ORDER BY id"
        )

    async def quiet(self) -> None:
        """Wait until nothing goes on, on any platform, and nothing waits to be said."""
        for _again in range(2):
            await self.slack.settled()
            await self.teams.settled()
            await self.running.side.desk.patience.settled()
            await self.running_teams.side.desk.patience.settled()
            await until(partial(nothing_waits, self.copy.database))


@asynccontextmanager
async def on_three_platforms(server_url: str) -> AsyncGenerator[Three]:
    """The bot on a fresh copy of the sample plan, connected to both counterparts."""
    async with AsyncExitStack() as stack:
        copy = await stack.enter_async_context(sample_copy(server_url))
        slack = await stack.enter_async_context(slack_counterpart())
        slack.does_not_hurry()
        teams = await stack.enter_async_context(teams_counterpart())
        teams.does_not_hurry()
        clock, sock = StoryClock(), slack_scene.free_port()
        settings = slack_scene.slack_settings(
            slack,
            copy.bots,
            public_url=f"http://127.0.0.1:{sock.getsockname()[1]}",
            **teams_scene.in_teams(teams),
        )
        serving = slack_scene.serving(settings, copy.bots, clock, slack, sock)
        running = await stack.enter_async_context(serving)
        teams_scene.reached_at(running.where, settings, teams)
        yield Three(slack, teams, running, copy, clock, stack)
