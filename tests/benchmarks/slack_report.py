"""`/rapport` from Slack, signed, over HTTP, against slack_bolt with nothing and with plain reports.

Three servers in processes of their own, two of them on databases of their own; people in their
channels send to each in turn, a round each, so that a busy machine is busy for all. Delivery is
another process' work (`SAMSPEL_ROLE=worker`) and not part of it.
"""

from json import dumps

from tests.benchmarks.network_people import CODES, Member, join
from tests.benchmarks.posts import connected
from tests.benchmarks.rounds import Taken, latency, rate
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

ROUNDS, REPORTS = 11, 480


async def run(our_url: str, plain_url: str) -> list[Row]:
    """Compare the three on fresh databases that have the schema.

    There is no goal against the acknowledgement: it says what slack_bolt itself leaves room for.
    """
    for url in (our_url, plain_url):
        await fill(url)
        await join(url, "slack", TEAM, {code: _member(code) for code in CODES})
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
                each = REPORTS // len(CODES)
                people = (_person(where, code, each, says) for code in CODES)
                await (taken if nth else Taken()).round(people)
    rows = [await written(url) for url in (our_url, plain_url)]
    assert rows[0] == rows[1], rows
    assert rows[0]["reports"] == (ROUNDS + 1) * REPORTS, rows
    name = "/rapport in Slack, requests per second, against slack_bolt"
    slow = "/rapport in Slack, p99 in milliseconds, against slack_bolt with Core"
    return [
        rate(f"{name} with Core", ours, plain),
        rate(f"{name} that only acknowledges", ours, bare, goal=False),
        latency(slow, ours.slowest, plain.slowest),
    ]


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


def _member(code: str) -> Member:
    user = user_of(code)
    return Member(user, private=f"D{user}", channel=channel_of(code))


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
