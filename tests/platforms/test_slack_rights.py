"""Who is let in, and what is let go on: workspaces, guests, private chats that were given up."""

from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import text

from tests.patience import until
from tests.platforms.slack_work import AtWork, at_work
from tests.slack import Slack

ELSEWHERE = (
    {"team_id": "T0ANNAN", "organisations": ("Hjo",), "email_domains": ("hjo.example.se",)},
)


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work."""
    async with at_work(server_url) as made:
        yield made


async def test_a_workspace_that_is_registered_no_more_is_served_no_more(server_url: str):
    async with at_work(server_url, slack_workspaces=ELSEWHERE) as work:
        user = await work.user()
        acked = await work.slack.command(user, "/rapport", "KOM-03 grön Allt väl")
        assert await work.reports() == []
        assert "Sparat" not in work.slack.visible_text(acked.json)
        assert acked.json["text"]
        await work.slack.says(user, "rapport KOM-03 grön Allt väl")
        await work.running.side.desk.patience.settled()
        assert await work.reports() == []


async def test_whoever_becomes_a_guest_may_do_nothing_more(work: AtWork):
    user = await work.user()
    await work.slack.command(user, "/rapport", "KOM-03 grön Före")
    await work.slack.changes_user(user, restricted=True)
    await work.slack.command(user, "/rapport", "KOM-03 röd Efter")
    assert await work.reports() == ["Före"]


async def test_a_change_of_name_or_address_takes_nothing_away(work: AtWork):
    user = await work.user()
    await work.slack.changes_user(user, email="ny@skovde.example.se", name="Anna Ny")
    await work.slack.command(user, "/rapport", "KOM-03 grön Efter")
    assert await work.reports() == ["Efter"]


async def test_a_private_chat_that_was_given_up_is_open_again_when_somebody_writes_in_it(
    work: AtWork,
):
    person = await work.person()
    work.slack.fault("chat.postMessage", error="user_disabled")
    await person.says("hjälp")
    assert not person.sees("Det här kan du göra")
    await person.says("hjälp")
    assert person.sees("Det här kan du göra")


async def test_what_an_app_setting_forbids_closes_nothing(work: AtWork):
    person = await work.person()
    work.slack.fault("chat.postMessage", error="messages_tab_disabled")
    await person.says("hjälp")
    assert await work.ask("SELECT count(*) FROM conversations WHERE closed_at IS NOT NULL") == 0
    assert await work.ask("SELECT count(*) FROM messages WHERE state = 'failed'") == 1


async def test_a_slack_that_is_away_at_the_start_is_asked_until_it_answers(server_url: str):
    def away(slack: Slack) -> None:
        slack.fault("auth.test", times=2, status=500)

    async with at_work(server_url, sockets=True, before=away) as work:
        async with work.database.transaction() as db:
            await db.execute(
                text(
                    "INSERT INTO connections (platform, tenant, closed_at) "
                    "VALUES ('slack', :team, now())"
                ),
                {"team": work.slack.team_id},
            )

        async def opened() -> bool:
            return not await work.ask(
                "SELECT EXISTS (SELECT FROM connections WHERE platform = 'slack' "
                "AND closed_at IS NOT NULL)"
            )

        await until(opened)
        user = await work.user()
        await work.slack.command(user, "/rapport", "KOM-03 grön Allt väl")
        assert await work.reports() == ["Allt väl"]
