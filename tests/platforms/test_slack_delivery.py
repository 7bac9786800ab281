"""What is delivered to Slack: once, whatever becomes of a call, and calling nobody."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from bot.conversations.activity_card import KIND
from bot.conversations.views import Card, Chart, Series, Table, text
from bot.outbox import Outbox, ToConversation
from tests.patience import until
from tests.platforms.slack_work import AtWork, at_work

ADMINISTRATOR = "it@skaraborg.example.se"
QUICK: dict[str, Any] = {"lease_seconds": 2.0, "send_timeout_seconds": 0.5}
CHART = Chart(
    form="bar",
    title="Läget",
    alternative="Fyra enligt plan, en i risk",
    categories=("enligt plan", "risk"),
    series=(Series(name="aktiviteter", values=(4, 1)),),
)
TABLE = Table(caption="Pengar", columns=("Kommun", "Kronor"), rows=(("Hjo", "40"),), numeric=(1,))


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """A bot that is quick to give up a call."""
    async with at_work(server_url, **QUICK) as made:
        yield made


async def conversation(work: AtWork, channel: str) -> int:
    return await work.ask("SELECT id FROM conversations WHERE address = :a", a=channel)


async def say(work: AtWork, channel: str, *cards: Card | str, thread_of: str = "") -> None:
    """Say each in the channel, in one transaction; in the thread of that activity's card."""
    here = await conversation(work, channel)
    under = None
    if thread_of:
        under = KIND, await work.ask("SELECT id FROM activities WHERE code = :c", c=thread_of)
    outbox = Outbox()
    for each in cards:
        card = Card(summary=each) if isinstance(each, str) else each
        outbox.say(ToConversation(here), lambda card=card: card, under_card=under)
    async with work.database.transaction() as db:
        await outbox.flush(db)


def times(work: AtWork, channel: str) -> Counter[str]:
    """How many times each text stands in the channel."""
    return Counter(one["text"] for one in work.slack.messages(channel))


async def test_a_post_carries_its_key_and_nothing_else(work: AtWork):
    channel = await work.channel()
    await say(work, channel, "Hej på er")
    await work.quiet()
    [message] = [one for one in work.slack.messages(channel) if one["text"] == "Hej på er"]
    number = await work.ask("SELECT max(id) FROM messages")
    assert message["metadata"] == {
        "event_type": "samspel_post",
        "event_payload": {"key": f"message-{number}"},
    }
    assert message["ts"] == await work.ask("SELECT reference FROM messages WHERE id = :n", n=number)


@pytest.mark.parametrize("in_thread", [False, True], ids=["channel", "thread"])
async def test_what_was_posted_though_the_answer_was_lost_is_found_and_not_posted_twice(
    work: AtWork, in_thread: bool
):
    user = await work.user()
    channel = await work.channel(user)
    await work.slack.command(user, "/rapport", "KOM-03 grön Klart")
    await work.quiet()
    lost: list[dict[str, Any]] = [{"lost": True}, {"lost": "dropped"}, {"hold": 1.0}]
    for number, fault in enumerate(lost):
        work.slack.fault("chat.postMessage", channel=channel, **fault)
        await say(work, channel, f"nr {number}", thread_of="KOM-03" if in_thread else "")
        await work.quiet()
    posted = times(work, channel)
    assert [posted[f"nr {number}"] for number in range(len(lost))] == [1] * len(lost)
    threads = [one.get("thread_ts") for one in work.slack.messages(channel) if "nr" in one["text"]]
    assert all(threads) == in_thread
    assert await work.ask("SELECT count(*) FROM messages WHERE reference IS NULL") == 0


