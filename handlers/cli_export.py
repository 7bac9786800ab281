"""The commands that write files: `samspel export needs`, `need-template`, `poll` and `budget`."""

import getpass
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.clock import in_stockholm, wall_clock
from bot.documents.need_values import Matter
from bot.language import _
from bot.needs.material import Field, field_named, missing, remember_fields, wanted_fields
from bot.needs.need import Need
from bot.needs.stages import Stage
from bot.plan import Plan, PlanInMemory
from handlers.cli_money import budget
from handlers.cli_polls import poll
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop

export_app = typer.Typer(help="Skriv filer ur det som är registrerat.", no_args_is_help=True)
export_app.command("poll")(poll)
export_app.command("budget")(budget)

NOTHING_THERE, WRONG_USE = 1, 2
STAGES = ", ".join(stage.value for stage in Stage)


@export_app.command("needs")
def needs(
    stage: Annotated[str, typer.Option(help=f"behovens läge: {STAGES}")],
    format_: Annotated[
        Literal["word", "excel", "both"], typer.Option("--format", help="vilka filer")
    ] = "both",
    out: Annotated[Path, typer.Option(help="mapp att skriva i")] = Path(),
    template: Annotated[
        Path | None, typer.Option(help="egen mall (.docx); annars SAMSPEL_NEED_TEMPLATE")
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask/--no-ask", help="be handläggaren om det som saknas, i chatten")
    ] = True,
) -> None:
    """Gör underlag till ett möte: en tjänsteskrivelse per behov, och en lista i Excel."""
    wanted = _stage(stage)
    settings = read_settings()
    configure_log(settings)
    content = _template(template or settings.need_template)
    now = wall_clock()
    kinds = ("word", "excel") if format_ == "both" else (format_,)
    found = run(_gathered(wanted, content, now, kinds, ask=ask, in_force=template is None))
    plan, matters, fields, asked = found
    if not matters:
        stop(_("Inga behov har läget {stage}.", stage=wanted.value), NOTHING_THERE)
    _write(matters, content, wanted, plan, now, out, format_)
    for matter in matters:
        _tell_missing(matter, fields, asked)


def _stage(word: str) -> Stage:
    found = next((each for each in Stage if each.value == word.strip().lower()), None)
    if found is None:
        stop(
            _("Läget ”{word}” finns inte. Välj bland: {stages}.", word=word, stages=STAGES),
            WRONG_USE,
        )
    return found


def _template(path: Path | None) -> bytes:
    # Imported at first use: what makes documents weighs 50 MB.
    from bot.documents.need_template import TemplateUnusable, read_template

    try:
        return read_template(path)
    except TemplateUnusable as error:
        stop(
            _(
                "Mallen {file} går inte att använda: {detail}. Gör en ny med "
                "samspel export need-template, och ändra i den.",
                file=path or "",
                detail=error.detail,
            ),
            WRONG_USE,
        )


async def _gathered(
    stage: Stage,
    template: bytes,
    now: datetime,
    kinds: Sequence[str],
    *,
    ask: bool,
    in_force: bool,
) -> tuple[Plan, Sequence[Matter], tuple[Field, ...], list[Need]]:
    """What is written to files; `in_force`: the template is the one that chat asks by."""
    from bot.documents.need_matters import Fetched, ask_for_missing, matters_at, write_fetched
    from bot.documents.need_template import fields_in

    names = fields_in(template)
    fields = tuple(field_named(name) for name in names)
    async with open_configured_database(read_settings()) as database, database.transaction() as db:
        plan = await PlanInMemory().now(db)
        matters = await matters_at(db, stage, in_stockholm(now).date())
        if in_force:
            await remember_fields(db, names)
        await write_fetched(db, matters, Fetched(None, getpass.getuser(), now, "cli"), kinds)
        # The form in chat holds the fields of the template in force, and no others.
        known = await wanted_fields(db)
        askable = [each for each in fields if each in known]
        asked = await ask_for_missing(db, plan, matters, askable, now) if ask else []
    return plan, matters, fields, asked


def _write(
    matters: Sequence[Matter],
    template: bytes,
    stage: Stage,
    plan: Plan,
    now: datetime,
    out: Path,
    wanted: str,
) -> None:
    from bot.documents.need_files import excel_file, word_files
    from bot.documents.need_template import TemplateUnusable

    today = in_stockholm(now).date()
    try:
        files = list(word_files(matters, template, plan, today)) if wanted != "excel" else []
        if wanted != "word":
            files.append(excel_file(matters, template, stage.value, plan, today))
        out.mkdir(parents=True, exist_ok=True)
        for each in files:
            (out / each.name).write_bytes(each.content)
            typer.echo(str(out / each.name))
    except TemplateUnusable as error:
        stop(_("Mallen går inte att fylla i: {detail}.", detail=error.detail), WRONG_USE)
    except OSError as error:
        stop(_("Det går inte att skriva i {folder}: {why}.", folder=out, why=error.strerror or ""))


def _tell_missing(matter: Matter, fields: Sequence[Field], asked: Sequence[Need]) -> None:
    left = missing(fields, matter.texts)
    if not left:
        return
    said = _(
        "Behov {number}: {fields} saknas.",
        number=matter.need.id,
        fields=", ".join(each.label for each in left),
    )
    if any(each.id == matter.need.id for each in asked):
        said += " " + _("Jag har bett om det i chatten.")
    typer.echo(said, err=True)


@export_app.command("need-template")
def need_template(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Word-fil att skriva (.docx)")],
) -> None:
    """Skriv den vanliga mallen till en fil, att ändra i och peka ut med SAMSPEL_NEED_TEMPLATE."""
    from bot.documents.need_template import usual_template

    if file.exists():
        stop(_("Filen {file} finns redan. Välj ett annat namn.", file=file), WRONG_USE)
    try:
        file.write_bytes(usual_template())
    except OSError as error:
        stop(_("Det går inte att skriva {file}: {why}.", file=file, why=error.strerror or ""))
    typer.echo(str(file))
