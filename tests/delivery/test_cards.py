"""Living cards: drawn with what holds now, in few updates, wherever they stand."""

import asyncio
import random
from typing import Any

from bot.outbox import Outbox
from storage.database import Database
from storage.models import PostedCard
from tests.counterpart import Counterpart, times_posted
from tests.delivery.scene import Scene, set_number
from tests.patience import until


async def _delivered(scene: Scene) -> bool:
    return await scene.waiting() == 0


async def test_200_transactions_at_once_raise_cards_without_deadlock_and_the_last_word_shows(
    database: Database, scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channels = [await scene.channel(f"k{n}") for n in range(3)]
    network = await scene.network("Kompetens", channels)
    subjects = list(range(1, 9))
    dice = random.Random(7)

    async def raise_some(number: int) -> None:
        some = dice.sample(subjects, 4)
        async with database.transaction() as db:
            outbox = Outbox()
            for subject in some:
                outbox.raise_card("number", subject, bodies=[network])
            await outbox.flush(db)

    for subject in subjects:
        await scene.set(subject, 0, [network])
    async with running():
        await asyncio.gather(*(raise_some(number) for number in range(200)))
        for subject in subjects:
            await scene.set(subject, 1_000 + subject)
        await until(lambda: _delivered(scene))
    got = await counterpart.got()
    assert set(times_posted(got).values()) == {1}
    assert len(times_posted(got)) == len(channels) * len(subjects)
    last = {one["reference"]: one["text"] for one in got}
    assert sorted(last.values()) == sorted(
        f"number-{subject} är {1_000 + subject}" for subject in subjects for _ in channels
    )


async def test_a_card_raised_many_times_is_drawn_few_times(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    for number in range(50):
        await scene.set(1, number, [network])
    await delivery().deliver_all()
    assert [one["text"] for one in await counterpart.got("kom")] == ["number-1 är 49"]


async def test_what_changes_while_a_card_is_drawn_is_drawn_too(
    database: Database, scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    """The wanted version is read before the data, so a change in between is wanted anew."""
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.set(1, 1, [network])
    changed: list[int] = []

    from tests.delivery.scene import drawn

    async def drawn_slowly(db: Any, kind: str, subject: int, language: str) -> Any:
        shown = await drawn(db, kind, subject, language)
        if not changed:
            changed.append(1)
            await scene.set(1, 2)
        return shown

    await delivery(draw=drawn_slowly).deliver_all()
    assert [one["text"] for one in await counterpart.got("kom")] == [
        "number-1 är 1",
        "number-1 är 2",
    ]


async def test_a_card_that_is_gone_is_posted_anew_and_the_old_one_struck(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.set(1, 1, [network])
    await delivery().deliver_all()
    await counterpart.misbehave("kom", {"times": 1, "status": 404})
    await scene.set(1, 2)
    await delivery().deliver_all()
    old, new = await scene.cards(channel)
    assert old.struck_at is not None
    assert new.struck_at is None
    assert new.reference != old.reference
    assert (await counterpart.got("kom"))[-1]["text"] == "number-1 är 2"


async def test_a_card_with_nothing_to_show_is_struck_and_comes_again_when_there_is(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.set(1, 1, [network])
    await delivery().deliver_all()
    await scene.set(1, None)
    await delivery().deliver_all()
    (struck,) = await scene.cards(channel)
    assert struck.struck_at is not None
    await scene.set(1, 3, [network])
    await delivery().deliver_all()
    got = await counterpart.got("kom")
    assert [one["doing"] for one in got] == ["post", "remove", "post"]
    assert [got[0]["text"], got[2]["text"]] == ["number-1 är 1", "number-1 är 3"]
    assert got[0]["reference"] == got[1]["reference"]


async def test_a_version_that_is_refused_is_given_up_and_the_next_one_tried(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await counterpart.misbehave("kom", {"times": 1, "status": 400})
    await scene.set(1, 1, [network])
    await delivery().deliver_all()
    assert await counterpart.got("kom") == []
    await scene.set(1, 2)
    await delivery().deliver_all()
    assert [one["text"] for one in await counterpart.got("kom")] == ["number-1 är 2"]


async def test_raising_is_part_of_the_transaction(
    database: Database, scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    async with database.connection() as db:
        await set_number(db, 1, 1)
        outbox = Outbox()
        outbox.raise_card("number", 1, bodies=[network])
        await outbox.flush(db)
    await delivery().deliver_all()
    assert await counterpart.got() == []


async def test_a_withdrawn_card_goes_once_it_can_and_comes_anew_when_it_is_wanted_again(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.set(1, 1, [network])
    await delivery().deliver_all()
    [card] = await scene.cards(channel)
    await scene.alter(PostedCard, card.id, withdrawn=True, wanted=card.wanted + 1)
    await counterpart.misbehave("kom", {"times": 1, "status": 503})
    await delivery().deliver_all()
    assert [one["doing"] for one in await counterpart.got("kom")] == ["post"]
    await until(lambda: _gone(scene, delivery, channel))
    assert [one["doing"] for one in await counterpart.got("kom")] == ["post", "remove"]
    await scene.set(1, 2, [network])
    await delivery().deliver_all()
    assert [one["text"] for one in await counterpart.got("kom")][-1] == "number-1 är 2"


async def _gone(scene: Scene, delivery: Any, channel: int) -> bool:
    await delivery().deliver_all()
    return all(card.struck_at is not None for card in await scene.cards(channel))


async def test_a_withdrawn_card_that_an_older_bot_drew_again_goes_at_the_next_start(
    scene: Scene, running: Any, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.set(1, 1, [network])
    await delivery().deliver_all()
    [card] = await scene.cards(channel)
    await scene.alter(PostedCard, card.id, withdrawn=True)
    async with running():

        async def gone() -> bool:
            return (await scene.cards(channel))[0].struck_at is not None

        await until(gone)
    assert [one["doing"] for one in await counterpart.got("kom")] == ["post", "remove"]
