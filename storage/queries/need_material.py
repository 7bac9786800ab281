"""The material of needs: which fields its template names, and who fetched it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

_FIELDS = text("SELECT value -> 'fields' AS fields FROM marks WHERE name = 'need_template'")
_KEEP = text("""
INSERT INTO marks (name, value) VALUES ('need_template', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
""").bindparams(bindparam("value", type_=JSONB))

_FETCHED = text("""
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :at, :person_id, :actor, 'export', 'need', need_id, CAST(:files AS text[]), :source
FROM unnest(CAST(:need_ids AS bigint[])) need_id
""")


async def fields_of_template(db: AsyncConnection) -> list[str] | None:
    """Names of the fields, in order; None while no template of the organisation's own was used."""
    return await db.scalar(_FIELDS)


async def keep_fields_of_template(db: AsyncConnection, names: Sequence[str]) -> None:
    """Keep them."""
    await db.execute(_KEEP, {"value": {"fields": list(names)}})


async def write_fetched(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write of each need that somebody fetched its material.

    `values`: at, person_id, actor, files (kinds of them), source, need_ids.
    """
    await db.execute(_FETCHED, dict(values))
