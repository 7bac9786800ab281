"""The app's manifest: what Teams is told of it, made from the conversations there are.

Schema 1.19, not the newest: every tenant and national cloud takes it, all that is said here has its
place in it, and its limits are the narrowest, so that what it allows the newer ones allow too
(tests/teams_manifest holds it against them). Its form and limits:
learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema.
"""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from bot.conversations.help import NAME as HELP
from bot.conversations.protocol import Conversation, Shortcut
from bot.conversations.registry import Conversations
from bot.finding import plain
from bot.language import _, speaking
from bot.people import Person, PersonId
from bot.settings import Settings, TeamsConnection
from handlers.teams.icons import GREEN

Json = dict[str, Any]

SCHEMA = "1.19"
SCHEMAS = "https://developer.microsoft.com/json-schemas/teams/v{version}/MicrosoftTeams.{of}.json"

COLOUR_FILE, OUTLINE_FILE, ENGLISH_FILE = "color.png", "outline.png", "en.json"

COMMANDS, MESSAGE_ACTIONS = 10, 10
"""So many a list may hold; in the schema."""

DEVELOPER_LENGTH = 32

_ANYBODY = Person(PersonId(0), "", "")
"""Everybody in the tenant sees the same menu, so it holds what anybody may do."""


class NoPublicAddress(Exception):
    """Teams cannot be told where Samspel is; says the cure."""


def manifest(
    conversations: Conversations,
    settings: Settings,
    connection: TeamsConnection,
    app_version: str = "",
) -> Json:
    """The manifest of a connection's app, in Swedish. NoPublicAddress without one by HTTPS.

    `app_version`: another than Samspel's own, for Teams takes a changed app as a newer one only.
    """
    with speaking("sv"):
        return {
            "$schema": SCHEMAS.format(version=SCHEMA, of="schema"),
            "manifestVersion": SCHEMA,
            "version": app_version or version("samspel"),
            "id": connection.app_id,
            "developer": _developer(settings),
            "localizationInfo": {
                "defaultLanguageTag": "sv",
                "additionalLanguages": [{"languageTag": "en", "file": ENGLISH_FILE}],
            },
            "name": {"short": "Samspel", "full": _name()},
            "description": {"short": _short(), "full": _full()},
            "icons": {"color": COLOUR_FILE, "outline": OUTLINE_FILE},
            "accentColor": GREEN,
            "bots": [_bot(conversations, connection)],
            **_message_actions(conversations, connection),
            "defaultInstallScope": "personal",
            "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
            "permissions": ["identity", "messageTeamMembers"],
        }


def in_english(conversations: Conversations) -> Json:
    """What the manifest's texts are in English, by where they stand in it."""
    with speaking("en"):
        texts = {
            "$schema": SCHEMAS.format(version=SCHEMA, of="Localization.schema"),
            "name.short": "Samspel",
            "name.full": _name(),
            "description.short": _short(),
            "description.full": _full(),
        }
        for n, each in enumerate(_in_menu(conversations)):
            texts[f"bots[0].commandLists[0].commands[{n}].description"] = each.says()
        for n, (conversation, shortcut) in enumerate(_of_message(conversations)):
            texts[f"composeExtensions[0].commands[{n}].title"] = shortcut.says()
            texts[f"composeExtensions[0].commands[{n}].description"] = conversation.says()
        return texts


def _name() -> str:
    return _("Samspel: gemensamt arbete mellan kommuner")


def _short() -> str:
    return _("Rapportera, följ upp och samverka i den gemensamma planen")


def _full() -> str:
    return _(
        "Samspel är boten för gemensamt arbete mellan kommuner. Rapportera läget för en "
        "aktivitet på en rad, se planen och vad som har hänt, håll ordning på det du ansvarar "
        "för och få veckobrevet i rätt kanal. Skriv hjälp till Samspel för att se vad du kan "
        "göra. Boten beslutar ingenting: besluten är människornas."
    )


def _developer(settings: Settings) -> Json:
    address = settings.public_url or ""
    if urlsplit(address).scheme != "https":
        raise NoPublicAddress(
            _("Sätt SAMSPEL_PUBLIC_URL till adressen som Teams når Samspel på, med https.")
        )
    fits = len(settings.federation) <= DEVELOPER_LENGTH
    return {
        "name": settings.federation if fits else "Samspel",
        "websiteUrl": address,
        "privacyUrl": address,
        "termsOfUseUrl": address,
    }


def _bot(conversations: Conversations, connection: TeamsConnection) -> Json:
    scopes = ["personal", "team", "groupChat"]
    commands = [
        {"title": _word(each), "description": each.says()} for each in _in_menu(conversations)
    ]
    return {
        "botId": connection.app_id,
        "scopes": scopes,
        "supportsFiles": False,
        "isNotificationOnly": False,
        "commandLists": [{"scopes": scopes, "commands": commands}],
    }


def _in_menu(conversations: Conversations) -> list[Conversation]:
    """What the menu has room for, in help's order: what is a command everywhere, help, which tells
    of the rest, and then as many as fit.
    """
    offered = list(conversations.offered_to(_ANYBODY))
    kept = sorted(offered, key=lambda each: (not each.command, each.name != HELP))[:COMMANDS]
    return [each for each in offered if each in kept]


def _word(conversation: Conversation) -> str:
    """The word that starts it, spelled as people spell it."""
    spelled = [example.words.split()[0] for example in conversation.examples()]
    name = plain(conversation.name)
    same = (word for word in (*spelled, *conversation.synonyms) if plain(word) == name)
    return next(same, conversation.name)


def _message_actions(conversations: Conversations, connection: TeamsConnection) -> Json:
    commands = [
        {
            "id": shortcut.form,
            "type": "action",
            "title": shortcut.says(),
            "description": conversation.says(),
            "context": ["message"],
            "fetchTask": True,
        }
        for conversation, shortcut in _of_message(conversations)
    ]
    if not commands:
        return {}
    return {"composeExtensions": [{"botId": connection.app_id, "commands": commands}]}


def _of_message(conversations: Conversations) -> Iterator[tuple[Conversation, Shortcut]]:
    """The forms that begin from somebody's message; a command's id is its form's name."""
    for conversation in conversations:
        for shortcut in conversation.shortcuts:
            if shortcut.of_message:
                yield conversation, shortcut
