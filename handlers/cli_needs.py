"""The command that measures how alike two needs must be: `samspel needs similarity`."""

import asyncio
import csv
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from bot.language import _
from bot.needs.similarity import THRESHOLD, Measured, Pair, likenesses, measured
from bot.settings import Settings
from handlers.setup import configure_log, read_settings, run, stop
from storage.database import Database
from storage.embedded import start_embedded

needs_app = typer.Typer(help="Behov: hur lika två är.", no_args_is_help=True)

COLUMNS = ("a", "b", "same")
STEPS = 20
"""From 0.00 to 1.00 by 0.05."""
UNREADABLE = 2


@needs_app.callback()
def _needs() -> None:
    """Behov: hur lika två är."""


@needs_app.command("similarity")
def similarity(
    file: Annotated[
        Path, typer.Argument(metavar="FIL", help="CSV med semikolon: a;b;same, same är 1 eller 0")
    ],
) -> None:
    """Mät hur väl likheten skiljer par som är samma behov från par som inte är det."""
    pairs = _read(file)
    configure_log(read_settings())
    alike = run(_likenesses(pairs))
    for step in range(STEPS + 1):
        typer.echo(_line(measured(pairs, alike, step / STEPS)))
    typer.echo(f"in force {_line(measured(pairs, alike, THRESHOLD))}")


def _line(one: Measured) -> str:
    return f"{one.threshold:.2f};{one.precision:.2f};{one.recall:.2f}"


async def _likenesses(pairs: Sequence[Pair]) -> list[float]:
    async with _any_database(read_settings()) as database, database.connection() as db:
        return await likenesses(db, pairs)


@asynccontextmanager
async def _any_database(settings: Settings) -> AsyncGenerator[Database]:
    """The configured server for its Swedish dictionary; no table is needed, so none is made."""
    server = None
    if settings.database_url is None:
        server = await asyncio.to_thread(start_embedded, settings.var / "postgres")
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    database = Database(server.url if server else url, pool_size=settings.database_pool)
    try:
        await database.check()
        yield database
    finally:
        await database.close()
        if server is not None:
            await asyncio.to_thread(server.stop)


def _read(file: Path) -> list[Pair]:
    """The file's pairs; tells what is wrong with it and stops when it cannot be read."""
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        stop(_("Filen {file} går inte att läsa. Spara den som CSV i UTF-8.", file=file), UNREADABLE)
    reader = csv.reader(StringIO(content, newline=""), delimiter=";", strict=True)
    try:
        if tuple(name.strip() for name in next(reader, ())) != COLUMNS:
            stop(_("Filen {file} ska ha kolumnerna a;b;same.", file=file), UNREADABLE)
        pairs = [_pair(reader.line_num, row) for row in reader if any(map(str.strip, row))]
    except csv.Error:
        stop(_("Rad {row}: går inte att läsa.", row=reader.line_num), UNREADABLE)
    if not pairs:
        stop(_("Filen {file} har inga par.", file=file), UNREADABLE)
    return pairs


def _pair(number: int, row: Sequence[str]) -> Pair:
    if len(row) != len(COLUMNS):
        stop(_("Rad {row}: ska ha tre kolumner, a;b;same.", row=number), UNREADABLE)
    a, b, same = (cell.strip() for cell in row)
    if not a or not b:
        stop(_("Rad {row}: a och b måste ha text.", row=number), UNREADABLE)
    if same not in ("0", "1"):
        stop(
            _("Rad {row}: same ska vara 1 eller 0, inte ”{value}”.", row=number, value=same),
            UNREADABLE,
        )
    return Pair(a, b, same == "1")
