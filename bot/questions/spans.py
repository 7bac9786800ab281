"""The days that a question's period or `since` means."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_ISO_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both included; of several times apart only what is in
    `parts`."""

    first: date
    last: date
    parts: tuple["Days", ...] = ()

    def __contains__(self, day: date) -> bool:
        return self.meets(day, day)

    def meets(self, starts_on: date, ends_on: date) -> bool:
        """Whether something that lasts from one day to another goes on within these."""
        if self.parts:
            return any(each.meets(starts_on, ends_on) for each in self.parts)
        return starts_on <= self.last and ends_on >= self.first


def days_of(period: str | None, today: date) -> Days | None:
    """The days of a period; None for none, and for one that is no period."""
    if period is None:
        return None
    named = _NAMED.get(period)
    return named(today) if named is not None else _written(period)


def days_of_any(periods: Sequence[str], today: date) -> Days | None:
    """The days of all the periods: one span where they follow one another; None for none."""
    found = [days for each in periods if (days := days_of(each, today)) is not None]
    spans: list[Days] = []
    for each in sorted(found, key=lambda days: days.first):
        if spans and each.first <= spans[-1].last + _DAY:
            spans[-1] = Days(spans[-1].first, max(spans[-1].last, each.last))
        else:
            spans.append(each)
    if len(spans) < 2:
        return next(iter(spans), None)
    return Days(spans[0].first, spans[-1].last, tuple(spans))


def first_day(since: str | None, today: date) -> date | None:
    """The day that `since` names; None for none, and for what is no day.

    `last_monday` is the latest one before today.
    """
    if since is None:
        return None
    if since == "yesterday":
        return today - _DAY
    day = since.removeprefix("last_")
    if day in _WEEKDAYS:
        return today - timedelta(days=(today.weekday() - _WEEKDAYS.index(day)) % 7 or 7)
    try:
        return date.fromisoformat(since)
    except ValueError:
        return None


def _written(period: str) -> Days | None:
    try:
        if _YEAR.fullmatch(period):
            return _year(int(period))
        if match := _MONTH.fullmatch(period):
            return _month(int(match[1]), int(match[2]))
        if match := _QUARTER.fullmatch(period):
            return _quarter(int(match[1]), int(match[2]))
        if match := _ISO_WEEK.fullmatch(period):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return Days(monday, monday + 6 * _DAY)
    except ValueError:
        return None
    return None


def _year(year: int) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31))


def _month(year: int, month: int) -> Days:
    """The month, also counted on past December or back before January."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1), following - _DAY)


def _quarter(year: int, quarter: int) -> Days:
    last = _month(year, quarter * 3).last
    return Days(_month(year, quarter * 3 - 2).first, last)


def _week(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + 6 * _DAY)


def _quarter_of(day: date, ahead: int) -> Days:
    return _quarter(day.year, (day.month + 2) // 3 + ahead)


_NAMED: Mapping[str, Callable[[date], Days]] = {
    "today": lambda day: Days(day, day),
    "this_week": _week,
    "last_week": lambda day: _week(day - _WEEK),
    "next_week": lambda day: _week(day + _WEEK),
    "this_month": lambda day: _month(day.year, day.month),
    "last_month": lambda day: _month(day.year, day.month - 1),
    "next_month": lambda day: _month(day.year, day.month + 1),
    "this_quarter": lambda day: _quarter_of(day, 0),
    "last_quarter": lambda day: _quarter_of(day, -1),
    "next_quarter": lambda day: _quarter_of(day, 1),
    "this_year": lambda day: _year(day.year),
    "last_year": lambda day: _year(day.year - 1),
    "next_14_days": lambda day: Days(day, day + 13 * _DAY),
}
