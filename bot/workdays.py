"""Swedish working days: Monday to Friday, less public holidays and the eves kept as such."""

from datetime import date, timedelta
from functools import cache

from holidays import Sweden

_DAY = timedelta(days=1)


@cache
def _free_days(year: int) -> frozenset[date]:
    return frozenset(Sweden(years=year, categories=("public", "de_facto")))


def is_working_day(day: date) -> bool:
    """Whether people are at work on `day`."""
    return day.isoweekday() <= 5 and day not in _free_days(day.year)


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
