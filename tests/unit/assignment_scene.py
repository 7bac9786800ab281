"""Three municipalities with directors, a network, a chef and a colleague: those who share work."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.assignments.assignment import About, Work
from bot.people import BodyId, OrganisationId, Person, PersonId, read_person
from bot.plan import ActivityId
from storage.queries.people import person_by_email

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DUE = date(2026, 4, 1)
HJO, SKARA, NO_DIRECTOR = OrganisationId(201), OrganisationId(202), OrganisationId(203)
NETWORK, EMPTY_NETWORK = BodyId(201), BodyId(202)
ACTIVITY = ActivityId(201)
MEMBERS = tuple(f"m{n}" for n in range(1, 11))

_MAKE = """
INSERT INTO organisations (id, kind, name, code) VALUES
  (201, 'municipality', 'Hjo', '1497'), (202, 'municipality', 'Skara', '1495'),
  (203, 'municipality', 'Essunga', '1445');
INSERT INTO bodies (id, kind, name) VALUES (201, 'network', 'Kompetens'), (202, 'network', 'Tomt');
INSERT INTO people (id, name, email) VALUES
  (201, 'Chefen', 'chef@x.se'), (202, 'Dir Hjo', 'dhjo@x.se'), (203, 'Dir Skara', 'dskara@x.se'),
  (204, 'Hjo Ett', 'hjo1@x.se'), (205, 'Hjo Två', 'hjo2@x.se'), (206, 'Stab', 'stab@x.se'),
  (207, 'Utan', 'utan@x.se'), (208, 'Vikarie Hjo', 'vhjo@x.se');
INSERT INTO people (id, name, email)
  SELECT 210 + n, 'Medlem ' || n, 'm' || n || '@x.se' FROM generate_series(1, 10) n;
INSERT INTO employments (person_id, organisation_id, starts_on) VALUES
  (202, 201, '2026-01-01'), (203, 202, '2026-01-01'),
  (204, 201, '2026-01-01'), (205, 201, '2026-01-01'),
  (207, 203, '2026-01-01'), (208, 201, '2026-01-01');
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT p, o.id, '2026-01-01' FROM organisations o, unnest(ARRAY[201, 206]) p
  WHERE o.kind = 'federation';
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT 210 + n, 201 + n % 2, '2026-01-01' FROM generate_series(1, 10) n;
INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by)
  SELECT 210 + n, 201, 'member', '2026-01-01', 'test' FROM generate_series(1, 10) n;
INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by)
  SELECT p, b.id, 'member', '2026-01-01', 'test' FROM bodies b, unnest(ARRAY[202, 203, 208]) p
  WHERE b.kind = 'municipal_directors';
INSERT INTO post_holdings (post_id, person_id, acting, starts_on, given_by)
  SELECT id, 201, false, '2026-01-01', 'test' FROM posts WHERE kind = 'manager';
INSERT INTO roles (person_id, role, starts_on, given_by)
  VALUES (206, 'staff', '2026-01-01', 'test');
INSERT INTO activities (id, code) VALUES (201, 'KOM-01');
"""


@dataclass
class People:
    """Those of the scene by the words before @ of their addresses."""

    db: AsyncConnection

    async def person(self, name: str) -> Person:
        """Who they are on the day."""
        row = await person_by_email(self.db, f"{name}@x.se", TODAY)
        assert row is not None, name
        return read_person(row)

    async def by(self, name: str) -> By:
        """That person, now, in the web chat."""
        return By(await self.person(name), NOW, "web")

    async def key(self, name: str) -> PersonId:
        """Their key."""
        return (await self.person(name)).id


async def make_scene(db: AsyncConnection) -> People:
    """Write them all."""
    for statement in _MAKE.split(";\n"):
        if statement.strip():
            await db.execute(text(statement.replace(":", "\\:")))
    return People(db)


def work(
    title: str = "Kartlägg utbildningar",
    hours: int | None = 40,
    about: About | None = None,
    due_on: date = DUE,
) -> Work:
    """A piece of work for the scene's activity."""
    return Work(
        title=title,
        due_on=due_on,
        reason="Inför mötet",
        hours=hours,
        about=about if about is not None else About(activity_id=ACTIVITY),
    )
