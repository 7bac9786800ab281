"""The command line's imports, the plan's adoption, and the demo data."""

import getpass
import sys
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm, wall_clock
from bot.demo import NotEmpty, fill_demo
from bot.importing.adopt import NoDraft, adopt_plan
from bot.importing.cells import read_date
from bot.importing.costs import NobodyAnswers, import_costs
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.meetings import import_meetings
from bot.importing.outcome import Outcome, Unreadable
from bot.importing.plan_file import import_plan
from bot.language import _
from bot.paragraphs import read_paragraph
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop
from handlers.web.channels import ensure_web_channels
from storage.queries.imports import is_demo, one_import_at_a_time
from storage.queries.letters import ensure_mail_places

import_app = typer.Typer(help="Läs in register, plan och möten från fil.", no_args_is_help=True)
plan_app = typer.Typer(help="Tids- och aktivitetsplanen.", no_args_is_help=True)
demo_app = typer.Typer(help="Påhittade uppgifter att prova med.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FIL", help="CSV med semikolon, eller .xlsx")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="visa vad som skulle ändras, ändra inget")]
Work = Callable[[AsyncConnection, By], Awaitable[Outcome]]


class _NothingKept(Exception):
    """Leaves the transaction without keeping anything."""


@import_app.command("municipalities")
def municipalities(file: File, dry_run: DryRun = False) -> None:
    """Kommuner med folkmängd: code;name;population;population_date."""
    _import(lambda db, by: import_municipalities(db, file, by), dry_run, None)


@import_app.command("people")
def people(
    file: File,
    dry_run: DryRun = False,
    from_date: Annotated[str, typer.Option("--from", help="första dagen det gäller")] = "",
) -> None:
    """Personer med organisation, roller, nätverk och mandat."""
    _import(lambda db, by: import_people(db, file, by), dry_run, _day(from_date, "--from"))


@import_app.command("plan")
def plan(
    file: File,
    dry_run: DryRun = False,
    keep: Annotated[
        Literal["chat", "file"] | None,
        typer.Option(help="vad som gäller där både filen och chatten har ändrat"),
    ] = None,
    year: Annotated[int | None, typer.Option(min=2000, max=2200, help="planens år")] = None,
) -> None:
    """Tids- och aktivitetsplanen: skriver årets utkast."""
    _import(lambda db, by: import_plan(db, file, by, year=year, keep=keep), dry_run, None)


@import_app.command("meetings")
def meetings(file: File, dry_run: DryRun = False) -> None:
    """Organens möten: Organ;Datum;Tid;Plats;Handlingar senast;Typ."""
    _import(lambda db, by: import_meetings(db, file, by), dry_run, None)


@import_app.command("costs")
def costs(
    file: File,
    by_email: Annotated[
        str,
        typer.Option("--by", help="adressen till den chef eller medarbetare som svarar för dem"),
    ],
    dry_run: DryRun = False,
) -> None:
    """Vad något har kostat: Kod;Datum;Belopp;Text;Verifikat. Samma verifikat räknas en gång."""

    async def work(db: AsyncConnection, by: By) -> Outcome:
        try:
            return await import_costs(db, file, by, by_email)
        except NobodyAnswers:
            stop(
                _(
                    "{email} är varken chef eller medarbetare i katalogen. Kostnader läses in av "
                    "någon som svarar för dem.",
                    email=by_email,
                ),
                2,
            )

    _import(work, dry_run, None)


def _day(words: str, option: str) -> date | None:
    if not words:
        return None
    try:
        return read_date(words)
    except ValueError:
        stop(_("{option} {words}: skriv ett datum som 2026-02-28.", option=option, words=words), 2)


def _import(work: Work, dry_run: bool, day: date | None) -> None:
    configure_log(read_settings())
    outcome = run(_imported(work, dry_run, day))
    for line in () if outcome.faults else outcome.lines:
        print(line)
    for fault in sorted(outcome.faults, key=lambda each: each.row):
        print(fault.line(), file=sys.stderr)
    if outcome.conflicts and not outcome.settled:
        said = _("Inget är inläst. Välj vad som ska gälla: --keep chat eller --keep file.")
        print(said, file=sys.stderr)
    print((Outcome() if outcome.faults else outcome).counts())
    raise SystemExit(0 if outcome.may_be_kept else 1)


async def _imported(work: Work, dry_run: bool, day: date | None) -> Outcome:
    now = wall_clock()
    outcome = Outcome()
    by = By(getpass.getuser(), day or in_stockholm(now).date(), now)
    async with open_configured_database(read_settings()) as database:
        try:
            with Console(stderr=True).status(_("Läser in …")):
                async with database.transaction() as db:
                    await one_import_at_a_time(db)
                    if await is_demo(db):
                        stop(_refused_demo(), 2)
                    outcome = await work(db, by)
                    if dry_run or not outcome.may_be_kept:
                        raise _NothingKept  # noqa: TRY301 - this is how a transaction is left
                    await ensure_web_channels(db, now)
                    await ensure_mail_places(db, today=in_stockholm(now).date(), now=now)
        except _NothingKept:
            pass
        except Unreadable as error:
            stop(str(error), 2)
    return outcome


def _refused_demo() -> str:
    return _(
        "Databasen har påhittade demouppgifter, så inget läses in. Ställ in "
        "SAMSPEL_DATABASE_URL till en egen databas, eller töm mappen ./var först."
    )


@plan_app.command("adopt")
def adopt(
    date_: Annotated[str, typer.Option("--date", help="dagen för direktionens beslut")],
    paragraph: Annotated[str, typer.Option(help="paragrafen i protokollet")],
    year: Annotated[int | None, typer.Option(min=2000, max=2200, help="planens år")] = None,
) -> None:
    """Fastställ årets utkast, som direktionen har beslutat."""
    day = _day(date_, "--date")
    if day is None or not paragraph.strip():
        stop(_("Ange både dag och paragraf: --date 2026-02-20 --paragraph 12"), 2)
    configure_log(read_settings())
    number = read_paragraph(paragraph)
    run(_adopted(day, number, year))
    print(_("Planen är fastställd {day}, § {paragraph}.", day=day, paragraph=number))


async def _adopted(day: date, paragraph: str, year: int | None) -> None:
    now = wall_clock()
    async with open_configured_database(read_settings()) as database:
        try:
            async with database.transaction() as db:
                by = By(getpass.getuser(), day, now)
                await adopt_plan(db, by, day=day, paragraph=paragraph, year=year)
        except NoDraft:
            stop(_("Det finns inget utkast att fastställa. Läs in en plan först."))


@demo_app.command("fill")
def fill() -> None:
    """Fyll en tom databas med exempelplanen och ett påhittat kvartal av rapporter."""
    configure_log(read_settings())
    run(_filled(wall_clock()))
    print(_("Databasen är fylld med exempelplanen och påhittade rapporter."))


async def _filled(now: datetime) -> None:
    async with open_configured_database(read_settings()) as database:
        with Console(stderr=True).status(_("Fyller …")):
            try:
                async with database.transaction() as db:
                    await fill_demo(db, now, ensure_web_channels)
            except NotEmpty:
                stop(_("Databasen är inte tom. Demouppgifter läggs bara i en tom databas."))
