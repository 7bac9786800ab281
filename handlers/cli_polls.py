"""`samspel export poll`: the material of a poll as Word and Excel."""

import getpass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.clock import in_stockholm, wall_clock
from bot.language import _
from bot.plan import Plan, PlanInMemory
from bot.polls.reading import poll_by_number
from bot.polls.seen import Seen, seen_by
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop
from storage.queries.poll_material import write_poll_fetched

NOTHING_THERE = 1


def poll(
    number: Annotated[int, typer.Argument(metavar="NUMMER", help="omröstningens nummer")],
    format_: Annotated[
        Literal["word", "excel", "both"], typer.Option("--format", help="vilka filer")
    ] = "both",
    out: Annotated[Path, typer.Option("--out", "--to", help="mapp att skriva i")] = Path(),
) -> None:
    """Gör underlag om en omröstning; det som omröstningen döljer är inte med."""
    configure_log(read_settings())
    now = wall_clock()
    kinds = [kind for kind in ("word", "excel") if format_ in (kind, "both")]
    found = run(_gathered(number, kinds, now))
    if found is None:
        stop(_("Omröstning {number} finns inte.", number=number), NOTHING_THERE)
    _write(*found, now, out, kinds)


async def _gathered(number: int, kinds: list[str], now: datetime) -> tuple[Seen, Plan] | None:
    """What everybody may see of the poll; kept that somebody took it as files."""
    async with open_configured_database(read_settings()) as database, database.transaction() as db:
        found = await poll_by_number(db, number) if 0 < number < 2**63 else None
        if found is None:
            return None
        fetched = {"at": now, "person_id": None, "actor": getpass.getuser(), "source": "cli"}
        await write_poll_fetched(db, {**fetched, "files": kinds, "poll_id": found.id})
        plan = await PlanInMemory().now(db)
        return await seen_by(db, found, (), in_stockholm(now).date()), plan


def _write(seen: Seen, plan: Plan, now: datetime, out: Path, kinds: list[str]) -> None:
    # Imported at first use: what makes documents weighs 50 MB.
    from bot.documents.poll_files import excel_file, word_file

    makers = {"word": word_file, "excel": excel_file}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for made in (makers[kind](seen, plan, now) for kind in kinds):
            (out / made.name).write_bytes(made.content)
            typer.echo(str(out / made.name))
    except OSError as error:
        stop(_("Det går inte att skriva i {folder}: {why}.", folder=out, why=error.strerror or ""))
