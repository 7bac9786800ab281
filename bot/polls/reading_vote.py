"""A vote as typed after a poll's number: `Hjo`, `1, 3`, `Hjo 3, Tibro 2`, `1 ja, 2 kanske`."""

import re
from collections.abc import Sequence

from bot.finding import plain
from bot.polls.poll import Method, Option, Poll

_PARTS = re.compile(r"\s*(?:,|;|\boch\b)\s*")
_VALUED = re.compile(r"^(.*?)[\s:=]+(\d{1,4})$")
_SAID = {
    "ja": 2,
    "kan": 2,
    "yes": 2,
    "kanske": 1,
    "vid behov": 1,
    "maybe": 1,
    "nej": 0,
    "kan inte": 0,
    "no": 0,
}


def read_vote(poll: Poll, words: str) -> dict[int, int] | None:
    """The choices that the words say by the poll's method; None when they name no option or say
    something else. Not judged."""
    parts = [each for each in _PARTS.split(words.strip(" .!")) if each]
    if not parts:
        return None
    found: dict[int, int] = {}
    for place, part in enumerate(parts, start=1):
        read = _one(poll, part, place)
        if read is None or read[0] in found:
            return None
        found[read[0]] = read[1]
    return found


def _one(poll: Poll, words: str, place: int) -> tuple[int, int] | None:
    match poll.method:
        case Method.POINTS | Method.SCORE:
            valued = _VALUED.match(words)
            option = _named(poll.options, valued[1]) if valued else None
            return (option.id, int(valued[2])) if option and valued else None
        case Method.RANKING:
            option = _named(poll.options, words)
            return (option.id, place) if option else None
        case Method.DATES:
            return _date(poll.options, words)
        case _:
            option = _named(poll.options, words)
            return (option.id, 1) if option else None


def _date(options: Sequence[Option], words: str) -> tuple[int, int] | None:
    known = plain(words)
    for said in sorted(_SAID, key=len, reverse=True):
        if known.endswith(" " + said):
            option = _named(options, words[: -len(said)].strip(" :"))
            return (option.id, _SAID[said]) if option else None
    return None


def _named(options: Sequence[Option], words: str) -> Option | None:
    """The option of that number, or whose name the words are or alone begin."""
    known = plain(words).strip()
    by_name = [each for each in options if plain(each.label) == known]
    if by_name:
        return by_name[0]
    if known.isdecimal():
        return next((e for e in options if e.position == int(known[:9])), None)
    begins = [each for each in options if known and plain(each.label).startswith(known)]
    return begins[0] if len(begins) == 1 else None
