"""What one person alone is shown comes as soon as Slack allows it, and no sooner."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from handlers.courtesy import AT_ONCE
from handlers.slack.courtesy import Courtesies, Pauses
from tests.platforms.slack_work import AtWork, at_work


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work."""
    async with at_work(server_url) as made:
        yield made


CARDS = 2
"""Help comes in two: what one does each day, and the rest."""


async def test_a_crowd_in_a_channel_is_answered_each_and_slack_is_not_pressed(work: AtWork):
    users = [await work.user() for _ in range(3)]
    channel = await work.channel(*users)
    work.slack.rate_limit("chat.postEphemeral", per_second=4, burst=2, by="workspace")
    mention = f"<@{work.slack.bot_user_id}> hjälp"
    await asyncio.gather(
        *(work.slack.says(user, mention, channel) for user in users for _ in range(4))
    )
    await work.quiet()
    for user in users:
        assert len(work.slack.ephemerals(user)) == 4 * CARDS
    # Of those that are let on after a pause at least one is taken.
    assert work.slack.throttled <= (AT_ONCE - 1) * 12 * CARDS


async def test_only_a_few_are_on_their_way_at_a_time():
    under_way = most = 0

    async def call() -> str:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.005)
        under_way -= 1
        return "ok"

    courtesies = Courtesies(Pauses())
    made = await asyncio.gather(*(courtesies.made("T1", "views.update", call) for _ in range(30)))
    assert made == ["ok"] * 30
    assert most == AT_ONCE


async def test_a_pause_holds_for_all_of_a_method_and_for_one_channel_of_posting():
    now = 100.0
    pauses = Pauses(lambda: now)
    pauses.ask(90, "T1", "chat.update", "C1")
    pauses.ask(5, "T1", "chat.postMessage", "C1")
    assert pauses.left("T1", "chat.update", "C2") == 90
    assert pauses.left("T1", "chat.postMessage", "C1") == 5
    assert pauses.left("T1", "chat.postMessage", "C2") == 0
    assert pauses.left("T2", "chat.update", "C1") == 0
    now = 106.0
    assert pauses.left("T1", "chat.postMessage", "C1") == 0
    assert pauses.left("T1", "chat.update") == 84


async def test_what_slack_refuses_outright_is_not_tried_again(work: AtWork):
    client = await work.running.side.desk.client(work.slack.team_id)
    before = len(work.slack.calls_of("chat.postEphemeral"))
    made = await Courtesies(Pauses()).made(
        work.slack.team_id,
        "chat.postEphemeral",
        lambda: client.chat_postEphemeral(channel="C0NONE", user="U0NONE", text="hej"),
    )
    assert made is None
    assert len(work.slack.calls_of("chat.postEphemeral")) == before + 1
