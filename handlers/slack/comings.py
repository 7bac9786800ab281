"""What happens to channels, accounts and workspaces: joined, left, renamed, closed, deactivated."""

from datetime import UTC, datetime

from bot import places
from bot.absence import status_says
from bot.accounts import account_ended
from bot.language import LANGUAGES
from bot.outbox import Outbox
from bot.places import Why
from handlers.payload import Payload, part, word
from handlers.slack.desk import Desk
from handlers.slack.ids import PLATFORM
from handlers.slack.newcomers import is_outsider
from handlers.slack.translate import Sender
from handlers.slack.web_api import call

LOST: dict[str, Why] = {
    "channel_left": "left",
    "group_left": "left",
    "channel_archive": "archived",
    "group_archive": "archived",
    "channel_deleted": "deleted",
    "group_deleted": "deleted",
}
BACK = ("channel_unarchive", "group_unarchive")
RENAMED = ("channel_rename", "group_rename")
JOINED, LEFT = "member_joined_channel", "member_left_channel"
AWAY = (":palm_tree:", ":face_with_thermometer:")
"""Slack's own suggestions: Vacationing, Out sick."""

CHANNEL_EVENTS = (*LOST, *BACK, *RENAMED, JOINED, LEFT)


async def channel_event(desk: Desk, team: str, event: Payload, bot_user_id: str) -> None:
    """The bot's place in a channel has changed."""
    kind = word(event, "type")
    channel = word(event, "channel") or word(part(event, "channel"), "id")
    if kind in (JOINED, LEFT) and word(event, "user") != bot_user_id:
        return
    if kind == JOINED:
        await joined(desk, team, channel)
        return
    async with desk.database.transaction() as db:
        outbox, now = Outbox(LANGUAGES), desk.clock()
        where = {"platform": PLATFORM, "tenant": team, "address": channel}
        if kind in BACK:
            await places.channel_back(db, **where, now=now, outbox=outbox)
        elif kind in RENAMED:
            name = word(part(event, "channel"), "name")
            await places.channel_renamed(db, **where, name=f"#{name}")
        else:
            why = LOST.get(kind, "left")
            await places.channel_gone(db, **where, why=why, now=now, outbox=outbox)
        await outbox.flush(db)


async def joined(desk: Desk, team: str, channel: str) -> None:
    """The bot is in the channel; what it is called is asked of Slack."""
    client = await desk.client(team)
    answer = await call(client, "conversations.info", channel=channel)
    name = word(part(answer.data, "channel"), "name")
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await places.channel_joined(
            db,
            platform=PLATFORM,
            tenant=team,
            address=channel,
            name=f"#{name}",
            now=desk.clock(),
            outbox=outbox,
        )
        await outbox.flush(db)


async def user_changed(desk: Desk, team: str, event: Payload) -> None:
    """An account that is deactivated, or a guest's from now on, is nobody's any more.

    A changed address links nothing. A status of being away is believed.
    """
    user = part(event, "user")
    sender = Sender(team, word(user, "id"))
    if not is_outsider(user, team):
        await _status(desk, sender, part(user, "profile"))
        return
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await account_ended(db, sender.key, desk.clock(), outbox)
        await outbox.flush(db)


async def _status(desk: Desk, sender: Sender, profile: Payload) -> None:
    ends = profile.get("status_expiration")
    until = datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) and ends > 0 else None
    key = {"platform": PLATFORM, "tenant": sender.team, "user_id": sender.user}
    async with desk.database.transaction() as db:
        away = word(profile, "status_emoji") in AWAY
        await status_says(db, key, away, until, desk.clock())


async def workspace_lost(desk: Desk, team: str, event: Payload) -> None:
    """The app was taken away, or its token; what waits there is told of, not kept trying."""
    if word(event, "type") == "tokens_revoked" and not part(event, "tokens").get("bot"):
        return
    now = desk.clock()
    await desk.workspaces.installations.end(team, now)
    async with desk.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        await places.workspace_gone(db, platform=PLATFORM, tenant=team, now=now, outbox=outbox)
        await outbox.flush(db)
    desk.workspaces.forget(team)


async def workspaces_here(desk: Desk) -> None:
    """At start, every workspace that the bot is in is open. Raises what Slack and database do."""
    teams = await desk.workspaces.team_ids()
    async with desk.database.transaction() as db:
        for team in teams:
            await places.workspace_here(db, platform=PLATFORM, tenant=team, now=desk.clock())
