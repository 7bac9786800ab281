"""The names that Slack keeps for us: a command and a shortcut are set up by them, and come back."""

from typing import NamedTuple

COMMAND = "samspel"
"""The command that reaches every conversation; a few have one of their own too."""

GLOBAL, OF_MESSAGE = "shortcut.", "message."


class ShortcutForm(NamedTuple):
    """Which form a shortcut opens, and whether it begins from somebody's message."""

    form: str
    of_message: bool


def shortcut_id(form: str, *, of_message: bool = False) -> str:
    """The callback id of the shortcut that opens `form`."""
    return (OF_MESSAGE if of_message else GLOBAL) + form


def form_of_shortcut(callback_id: str) -> ShortcutForm | None:
    """What `shortcut_id` made; None for a callback id that is no shortcut's."""
    for prefix in (GLOBAL, OF_MESSAGE):
        if callback_id.startswith(prefix) and callback_id != prefix:
            return ShortcutForm(callback_id.removeprefix(prefix), prefix == OF_MESSAGE)
    return None
