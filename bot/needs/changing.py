"""What every change of a need stands on: held, read again, judged, and written with its step."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.need import Need
from bot.needs.reading import need_by_id
from storage.queries.need_changes import change_need
from storage.queries.need_steps import write_step
from storage.queries.needs import lock_needs


class NotYours(Exception):
    """The person may not do that with the need."""


class NotPossible(Exception):
    """The rules forbid it from where the need is now; `need` is as it was read when held."""

    def __init__(self, need: Need) -> None:
        super().__init__(f"need {need.id}")
        self.need = need


class Incomplete(Exception):
    """What the record of a step asks for is missing: names of `Move`'s fields."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = tuple(fields)


async def held(db: AsyncConnection, *needs: Need) -> tuple[Need, ...]:
    """The needs as they are now, held until the transaction ends."""
    await lock_needs(db, [need.id for need in needs])
    found = [await need_by_id(db, need.id) for need in needs]
    return tuple(need for need in found if need is not None)


async def written(
    db: AsyncConnection,
    by: By,
    need: Need,
    kind: str,
    *,
    values: Mapping[str, Any] | None = None,
    step: Mapping[str, Any] | None = None,
) -> Need:
    """Write columns of the need and the step that changed them; the need as it is then."""
    await change_need(db, need.id, values or {})
    await stepped(db, by, need.id, kind, step or {}, fields=sorted(values or {}))
    now = await need_by_id(db, need.id)
    return now if now is not None else need


async def stepped(
    db: AsyncConnection,
    by: By,
    need_id: int,
    kind: str,
    step: Mapping[str, Any],
    fields: Sequence[str] = (),
) -> None:
    """Write a step and its audit line."""
    values = {
        "need_id": need_id,
        "person_id": by.person.id,
        "taken_at": by.now,
        "kind": kind,
        "platform": by.platform,
        **step,
    }
    await write_step(db, values, fields)
