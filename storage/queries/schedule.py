"""Which due things are done: one row each, and whoever writes it does the thing."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import DueDone


async def is_done(db: AsyncConnection, kind: str, audience: str, period: str) -> bool:
    """Whether the thing is done, as far as others have committed."""
    found = await db.scalar(
        select(
            exists().where(
                DueDone.kind == kind, DueDone.audience == audience, DueDone.period == period
            )
        )
    )
    return bool(found)


async def claim(db: AsyncConnection, kind: str, audience: str, period: str, now: datetime) -> bool:
    """Take the thing on, in this transaction; False when somebody has done it.

    Waits for another bot that is at it, and gets it when that one fails.
    """
    written = await db.execute(
        insert(DueDone)
        .values(kind=kind, audience=audience, period=period, done_at=now)
        .on_conflict_do_nothing()
        .returning(DueDone.period)
    )
    return written.first() is not None
