"""The command line: `samspel`."""

import asyncio
import getpass
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from bot.clock import wall_clock
from bot.demo import fill_demo, is_empty
from bot.language import _
from bot.settings import Settings
from handlers.checks import Check
from handlers.cli_digest import digest, run_due
from handlers.cli_doctor import doctor
from handlers.cli_export import export_app
from handlers.cli_import import demo_app, import_app, plan_app
from handlers.cli_needs import needs_app
from handlers.cli_questions import ask, questions_app
from handlers.cli_slack import manifest_app, secrets_app, slack_app
from handlers.cli_teams import manifest_teams
from handlers.cli_undelivered import undelivered
from handlers.cli_views import views
from handlers.serving import PortTaken, listening_socket, serve
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop
from handlers.web.channels import ensure_web_channels
from handlers.web.sign_in import NobodyThere, make_sign_in_link
from storage.database import Database
from storage.migrate import upgrade

NARROW = 110
"""Columns of a terminal; in fewer, a table of settings would break its words apart."""

app = typer.Typer(
    name="samspel",
    help="Samspel: chattboten för gemensamt arbete mellan kommuner.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
db_app = typer.Typer(help="Databasen.", no_args_is_help=True)
app.add_typer(db_app, name="db")
app.add_typer(import_app, name="import")
app.add_typer(plan_app, name="plan")
app.add_typer(demo_app, name="demo")
app.add_typer(needs_app, name="needs")
app.add_typer(questions_app, name="questions")
app.add_typer(export_app, name="export")
app.add_typer(slack_app, name="slack")
app.add_typer(manifest_app, name="manifest")
app.add_typer(secrets_app, name="secrets")
manifest_app.command("teams")(manifest_teams)
app.command("doctor")(doctor)
app.command("ask")(ask)
app.command("digest")(digest)
app.command("run-due")(run_due)
app.command("undelivered")(undelivered)
app.command("views")(views)


@app.command("start")
def start_command() -> None:
    """Prova Samspel: inbyggd databas, exempelplan och webbchatt."""
    settings = read_settings()
    configure_log(settings)
    run(_start(settings))


async def _start(settings: Settings) -> None:
    _say_what_is_missing(settings)
    try:
        listening = listening_socket(settings.host, settings.port, or_next=True)
    except PortTaken as error:
        stop(str(error))
    port = listening.getsockname()[1]
    if settings.port and port != settings.port:
        print(
            _("Port {taken} är upptagen; Samspel tar {port}.", taken=settings.port, port=port),
            file=sys.stderr,
        )
    async with open_configured_database(settings) as database:
        if settings.database_url is None and settings.demo:
            await _fill_if_empty(database)
        await serve(settings, database, wall_clock, listening, browse=True)


async def _fill_if_empty(database: Database) -> None:
    async with database.transaction() as db:
        if not await is_empty(db):
            return
        print(_("Fyller databasen med exempelplanen …"), file=sys.stderr)
        await fill_demo(db, wall_clock(), ensure_web_channels)


@app.command("serve")
def serve_command() -> None:
    """Kör boten mot den databas som är inställd."""
    settings = read_settings()
    configure_log(settings)
    run(_serve(settings))


async def _serve(settings: Settings) -> None:
    _say_what_is_missing(settings)
    try:
        listening = listening_socket(settings.host, settings.port, or_next=False)
    except PortTaken as error:
        stop(str(error))
    async with open_configured_database(settings) as database:
        await serve(settings, database, wall_clock, listening)


def _say_what_is_missing(settings: Settings) -> None:
    """Tell at the start, in plain words, why nobody would be let in from Slack or Teams."""
    if settings.role == "worker":
        return
    found: list[Check] = []
    if settings.slack_is_connected:
        from handlers.slack.check_settings import check_settings as check_slack_settings

        found += [each for each in check_slack_settings(settings) if each.level == "fel"]
    if settings.teams_is_connected:
        from handlers.teams.check_settings import check_settings as check_teams_settings

        found += [each for each in check_teams_settings(settings) if each.level != "ok"]
    for check in found:
        print(check.line(), file=sys.stderr)


@db_app.command("upgrade")
def upgrade_command() -> None:
    """Skapa eller uppdatera databasens tabeller."""
    settings = read_settings()
    configure_log(settings)
    run(_upgrade(settings))


async def _upgrade(settings: Settings) -> None:
    if settings.database_url is None:
        async with open_configured_database(settings):
            print(_("Databasen är uppdaterad."))
        return
    url = settings.database_url.get_secret_value()
    owner = settings.database_owner_url
    database = Database(owner.get_secret_value() if owner else url)
    try:
        await database.check()
    finally:
        await database.close()
    await asyncio.to_thread(
        upgrade,
        url,
        federation=settings.federation,
        owner_url=owner.get_secret_value() if owner else None,
    )
    print(_("Databasen är uppdaterad."))


@app.command("settings")
def settings_command() -> None:
    """Visa alla inställningar, deras förval och vad som gäller nu."""
    settings = read_settings()
    console = Console()
    rows = [
        (
            name.upper(),
            _shown(getattr(settings, name)),
            _shown(field.get_default(call_default_factory=True)),
            field.description,
        )
        for name, field in Settings.model_fields.items()
    ]
    if console.width < NARROW:
        for name, now, default, meaning in rows:
            print(f"SAMSPEL_{name}={now}")
            print(_("    Förval: {default}. {meaning}", default=default, meaning=meaning or ""))
        return
    table = Table(
        Column("SAMSPEL_", no_wrap=True),
        Column(_("Gäller"), overflow="fold"),
        Column(_("Förval"), overflow="fold"),
        Column(_("Betydelse"), overflow="fold"),
    )
    for row in rows:
        table.add_row(*(Text(cell or "") for cell in row))
    console.print(table)


def _shown(value: object) -> str:
    return "–" if value is None else str(value)


@app.command("sign-in-link")
def sign_in_link_command(
    email: Annotated[str, typer.Argument(metavar="E-MAIL", help="adress i katalogen")],
) -> None:
    """Skriv ut en länk som loggar in personen en gång inom 15 minuter."""
    settings = read_settings()
    configure_log(settings)
    run(_sign_in_link(settings, email))


async def _sign_in_link(settings: Settings, email: str) -> None:
    base = settings.public_url or f"http://localhost:{settings.port}"
    async with open_configured_database(settings) as database, database.transaction() as db:
        try:
            token = await make_sign_in_link(db, email, wall_clock(), getpass.getuser())
        except NobodyThere:
            stop(_("Ingen i katalogen har adressen {email}.", email=email))
    print(f"{base.rstrip('/')}/logga-in/lank/{token}")


def main() -> None:
    """Run the command line."""
    app()
