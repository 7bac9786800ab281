"""What people must hear of and when, reckoned from the day of each thing without the bot's code."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.year.oracle import DAY, SWEDEN, at_work

LOOK = time(8, 3)
"""The first look of a working day."""

MONDAY, DIGEST_AT = 1, time(7, 30)

There = Callable[[int, datetime], bool]
"""Whether a person is employed and not away at a moment."""


@dataclass(frozen=True)
class Must:
    """A thing that a person must hear of on days counted from its own (`on`), while it is open.

    `known`: the first day when there is such a thing; `until`: the last when it is of use to hear
    of it. What `hurries` comes in July too, when no working day is left before its own. Where every
    day of a step is free, the last working day before is its day; unless nobody can know so early.
    """

    thing: str
    person: int
    on: date
    days: tuple[int, ...]
    known: date
    is_open: Callable[[datetime], bool]
    until: date | None = None
    hurries: bool = False
    early: bool = True

    @property
    def kind(self) -> str:
        """The first word of its name."""
        return self.thing.partition(":")[0]

    def may_come(self, day: date) -> bool:
        """Whether people may hear of it on that day of the calendar."""
        if not at_work(day) or day.month != 7:
            return at_work(day)
        before = _from_to(day + DAY, self.on - DAY)
        return self.hurries and day <= self.on and not any(at_work(each) for each in before)


def owed(must: Must, first: date, end: date, there: There) -> set[date]:
    """The days on which the person must have been told, from the day `first` until `end`."""
    found = (_day_of(must, days, first, end, there) for days in must.days)
    return {each for each in found if each is not None}


def _day_of(must: Must, days: int, first: date, end: date, there: There) -> date | None:
    """The first day when it can be said that the step has come; None when there is none."""
    begins = must.on + timedelta(days=days)
    last = must.until or (must.on if days < 0 else end)
    possible = [each for each in _from_to(begins, last) if must.may_come(each)]
    ends = days < 0 or must.until is not None
    if not possible and must.early and ends:
        earliest = must.on + DAY if days > 0 else must.known
        before = [each for each in _from_to(earliest, begins - DAY) if must.may_come(each)]
        possible = before[-1:]
    for day in (each for each in possible if first <= each <= end):
        at = datetime.combine(day, LOOK, SWEDEN)
        if day >= must.known and must.is_open(at) and there(must.person, at):
            return day
    return None


def _from_to(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range((last - first).days + 1))


def next_working_day(day: date) -> date:
    """The day itself when people are at work, or the first one after."""
    while not at_work(day):
        day += DAY
    return day


def working_day_before(day: date) -> date:
    """The last day before it when people are at work."""
    day -= DAY
    while not at_work(day):
        day -= DAY
    return day


def chef_reads(at: datetime) -> date:
    """The day of the chef's first digest after the moment: a Monday, or the working day after."""
    there = at.astimezone(SWEDEN)
    monday = there.date() - timedelta(days=there.isoweekday() + 6)
    while True:
        day = next_working_day(monday)
        if datetime.combine(day, DIGEST_AT, SWEDEN) > at:
            return day
        monday += timedelta(weeks=1)
