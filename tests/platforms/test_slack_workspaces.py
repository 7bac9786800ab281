"""Who the bot is in a workspace: asked once, noticed when it changes, known in slow moments."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.settings import Settings
from handlers.secret_keys import new_key
from handlers.slack.installations import Installed
from handlers.slack.workspaces import NoInstallation, Workspaces
from storage.database import Database
from tests.platforms.conftest import MovedClock
from tests.platforms.slack_install_scene import REGISTERED
from tests.slack import Slack, slack_counterpart

KEY = new_key()


@pytest.fixture
async def slack() -> AsyncGenerator[Slack]:
    """Slack, with the bot in it."""
    async with slack_counterpart() as counterpart:
        yield counterpart


@asynccontextmanager
async def workspaces(
    slack: Slack, database: Database, clock: MovedClock, **settings: Any
) -> AsyncGenerator[Workspaces]:
    """One process' workspaces; by OAuth unless a token is given."""
    values: dict[str, Any] = {
        "database_url": None,
        "slack_api_url": slack.api_url,
        "slack_workspaces": [REGISTERED],
        "secret_keys": [KEY],
        **(settings or {"slack_client_id": slack.client_id}),
    }
    opened = Workspaces(Settings(**values), database, clock)
    yield opened
    await opened.close()


async def installed(there: Workspaces, slack: Slack) -> None:
    here = Installed(slack.team_id, "Skaraborg", slack.app_id, slack.bot_user_id, ())
    await there.installations.keep(here, slack.bot_token, "ida")


async def test_by_token_slack_is_asked_once_who_the_bot_is(
    slack: Slack, database: Database, clock: MovedClock
):
    async with workspaces(slack, database, clock, slack_bot_token=slack.bot_token) as there:
        who = await there.identity("T0SKARA")
        assert (who.user_id, who.bot_id) == (slack.bot_user_id, slack.bot_id)
        assert await there.team_ids() == ("T0SKARA",)
        await there.client("T0SKARA")
        assert [call.method for call in slack.calls] == ["auth.test"]
        there.forget("T0SKARA")
        await there.identity("T0SKARA")
        assert len(slack.calls) == 2


async def test_by_token_another_workspace_is_not_there(
    slack: Slack, database: Database, clock: MovedClock
):
    async with workspaces(slack, database, clock, slack_bot_token=slack.bot_token) as there:
        with pytest.raises(NoInstallation):
            await there.client("T0ANNAN")


async def test_only_a_workspace_of_the_settings_is_registered(
    slack: Slack, database: Database, clock: MovedClock
):
    async with workspaces(slack, database, clock) as there:
        found = there.registered("T0SKARA")
        assert found is not None
        assert found.organisations == ("Hjo",)
        assert there.registered("T0ANNAN") is None


async def test_what_went_wrong_is_not_remembered(
    slack: Slack, database: Database, clock: MovedClock
):
    slack.fault("auth.test", status=500)
    async with workspaces(slack, database, clock, slack_bot_token=slack.bot_token) as there:
        with pytest.raises(SlackApiError):
            await there.identity("T0SKARA")
        assert (await there.identity("T0SKARA")).team_id == "T0SKARA"


async def test_slack_bolt_is_told_who_the_bot_is_and_where_it_is_not(
    slack: Slack, database: Database, clock: MovedClock
):
    async with workspaces(slack, database, clock) as there:
        await installed(there, slack)
        authorize = there.authorizer()
        result = await authorize(None, "T0SKARA")
        assert result is not None
        assert (result.bot_token, result.bot_user_id) == (slack.bot_token, slack.bot_user_id)
        assert await authorize(None, "T0ANNAN") is None
        assert await authorize("E0ORG", None) is None


async def test_an_uninstall_is_noticed_by_every_process_within_half_a_minute(
    slack: Slack, database: Database, clock: MovedClock
):
    async with (
        workspaces(slack, database, clock) as one,
        workspaces(slack, database, clock) as other,
    ):
        await installed(one, slack)
        await other.client("T0SKARA")
        await one.installations.end("T0SKARA", clock())
        clock.now += timedelta(seconds=30)
        with pytest.raises(NoInstallation):
            await other.client("T0SKARA")


async def test_a_new_token_is_used_within_half_a_minute(
    slack: Slack, database: Database, clock: MovedClock
):
    async with workspaces(slack, database, clock) as there:
        await installed(there, slack)
        await there.client("T0SKARA")
        slack.bot_token = slack.new_token()
        await installed(there, slack)
        clock.now += timedelta(seconds=30)
        assert (await there.client("T0SKARA")).token == slack.bot_token


async def test_a_token_that_is_known_serves_while_the_database_is_slow(
    slack: Slack, database_url: str, clock: MovedClock
):
    database = Database(database_url, pool_size=1)
    async with workspaces(slack, database, clock) as there:
        await installed(there, slack)
        await there.client("T0SKARA")
        clock.now += timedelta(minutes=1)
        async with database.connection():
            assert (await there.client("T0SKARA")).token == slack.bot_token
    await database.close()
