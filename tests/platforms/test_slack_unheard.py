"""A channel that the bot came into without hearing of it is found when something is done there."""

from collections.abc import AsyncGenerator

import pytest

from tests.platforms.slack_work import AtWork, at_work

CHEF = "chef@skaraborg.example.se"
NOT_IN = "Jag är inte med i den här kanalen än"
OPEN = "SELECT count(*) FROM conversations WHERE address = :channel AND closed_at IS NULL"


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work."""
    async with at_work(server_url) as made:
        yield made


async def came_in_unheard(work: AtWork, user: str, name: str = "stilla") -> str:
    """A channel that both are in, without a word of it from Slack; its id."""
    members = [user, work.slack.bot_user_id]
    return work.slack.add_channel(name, members=members)


async def seen(work: AtWork, user: str, channel: str) -> str:
    """All that the person sees there."""
    await work.quiet()
    shown = [*work.slack.messages(channel), *work.slack.ephemerals(user)]
    return "\n".join(work.slack.visible_text(each) for each in shown)


@pytest.mark.parametrize("way", ["command", "mention"])
async def test_a_channel_joined_unheard_can_be_bound(work: AtWork, way: str):
    chef = await work.user(CHEF, "Chef")
    channel = await came_in_unheard(work, chef)
    if way == "command":
        await work.slack.command(chef, "/samspel", "koppla Kompetens", channel=channel)
    else:
        await work.slack.says(chef, f"<@{work.slack.bot_user_id}> koppla Kompetens", channel)
    said = await seen(work, chef, channel)
    assert "Kanalen är kopplad" in said
    assert "Jag är Samspel" in said
    assert NOT_IN not in said


async def test_a_channel_it_came_back_to_unheard_is_open_again(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    await work.slack.removes(channel, work.slack.bot_user_id)
    await work.quiet()
    assert await work.ask(OPEN, channel=channel) == 0
    work.slack.space.channels[channel].members.add(work.slack.bot_user_id)
    work.clock.passes(hours=1)
    await work.slack.clicks(user, "Koppla kanalen", channel=channel)
    await work.quiet()
    assert await work.ask(OPEN, channel=channel) == 1
    assert "Jag är tillbaka" in await seen(work, user, channel)


async def test_where_it_is_not_it_says_so_and_asks_slack_once_a_minute(work: AtWork):
    chef = await work.user(CHEF, "Chef")
    channel = work.slack.add_channel("utan", members=[chef])

    async def asked() -> int:
        await work.slack.command(chef, "/samspel", "koppla Kompetens", channel=channel)
        await work.quiet()
        return len(work.slack.calls_of("conversations.info"))

    first = await asked()
    assert NOT_IN in await seen(work, chef, channel)
    assert await asked() == first
    work.slack.space.channels[channel].members.add(work.slack.bot_user_id)
    work.clock.passes(minutes=2)
    await asked()
    assert "Kanalen är kopplad" in await seen(work, chef, channel)


async def test_where_it_is_known_slack_is_asked_nothing(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    before = len(work.slack.calls_of("conversations.info"))
    await work.slack.command(user, "/rapport", "KOM-03 grön Klart", channel=channel)
    await work.quiet()
    assert len(work.slack.calls_of("conversations.info")) == before


async def test_a_slack_that_does_not_say_hinders_no_report(work: AtWork):
    user = await work.user()
    channel = await came_in_unheard(work, user)
    work.slack.fault("conversations.info", 5, status=500)
    await work.slack.command(user, "/rapport", "KOM-03 grön Klart", channel=channel)
    await work.quiet()
    assert await work.reports() == ["Klart"]
