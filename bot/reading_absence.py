"""Absence as people write it: `till 12 aug`, `3 dagar`, `v. 28-31`, `från 3 till 7 aug`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.clock import in_stockholm
from bot.finding import plain
from bot.reading_moments import NotAMoment, day_first
from bot.workdays import next_working_day

_DAY = timedelta(days=1)
LONGEST = timedelta(days=400)
"""Longer than this is somebody who has left."""
_HALF_A_YEAR = timedelta(days=183)
"""A day or week without a year that would come this long after the year's end has passed already,
and one that would come this long after another lies before it."""
_MOST_WEEKS_OVER_NEW_YEAR = 26

Why = Literal["unclear", "passed", "backwards", "no_day", "too_long"]
"""Why words say no time to be away."""

_DEPUTY = re.compile(
    r"[\s,;]*\b(?:med\s+)?(?:ersättare|ersattare|vikarie|deputy)\s*(?:är\s+|is\s+|:\s*)?(\S.*)$",
    re.IGNORECASE,
)
_COUNTS = {
    word: count
    for count, words in enumerate(
        (
            ("en", "ett", "one", "a"),
            ("tva", "two"),
            ("tre", "three"),
            ("fyra", "four"),
            ("fem", "five"),
            ("sex", "six"),
            ("sju", "seven"),
            ("atta", "eight"),
            ("nio", "nine"),
            ("tio", "ten"),
        ),
        start=1,
    )
    for word in words
}
_COUNT = rf"(?:i\s+|for\s+)?(\d{{1,5}}|{'|'.join(_COUNTS)})"
_DAYS = re.compile(rf"{_COUNT}\s+(?:(?:arbets)?dag(?:ar)?|days?)$")
_WEEKS_LONG = re.compile(rf"{_COUNT}\s+(?:veck(?:a|or)|weeks?)$")
_THIS_WEEK = ("hela veckan", "veckan ut", "resten av veckan", "den har veckan", "this week")
_WEEKS = re.compile(
    r"(?:v|vecka|vecko?r|week|weeks|w)\.?\s*(\d{1,2})"
    r"(?:\s*(?:-|–|till(?:\s+och\s+med)?|to)\s*(?:v\.?|vecka|week)?\s*(\d{1,2}))?$"
)
_BACK = re.compile(r"(?:tillbaka|åter|ater|back)\s+(?:den\s+|on\s+)?", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:till och med|t\.?\s?o\.?\s?m\.?|tills|till|until|to)\s+(?:den\s+)?", re.IGNORECASE
)
_FROM = re.compile(
    r"(?:från och med|fr\.?\s?o\.?\s?m\.?|från|fran|from)\s+(?:den\s+)?", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}")
_SAME_MONTH = re.compile(r"(\d{1,2})\s*(?:-|–|till)\s*(\d{1,2})\s+([a-zåäö]+.*)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:-|–|till och med|t\.?o\.?m\.?|till|to|until)\s+", re.IGNORECASE)


class NotAnAbsence(ValueError):
    """The words say no time to be away, or one that cannot be; `why` says which."""

    def __init__(self, words: str, why: Why = "unclear") -> None:
        super().__init__(words)
        self.why: Why = why


@dataclass(frozen=True)
class SaidAbsence:
    """From the first day away to the first day back; `deputy` is who stands in, as written."""

    starts_on: date
    ends_on: date
    deputy: str = ""


def read_absence(words: str, now: datetime) -> SaidAbsence:
    """What the words say, on the day in Stockholm. NotAnAbsence.

    The last day that is named is a day away.
    """
    deputy = ""
    if match := _DEPUTY.search(words):
        deputy, words = match[1].strip(" ."), words[: match.start()]
    said = words.strip(" .,!")
    today = in_stockholm(now).date()
    starts, ends = _span(said, now, today)
    if ends <= starts and starts > today:
        raise NotAnAbsence(words, "backwards")
    if ends <= today or ends <= starts:
        raise NotAnAbsence(words, "passed")
    if ends - starts > LONGEST:
        raise NotAnAbsence(words, "too_long")
    return SaidAbsence(starts, ends, deputy)


def _span(said: str, now: datetime, today: date) -> tuple[date, date]:
    known = plain(said)
    if match := _DAYS.match(known):
        return _working_days(_counted(match[1], days=1), today)
    if match := _WEEKS_LONG.match(known):
        return today, today + timedelta(weeks=_counted(match[1], days=7))
    if match := _WEEKS.match(known):
        return _weeks(int(match[1]), int(match[2] or match[1]), today)
    if known in _THIS_WEEK:
        return today, today + timedelta(days=8 - today.isoweekday())
    if match := _BACK.match(said):
        back = _whole(said[match.end() :], now)
        # Back on Monday, said on a Monday, is in a week.
        return today, back if back > today else back + timedelta(weeks=1)
    if match := _UNTIL.match(said):
        return today, _whole(said[match.end() :], now) + _DAY
    said = said[match.end() :] if (match := _FROM.match(said)) else said
    if match := _SAME_MONTH.match(said):
        first = _whole(f"{match[1]} {match[3]}", now)
        return first, _after(first, f"{match[2]} {match[3]}", now) + _DAY
    return _from_to(said, now)


def _from_to(said: str, now: datetime) -> tuple[date, date]:
    """A day, or one day to another."""
    parts = _BETWEEN.split(said, maxsplit=1)
    first = _whole(parts[0], now)
    if len(parts) == 1:
        return first, first + _DAY
    return first, _after(first, parts[1], now) + _DAY


def _noon_of(day: date, now: datetime) -> datetime:
    """The moment that a later day is reckoned from."""
    return in_stockholm(now).replace(year=day.year, month=day.month, day=day.day, hour=12)


def _after(first: date, words: str, now: datetime) -> date:
    """The day that the words are, reckoned from the first one."""
    return _whole(words, _noon_of(first, now), "backwards")


def _whole(words: str, now: datetime, why: Why = "passed") -> date:
    """The day that the words are, and nothing more; refused with `why` where it has been."""
    try:
        found = day_first(words, now)
    except NotAMoment as problem:
        raise NotAnAbsence(words) from problem
    if found is None or found[1]:
        raise NotAnAbsence(words)
    today = in_stockholm(now).date()
    if not _YEAR.search(words) and _rolled(found[0], today):
        raise NotAnAbsence(words, why)
    return found[0]


def _rolled(day: date, today: date) -> bool:
    """Whether a day that was said without a year is of next year because this one's has been."""
    return day.year > today.year and day - today > _HALF_A_YEAR


