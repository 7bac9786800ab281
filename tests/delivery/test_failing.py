"""What waits, fails and is given up, and that nobody else is held up by it."""

import asyncio
from typing import Any

from sqlalchemy import text

from bot.delivery.loop import Delivery
from storage.database import Database
from storage.models import Conversation
from storage.queries.undelivered import retry, undelivered, waiting
from tests.counterpart import Counterpart, times_posted
from tests.delivery.scene import Scene
from tests.patience import until

ALWAYS = 1_000_000


async def _texts(counterpart: Counterpart, address: str) -> list[str]:
    return [one["text"] for one in await counterpart.got(address)]


async def test_retry_after_is_waited_for_and_nobody_else_waits(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    limited, other = await scene.channel("limited"), await scene.channel("other")
    await counterpart.misbehave("limited", {"times": 1, "status": 429, "retry_after": 3600})
    await scene.say(limited, "senare")
    await scene.say(other, "nu")
    assert await delivery().deliver_all() == 1
    assert await _texts(counterpart, "other") == ["nu"]
    conversation = await scene.conversation(limited)
    assert conversation.failing_since is None
    left = await scene.ask(
        "SELECT extract(epoch FROM next_try_at - clock_timestamp()) FROM conversations "
        "WHERE id = :id",
        id=limited,
    )
    assert 3500 < left <= 3600
    assert await delivery().deliver_all() == 0
    await scene.alter(Conversation, limited, next_try_at=None)
    assert await delivery().deliver_all() == 1
    assert await _texts(counterpart, "limited") == ["senare"]
    assert await counterpart.asked() == 0


async def test_a_workspace_that_asks_us_to_wait_waits_whole_and_others_do_not(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    first = await scene.channel("a", tenant="hjo")
    second = await scene.channel("b", tenant="hjo")
    elsewhere = await scene.channel("c", tenant="skara")
    await counterpart.misbehave(
        "a", {"times": 1, "status": 429, "retry_after": 3600, "whole": True}
    )
    await scene.say(first, "a")
    assert await delivery().deliver_all() == 0
    await scene.say(second, "b")
    await scene.say(elsewhere, "c")
    assert await delivery().deliver_all() == 1
    assert await _texts(counterpart, "c") == ["c"]
    await scene.ask("UPDATE connections SET next_try_at = NULL RETURNING 1")
    assert await delivery().deliver_all() == 2


async def test_a_conversation_that_always_fails_is_given_up_and_told_and_holds_nobody_up(
    database: Database, scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    broken, healthy = await scene.channel("broken"), await scene.channel("healthy")
    await counterpart.misbehave("broken", {"times": ALWAYS, "status": 503})
    await scene.say(broken, "ett", "två")

    async def given_up() -> bool:
        async with database.connection() as db:
            return len(await undelivered(db)) == 2

    async with running(give_up_seconds=0.5):
        for n in range(10):
            await scene.say(healthy, f"{n}")
        await until(given_up)
        assert await _texts(counterpart, "healthy") == [f"{n}" for n in range(10)]
        async with database.connection() as db:
            listed = await undelivered(db)
        assert {each.cause for each in listed} == {"tar inte emot"}
        assert {each.conversation for each in listed} == {"broken"}
        after = next(each for each in await scene.messages(broken) if each.attempts == 1)
        assert after.state == "failed", "past its patience each further message gets one attempt"
        await counterpart.misbehave("broken", {})
        for each in listed:
            async with database.transaction() as db:
                assert await retry(db, each.kind, each.id)
        await until(lambda: _nothing_undelivered(database))
    assert sorted(await _texts(counterpart, "broken")) == ["ett", "två"]
    assert (await scene.conversation(broken)).failing_since is None


async def test_slow_conversations_take_half_the_slots_at_most(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    """Six that hold each call, four slots: the one that works is not held up by them."""
    slow = [await scene.channel(f"slow{n}") for n in range(6)]
    healthy = await scene.channel("healthy")
    for n, channel in enumerate(slow):
        await counterpart.misbehave(f"slow{n}", {"times": ALWAYS, "status": 503})
        await scene.say(channel, "väntar")
    async with running(delivery_slots=4):
        await until(lambda: _failing(scene, 6))
        for n in range(6):
            await counterpart.misbehave(f"slow{n}", {"times": ALWAYS, "hold": True})
        await scene.say(healthy, "går fram")
        await until(lambda: _arrived(counterpart, "healthy"))
        for n in range(6):
            await counterpart.misbehave(f"slow{n}", {})
            await counterpart.release(f"slow{n}")
        await until(lambda: _delivered(scene))
    assert set(times_posted(await counterpart.got()).values()) == {1}


async def test_a_refusal_fails_at_once_and_the_next_message_goes(
    database: Database, scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": 1, "status": 400})
    await scene.say(channel, "för lång", "kort")
    await delivery().deliver_all()
    assert await _texts(counterpart, "kom") == ["kort"]
    async with database.connection() as db:
        (told,) = await undelivered(db)
    assert (told.kind, told.attempts, told.cause) == ("message", 1, "kan inte visas")


async def test_a_channel_that_is_gone_is_closed_and_all_that_waits_there_fails(
    database: Database, scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": ALWAYS, "status": 410})
    await scene.say(channel, "ett", "två", "tre")
    await delivery().deliver_all()
    async with database.connection() as db:
        listed = await undelivered(db)
        left = await waiting(db, now=(await scene.messages(channel))[0].created_at)
    assert {(each.closed, each.cause) for each in listed} == {(True, "kanalen finns inte")}
    assert (len(listed), left.messages) == (3, 0)


async def test_all_connections_cut_again_and_again_lose_and_double_nothing(
    database: Database, scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channels = [await scene.channel(f"k{n}") for n in range(4)]
    others = Database(database.libpq_url)
    told = Scene(others)
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND application_name LIKE 'samspel%' AND pid <> ALL(:mine)"
    )
    async with running() as loop:
        assert isinstance(loop, Delivery)
        async with others.connection() as keeper:
            mine = [(await keeper.execute(text("SELECT pg_backend_pid()"))).scalar_one()]
            for n in range(80):
                await told.say(channels[n % 4], f"{n:02}")
                if n % 10 == 5:
                    async with others.connection() as db:
                        pid = (await db.execute(text("SELECT pg_backend_pid()"))).scalar_one()
                        await db.execute(cut, {"mine": [*mine, pid]})
        await until(lambda: _delivered(told))
    got = await counterpart.got()
    assert len(got) == 80
    assert set(times_posted(got).values()) == {1}
    for n in range(4):
        here = await _texts(counterpart, f"k{n}")
        assert here == sorted(here)
    await others.close()


async def test_what_is_on_its_way_arrives_when_the_bot_is_stopped(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": 1, "hold": True})
    await scene.say(channel, "på väg", "senare")
    running = asyncio.create_task(delivery(send_timeout_seconds=10, lease_seconds=30).run())
    await until(lambda: _arrived(counterpart, "kom"))
    running.cancel()
    await until(lambda: _listens_no_more(scene))
    await counterpart.release("kom")
    await asyncio.gather(running, return_exceptions=True)
    first, second = await scene.messages(channel)
    assert (first.state, second.state) == ("sent", "waiting")
    conversation = await scene.conversation(channel)
    assert conversation.lease_owner is None


async def _listens_no_more(scene: Scene) -> bool:
    """The listener is let go of once the loop knows that it is to end."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE application_name = 'samspel listener' AND datname = current_database()"
    )
    return await scene.ask(asked) == 0


async def _arrived(counterpart: Counterpart, address: str) -> bool:
    return bool(await counterpart.got(address))


async def _delivered(scene: Scene) -> bool:
    return await scene.waiting() == 0


async def _failing(scene: Scene, number: int) -> bool:
    asked = "SELECT count(*) FROM conversations WHERE failing_since IS NOT NULL"
    return await scene.ask(asked) == number


async def _nothing_undelivered(database: Database) -> bool:
    async with database.connection() as db:
        left = await waiting(db, now=await _now(database))
        return not await undelivered(db) and left.messages == 0


async def _now(database: Database) -> Any:
    async with database.connection() as db:
        return (await db.execute(text("SELECT now() + interval '1 day'"))).scalar_one()
