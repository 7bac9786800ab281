"""Twenty thousand letters, one to each member: writing and sending one costs as at a thousand.

The letters are as large as a personal digest is, written as a digest's job does (some in each
transaction) and sent by a process of our delivery to a server that takes them. A thousand of them
are held against twenty thousand, each on a database of its own.
"""

from contextlib import AsyncExitStack
from time import perf_counter

from sqlalchemy import text

from bot.conversations.views import Card, bullets, quiet
from bot.conversations.views import text as paragraph
from bot.outbox import BULK, Outbox, ToPerson
from bot.people import PersonId
from storage.database import Database
from tests.benchmarks.deliveries import sending
from tests.benchmarks.row import Row
from tests.benchmarks.sender import NAME
from tests.benchmarks.servers import serving
from tests.patience import until

FEW, MANY = 1_000, 20_000
A_TRANSACTION = 100
GOAL = 1.1
LINES = 12

_MEMBERS = """
INSERT INTO people (id, name, email) OVERRIDING SYSTEM VALUE
  SELECT 1000 + n, 'Medlem ' || n, 'm' || n || '@example.se' FROM generate_series(1, {many}) n;
INSERT INTO connections (id, platform, tenant) OVERRIDING SYSTEM VALUE VALUES (1000, '{name}', 'x');
INSERT INTO conversations (connection_id, kind, address, name, person_id)
  SELECT 1000, 'private', 'm' || n, 'Medlem ' || n, 1000 + n FROM generate_series(1, {many}) n;
ANALYZE
"""


def letter(n: int) -> Card:
    """About as much as somebody's own digest says."""
    lines = [f"KOM-{each:02} går enligt plan, rapporterad av Anna Ek" for each in range(LINES)]
    said = f"Din vecka, medlem {n}"
    parts = (paragraph(said), bullets(*lines), quiet("Du får det här på måndagar."))
    return Card(title="Din vecka", summary=said, parts=parts)


async def _taken(url: str, many: int, server: str) -> tuple[float, float]:
    """Milliseconds that a letter took to write, and to send."""
    database = Database(url)
    async with database.transaction() as db:
        for statement in _MEMBERS.format(many=many, name=NAME).split(";\n"):
            await db.execute(text(statement))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        begun = perf_counter()
        for first in range(1, many + 1, A_TRANSACTION):
            outbox = Outbox()
            for n in range(first, min(first + A_TRANSACTION, many + 1)):
                outbox.say(ToPerson(PersonId(1000 + n)), lambda n=n: letter(n), urgency=BULK)
            async with database.transaction() as db:
                await outbox.flush(db)
        written = perf_counter() - begun
        left = text("SELECT EXISTS (SELECT FROM messages WHERE state = 'waiting')")

        async def all_sent() -> bool:
            async with database.connection() as db:
                return not await db.scalar(left)

        await stack.enter_async_context(sending("ours", url, server))
        begun = perf_counter()
        await until(all_sent, within=900, every=0.05)
        sent = perf_counter() - begun
        async with database.connection() as db:
            arrived = await db.scalar(text("SELECT count(*) FROM messages WHERE state = 'sent'"))
        assert arrived == many, arrived
    return written * 1_000 / many, sent * 1_000 / many


async def run(few_url: str, many_url: str) -> list[Row]:
    """On fresh databases that have the schema."""
    async with serving("-m", "tests.benchmarks.taking") as server:
        few = await _taken(few_url, FEW, server)
        many = await _taken(many_url, MANY, server)
    names = ("writing a letter", "sending a letter")
    return [
        Row(
            f"{name} among {MANY:,}, milliseconds, against {FEW:,}",
            ours,
            against,
            ours / against,
            f"at most {GOAL}",
            ours <= against * GOAL,
        )
        for name, ours, against in zip(names, many, few, strict=True)
    ]
