"""Threads in Slack: a question under an activity's card, and the report under a reminder."""

from datetime import UTC, datetime
from typing import Any

from bot.plan import PlanInMemory
from bot.reminding.remind import remind
from bot.settings import Settings
from tests.platforms.slack_work import AtWork, at_work


def card_of(work: AtWork, channel: str, code: str) -> dict[str, Any]:
    """The activity's living card in the channel."""
    return next(
        each
        for each in work.slack.messages(channel)
        if code in work.slack.visible_text(each) and "Rapportera" in work.slack.visible_text(each)
    )


async def test_a_line_to_the_bot_under_a_card_is_a_question_about_its_report(server_url: str):
    async with at_work(server_url) as work:
        officer = await work.user()
        asker = await work.user("inflyttning@hjo.example.se", "Bo Hjo")
        channel = await work.channel(officer, asker)
        await work.slack.command(officer, "/rapport", "KOM-03 risk Avtalet dröjer")
        await work.quiet()
        card = card_of(work, channel, "KOM-03")
        said = f"<@{work.slack.bot_user_id}> när kommer avtalet?"
        await work.slack.says(asker, said, channel=channel, thread_ts=card["ts"])
        await work.quiet()
        assert await work.column("SELECT question FROM report_questions") == ["när kommer avtalet?"]
        heard = [work.slack.visible_text(each) for each in work.slack.direct(officer)]
        assert any("när kommer avtalet?" in each for each in heard)
        under = [
            work.slack.visible_text(each)
            for each in work.slack.messages(channel)
            if each.get("thread_ts") == card["ts"] and each is not card
        ]
        assert any("Bo Hjo" in each or "när kommer avtalet?" in each for each in under)


async def test_a_line_to_the_bot_elsewhere_in_the_channel_is_no_question(server_url: str):
    async with at_work(server_url) as work:
        officer = await work.user()
        channel = await work.channel(officer)
        await work.slack.command(officer, "/rapport", "KOM-03 risk Avtalet dröjer")
        await work.quiet()
        said = f"<@{work.slack.bot_user_id}> när kommer avtalet?"
        await work.slack.says(officer, said, channel=channel)
        await work.quiet()
        assert await work.column("SELECT question FROM report_questions") == []


async def test_words_in_the_thread_of_a_reminder_are_the_report(server_url: str):
    async with at_work(server_url) as work:
        planner = await work.user("planering@mariestad.example.se", "Per Plan")
        work.clock.now = datetime(2026, 3, 16, 8, tzinfo=UTC)
        async with work.database.transaction() as db:
            plan = await PlanInMemory().now(db)
            await remind(db, plan, work.clock(), Settings(reminders=True))
        await work.quiet()
        reminder = next(
            each
            for each in work.slack.direct(planner)
            if "Påminnelse" in work.slack.visible_text(each)
        )
        await work.slack.says(planner, "Enligt plan, poolen är bemannad", thread_ts=reminder["ts"])
        await work.quiet()
        assert await work.column("SELECT situation FROM status_reports") == ["poolen är bemannad"]
        answer = work.slack.direct(planner)[-1]
        assert "Sparat" in work.slack.visible_text(answer)
        assert answer.get("thread_ts") == reminder["ts"]
