"""The command that writes every view the bot can show, for looking at: `samspel views`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.language import _, ngettext
from handlers.setup import stop

WRONG_USE = 2


def views(
    platform: Annotated[
        str, typer.Option(help=_("plattformen som vyerna ritas för: slack, teams"))
    ] = "slack",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help=_("tom mapp, eller en som ska skapas"))
    ] = None,
    seed: Annotated[int, typer.Option(help=_("samma tal ger samma filer"))] = 1,
) -> None:
    """Skriv varje vy som boten kan visa, en fil för var och en."""
    if platform.strip().lower() not in ("slack", "teams"):
        said = _(
            "Plattformen ”{word}” finns inte. Skriv --platform slack eller --platform teams.",
            word=platform,
        )
        stop(said, WRONG_USE)
    if out is None:
        stop(_("Skriv var vyerna ska hamna: --out DIR."), WRONG_USE)
    folder = _empty_folder(out)
    written = 0
    for name, view in _files(platform.strip().lower(), seed):
        said = json.dumps(view, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.json").write_text(said, encoding="utf-8", newline="\n")
        written += 1
    typer.echo(ngettext("{n} vy", "{n} vyer", written))


def _files(platform: str, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """A platform is imported only when its views are asked for."""
    if platform == "slack":
        from handlers.slack.specimens import slack_files

        return slack_files(seed)
    from handlers.teams.specimens import teams_files

    return teams_files(seed)


def _empty_folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            stop(_("Mappen {folder} är inte tom. Välj en ny mapp.", folder=out), WRONG_USE)
    except FileExistsError:
        stop(_("{folder} är ingen mapp.", folder=out), WRONG_USE)
    except OSError as error:
        why = error.strerror or type(error).__name__
        stop(_("Det går inte att skriva i {folder}: {why}", folder=out, why=why), WRONG_USE)
    return out
