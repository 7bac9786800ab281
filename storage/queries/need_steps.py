"""Steps of needs: writing one with its audit line, and reading the history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.needs import FAMILY

_WRITE = text("""
WITH step AS (
  INSERT INTO need_steps (need_id, person_id, taken_at, kind, from_stage, to_stage, body, met_on,
    paragraph, record_number, reason, preparer_id, prepare_by, other_need_id, takes_back_id,
    changes, platform)
  VALUES (:need_id, :person_id, :taken_at, :kind, :from_stage, :to_stage, :body, :met_on,
    :paragraph, :record_number, :reason, :preparer_id, :prepare_by, :other_need_id,
    :takes_back_id, :changes, :platform)
  RETURNING id
), audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  VALUES (:taken_at, :person_id, 'person', :kind, 'need', :need_id, :fields, :platform)
)
SELECT id FROM step
""").bindparams(bindparam("changes", type_=JSONB(none_as_null=True)))

_EMPTY: Mapping[str, Any] = dict.fromkeys(
    (
        "from_stage",
        "to_stage",
        "body",
        "met_on",
        "paragraph",
        "record_number",
        "reason",
        "preparer_id",
        "prepare_by",
        "other_need_id",
        "takes_back_id",
        "changes",
    )
)

_STEPS = f"""
SELECT t.*, q.name AS person_name, p.name AS preparer_name, p.email AS preparer_email,
  EXISTS (SELECT FROM need_steps x WHERE x.takes_back_id = t.id) AS taken_back
FROM needs n CROSS JOIN {FAMILY} JOIN need_steps t ON t.need_id = ANY(family.ids)
JOIN people q ON q.id = t.person_id LEFT JOIN people p ON p.id = t.preparer_id
"""
_HISTORY = text(f"{_STEPS} WHERE n.id = :id ORDER BY t.id DESC LIMIT :most OFFSET :skip")
_LAST_MOVE = text(f"""
{_STEPS} WHERE n.id = :id AND t.need_id = :id AND t.kind = 'moved'
  AND NOT EXISTS (SELECT FROM need_steps x WHERE x.takes_back_id = t.id)
ORDER BY t.id DESC LIMIT 1
""")
_STOOD_SINCE = text("""
SELECT coalesce(max(t.taken_at), n.registered_at) FROM needs n
LEFT JOIN need_steps t ON t.need_id = n.id AND t.kind = 'moved' AND t.id < :step_id
  AND NOT EXISTS (SELECT FROM need_steps x WHERE x.takes_back_id = t.id)
WHERE n.id = :id GROUP BY n.id
""")


async def write_step(
    db: AsyncConnection, values: Mapping[str, Any], fields: Sequence[str] = ()
) -> int:
    """Write a step and its audit line, which names `fields`; the step's key.

    `values`: need_id, person_id, taken_at, kind, platform, and what else the step has.
    """
    found = await db.execute(_WRITE, {**_EMPTY, **values, "fields": list(fields)})
    return int(found.scalar_one())


async def history_of_need(
    db: AsyncConnection, need_id: int, most: int | None, skip: int
) -> Sequence[RowMapping]:
    """Steps of the need and of those merged into it, newest first; None: every one."""
    found = await db.execute(_HISTORY, {"id": need_id, "most": most, "skip": skip})
    return found.mappings().all()


async def last_move_that_stands(db: AsyncConnection, need_id: int) -> RowMapping | None:
    """The need's own latest move that nobody has taken back."""
    return (await db.execute(_LAST_MOVE, {"id": need_id})).mappings().one_or_none()


async def stood_since(db: AsyncConnection, need_id: int, step_id: int) -> datetime:
    """Since when the need was at the stage that the step took it from."""
    found = await db.execute(_STOOD_SINCE, {"id": need_id, "step_id": step_id})
    return found.scalar_one()
