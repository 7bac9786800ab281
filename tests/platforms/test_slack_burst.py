"""Many at once, and a Slack that misbehaves meanwhile: every report saved once, every word said."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bot import metrics
from tests.patience import UNHURRIED, until
from tests.platforms.slack_work import AtWork, at_work
from tests.slack import Acked

PEOPLE = 20
QUICK: dict[str, Any] = {
    "answer_seconds": 1.0,
    "lease_seconds": 4.0,
    "send_timeout_seconds": 1.0,
    "delivery_slots": 20,
}
TROUBLES: Sequence[dict[str, Any]] = (
    {"status": 429, "retry_after": 1},
    {"status": 500},
    {"lost": True},
    {"lost": "dropped"},
    {"hold": 1.5},
)


async def crowd(work: AtWork) -> list[str]:
    """Twenty people who may report."""
    await _all_may_report(work)
    emails = await work.column("SELECT email FROM people ORDER BY id LIMIT :n", n=PEOPLE)
    return [await work.user(email, email) for email in emails]


def misbehaves(work: AtWork, dice: random.Random, troubles: int) -> None:
    """One call in some of posting, and of answering privately, goes wrong."""
    for _ in range(troubles):
        work.slack.fault("chat.postMessage", **dice.choice(TROUBLES))
        # In between calls that go well: a fault that does nothing but take its turn.
        work.slack.fault("chat.postMessage", times=dice.randint(1, 8))


def found_twice() -> float:
    name, labels = "samspel_messages_perhaps_twice_total", {"platform": "slack"}
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def reported(work: AtWork, users: Sequence[str], number: int) -> Acked:
    """One command."""
    user = users[number % len(users)]
    return await work.slack.command(user, "/rapport", f"KOM-03 grön nr {number:03}")


async def all_said_once(work: AtWork, users: Sequence[str], many: int) -> None:
    """Every report is saved exactly once, and every receipt arrives exactly once."""
    await until(lambda: _nothing_waits(work), within=60)
    await work.quiet()
    saved = Counter(await work.reports())
    assert saved == Counter({f"nr {number:03}": 1 for number in range(many)})
    receipts = Counter(
        words
        for user in users
        for one in work.slack.direct(user)
        for words in work.slack.visible_text(one).splitlines()
        if words.startswith("nr ")
    )
    assert receipts == saved


async def _nothing_waits(work: AtWork) -> bool:
    await work.running.side.desk.patience.settled()
    return await work.ask("SELECT count(*) FROM messages WHERE state = 'waiting'") == 0


async def test_of_500_commands_at_once_none_is_lost_and_none_is_done_twice(server_url: str):
    async with at_work(server_url, **QUICK) as work:
        users = await crowd(work)
        misbehaves(work, random.Random(500), 60)
        before = found_twice()
        # That all are acknowledged, not how soon a busy machine does it.
        work.slack.board.entry.ack_seconds = UNHURRIED
        acked = await asyncio.gather(*(reported(work, users, n) for n in range(500)))
        assert all(one.ok for one in acked)
        await all_said_once(work, users, 500)
        assert {429, 500} <= {one.status for one in work.slack.calls_of("chat.postMessage")}
        assert work.slack.calls_of("conversations.history")
        assert found_twice() == before
        assert await work.ask("SELECT count(*) FROM messages WHERE state = 'failed'") == 0


async def test_of_200_lines_through_sockets_that_drop_none_is_done_twice(server_url: str):
    async with at_work(server_url, sockets=True, **QUICK) as work:
        users = await crowd(work)
        misbehaves(work, random.Random(200), 25)
        dropping = asyncio.create_task(_drops(work))
        await asyncio.gather(*(_line(work, users, n) for n in range(200)))
        await dropping
        await all_said_once(work, users, 200)
        assert any(one.acked.lost for one in work.slack.board.entry.deliveries)


async def _all_may_report(work: AtWork) -> None:
    """Make everybody federation staff."""
    async with work.database.transaction() as db:
        await db.exec_driver_sql(
            "INSERT INTO roles (person_id, role, starts_on, given_by) "
            "SELECT id, 'staff', '2026-01-01', 'test' FROM people p WHERE NOT EXISTS "
            "(SELECT FROM roles r WHERE r.person_id = p.id AND r.role = 'staff')"
        )


async def _drops(work: AtWork) -> None:
    for _ in range(3):
        await asyncio.sleep(0.15)
        await work.slack.drops_sockets()
        await work.slack.connected(within=20)


async def _line(work: AtWork, users: Sequence[str], number: int) -> None:
    """A line, which Slack brings again on the next socket until it is acknowledged."""
    user = users[number % len(users)]
    await work.slack.says(user, f"rapport KOM-03 grön nr {number:03}")


async def test_a_word_for_one_alone_may_be_lost_and_what_matters_is_in_the_private_chat(
    server_url: str,
):
    async with at_work(server_url, **QUICK) as work:
        user = await work.user()
        channel = await work.channel(user)
        call = f"<@{work.slack.bot_user_id}> rapport KOM-03 grön"
        work.slack.fault("chat.postEphemeral", status=500)
        await work.slack.says(user, f"{call} ett", channel)
        await work.quiet()
        assert len(work.slack.ephemerals(user)) == 1
        work.slack.fault("chat.postEphemeral", error="user_not_in_channel")
        await work.slack.says(user, f"{call} två", channel)
        await work.quiet()
        assert len(work.slack.ephemerals(user)) == 1
        said = [work.slack.visible_text(one) for one in work.slack.direct(user)]
        assert ["ett" in said[0], "två" in said[1], len(said)] == [True, True, 2]
