"""Writing applications: held while judged, each change with its step, audit and funding line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Application

_LOCK = text("SELECT id FROM applications WHERE id = :id FOR UPDATE")
_STEP = text("""
WITH step AS (
  INSERT INTO application_steps
    (application_id, person_id, taken_at, kind, reason, changes, platform)
  VALUES (:application_id, :person_id, :taken_at, :kind, :reason, :changes, :platform)
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
VALUES (:taken_at, :person_id, 'person', :kind, 'application', :application_id, :fields, :platform)
""").bindparams(bindparam("changes", type_=JSONB(none_as_null=True)))
_FUND = text("""
WITH gone AS (
  DELETE FROM funding_lines l USING applications a
  WHERE a.id = :id AND l.application_id = a.id AND a.state IN ('planned', 'withdrawn')
)
INSERT INTO funding_lines AS l (activity_id, application_id, source, kind, amount, state)
SELECT a.activity_id, a.id, a.fund, 'external', coalesce(a.granted, a.amount), a.state
FROM applications a WHERE a.id = :id AND a.state IN ('applied', 'granted', 'rejected')
ON CONFLICT (application_id) DO UPDATE
SET source = excluded.source, amount = excluded.amount, state = excluded.state
""")
_FORGET_REPORTS = text("""
DELETE FROM funder_reports
WHERE application_id = :id AND sent_on IS NULL AND due_on <> ALL(CAST(:days AS date[]))
""")
_ADD_REPORTS = text("""
INSERT INTO funder_reports (application_id, due_on)
SELECT :id, day FROM unnest(CAST(:days AS date[])) day ON CONFLICT DO NOTHING
""")
_MARK_REPORT = text("""
UPDATE funder_reports SET sent_on = :sent_on WHERE application_id = :id AND due_on = :due_on
""")


async def lock_application(db: AsyncConnection, application_id: int) -> None:
    """Hold the application until the transaction ends."""
    await db.execute(_LOCK, {"id": application_id})


async def add_application(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write a new application; its number."""
    found = await db.execute(insert(Application).values(**values).returning(Application.id))
    return found.scalar_one()


async def change_application(
    db: AsyncConnection, application_id: int, values: Mapping[str, Any]
) -> None:
    """Write the changed columns."""
    if values:
        await db.execute(
            update(Application).where(Application.id == application_id).values(**values)
        )


async def write_application_step(
    db: AsyncConnection, values: Mapping[str, Any], fields: Sequence[str] = ()
) -> None:
    """Write a step and its audit line, which names `fields`.

    `values`: application_id, person_id, taken_at, kind, platform, and reason and changes if any.
    """
    await db.execute(_STEP, {"reason": None, "changes": None, **values, "fields": list(fields)})


async def let_it_fund(db: AsyncConnection, application_id: int) -> None:
    """Let the activity's funding line beside the plan say what the application's state says.

    Planned and withdrawn ones have none; one that is applied for or rejected the amount asked for,
    a granted one what was granted.
    """
    await db.execute(_FUND, {"id": application_id})


async def demand_reports(db: AsyncConnection, application_id: int, days: Sequence[date]) -> None:
    """Let these be the days of reports that are not sent; those that are sent stay."""
    values = {"id": application_id, "days": list(days)}
    await db.execute(_FORGET_REPORTS, values)
    await db.execute(_ADD_REPORTS, values)


async def mark_report(
    db: AsyncConnection, application_id: int, due_on: date, sent_on: date | None
) -> None:
    """Write when the report of that day was sent; None when it was not after all."""
    values = {"id": application_id, "due_on": due_on, "sent_on": sent_on}
    await db.execute(_MARK_REPORT, values)
