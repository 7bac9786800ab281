"""`samspel slack`, `samspel manifest` and `samspel secrets`: setting up in Slack."""

import getpass
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import wall_clock
from bot.conversations.listed import all_conversations
from bot.language import _, ngettext, speaking
from bot.settings import Settings
from bot.tokens import hashed, new_secret
from handlers.setup import configure_log, open_configured_database, read_settings, run, stop
from handlers.slack.ids import PLATFORM, Language, Mode
from storage.database import Database
from storage.queries.installations import make_install_link

if TYPE_CHECKING:
    from handlers.slack.oauth import OAuthApp

# What Slack and its secrets need is imported by the commands that use it: the rest start sooner.

LINK_MINUTES = 15

slack_app = typer.Typer(help="Slack: installation i flera arbetsytor.", no_args_is_help=True)
manifest_app = typer.Typer(help="Appens manifest för en chattplattform.", no_args_is_help=True)
secrets_app = typer.Typer(help="Nycklar som krypterar hemligheter.", no_args_is_help=True)


@slack_app.command("install-link")
def install_link_command() -> None:
    """Skriv ut en länk som installerar Samspel i en arbetsyta, en gång inom 15 minuter."""
    from handlers.secret_keys import KeyProblem, SecretKeys
    from handlers.slack.oauth import oauth_app

    settings = read_settings()
    configure_log(settings)
    app = oauth_app(settings)
    if app is None:
        stop(
            _(
                "För att installera i flera arbetsytor behövs SAMSPEL_SLACK_CLIENT_ID, "
                "SAMSPEL_SLACK_CLIENT_SECRET och SAMSPEL_PUBLIC_URL."
            )
        )
    try:
        SecretKeys(settings).seal(b"")
    except KeyProblem as problem:
        stop(str(problem))
    print(run(_install_link(settings, app)))


async def _install_link(settings: Settings, app: "OAuthApp") -> str:
    async with open_configured_database(settings) as database:
        return await install_link(database, app, getpass.getuser(), wall_clock())


async def install_link(database: Database, app: "OAuthApp", made_by: str, now: datetime) -> str:
    """A one-time link to install by, audited as that user's; only its hash is kept."""
    from handlers.slack.install_pages import INSTALL_PATH

    token = new_secret()
    async with database.transaction() as db:
        await make_install_link(
            db,
            PLATFORM,
            token_hash=hashed(token),
            made_by=made_by,
            now=now,
            expires_at=now + timedelta(minutes=LINK_MINUTES),
        )
    return f"{app.public_url}{INSTALL_PATH}/{token}"


@manifest_app.command("slack")
def manifest_command(
    mode: Annotated[Mode, typer.Option(help="hur Slack når boten")] = "http",
    language: Annotated[Language, typer.Option(help="språk i menyer och beskrivningar")] = "sv",
) -> None:
    """Skriv ut Slacks manifest som JSON, att klistra in när appen skapas eller ändras."""
    from handlers.slack.manifest import NoPublicAddress, manifest

    settings = read_settings()
    try:
        with speaking(language):
            made = manifest(all_conversations(), settings, mode)
    except NoPublicAddress as problem:
        stop(str(problem))
    print(json.dumps(made, ensure_ascii=False, indent=2))


@secrets_app.command("new-key")
def new_key_command() -> None:
    """Skriv ut en ny nyckel för SAMSPEL_SECRET_KEYS."""
    from handlers.secret_keys import new_key

    print(new_key())


@secrets_app.command("rotate")
def rotate_command() -> None:
    """Kryptera det som är hemligt på nytt, med den första nyckeln i SAMSPEL_SECRET_KEYS."""
    from handlers.secret_keys import KeyProblem

    settings = read_settings()
    configure_log(settings)
    try:
        anew = run(_rotate(settings))
    except KeyProblem as problem:
        stop(str(problem))
    print(
        ngettext(
            "{n} hemlighet är krypterad med den första nyckeln. De andra kan tas bort.",
            "{n} hemligheter är krypterade med den första nyckeln. De andra kan tas bort.",
            anew,
        )
    )


async def _rotate(settings: Settings) -> int:
    from handlers.secret_keys import SecretKeys
    from handlers.slack.installations import encrypt_anew

    SecretKeys(settings).seal(b"")
    async with open_configured_database(settings) as database:
        return await encrypt_anew(database, settings)
