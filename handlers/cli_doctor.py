"""`samspel doctor`: is everything in place?"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import typer

from bot.clock import Clock, wall_clock
from bot.language import _
from bot.settings import Settings
from handlers.checks import Check, check_mail, fine, wrong
from handlers.settings_in_force import BadSettings, settings_in_force
from handlers.setup import configure_log, open_configured_database, run
from storage.database import Database, DatabaseOutOfReach, DatabaseUnfit
from storage.embedded import EmbeddedUnavailable


def doctor() -> None:
    """Kontrollera att allt är på plats: en rad var, ok, varning eller fel, med vad som hjälper."""
    try:
        settings = settings_in_force()
    except BadSettings as bad:
        for each in bad.problems:
            print(wrong(each.what, each.cure).line())
        raise typer.Exit(1) from None
    configure_log(settings)
    if run(_told(settings)):
        raise typer.Exit(1)


async def _told(settings: Settings) -> bool:
    """Print every check; whether something is wrong."""
    failed = False
    async for check in checks(settings, wall_clock):
        print(check.line(), flush=True)
        failed = failed or check.level == "fel"
    return failed


async def checks(settings: Settings, clock: Clock) -> AsyncIterator[Check]:
    """Every check, in the order in which one would mend things."""
    # Imported here, so that commands without anything of Slack or Teams start sooner.
    from handlers.slack.check_settings import check_settings as check_slack_settings
    from handlers.slack.checks import check_slack
    from handlers.slack.workspaces import Workspaces
    from handlers.teams.check_settings import check_settings as check_teams_settings

    for check in (*check_slack_settings(settings), *check_teams_settings(settings)):
        yield check
    async with AsyncExitStack() as stack:
        database: Database | None = None
        try:
            database = await stack.enter_async_context(open_configured_database(settings))
        except (DatabaseOutOfReach, DatabaseUnfit, EmbeddedUnavailable) as problem:
            yield wrong(_("Databasen går inte att använda"), str(problem))
        else:
            yield fine(_("Databasen svarar och är uppdaterad"))
        async for check in check_mail(settings):
            yield check
        if settings.teams_is_connected:
            from handlers.teams.checks import check_teams

            async for check in check_teams(settings, database, clock):
                yield check
        if database is None and settings.slack_bot_token is None:
            return
        # By a token of its own the bot asks the database nothing, so Slack is checked all the same.
        workspaces = Workspaces(settings, database, clock)
        stack.push_async_callback(workspaces.close)
        async for check in check_slack(settings, workspaces, database, clock):
            yield check
