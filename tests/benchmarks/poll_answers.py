"""A co-financing poll of 290 municipalities, answered in Slack, in Teams and on the web at once.

First how many answers a second are taken, against a peer that writes the same rows with SQLAlchemy
Core: servers in processes and on databases of their own, a round each in turn, delivery not part of
it. In Slack the command is given in the private chat, where the receipt is posted. Then all answer
in one burst while another process delivers (`SAMSPEL_ROLE=worker`) to a Slack and a Teams that
refuse what is above their own limits, and it is seen how often the card was drawn.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from json import dumps
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

from sqlalchemy import text

from handlers.teams.ids import messages_path
from handlers.web.canvas import KEY, PLACE, TOKEN
from handlers.web.security import SESSION_COOKIE, form_token
from storage.database import Database
from tests.benchmarks.poll_people import FIRST, MUNICIPALITIES, Directors, directors, fill
from tests.benchmarks.posts import JSON, Posts, connected
from tests.benchmarks.row import Row
from tests.benchmarks.servers import SERVE, serving
from tests.patience import until
from tests.slack import Slack, payloads, slack_counterpart
from tests.teams import Teams, teams_counterpart
from tests.teams.tokens import authorization

ROUNDS, CLIENTS = 7, 8
"""Clients of each platform at once."""
GOAL = 0.5
REST = 2.0
"""Seconds between two drawings of a card in one place, at least."""

CONNECTION = "bench"
_WRITTEN = text("""
SELECT (SELECT count(*) FROM poll_answers) AS answers,
  (SELECT count(*) FROM poll_answers WHERE replaced_at IS NULL) AS standing,
  (SELECT count(*) FROM poll_voters WHERE voted) AS voted,
  (SELECT count(*) FROM audit_lines WHERE thing = 'poll' AND action = 'answer') AS audit_lines,
  (SELECT count(*) FROM turns) AS turns,
  (SELECT count(*) FROM messages) AS messages,
  (SELECT coalesce(sum(wanted), 0)::bigint FROM posted_cards) AS cards_raised
""")
_QUIET = text("""
SELECT NOT EXISTS (SELECT FROM messages WHERE state = 'waiting')
  AND NOT EXISTS (SELECT FROM posted_cards WHERE wanted > shown)
""")
_keys = count(1)


@dataclass(frozen=True)
class Crowd:
    """All the directors, who answer for their municipalities on one server."""

    slack: Slack
    teams: Teams
    people: Directors
    secrets: Mapping[int, str]

    async def answers(self, where: str, round_: int, clients: int = CLIENTS) -> float:
        """Everybody answers once, another amount each round; answers a second.

        `clients` of each platform at once, a connection each.
        """
        token = authorization(
            "right", self.teams.tenant, self.teams.service_url, self.teams.entry.login
        )
        assert token is not None
        begun = perf_counter()
        await asyncio.gather(
            *(
                _client(where, round_, numbers[nth::clients], say)
                for numbers, say in (
                    (tuple(self.people.slack), self._in_slack),
                    (tuple(self.people.teams), self._in_teams(token)),
                    (tuple(self.people.web), self._on_web(where)),
                )
                for nth in range(min(clients, len(numbers)))
            )
        )
        return MUNICIPALITIES / (perf_counter() - begun)

    async def _in_slack(self, posts: Posts, n: int, words: str) -> None:
        user = self.people.slack[n]
        core, here = self.slack, self.slack.space.direct(user)
        command, _, rest = words.partition(" ")
        said = payloads.command(core, core.person(user), here, f"/{command}", rest)
        body = urlencode(said)
        answer = await posts.post("/slack/events", core.signed(body), body)
        assert answer.status == 200, answer.head

    def _in_teams(self, token: str) -> "Say":
        """One token serves a round, as Microsoft's serves an hour: it is validated each time."""
        path, headers = messages_path(CONNECTION), {"authorization": token}

        async def say(posts: Posts, n: int, words: str) -> None:
            line = self.teams.line(self.people.teams[n], words)
            answer = await posts.post(path, headers, dumps(line), JSON)
            assert answer.status == 200, answer.head

        return say

    def _on_web(self, where: str) -> "Say":
        async def say(posts: Posts, n: int, words: str) -> None:
            secret, path = self.secrets[n], f"/chatt/{FIRST + n}"
            headers = {"origin": where, "cookie": f"{SESSION_COOKIE}={secret}"}
            fields = {
                "words": words,
                TOKEN: form_token(secret),
                KEY: f"bench-{next(_keys):08}",
                PLACE: path,
            }
            answer = await posts.post(path, headers, urlencode(fields))
            assert answer.status == 303, answer.head

        return say


Say = Callable[[Posts, int, str], Awaitable[None]]


async def _client(where: str, round_: int, numbers: Sequence[int], say: Say) -> None:
    """One connection: the answers of these directors, one after the other."""
    async with connected(where) as posts:
        for n in numbers:
            await say(posts, n, f"rosta 1 ja {1_000 + round_}")


