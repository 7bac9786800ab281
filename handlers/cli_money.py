"""The command that writes the year's project budget: `samspel export budget`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import in_stockholm, wall_clock
from bot.language import _
from bot.plan import PlanInMemory
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop


def budget(
    year: Annotated[
        int | None, typer.Option(min=2000, max=2200, help="budgetens år; annars i år")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="fil att skriva (.xlsx); annars efter året")
    ] = None,
) -> None:
    """Skriv årets projektbudget: kostnader för resurser och aktiviteter, och vem som betalar."""
    configure_log(read_settings())
    now = wall_clock()
    wanted = year or in_stockholm(now).year
    file = to or Path(f"projektbudget-{wanted}.xlsx")
    content = run(_made(wanted, now))
    try:
        file.write_bytes(content)
    except OSError as error:
        stop(_("Det går inte att skriva {file}: {why}.", file=file, why=error.strerror or ""))
    typer.echo(str(file))


async def _made(year: int, now: datetime) -> bytes:
    # Imported at first use: what makes documents weighs 50 MB.
    from bot.documents.budget_sheet import budget_workbook, gather_budget

    async with open_configured_database(read_settings()) as database, database.connection() as db:
        plan = await PlanInMemory().now(db)
        return budget_workbook(await gather_budget(db, plan, year, in_stockholm(now).date()))
