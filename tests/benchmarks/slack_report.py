"""`/rapport` from Slack, signed, over HTTP, against slack_bolt with nothing and with plain reports.

Three servers in processes of their own, two of them on databases of their own; people in their
channels send to each in turn, a round each, so that a busy machine is busy for all. Delivery is
another process' work (`SAMSPEL_ROLE=worker`) and not part of it.
"""

import asyncio
from dataclasses import dataclass, field
from json import dumps
from statistics import median, quantiles
from time import perf_counter

from sqlalchemy import text

from storage.database import Database
from tests.benchmarks.posts import connected
from tests.benchmarks.row import Row
from tests.benchmarks.sample_plan import fill, written
from tests.benchmarks.servers import SERVE, serving
from tests.benchmarks.slack_workspace import (
    BOT_TOKEN,
    SIGNING_SECRET,
    TEAM,
    channel_of,
    command,
    signed,
    user_of,
)

CODES = ("KOM-03", "SAM-01", "SAM-03", "SAM-04", "ETA-01", "PLA-01", "SOC-01", "STR-03")
"""Of one person and one network each, so that none waits for another's row."""
ROUNDS, REPORTS = 11, 480
RATE_GOAL, LATENCY_GOAL = 0.7, 1.5

_WORKSPACE = text("INSERT INTO connections (platform, tenant) VALUES ('slack', :team)")
_JOINED = text("""
WITH activity AS (
  SELECT v.responsible_id, v.network_id, k.id AS connection_id
  FROM activities a JOIN activity_values v ON v.activity_id = a.id, connections k
  WHERE a.code = :code AND k.platform = 'slack' AND k.tenant = :team
), account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT responsible_id, 'slack', :team, :user, 'bench' FROM activity
), private AS (
  INSERT INTO conversations (connection_id, kind, address, name, person_id)
  SELECT connection_id, 'private', :private, :user, responsible_id FROM activity
), channel AS (
  INSERT INTO conversations (connection_id, kind, address, name)
  SELECT connection_id, 'channel', :channel, :channel FROM activity RETURNING id
)
INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
SELECT channel.id, activity.network_id, 'bench' FROM channel, activity
""")


@dataclass
class Taken:
    """What the rounds to one server gave: commands per second, and the slowest in a hundred."""

    rates: list[float] = field(default_factory=list[float])
    slowest: list[float] = field(default_factory=list[float])


async def run(our_url: str, plain_url: str) -> list[Row]:
    """Compare the three on fresh databases that have the schema.

    There is no goal against the acknowledgement: it says what slack_bolt itself leaves room for.
    """
    for url in (our_url, plain_url):
        await fill(url)
        await _join(url)
    ours, plain, bare = Taken(), Taken(), Taken()
    peer = ("-m", "tests.benchmarks.bare_bolt")
    async with (
        serving("-m", "tests.benchmarks.slack_workspace") as slack,
        serving(*SERVE, **_settings(our_url, slack)) as our_server,
        serving(*peer, plain_url) as plain_server,
        serving(*peer) as bare_server,
    ):
        for nth in range(ROUNDS + 1):
            for where, says, taken in (
                (our_server, b"Sparat", ours),
                (plain_server, b"Sparat", plain),
                (bare_server, b"", bare),
            ):
                await _round(where, says, taken if nth else Taken())
    rows = [await written(url) for url in (our_url, plain_url)]
    assert rows[0] == rows[1], rows
    assert rows[0]["reports"] == (ROUNDS + 1) * REPORTS, rows
    return [*_rates(ours, plain, bare), _latency(ours, plain)]


def _settings(url: str, slack: str) -> dict[str, str]:
    return {
        "SAMSPEL_DATABASE_URL": url,
        "SAMSPEL_PORT": "0",
        "SAMSPEL_ROLE": "web",
        "SAMSPEL_SLACK_BOT_TOKEN": BOT_TOKEN,
        "SAMSPEL_SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SAMSPEL_SLACK_API_URL": f"{slack}/api/",
        "SAMSPEL_SLACK_WORKSPACES": dumps(
            [{"team_id": TEAM, "organisations": ["Hjo"], "email_domains": ["hjo.example.se"]}]
        ),
    }


async def _join(url: str) -> None:
    """Everybody responsible has an account, a private chat and the channel of their network."""
    database = Database(url)
    async with database.transaction() as db:
        await db.execute(_WORKSPACE, {"team": TEAM})
        for code in CODES:
            user, channel = user_of(code), channel_of(code)
            private = f"D{user}"
            values = {"code": code, "user": user, "channel": channel, "private": private}
            await db.execute(_JOINED, values | {"team": TEAM})
    await database.close()


def _rates(ours: Taken, plain: Taken, bare: Taken) -> list[Row]:
    ours_at, plain_at, bare_at = (median(each.rates) for each in (ours, plain, bare))
    to_plain, to_bare = (
        median(mine / theirs for mine, theirs in zip(ours.rates, each.rates, strict=True))
        for each in (plain, bare)
    )
    name = "/rapport in Slack, requests per second, against slack_bolt"
    goal = f"at least {RATE_GOAL}"
    return [
        Row(f"{name} with Core", ours_at, plain_at, to_plain, goal, to_plain >= RATE_GOAL),
        Row(f"{name} that only acknowledges", ours_at, bare_at, to_bare, "", None),
    ]


def _latency(ours: Taken, plain: Taken) -> Row:
    ratio = median(mine / theirs for mine, theirs in zip(ours.slowest, plain.slowest, strict=True))
    name = "/rapport in Slack, p99 in milliseconds, against slack_bolt with Core"
    mine, theirs = (median(each.slowest) * 1_000 for each in (ours, plain))
    return Row(name, mine, theirs, ratio, f"at most {LATENCY_GOAL}", ratio <= LATENCY_GOAL)


async def _round(where: str, says: bytes, taken: Taken) -> None:
    """Everybody at once, each their share of the reports, one after the other."""
    begun = perf_counter()
    each = REPORTS // len(CODES)
    people = (_person(where, code, each, says) for code in CODES)
    seconds = [one for person in await asyncio.gather(*people) for one in person]
    taken.rates.append(len(seconds) / (perf_counter() - begun))
    taken.slowest.append(quantiles(seconds, n=100)[-1])


async def _person(where: str, code: str, number: int, says: bytes) -> list[float]:
    """One person's commands, each a new state; how long each took."""
    seconds: list[float] = []
    async with connected(where) as posts:
        for nth in range(number):
            body = command(code, ("grön", "klar")[nth % 2], f"Vi är vid steg {nth} och går vidare")
            answer = await posts.post("/slack/events", signed(body), body)
            assert answer.status == 200, answer.head
            assert says in answer.body, answer.body
            seconds.append(answer.seconds)
    return seconds
