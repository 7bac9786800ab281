"""The status of an activity: its word, its symbol, and the ways people write it."""

from enum import StrEnum

from bot.language import _


class Status(StrEnum):
    """How an activity stands (glossary: läge)."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    PAUSED = "paused"
    DONE = "done"


class Decider(StrEnum):
    """Who is asked for a decision."""

    NOBODY = "nobody"
    MANAGER = "manager"
    STEERING_GROUP = "steering_group"
    BOARD = "board"


NEEDS_DEVIATION = frozenset({Status.AT_RISK, Status.OFF_TRACK})
"""States whose report says what differs and what is done about it."""

NEVER_LATE = frozenset({Status.PAUSED, Status.DONE})

SYMBOLS = {
    Status.NOT_STARTED: "⚪",
    Status.ON_TRACK: "🟢",
    Status.AT_RISK: "🟡",
    Status.OFF_TRACK: "🔴",
    Status.PAUSED: "⏸",
    Status.DONE: "✅",
}


def status_word(status: Status) -> str:
    """The status as a word, lower case: `enligt plan`."""
    match status:
        case Status.NOT_STARTED:
            return _("ej påbörjad")
        case Status.ON_TRACK:
            return _("enligt plan")
        case Status.AT_RISK:
            return _("risk")
        case Status.OFF_TRACK:
            return _("avvikelse")
        case Status.PAUSED:
            return _("pausad")
        case Status.DONE:
            return _("klar")


def status_label(status: Status) -> str:
    """Symbol and word: `🟡 risk`; never the colour alone."""
    return f"{SYMBOLS[status]} {status_word(status)}"


def decider_word(decider: Decider) -> str:
    """Who decides, as a word: `styrgruppen`."""
    match decider:
        case Decider.NOBODY:
            return _("ingen")
        case Decider.MANAGER:
            return _("chefen")
        case Decider.STEERING_GROUP:
            return _("styrgruppen")
        case Decider.BOARD:
            return _("direktionen")
