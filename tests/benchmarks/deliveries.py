"""How fast what is said is sent: against Procrastinate, which does the same HTTP call for each job.

Both on the same PostgreSQL, in databases of their own, with as many calls at once, a round each in
turn. Messages are written a transaction each by some at once, to some conversations, while another
process sends. Procrastinate promises less here: it keeps no order within a conversation.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median
from time import perf_counter

from procrastinate.tasks import Task
from sqlalchemy import text

from bot.conversations.views import Card
from bot.outbox import Outbox, ToConversation
from storage.database import Database
from tests.benchmarks.row import Row
from tests.benchmarks.sender import NAME, procrastinating
from tests.benchmarks.servers import serving
from tests.patience import until

ROUNDS, MESSAGES, CHANNELS, WRITERS = 5, 1_500, 50, 8
GOAL = 1.0

Write = Callable[[int], Awaitable[object]]
Left = Callable[[], Awaitable[int]]


@asynccontextmanager
async def sending(who: str, url: str, server: str) -> AsyncGenerator[None]:
    """A process that delivers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.sender",
        who,
        url,
        server,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    try:
        yield
    finally:
        process.kill()
        await process.wait()


async def channels(database: Database) -> list[int]:
    """Conversations to say something in."""
    async with database.transaction() as db:
        made = await db.execute(
            text(
                "WITH k AS (INSERT INTO connections (platform, tenant) VALUES (:name, 'x') "
                "RETURNING id) INSERT INTO conversations (connection_id, kind, address, name) "
                "SELECT k.id, 'channel', 'k' || n, 'k' || n FROM k, generate_series(1, :many) n "
                "RETURNING id"
            ),
            {"name": NAME, "many": CHANNELS},
        )
        return list(made.scalars())


async def _round(write: Write, left: Left) -> float:
    """Messages a second, from the first that is written to the last that is sent."""
    begun = perf_counter()
    numbers = iter(range(MESSAGES))

    async def writer() -> None:
        for n in numbers:
            await write(n)

    await asyncio.gather(*(writer() for _ in range(WRITERS)))

    async def all_sent() -> bool:
        return await left() == 0

    await until(all_sent, within=300, every=0.01)
    return MESSAGES / (perf_counter() - begun)


async def ours(stack: AsyncExitStack, url: str, server: str) -> tuple[Write, Left]:
    """Our outbox, and a process of our delivery."""
    database = Database(url, pool_size=WRITERS + 1)
    stack.push_async_callback(database.close)
    there = await channels(database)

    async def write(n: int) -> None:
        outbox = Outbox()
        outbox.say(ToConversation(there[n % CHANNELS]), lambda: Card(summary=f"Nummer {n}"))
        async with database.transaction() as db:
            await outbox.flush(db)

    async def left() -> int:
        async with database.connection() as db:
            return await db.scalar(text("SELECT count(*) FROM messages WHERE state = 'waiting'"))

    await stack.enter_async_context(sending("ours", url, server))
    return write, left


async def theirs(stack: AsyncExitStack, url: str, server: str) -> tuple[Write, Left]:
    """Procrastinate's jobs, and a process of its worker."""
    app = procrastinating(url)
    await stack.enter_async_context(app.open_async())
    await app.schema_manager.apply_schema_async()
    job = app.tasks["send"]
    assert isinstance(job, Task)
    database = Database(url)
    stack.push_async_callback(database.close)

    async def write(n: int) -> None:
        await job.defer_async(address=f"k{n % CHANNELS}", words=f"Nummer {n}")

    async def left() -> int:
        asked = text("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
        async with database.connection() as db:
            return await db.scalar(asked)

    await stack.enter_async_context(sending("procrastinate", url, server))
    return write, left


async def run(our_url: str, their_url: str) -> list[Row]:
    """Compare the two on fresh databases; the first round of each is not counted."""
    rates: tuple[list[float], list[float]] = ([], [])
    async with (
        serving("-m", "tests.benchmarks.taking") as server,
        AsyncExitStack() as stack,
    ):
        both = [await ours(stack, our_url, server), await theirs(stack, their_url, server)]
        for nth in range(ROUNDS + 1):
            for (write, left), taken in zip(both, rates, strict=True):
                rate = await _round(write, left)
                if nth:
                    taken.append(rate)
    ratio = median(mine / other for mine, other in zip(*rates, strict=True))
    name = "messages a second from commit to sent, against Procrastinate with the same call"
    met = ratio >= GOAL
    return [Row(name, median(rates[0]), median(rates[1]), ratio, f"at least {GOAL:g}", met)]
