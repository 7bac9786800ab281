"""Days as moments: a poll opens in the morning of a day and closes at the end of one."""

from datetime import date, datetime, time, timedelta

from bot.clock import STOCKHOLM, in_stockholm
from bot.workdays import MORNING


def opening_on(day: date) -> datetime:
    """When a poll opens of which the day alone is said: those asked are at work, or soon."""
    return datetime.combine(day, MORNING, STOCKHOLM)


def end_of(day: date) -> datetime:
    """The first moment that is no longer that day in Stockholm."""
    return datetime.combine(day + timedelta(days=1), time(), STOCKHOLM)


def last_day(closes_at: datetime) -> date:
    """The last day on which an answer is in time."""
    return (in_stockholm(closes_at) - timedelta(microseconds=1)).date()


def closes_with_a_day(closes_at: datetime) -> bool:
    """Whether the poll closes at the end of a day: the hour need not be said then."""
    return in_stockholm(closes_at).time() == time()
