"""The direktion's adoption of the year's plan (charter 4.4: adopted, and revised yearly)."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.importing.directory import By
from storage.queries import imports as queries


class NoDraft(Exception):
    """There is no draft to adopt."""


async def adopt_plan(
    db: AsyncConnection, by: By, *, day: date, paragraph: str, year: int | None = None
) -> None:
    """Adopt the draft as a whole. NoDraft when there is none for `year`, or for any year."""
    draft, _adopted = await queries.plan_version(db, year)
    if draft is None:
        raise NoDraft
    await queries.write(
        db,
        "UPDATE plan_versions SET adopted_on = :day, paragraph = :paragraph WHERE id = :draft",
        day=day,
        paragraph=paragraph,
        draft=draft,
    )
    line = ("adopt", "plan_version", draft, ["adopted_on", "paragraph"])
    await queries.audit(db, [line], at=by.now, actor=by.actor)
