"""The status of an activity: its word, its symbol, and the ways people write it."""

from collections.abc import Sequence
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.finding import plain
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


_WRITTEN = {
    Status.NOT_STARTED: (
        "ej påbörjad",
        "inte påbörjad",
        "ej startad",
        "inte startad",
        "ej börjat",
        "vit",
        "⚪",
        "not started",
    ),
    Status.ON_TRACK: (
        "enligt plan",
        "enl plan",
        "enl. plan",
        "e plan",
        "grön",
        "grönt",
        "på spår",
        "i fas",
        "ok",
        "okej",
        "bra",
        "löper på",
        "🟢",
        "green",
        "on track",
        "on plan",
    ),
    Status.AT_RISK: ("risk", "gul", "gult", "risker", "riskabelt", "🟡", "yellow", "at risk"),
    Status.OFF_TRACK: (
        "avvikelse",
        "avviker",
        "avvik",
        "röd",
        "rött",
        "försenad",
        "försenat",
        "sen",
        "🔴",
        "red",
        "off track",
    ),
    Status.PAUSED: ("pausad", "paus", "pausat", "vilande", "vilar", "⏸", "⏸️", "paused"),
    Status.DONE: (
        "klar",
        "klart",
        "klara",
        "färdig",
        "färdigt",
        "avslutad",
        "avslutat",
        "slutförd",
        "✅",
        "done",
    ),
}
_BY_WORDS = {
    tuple(plain(words).split()): status for status, ways in _WRITTEN.items() for words in ways
}
_SINGLE = {words[0]: status for words, status in _BY_WORDS.items() if len(words) == 1}
_UNCHANGED = frozenset({"oforandrat", "oforandrad", "samma", "oandrat", "unchanged", "dito"})


def _key(token: str) -> str:
    return plain(token).strip(".,:;!-–")


def says_unchanged(token: str) -> bool:
    """Whether the word asks for the last report again."""
    key = _key(token)
    return key in _UNCHANGED or (len(key) > 7 and OSA.distance(key, "oforandrat") <= 2)


def read_status(tokens: Sequence[str]) -> tuple[Status, int] | None:
    """The status that the first words say and how many words it took; None if they say none.

    Common short forms, with or without å ä ö, and slight misspellings of words of four letters
    or more.
    """
    for length in (2, 1):
        words = tuple(_key(token) for token in tokens[:length])
        if len(words) == length and words in _BY_WORDS:
            return _BY_WORDS[words], length
    if not tokens:
        return None
    word = _key(tokens[0])
    if tokens[0] in _SINGLE:
        return _SINGLE[tokens[0]], 1
    if len(word) < 4:
        return None
    allowed = 1 if len(word) < 7 else 2
    near = process.extractOne(
        word,
        [known for known in _SINGLE if len(known) >= 4],
        scorer=OSA.distance,
        score_cutoff=allowed,
    )
    if near is not None:
        return _SINGLE[near[0]], 1
    two = " ".join(_key(token) for token in tokens[:2])
    if len(tokens) > 1 and OSA.distance(two, "enligt plan") <= 2:
        return Status.ON_TRACK, 2
    return None
