"""What is chosen for digests: how often, which sections, pauses; one row for each audience."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import DigestSetting

_AUDIT = text("""
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
VALUES (:now, :person, 'person', 'chose', 'digest', :of, :fields, :platform)
""")


async def all_chosen(db: AsyncConnection) -> Sequence[RowMapping]:
    """Every audience's choices."""
    return (await db.execute(select(DigestSetting.__table__))).mappings().all()


async def chosen_for(db: AsyncConnection, audience: str) -> RowMapping | None:
    """One audience's choices; None when everything is as usual."""
    found = await db.execute(
        select(DigestSetting.__table__).where(DigestSetting.audience == audience)
    )
    return found.mappings().one_or_none()


async def choose(
    db: AsyncConnection,
    audience: str,
    values: Mapping[str, Any],
    *,
    of: int | None,
    person_id: int,
    now: datetime,
    platform: str,
) -> None:
    """Change those of the audience's choices, and write who did."""
    changed = {**values, "changed_by": person_id, "changed_at": now}
    await db.execute(
        insert(DigestSetting)
        .values(audience=audience, **changed)
        .on_conflict_do_update(index_elements=[DigestSetting.audience], set_=changed)
    )
    line = {"now": now, "person": person_id, "of": of or 0, "platform": platform}
    await db.execute(_AUDIT, {**line, "fields": sorted(values)})
