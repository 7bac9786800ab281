"""Who does something, when and from where: what every change is written with."""

from dataclasses import dataclass
from datetime import datetime

from bot.people import Person


@dataclass(frozen=True)
class By:
    """A person who acts at a moment, from a platform (`web`, `slack`, `teams`, `demo`)."""

    person: Person
    now: datetime
    platform: str
