"""A tenant with two people, a team and a chat, and a small bot."""

from collections.abc import AsyncGenerator
from typing import NamedTuple

import pytest

from tests.teams import Conversation, Person, Team, Teams, teams_counterpart
from tests.teams.small_bot import SmallBot


class Scene(NamedTuple):
    """What the tests stand on."""

    teams: Teams
    bot: SmallBot
    anna: Person
    bo: Person
    team: Team
    channel: Conversation
    chat: Conversation


@pytest.fixture
async def scene() -> AsyncGenerator[Scene]:
    """The small bot, listening; installed for Anna, not for Bo, and in the team and the chat."""
    async with teams_counterpart() as teams:
        teams.patience = 0.1
        anna = teams.add_person("Anna Ek", "anna@skovde.example.se", installed=True)
        bo = teams.add_person("Bo Åberg", "bo@skovde.example.se", locale="en-GB")
        both = [anna, bo]
        team = teams.add_team("Kompetens", channels=["Möten"], members=both, bot_in=True)
        chat = teams.add_chat("Fika", members=both, bot_in=True)
        bot = SmallBot(teams, teams.tenant)
        async with bot.on_http():
            yield Scene(teams, bot, anna, bo, team, teams.channel(team, "Möten"), chat)
