"""A need registered from somebody's message, in Slack and in Teams; and mended with its line."""

from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import text

from handlers.slack.ids import shortcut_id
from tests.platforms.slack_work import AtWork, at_work
from tests.platforms.teams_work import TeamsAtWork, teams_at_work

SAID = "Vi behöver & vill ha gemensamma tolkar. Det är bråttom."


@pytest.fixture
async def slack(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work in Slack."""
    async with at_work(server_url) as made:
        yield made


@pytest.fixture
async def teams(server_url: str) -> AsyncGenerator[TeamsAtWork]:
    """The bot at work in Teams."""
    async with teams_at_work(server_url) as made:
        yield made


DECLINED = (
    "UPDATE needs SET stage = 'declined', motivation = 'Regionen gör det.', "
    "decided_on = '2026-03-16'"
)
NEED = "SELECT title || '|' || quoted_text || '|' || quoted_author FROM needs"


async def test_in_slack_the_message_is_quoted_and_its_author_credited(slack: AtWork):
    reader = await slack.person()
    writer = slack.slack.add_user("Bo Åberg", "bo@skovde.example.se")
    channel = await slack.channel(reader.user, writer)
    ts = await slack.slack.says(writer, SAID, channel)
    callback = shortcut_id("behov", of_message=True)
    assert (await slack.slack.message_shortcut(reader.user, callback, ts, channel)).ok
    await slack.quiet()
    assert slack.slack.field_value(reader.user, "title").startswith("Vi behöver & vill ha")
    assert slack.slack.field_value(reader.user, "description") == SAID
    await slack.slack.submits(reader.user)
    await slack.quiet()
    assert await slack.ask(NEED) == f"Vi behöver & vill ha gemensamma tolkar|{SAID}|Bo Åberg"
    assert await slack.ask("SELECT quoted_link FROM needs LIMIT 1")
    last = slack.slack.visible_text(slack.slack.direct(reader.user)[-1])
    assert "Registrerat: Behov 1: Vi behöver & vill ha gemensamma tolkar" in last


async def test_in_teams_the_message_is_quoted_and_its_author_credited(teams: TeamsAtWork):
    anna = await teams.person()
    bo = teams.teams.add_person("Bo Åberg", "bo@skovde.example.se")
    _team, general = await teams.channel(anna, bo)
    line = await teams.teams.says(bo, SAID, where=general, mentions_bot=False)
    await teams.teams.opens_message_extension(anna, "behov", line)
    assert teams.teams.field_value(anna, "description") == SAID
    await teams.teams.submits_dialog(anna)
    await teams.quiet()
    assert anna.dialog is None
    assert "Registrerat: Behov 1" in teams.teams.sees(anna)
    assert "Bo Åberg" in str(await teams.copy.ask(NEED))


async def test_changing_the_line_mends_the_need_that_it_registered(slack: AtWork):
    user = await slack.user()
    ts = await slack.slack.says(user, "behov Tolkar saknas")
    await slack.quiet()
    await slack.slack.edits(user, ts, "behov Tolkar saknas på alla vårdcentraler")
    await slack.quiet()
    assert await slack.ask("SELECT string_agg(title, '|') FROM needs") == (
        "Tolkar saknas på alla vårdcentraler"
    )
    assert await slack.ask("SELECT count(*) FROM need_steps WHERE kind = 'edited'") == 1


async def test_a_line_that_changes_when_it_is_decided_changes_nothing(slack: AtWork):
    user = await slack.user()
    ts = await slack.slack.says(user, "behov Tolkar saknas")
    await slack.quiet()
    async with slack.database.transaction() as db:
        await db.execute(text(DECLINED))
    await slack.slack.edits(user, ts, "behov Bussar saknas")
    await slack.quiet()
    assert await slack.ask("SELECT string_agg(title, '|') FROM needs") == "Tolkar saknas"
    last = slack.slack.visible_text(slack.slack.direct(user)[-1])
    assert "Behov 1: Tolkar saknas är kvar som det var: ⛔ avslaget." in last


async def test_a_line_that_changes_when_the_form_has_said_more_leaves_it_and_says_so(
    slack: AtWork,
):
    user = await slack.user()
    ts = await slack.slack.says(user, "behov Tolkar saknas")
    await slack.quiet()
    async with slack.database.transaction() as db:
        await db.execute(text("UPDATE needs SET description = 'Tolkar på arabiska och dari.'"))
    await slack.slack.edits(user, ts, "behov Tolkar saknas överallt")
    await slack.quiet()
    assert await slack.ask("SELECT string_agg(title || description, '|') FROM needs") == (
        "Tolkar saknasTolkar på arabiska och dari."
    )
    last = slack.slack.visible_text(slack.slack.direct(user)[-1])
    assert "har ändrats, stöttats eller kommenterats" in last
    assert "Tolkar saknas överallt" in last


async def test_a_line_changed_while_it_is_asked_about_is_kept_as_it_reads_now(slack: AtWork):
    user = await slack.user()
    await slack.slack.says(user, "behov Tolkar saknas i vården")
    await slack.quiet()
    ts = await slack.slack.says(user, "behov Tolkar saknas inom vården")
    await slack.quiet()
    await slack.slack.edits(user, ts, "behov Tolkar saknas inom vården på natten")
    await slack.quiet()
    assert await slack.ask("SELECT count(*) FROM needs") == 1
    assert await slack.ask("SELECT string_agg(answers ->> 'title', '|') FROM drafts") == (
        "Tolkar saknas inom vården på natten"
    )
