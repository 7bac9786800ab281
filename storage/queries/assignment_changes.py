"""Writing assignments: held while judged, and each change with its step and its audit line."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Assignment, AssignmentPart

_LOCK = text("SELECT id FROM assignments WHERE id = :id FOR UPDATE")
_STEP = text("""
WITH step AS (
  INSERT INTO assignment_steps (assignment_id, part_id, person_id, taken_at, kind, from_state,
    to_state, hours, due_on, reason, other_person_id, platform)
  VALUES (:assignment_id, :part_id, :person_id, :taken_at, :kind, :from_state, :to_state, :hours,
    :due_on, :reason, :other_person_id, :platform)
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
VALUES (:taken_at, :person_id, 'person', :kind, 'assignment', :assignment_id, :fields, :platform)
""")
_EMPTY: Mapping[str, Any] = dict.fromkeys(
    ("part_id", "from_state", "to_state", "hours", "due_on", "reason", "other_person_id")
)


async def lock_assignment(db: AsyncConnection, assignment_id: int) -> None:
    """Hold the assignment until the transaction ends."""
    await db.execute(_LOCK, {"id": assignment_id})


async def add_assignment(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write a new assignment; its number."""
    found = await db.execute(insert(Assignment).values(**values).returning(Assignment.id))
    return found.scalar_one()


async def change_assignment(
    db: AsyncConnection, assignment_id: int, values: Mapping[str, Any]
) -> None:
    """Write the changed columns."""
    if values:
        await db.execute(update(Assignment).where(Assignment.id == assignment_id).values(**values))


async def add_part(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write a person's new part; its key."""
    found = await db.execute(insert(AssignmentPart).values(**values).returning(AssignmentPart.id))
    return found.scalar_one()


async def change_part(db: AsyncConnection, part_id: int, values: Mapping[str, Any]) -> None:
    """Write the changed columns of a part."""
    if values:
        await db.execute(
            update(AssignmentPart).where(AssignmentPart.id == part_id).values(**values)
        )


async def write_assignment_step(
    db: AsyncConnection, values: Mapping[str, Any], fields: Sequence[str] = ()
) -> None:
    """Write a step and its audit line, which names `fields`.

    `values`: assignment_id, person_id, taken_at, kind, platform, and what else the step has.
    """
    await db.execute(_STEP, {**_EMPTY, **values, "fields": list(fields)})
