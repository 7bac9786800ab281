"""Who does what a turn asks for, as every change is written with."""

from bot.acting import By
from bot.conversations.protocol import Turn


def acting(turn: Turn) -> By:
    """The turn's person, moment and platform."""
    return By(turn.person, turn.now, turn.place.platform)
