"""A bot killed with -9 again and again: nothing is lost, and nothing comes twice."""

import asyncio
import random
import sys
from collections import Counter

from sqlalchemy import text

from storage.database import Database
from tests.counterpart import Counterpart, times_posted
from tests.delivery.scene import Scene
from tests.patience import until

KILLS = 20
MESSAGES = 200
CHANNELS = 4


async def _started(database: Database, counterpart: Counterpart) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.delivery.bot",
        database.libpq_url,
        counterpart.url,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def _ready(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"


async def test_killed_twenty_times_while_200_messages_go_out_each_arrives_once(
    database: Database, scene: Scene, counterpart: Counterpart
) -> None:
    dice = random.Random(20)
    there = [await scene.channel(f"k{n}") for n in range(CHANNELS)]
    on_web = [await scene.channel(f"w{n}", platform="web") for n in range(CHANNELS)]
    numbers = iter(range(MESSAGES // 2))
    process = await _started(database, counterpart)
    left_behind: list[int] = []
    for _ in range(KILLS):
        await _ready(process)
        next_one = asyncio.create_task(_started(database, counterpart))
        for n in (next(numbers) for _ in range(MESSAGES // 2 // KILLS)):
            await scene.say(there[n % CHANNELS], f"{n:03}")
            await scene.say(on_web[n % CHANNELS], f"{n:03}")
        await asyncio.sleep(dice.uniform(0, 0.02))
        process.kill()
        await process.wait()
        left_behind.append(await scene.waiting())
        process = await next_one
    assert any(left_behind), "the bot was never killed in the middle of its work"

    async def delivered() -> bool:
        return await scene.waiting() == 0

    await until(delivered, within=60)
    process.kill()
    await process.wait()

    got = await counterpart.got()
    assert len(times_posted(got)) == MESSAGES // 2
    assert set(times_posted(got).values()) == {1}
    shown = Counter(await _shown_on_web(database))
    assert len(shown) == MESSAGES // 2
    assert set(shown.values()) == {1}
    for n in range(CHANNELS):
        here = [one["text"] for one in await counterpart.got(f"k{n}")]
        assert here == sorted(here)


async def _shown_on_web(database: Database) -> list[str]:
    """What the web's pages show, from the rows they are made of."""
    async with database.connection() as db:
        asked = text("SELECT view ->> 'summary' FROM web_posts ORDER BY id")
        return list((await db.execute(asked)).scalars())
