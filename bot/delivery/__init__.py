"""What is to be said where, until when; the loop that sends it (docs/delivery.md)."""

from bot.delivery.platform import (
    CannotTell,
    CardGone,
    Destination,
    Draw,
    Gone,
    Key,
    NotSent,
    Platform,
    Refused,
    TryLater,
)

__all__ = [
    "CannotTell",
    "CardGone",
    "Destination",
    "Draw",
    "Gone",
    "Key",
    "NotSent",
    "Platform",
    "Refused",
    "TryLater",
]
