"""Channels and group chats that the bot is in now, called by what Teams calls them."""

from bot import places
from bot.language import LANGUAGES, _
from bot.outbox import Outbox
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.ids import PLATFORM
from handlers.teams.translate import Where
from storage.queries.places import channel_at


async def name_asked(connector: Connector, where: Where, team_name: str = "") -> str:
    """What a channel is called, with its team. Raises what the connector does.

    A team's first channel has no name: clients show it in their own language.
    """
    team = team_name or await connector.team_name(where.route, where.team)
    channels = await connector.channels(where.route, where.team)
    return places.name_in_team(team, channels.get(where.address) or first_channel())


def first_channel() -> str:
    """What a team's first channel is called."""
    return _("Allmänt")


async def joined(
    desk: Desk, connector: Connector, where: Where, name: str, *, chat: bool = False
) -> None:
    """The bot is in the channel, or in the group `chat`, which is called `name`."""
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await places.channel_joined(
            db,
            platform=PLATFORM,
            tenant=connector.connection.tenant_id,
            address=where.address,
            name=name,
            now=desk.clock(),
            outbox=outbox,
            route=where.route,
            team=where.team or None,
            chat=chat,
        )
        await outbox.flush(db)


async def joined_chat(desk: Desk, connector: Connector, where: Where, topic: str) -> None:
    """The bot is in the group chat; one without a topic is called as before, or what it is."""
    name = topic or await known_name(desk, connector, where) or _("Gruppchatt")
    await joined(desk, connector, where, places.name_in_team("", name), chat=True)


async def known_name(
    desk: Desk, connector: Connector, where: Where, *, only_open: bool = False
) -> str:
    """What the channel or chat is called here; empty when it is not known (`only_open`: closed)."""
    tenant = connector.connection.tenant_id
    async with desk.database.transaction() as db:
        known = await channel_at(db, platform=PLATFORM, tenant=tenant, address=where.address)
    if known is None or (known.closed and only_open):
        return ""
    return known.name
