"""Where nothing can be said nothing is tried; found so by delivery, the administrators hear."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from bot.conversations.forms import read_card
from bot.plain_text import plain_text
from storage.models import Connection, Conversation, Person, Role
from tests.counterpart import Counterpart
from tests.delivery.scene import Scene

CLOSED = datetime(2026, 1, 2, tzinfo=UTC)


async def administrator(scene: Scene) -> int:
    """An administrator's private chat, on another platform."""
    await scene.channel("other", platform="web", tenant="web")
    connection = await scene.ask("SELECT id FROM connections WHERE platform = 'web'")
    async with scene.database.transaction() as db:
        made = insert(Person).values(name="Adam", email="adam@example.se").returning(Person.id)
        person = (await db.execute(made)).scalar_one()
        role = {"role": "administrator", "starts_on": date(2026, 1, 1), "given_by": "test"}
        await db.execute(insert(Role).values(person_id=person, **role))
        chat = insert(Conversation).values(
            connection_id=connection, kind="private", address="adam", name="Adam", person_id=person
        )
        return (await db.execute(chat.returning(Conversation.id))).scalar_one()


@pytest.mark.parametrize("table", [Conversation, Connection])
async def test_what_is_closed_is_not_tried_until_it_is_open(
    scene: Scene, delivery: Any, counterpart: Counterpart, table: type[Any]
) -> None:
    channel = await scene.channel("kom")
    network = await scene.network("Kompetens", [channel])
    await scene.say(channel, "hej")
    await scene.set(1, 7, [network])
    closed = channel if table is Conversation else await scene.ask("SELECT id FROM connections")
    await scene.alter(table, closed, closed_at=CLOSED)
    await delivery().deliver_all()
    assert await counterpart.got("kom") == []
    assert (await scene.messages(channel))[0].attempts == 0
    await scene.alter(table, closed, closed_at=None)
    await delivery().deliver_all()
    assert len(await counterpart.got("kom")) == 2


async def test_the_administrators_hear_of_a_bound_channel_that_delivery_finds_gone(
    scene: Scene, delivery: Any, counterpart: Counterpart
) -> None:
    told = await administrator(scene)
    channel, free = await scene.channel("kom"), await scene.channel("fri")
    await scene.network("Kompetens", [channel])
    for each in ("kom", "fri"):
        await counterpart.misbehave(each, {"times": 10_000, "status": 410})
    await scene.say(channel, "ett", "två")
    await scene.say(free, "tre")
    await delivery().deliver_all()
    (word,) = [plain_text(read_card(each.view)) for each in await scene.messages(told)]
    assert "Samspel kommer inte längre åt kanalen kom" in word
    assert "nätverket Kompetens" in word
    assert "2 meddelanden som väntade kom inte fram" in word
