"""Days and hours as people write them: `mån 9`, `12 maj 9-11`, `i morgon 13:30`, `2026-05-12`.

What has no year or week is the next that comes, in Stockholm time.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import STOCKHOLM, in_stockholm
from bot.finding import plain

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("man", "mandag", "mon", "monday"),
            ("tis", "tisdag", "tue", "tuesday"),
            ("ons", "onsdag", "wed", "wednesday"),
            ("tor", "tors", "torsdag", "thu", "thursday"),
            ("fre", "fredag", "fri", "friday"),
            ("lor", "lordag", "sat", "saturday"),
            ("son", "sondag", "sun", "sunday"),
        )
    )
    for name in names
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januari", "january"),
            ("feb", "februari", "february"),
            ("mar", "mars", "march"),
            ("apr", "april"),
            ("maj", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "augusti", "august"),
            ("sep", "sept", "september"),
            ("okt", "oktober", "oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_HOUR = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"(?:kl\.?\s*)?{_HOUR}(?:\s*(?:-|–|till)\s*{_HOUR})?$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(r"(?:den\s+)?(\d{1,2})(?::?[ae])?\.?\s+([a-z]+)\.?(?:\s+(\d{4}))?(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?!\d)")
_WORD = re.compile(r"(?:pa\s+|nasta\s+)?([a-z]+)\b")

_UNTIL = re.compile(r"(?:till och med|t\.?\s?o\.?\s?m\.?|till|until|to)\s+", re.IGNORECASE)


class NotAMoment(ValueError):
    """The words say no day, or hours that are none."""


@dataclass(frozen=True)
class Said:
    """A day, with hours where they are said."""

    day: date
    starts: time | None = None
    ends: time | None = None


def read_moment(words: str, now: datetime, *, hour: time) -> datetime:
    """The moment that the words say, at `hour` when they say none. NotAMoment."""
    said = read_said(words, now)
    return datetime.combine(said.day, said.starts or hour, STOCKHOLM)


def read_span(words: str, now: datetime) -> tuple[datetime, datetime]:
    """From when to when; an hour alone is an hour long. NotAMoment without hours."""
    said = read_said(words, now)
    if said.starts is None:
        raise NotAMoment(words)
    begins = datetime.combine(said.day, said.starts, STOCKHOLM)
    if said.ends is None:
        return begins, begins + timedelta(hours=1)
    ends = datetime.combine(said.day, said.ends, STOCKHOLM)
    if ends <= begins:
        raise NotAMoment(words)
    return begins, ends


def read_hours_of_day(words: str) -> tuple[time, time]:
    """From and to, as `8-16:30`, `08:00-17` or `mellan 9 och 15`. NotAMoment."""
    known = plain(words).strip(" .,").removeprefix("mellan ").replace(" och ", " - ")
    hours = _SPAN.match(known)
    if hours is None or hours[3] is None:
        raise NotAMoment(words)
    starts, ends = _time(hours[1], hours[2]), _time(hours[3], hours[4])
    if ends <= starts:
        raise NotAMoment(words)
    return starts, ends


def read_said(words: str, now: datetime) -> Said:
    """Day and hours as said. NotAMoment."""
    known = plain(words).strip(" .,")
    today = in_stockholm(now).date()
    day, rest, weekly = _day(known, today)
    rest = rest.strip(" ,")
    if not rest:
        return Said(day)
    hours = _SPAN.match(rest)
    if hours is None:
        raise NotAMoment(words)
    starts = _time(hours[1], hours[2])
    ends = _time(hours[3], hours[4]) if hours[3] else None
    if weekly and day == today and starts <= in_stockholm(now).time():
        day += timedelta(weeks=1)
    return Said(day, starts, ends)


def day_first(words: str, now: datetime) -> tuple[date, str] | None:
    """The day that the words begin with, and the words after it; None when they begin with none.

    A weekday, or `i dag`, that other words follow is taken for a day only after `till`: `man` may
    be Monday or anybody.
    """
    until = _UNTIL.match(words.strip())
    said = words.strip()[until.end() :] if until else words.strip()
    known = plain(said)
    try:
        day, rest, _weekly = _day(known, in_stockholm(now).date())
    except NotAMoment:
        return None
    if not until and rest.strip(" .,") and not re.match(r"(?:den\s+)?\d", known):
        return None
    return day, said[len(known) - len(rest) :].strip(" .,:;–-")


def _time(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise NotAMoment(hour) from None


def _day(words: str, today: date) -> tuple[date, str, bool]:
    """The day, what stands after it, and whether it comes again each week."""
    for phrase, days in (("i dag", 0), ("idag", 0), ("today", 0), ("i morgon", 1),
                         ("imorgon", 1), ("tomorrow", 1)):  # fmt: skip
        if words == phrase or words.startswith(phrase + " "):
            return today + timedelta(days=days), words[len(phrase) :], False
    if match := _ISO.match(words):
        return _date(int(match[1]), int(match[2]), int(match[3])), words[match.end() :], False
    if match := _SLASHED.match(words):
        day = _coming(int(match[2]), int(match[1]), today)
        return day, words[match.end() :], False
    match = _DAY_MONTH.match(words)
    if match and match[2] in _MONTHS:
        month, number = _MONTHS[match[2]], int(match[1])
        day = _date(int(match[3]), month, number) if match[3] else _coming(month, number, today)
        return day, words[match.end() :], False
    match = _WORD.match(words)
    if match and match[1] in _WEEKDAYS:
        ahead = (_WEEKDAYS[match[1]] - today.weekday()) % 7
        return _after_weekday(words[match.end() :], today, ahead)
    raise NotAMoment(words)


def _after_weekday(rest: str, today: date, ahead: int) -> tuple[date, str, bool]:
    """`fre 15 maj 9`: the date that follows says the day, if one does."""
    try:
        day, left, _weekly = _day(rest.strip(" ,"), today)
    except NotAMoment:
        return today + timedelta(days=ahead), rest, True
    return day, left, False


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotAMoment(f"{year}-{month}-{day}") from None


def _coming(month: int, day: int, today: date) -> date:
    this_year = _date(today.year, month, day) if (month, day) != (2, 29) else None
    if this_year is not None and this_year >= today:
        return this_year
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise NotAMoment(f"{month}-{day}")
