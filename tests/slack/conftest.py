"""A workspace with two people and a channel, and a small bot reached in both ways."""

from collections.abc import AsyncGenerator
from typing import NamedTuple

import pytest

from tests.slack import Slack, slack_counterpart
from tests.slack.small_bot import SmallBot


class Scene(NamedTuple):
    """What the tests stand on."""

    slack: Slack
    bot: SmallBot
    anna: str
    bo: str
    channel: str


@pytest.fixture(params=["http", "sockets"])
async def scene(request: pytest.FixtureRequest) -> AsyncGenerator[Scene]:
    """The small bot, listening."""
    async with slack_counterpart() as slack:
        slack.board.entry.ack_seconds = 0.5
        anna = slack.add_user("Anna Ek", "anna@skovde.se")
        bo = slack.add_user("Bo Åberg", "bo@hjo.se", locale="en-GB")
        channel = slack.add_channel("kompetens", members=[anna, bo, slack.bot_user_id])
        bot = SmallBot(slack)
        listening = bot.on_http() if request.param == "http" else bot.on_sockets()
        async with listening:
            yield Scene(slack, bot, anna, bo, channel)
