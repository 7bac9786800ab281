"""What time it is, handed in, so that a test can stand at any time."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

Clock = Callable[[], datetime]
"""Tells the time now, aware."""


def wall_clock() -> datetime:
    """The real time, in UTC."""
    return datetime.now(UTC)


def in_stockholm(moment: datetime) -> datetime:
    """The same moment as clocks in Stockholm show it."""
    return moment.astimezone(STOCKHOLM)
