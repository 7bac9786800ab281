"""Places that the bot came into without hearing of it, or that are reached by another way now.

Whoever does something in a conversation shows that it is there, and which service URL it has.
"""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.private_chats import private_chat_here
from handlers.seen import Key
from handlers.teams.calls import TROUBLE, error_code
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.ids import PLATFORM
from handlers.teams.joining import joined, joined_chat, known_name, name_asked
from handlers.teams.translate import Sender, Where
from storage.queries.places import is_reached_there

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0
"""What is done in the conversation waits so long at most."""

TRUSTED = timedelta(minutes=10)
"""How long a channel that can be spoken in is not looked at again."""

TRUSTED_CHAT = timedelta(minutes=1)
"""The same for a private chat: of somebody who blocks the bot, and lets it speak again, Teams says
nothing."""

NOT_THERE = timedelta(minutes=1)
"""The same for a channel that the bot is not in, as far as could be found out."""


async def look(desk: Desk, connector: Connector, sender: Sender, where: Where) -> None:
    """Before something is done there: the bot knows the conversation and the way to it.

    That it could not be found out hinders nothing.
    """
    seen, key, now = desk.newcomers.seen, _key(sender, where), desk.clock()
    if seen.lately(key, now):
        return
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            here = await _is_known(desk, sender, where) or await _found(
                desk, connector, sender, where
            )
    except (*TROUBLE, SQLAlchemyError) as error:
        here = False
        log.info("teams_place_not_seen", error=error_code(error) or type(error).__name__)
    if where.kind == "channel":
        seen.keep(key, now, TRUSTED if here else NOT_THERE)
    elif here:
        seen.keep(key, now, TRUSTED_CHAT)


def forget(desk: Desk, sender: Sender, where: Where) -> None:
    """Something has happened there: it is to be looked at again."""
    desk.newcomers.seen.forget(_key(sender, where))


def _key(sender: Sender, where: Where) -> Key:
    user = sender.user if where.kind == "private" else ""
    return ("place", sender.tenant, where.address, where.route, user)


async def _is_known(desk: Desk, sender: Sender, where: Where) -> bool:
    async with desk.database.connection() as db:
        return await is_reached_there(
            db,
            platform=PLATFORM,
            tenant=sender.tenant,
            address=where.address,
            route=where.route,
            user_id=sender.user if where.kind == "private" else None,
        )


async def _found(desk: Desk, connector: Connector, sender: Sender, where: Where) -> bool:
    """Whether it is known from now on; a private chat of a stranger is not."""
    if where.kind == "private":
        async with desk.database.transaction() as db:
            return await private_chat_here(
                db,
                sender.key,
                address=where.address,
                route=where.route,
                now=desk.clock(),
                greets=None,
            )
    if not where.team:
        await joined_chat(desk, connector, where, "")
        return True
    name = await known_name(desk, connector, where, only_open=True)
    await joined(desk, connector, where, name or await name_asked(connector, where))
    return True
