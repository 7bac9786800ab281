"""Things by the names that they carry in buttons and in the database."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.finding import read_number
from bot.plan import Activity, ActivityId, Plan
from bot.reminding.things import Kind
from storage.queries import reminders as queries

OF_ACTIVITY = frozenset({Kind.OVERDUE, Kind.DIGEST})


@dataclass(frozen=True)
class Named:
    """The sort of thing and the key of what it is about; `activity` where it is of one."""

    kind: Kind
    subject: int
    activity: Activity | None = None

    @property
    def key(self) -> str:
        """Its name in the database."""
        return f"{self.kind}:{self.subject}"


async def named(db: AsyncConnection, plan: Plan, key: str) -> Named | None:
    """What the name says; None for what is no name of a thing."""
    word, _colon, number = key.partition(":")
    kind = next((each for each in Kind if each == word), None)
    subject = read_number(number)
    if kind is None or not subject:
        return None
    if kind in OF_ACTIVITY:
        return Named(kind, subject, plan.by_id.get(ActivityId(subject)))
    activity = await queries.activity_of(db, kind, subject)
    return Named(kind, subject, plan.by_id.get(ActivityId(activity)) if activity else None)
