"""conversations.*: where things are said, who is there, and what was said."""

from tests.slack.core import SlackError
from tests.slack.findings import Json
from tests.slack.messages import event_of
from tests.slack.web_api.asked import READS, Asked, Method, page
from tests.slack.workspace import Channel, Workspace

OF_TYPE = {"public_channel": "channel", "private_channel": "group", "im": "im"}


def described(space: Workspace, channel: Channel) -> Json:
    """A conversation as Slack describes it."""
    common: Json = {
        "id": channel.id,
        "created": int(space.clock()),
        "is_archived": channel.archived,
        "context_team_id": space.team_id,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
    }
    if channel.kind == "im":
        gone = space.users[channel.user].deleted
        return common | {"user": channel.user, "is_user_deleted": gone, "is_open": True}
    return common | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_mpim": False,
        "is_private": channel.kind == "group",
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_general": False,
        "is_member": space.bot_is_in(channel),
        "num_members": len(channel.members),
    }


def open_direct(asked: Asked) -> Json:
    names = [name for name in asked.text("users").split(",") if name]
    if asked.text("channel"):
        return {"channel": {"id": asked.channel().id}}
    if len(names) != 1:
        raise SlackError("users_list_not_supplied" if not names else "not_enough_users")
    user = asked.space.users.get(names[0])
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    channel = asked.space.direct(user.id)
    if asked.yes("return_im"):
        return {"channel": described(asked.space, channel)}
    return {"channel": {"id": channel.id}}


def info(asked: Asked) -> Json:
    channel = asked.channel()
    asked.needs(f"{READS[channel.kind]}:read")
    told = described(asked.space, channel)
    if not asked.yes("include_num_members"):
        told.pop("num_members", None)
    return {"channel": told}


def _within(asked: Asked, messages: list[Json]) -> list[Json]:
    oldest, latest = asked.text("oldest") or "0", asked.text("latest") or "9999999999.999999"
    inclusive = asked.yes("inclusive")

    def inside(ts: str) -> bool:
        after, before = _time(ts) > _time(oldest), _time(ts) < _time(latest)
        return (after and before) or (inclusive and _time(ts) in (_time(oldest), _time(latest)))

    return [message for message in messages if inside(message["ts"])]


def _time(ts: str) -> int:
    whole, _, rest = ts.partition(".")
    if not whole.isdigit() or (rest and not rest.isdigit()):
        raise SlackError("invalid_ts_oldest")
    return int(whole) * 1_000_000 + int(rest.ljust(6, "0")[:6] or 0)


def _read(asked: Asked) -> Channel:
    channel = asked.channel()
    asked.needs(f"{READS[channel.kind]}:history")
    if not asked.space.bot_is_in(channel):
        raise SlackError("not_in_channel")
    return channel


def _told(asked: Asked, messages: list[Json]) -> Json:
    shown, cursor = page(messages, asked, 100)
    if not asked.yes("include_all_metadata"):
        shown = [{key: each for key, each in one.items() if key != "metadata"} for one in shown]
    answer: Json = {"messages": shown, "has_more": bool(cursor)}
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def history(asked: Asked) -> Json:
    channel = _read(asked)
    top = [one for one in channel.messages if one.get("thread_ts", one["ts"]) == one["ts"]]
    newest_first = sorted(top, key=lambda one: _time(one["ts"]), reverse=True)
    return _told(asked, _within(asked, newest_first)) | {"pin_count": 0}


def replies(asked: Asked) -> Json:
    channel, root = _read(asked), asked.text("ts")
    thread = [one for one in channel.messages if root in (one["ts"], one.get("thread_ts"))]
    if not thread:
        raise SlackError("thread_not_found")
    parent = [one for one in thread if one["ts"] == root]
    answers = [one for one in thread if one["ts"] != root]
    return _told(asked, [*parent, *_within(asked, answers)])


def _of_types(asked: Asked, channels: list[Channel]) -> list[Channel]:
    kinds = [name.strip() for name in (asked.text("types") or "public_channel").split(",")]
    if set(kinds) - {*OF_TYPE, "mpim"}:
        raise SlackError("invalid_types")
    wanted = {OF_TYPE[name] for name in kinds if name in OF_TYPE}
    for kind in sorted(wanted):
        asked.needs(f"{READS[kind]}:read")
    archived = not asked.yes("exclude_archived")
    return [
        one
        for one in channels
        if one.kind in wanted and not one.deleted and (archived or not one.archived)
    ]


def _listed(asked: Asked, channels: list[Channel]) -> Json:
    told = [described(asked.space, one) for one in _of_types(asked, channels)]
    shown, cursor = page(told, asked, 100)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def list_all(asked: Asked) -> Json:
    space = asked.space
    known = [
        one for one in space.channels.values() if one.kind == "channel" or space.bot_is_in(one)
    ]
    return _listed(asked, known)


def list_of_user(asked: Asked) -> Json:
    user = asked.text("user") or asked.space.bot.id
    return _listed(asked, [one for one in asked.space.channels.values() if user in one.members])


def members(asked: Asked) -> Json:
    channel = asked.channel()
    asked.needs(f"{READS[channel.kind]}:read")
    names = [{"id": name} for name in sorted(channel.members)]
    shown, cursor = page(names, asked, 100)
    return {
        "members": [one["id"] for one in shown],
        "response_metadata": {"next_cursor": cursor},
    }


def join(asked: Asked) -> Json:
    channel = asked.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    space = asked.space
    if not space.bot_is_in(channel):
        channel.members.add(space.bot.id)
        ts = space.new_ts()
        joined = {"type": "member_joined_channel", "user": space.bot.id, "team": space.team_id}
        asked.core.echo(
            joined | {"channel": channel.id, **event_of(channel, ts), "channel_type": "C"}
        )
    return {"channel": described(space, channel)}


def leave(asked: Asked) -> Json:
    channel = asked.channel()
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if not asked.space.bot_is_in(channel):
        return {"not_in_channel": True}
    channel.members.discard(asked.space.bot.id)
    return {}


METHODS = {
    "conversations.open": Method(open_direct, ("im:write",)),
    "conversations.info": Method(info),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
    "conversations.list": Method(list_all),
    "conversations.members": Method(members),
    "conversations.join": Method(join, ("channels:join",)),
    "conversations.leave": Method(leave, ("channels:manage", "groups:write", "channels:join")),
    "users.conversations": Method(list_of_user),
}
