"""What must hold of reminders, judged without the bot's own code: free days, lateness, absence."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)
FREE = frozenset(
    date(2026, month, day)
    for month, day in (
        *((1, 1), (1, 6), (4, 3), (4, 6), (5, 1), (5, 14), (6, 6), (6, 19), (6, 20), (10, 31)),
        *((12, 24), (12, 25), (12, 26), (12, 31)),
    )
) | {date(2027, 1, 1), date(2027, 1, 6)}
"""Public holidays of 2026 and the eves that Swedish offices keep, from the almanac."""


def at_work(day: date) -> bool:
    """Monday to Friday, and not free."""
    return day.isoweekday() <= 5 and day not in FREE


def in_hours(moment: datetime, *, july: bool = False) -> bool:
    """Between 08:00 and 17:00 in Sweden, on a working day that is not in July, unless that may
    be."""
    there = moment.astimezone(SWEDEN)
    quiet = there.month == 7 and not july
    return at_work(there.date()) and time(8) <= there.time() < time(17) and not quiet


@dataclass
class Told:
    """When an activity was reported, and with which state."""

    at: datetime
    status: str


@dataclass
class Run:
    """An activity of the simulation: whose it is, how often it is reported, and what was said."""

    id: int
    person: int
    rhythm: str
    weeks: int
    starts_on: date
    ends_on: date
    said: list[Told] = field(default_factory=list[Told])

    def due(self, moment: datetime) -> date | None:
        """The last day on which its next report would have been in time, seen from `moment`."""
        today = moment.astimezone(SWEDEN).date()
        if self.rhythm == "never" or not self.starts_on <= today <= self.ends_on:
            return None
        before = [each for each in self.said if each.at <= moment]
        if before and before[-1].status in ("paused", "done"):
            return None
        last = before[-1].at.astimezone(SWEDEN).date() if before else self.starts_on
        since = max(last, self.starts_on)
        if self.rhythm == "monthly":
            year, month = since.year + since.month // 12, since.month % 12 + 1
            return date(year, month, min(since.day, monthrange(year, month)[1]))
        return since + timedelta(weeks=self.weeks)

    def is_late(self, moment: datetime) -> bool:
        """Whether that day has passed."""
        due = self.due(moment)
        return due is not None and due < moment.astimezone(SWEDEN).date()


@dataclass
class Away:
    """An absence as it was told; it counts from when it was."""

    person: int
    told_at: datetime
    first: date
    back: date

    def covers(self, person: int, moment: datetime) -> bool:
        """Whether the person was known to be away then."""
        day = moment.astimezone(SWEDEN).date()
        known = self.person == person and self.told_at <= moment
        return known and self.first <= day < self.back