async def test_what_was_lost_in_a_thread_that_is_gone_is_posted_in_the_channel(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    await work.slack.command(user, "/rapport", "KOM-03 grön Klart")
    await work.quiet()
    work.slack.fault("chat.postMessage", channel=channel, status=500)
    here = work.slack.space.channels[channel]
    here.messages[:] = [one for one in here.messages if "card-" not in str(one.get("metadata"))]
    await say(work, channel, "Efteråt", thread_of="KOM-03")
    await work.quiet()
    assert times(work, channel)["Efteråt"] == 1


async def test_what_surely_or_perhaps_did_not_arrive_is_posted_once(work: AtWork):
    channel = await work.channel()
    faults: list[dict[str, Any]] = [
        {"status": 500},
        {"status": 503},
        {"error": "fatal_error"},
        {"error": "internal_error"},
        {"error": "invalid_auth"},
    ]
    for number, fault in enumerate(faults):
        asked = len(work.slack.calls_of("conversations.history"))
        work.slack.fault("chat.postMessage", channel=channel, **fault)
        await say(work, channel, f"nr {number}")
        await work.quiet()
        looked = len(work.slack.calls_of("conversations.history")) - asked
        assert looked == (0 if fault == {"error": "invalid_auth"} else 1), fault
    assert [times(work, channel)[f"nr {number}"] for number in range(len(faults))] == [1] * 5


async def test_where_the_history_may_not_be_read_it_comes_perhaps_twice(work: AtWork):
    channel = await work.channel()
    work.slack.scopes.discard("channels:history")
    work.slack.fault("chat.postMessage", channel=channel, lost=True)
    await say(work, channel, "Hej")
    await work.quiet()
    assert times(work, channel)["Hej"] == 2


async def test_a_channel_that_slack_holds_back_waits_and_no_other(work: AtWork):
    held, free = await work.channel(), await work.channel(body="Strategi")
    before = time.monotonic()
    work.slack.fault("chat.postMessage", channel=held, status=429, retry_after=1)
    await say(work, held, "efter")
    await until(_refused_once(work, "chat.postMessage"))
    await say(work, free, "genast")
    await until(_there(work, free, "genast"))
    assert times(work, held)["efter"] == 0
    await work.quiet()
    assert time.monotonic() - before >= 1
    assert times(work, held)["efter"] == 1


async def test_updates_that_slack_holds_back_wait_in_all_of_the_workspace(work: AtWork):
    chef = await work.user("chef@skaraborg.example.se")
    channel, other = await work.channel(), await work.channel(body="Samhällsplanering")
    for code in ("KOM-03", "SAM-01"):
        await work.slack.command(chef, "/rapport", f"{code} grön Ett")
    await work.quiet()
    work.slack.fault("chat.update", status=429, retry_after=1)
    began = time.time()
    await work.slack.command(chef, "/rapport", "KOM-03 grön Två")
    await until(_refused_once(work, "chat.update"))
    await work.slack.command(chef, "/rapport", "SAM-01 grön Två")
    await work.quiet()
    later = [one for one in work.slack.calls_of("chat.update") if one.at >= began]
    assert later[0].status == 429
    assert later[1].at - later[0].at >= 1
    assert {one.args["channel"] for one in later if one.status == 200} == {channel, other}


def _refused_once(work: AtWork, method: str) -> Any:
    async def refused() -> bool:
        return any(one.status == 429 for one in work.slack.calls_of(method))

    return refused


def _there(work: AtWork, channel: str, words: str) -> Any:
    async def there() -> bool:
        return times(work, channel)[words] == 1

    return there


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel"])
async def test_a_channel_that_is_gone_is_closed_and_the_administrator_hears(
    work: AtWork, code: str
):
    administrator = await work.user(ADMINISTRATOR, "Ada")
    channel = await work.channel()
    work.slack.fault("chat.postMessage", channel=channel, error=code)
    await say(work, channel, "ett", "två")
    await work.quiet()
    assert times(work, channel)["ett"] + times(work, channel)["två"] == 0
    closed = "SELECT closed_at IS NOT NULL FROM conversations WHERE address = :a"
    assert await work.ask(closed, a=channel)
    heard = work.slack.visible_text(work.slack.direct(administrator)[-1])
    assert "En kopplad kanal är borta" in heard
    assert "#kompetens" in heard
    assert await work.ask("SELECT count(*) FROM messages WHERE state = 'failed'") == 2


async def test_a_card_whose_post_was_taken_away_is_posted_anew(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    await work.slack.command(user, "/rapport", "KOM-03 grön Ett")
    await work.quiet()
    here = work.slack.space.channels[channel]
    [card] = [one for one in here.messages if "card-" in str(one.get("metadata"))]
    here.messages.remove(card)
    await work.slack.command(user, "/rapport", "KOM-03 grön Två")
    await work.quiet()
    [anew] = [one for one in here.messages if "card-" in str(one.get("metadata"))]
    assert "Två" in work.slack.visible_text(anew)


async def test_charts_and_tables_become_pictures_and_plain_ones_where_they_are_refused(
    work: AtWork,
):
    channel = await work.channel()
    work.slack.refuses_blocks = {"data_visualization", "data_table"}
    card = Card(summary="Läget", parts=(text("Så här ser det ut"), CHART, TABLE))
    await say(work, channel, card, card)
    await work.quiet()
    shown = [one for one in work.slack.messages(channel) if one["text"] == "Läget"]
    assert len(shown) == 2
    for message in shown:
        kinds = [block["type"] for block in message["blocks"]]
        assert "image" in kinds
        assert "table" in kinds
        [image] = [block for block in message["blocks"] if block["type"] == "image"]
        assert image["alt_text"] == CHART.alternative
        assert image["slack_file"]["id"] in work.slack.space.files
    refused = [one for one in work.slack.calls_of("chat.postMessage") if not one.answer["ok"]]
    assert len(refused) == 1
    assert len(work.slack.calls_of("files.completeUploadExternal")) == 1


async def test_a_chart_with_more_series_than_slack_has_colours_comes_as_a_picture(work: AtWork):
    channel = await work.channel()
    series = tuple(Series(name=f"läge {n}", values=(n + 1,)) for n in range(6))
    many = CHART.model_copy(update={"categories": ("Kompetens",), "series": series})
    await say(work, channel, Card(summary="Läget", parts=(CHART, many)))
    await work.quiet()
    [shown] = [one for one in work.slack.messages(channel) if one["text"] == "Läget"]
    kinds = [block["type"] for block in shown["blocks"] if block["type"] != "context"]
    assert kinds == ["data_visualization", "image"]
    assert shown["blocks"][-1]["slack_file"]["id"] in work.slack.space.files
    assert [one for one in work.slack.calls_of("chat.postMessage") if not one.answer["ok"]] == []


async def test_where_no_picture_can_be_uploaded_the_numbers_are_said(work: AtWork):
    channel = await work.channel()
    work.slack.refuses_blocks = {"data_visualization"}
    work.slack.scopes.discard("files:write")
    await say(work, channel, Card(summary="Läget", parts=(CHART,)))
    await work.quiet()
    [shown] = [one for one in work.slack.messages(channel) if one["text"] == "Läget"]
    assert "risk: aktiviteter 1" in work.slack.visible_text(shown)


async def test_typed_text_calls_nobody_and_links_nowhere(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    hostile = f"<!channel> <!here> <@{user}> <https://evil.example|Logga in> *_~`& @everyone"
    await work.slack.command(user, "/rapport", f"KOM-03 grön {hostile}", channel=channel)
    await work.quiet()
    shown = [*work.slack.messages(channel), *work.slack.direct(user), *work.slack.ephemerals(user)]
    assert any("<!channel>" in work.slack.visible_text(one) for one in shown)
    for message in shown:
        assert "<" not in message["text"]
        for thing in _things(message["blocks"]):
            assert thing.get("type") not in {"mrkdwn", "user", "usergroup", "broadcast", "link"}


def _things(thing: Any) -> Any:
    if isinstance(thing, dict):
        yield thing
    for each in thing.values() if isinstance(thing, dict) else thing:
        if isinstance(each, dict | list):
            yield from _things(each)


KILLS, EACH = 3, 5


async def test_a_bot_killed_between_a_post_and_its_record_posts_nothing_twice(server_url: str):
    async with at_work(server_url, role="web") as work:
        channel = await work.channel(greets=False)
        process = await _started(work)
        for kill in range(KILLS):
            work.slack.fault("chat.postMessage", hold=5.0, channel=channel)
            words = [f"{kill}-{number}" for number in range(EACH)]
            await say(work, channel, *words)
            await until(_there(work, channel, words[0]))
            process.kill()
            await process.wait()
            process = await _started(work)
            await work.quiet()
        process.kill()
        await process.wait()
        posted = {one: n for one, n in times(work, channel).items() if "-" in one}
        assert len(posted) == KILLS * EACH
        assert set(posted.values()) == {1}
        assert list(posted) == sorted(posted)


async def _started(work: AtWork) -> asyncio.subprocess.Process:
    url, slack = work.database.libpq_url, work.slack
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.platforms.slack_bot", url, slack.api_url, slack.bot_token),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process
