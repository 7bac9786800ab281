"""Municipalities with directors and inhabitants, a network, and polls that they can answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.people import BodyId, OrganisationId
from bot.plan import ActivityId, Kronor
from bot.polls.co_financing import AnswerKind, CoFinancing, Proposal, Said
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.mandates import Mandates, mandates
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import co_financing_of, poll_by_number, sharers
from bot.polls.starting import Asked, Choice, Rules, start_co_financing, start_poll
from tests.unit.assignment_scene import NOW, TODAY, People
from tests.unit.need_scene import make_need_scene

HJO, SKARA, TIBRO = OrganisationId(201), OrganisationId(202), OrganisationId(203)
DIRECTORS = {HJO: "dhjo", SKARA: "dskara", TIBRO: "dtibro"}
ACTIVITY = ActivityId(201)
NETWORK = BodyId(201)
MEMBERS = tuple(f"m{n}" for n in range(1, 8))
LAST_DAY = date(2026, 3, 31)
CLOSES = datetime(2026, 3, 31, 22, tzinfo=UTC)
AFTER = CLOSES + timedelta(minutes=1)

_MAKE = """
INSERT INTO people (id, name, email) VALUES (221, 'Dir Hjo', 'dhjo@x.se'),
  (222, 'Dir Skara', 'dskara@x.se'), (223, 'Dir Tibro', 'dtibro@x.se'),
  (224, 'Ställföreträdare Hjo', 'shjo@x.se');
INSERT INTO people (id, name, email)
  SELECT 230 + n, 'Medlem ' || n, 'm' || n || '@x.se' FROM generate_series(1, 7) n;
INSERT INTO employments (person_id, organisation_id, starts_on) VALUES (221, 201, '2026-01-01'),
  (222, 202, '2026-01-01'), (223, 203, '2026-01-01'), (224, 201, '2026-01-01');
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT 230 + n, 201 + n % 3, '2026-01-01' FROM generate_series(1, 7) n;
INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by)
  SELECT p, b.id, 'member', '2026-01-01', 'test' FROM bodies b, unnest(ARRAY[221, 222, 223]) p
  WHERE b.kind = 'municipal_directors';
INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by)
  SELECT 230 + n, 201, 'member', '2026-01-01', 'test' FROM generate_series(1, 7) n;
INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by) VALUES
  (221, 201, 'co_financing', '2026-01-01', 'test'),
  (224, 201, 'co_financing', '2026-01-01', 'test'),
  (222, 202, 'co_financing', '2026-01-01', 'test');
INSERT INTO populations (organisation_id, counted_on, inhabitants) VALUES
  (201, '2019-12-31', 9178), (202, '2019-12-31', 18934), (203, '2019-12-31', 11219)
"""


async def make_poll_scene(db: AsyncConnection) -> People:
    """Write them all, on top of those who have to do with needs."""
    people = await make_need_scene(db)
    for statement in _MAKE.split(";\n"):
        await db.execute(text(statement))
    return people


def proposal(**values: Any) -> Proposal:
    """What is asked for, unless said otherwise: 100 000 kr per inhabitant, in money."""
    whole: dict[str, Any] = {
        "purpose": "Gemensam upphandling",
        "total": Kronor(150_000),
        "funded": Kronor(50_000),
        "asked": Kronor(100_000),
        "key": Key(SharingKey.PER_INHABITANT),
    }
    return Proposal(**{**whole, **values})


async def asked_for_money(
    people: People,
    *,
    by: str = "chef",
    secrecy: Secrecy = Secrecy.OPEN,
    binding: bool = True,
    sounding: Poll | None = None,
    wants: Proposal | None = None,
) -> Poll:
    """A co-financing poll of all three municipalities."""
    asked = Asked("Upphandling", CLOSES, activity_id=ACTIVITY, secrecy=secrecy)
    parts = [each for each, _name in await sharers(people.db, TODAY)]
    who = await people.by(by)
    return await start_co_financing(
        people.db, who, asked, wants or proposal(), parts, binding=binding, sounding=sounding
    )


async def voted_on(
    people: People,
    method: Method = Method.RANKING,
    *,
    by: str = "chef",
    labels: tuple[str, ...] = ("Ett", "Två", "Tre"),
    secrecy: Secrecy = Secrecy.OPEN,
    kind: Kind = Kind.PRIORITY,
    **rules: Any,
) -> Poll:
    """A poll of the network's members, or by municipality when `rules` say so."""
    asked = Asked("Vad först?", CLOSES, body=NETWORK, secrecy=secrecy)
    cost = Kronor(50_000) if method is Method.BUDGET else None
    choices = [Choice(label, cost=cost) for label in labels]
    return await start_poll(
        people.db, await people.by(by), asked, Rules(kind, method, **rules), choices
    )


def yes(amount: int) -> Said:
    """A plain yes to that share."""
    return Said(AnswerKind.YES, Kronor(amount))


async def held(people: People) -> Mandates:
    """Who may answer about money on the scene's day."""
    return await mandates(people.db, "co_financing", TODAY)


async def places(people: People, poll: Poll) -> CoFinancing:
    """The poll as it is now, all of it."""
    return await co_financing_of(people.db, await now_of(people, poll))


async def now_of(people: People, poll: Poll) -> Poll:
    """The poll as it is now."""
    found = await poll_by_number(people.db, poll.id)
    assert found is not None
    return found


async def at(people: People, name: str, moment: datetime = NOW) -> By:
    """The person at that moment."""
    return replace(await people.by(name), now=moment)
