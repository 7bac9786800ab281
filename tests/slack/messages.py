"""Messages as Slack keeps them, and the events that tell of them."""

import re
import secrets
from typing import Any

from tests.slack.core import Core, SlackError
from tests.slack.findings import Json
from tests.slack.limits import message_problems
from tests.slack.workspace import Channel, User

DEFAULT_EMOJI = ("plain_text",)


def with_ids(blocks: list[Json]) -> list[Json]:
    """Blocks as Slack gives them back: what has no id gets one, plain text says `emoji`."""
    return [completed(block) | {"block_id": block.get("block_id") or _new()} for block in blocks]


def completed(thing: Any) -> Any:
    """Something of Block Kit, with what Slack adds where it was left out."""
    if isinstance(thing, list):
        return [completed(each) for each in thing]
    if not isinstance(thing, dict):
        return thing
    made = {key: completed(each) for key, each in thing.items()}
    kind = made.get("type")
    if kind in DEFAULT_EMOJI and "text" in made:
        made.setdefault("emoji", True)
    if kind == "mrkdwn":
        made.setdefault("verbatim", False)
    if kind in INTERACTIVE:
        made.setdefault("action_id", _new())
    return made


INTERACTIVE = {"button", "overflow", "radio_buttons", "checkboxes", "datepicker", "timepicker"} | {
    *("plain_text_input", "number_input", "email_text_input", "url_text_input"),
    *("static_select", "external_select", "multi_static_select", "multi_external_select"),
    *("users_select", "conversations_select", "channels_select"),
}


def _new() -> str:
    return secrets.token_urlsafe(4)[:5]


def refuse(core: Core, where: str, args: Json, *, update: bool = False) -> None:
    """SlackError when the message breaks a limit, shows what is refused here, or no such file."""
    problems = message_problems(args, update=update)
    if problems:
        core.board.violated(where, problems)
        lines = [problem.says for problem in problems]
        raise SlackError(problems[0].error, errors=lines, response_metadata={"messages": lines})
    for at, block in enumerate(args.get("blocks") or []):
        if block["type"] in core.board.refuses_blocks:
            raise invalid_blocks(f"unsupported type: {block['type']}", f"/blocks/{at}/type")
        file = block.get("slack_file")
        if file is not None and not file_is_known(core, file):
            raise invalid_blocks("invalid slack file", f"/blocks/{at}/slack_file")


def invalid_blocks(says: str, path: str) -> SlackError:
    """Slack's answer to blocks that it does not take."""
    line = f"[ERROR] {says} [json-pointer:{path}]"
    return SlackError("invalid_blocks", errors=[line], response_metadata={"messages": [line]})


def file_is_known(core: Core, reference: Json) -> bool:
    """Whether a picture may be shown: uploaded, completed, and looked at by Slack."""
    file = core.space.files.get(str(reference.get("id")))
    return file is not None and file.completed and core.board.now() >= file.known_from


def post(core: Core, channel: Channel, args: Json) -> Json:
    """The bot posts; the event of its own message follows."""
    space = core.space
    ts = space.new_ts()
    message: Json = {
        "type": "message",
        "user": space.bot.id,
        "bot_id": space.bot_id,
        "app_id": core.board.app_id,
        "team": space.team_id,
        "text": args.get("text") or "",
        "ts": ts,
        "bot_profile": {
            "id": space.bot_id,
            "app_id": core.board.app_id,
            "name": space.bot.name,
            "deleted": False,
            "team_id": space.team_id,
        },
    }
    if args.get("blocks"):
        message["blocks"] = with_ids(args["blocks"])
    if args.get("metadata"):
        message["metadata"] = args["metadata"]
    if args.get("thread_ts"):
        _reply(channel, message, str(args["thread_ts"]))
    channel.messages.append(message)
    if space.bot_is_in(channel):
        core.echo(seen(message) | {"channel": channel.id, **event_of(channel, ts)})
    return message


def _reply(channel: Channel, message: Json, thread_ts: str) -> None:
    parent = channel.find(thread_ts)
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    root = parent.get("thread_ts", thread_ts)
    message |= {"thread_ts": root, "parent_user_id": parent.get("user", "")}
    first = channel.find(root) or parent
    first |= {
        "thread_ts": root,
        "reply_count": first.get("reply_count", 0) + 1,
        "latest_reply": message["ts"],
    }


def say(core: Core, channel: Channel, user: User, text: str, thread_ts: str | None) -> Json:
    """A person posts; nobody is told here."""
    ts = core.space.new_ts()
    encoded = as_typed(text)
    message: Json = {
        "user": user.id,
        "type": "message",
        "ts": ts,
        "client_msg_id": secrets.token_hex(16),
        "text": encoded,
        "team": user.team_id,
        "blocks": with_ids([_rich(encoded)]),
    }
    if user.team_id != core.space.team_id:
        message |= {"user_team": user.team_id, "source_team": user.team_id}
    if thread_ts:
        _reply(channel, message, thread_ts)
    channel.messages.append(message)
    return message


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


MENTION = re.compile(r"(<[@#!][^>]+>)")
ADDRESS = re.compile(r"(?<![\w@./])(https?://[^\s<>|]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def as_typed(text: str) -> str:
    """What a person typed, as Slack's client sends it on: escaped, addresses made into links.

    Mentions are written as the client does when a name is chosen: `<@U…>`.
    """
    pieces = MENTION.split(text)
    return "".join(
        piece if MENTION.fullmatch(piece) else ADDRESS.sub(_link, escaped(piece))
        for piece in pieces
    )


def _link(found: re.Match[str]) -> str:
    address = found[1]
    if address.startswith("http"):
        return f"<{address}>"
    return f"<mailto:{address}|{address}>"


def escaped(text: str) -> str:
    """`&`, `<` and `>` as Slack sends them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def seen(message: Json) -> Json:
    """The message as events show it: without metadata."""
    return {key: each for key, each in message.items() if key != "metadata"}


def event_of(channel: Channel, ts: str) -> Json:
    """What every message event has besides the message."""
    return {"event_ts": ts, "channel_type": channel.kind}


def changed(core: Core, channel: Channel, message: Json, before: Json) -> Json:
    """The event of a message that was edited."""
    ts = core.space.new_ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": seen(message),
        "previous_message": seen(before),
        "channel": channel.id,
        "ts": ts,
        **event_of(channel, ts),
    }


def removed(core: Core, channel: Channel, message: Json) -> Json:
    """Take a message away; the event that tells of it."""
    channel.messages.remove(message)
    ts = core.space.new_ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message["ts"],
        "previous_message": seen(message),
        "channel": channel.id,
        "ts": ts,
        **event_of(channel, ts),
    }


def whisper(core: Core, channel: Channel, user: User, args: Json) -> Json:
    """Something that only one person sees, until they reload."""
    message: Json = {
        "type": "message",
        "user": core.space.bot.id,
        "bot_id": core.space.bot_id,
        "channel": channel.id,
        "ts": core.space.new_ts(),
        "text": args.get("text") or "",
        "is_ephemeral": True,
    }
    if args.get("blocks"):
        message["blocks"] = with_ids(args["blocks"])
    if args.get("thread_ts"):
        message["thread_ts"] = args["thread_ts"]
    user.ephemerals.append(message)
    return message
