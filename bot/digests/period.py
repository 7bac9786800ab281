"""When digests are due: one for each audience and ISO week, on a working day, Stockholm time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.clock import STOCKHOLM, in_stockholm
from bot.settings import Settings
from bot.workdays import next_working_day, previous_working_day

YEARS = range(2000, 2200)
"""The years that plans are made for (as `plan_versions` has it)."""


class Audience(StrEnum):
    """Who gets a weekly digest."""

    MANAGER = "manager"
    STEERING_GROUP = "steering_group"


class NoSuchWeek(ValueError):
    """A week that is not written as `2026-W48`, or that its year lacks."""


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week: `2026-W48`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that `day` lies in; its year is not always the day's."""
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @classmethod
    def read(cls, text: str) -> "Week":
        """`2026-W48` as a week; NoSuchWeek for anything else, such as week 53 of a year of 52."""
        written = re.fullmatch(r"(\d{4})-[Ww](\d{2})", text.strip())
        if written is None:
            raise NoSuchWeek(text)
        week = cls(int(written[1]), int(written[2]))
        if week.year not in YEARS:
            raise NoSuchWeek(text)
        try:
            week.day(1)
        except ValueError as problem:
            raise NoSuchWeek(text) from problem
        return week

    def day(self, weekday: int) -> date:
        """The week's day, by ISO weekday from 1."""
        return date.fromisocalendar(self.year, self.number, weekday)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


@dataclass(frozen=True)
class Due:
    """A digest that is due: `at` is its cut-off too, in UTC."""

    audience: Audience
    week: Week
    at: datetime

    @property
    def period(self) -> str:
        """The unique name of the time it is for: the ISO week of its nominal day."""
        return str(self.week)


def due_in(audience: Audience, week: Week, settings: Settings) -> Due:
    """When the audience's digest of that week is due.

    On a holiday the manager's waits for the next working day, and the steering group's comes on
    the one before.
    """
    match audience:
        case Audience.MANAGER:
            day = next_working_day(week.day(settings.chef_digest_day))
            at = settings.chef_digest_time
        case Audience.STEERING_GROUP:
            day = previous_working_day(week.day(settings.styrgrupp_digest_day))
            at = settings.styrgrupp_digest_time
    return Due(audience, week, _moment(day, at))


def latest_due(audience: Audience, now: datetime, settings: Settings) -> Due:
    """The audience's digest that was due last, at `now` or before."""
    return next(due for due in _backwards(audience, now, settings) if due.at <= now)


def next_due(audience: Audience, now: datetime, settings: Settings) -> Due:
    """The audience's digest that is due next, after `now`."""
    later = next(iter(_backwards(audience, now, settings)))
    for due in _backwards(audience, now, settings):
        if due.at <= now:
            return later
        later = due
    raise AssertionError("time has a beginning")


def weeks_before(moment: datetime, weeks: int) -> datetime:
    """The same time of day in Stockholm so many weeks earlier, in UTC."""
    local = in_stockholm(moment)
    return _moment(local.date() - timedelta(weeks=weeks), local.timetz().replace(tzinfo=None))


def _backwards(audience: Audience, now: datetime, settings: Settings) -> Iterator[Due]:
    """Every digest from well after `now` and backwards; a holiday moves one by days, not weeks."""
    day = in_stockholm(now).date() + timedelta(weeks=3)
    while True:
        yield due_in(audience, Week.of(day), settings)
        day -= timedelta(weeks=1)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=STOCKHOLM).astimezone(UTC)
