"""What the bot says without the Web API: answers to commands, and posts to a `response_url`."""

from tests.slack.core import (
    RESPONSE_URL_SECONDS,
    RESPONSE_URL_USES,
    Core,
    ResponseUrl,
    SlackError,
    Switchboard,
)
from tests.slack.findings import Json
from tests.slack.messages import post, refuse, whisper, with_ids


def take(board: Switchboard, key: str, answer: Json) -> tuple[int, str]:
    """A post to a `response_url`: status and body of the answer."""
    where = board.response_urls.get(key)
    if where is None:
        return 404, "no_such_url"
    if board.now() - where.issued > RESPONSE_URL_SECONDS:
        return 404, "expired_url"
    if where.uses >= RESPONSE_URL_USES:
        return 404, "used_url"
    where.uses += 1
    try:
        _said(where, answer)
    except SlackError as error:
        return 400, error.error
    return 200, "ok"


def _said(where: ResponseUrl, answer: Json) -> None:
    core = where.core
    channel = core.space.channels[where.channel]
    whispers = core.space.users[where.user].ephemerals
    if answer.get("delete_original"):
        channel.messages[:] = [one for one in channel.messages if one["ts"] != where.message_ts]
        whispers[:] = [one for one in whispers if one["ts"] != where.ephemeral_ts]
        return
    refuse(core, "response_url", answer)
    if answer.get("replace_original"):
        originals = [one for one in channel.messages if one["ts"] == where.message_ts]
        originals += [one for one in whispers if one["ts"] == where.ephemeral_ts]
        for original in originals:
            _replace(original, answer)
        if originals:
            return
    say(core, where.user, where.channel, answer)


def _replace(original: Json, answer: Json) -> None:
    original["text"] = answer.get("text") or ""
    original.pop("blocks", None)
    if answer.get("blocks"):
        original["blocks"] = with_ids(answer["blocks"])


def say(core: Core, user: str, channel: str, answer: Json) -> None:
    """To all who are there, or, unless the answer says so, to the one who asked."""
    here = core.space.channels[channel]
    if answer.get("response_type") == "in_channel":
        post(core, here, answer)
    else:
        whisper(core, here, core.space.users[user], answer)


def answer_to_command(core: Core, user: str, channel: str, body: Json | str | None) -> None:
    """What stands in the acknowledgement of a command is said there."""
    if not body:
        return
    answer = {"text": body} if isinstance(body, str) else body
    if not (answer.get("text") or answer.get("blocks")):
        return
    try:
        refuse(core, "answer to a command", answer)
    except SlackError:
        return
    say(core, user, channel, answer)
