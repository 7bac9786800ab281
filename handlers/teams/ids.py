"""The names that Teams keeps for us: cards carry them, and they come back when somebody acts."""

from typing import Literal

PLATFORM = "teams"

PRESS, FORM = "press", "form"
"""Verbs of Action.Execute: a button, and a step of a form."""

FIELD = "f."
"""Before the name of a form's field, as the id of its input."""

Go = Literal["on", "back", "redraw", "more", "cancel"]
"""What a form's button does: on, back a step, draw it again, unfold the rest, put it away."""

Kind = Literal["text", "yes", "many"]
"""What an input holds: words, "true" or "false", or values with commas between them."""


def messages_path(connection: str) -> str:
    """Where Teams sends what happens in that connection's tenant."""
    return f"/teams/{connection}/messages"


PLATFORM_CHANNEL = "msteams"
"""What Bot Framework calls Teams among its channels."""