async def run(our_url: str, plain_url: str) -> list[Row]:
    """Compare the two on fresh databases that have the schema."""
    async with slack_counterpart() as slack, teams_counterpart() as teams:
        people = directors(slack, teams)
        ours, plain = [
            Crowd(slack, teams, people, await fill(url, slack, teams, people))
            for url in (our_url, plain_url)
        ]
        settings = _settings(slack, teams)
        our_settings = settings | {"SAMSPEL_DATABASE_URL": our_url, "SAMSPEL_PORT": "0"}
        async with serving(*SERVE, **our_settings, SAMSPEL_ROLE="web") as our_server:
            peer = ("-m", "tests.benchmarks.bare_polls", plain_url)
            async with serving(*peer, **settings) as plain_server:
                rates = await _rounds(((ours, our_server), (plain, plain_server)))
            rows = [await _written(url) for url in (our_url, plain_url)]
            assert rows[0] == rows[1], rows
            assert rows[0]["standing"] == MUNICIPALITIES, rows
            _limits(slack, teams)
            async with serving(*SERVE, **our_settings, SAMSPEL_ROLE="worker"):
                await _until_quiet(our_url)
                drawn = await _burst(our_url, ours, our_server)
    ratio = median(mine / theirs for mine, theirs in zip(*rates, strict=True))
    name = "answers to a poll of 290 municipalities on three platforms, per second, against Core"
    fast = Row(name, median(rates[0]), median(rates[1]), ratio, f"at least {GOAL}", ratio >= GOAL)
    return [fast, *drawn]


async def _rounds(crowds: tuple[tuple[Crowd, str], ...]) -> tuple[list[float], list[float]]:
    """The first round is not counted: there servers fetch keys and read the plan."""
    rates: tuple[list[float], list[float]] = ([], [])
    for nth in range(ROUNDS + 1):
        for (crowd, where), taken in zip(crowds, rates, strict=True):
            rate = await crowd.answers(where, nth, clients=CLIENTS if nth else 1)
            if nth:
                taken.append(rate)
    return rates


async def _burst(url: str, crowd: Crowd, where: str) -> list[Row]:
    """Everybody at once, a connection each, while another process delivers."""
    slack, teams = crowd.slack, crowd.teams
    before = len(slack.calls), len(teams.calls)
    begun = perf_counter()
    await crowd.answers(where, ROUNDS + 1, clients=MUNICIPALITIES)
    await _until_quiet(url)
    seconds = perf_counter() - begun
    card_calls = [
        [each.status for each in slack.calls[before[0] :] if _is_in(each.args, crowd)],
        [
            each.status
            for each in teams.calls[before[1] :]
            if each.conversation.startswith(crowd.people.teams_channel.id)
        ],
    ]
    drawn = max(map(len, card_calls))
    assert min(map(len, card_calls)) > 0, "the card was not drawn"
    most = seconds / REST + 1
    refused = sum(status == 429 for calls in card_calls for status in calls)
    name = f"drawings of the poll's card in one place in {seconds:.1f} seconds, against one in 2 s"
    return [
        Row(name, drawn, most, drawn / most, "at most 1", drawn <= most),
        Row(
            "drawings above a platform's own limit, against all",
            refused,
            sum(map(len, card_calls)),
            refused / sum(map(len, card_calls)),
            "none",
            refused == 0,
        ),
    ]


def _is_in(arguments: Mapping[str, object], crowd: Crowd) -> bool:
    return arguments.get("channel") == crowd.people.slack_channel


def _limits(slack: Slack, teams: Teams) -> None:
    """Both refuse what is above their own limits from now on.

    docs.slack.dev/apis/web-api/rate-limits: a message a second and channel, with short bursts;
    chat.update is of tier 3, 50 a minute and workspace.
    """
    slack.rate_limit("chat.postMessage", 1, burst=3)
    slack.rate_limit("chat.update", 50 / 60, burst=10, by="workspace")
    teams.limits_rates()


async def _until_quiet(url: str) -> None:
    """Wait until all is delivered and every card shows what is."""
    database = Database(url)

    async def quiet() -> bool:
        async with database.connection() as db:
            return bool(await db.scalar(_QUIET))

    try:
        await until(quiet, within=600, every=0.1)
    finally:
        await database.close()


async def _written(url: str) -> dict[str, int]:
    database = Database(url)
    async with database.connection() as db:
        counted = (await db.execute(_WRITTEN)).mappings().one()
    await database.close()
    return dict(counted)


def _settings(slack: Slack, teams: Teams) -> dict[str, str]:
    tenant = teams.tenant
    connection = {
        "name": CONNECTION,
        "app_id": tenant.app_id,
        "tenant_id": tenant.id,
        "secret": tenant.secret,
        "organisations": ["Kommun 1"],
        "email_domains": [tenant.domain],
    }
    workspace = {
        "team_id": slack.team_id,
        "organisations": ["Kommun 1"],
        "email_domains": ["example.se"],
    }
    return {
        "SAMSPEL_SLACK_BOT_TOKEN": slack.bot_token,
        "SAMSPEL_SLACK_SIGNING_SECRET": slack.signing_secret,
        "SAMSPEL_SLACK_API_URL": slack.api_url,
        "SAMSPEL_SLACK_WORKSPACES": dumps([workspace]),
        "SAMSPEL_TEAMS_CONNECTIONS": dumps([connection]),
        "SAMSPEL_TEAMS_CLOUD": dumps(teams.cloud),
        "SAMSPEL_TEAMS_SERVICE_HOSTS": dumps(teams.service_hosts),
    }
