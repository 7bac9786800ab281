"""What happens to places in Teams: the bot got and let go, teams and channels that change.

Teams tells of much twice, by two kinds of activity; each is harmless the second time.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from microsoft_teams.api import ConversationUpdateActivity, InstalledActivity, UninstalledActivity
from microsoft_teams.api.models import ActivityBase

from bot import places
from bot.language import LANGUAGES
from bot.outbox import Outbox
from bot.places import Why
from bot.private_chats import private_chat_gone, private_chat_here
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.ids import PLATFORM
from handlers.teams.joining import first_channel, joined, joined_chat, name_asked
from handlers.teams.present import forget
from handlers.teams.translate import Sender, Where, sender_of, where_of

T = TypeVar("T")

TEAM_LOST: dict[str, Why] = {
    "teamDeleted": "deleted",
    "teamHardDeleted": "deleted",
    "teamArchived": "archived",
}
TEAM_BACK = ("teamRestored", "teamUnarchived")

MET = timedelta(minutes=10)
"""How long a stranger who got the app is not met again for having got it."""


async def installation(
    desk: Desk, connector: Connector, activity: InstalledActivity | UninstalledActivity
) -> None:
    """The bot is installed somewhere now, or no more. Raises Unreadable as `sender_of`."""
    where, come = _where(activity), isinstance(activity, InstalledActivity)
    if where.kind == "private":
        sender = sender_of(activity, connector.connection)
        work = (_got if come else _let_go)(desk, connector, sender, where)
    elif come:
        settings = activity.channel_data.settings if activity.channel_data else None
        chosen = settings.selected_channel if settings else None
        if where.team and chosen and chosen.id:
            where = replace(where, address=chosen.id)
        work = _invited(desk, connector, where, activity)
    else:
        work = _sent_away(desk, connector, where)
    await desk.patience.within(work)


async def conversation(
    desk: Desk, connector: Connector, activity: ConversationUpdateActivity
) -> None:
    """Members, names, teams or channels have changed. Raises Unreadable as `sender_of`."""
    where, bot = _where(activity), activity.recipient.id
    come = bot in [each.id for each in activity.members_added or []]
    gone = bot in [each.id for each in activity.members_removed or []]
    if where.kind == "private":
        if come or gone:
            sender = sender_of(activity, connector.connection)
            work = (_got if come else _let_go)(desk, connector, sender, where)
            await desk.patience.within(work)
        return
    if come:
        work = _invited(desk, connector, where, activity)
    elif gone:
        work = _sent_away(desk, connector, where)
    elif activity.topic_name and not where.team:
        topic = places.name_in_team("", activity.topic_name)
        work = _renamed(desk, connector, where, topic)
    else:
        work = _happened(desk, connector, where, activity)
    await desk.patience.within(work)


async def tenants_here(desk: Desk, tenants: Sequence[str]) -> None:
    """At start, the tenants that we have a bot in are open. Raises what the database does."""
    async with desk.database.transaction() as db:
        for tenant in tenants:
            await places.workspace_here(db, platform=PLATFORM, tenant=tenant, now=desk.clock())


def _where(activity: ActivityBase) -> Where:
    """Where it happened; a team is told of by its first channel, whose id it has."""
    where = where_of(activity)
    if where.kind == "channel" and activity.conversation.conversation_type == "channel":
        return replace(where, team=where.team or where.address)
    return where


async def _got(desk: Desk, connector: Connector, sender: Sender, where: Where) -> None:
    """Somebody has the bot among their apps: said hello to, or asked who they are, once."""
    forget(desk, sender, where)
    async with desk.database.transaction() as db:
        outbox, now = Outbox(LANGUAGES), desk.clock()
        known = await private_chat_here(
            db,
            sender.key,
            address=where.address,
            route=where.route,
            now=now,
            greets=outbox,
        )
        await outbox.flush(db)
    seen, met = desk.newcomers.seen, _met(sender)
    if known or seen.lately(met, now):
        return
    seen.keep(met, now, MET)
    language, card = await desk.newcomers.meet(connector, sender, where)
    await desk.say(connector, where, (card,), language)


async def _let_go(desk: Desk, connector: Connector, sender: Sender, where: Where) -> None:
    forget(desk, sender, where)
    desk.newcomers.seen.forget(_met(sender))
    tenant = connector.connection.tenant_id
    async with desk.database.transaction() as db:
        await private_chat_gone(
            db, platform=PLATFORM, tenant=tenant, address=where.address, now=desk.clock()
        )


def _met(sender: Sender) -> tuple[str, ...]:
    return ("met", sender.tenant, sender.user)


async def _invited(desk: Desk, connector: Connector, where: Where, activity: ActivityBase) -> None:
    """The bot is in a group chat, or in a team: in one channel of it, and those it was in once."""
    if not where.team:
        await joined_chat(desk, connector, where, activity.conversation.name or "")
        return
    data = activity.channel_data
    told = (data.team.name if data and data.team else None) or ""
    name = await _asked(desk, where, lambda: name_asked(connector, where, told))
    await joined(desk, connector, where, name or places.name_in_team(told, first_channel()))
    await _team_back(desk, connector, where)


async def _sent_away(desk: Desk, connector: Connector, where: Where) -> None:
    if where.team:
        await _team_gone(desk, connector, where, "left")
    else:
        await _channel_gone(desk, connector, where, "left")


async def _happened(
    desk: Desk, connector: Connector, where: Where, activity: ConversationUpdateActivity
) -> None:
    """A team or a channel of it is called something else, is gone, or is there again."""
    data = activity.channel_data
    event, team = (data.event_type or "", data.team) if data else ("", None)
    channel = data.channel if data else None
    if event in TEAM_LOST:
        await _team_gone(desk, connector, where, TEAM_LOST[event])
    elif event in TEAM_BACK:
        await _team_back(desk, connector, where)
    elif event == "teamRenamed" and team and team.name:
        await _team_renamed(desk, connector, where, team.name)
    elif channel and channel.id:
        there = replace(where, address=channel.id)
        if event == "channelDeleted":
            await _channel_gone(desk, connector, there, "deleted")
        elif event == "channelRestored":
            await _channel_back(desk, connector, there)
        elif event == "channelRenamed" and channel.name:
            name = places.name_in_team((team.name if team else None) or "", channel.name)
            await _renamed(desk, connector, there, name)


async def _team_gone(desk: Desk, connector: Connector, where: Where, why: Why) -> None:
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await places.team_gone(
            db, **_team(connector, where), why=why, now=desk.clock(), outbox=outbox
        )
        await outbox.flush(db)


async def _team_back(desk: Desk, connector: Connector, where: Where) -> None:
    """The channels that the team still has; all that are known when Teams does not say which."""
    there = await _asked(desk, where, lambda: connector.channels(where.route, where.team))
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await places.team_back(
            db, **_team(connector, where), there=there, now=desk.clock(), outbox=outbox
        )
        await outbox.flush(db)


async def _team_renamed(desk: Desk, connector: Connector, where: Where, name: str) -> None:
    async with desk.database.transaction() as db:
        await places.team_renamed(db, **_team(connector, where), name=name)


async def _channel_gone(desk: Desk, connector: Connector, where: Where, why: Why) -> None:
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await places.channel_gone(
            db, **_channel(connector, where), why=why, now=desk.clock(), outbox=outbox
        )
        await outbox.flush(db)


async def _channel_back(desk: Desk, connector: Connector, where: Where) -> None:
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await places.channel_back(db, **_channel(connector, where), now=desk.clock(), outbox=outbox)
        await outbox.flush(db)


async def _renamed(desk: Desk, connector: Connector, where: Where, name: str) -> None:
    async with desk.database.transaction() as db:
        await places.channel_renamed(db, **_channel(connector, where), name=name)


def _team(connector: Connector, where: Where) -> dict[str, str]:
    return {
        "platform": PLATFORM,
        "tenant": connector.connection.tenant_id,
        "team": where.team,
    }


def _channel(connector: Connector, where: Where) -> dict[str, str]:
    return {
        "platform": PLATFORM,
        "tenant": connector.connection.tenant_id,
        "address": where.address,
    }


async def _asked(desk: Desk, where: Where, call: Callable[[], Awaitable[T]]) -> T | None:
    """What Teams answers, asked again as it allows; None when it cannot be had."""
    key = ("teams", where.team)
    return await desk.courtesies.called(call, turn=key, limit=key, about="team")
