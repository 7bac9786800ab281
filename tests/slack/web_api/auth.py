"""auth.*, oauth.* and apps.*: who calls, installs, and sockets."""

import base64
import binascii

from tests.slack.core import SlackError, Switchboard
from tests.slack.findings import Json
from tests.slack.web_api.asked import AppMethod, Asked, Method


def test(asked: Asked) -> Json:
    space = asked.space
    return {
        "url": f"https://{space.domain}.slack.com/",
        "team": space.name,
        "user": space.bot.name.lower(),
        "team_id": space.team_id,
        "user_id": space.bot.id,
        "bot_id": space.bot_id,
        "is_enterprise_install": False,
    }


def revoke(asked: Asked) -> Json:
    if asked.yes("test"):
        return {"revoked": False}
    asked.space.tokens.discard(asked.token)
    asked.space.revoked.add(asked.token)
    return {"revoked": True}


def access(board: Switchboard, args: Json) -> Json:
    """oauth.v2.access: a code for a token."""
    client_id, secret = _client(args)
    if client_id != board.client_id:
        raise SlackError("invalid_client_id")
    if secret != board.client_secret:
        raise SlackError("bad_client_secret")
    code = board.codes.get(str(args.get("code", "")))
    if code is None or code.client_id != client_id:
        raise SlackError("invalid_code")
    if code.used:
        raise SlackError("code_already_used")
    if code.redirect_uri != str(args.get("redirect_uri") or code.redirect_uri):
        raise SlackError("bad_redirect_uri")
    code.used = True
    core, space = code.core, code.core.space
    space.installed = True
    space.scopes = set(code.scopes)
    installer = next((one.id for one in space.users.values() if not one.is_bot), space.bot.id)
    return {
        "access_token": core.new_token(),
        "token_type": "bot",
        "scope": ",".join(sorted(code.scopes)),
        "bot_user_id": space.bot.id,
        "app_id": board.app_id,
        "team": {"id": space.team_id, "name": space.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": installer},
    }


def _client(args: Json) -> tuple[str, str]:
    given = str(args.get("authorization", ""))
    if given.startswith("Basic "):
        try:
            name, _, secret = base64.b64decode(given[6:]).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise SlackError("invalid_client_id") from error
        return name, secret
    return str(args.get("client_id", "")), str(args.get("client_secret", ""))


def connect(board: Switchboard, args: Json) -> Json:
    """apps.connections.open: an address for one socket."""
    ticket = board.sockets.new_ticket()
    address = board.base.replace("http://", "ws://")
    return {"url": f"{address}/link/?ticket={ticket}&app_id={board.app_id}"}


METHODS = {
    "auth.test": Method(test),
    "auth.revoke": Method(revoke),
}
APP_METHODS = {
    "oauth.v2.access": AppMethod(access, "none"),
    "apps.connections.open": AppMethod(connect, "app"),
}
