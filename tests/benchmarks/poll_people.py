"""290 municipalities on three platforms, each with a director who answers for it, and one poll.

One municipality more takes part and never answers, so that the poll is never complete.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.conversations.polls.telling import show_poll
from bot.outbox import Outbox
from bot.people import Person, PersonId
from bot.plan import ActivityId, Kronor, PlanInMemory
from bot.polls.co_financing import Proposal
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.reading import sharers
from bot.polls.starting import Asked, start_co_financing
from handlers.web.channels import ensure_web_channels
from handlers.web.sign_in import sign_in
from storage.database import Database
from tests.slack import Slack
from tests.teams import Conversation, Teams
from tests.teams import Person as InTeams

MUNICIPALITIES = 290
ASKED = 10_000_000
FIRST = 1_000
"""The keys of municipality and director number n are this and n."""

_FILL = f"""
INSERT INTO organisations (id, kind, name, code)
  SELECT {FIRST} + n, 'municipality', 'Kommun ' || n, to_char(n, 'FM0000')
  FROM generate_series(1, {MUNICIPALITIES} + 1) n;
INSERT INTO populations (organisation_id, counted_on, inhabitants)
  SELECT {FIRST} + n, '2025-12-31', 5000 + 37 * n FROM generate_series(1, {MUNICIPALITIES} + 1) n;
INSERT INTO people (id, name, email)
  SELECT {FIRST} + n, 'Direktör ' || n, 'd' || n || '@example.se'
  FROM generate_series(0, {MUNICIPALITIES} + 1) n;
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT {FIRST} + n, {FIRST} + n, '2026-01-01' FROM generate_series(1, {MUNICIPALITIES} + 1) n;
INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by)
  SELECT {FIRST} + n, {FIRST} + n, 'co_financing', '2026-01-01', 'bench'
  FROM generate_series(1, {MUNICIPALITIES} + 1) n;
INSERT INTO activities (id, code) VALUES (1, 'KOM-01')
"""
_CONNECTION = text("""
INSERT INTO connections (platform, tenant) VALUES (:platform, :tenant) RETURNING id
""")
_ACCOUNT = text("""
WITH account AS (
  INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT :person, platform, tenant, :user, 'bench' FROM connections WHERE id = :connection
)
INSERT INTO conversations (connection_id, kind, address, route, name, person_id)
VALUES (:connection, 'private', :address, :route, :address, :person)
""")
_CHANNEL = text("""
WITH channel AS (
  INSERT INTO conversations (connection_id, kind, address, route, team, name)
  VALUES (:connection, 'channel', :address, :route, :team, 'Direktörerna') RETURNING id
)
INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
SELECT channel.id, b.id, 'bench' FROM channel, bodies b WHERE b.kind = 'municipal_directors'
""")


class Account(NamedTuple):
    """Where a director is reached on a chat platform."""

    user: str
    address: str
    route: str | None = None


class Channel(NamedTuple):
    """The directors' channel on a chat platform."""

    address: str
    route: str | None = None
    team: str | None = None


@dataclass(frozen=True)
class Directors:
    """Who answers where: in Slack, in Teams and on the web a third each, by their number."""

    slack: Mapping[int, str]
    teams: Mapping[int, InTeams]
    web: Sequence[int]
    slack_channel: str
    teams_channel: Conversation


def directors(slack: Slack, teams: Teams) -> Directors:
    """People and channels on both platforms' side; the bot is in the channels."""
    numbers = range(1, MUNICIPALITIES + 1)
    in_teams = {
        n: teams.add_person(f"Direktör {n}", f"d{n}@example.se", installed=True)
        for n in numbers[1::3]
    }
    team = teams.add_team("Direktörerna", members=in_teams.values(), bot_in=True)
    return Directors(
        slack={n: slack.add_user(f"Direktör {n}", f"d{n}@example.se") for n in numbers[0::3]},
        teams=in_teams,
        web=numbers[2::3],
        slack_channel=slack.add_channel("direktorerna", members=[slack.bot_user_id]),
        teams_channel=team.general,
    )


async def fill(url: str, slack: Slack, teams: Teams, people: Directors) -> dict[int, str]:
    """Everybody, and the poll; the secrets of the web's sessions by director."""
    database = Database(url)
    async with database.transaction() as db:
        for statement in _FILL.split(";\n"):
            await db.execute(text(statement))
        route = teams.service_url.rstrip("/")
        await _join(
            db,
            "slack",
            slack.team_id,
            {n: Account(user, slack.space.direct(user).id) for n, user in people.slack.items()},
            Channel(people.slack_channel),
        )
        await _join(
            db,
            "teams",
            teams.tenant.id,
            {
                n: Account(each.object_id, teams.personal_chat(each).id, route)
                for n, each in people.teams.items()
            },
            Channel(people.teams_channel.id, route, people.teams_channel.id),
        )
        now = datetime.now(UTC)
        await ensure_web_channels(db, now)
        secrets = {n: await _signed_in(db, n, now) for n in people.web}
        await _start_poll(db, now)
    await database.close()
    return secrets


async def _join(
    db: AsyncConnection, platform: str, tenant: str, accounts: Mapping[int, Account], where: Channel
) -> None:
    made = await db.execute(_CONNECTION, {"platform": platform, "tenant": tenant})
    connection = {"connection": made.scalar_one()}
    for n, account in accounts.items():
        await db.execute(_ACCOUNT, connection | {"person": FIRST + n} | account._asdict())
    await db.execute(_CHANNEL, connection | where._asdict())


async def _signed_in(db: AsyncConnection, n: int, now: datetime) -> str:
    signed = await sign_in(db, FIRST + n, now, source="bench")
    assert signed is not None
    return signed.secret


async def _start_poll(db: AsyncConnection, now: datetime) -> None:
    """Poll number 1, its cards raised in every channel."""
    manager = Person(PersonId(FIRST), "Chef", "d0@example.se", posts=frozenset({"manager"}))
    asked = Asked("Vem betalar?", now + timedelta(days=9), activity_id=ActivityId(1))
    sum_ = Kronor(ASKED)
    proposal = Proposal("Allt", sum_, Kronor(0), sum_, Key(SharingKey.PER_INHABITANT))
    parts = [each for each, _name in await sharers(db, now.date())]
    poll = await start_co_financing(db, By(manager, now, "bench"), asked, proposal, parts)
    outbox = Outbox()
    show_poll(outbox, await PlanInMemory().now(db), poll)
    await outbox.flush(db)
