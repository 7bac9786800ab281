"""What a process has looked at lately, and need not look at again for a while."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

REMEMBERED = 10_000

Key = tuple[str, ...]


@dataclass
class Seen:
    """Remembers until when something needs no looking at."""

    _until: dict[Key, datetime] = field(default_factory=dict[Key, datetime])

    def lately(self, key: Key, now: datetime) -> bool:
        """Whether it need not be looked at now."""
        return now < self._until.get(key, now)

    def keep(self, key: Key, now: datetime, lasts: timedelta) -> None:
        """It has been looked at, and need not be again for so long."""
        if len(self._until) >= REMEMBERED:
            self._until.clear()
        self._until[key] = now + lasts

    def forget(self, key: Key) -> None:
        """It is to be looked at again."""
        self._until.pop(key, None)
