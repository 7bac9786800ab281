"""Somebody on whom much hangs: activities, milestones, a mandate, assignments and a need."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments import answering, asking
from bot.assignments.assignment import ToOnePerson
from bot.handing_over import HandedOver, hand_over
from bot.leaving import Hanging, Kind, hangs_on
from bot.needs import moving, registering
from bot.needs.need import Move, Need, Wanted
from bot.needs.stages import Stage
from tests.unit.assignment_scene import TODAY, People, make_scene, work

_PLAN = """
INSERT INTO focus_areas (id, name) VALUES (201, 'Kompetens');
INSERT INTO directions (id, focus_area_id, name) VALUES (201, 201, 'Vux');
INSERT INTO activities (id, code) VALUES (202, 'KOM-02'), (203, 'KOM-03'), (204, 'KOM-04');
INSERT INTO plan_versions (id, year, adopted_on, paragraph) VALUES
  (201, 2025, '2025-02-20', '9'), (202, 2026, '2026-02-20', '12'), (203, 2027, NULL, NULL);
INSERT INTO activity_values (id, plan_version_id, activity_id, direction_id, title, responsible_id,
    coordinator_id, network_id, starts_on, ends_on, budget) VALUES
  (201, 201, 201, 201, 'Gammal', 204, 201, 201, '2025-01-01', '2026-12-31', 0),
  (202, 202, 201, 201, 'Kompetensråd', 204, 201, 201, '2026-01-01', '2026-12-31', 0),
  (203, 203, 201, 201, 'Kompetensråd', 204, 201, 201, '2026-01-01', '2027-12-31', 0),
  (204, 202, 202, 201, 'Annans', 205, 201, 201, '2026-01-01', '2026-12-31', 0),
  (205, 202, 203, 201, 'Över', 204, 201, 201, '2026-01-01', '2026-03-01', 0),
  (206, 203, 204, 201, 'Föreslagen', 204, 201, NULL, '2026-01-01', '2026-12-31', 0);
INSERT INTO milestones (id, activity_id, title) VALUES
  (201, 201, 'Start'), (202, 201, 'Nådd'), (203, 202, 'Avtal');
INSERT INTO planned_milestones (activity_values_id, milestone_id, due_on, responsible_id) VALUES
  (202, 201, '2026-06-01', 204), (203, 201, '2026-06-01', 204), (202, 202, '2026-02-01', 204),
  (204, 203, '2026-05-01', 204);
INSERT INTO milestone_changes (milestone_id, kind, person_id, changed_at)
  VALUES (202, 'reached', 204, '2026-02-01');
INSERT INTO mandates (id, person_id, organisation_id, kind, starts_on, given_by) VALUES
  (201, 204, 201, 'co_financing', '2026-01-01', 'test');
"""
"""Much of it hangs on Hjo Ett (204): KOM-01 adopted and in the draft, a proposed activity, two
milestones, a mandate."""


async def make_leaving_scene(db: AsyncConnection) -> None:
    """The people of `make_scene`, with a plan."""
    await make_scene(db)
    for statement in _PLAN.split(";\n"):
        if statement.strip():
            await db.execute(text(statement))


async def does(db: AsyncConnection, sql: str, **values: Any) -> Any:
    """The first value of what is found, if anything is."""
    found = await db.execute(text(sql), values)
    return found.scalar() if found.returns_rows else None


async def everything(db: AsyncConnection) -> Hanging:
    """What hangs on Hjo Ett, with two assignments, one of theirs and a need too."""
    chef, hjo = await People(db).by("chef"), await People(db).by("hjo1")
    asked = ToOnePerson(hjo.person.id)
    await answering.accept(db, hjo, await asking.ask(db, chef, work("Tagen"), asked), hours=3)
    await asking.ask(db, chef, work("Tillfrågad"), asked)
    await asking.ask(db, hjo, work("Egen"), ToOnePerson(await People(db).key("hjo2")))
    await prepared(db)
    return await hanging(db)


async def hanging(db: AsyncConnection, name: str = "hjo1") -> Hanging:
    """What hangs on them."""
    found = await hangs_on(db, await People(db).key(name), TODAY)
    assert found is not None
    return found


async def prepared(db: AsyncConnection, by: str = "hjo1") -> Need:
    """A need that they prepare."""
    chef = await People(db).by("chef")
    need = await registering.register(db, chef, Wanted("Tolkar", "Saknas."), organisation=None)
    who = await People(db).key(by)
    move = Move(Stage.PREPARING, preparer_id=who, prepare_by=date(2026, 3, 20))
    return await moving.move(db, chef, need, move)


async def handed(
    db: AsyncConnection, found: Hanging, to: str, *kinds: Kind, by: str = "chef"
) -> HandedOver:
    """Have the things of those kinds, or all, handed over."""
    things = tuple(each for each in found.things if not kinds or each.kind in kinds)
    return await hand_over(db, await People(db).by(by), found, things, await People(db).key(to))
