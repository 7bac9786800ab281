"""Rates: what has no token waits in the tables, shared by all bots, and nobody else waits."""

import asyncio
from bisect import bisect_left
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery.rates import Rate
from bot.outbox import BULK, URGENT
from bot.settings import Settings
from handlers.email import limits as email
from handlers.slack import limits as slack
from handlers.teams import limits as teams
from storage.models import Connection, Conversation
from tests.counterpart import NAME, Counterpart
from tests.delivery.scene import Scene
from tests.patience import until

SLOW = 36_000.0
"""Seconds between two tokens: none comes back during a test."""


def per(whose: str, burst: int, *methods: str, seconds: float = SLOW) -> dict[str, Any]:
    """The rates of the counterpart: so many at once."""
    how: dict[str, Any] = {"methods": methods} if methods else {}
    rate = Rate(whose, tokens=1, seconds=seconds, burst=burst, **how)  # type: ignore[arg-type]
    return {"rates": {NAME: [rate]}}


async def texts(counterpart: Counterpart, address: str | None = None) -> list[str]:
    return [one["text"] for one in await counterpart.got(address)]


async def passed(scene: Scene, seconds: float) -> None:
    """Have that long gone by for every bucket and everything that waits."""
    for table in ("conversations", "connections"):
        await scene.ask(
            f"WITH w AS (UPDATE {table} SET next_try_at = next_try_at - make_interval(secs => :s), "
            "rates_full_at = (SELECT array_agg(u - make_interval(secs => :s) ORDER BY n) "
            "FROM unnest(rates_full_at) WITH ORDINALITY AS t(u, n)) RETURNING 1) "
            "SELECT count(*) FROM w",
            s=seconds,
        )


