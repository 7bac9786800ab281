"""The app manifest: what Slack is told of the app, made from the conversations there are.

Its form and limits: docs.slack.dev/reference/app-manifest and Slack's own schema,
github.com/slackapi/manifest-schema.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.conversations.protocol import Conversation, Shortcut
from bot.conversations.registry import Conversations
from bot.language import _
from bot.settings import Settings
from handlers.slack.ids import COMMAND, EVENTS_PATH, Mode, shortcut_id
from handlers.slack.oauth import oauth_app, redirect_url
from handlers.slack.scopes import EVENTS, SCOPES

Json = dict[str, Any]

GREEN = "#17594a"


class NoPublicAddress(Exception):
    """Slack cannot be told where to send its requests; says the cure."""


def manifest(conversations: Conversations, settings: Settings, mode: Mode) -> Json:
    """The manifest in the language spoken now. NoPublicAddress in http mode without one."""
    requests = _requests_url(settings) if mode == "http" else None
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Samspel",
            "description": _("Rapportera, följ upp och samverka i den gemensamma planen"),
            "long_description": _long_description(),
            "background_color": GREEN,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "samspel", "always_online": True},
            "shortcuts": list(_shortcuts(conversations)),
            "slash_commands": list(_commands(conversations, requests)),
        },
        "oauth_config": _oauth_config(settings),
        "settings": {
            "event_subscriptions": _at(requests, "request_url", bot_events=sorted(EVENTS)),
            "interactivity": {
                **_at(requests, "request_url", is_enabled=True),
                **_at(requests, "message_menu_options_url"),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }


def _long_description() -> str:
    return _(
        "Samspel är boten för gemensamt arbete mellan kommuner. Rapportera läget för en "
        "aktivitet på en rad, se planen och vad som har hänt, håll ordning på det du ansvarar "
        "för och få veckobrevet i rätt kanal. Skriv hjälp i meddelandefliken för att se vad du "
        "kan göra. Boten beslutar ingenting: besluten är människornas."
    )


def _requests_url(settings: Settings) -> str:
    base = settings.public_url or ""
    if urlsplit(base).scheme != "https":
        raise NoPublicAddress(
            _(
                "Sätt SAMSPEL_PUBLIC_URL till adressen som Slack når Samspel på, med https. "
                "Tar nätet inte emot trafik utifrån: välj --mode socket."
            )
        )
    return base.rstrip("/") + EVENTS_PATH


def _at(url: str | None, name: str, **others: object) -> Json:
    return {**others, name: url} if url else dict(others)


def _commands(conversations: Conversations, url: str | None) -> Iterator[Json]:
    yield _at(
        url,
        "url",
        command=f"/{COMMAND}",
        description=_("Nå allt som Samspel kan, med samma ord som i chatten"),
        usage_hint=_("hjälp, mina, visa KOM-03 …"),
        should_escape=False,
    )
    for each in conversations:
        if each.command and each.name != COMMAND:
            yield _at(
                url,
                "url",
                command=f"/{each.name}",
                description=each.says(),
                should_escape=False,
                **_usage_hint(each),
            )


def _usage_hint(conversation: Conversation) -> dict[str, str]:
    """The words that may follow the command: those of its first example."""
    typed = (example.words.split(maxsplit=1) for example in conversation.examples())
    hint = next((words[1] for words in typed if len(words) == 2), None)
    return {"usage_hint": hint} if hint else {}


def _shortcuts(conversations: Conversations) -> Iterator[Json]:
    for conversation in conversations:
        for each in conversation.shortcuts:
            yield _shortcut(conversation, each)


def _shortcut(conversation: Conversation, shortcut: Shortcut) -> Json:
    return {
        "name": shortcut.says(),
        "type": "message" if shortcut.of_message else "global",
        "callback_id": shortcut_id(shortcut.form, of_message=shortcut.of_message),
        "description": conversation.says(),
    }


def _oauth_config(settings: Settings) -> Json:
    app = oauth_app(settings)
    return {
        **({"redirect_urls": [redirect_url(app)]} if app else {}),
        "scopes": {"bot": list(SCOPES)},
    }
