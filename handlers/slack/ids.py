"""The names that Slack keeps for us: a command and a shortcut are set up by them, and come back."""

from typing import Literal

PLATFORM = "slack"

EVENTS_PATH = "/slack/events"
"""Where Slack sends what happens, when it comes by HTTP."""

Mode = Literal["http", "socket"]
"""How Slack reaches the bot."""

Language = Literal["sv", "en"]
"""What menus and descriptions there speak."""

COMMAND = "samspel"
"""The command that reaches every conversation; a few have one of their own too."""

GLOBAL, OF_MESSAGE = "shortcut.", "message."


def shortcut_id(form: str, *, of_message: bool = False) -> str:
    """The callback id of the shortcut that opens `form`; `of_message`: from somebody's message."""
    return (OF_MESSAGE if of_message else GLOBAL) + form


def form_of_shortcut(callback_id: str) -> str:
    """The form whose `shortcut_id` this is, of either kind."""
    return callback_id.removeprefix(GLOBAL).removeprefix(OF_MESSAGE)