async def test_a_conversation_gets_its_burst_and_then_one_for_each_token_that_comes_back(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel, other = await scene.channel("kom"), await scene.channel("annan")
    await scene.say(channel, "ett", "två", "tre", "fyra")
    await scene.say(other, "hej")
    made = delivery(**per("conversation", 2))
    assert await made.deliver_all() == 3
    assert await texts(counterpart, "kom") == ["ett", "två"]
    assert await texts(counterpart, "annan") == ["hej"]
    waits = await scene.conversation(channel)
    assert waits.lease_owner is None
    assert waits.failing_since is None
    left = await scene.ask(
        "SELECT extract(epoch FROM next_try_at - clock_timestamp()) FROM conversations "
        "WHERE id = :id",
        id=channel,
    )
    assert SLOW - 600 < left <= SLOW
    assert await made.deliver_all() == 0
    await passed(scene, SLOW)
    assert await made.deliver_all() == 1
    assert await texts(counterpart, "kom") == ["ett", "två", "tre"]
    await passed(scene, 10 * SLOW)
    assert await made.deliver_all() == 1
    assert [row.attempts for row in await scene.messages(channel)] == [1, 1, 1, 1]


async def test_a_full_bucket_holds_no_more_than_its_burst(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "ett")
    made = delivery(**per("conversation", 2))
    await made.deliver_all()
    await passed(scene, 100 * SLOW)
    await scene.say(channel, "två", "tre", "fyra")
    assert await made.deliver_all() == 2


async def test_many_bots_share_the_buckets_of_a_connection(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channels = [await scene.channel(f"k{n}") for n in range(20)]
    elsewhere = await scene.channel("skara", tenant="skara")
    for channel in channels:
        await scene.say(channel, "hej")
    await scene.say(elsewhere, "också")
    bots = [delivery(**per("connection", 7)) for _ in range(4)]
    await asyncio.gather(*(bot.deliver_all() for bot in bots))
    got = await counterpart.got()
    assert len([one for one in got if one["tenant"] == "hjo"]) == 7
    assert await texts(counterpart, "skara") == ["också"]
    rows = await scene.messages()
    assert sum(row.attempts for row in rows) == 8, "what has no token is not attempted"
    assert await scene.ask("SELECT count(*) FROM conversations WHERE lease_owner IS NOT NULL") == 0
    assert await bots[0].deliver_all() == 0
    await passed(scene, 3 * SLOW)
    await asyncio.gather(*(bot.deliver_all() for bot in bots))
    assert len(await counterpart.got()) == 11


async def test_what_is_urgent_takes_the_token_that_is_left_in_any_conversation(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    letters = [await scene.channel(f"brev{n}") for n in range(6)]
    asked = await scene.channel("svar")
    made = delivery(**per("connection", 2))
    for channel in letters:
        await scene.say(channel, "brev", urgency=BULK)
    assert await made.deliver_all() == 2
    await scene.say(asked, "nyhet")
    await scene.say(asked, "svar", urgency=URGENT)
    await passed(scene, SLOW)
    await made.deliver_all()
    await passed(scene, SLOW)
    await made.deliver_all()
    await passed(scene, SLOW)
    await made.deliver_all()
    assert await texts(counterpart) == ["brev", "brev", "svar", "nyhet", "brev"]


async def test_updates_that_wait_hold_no_message_up(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    for subject in (1, 2):
        await scene.set(subject, 1, [network])
    made = delivery(**per("connection", 1, "update"))
    assert await made.deliver_all() == 2
    for subject in (1, 2):
        await scene.set(subject, 2)
    await scene.say(channel, "går fram")
    assert await made.deliver_all() == 2
    assert await texts(counterpart, "kom") == [
        "number-1 är 1",
        "number-2 är 1",
        "number-1 är 2",
        "går fram",
    ]
    await passed(scene, SLOW)
    await made.deliver_all()
    assert (await texts(counterpart, "kom"))[-1] == "number-2 är 2"


async def test_what_is_too_old_takes_no_token(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    channel = await scene.channel("kom")
    for n in range(5):
        await scene.say(channel, f"i går {n}", expires_at=now - timedelta(hours=1))
    await scene.say(channel, "i dag", "i dag också", "i morgon")
    await delivery(clock=lambda: now, **per("conversation", 2)).deliver_all()
    assert await texts(counterpart, "kom") == ["i dag", "i dag också"]
    states = [row.state for row in await scene.messages(channel)]
    assert states == ["expired"] * 5 + ["sent", "sent", "waiting"]


async def test_a_429_rules_over_the_rate_and_empties_the_bucket(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": 1, "status": 429, "retry_after": 3600})
    await scene.say(channel, "ett", "två", "tre")
    made = delivery(**per("conversation", 3))
    assert await made.deliver_all() == 0
    await passed(scene, 3500)
    assert await made.deliver_all() == 0, "the platform's word counts, tokens or not"
    await passed(scene, 100)
    assert await made.deliver_all() == 1, "then it begins with one, and not with a burst"
    await passed(scene, SLOW)
    assert await made.deliver_all() == 1
    assert await texts(counterpart, "kom") == ["ett", "två"]


async def test_a_429_on_what_a_connection_shares_empties_its_bucket_for_all(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    first, second = await scene.channel("a"), await scene.channel("b")
    elsewhere = await scene.channel("c", tenant="skara")
    await counterpart.misbehave("a", {"times": 1, "status": 429, "retry_after": 3600})
    made = delivery(**per("connection", 5))
    await scene.say(first, "a")
    assert await made.deliver_all() == 0
    await scene.say(second, "b")
    await scene.say(elsewhere, "c")
    assert await made.deliver_all() == 1
    assert await texts(counterpart) == ["c"]
    await passed(scene, 3600)
    assert await made.deliver_all() == 1


async def test_a_loop_goes_on_by_itself_when_a_token_comes_back(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    """Nobody looks by itself in this test: the tick is an hour."""
    channels = [await scene.channel(f"k{n}") for n in range(3)]
    for channel in channels:
        await scene.say(channel, "ett", "två")

    async def all_sent() -> bool:
        return await scene.waiting() == 0

    async with running(tick_seconds=3600, **per("connection", 1, seconds=0.05)):
        await until(all_sent)
    async with running(tick_seconds=3600, **per("conversation", 1, seconds=0.05)):
        for channel in channels:
            await scene.say(channel, "tre", "fyra")
        await until(all_sent)
    for n in range(3):
        assert await texts(counterpart, f"k{n}") == ["ett", "två", "tre", "fyra"]


async def test_rates_of_one_bucket_each_all_count(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    rates = [
        Rate("conversation", 1, SLOW, burst=4),
        Rate("conversation", 1, SLOW, burst=2),
        Rate("connection", 1, SLOW, burst=3),
    ]
    for n in range(2):
        await scene.say(await scene.channel(f"k{n}"), "ett", "två", "tre")
    await delivery(rates={NAME: rates}).deliver_all()
    got = await counterpart.got()
    assert len(got) == 3
    assert max(Counter(one["address"] for one in got).values()) == 2


async def test_a_paused_connection_with_much_behind_it_is_passed_over(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    behind = await scene.channel("brev", tenant="mejl")
    await scene.say(behind, *(f"{n}" for n in range(50)), urgency=URGENT)
    connection = await scene.ask("SELECT id FROM connections WHERE tenant = 'mejl'")
    later = datetime(2100, 1, 1, tzinfo=UTC)
    await scene.alter(Connection, connection, next_try_at=later)
    await scene.say(await scene.channel("kom"), "går fram")
    assert await delivery().deliver_all() == 1
    await scene.alter(Connection, connection, next_try_at=None)
    await scene.alter(Conversation, behind, next_try_at=later)
    assert await delivery().deliver_all() == 0


def test_a_rate_within_a_limit_never_lets_more_through_in_any_span_of_that_length() -> None:
    for limit, seconds, burst in ((59, 30.0, 2), (1790, 3600.0, 300), (50, 1.0, 5), (2, 9.0, 1)):
        rate = Rate.within("conversation", limit, seconds, burst=burst)
        assert limit - 1 <= most_in(rate, seconds) <= limit


def most_in(rate: Rate, seconds: float) -> int:
    """How many may be sent in a span of that length, wherever it begins, from a full bucket."""
    every = rate.seconds / rate.tokens
    many = int(3 * seconds / every) + rate.burst
    sent = [0.0] * rate.burst + [n * every for n in range(1, many)]
    return max(bisect_left(sent, begin + seconds - 1e-9) - n for n, begin in enumerate(sent))


def test_what_teams_lets_through_is_kept_in_every_span_that_it_counts() -> None:
    of_conversation = [each for each in teams.RATES if each.per == "conversation"]
    for seconds, limit in ((1, 7), (2, 8), (30, 60), (3_600, 1_800)):
        assert min(most_in(each, seconds) for each in of_conversation) <= limit, seconds
    (tenant,) = (each for each in teams.RATES if each.per == "connection")
    assert most_in(tenant, 1) <= 50


def test_what_slack_lets_through_is_kept() -> None:
    posts = [each for each in slack.RATES if "send" in each.methods]
    assert [(each.per, each.tokens / each.seconds) for each in posts] == [("conversation", 1)]
    for method in ("update", "remove"):
        (rate,) = (each for each in slack.RATES if method in each.methods)
        assert (rate.per, rate.tokens / rate.seconds * 60) == ("connection", 50)


def test_a_rate_that_lets_nothing_through_is_refused() -> None:
    with pytest.raises(ValueError, match="lets something through"):
        Rate("conversation", tokens=0, seconds=1, burst=1)
    with pytest.raises(ValueError, match="lets something through"):
        Rate.within("conversation", 5, 1, burst=5)


@pytest.mark.parametrize("most", [1, 2, 30, 600])
def test_a_mail_server_gets_in_a_minute_what_the_setting_says(most: int) -> None:
    (rate,) = email.rates(Settings(mail_per_minute=most))
    assert rate.per == "connection"
    assert max(1, most - 1) <= most_in(rate, 60) <= most


def test_a_mail_server_that_is_said_nothing_of_gets_all_as_fast_as_it_goes() -> None:
    assert email.rates(Settings()) == ()
