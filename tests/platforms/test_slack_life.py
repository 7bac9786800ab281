"""What happens in a workspace: channels and people that come and go, lines that change."""

import json
import logging
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.patience import until
from tests.platforms.slack_scene import serving, slack_settings
from tests.platforms.slack_work import AtWork, at_work
from tests.slack import payloads

ADMINISTRATOR = "it@skaraborg.example.se"
WHO = "Jag vet inte vem du är"
NAME = "SELECT name FROM conversations WHERE address = :channel"
CLOSED = "SELECT closed_at IS NOT NULL FROM conversations WHERE address = :channel"


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work."""
    async with at_work(server_url) as made:
        yield made


def last(work: AtWork, user: str) -> str:
    """The latest in the private chat."""
    return work.slack.visible_text(work.slack.direct(user)[-1])


def words_in(work: AtWork, channel: str) -> list[str]:
    return [work.slack.visible_text(one) for one in work.slack.messages(channel)]


async def test_invited_it_says_hello_and_is_told_what_it_is_called(work: AtWork):
    user = await work.user()
    channel = work.slack.add_channel("kompetens", members=[user])
    await work.slack.invites(channel, work.slack.bot_user_id)
    await work.quiet()
    [hello] = words_in(work, channel)
    assert "Jag är Samspel" in hello
    assert await work.ask(NAME, channel=channel) == "#kompetens"
    await work.slack.renames(channel, "kompetensrådet")
    assert await work.ask(NAME, channel=channel) == "#kompetensrådet"
    await work.slack.invites(channel, user)
    await work.quiet()
    assert len(words_in(work, channel)) == 1


@pytest.mark.parametrize("how", ["removes", "archives", "deletes_channel"])
async def test_a_bound_channel_that_is_gone_is_told_of_and_comes_back_as_it_was(
    work: AtWork, how: str
):
    administrator = await work.user(ADMINISTRATOR, "Ada")
    channel = await work.channel()
    who = (work.slack.bot_user_id,) if how == "removes" else ()
    await getattr(work.slack, how)(channel, *who)
    await work.quiet()
    assert await work.ask(CLOSED, channel=channel)
    assert "En kopplad kanal är borta" in last(work, administrator)
    assert sum("borta" in one["text"] for one in work.slack.direct(administrator)) <= 1
    if how == "deletes_channel":
        return
    if how == "archives":
        await work.slack.unarchives(channel)
    else:
        await work.slack.invites(channel, work.slack.bot_user_id)
    await work.quiet()
    assert not await work.ask(CLOSED, channel=channel)
    assert "Jag är tillbaka" in words_in(work, channel)[-1]
    user = await work.user()
    await work.slack.command(user, "/rapport", "KOM-03 grön Klart")
    await work.quiet()
    assert any("KOM-03" in one for one in words_in(work, channel))


async def test_a_deactivated_person_is_nobody_any_more(work: AtWork):
    user = await work.user()
    await work.slack.changes_user(user, email="annat@example.org", locale="en-GB")
    assert (await work.slack.command(user, "/rapport", "KOM-03 grön Klart")).body is None
    await work.slack.changes_user(user, deleted=True)
    await work.quiet()
    assert (
        await work.ask(
            "SELECT count(*) FROM accounts WHERE platform = 'slack' AND ended_at IS NULL"
        )
        == 0
    )
    acked = await work.slack.command(user, "/rapport", "KOM-03 grön En till")
    assert "I do not know who you are" in str(acked.body)
    assert await work.reports() == ["Klart"]


@pytest.mark.parametrize("how", ["uninstalls", "revokes"])
async def test_a_workspace_that_lets_go_is_closed_and_open_again_when_installed_anew(
    server_url: str, how: str
):
    async with at_work(server_url, role="web") as work:
        await _is_let_go_and_installed_anew(work, how)


async def _is_let_go_and_installed_anew(work: AtWork, how: str) -> None:
    user = await work.user()
    channel = await work.channel(user, greets=False)
    if how == "uninstalls":
        await work.slack.uninstalls()
    else:
        await work.slack.revokes_tokens(bot=[work.slack.bot_user_id])
    assert await work.ask(CLOSED, channel=channel)
    assert (await work.slack.command(user, "/rapport", "KOM-03 grön Klart")).ok
    assert await work.reports() == []
    waits = (
        "SELECT count(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id "
        "JOIN connections k ON k.id = c.connection_id "
        "WHERE m.state = 'waiting' AND k.platform = 'slack'"
    )
    assert await work.ask(waits) == 0
    work.slack.space.installed = True
    work.slack.bot_token = work.slack.new_token()
    settings = slack_settings(work.slack, work.database)
    async with serving(settings, work.database, work.clock, work.slack):

        async def open_again() -> bool:
            return not await work.ask(CLOSED, channel=channel)

        await until(open_again)
        await work.slack.command(user, "/rapport", "KOM-03 grön Klart")
        await work.quiet()
        assert any("KOM-03" in one for one in words_in(work, channel))
        assert await work.reports() == ["Klart"]


async def test_a_persons_tokens_are_not_the_bots(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    await work.slack.revokes_tokens(oauth=[user])
    assert not await work.ask(CLOSED, channel=channel)


STRANGERS: dict[str, dict[str, Any]] = {
    "guest": {"restricted": True},
    "single_channel_guest": {"ultra_restricted": True},
    "of_another_company": {"team_id": "T0ANNAN"},
    "unknown": {},
}


@pytest.mark.parametrize("kind", STRANGERS)
async def test_whoever_is_not_known_is_refused_kindly_in_every_way_in(work: AtWork, kind: str):
    officer = await work.user()
    stranger = work.slack.add_user("Vem", "vem@skovde.example.se", **STRANGERS[kind])
    channel = await work.channel(officer, stranger)
    await work.slack.command(officer, "/rapport", "KOM-03 grön Klart")
    await work.quiet()

    async def alone(channel: str = "") -> str:
        await work.quiet()
        seen = work.slack.ephemerals(stranger)
        work.slack.reloads(stranger)
        assert len(seen) == 1, seen
        return work.slack.visible_text(seen[0])

    await work.slack.command(stranger, "/rapport", "KOM-03 röd Sabotage")
    assert WHO in await alone()
    await work.slack.says(stranger, f"<@{work.slack.bot_user_id}> rapport KOM-03 röd", channel)
    assert WHO in await alone()
    await work.slack.clicks(stranger, "Oförändrat", channel=channel)
    assert WHO in await alone()
    await work.slack.says(stranger, "rapport KOM-03 röd Sabotage")
    await work.quiet()
    assert WHO in last(work, stranger)
    assert len(work.slack.direct(stranger)) == 2
    await work.slack.opens_home(stranger)
    await work.quiet()
    assert WHO in work.slack.visible_text(work.slack.home(stranger))
    await work.slack.shortcut(stranger, "shortcut.rapport_valj")
    assert WHO in work.slack.visible_text(work.slack.modal(stranger))
    assert await work.reports() == ["Klart"]
    assert await work.ask("SELECT count(*) FROM accounts WHERE user_id = :u", u=stranger) == 0


async def test_a_stranger_who_changes_or_takes_away_a_line_is_left_alone(work: AtWork):
    stranger = work.slack.add_user("Vem", "vem@skovde.example.se")
    ts = await work.slack.says(stranger, "hej")
    await work.quiet()
    await work.slack.edits(stranger, ts, "hej hej")
    await work.slack.deletes(stranger, ts)
    await work.quiet()
    assert len(work.slack.direct(stranger)) == 1


async def test_home_is_drawn_again_after_a_report_from_it(work: AtWork):
    person = await work.person()
    await person.opens_home()
    assert person.sees("KOM-03")
    assert not person.sees("🟢")
    await person.clicks("Rapportera")
    await person.fills(status="on_track", situation="Klart")
    assert work.slack.modal(person.user) is not None
    await work.slack.closes(person.user)
    assert person.sees("🟢")


async def told_of_line(work: AtWork, user: str, before: str, after: str) -> str:
    """What is answered when a line is changed."""
    ts = await work.slack.says(user, before)
    await work.quiet()
    await work.slack.edits(user, ts, after)
    await work.quiet()
    return last(work, user)


async def test_a_changed_line_corrects_its_report_and_again(work: AtWork):
    user = await work.user()
    said = await told_of_line(work, user, "rapport KOM-03 grön Ett", "rapport KOM-03 grön Två")
    assert "Två" in said
    line = work.slack.direct(user)[0]["ts"]
    await work.slack.edits(user, line, "rapport KOM-03 gul Tre")
    await work.quiet()
    assert await work.reports() == ["Ett", "Två", "Tre"]
    assert await work.ask("SELECT count(replaces_id) FROM status_reports") == 2
    assert "Tre" in last(work, user)


async def test_an_edit_that_slack_tells_of_again_corrects_once(work: AtWork):
    user = await work.user()
    ts = await work.slack.says(user, "rapport KOM-03 grön Ett")
    await work.quiet()
    work.slack.board.entry.ack_seconds = 0.001
    await work.slack.edits(user, ts, "rapport KOM-03 grön Två")
    await work.slack.settled()
    work.slack.board.entry.ack_seconds = 3.0
    await work.quiet()
    assert await work.reports() == ["Ett", "Två"]


@pytest.mark.parametrize(
    ("after", "answer"),
    [
        ("rapport KOM-01 grön Rådet", "Skriv det nya på en egen rad: rapport KOM-01"),
        ("jag menade något annat", "Rapporten om KOM-03 finns kvar"),
        ("hjälp", "Rapporten om KOM-03 finns kvar"),
    ],
)
async def test_a_line_changed_to_something_else_leaves_the_report(
    work: AtWork, after: str, answer: str
):
    user = await work.user()
    assert answer in await told_of_line(work, user, "rapport KOM-03 grön Ett", after)
    assert await work.reports() == ["Ett"]


async def test_a_line_taken_away_leaves_the_report_and_says_so(work: AtWork):
    user = await work.user()
    ts = await work.slack.says(user, "rapport KOM-03 grön Ett")
    await work.quiet()
    await work.slack.deletes(user, ts)
    await work.quiet()
    assert "Rapporten om KOM-03 finns kvar" in last(work, user)
    assert await work.reports() == ["Ett"]


async def test_in_a_channel_only_what_mentions_the_bot_is_read(work: AtWork):
    user, other = await work.user(), await work.user("vux@falkoping.example.se", "Eva")
    channel = await work.channel(user, other)
    turns = await work.ask("SELECT count(*) FROM turns")
    ts = await work.slack.says(user, "rapport KOM-03 röd Mellan oss", channel)
    await work.slack.edits(user, ts, "rapport KOM-03 röd Bara mellan oss", channel)
    await work.slack.deletes(user, ts, channel)
    await work.quiet()
    assert await work.ask("SELECT count(*) FROM turns") == turns
    assert work.slack.ephemerals(user) == []
    ts = await work.slack.says(user, "rapport KOM-03 grön Nu", channel)
    mention = f"<@{work.slack.bot_user_id}> rapport KOM-03 grön Nu"
    await work.slack.edits(user, ts, mention, channel)
    message = work.slack.space.channels[channel].find(ts)
    assert message
    told = message | {"type": "app_mention", "channel": channel}
    await work.slack.event(told)
    await work.quiet()
    assert await work.reports() == ["Nu"]


async def test_what_slack_itself_changes_in_a_line_is_no_edit(work: AtWork):
    user = await work.user()
    ts = await work.slack.says(user, "rapport KOM-03 grön Ett https://example.se")
    await work.quiet()
    here = work.slack.space.direct(user)
    message = here.find(ts)
    assert message
    event = {"type": "message", "subtype": "message_changed", "channel": here.id}
    unfolded = message | {"attachments": [{"title": "En sida"}]}
    await work.slack.event(event | {"message": unfolded, "previous_message": message, "ts": "9.9"})
    await work.quiet()
    assert len(await work.reports()) == 1
    assert len(work.slack.direct(user)) == 2


async def test_neither_what_is_typed_nor_a_secret_is_ever_logged(
    work: AtWork, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    user = await work.user()
    channel = await work.channel(user)
    secret = "hemligaste-ordet"
    slack = work.slack
    with capture_logs() as logged:
        await slack.command(user, "/rapport", f"KOM-03 grön {secret}", channel=channel)
        await slack.says(user, f"{secret} {secret}")
        await slack.says(user, f"<@{slack.bot_user_id}> rapport KOM-03 gul {secret}", channel)
        slack.fault("chat.postMessage", 2, status=500)
        slack.fault("chat.postEphemeral", 2, error="user_not_in_channel")
        await slack.command(user, "/rapport", f"KOM-03 röd {secret}", channel=channel)
        await slack.says(user, "rapport KOM-03")
        await work.quiet()
        await slack.clicks(user, "Öppna formuläret")
        await slack.submits(user, situation=secret, status="on_track")
        await work.quiet()
        unknown = payloads.shortcut(slack, slack.person(user), secret)
        await slack.board.entry.send("interactive", unknown)
        await slack.event({"type": "odd", "text": secret, "event_ts": "1.0"})
        await work.wire.cut()
        await slack.command(user, "/rapport", f"KOM-03 grön {secret}")
        await slack.says(user, f"rapport KOM-03 grön {secret}")
        await slack.settled()
        await work.wire.mend()
        await work.quiet()
    said = json.dumps(logged, default=str) + caplog.text
    assert "turn" in said
    hidden = (secret, slack.bot_token, slack.signing_secret, slack.board.app_token)
    assert [word for word in hidden if word in said] == []
