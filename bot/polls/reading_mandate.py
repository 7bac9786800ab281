"""A mandate as people type it: `Anna Ek från 1 maj till 31 dec`."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.finding import plain
from bot.polls.giving_mandate import KINDS
from bot.polls.mandates import MandateKind
from bot.reading_moments import NotAMoment, read_said

_PARTS = re.compile(
    r"\s+(från och med|från|fr\.\s?o\.\s?m\.|from"
    r"|till och med|till|t\.\s?o\.\s?m\.|tom(?=\s+\d)|until|to(?=\s+\d))\s+",
    re.IGNORECASE,
)
_FIRST = ("f", "from")
_FOR = re.compile(r"\s+(?:för|om|for|about)\s+(\w+)$", re.IGNORECASE)
_KIND_WORDS: dict[str, MandateKind] = {
    "medfinansiering": "co_financing",
    "pengar": "co_financing",
    "money": "co_financing",
    "prioritering": "priority",
    "prioriteringar": "priority",
    "priorities": "priority",
}


@dataclass(frozen=True)
class Typed:
    """Whom and what the words say. Days as the form takes them, or as typed where they are none;
    empty when they are not said."""

    name: str
    kinds: tuple[MandateKind, ...] = KINDS
    first: str = ""
    last: str = ""


def read_mandate(words: str, now: datetime) -> Typed:
    """The name, the kind and the days; both kinds when none is said."""
    name, *rest = _PARTS.split(f" {words.strip()} ")
    first = last = ""
    for word, said in zip(rest[::2], rest[1::2], strict=True):
        if word.casefold().startswith(_FIRST):
            first = _day(said, now)
        else:
            last = _day(said, now)
    name = name.strip()
    about = _FOR.search(name)
    kind = _KIND_WORDS.get(plain(about[1])) if about is not None else None
    if about is None or kind is None:
        return Typed(name, first=first, last=last)
    return Typed(name[: about.start()], (kind,), first, last)


def _day(words: str, now: datetime) -> str:
    try:
        return read_said(words, now).day.isoformat()
    except NotAMoment:
        return words.strip()
