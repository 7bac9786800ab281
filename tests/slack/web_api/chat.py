"""chat.*: posting, updating, whispering, taking away."""

from tests.slack.core import SlackError
from tests.slack.findings import Json
from tests.slack.messages import changed, post, refuse, removed, whisper, with_ids
from tests.slack.web_api.asked import Asked, Method
from tests.slack.workspace import Channel


def where_to_post(asked: Asked) -> Channel:
    """The conversation to post in; a person's id means the direct messages with them."""
    space, name = asked.space, asked.text("channel")
    if not name:
        raise SlackError("invalid_arguments")
    if name in space.users:
        user = space.users[name]
        if user.is_bot or user.deleted:
            raise SlackError("channel_not_found")
        return space.direct(name)
    named = [one.id for one in space.channels.values() if f"#{one.name}" == name]
    found = Asked(asked.core, {"channel": named[0] if named else name}, asked.token).channel()
    if found.archived:
        raise SlackError("is_archived")
    if not space.bot_is_in(found) and "chat:write.public" not in space.scopes:
        raise SlackError("not_in_channel")
    return found


def post_message(asked: Asked) -> Json:
    channel = where_to_post(asked)
    refuse(asked.core, "chat.postMessage", asked.args)
    message = post(asked.core, channel, asked.args)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def post_ephemeral(asked: Asked) -> Json:
    channel = where_to_post(asked)
    user = asked.space.users.get(asked.text("user"))
    if user is None or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    refuse(asked.core, "chat.postEphemeral", asked.args)
    return {"message_ts": whisper(asked.core, channel, user, asked.args)["ts"]}


def _own(asked: Asked, refusal: str) -> tuple[Channel, Json]:
    channel = asked.channel()
    message = channel.find(asked.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != asked.space.bot_id:
        raise SlackError(refusal)
    return channel, message


def update(asked: Asked) -> Json:
    channel, message = _own(asked, "cant_update_message")
    if channel.archived:
        raise SlackError("is_archived")
    args = asked.args
    refuse(asked.core, "chat.update", args, update=True)
    before = dict(message)
    if args.get("blocks"):
        message["blocks"] = with_ids(args["blocks"])
    elif args.get("text"):
        message.pop("blocks", None)
    message["text"] = args.get("text") or ("" if args.get("blocks") else message["text"])
    if args.get("metadata") is not None:
        message["metadata"] = args["metadata"]
    message["edited"] = {"user": asked.space.bot_id, "ts": asked.space.new_ts()}
    if asked.space.bot_is_in(channel):
        asked.core.echo(changed(asked.core, channel, message, before))
    return {
        "channel": channel.id,
        "ts": message["ts"],
        "text": message["text"],
        "message": message,
    }


def delete(asked: Asked) -> Json:
    channel, message = _own(asked, "cant_delete_message")
    asked.core.echo(removed(asked.core, channel, message))
    return {"channel": channel.id, "ts": message["ts"]}


def get_permalink(asked: Asked) -> Json:
    channel, ts = asked.channel(), asked.text("message_ts")
    if channel.find(ts) is None:
        raise SlackError("message_not_found")
    place = f"archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": f"https://{asked.space.domain}.slack.com/{place}"}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(get_permalink),
}
