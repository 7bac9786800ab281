"""`samspel doctor`: is everything in place?"""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import typer
from pydantic import ValidationError

from bot.clock import Clock, wall_clock
from bot.language import _
from bot.settings import Settings
from handlers.checks import Check, check_mail, fine, wrong
from handlers.setup import configure_log, open_configured_database, run
from storage.database import Database, DatabaseOutOfReach, DatabaseUnfit
from storage.embedded import EmbeddedUnavailable


def doctor() -> None:
    """Kontrollera att allt är på plats: en rad var, ok, varning eller fel, med vad som hjälper."""
    try:
        settings = Settings()
    except ValidationError as error:
        for check in _impossible(error):
            print(check.line())
        raise typer.Exit(1) from None
    configure_log(settings)
    if run(_told(settings)):
        raise typer.Exit(1)


def _impossible(error: ValidationError) -> Iterator[Check]:
    for problem in error.errors():
        name = f"SAMSPEL_{'_'.join(str(part) for part in problem['loc'])}".upper()
        yield wrong(
            _("Inställningen {name} går inte att använda", name=name),
            _("Se i docs/deployment.md vad den ska innehålla"),
        )


async def _told(settings: Settings) -> bool:
    """Print every check; whether something is wrong."""
    failed = False
    async for check in checks(settings, wall_clock):
        print(check.line(), flush=True)
        failed = failed or check.level == "fel"
    return failed


async def checks(settings: Settings, clock: Clock) -> AsyncIterator[Check]:
    """Every check, in the order in which one would mend things."""
    # Imported here, so that commands without anything of Slack start sooner.
    from handlers.slack.check_settings import check_settings
    from handlers.slack.checks import check_slack
    from handlers.slack.workspaces import Workspaces

    for check in check_settings(settings):
        yield check
    async with AsyncExitStack() as stack:
        database: Database | None = None
        try:
            database = await stack.enter_async_context(open_configured_database(settings))
        except (DatabaseOutOfReach, DatabaseUnfit, EmbeddedUnavailable) as problem:
            yield wrong(_("Databasen går inte att använda"), str(problem))
        else:
            yield fine(_("Databasen svarar och är uppdaterad"))
        yield await check_mail(settings)
        if database is None and settings.slack_bot_token is None:
            return
        # By a token of its own the bot asks the database nothing, so Slack is checked all the same.
        workspaces = Workspaces(settings, database or Database("postgresql://"), clock)
        stack.push_async_callback(workspaces.close)
        async for check in check_slack(settings, workspaces, database, clock):
            yield check
