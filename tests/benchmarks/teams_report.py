"""`rapport …` in Teams, its token validated, against a bare App of the same SDK.

Three servers in processes of their own, two of them on databases of their own; people in their
personal chats send to each in turn, a round each, so that a busy machine is busy for all. Delivery
is another process' work (`SAMSPEL_ROLE=worker`) and not part of it.
"""

from collections.abc import Mapping
from json import dumps

from handlers.teams.ids import messages_path
from tests.benchmarks.network_people import CODES, Member, join
from tests.benchmarks.posts import JSON, connected
from tests.benchmarks.rounds import Taken, latency, rate
from tests.benchmarks.row import Row
from tests.benchmarks.sample_plan import fill, written
from tests.benchmarks.servers import SERVE, serving
from tests.teams import Person, Teams, teams_counterpart
from tests.teams.tokens import authorization

ROUNDS, REPORTS = 11, 480
CONNECTION = "bench"


async def run(our_url: str, plain_url: str) -> list[Row]:
    """Compare the three on fresh databases that have the schema.

    There is no goal against the answer alone: it says what the SDK itself leaves room for.
    """
    async with teams_counterpart() as teams:
        people = {code: teams.add_person(code, f"{code}@example.se") for code in CODES}
        for url in (our_url, plain_url):
            await fill(url)
            await join(url, "teams", teams.tenant.id, _members(teams, people))
        ours, plain, bare = Taken(), Taken(), Taken()
        await _rounds(teams, people, (our_url, plain_url), (ours, plain, bare))
    rows = [await written(url) for url in (our_url, plain_url)]
    assert rows[0] == rows[1], rows
    assert rows[0]["reports"] == (ROUNDS + 1) * REPORTS, rows
    name = "rapport in Teams, requests per second, against the SDK's App"
    slow = "rapport in Teams, {} in milliseconds, against the SDK's App with Core"
    return [
        rate(f"{name} with Core", ours, plain),
        rate(f"{name} that only answers", ours, bare, goal=False),
        latency(slow.format("p50"), ours.middles, plain.middles),
        latency(slow.format("p99"), ours.slowest, plain.slowest),
    ]


async def _rounds(
    teams: Teams,
    people: Mapping[str, Person],
    urls: tuple[str, str],
    taken: tuple[Taken, Taken, Taken],
) -> None:
    """The first round is not counted: there servers fetch keys and read the plan."""
    settings = _settings(teams)
    ours = settings | {
        "SAMSPEL_DATABASE_URL": urls[0],
        "SAMSPEL_PORT": "0",
        "SAMSPEL_ROLE": "web",
    }
    peer = ("-m", "tests.benchmarks.bare_teams")
    async with (
        serving(*SERVE, **ours) as our_server,
        serving(*peer, urls[1], **settings) as plain_server,
        serving(*peer, **settings) as bare_server,
    ):
        for nth in range(ROUNDS + 1):
            for where, each in zip((our_server, plain_server, bare_server), taken, strict=True):
                said = (_person(teams, where, code, people[code]) for code in CODES)
                await (each if nth else Taken()).round(said)


def _settings(teams: Teams) -> dict[str, str]:
    tenant = teams.tenant
    connection = {
        "name": CONNECTION,
        "app_id": tenant.app_id,
        "tenant_id": tenant.id,
        "secret": tenant.secret,
        "organisations": ["Skövde"],
        "email_domains": [tenant.domain],
    }
    return {
        "SAMSPEL_TEAMS_CONNECTIONS": dumps([connection]),
        "SAMSPEL_TEAMS_CLOUD": dumps(teams.cloud),
        "SAMSPEL_TEAMS_SERVICE_HOSTS": dumps(teams.service_hosts),
    }


def _members(teams: Teams, people: Mapping[str, Person]) -> dict[str, Member]:
    """Everybody has a team of their own for their network."""
    route = teams.service_url.rstrip("/")
    return {
        code: Member(
            user=person.object_id,
            private=teams.personal_chat(person).id,
            channel=team.id,
            route=route,
            team=team.id,
        )
        for code, person in people.items()
        for team in (teams.add_team(code, members=[person], bot_in=True),)
    }


async def _person(teams: Teams, where: str, code: str, person: Person) -> list[float]:
    """One person's lines, each a new state; how long each took.

    One token serves a round, as Microsoft's serves an hour: it is validated with each line.
    """
    seconds: list[float] = []
    token = authorization("right", teams.tenant, teams.service_url, teams.entry.login)
    assert token is not None
    path, headers = messages_path(CONNECTION), {"authorization": token}
    async with connected(where) as posts:
        for nth in range(REPORTS // len(CODES)):
            state = ("grön", "klar")[nth % 2]
            words = f"rapport {code} {state} Vi är vid steg {nth} och går vidare"
            answer = await posts.post(path, headers, dumps(teams.line(person, words)), JSON)
            assert answer.status == 200, answer.head
            assert not answer.body, answer.body
            seconds.append(answer.seconds)
    return seconds
