"""A database of the sample plan, and what reports have written there."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import text

from bot.importing.adopt import adopt_plan
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.plan_file import import_plan
from handlers.web.channels import ensure_web_channels
from storage.database import Database

SAMPLES = Path("samples")

_WRITTEN = text("""
SELECT (SELECT count(*) FROM status_reports) AS reports,
  (SELECT count(*) FROM audit_lines WHERE thing = 'status_report') AS audit_lines,
  (SELECT count(*) FROM turns) AS turns,
  (SELECT count(*) FROM messages) AS messages,
  (SELECT coalesce(sum(wanted), 0)::bigint FROM posted_cards) AS cards_raised
""")


async def fill(url: str) -> None:
    """The sample plan, adopted, with its channels on the web."""
    database = Database(url)
    by = By("bench", date(2026, 1, 5), datetime.now(UTC))
    async with database.transaction() as db:
        await import_municipalities(db, SAMPLES / "municipalities.csv", by)
        await import_people(db, SAMPLES / "people.csv", by)
        await import_plan(db, SAMPLES / "aktivitetsplan-2026.csv", by)
        await adopt_plan(db, by, day=date(2026, 2, 20), paragraph="12")
        await ensure_web_channels(db, by.now)
    await database.close()


async def written(url: str) -> dict[str, int]:
    """How many rows of each kind the reports have written, and cards they raised."""
    database = Database(url)
    async with database.connection() as db:
        counted = (await db.execute(_WRITTEN)).mappings().one()
    await database.close()
    return dict(counted)
