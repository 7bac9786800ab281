"""When digests are due: one for each reader and week, month or day, on a working day, by
Stockholm's clock."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.clock import STOCKHOLM, in_stockholm
from bot.settings import Settings
from bot.workdays import is_working_day, next_working_day, previous_working_day

YEARS = range(2000, 2200)
"""The years that plans are made for (as `plan_versions` has it)."""


class Audience(StrEnum):
    """What sort of reader a digest is for. The board's is its report, which people send."""

    MANAGER = "manager"
    STEERING_GROUP = "steering_group"
    MUNICIPAL_DIRECTORS = "municipal_directors"
    REFERENCE_GROUP = "reference_group"
    BOARD = "board"
    NETWORK = "network"
    PERSON = "person"


DAYS_AHEAD = 60
"""Within which any weekday is a working day at least once."""

WEEKLY = (Audience.MANAGER, Audience.STEERING_GROUP)
"""Those that get one every week whether they choose it or not."""

MONTHLY = (Audience.MUNICIPAL_DIRECTORS, Audience.REFERENCE_GROUP)
"""Those that get one every month."""


class NoSuchWeek(ValueError):
    """A week that is not written as `2026-W48`, or that its year lacks."""


@dataclass(frozen=True)
class Reader:
    """Whose digest it is. `of`: which network or person."""

    audience: Audience
    of: int | None = None

    def __str__(self) -> str:
        return self.audience if self.of is None else f"{self.audience}:{self.of}"

    @classmethod
    def read(cls, key: str) -> "Reader | None":
        """The reader that `str` wrote; None for anything else."""
        name, _colon, of = key.partition(":")
        several = name in (Audience.NETWORK, Audience.PERSON)
        is_number = of.isascii() and of.isdecimal() and len(of) < 19
        if name not in list(Audience) or several != bool(of) or (several and not is_number):
            return None
        return cls(Audience(name), int(of) if several else None)


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
    """A digest that is due: `at` is its cut-off too, in UTC. `of`: which network or person.

    `named` is the period when that is no week: `2026-03` (a month), `2026-03-16` (a day),
    `2026-W12-1` (the first extra one of a week).
    """

    audience: Audience
    week: Week
    at: datetime
    of: int | None = None
    named: str = ""

    @property
    def reader(self) -> Reader:
        """Whose it is."""
        return Reader(self.audience, self.of)

    @property
    def period(self) -> str:
        """The unique name of the time it is for; of a weekly one the week of its nominal day."""
        return self.named or str(self.week)


def due_in(audience: Audience, week: Week, settings: Settings) -> Due:
    """When the audience's weekly digest of that week is due.

    On a holiday it waits for the next working day; only the steering group's comes on the one
    before.
    """
    match audience:
        case Audience.STEERING_GROUP:
            day = previous_working_day(week.day(settings.styrgrupp_digest_day))
            at = settings.styrgrupp_digest_time
        case Audience.NETWORK:
            day = next_working_day(week.day(settings.network_digest_day))
            at = settings.network_digest_time
        case _:
            day = next_working_day(week.day(settings.chef_digest_day))
            at = settings.chef_digest_time
    return Due(audience, week, moment_of(day, at))


def due_in_month(reader: Reader, year: int, month: int, settings: Settings) -> Due:
    """When the reader's digest of that month is due: its day, or the next working day."""
    day = next_working_day(date(year, month, settings.monthly_digest_day))
    at = moment_of(day, settings.monthly_digest_time)
    return Due(reader.audience, Week.of(day), at, reader.of, f"{year}-{month:02d}")


def due_on(person: int, day: date, settings: Settings) -> Due:
    """The person's own digest of a day that they have chosen."""
    at = moment_of(day, settings.personal_digest_time)
    return Due(Audience.PERSON, Week.of(day), at, person, day.isoformat())


def next_of_person(
    person: int, days: Collection[int], now: datetime, settings: Settings
) -> Due | None:
    """The person's own digest that is due next after `now`; `days` are the ISO weekdays that they
    have chosen, and without any none comes."""
    first = in_stockholm(now).date()
    for day in (first + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)):
        due = due_on(person, day, settings)
        if day.isoweekday() in days and is_working_day(day) and due.at > now:
            return due
    return None


def latest_of_month(reader: Reader, now: datetime, settings: Settings) -> Due:
    """The reader's monthly digest that was due last, at `now` or before."""
    found = [each for each in _months_about(reader, now, settings) if each.at <= now]
    return found[-1]


def next_of_month(reader: Reader, now: datetime, settings: Settings) -> Due:
    """The reader's monthly digest that is due next, after `now`."""
    return next(each for each in _months_about(reader, now, settings) if each.at > now)


def _months_about(reader: Reader, now: datetime, settings: Settings) -> list[Due]:
    """Those of the months before, with and after `now`, in order."""
    local = in_stockholm(now)
    months = [local.year * 12 + local.month - 1 + ahead for ahead in (-2, -1, 0, 1, 2)]
    return [due_in_month(reader, each // 12, each % 12 + 1, settings) for each in months]


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
    return moment_of(local.date() - timedelta(weeks=weeks), local.timetz().replace(tzinfo=None))


def _backwards(audience: Audience, now: datetime, settings: Settings) -> Iterator[Due]:
    """Every digest from well after `now` and backwards; a holiday moves one by days, not weeks."""
    day = in_stockholm(now).date() + timedelta(weeks=3)
    while True:
        yield due_in(audience, Week.of(day), settings)
        day -= timedelta(weeks=1)


def moment_of(day: date, at: time) -> datetime:
    """That time of the day in Stockholm, in UTC."""
    return datetime.combine(day, at, tzinfo=STOCKHOLM).astimezone(UTC)
