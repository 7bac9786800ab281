"""A municipality's answer as people type it: `ja 25 000`, `nej för dyrt`, `politiskt beslut`."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.amounts import amount_first
from bot.finding import plain
from bot.polls.co_financing import AnswerKind
from bot.reading_moments import NotAMoment, read_said

_YES = ("ja", "yes", "japp", "jajamen", "jo", "okej", "ok")
_NO = ("nej", "no", "nä", "na")
_POLITICAL = ("politiskt beslut", "politisk", "politiskt", "namnd", "political", "kf", "ks")
_HOURS = re.compile(
    r"^([-−]?\d[\d ]*(?:,\d+)?)\s*(?:timmar|timme|tim|h|hours?)\b[.,:]?\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"[-−–+]?\d")
_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}|(?:den\s+)?\d{1,2}(?::?[ae])?\s+"
    r"(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*(?:\s+\d{4})?"
    r"|(?<!\d)\d{1,2}/\d{1,2}(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Typed:
    """What the words say; numbers as they were typed, to be judged by the form, and a day as the
    form takes it.

    `doubtful`: there is a number in `rest` that may be the amount or something else, so that only
    whoever typed it can say.
    """

    kind: AnswerKind
    amount: str = ""
    hours: str = ""
    day: str = ""
    rest: str = ""
    doubtful: bool = False


def read_answer(words: str, now: datetime) -> Typed | None:
    """The answer that the words begin with; None when they begin with none. A day without a year is
    the next that comes."""
    known = plain(words)
    for phrase in _POLITICAL:
        if known == phrase or known.startswith((phrase + " ", phrase + ",")):
            return _political(words[len(phrase) :], now)
    first, _space, rest = words.partition(" ")
    word = plain(first.strip(",.:;!"))
    if word in _NO:
        return Typed(AnswerKind.NO, rest=rest.strip())
    if word not in _YES:
        return None
    return _yes(rest.strip())


def _yes(rest: str) -> Typed:
    hours = _HOURS.match(rest)
    if hours is not None:
        left = rest[hours.end() :].strip()
        return Typed(AnswerKind.OTHERWISE, hours=hours[1].strip(), rest=left)
    begun = amount_first(rest)
    if begun is not None and not begun.doubtful:
        return Typed(AnswerKind.OTHERWISE, amount=begun.written, rest=begun.rest)
    words = rest.split()
    if begun is None and len(words) == 1 and _NUMBER.match(rest):
        return Typed(AnswerKind.OTHERWISE, amount=rest)
    # "ca 25 000" and "högst 25 000" say an amount too, but not plainly.
    doubtful = any(_NUMBER.match(each) for each in words[:2])
    return Typed(AnswerKind.OTHERWISE if rest else AnswerKind.YES, rest=rest, doubtful=doubtful)


def _political(rest: str, now: datetime) -> Typed:
    found = _DAY.search(rest)
    if found is None:
        return Typed(AnswerKind.POLITICAL, rest=rest.strip(" ,.:"))
    left = f"{rest[: found.start()].strip(' ,.:')} {rest[found.end() :].strip(' ,.:')}".strip()
    try:
        day = read_said(found[0], now).day.isoformat()
    except NotAMoment:
        day = found[0]
    return Typed(AnswerKind.POLITICAL, day=day, rest=left)
