"""`samspel manifest teams`: what is uploaded in Teams, for each connection."""

import re
from pathlib import Path
from typing import Annotated

import typer

from bot.conversations.listed import all_conversations
from bot.language import _
from bot.settings import Settings, TeamsConnection
from handlers.setup import read_settings, stop

# What Teams needs is imported by the command that uses it: the rest start sooner.


def manifest_teams(
    connection: Annotated[
        str, typer.Option(metavar="NAMN", help="anslutningens namn; behövs när de är flera")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FIL.zip", help="ny fil, förval samspel-NAMN.zip")
    ] = None,
    app_version: Annotated[
        str,
        typer.Option("--version", metavar="X.Y.Z", help="när Teams redan har Samspels version"),
    ] = "",
) -> None:
    """Skriv appens paket (.zip), att ladda upp i Teams administrationscenter."""
    from handlers.teams.manifest import NoPublicAddress
    from handlers.teams.package import app_package

    settings = read_settings()
    if app_version and not re.fullmatch(r"\d+\.\d+\.\d+", app_version):
        stop(_("Skriv versionen som tre tal, till exempel --version 1.2.3."))
    wanted = _connection(settings, connection)
    path = out or Path(f"samspel-{wanted.name}.zip")
    try:
        package = app_package(all_conversations(), settings, wanted, app_version)
    except NoPublicAddress as problem:
        stop(str(problem))
    _write(path, package)
    print(
        _(
            "{file} är skriven. Ladda upp den i Teams administrationscenter "
            "(admin.teams.microsoft.com): Teams-appar, Hantera appar, Åtgärder, Ladda upp ny app.",
            file=path,
        )
    )


def _connection(settings: Settings, name: str) -> TeamsConnection:
    known = {each.name: each for each in settings.teams_connections}
    if not known:
        stop(_("Ingen anslutning till Teams är inställd. Sätt SAMSPEL_TEAMS_CONNECTIONS."))
    if not name and len(known) == 1:
        return settings.teams_connections[0]
    if name not in known:
        stop(_("Skriv --connection med något av namnen {names}.", names=", ".join(known)))
    return known[name]


def _write(path: Path, package: bytes) -> None:
    """Never over a file that is there: somebody may have uploaded that one."""
    try:
        with path.open("xb") as file:
            file.write(package)
    except FileExistsError:
        stop(_("{file} finns redan. Välj ett annat namn med --out.", file=path))
    except OSError as error:
        stop(_("{file} går inte att skriva: {error}", file=path, error=error.strerror))
