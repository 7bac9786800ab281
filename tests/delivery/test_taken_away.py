"""What is taken away in the moment when it is to be sent holds up nothing that comes after."""

import asyncio
from datetime import UTC, datetime

from storage.database import Database
from storage.queries import delivery as queue
from storage.queries import places
from storage.queries.claiming import claim
from storage.queries.delivery import Lease, Taken
from tests.counterpart import NAME
from tests.delivery.scene import Scene

NOW = datetime(2026, 3, 16, 8, tzinfo=UTC)


async def test_a_conversation_that_closes_in_that_moment_is_let_go(
    scene: Scene, database: Database
) -> None:
    channel = await scene.channel("kom")
    await scene.say(channel, "ett")
    lease = Lease(channel, "owner", 30.0)
    async with database.transaction() as db:
        assert await claim(
            db,
            owner="owner",
            lease_seconds=30.0,
            platforms=[NAME],
            failing=[NAME],
            now=NOW,
            card_rest=0,
        )

    async def take() -> Taken | None:
        async with database.transaction() as db:
            return await queue.take_next(db, lease, now=NOW, card_rest=0)

    async with database.transaction() as db:
        await places.close(db, [channel], now=NOW, cause="arkiverad", source="test")
        taking = asyncio.create_task(take())
        while not await scene.ask("SELECT count(*) FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    taken = await taking
    assert taken is not None
    assert (taken.kind, taken.held) == (None, True)
    again = await take()
    assert again is not None
    assert (again.kind, again.held) == (None, False)
    assert (await scene.conversation(channel)).lease_owner is None
