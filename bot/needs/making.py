"""An accepted need becomes an activity, or a new focus area (charter 4.1: more will come)."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.changing import NotPossible, NotYours, held, written
from bot.needs.need import Need
from bot.needs.rights import records
from bot.needs.stages import Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import Kronor
from storage.queries import imports as plan_queries
from storage.queries import need_making as queries
from storage.queries.needs import audit_thing

_LETTERS = re.compile(r"[^A-ZÅÄÖ]")


class NameTaken(Exception):
    """There is a focus area of that name."""


class NoCodeLeft(Exception):
    """Every number of the area's prefix is taken."""


@dataclass(frozen=True)
class NewActivity:
    """What an activity begins with; one of `direction_id` and `new_direction` is said.

    `ends_on` is its last day, `budget` in whole kronor.
    """

    title: str
    description: str
    area_id: int
    direction_id: int | None
    new_direction: str | None
    responsible_id: PersonId
    coordinator: OrganisationId
    participants: frozenset[OrganisationId]
    network: BodyId | None
    starts_on: date
    ends_on: date
    budget: Kronor


async def make_activity(db: AsyncConnection, by: By, need: Need, new: NewActivity) -> str:
    """Write the activity in the draft of the plan, and that the need became it; its code.

    Those who registered, follow or support the need follow the activity from then on. NotYours;
    NotPossible unless the need is accepted and nothing has been made of it; NoCodeLeft.
    """
    now = await _accepted(db, by, need)
    await plan_queries.one_import_at_a_time(db)
    code = await next_code(db, new.area_id)
    activity_id = await queries.add_activity(db, code)
    values_id = await _write_values(db, activity_id, new)
    await plan_queries.write_participants(db, values_id, sorted(new.participants))
    await audit_thing(
        db,
        action="make",
        thing="activity",
        thing_id=activity_id,
        fields=("code", "title", "responsible_id", "starts_on", "ends_on", "budget"),
        person_id=by.person.id,
        at=by.now,
        source=by.platform,
    )
    await queries.follow_from_need(
        db, {"activity_id": activity_id, "need_id": now.id, "now": by.now}
    )
    await written(db, by, now, "made", values={"activity_id": activity_id})
    return code


async def _write_values(db: AsyncConnection, activity_id: int, new: NewActivity) -> int:
    direction = new.direction_id
    if direction is None:
        direction = await queries.direction_named(db, new.area_id, new.new_direction or new.title)
    return await plan_queries.write_values(
        db,
        {
            "plan_version_id": await _draft(db, new.starts_on.year),
            "activity_id": activity_id,
            "direction_id": direction,
            "title": new.title,
            "description": new.description,
            "responsible_id": new.responsible_id,
            "coordinator_id": new.coordinator,
            "network_id": new.network,
            "starts_on": new.starts_on,
            "ends_on": new.ends_on,
            "budget": new.budget,
            "imported": None,
        },
    )


async def _draft(db: AsyncConnection, year: int) -> int:
    """The draft there is, else a new one that begins as the adopted version stands."""
    draft, adopted = await plan_queries.plan_version(db, None)
    if draft is not None:
        return draft
    made = await queries.new_draft(db, year)
    if adopted is not None:
        await plan_queries.copy_version(db, adopted, made)
    return made


async def make_area(db: AsyncConnection, by: By, need: Need, name: str) -> int:
    """Write a new focus area, and that the need became it; its key.

    NotYours and NotPossible as for an activity; NameTaken.
    """
    now = await _accepted(db, by, need)
    area_id = await queries.add_area(db, name.strip())
    if area_id is None:
        raise NameTaken
    await written(db, by, now, "made", values={"made_area_id": area_id})
    return area_id


async def _accepted(db: AsyncConnection, by: By, need: Need) -> Need:
    (now,) = await held(db, need)
    if not records(by.person):
        raise NotYours
    if now.stage is not Stage.ACCEPTED or now.has_become or not now.is_live:
        raise NotPossible(now)
    return now


async def next_code(db: AsyncConnection, area_id: int) -> str:
    """The area's next free code: its usual prefix, else the first letters of its name."""
    prefix = await queries.usual_prefix(db, area_id)
    if prefix is None:
        name = await queries.area_name(db, area_id) or ""
        prefix = _LETTERS.sub("", name.upper())[:3].ljust(2, "X")
    number = await queries.highest_number(db, prefix) + 1
    if number > 999:
        raise NoCodeLeft(prefix)
    return f"{prefix}-{number:02d}"
