"""What delivery promises of messages: their order, once, not before they are due nor too late."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot import metrics
from bot.delivery.loop import Delivery
from bot.outbox import BULK, URGENT, Outbox, ToConversation
from bot.settings import Settings
from storage.database import Database
from storage.queries import delivery as queue
from storage.queries.claiming import claim
from storage.queries.delivery import Lease
from storage.queries.outbox import CHANNEL
from tests.counterpart import NAME, Counterpart, times_posted
from tests.delivery.scene import Scene, card, drawn, quick
from tests.patience import until

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def texts(got: Any) -> list[str]:
    return [one["text"] for one in got]


async def test_messages_arrive_in_the_order_they_were_said(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "ett", "två", "tre")
    await scene.say(channel, "fyra", "fem")
    await scene.say(channel, "sex")
    assert await delivery().deliver_all() == 6
    assert texts(await counterpart.got("kom")) == ["ett", "två", "tre", "fyra", "fem", "sex"]


async def test_what_is_urgent_goes_first_and_bulk_last(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "brev 1", "brev 2", urgency=BULK)
    await scene.say(channel, "nyhet 1", "nyhet 2")
    await scene.say(channel, "svar 1", "svar 2", urgency=URGENT)
    await delivery().deliver_all()
    assert texts(await counterpart.got("kom")) == [
        "svar 1",
        "svar 2",
        "nyhet 1",
        "nyhet 2",
        "brev 1",
        "brev 2",
    ]


async def test_an_urgent_conversation_is_claimed_before_an_older_one(
    scene: Scene, database: Database
) -> None:
    calm, urgent = await scene.channel("lugn"), await scene.channel("bråttom")
    await scene.say(calm, "nyhet")
    await scene.say(urgent, "svar", urgency=URGENT)
    assert await _claimed(database) == urgent
    assert await _claimed(database) == calm
    assert await _claimed(database) is None


async def test_many_loops_send_each_message_once_and_in_order(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channels = [await scene.channel(f"k{n}") for n in range(6)]
    for n in range(60):
        await scene.say(channels[n % 6], f"{n:03}")
    loops: list[Delivery] = [delivery() for _ in range(4)]
    await asyncio.gather(*(loop.deliver_all() for loop in loops))
    got = await counterpart.got()
    assert len(got) == 60
    assert set(times_posted(got).values()) == {1}
    for n in range(6):
        here = texts(await counterpart.got(f"k{n}"))
        assert here == sorted(here)


async def test_a_conversation_is_claimed_by_one_only_and_by_another_when_the_lease_ran_out(
    scene: Scene, database: Database
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "hej")
    assert await _claimed(database, lease=60) == channel
    assert await _claimed(database) is None
    await scene.ask(
        "UPDATE conversations SET lease_until = clock_timestamp() - interval '1 ms' RETURNING 1"
    )
    assert await _claimed(database) == channel


async def test_a_claim_neither_waits_for_nor_passes_over_a_conversation_being_written_to(
    scene: Scene, database: Database
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "klart")
    outbox = Outbox()
    outbox.say(ToConversation(channel), lambda: card("skrivs just nu"))
    async with database.transaction() as writer:
        await outbox.flush(writer)
        async with asyncio.timeout(5):
            assert await _claimed(database) == channel


async def test_a_message_that_comes_after_the_last_look_and_before_letting_go_is_not_left(
    scene: Scene, delivery: Any, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statement that finds nothing more lets go; here a message is committed between the two.

    Nobody looks by itself in this test: the tick is an hour.
    """
    channel = await scene.channel("kom")
    await scene.say(channel, "första")
    taken = queue.take_next

    async def with_a_late_message(db: Any, lease: Lease, **how: Any) -> Any:
        answer = await taken(db, lease, **how)
        if answer is not None and answer.kind is None and not late:
            late.append(1)
            await scene.say(channel, "sen")
        return answer

    late: list[int] = []
    monkeypatch.setattr(queue, "take_next", with_a_late_message)
    await delivery(tick_seconds=3600).deliver_all()
    assert texts(await counterpart.got("kom")) == ["första", "sen"]


