"""Three municipalities, the bodies of the charter and a plan: those who have to do with needs."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.making import NewActivity
from bot.needs.need import Move, Need, Wanted
from bot.needs.reading import need_by_id
from bot.needs.registering import register
from bot.needs.stages import Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import Kronor
from tests.unit.assignment_scene import DUE, TODAY, People

HJO, SKARA, TIBRO = OrganisationId(201), OrganisationId(202), OrganisationId(203)
NETWORK = BodyId(201)
KOMPETENS, PLATS = 201, 202
"""Focus areas: one with activities of the adopted plan, one without."""

DIRECTION = 201
PEOPLE = (
    *("chef", "fdir", "stab", "admin", "styr", "ref", "pres", "dir"),
    *("hjo1", "hjo2", "skara1", "tibro1"),
)
LEAD = ("chef", "fdir")
RECORD = (*LEAD, "stab")
EMPLOYERS = {"hjo1": HJO, "hjo2": HJO, "skara1": SKARA, "tibro1": TIBRO}

_MAKE = """
INSERT INTO organisations (id, kind, name, code) VALUES
  (201, 'municipality', 'Hjo', '1497'), (202, 'municipality', 'Skara', '1495'),
  (203, 'municipality', 'Tibro', '1472');
INSERT INTO bodies (id, kind, name) VALUES (201, 'network', 'Kompetens');
INSERT INTO people (id, name, email) VALUES
  (201, 'Chefen', 'chef@x.se'), (202, 'Förbundsdirektören', 'fdir@x.se'),
  (203, 'Stab', 'stab@x.se'), (204, 'Admin', 'admin@x.se'), (205, 'Styr', 'styr@x.se'),
  (206, 'Ref', 'ref@x.se'), (207, 'Pres', 'pres@x.se'), (208, 'Dir', 'dir@x.se'),
  (209, 'Hjo Ett', 'hjo1@x.se'), (210, 'Hjo Två', 'hjo2@x.se'), (211, 'Skara Ett', 'skara1@x.se'),
  (212, 'Tibro Ett', 'tibro1@x.se');
INSERT INTO employments (person_id, organisation_id, starts_on) VALUES
  (209, 201, '2026-01-01'), (210, 201, '2026-01-01'), (211, 202, '2026-01-01'),
  (212, 203, '2026-01-01');
INSERT INTO employments (person_id, organisation_id, starts_on)
  SELECT p, o.id, '2026-01-01' FROM organisations o, unnest(ARRAY[201, 202, 203, 204]) p
  WHERE o.kind = 'federation';
INSERT INTO memberships (person_id, body_id, capacity, starts_on, given_by)
  SELECT m.person, b.id, 'member', '2026-01-01', 'test' FROM (VALUES (205, 'steering_group'),
    (206, 'reference_group'), (207, 'presidium'), (208, 'board'), (209, 'network')) m(person, kind)
  JOIN bodies b ON b.kind = m.kind;
INSERT INTO post_holdings (post_id, person_id, acting, starts_on, given_by)
  SELECT p.id, h.person, false, '2026-01-01', 'test'
  FROM (VALUES (201, 'manager'), (202, 'federation_director')) h(person, kind)
  JOIN posts p ON p.kind = h.kind;
INSERT INTO roles (person_id, role, starts_on, given_by) VALUES
  (203, 'staff', '2026-01-01', 'test'), (204, 'administrator', '2026-01-01', 'test');
INSERT INTO focus_areas (id, name) VALUES (201, 'Kompetens'), (202, 'Platsutveckling');
INSERT INTO directions (id, focus_area_id, name) VALUES (201, 201, 'Vuxenutbildning');
INSERT INTO plan_versions (id, year, adopted_on, paragraph)
  VALUES (201, 2026, '2026-01-20', '4');
INSERT INTO activities (id, code) VALUES (201, 'KOM-01'), (202, 'KOM-07');
INSERT INTO activity_values (id, plan_version_id, activity_id, direction_id, title, description,
  responsible_id, coordinator_id, starts_on, ends_on, budget)
  SELECT n, 201, n, 201, 'Redan ' || n, '', 201, 201, '2026-01-01', '2026-12-31', 100
  FROM generate_series(201, 202) n;
INSERT INTO participations VALUES (201, 202);
"""

FORWARD = (
    Move(Stage.PREPARING, preparer_id=PersonId(203), prepare_by=DUE),
    Move(Stage.REFERENCE_GROUP, met_on=TODAY),
    Move(Stage.PRESIDIUM, met_on=TODAY),
    Move(Stage.BOARD, met_on=TODAY),
    Move(Stage.ACCEPTED, met_on=TODAY, paragraph="14", record_number="2026-041", reason="Bra"),
)
"""The whole way as the chef records it."""


async def make_need_scene(db: AsyncConnection) -> People:
    """Write them all."""
    for statement in _MAKE.split(";\n"):
        if statement.strip():
            await db.execute(text(statement))
    return People(db)


async def registered(
    people: People, by: str = "hjo1", wanted: Wanted | None = None, *, minutes: int = 0
) -> Need:
    """A need that somebody has registered, so many minutes after the scene's time."""
    whole = wanted or Wanted("Tolktjänst", "Tolkar saknas.")
    who = await later(people, by, minutes)
    return await register(people.db, who, whole, organisation=EMPLOYERS.get(by))


async def later(people: People, name: str, minutes: int = 1) -> By:
    """The person, so many minutes after the scene's time."""
    by = await people.by(name)
    return replace(by, now=by.now + timedelta(minutes=minutes))


async def now_of(people: People, need: Need) -> Need:
    """The need as it is now."""
    found = await need_by_id(people.db, need.id)
    assert found is not None
    return found


def new_activity(**values: Any) -> NewActivity:
    """What an activity of the area with activities begins with."""
    whole: dict[str, Any] = {
        "title": "Gemensam tolktjänst",
        "description": "Tolkar åt alla.",
        "area_id": KOMPETENS,
        "direction_id": DIRECTION,
        "new_direction": None,
        "responsible_id": PersonId(203),
        "coordinator": HJO,
        "participants": frozenset({HJO, SKARA}),
        "network": NETWORK,
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2027, 4, 30),
        "budget": Kronor(950_000),
    }
    return NewActivity(**{**whole, **values})
