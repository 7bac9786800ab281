"""`samspel undelivered`: what did not arrive and why, and trying it again."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.clock import in_stockholm
from bot.language import _
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop
from storage.queries import undelivered as queries
from storage.queries.undelivered import Undelivered

NOT_THERE, WRONG_USE = 1, 2


def undelivered(
    retry: Annotated[
        str, typer.Option(help="försök igen: ett nummer ur listan, eller alla", metavar="NR|alla")
    ] = "",
) -> None:
    """Visa vad som inte har gått att leverera och varför, eller försök igen."""
    configure_log(read_settings())
    if not retry:
        _show(run(_listed()))
        return
    tried = run(_tried_again(retry))
    if not tried:
        stop(
            _(
                "{number} finns inte bland det olevererade, eller så är kanalen stängd.",
                number=retry,
            ),
            NOT_THERE,
        )
    print(_("{n} försöks igen av en bot som är igång.", n=tried))


def _show(rows: list[Undelivered]) -> None:
    if not rows:
        print(_("Allt är levererat."), file=sys.stderr)
        return
    table = Table(_("Nr"), _("Kanal"), _("Plattform"), _("Orsak"), _("Försök"), _("Senast"))
    for row in rows:
        channel = _("{name} (stängd)", name=row.conversation) if row.closed else row.conversation
        last = f"{in_stockholm(row.attempted_at):%Y-%m-%d %H:%M}" if row.attempted_at else "–"
        number = f"{row.kind}-{row.id}"
        table.add_row(number, channel, row.platform, row.cause, str(row.attempts), last)
    Console().print(table)


async def _listed() -> list[Undelivered]:
    async with open_configured_database(read_settings()) as database, database.connection() as db:
        return await queries.undelivered(db)


async def _tried_again(wanted: str) -> int:
    async with open_configured_database(read_settings()) as database, database.transaction() as db:
        if wanted == _("alla"):
            return await queries.retry_all(db)
        kind, _dash, number = wanted.partition("-")
        if kind not in ("message", "card") or not number.isdecimal():
            stop(_("Skriv numret som det står i listan, till exempel message-12."), WRONG_USE)
        return int(await queries.retry(db, kind, int(number)))