async def test_a_commit_wakes_a_running_loop_that_never_looks_by_itself(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    async with running(tick_seconds=3600) as loop:
        await until(lambda: _listens(scene))
        for n in range(20):
            await scene.say(channel, f"{n}")
            await until(lambda: _all_sent(scene))
        assert len(await counterpart.got("kom")) == 20
        assert loop


async def test_the_loop_finds_by_itself_what_it_was_not_told_of(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    async with running(tick_seconds=0.2):
        await scene.ask(
            "INSERT INTO messages (conversation_id, view) "
            """VALUES (:channel, '{"kind": "card", "summary": "tyst"}') RETURNING 1""",
            channel=channel,
        )
        await until(lambda: _all_sent(scene))
    assert texts(await counterpart.got("kom")) == ["tyst"]


async def test_delivery_is_told_at_commit_and_of_a_rolled_back_transaction_never(
    scene: Scene, database: Database, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    outbox = Outbox()
    outbox.say(ToConversation(channel), lambda: card("ångrat"))

    async def tell_and_regret() -> None:
        async with database.transaction() as db:
            await outbox.flush(db)
            raise KeyError

    async with database.listening(CHANNEL) as notices:
        with pytest.raises(KeyError):
            await tell_and_regret()
        async with database.transaction() as db:
            await db.execute(text(f"SELECT pg_notify('{CHANNEL}', 'the next one')"))
        async with asyncio.timeout(5):
            async for notice in notices:
                assert "the next one" in str(notice)
                break
    assert await delivery().deliver_all() == 0
    assert await counterpart.got() == []


async def test_nothing_is_sent_before_it_is_due(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "i morgon", due_at=NOW + timedelta(days=1))
    await scene.say(channel, "nu", due_at=NOW)
    await delivery(clock=lambda: NOW).deliver_all()
    assert texts(await counterpart.got("kom")) == ["nu"]
    await delivery(clock=lambda: NOW + timedelta(days=1)).deliver_all()
    assert texts(await counterpart.got("kom")) == ["nu", "i morgon"]


async def test_what_is_too_old_is_dropped_and_does_not_stop_the_rest(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "i går", expires_at=NOW - timedelta(seconds=1))
    await scene.say(channel, "ännu", expires_at=NOW + timedelta(seconds=1))
    await scene.say(channel, "alltid")
    dropped = metrics.expired.labels(NAME)
    before = next(iter(dropped.collect())).samples[0].value
    await delivery(clock=lambda: NOW).deliver_all()
    assert texts(await counterpart.got("kom")) == ["ännu", "alltid"]
    assert next(iter(dropped.collect())).samples[0].value == before + 1
    rows = await scene.messages(channel)
    assert [row.state for row in rows] == ["expired", "sent", "sent"]
    assert [row.attempts for row in rows] == [0, 1, 1]


async def test_a_message_goes_in_the_thread_of_the_card_that_lives_now(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.set(7, 1, [network])
    await scene.say(channel, "om kortet", under_card=("number", 7))
    await delivery().deliver_all()
    posted, said = await counterpart.got("kom")
    assert said["thread"] == posted["reference"]


async def test_what_has_arrived_is_kept_with_the_platforms_reference(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "hej")
    await delivery(clock=lambda: NOW).deliver_all()
    (row,) = await scene.messages(channel)
    assert (row.state, row.sent_at, row.attempts) == ("sent", NOW, 1)
    assert row.reference == (await counterpart.got("kom"))[0]["reference"]
    assert row.unsettled_since is None
    conversation = await scene.conversation(channel)
    assert (conversation.lease_owner, conversation.lease_until) == (None, None)


def test_a_call_that_could_outlast_the_lease_is_refused(database: Database) -> None:
    settings: Settings = quick(lease_seconds=10, send_timeout_seconds=6)
    with pytest.raises(ValueError, match="SEND_TIMEOUT"):
        Delivery(database, {}, drawn, settings)


async def _claimed(database: Database, *, lease: float = 60) -> int | None:
    async with database.transaction() as db:
        claimed = await claim(
            db,
            owner=f"test:{id(object())}",
            lease_seconds=lease,
            platforms=[NAME],
            failing=[NAME],
            now=NOW,
            card_rest=0,
        )
    return claimed.conversation_id if claimed else None


async def _all_sent(scene: Scene) -> bool:
    return await scene.waiting() == 0


async def _listens(scene: Scene) -> bool:
    return bool(
        await scene.ask(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE query ILIKE 'listen%' AND datname = current_database()"
        )
    )
