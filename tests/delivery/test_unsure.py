"""What is done when nobody knows whether it arrived: docs/delivery.md's table, line by line."""

import asyncio
import time
from typing import Any

from bot import metrics
from tests.counterpart import Counterpart, times_posted
from tests.delivery.scene import Scene
from tests.patience import until


async def _delivered(scene: Scene) -> bool:
    return await scene.waiting() == 0


def _perhaps_twice() -> float:
    name = "samspel_messages_perhaps_twice_total"
    return metrics.registry.get_sample_value(name, {"platform": "counterpart"}) or 0.0


def _texts(got: Any) -> list[str]:
    return [one["text"] for one in got]


async def test_a_lost_answer_is_found_again_where_the_platform_can_be_asked(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": 1, "lost": True})
    await scene.say(channel, "ett", "två")
    async with running():
        await until(lambda: _delivered(scene))
    assert _texts(await counterpart.got("kom")) == ["ett", "två"]
    assert await counterpart.asked() == 1
    first, _ = await scene.messages(channel)
    assert first.reference == (await counterpart.got("kom"))[0]["reference"]


async def test_a_lost_answer_comes_perhaps_twice_where_it_cannot_be_asked(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    before = _perhaps_twice()
    await counterpart.misbehave("kom", {"times": 1, "lost": True})
    await scene.say(channel, "ett", "två")
    async with running(can_be_asked=False):
        await until(lambda: _delivered(scene))
    assert _texts(await counterpart.got("kom")) == ["ett", "ett", "två"]
    assert _perhaps_twice() == before + 1


async def test_a_call_that_takes_too_long_is_asked_about(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": 1, "hold": True})
    await scene.say(channel, "ett", "två")
    async with running(send_timeout_seconds=0.5):
        await until(lambda: _delivered(scene))
    await counterpart.release("kom")
    assert set(times_posted(await counterpart.got("kom")).values()) == {1}


async def test_what_surely_did_not_arrive_is_sent_again_without_asking(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": 2, "status": 503})
    await scene.say(channel, "ett")
    async with running():
        await until(lambda: _delivered(scene))
    assert _texts(await counterpart.got("kom")) == ["ett"]
    assert await counterpart.asked() == 0
    (row,) = await scene.messages(channel)
    assert row.attempts == 3


async def test_a_lease_that_runs_out_in_the_middle_of_a_send_makes_nothing_twice(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    """Another takes over and finds it; what the first learns later is not written."""
    channel = await scene.channel("kom")
    await counterpart.misbehave("kom", {"times": 1, "hold": True})
    await scene.say(channel, "ett", "två")
    slow, other = (delivery(lease_seconds=30.0, send_timeout_seconds=10.0) for _ in range(2))
    sending = asyncio.create_task(slow.deliver_all())

    async def arrived() -> bool:
        return bool(await counterpart.got("kom"))

    await until(arrived)
    await scene.ask(
        "UPDATE conversations SET lease_until = clock_timestamp() - interval '1 s' RETURNING 1"
    )
    assert await other.deliver_all() == 2
    await counterpart.release("kom")
    assert await sending == 0
    assert _texts(await counterpart.got("kom")) == ["ett", "två"]
    assert [row.state for row in await scene.messages(channel)] == ["sent", "sent"]
    assert await counterpart.asked() == 1


async def test_a_process_that_slept_past_its_lease_does_not_call_the_platform(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    """By its own monotonic clock; the database's may say otherwise."""
    channel = await scene.channel("kom")
    await scene.say(channel, "ett")
    asked: list[float] = []

    def leaping() -> float:
        asked.append(time.monotonic())
        return asked[-1] + 1_000 * len(asked)

    assert await delivery(monotonic=leaping).deliver_all() == 0
    assert await counterpart.got("kom") == []


async def test_a_cards_first_post_whose_answer_was_lost_is_found_again(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await counterpart.misbehave("kom", {"times": 1, "lost": True})
    await scene.set(1, 7, [network])
    async with running():
        await until(lambda: _delivered(scene))
        await scene.set(1, 8)
        await until(lambda: _delivered(scene))
    got = await counterpart.got("kom")
    assert set(times_posted(got).values()) == {1}
    assert got[-1]["text"] == "number-1 är 8"
    assert got[-1]["reference"] == got[0]["reference"]


async def test_an_update_whose_answer_was_lost_is_made_again_in_the_same_place(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.set(1, 7, [network])
    async with running():
        await until(lambda: _delivered(scene))
        await counterpart.misbehave("kom", {"times": 1, "lost": True})
        await scene.set(1, 8)
        await until(lambda: _delivered(scene))
    got = await counterpart.got("kom")
    assert [one["doing"] for one in got] == ["post", "update", "update"]
    assert {one["reference"] for one in got} == {got[0]["reference"]}
