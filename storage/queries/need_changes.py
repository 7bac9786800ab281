"""Writing what stands of a need: its words, its stage and its marks."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Need, NeedMunicipality

_FORGET_MUNICIPALITIES = text("DELETE FROM need_municipalities WHERE need_id = :need_id")


async def add_need(
    db: AsyncConnection, values: Mapping[str, Any], municipalities: Sequence[int]
) -> int:
    """Write a new need and whom it is about; its number."""
    found = await db.execute(insert(Need).values(**values).returning(Need.id))
    need_id = found.scalar_one()
    await _write_municipalities(db, need_id, municipalities)
    return need_id


async def change_need(
    db: AsyncConnection,
    need_id: int,
    values: Mapping[str, Any],
    municipalities: Sequence[int] | None = None,
) -> None:
    """Write the changed columns, and whom it is about when that is given."""
    if values:
        await db.execute(update(Need).where(Need.id == need_id).values(**values))
    if municipalities is not None:
        await db.execute(_FORGET_MUNICIPALITIES, {"need_id": need_id})
        await _write_municipalities(db, need_id, municipalities)


async def _write_municipalities(
    db: AsyncConnection, need_id: int, municipalities: Sequence[int]
) -> None:
    if municipalities:
        rows = [{"need_id": need_id, "organisation_id": one} for one in municipalities]
        await db.execute(insert(NeedMunicipality).values(rows))
