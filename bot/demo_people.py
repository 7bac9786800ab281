"""The people of the demo, and the days on which they act."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import STOCKHOLM, in_stockholm
from bot.people import Person, read_person
from bot.plan import Plan
from bot.workdays import previous_working_day
from storage.queries.people import person_by_email

CHEF = "chef@skaraborg"


class DemoPeople:
    """People named by the part of their address before `.example.se`, around the moment `now`."""

    def __init__(self, db: AsyncConnection, plan: Plan, now: datetime) -> None:
        self.db, self.plan, self.now = db, plan, now
        self._people: dict[str, Person] = {}

    @property
    def today(self) -> date:
        """The day that it is."""
        return in_stockholm(self.now).date()

    async def by(self, who: str, days: float) -> By:
        """Somebody who acts so many days ago, in the working hours of a working day."""
        day = previous_working_day((self.now - timedelta(days=days)).astimezone(STOCKHOLM).date())
        at = datetime.combine(day, time(9, round(days * 7) % 60), STOCKHOLM)
        return By(await self.person(who), min(at, self.now - timedelta(minutes=5)), "demo")

    async def person(self, who: str) -> Person:
        """Somebody as they are today."""
        if who not in self._people:
            email = f"{who}.example.se"
            row = await person_by_email(self.db, email, self.today)
            if row is None:
                raise LookupError(email)
            self._people[who] = read_person(row)
        return self._people[who]
