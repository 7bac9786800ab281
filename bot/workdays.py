"""Swedish working days: Monday to Friday, less public holidays and the eves kept as such; and the
hours of theirs when people are written to by the clock."""

from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import Sweden

from bot.clock import STOCKHOLM, in_stockholm

_DAY = timedelta(days=1)
MORNING, EVENING = time(8), time(17)
"""Between these, in Stockholm, people are written to of what they did not just ask for."""


@cache
def _free_days(year: int) -> frozenset[date]:
    return frozenset(Sweden(years=year, categories=("public", "de_facto")))


def is_working_day(day: date) -> bool:
    """Whether people are at work on `day`."""
    return day.isoweekday() <= 5 and day not in _free_days(day.year)


def is_bridge_day(day: date) -> bool:
    """A working day between two days that are free, such as the Friday after Ascension Day."""
    return is_working_day(day) and not is_working_day(day - _DAY) and not is_working_day(day + _DAY)


def is_quiet(day: date, *, bridge_days: bool, july: bool) -> bool:
    """Whether people are left in peace on the day, though it is a working day."""
    return (july and day.month == 7) or (bridge_days and is_bridge_day(day))


def next_working_day(day: date) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def previous_working_day(day: date) -> date:
    """`day` itself when it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= _DAY
    return day


def next_working_hour(now: datetime) -> datetime:
    """`now` itself when people are at work, else the next morning that they are."""
    there = in_stockholm(now)
    day = there.date() if there.time() < EVENING else there.date() + _DAY
    begins = datetime.combine(next_working_day(day), MORNING, STOCKHOLM)
    return max(now, begins)
