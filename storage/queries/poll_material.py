"""The material of polls: who fetched it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_FETCHED = text("""
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
VALUES (:at, :person_id, :actor, 'export', 'poll', :poll_id, CAST(:files AS text[]), :source)
""")


async def write_poll_fetched(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write that somebody fetched a poll's material.

    `values`: at, person_id, actor, files (kinds of them), source, poll_id.
    """
    await db.execute(_FETCHED, dict(values))
