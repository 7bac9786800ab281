"""Channels that the bot came into without hearing of it: Slack's word of it comes but for minutes.

Whoever does something there shows that the channel is there, and then Slack is asked.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from handlers.payload import part
from handlers.seen import Seen
from handlers.slack.calls import TROUBLE, error_code
from handlers.slack.comings import joined
from handlers.slack.desk import Desk
from handlers.slack.ids import PLATFORM
from handlers.slack.web_api import call
from handlers.slack.workspaces import NoInstallation
from storage.queries.places import can_be_spoken_in

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0
"""What is done in the channel waits so long at most."""

TRUSTED = timedelta(minutes=10)
"""How long a channel that can be spoken in is not looked at again."""

NOT_THERE = timedelta(minutes=1)
"""The same for one that the bot is not in, as far as could be found out."""


@dataclass
class Unheard:
    """Remembers, in one process, which channels need no looking at."""

    desk: Desk
    _seen: Seen = field(default_factory=Seen)

    async def look(self, team: str, channel: str) -> None:
        """Before something is done there: the bot knows the channel, if it is in it.

        That it could not be found out hinders nothing.
        """
        key, now = (team, channel), self.desk.clock()
        if not channel.startswith(("C", "G")) or self._seen.lately(key, now):
            return
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                here = await self._is_known(team, channel) or await self._found(team, channel)
        except (*TROUBLE, NoInstallation, SQLAlchemyError) as error:
            here = False
            log.info("slack_channel_not_seen", error=error_code(error) or type(error).__name__)
        self._seen.keep(key, now, TRUSTED if here else NOT_THERE)

    async def _is_known(self, team: str, channel: str) -> bool:
        async with self.desk.database.connection() as db:
            return await can_be_spoken_in(db, platform=PLATFORM, tenant=team, address=channel)

    async def _found(self, team: str, channel: str) -> bool:
        client = await self.desk.client(team)
        answer = await call(client, "conversations.info", channel=channel)
        there = part(answer.data, "channel")
        if not there.get("is_member") or there.get("is_archived"):
            return False
        await joined(self.desk, team, channel)
        return True
