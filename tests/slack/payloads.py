"""Interactions as Slack tells of them: field names from Slack's reference of each payload."""

from typing import Any

from tests.slack.core import Core
from tests.slack.findings import Json
from tests.slack.messages import escaped, seen
from tests.slack.views import shown, state
from tests.slack.workspace import Channel, OpenView, User

TOKEN = "verification-token"


def _common(core: Core, user: User, kind: str) -> Json:
    space = core.space
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.handle,
            "name": user.handle,
            "team_id": user.team_id,
        },
        "api_app_id": core.board.app_id,
        "token": TOKEN,
        "team": {"id": space.team_id, "domain": space.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def place_name(channel: Channel) -> str:
    """A channel's name as interactions give it."""
    return "privategroup" if channel.kind == "group" else channel.name


def command(core: Core, user: User, channel: Channel, word: str, text: str) -> Json:
    """A slash command; it travels as a form, so everything is text."""
    space = core.space
    return {
        "token": TOKEN,
        "team_id": space.team_id,
        "team_domain": space.domain,
        "channel_id": channel.id,
        "channel_name": place_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": word,
        "text": text,
        "api_app_id": core.board.app_id,
        "is_enterprise_install": "false",
        "response_url": core.new_response_url("commands", user.id, channel.id),
        "trigger_id": core.new_trigger(user.id),
    }


def on_message(core: Core, user: User, channel: Channel, message: Json, action: Json) -> Json:
    """block_actions from a message, also one that only this person sees."""
    whispered = bool(message.get("is_ephemeral"))
    ts = message["ts"]
    container: Json = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel.id,
        "is_ephemeral": whispered,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    original = {"ephemeral_ts": ts} if whispered else {"message_ts": ts}
    payload = _common(core, user, "block_actions") | {
        "container": container,
        "trigger_id": core.new_trigger(user.id),
        "channel": {"id": channel.id, "name": place_name(channel)},
        "state": state(message, {}),
        "response_url": core.new_response_url("actions", user.id, channel.id, **original),
        "actions": [told_back(action) | {"action_ts": core.space.new_ts()}],
    }
    # Of a message that only one person sees Slack tells nothing but where it was.
    return payload if whispered else payload | {"message": told_back(seen(message))}


def told_back(thing: Any) -> Any:
    """What a message shows, as interactions tell it: plain text comes back escaped.

    Seen in github.com/slackapi/bolt-python/issues/513; `value` comes back as it was sent.
    """
    match thing:
        case {"type": "plain_text", "text": str(words)}:
            return thing | {"text": escaped(words)}
        case dict():
            return {key: told_back(each) for key, each in thing.items()}
        case list():
            return [told_back(each) for each in thing]
        case _:
            return thing


def on_view(core: Core, user: User, opened: OpenView, action: Json) -> Json:
    """block_actions from a modal or home."""
    return _common(core, user, "block_actions") | {
        "container": {"type": "view", "view_id": opened.view["id"]},
        "trigger_id": core.new_trigger(user.id),
        "view": shown(opened),
        "actions": [action | {"action_ts": core.space.new_ts()}],
    }


def submission(core: Core, user: User, opened: OpenView) -> Json:
    """view_submission."""
    return _common(core, user, "view_submission") | {
        "trigger_id": core.new_trigger(user.id),
        "view": shown(opened),
        "response_urls": [],
    }


def closing(core: Core, user: User, opened: OpenView, *, cleared: bool) -> Json:
    """view_closed."""
    return _common(core, user, "view_closed") | {"view": shown(opened), "is_cleared": cleared}


def suggestion(core: Core, user: User, opened: OpenView, field: Json, words: str) -> Json:
    """block_suggestion: `field` holds the `block_id` and `action_id` searched in."""
    return (
        _common(core, user, "block_suggestion")
        | field
        | {
            "value": words,
            "container": {"type": "view", "view_id": opened.view["id"]},
            "view": shown(opened),
        }
    )


def shortcut(core: Core, user: User, callback_id: str) -> Json:
    """A global shortcut."""
    return _common(core, user, "shortcut") | {
        "action_ts": core.space.new_ts(),
        "callback_id": callback_id,
        "trigger_id": core.new_trigger(user.id),
    }


def message_shortcut(
    core: Core, user: User, callback_id: str, channel: Channel, message: Json
) -> Json:
    """A shortcut of a message's menu."""
    ts = message["ts"]
    return _common(core, user, "message_action") | {
        "action_ts": core.space.new_ts(),
        "callback_id": callback_id,
        "trigger_id": core.new_trigger(user.id),
        "response_url": core.new_response_url("actions", user.id, channel.id),
        "channel": {"id": channel.id, "name": place_name(channel)},
        "message_ts": ts,
        "message": seen(message),
    }
