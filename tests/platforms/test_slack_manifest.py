"""The app manifest: within Slack's limits, in both languages, asking for what is used only."""

import ast
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversations.listed import all_conversations
from bot.language import speaking
from bot.settings import Settings
from handlers.slack import comings
from handlers.slack.ids import Language, Mode, form_of_shortcut
from handlers.slack.manifest import NoPublicAddress, manifest
from handlers.slack.scopes import EVENTS, METHODS, SCOPES
from tests.house import HOUSE

HTTPS = "https://samspel.example.se/"

LENGTHS = [
    ("display_information.name", 1, 35),
    ("display_information.description", 1, 140),
    ("display_information.long_description", 175, 4_000),
    ("features.bot_user.display_name", 1, 80),
    ("features.shortcuts.*.name", 1, 24),
    ("features.shortcuts.*.callback_id", 1, 255),
    ("features.shortcuts.*.description", 1, 150),
    ("features.slash_commands.*.command", 2, 32),
    ("features.slash_commands.*.description", 1, 2_000),
    ("features.slash_commands.*.usage_hint", 1, 1_000),
    ("features.slash_commands.*.url", 1, 3_000),
    ("oauth_config.scopes.bot.*", 1, 50),
    ("settings.event_subscriptions.bot_events.*", 1, 50),
]
"""github.com/slackapi/manifest-schema, schemas/manifest.schema.1.0.0.json."""

COUNTS = [
    ("features.shortcuts", 1, 10),
    ("features.slash_commands", 1, 50),
    ("oauth_config.scopes.bot", 1, 255),
    ("settings.event_subscriptions.bot_events", 1, 100),
]
"""The same schema."""

BOTH = [(mode, language) for mode in ("http", "socket") for language in ("sv", "en")]


def made(mode: Mode = "http", language: Language = "sv", **settings: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"database_url": None, "public_url": HTTPS, **settings}
    with speaking(language):
        return manifest(all_conversations(), Settings(**values), mode)


def at(value: Any, path: str) -> list[Any]:
    """What stands at the path; `*` is each of a list, and what is left out is nothing."""
    found = [value]
    for step in path.split("."):
        found = [
            each
            for one in found
            for each in (one if step == "*" else [one[step]] if step in one else [])
        ]
    return found


@pytest.mark.parametrize(("mode", "language"), BOTH)
def test_every_text_and_list_is_within_slacks_limits(mode: Mode, language: Language):
    whole = made(mode, language)
    for path, least, most in LENGTHS:
        for text in at(whole, path):
            assert least <= len(text) <= most, (path, text)
    for path, least, most in COUNTS:
        for listed in at(whole, path):
            assert least <= len(listed) <= most, path
            assert len({json.dumps(each) for each in listed}) == len(listed), path
    assert re.fullmatch(r"[a-z0-9._-]+", whole["features"]["bot_user"]["display_name"])


def test_each_command_and_shortcut_is_a_conversation_that_is_there():
    features = made()["features"]
    commands = [each["command"] for each in features["slash_commands"]]
    assert commands[0] == "/samspel"
    assert "/rapport" in commands
    conversations = all_conversations()
    assert all(conversations.called(command) for command in commands[1:])
    for each in features["shortcuts"]:
        assert conversations.form(form_of_shortcut(each["callback_id"])), each


def test_by_http_every_request_has_an_address():
    whole = made("http")
    url = "https://samspel.example.se/slack/events"
    assert at(whole, "features.slash_commands.*.url") == [url] * len(
        whole["features"]["slash_commands"]
    )
    settings = whole["settings"]
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"]["request_url"] == url
    assert settings["interactivity"]["message_menu_options_url"] == url
    assert not settings["socket_mode_enabled"]


def test_by_socket_there_is_no_address_and_none_is_needed():
    whole = made("socket", public_url=None)
    assert whole["settings"]["socket_mode_enabled"]
    assert "https://" not in json.dumps(whole)


@pytest.mark.parametrize("url", [None, "http://samspel.example.se"])
def test_by_http_without_an_https_address_the_cure_is_said(url: str | None):
    with pytest.raises(NoPublicAddress, match="SAMSPEL_PUBLIC_URL"):
        made("http", public_url=url)


def test_one_may_write_to_the_bot_and_open_its_home():
    assert made()["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_the_redirect_address_stands_there_when_several_workspaces_install():
    assert "redirect_urls" not in made()["oauth_config"]
    oauth = made(slack_client_id="1.2", slack_client_secret="x")["oauth_config"]
    assert oauth["redirect_urls"] == ["https://samspel.example.se/slack/oauth_redirect"]


def test_in_english_no_swedish_is_left():
    assert not re.search("[åäöÅÄÖ]", json.dumps(made("http", "en")["display_information"]))


def sources() -> list[ast.Module]:
    folder: Path = HOUSE / "handlers"
    return [
        ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py") if "slack" in str(path)
    ]


def methods_behind(name: str) -> set[str]:
    """The Web API methods that one of the SDK's own functions calls."""
    function = getattr(AsyncWebClient, name, None)
    if not inspect.isfunction(function) or name == "api_call":
        return set()
    source = inspect.getsource(function)
    called = set(re.findall(r'api_call\(\s*"([^"]+)"', source))
    for inner in set(re.findall(r"self\.(\w+)\(", source)) - {name}:
        called |= methods_behind(inner)
    return called


def used_methods() -> set[str]:
    every = set(re.findall(r'api_call\(\s*"([^"]+)"', inspect.getsource(AsyncWebClient)))
    used: set[str] = set()
    for tree in sources():
        listing = {
            id(node)
            for table in ast.walk(tree)
            if isinstance(table, ast.Dict)
            for node in ast.walk(table)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in every and id(node) not in listing:
                used.add(str(node.value))
            if isinstance(node, ast.Attribute) and not node.attr.startswith("_"):
                used |= methods_behind(node.attr)
    return used


def test_every_method_that_is_called_has_its_scopes_in_the_manifest():
    used = used_methods()
    assert {"views.open", "auth.test", "conversations.info"} <= used
    assert used <= METHODS.keys()
    granted = set(made()["oauth_config"]["scopes"]["bot"])
    assert granted == set(SCOPES)
    assert all(granted.issuperset(METHODS[method]) for method in used)


def test_nothing_is_asked_for_that_is_not_used():
    assert METHODS.keys() - used_methods() == set()


def test_every_event_that_is_answered_is_subscribed_to():
    answered = {"app_home_opened", "app_mention", "user_change", "app_uninstalled"}
    answered |= {"tokens_revoked", "message", *comings.CHANNEL_EVENTS}
    assert {event.partition(".")[0] for event in EVENTS} == answered
    assert made()["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)


def test_the_command_prints_the_manifest_and_nothing_else(monkeypatch: pytest.MonkeyPatch):
    command = [sys.executable, "-c", "from handlers.cli import main; main()", "manifest", "slack"]
    done = subprocess.run(
        [*command, "--mode", "socket", "--language", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == made("socket", "en")
    monkeypatch.delenv("SAMSPEL_PUBLIC_URL", raising=False)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--mode socket" in done.stderr
