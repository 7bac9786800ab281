"""Days as people write them of applications: those of a funder's reports, and one that has been."""

import re
from datetime import date, datetime, timedelta

from bot.clock import in_stockholm
from bot.finding import plain
from bot.reading_moments import NotAMoment, read_said

_YESTERDAY = ("i gar", "igar", "yesterday")
_TO_COME = ("i morgon", "imorgon", "tomorrow")
_BETWEEN = re.compile(r"[\s,;]+(?:och\s+|and\s+)?")


class NotADay(ValueError):
    """`word` is no day."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def read_days(words: str) -> tuple[date, ...]:
    """The days of `2027-03-01, 2027-09-01`, each once, the first first.

    NotADay for the first word that is none.
    """
    found: set[date] = set()
    for word in _BETWEEN.split(words.strip(" ,;.\n\t")):
        if not word:
            continue
        try:
            found.add(date.fromisoformat(word))
        except ValueError:
            raise NotADay(word) from None
    return tuple(sorted(found))


def written(days: tuple[date, ...]) -> str:
    """The days as `read_days` reads them."""
    return ", ".join(day.isoformat() for day in days)


def read_past(words: str, now: datetime) -> date:
    """The latest day, today or before, that the words say: `2026-03-01`, `i går`, `1 mars`.

    NotADay for other words; a day that is written with its year is that day, also when it is to
    come.
    """
    today = in_stockholm(now).date()
    known = plain(words).strip(" .")
    if known in _YESTERDAY:
        return today - timedelta(days=1)
    try:
        day = read_said(words, now).day
    except NotAMoment:
        raise NotADay(words) from None
    if day <= today or str(day.year) in known or known in _TO_COME:
        return day
    if not any(map(str.isdecimal, known)):
        return day - timedelta(weeks=1)
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - (4 if leap else 1))
