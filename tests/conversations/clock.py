"""A clock that a story sets."""

from datetime import UTC, datetime, timedelta


class StoryClock:
    """Tells the time that the story says it is."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def passes(self, **time: float) -> None:
        """Let time pass: `passes(days=3)`."""
        self.now += timedelta(**time)
