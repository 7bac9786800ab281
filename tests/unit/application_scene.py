"""An activity with a fund that its plan hopes for, and those who have to do with an application."""

from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.applications import changing
from bot.applications.application import Application, Wanted
from bot.applications.reading import application_by_id
from bot.plan import ActivityId, Kronor, Plan, read_plan
from tests.unit.assignment_scene import TODAY, People
from tests.unit.need_scene import make_need_scene

ACTIVITY, OTHER = ActivityId(201), ActivityId(202)
BUDGET, HOPED_FOR, ASKED = 1_000_000, 400_000, 300_000
RESPONSIBLE, WRITER = "skara1", "hjo1"
MAY = ("chef", "fdir", "stab", RESPONSIBLE, WRITER)
MAY_NOT = ("admin", "styr", "dir", "hjo2", "tibro1")
LAST_DAY, EXPECTED = date(2026, 3, 20), date(2026, 5, 4)
REPORTS = (date(2026, 9, 1), date(2027, 3, 1))

_MAKE = """
UPDATE activity_values SET responsible_id = 211, budget = 1000000, network_id = 201
  WHERE activity_id = 201;
INSERT INTO funding_lines (activity_values_id, source, kind, amount, state)
  VALUES (201, 'ESF+', 'external', 400000, 'applied')
"""


async def make_application_scene(db: AsyncConnection) -> People:
    """Write it all, on top of those who have to do with needs."""
    people = await make_need_scene(db)
    for statement in _MAKE.split(";\n"):
        await db.execute(text(statement))
    return people


async def plan_now(db: AsyncConnection) -> Plan:
    """The plan as it is now."""
    return await read_plan(db, 1)


def wanted(**values: Any) -> Wanted:
    """What is applied for, unless said otherwise."""
    whole: dict[str, Any] = {
        "fund": "ESF+",
        "amount": Kronor(ASKED),
        "last_day": LAST_DAY,
        "expected_on": EXPECTED,
        "match_demanded": Kronor(100_000),
    }
    return Wanted(**{**whole, **values})


async def registered(people: People, by: str = "chef", **values: Any) -> Application:
    """An application that somebody has registered, for another to write."""
    plan = await plan_now(people.db)
    writer = await people.key(WRITER)
    return await changing.register(
        people.db, await people.by(by), plan, ACTIVITY, wanted(**values), writer, REPORTS
    )


async def applied(people: People, **values: Any) -> Application:
    """One that was sent today."""
    planned = await registered(people, **values)
    by, plan = await people.by("chef"), await plan_now(people.db)
    return await changing.send(people.db, by, plan, planned, TODAY)


async def granted(people: People, amount: int = ASKED, **values: Any) -> Application:
    """One that was granted today."""
    sent = await applied(people, **values)
    by, plan = await people.by("chef"), await plan_now(people.db)
    return await changing.grant(people.db, by, plan, sent, amount, TODAY, "2026-041")


async def now_of(people: People, application: Application) -> Application:
    """The application as it is now."""
    found = await application_by_id(people.db, application.id)
    assert found is not None
    return found


async def lines(db: AsyncConnection, application: Application) -> list[tuple[str, int, str]]:
    """The funding lines that stand beside the plan by it: source, amount and state."""
    found = await db.execute(
        text(
            "SELECT source, amount, state, kind, activity_id FROM funding_lines "
            "WHERE application_id = :id"
        ),
        {"id": application.id},
    )
    rows = found.all()
    assert all((row.kind, row.activity_id) == ("external", ACTIVITY) for row in rows)
    return [(row.source, row.amount, row.state) for row in rows]


async def lacking(db: AsyncConnection) -> int:
    """What the activity lacks, as everybody reads it."""
    return (await plan_now(db)).by_id[ACTIVITY].lacking
