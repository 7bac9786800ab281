"""users.*, bots.* and team.*: who is there."""

from tests.slack.core import SlackError
from tests.slack.findings import Json
from tests.slack.web_api.asked import Asked, Method, page
from tests.slack.workspace import User, Workspace


def described(space: Workspace, user: User, *, mail: bool, locale: bool) -> Json:
    """A person as Slack describes them; `mail` and `locale` when they may be told."""
    first, _, last = user.name.partition(" ")
    stranger = user.team_id != space.team_id
    profile: Json = {
        "title": "",
        "phone": "",
        "real_name": user.name,
        "real_name_normalized": user.name,
        "display_name": user.handle,
        "display_name_normalized": user.handle,
        "first_name": first,
        "last_name": last,
        "status_text": user.status_text,
        "status_emoji": user.status_emoji,
        "status_expiration": user.status_expiration,
        "team": user.team_id,
    }
    if mail and user.email and not stranger:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"bot_id": space.bot_id, "api_app_id": "A0SAMSPEL"}
    told: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.handle,
        "deleted": user.deleted,
        "real_name": user.name,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": int(space.clock()),
    }
    if stranger:
        told["is_stranger"] = True
    if not user.deleted:
        told |= {
            "tz": "Europe/Stockholm",
            "tz_label": "Central European Time",
            "tz_offset": 3_600,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": user.restricted or user.ultra_restricted,
            "is_ultra_restricted": user.ultra_restricted,
            "is_email_confirmed": True,
        }
    if locale:
        told["locale"] = user.locale
    return told


def _told(asked: Asked, user: User) -> Json:
    mail = "users:read.email" in asked.space.scopes
    return described(asked.space, user, mail=mail, locale=asked.yes("include_locale"))


def info(asked: Asked) -> Json:
    return {"user": _told(asked, asked.user())}


def by_mail(asked: Asked) -> Json:
    for user in asked.space.users.values():
        if user.email and user.email.lower() == asked.text("email").lower() and not user.deleted:
            return {"user": _told(asked, user)}
    raise SlackError("users_not_found")


def list_all(asked: Asked) -> Json:
    told = [_told(asked, user) for user in asked.space.users.values()]
    shown, cursor = page(told, asked, 200)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def bot_info(asked: Asked) -> Json:
    space = asked.space
    if asked.text("bot") not in ("", space.bot_id):
        raise SlackError("bot_not_found")
    told = {
        "id": space.bot_id,
        "deleted": False,
        "name": space.bot.name,
        "updated": int(space.clock()),
        "app_id": asked.core.board.app_id,
        "user_id": space.bot.id,
    }
    return {"bot": told}


def team_info(asked: Asked) -> Json:
    space = asked.space
    told = {"id": space.team_id, "name": space.name, "domain": space.domain}
    return {"team": told | {"email_domain": "", "enterprise_id": None}}


METHODS = {
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(list_all, ("users:read",)),
    "users.lookupByEmail": Method(by_mail, ("users:read.email",)),
    "bots.info": Method(bot_info, ("users:read",)),
    "team.info": Method(team_info, ("team:read",)),
}