def _counted(words: str, *, days: int) -> int:
    """How many, each of so many days."""
    count = int(words) if words.isdecimal() else _COUNTS[words]
    if count < 1:
        raise NotAnAbsence(words, "no_day")
    if count * days > LONGEST.days:
        raise NotAnAbsence(words, "too_long")
    return count


def _working_days(count: int, today: date) -> tuple[date, date]:
    """So many working days from today on."""
    first = last = next_working_day(today)
    for _each in range(count - 1):
        last = next_working_day(last + _DAY)
    return first, last + _DAY


def _weeks(first: int, last: int, today: date) -> tuple[date, date]:
    """The weeks this year, or next year when they are over."""
    if last < first and last + 52 - first >= _MOST_WEEKS_OVER_NEW_YEAR:
        raise NotAnAbsence(f"{first}-{last}", "backwards")
    this_year = today.isocalendar().year
    for year in (this_year, this_year + 1):
        try:
            starts = date.fromisocalendar(year, first, 1)
            ends = date.fromisocalendar(year + (last < first), last, 1) + timedelta(weeks=1)
        except ValueError as problem:
            raise NotAnAbsence(f"{first}-{last}") from problem
        if ends > today and _rolled(starts, today):
            raise NotAnAbsence(f"{first}-{last}", "passed")
        if ends > today:
            return max(starts, today), ends
    raise NotAnAbsence(f"{first}-{last}")


def first_day_back(ends_on: date) -> date:
    """The first working day after an absence."""
    return next_working_day(ends_on)
