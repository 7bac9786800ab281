"""When a person may be written to by the clock: their own hours and days, where they live."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import STOCKHOLM
from bot.workdays import EVENING, MORNING, is_working_day

HOURS = "hours"
"""The personal setting that `read_hours` reads."""


@dataclass(frozen=True)
class Hours:
    """A person's working week. `reminder_day`: reminders come that ISO weekday only; None: any."""

    starts: time = MORNING
    ends: time = EVENING
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    reminder_day: int | None = None

    def works_on(self, day: date) -> bool:
        """Whether the person is at work on `day`, as far as week and holidays tell."""
        return day.isoweekday() in self.weekdays and is_working_day(day)

    def stored(self) -> dict[str, Any]:
        """As kept in the database."""
        return {
            "starts": self.starts.isoformat("minutes"),
            "ends": self.ends.isoformat("minutes"),
            "weekdays": sorted(self.weekdays),
            "reminder_day": self.reminder_day,
        }


USUAL = Hours()


def read_hours(chosen: Mapping[str, Any]) -> Hours:
    """The hours among what a person has chosen; the usual ones where they have not."""
    kept = chosen.get(HOURS)
    if not kept:
        return USUAL
    return Hours(
        starts=time.fromisoformat(kept["starts"]),
        ends=time.fromisoformat(kept["ends"]),
        weekdays=frozenset(kept["weekdays"]),
        reminder_day=kept["reminder_day"],
    )


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; Stockholm's when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return STOCKHOLM


def in_hours(hours: Hours, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the person is at work at `now`: within 08:00-17:00 and their own hours."""
    there = now.astimezone(zone)
    begins, ends = max(hours.starts, MORNING), min(hours.ends, EVENING)
    return hours.works_on(there.date()) and begins <= there.time() < ends


def day_ends(hours: Hours, zone: ZoneInfo, day: date) -> datetime:
    """When the person's day of work is over."""
    return datetime.combine(day, min(hours.ends, EVENING), zone)
