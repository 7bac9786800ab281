"""A what-if as typed: `om Gullspång och Hjo avstår`, `800 000`, `lika delar`."""

import re
from collections.abc import Collection, Mapping

from bot.amounts import amount_first
from bot.finding import plain
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.co_financing import Supposed
from bot.polls.cost_sharing import Key, SharingKey

MOST = 1_000_000_000_000
_LEAST = 1_000
"""A smaller number without kronor after it is hardly a sum."""
_NUMBER = re.compile(r"(?<!\S)\d")
_BETWEEN = re.compile(r",|;|&|\b(?:och|samt|men)\b", re.IGNORECASE)
_ABSTAIN = re.compile(r"\b(?:avst[åa]r?|inte|hoppar)\b", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:om|utan|både|är|summan|blir|delas?|fördelningen)\b|\b(?:kommun|är|ska|vill)$",
    re.IGNORECASE,
)
"""What may stand around a name."""
_MIXED = re.compile(r"(\d{1,3})\s*(?:%|procent)\s*(?:i\s+)?lika")
_KEYS = {
    "per invanare": SharingKey.PER_INHABITANT,
    "efter invanare": SharingKey.PER_INHABITANT,
    "lika delar": SharingKey.EQUAL,
    "lika mycket": SharingKey.EQUAL,
    "lika": SharingKey.EQUAL,
}


def read_supposed(words: str, municipalities: Mapping[OrganisationId, str]) -> Supposed | None:
    """Who is named abstains; an amount is another sum, a key another key. None for none of it, and
    for a number that may be no amount."""
    known = f" {plain(words)} "
    without = frozenset(one for one, name in municipalities.items() if _named(known, plain(name)))
    key = _key(known)
    number = _NUMBER.search(left := _MIXED.sub("", words))
    asked = _asked(left[number.start() :]) if number is not None else None
    if number is not None and asked is None:
        return None
    if not without and key is None and asked is None:
        return None
    return Supposed(without, asked, key)


def unknown_name(words: str, names: Collection[str]) -> str | None:
    """The first one that is said to abstain, or stands alone, and that none of `names` is."""
    for piece in _BETWEEN.split(_ABSTAIN.split(words, maxsplit=1)[0]):
        name = _AROUND.sub("", piece.strip(' .!?:”"')).strip()
        known = f" {plain(name)} "
        told = any(_named(known, plain(each)) for each in names)
        if name and not told and _key(known) is None and not any(map(str.isdecimal, name)):
            return name
    return None


def _named(words: str, name: str) -> bool:
    spaced = re.sub(r"[^\w ]", " ", words)
    return f" {name} " in spaced or f" {name}s " in spaced


def _key(words: str) -> Key | None:
    if mixed := _MIXED.search(words):
        percent = int(mixed[1])
        return Key(SharingKey.MIXED, percent) if percent <= 100 else None
    for phrase, kind in _KEYS.items():
        if f" {phrase} " in words:
            return Key(kind)
    return None


def _asked(words: str) -> Kronor | None:
    begun = amount_first(words)
    if begun is None or begun.doubtful or not (begun.has_unit or begun.amount >= _LEAST):
        return None
    return Kronor(begun.amount) if 0 < begun.amount < MOST else None
