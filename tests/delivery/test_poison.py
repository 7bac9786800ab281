"""A poisoned message, which always breaks what handles it, stops nothing else."""

import json
from typing import Any

from sqlalchemy import text

from bot.conversations.views import Card
from bot.delivery import Destination, Key
from bot.delivery.attempt import POISONED_AFTER
from storage.database import Database
from storage.queries.undelivered import undelivered
from tests.counterpart import Counterpart, CounterpartPlatform
from tests.delivery.scene import Scene
from tests.patience import until

POISON = "gift"


class Fragile(CounterpartPlatform):
    """Breaks on what says so, as a fault of the program does, or as a broken answer does."""

    def __init__(self, url: str, error: Exception) -> None:
        super().__init__(url)
        self.error = error
        self.tried = 0

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Post, unless it is poison."""
        if card.summary == POISON:
            self.tried += 1
            raise self.error
        return await super().send(to, card, key=key, thread=thread)


async def texts(counterpart: Counterpart, address: str) -> list[str]:
    return [one["text"] for one in await counterpart.got(address)]


async def test_what_breaks_the_program_is_given_up_after_a_few_attempts_and_the_rest_goes(
    database: Database, scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel, other = await scene.channel("kom"), await scene.channel("annan")
    await scene.say(channel, POISON, "ett", "två")
    platform = Fragile(counterpart.url, KeyError("hemligt"))
    async with running(platform=platform):
        await scene.say(other, "hej")

        async def all_told() -> bool:
            return await scene.waiting() == 0

        await until(all_told)
    await platform.close()
    assert platform.tried == POISONED_AFTER
    assert await texts(counterpart, "kom") == ["ett", "två"]
    assert await texts(counterpart, "annan") == ["hej"]
    async with database.connection() as db:
        (told,) = await undelivered(db)
    assert (told.kind, told.attempts) == ("message", POISONED_AFTER)
    assert told.cause == "Kan inte skickas (KeyError)"
    assert (await scene.conversation(channel)).failing_since is None


async def test_a_broken_answer_is_the_platforms_trouble_and_tried_on(
    scene: Scene, running: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, POISON)
    platform = Fragile(counterpart.url, json.JSONDecodeError("x", "<html>", 0))

    async def tried_often() -> bool:
        return platform.tried > POISONED_AFTER + 1

    async with running(platform=platform):
        await until(tried_often)
    await platform.close()
    assert [row.state for row in await scene.messages(channel)] == ["waiting"]


async def test_what_cannot_be_drawn_fails_at_once_and_the_next_goes(
    database: Database, scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.say(channel, POISON, "ett")
    async with database.transaction() as db:
        await db.execute(
            text("UPDATE messages SET view = '{}' WHERE view ->> 'summary' = :poison"),
            {"poison": POISON},
        )

    async def broken(*_asked: Any) -> Card | None:
        raise ZeroDivisionError

    await scene.set(7, 1, [network])
    assert await delivery(draw=broken).deliver_all() == 1
    assert await texts(counterpart, "kom") == ["ett"]
    async with database.connection() as db:
        causes = {each.kind: each.cause for each in await undelivered(db)}
    assert causes["message"].startswith("Kan inte ritas (")
    assert causes["card"] == "Kan inte ritas (ZeroDivisionError)"
