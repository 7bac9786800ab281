"""A bot in a process of its own, for a test to kill: delivers to Slack's counterpart.

`python -m tests.platforms.slack_bot DATABASE_URL API_URL TOKEN` prints a line when it begins.
"""

import asyncio
import sys

from pydantic import SecretStr

from bot.clock import wall_clock
from bot.settings import Settings, Workspace
from handlers.app import Samspel
from storage.database import Database


async def deliver(database_url: str, api_url: str, token: str) -> None:
    """Deliver until killed."""
    settings = Settings(
        role="worker",
        database_url=SecretStr(database_url),
        slack_bot_token=SecretStr(token),
        slack_signing_secret=SecretStr("none comes in"),
        slack_api_url=api_url,
        slack_workspaces=(
            Workspace(team_id="T0SKARA", organisations=("Hjo",), email_domains=("hjo.example.se",)),
        ),
        tick_seconds=0.05,
        card_rest_seconds=0,
        lease_seconds=1.0,
        send_timeout_seconds=0.5,
    )
    print("ready", flush=True)
    await Samspel(settings, Database(database_url), wall_clock).delivery().run()


if __name__ == "__main__":
    asyncio.run(deliver(*sys.argv[1:4]))
