"""What every rule stands on, read once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import bodies
from bot.clock import in_stockholm
from bot.people import BodyId, PersonId
from bot.plan import Activity, ActivityId, Plan
from bot.reminding.things import Level, Thing
from bot.settings import Settings
from storage.queries import reminders as queries


@dataclass(frozen=True)
class Ground:
    """The plan and the day, how often each network is reminded, and who holds the posts."""

    plan: Plan
    now: datetime
    settings: Settings
    levels: Mapping[BodyId, Level]
    managers: Sequence[PersonId] = ()
    directors: Sequence[PersonId] = ()

    @property
    def today(self) -> date:
        """The day in Stockholm."""
        return in_stockholm(self.now).date()

    def level(self, network: BodyId | None) -> Level:
        """How often the network's people are reminded; the standard for what has no network."""
        return self.levels.get(network, Level.STANDARD) if network else Level.STANDARD

    def level_of(self, activity: Activity | None) -> Level:
        """The same for an activity's network."""
        return self.level(activity.network if activity is not None else None)

    def activity(self, key: int | None) -> Activity | None:
        """The activity with that key, if it is in the plan."""
        return self.plan.by_id.get(ActivityId(key)) if key is not None else None


class Rule(Protocol):
    """Finds the things of one sort that people may be reminded of, done with or not."""

    async def __call__(self, db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
        """All of them that are open now."""
        ...


async def ground_for(db: AsyncConnection, plan: Plan, now: datetime, settings: Settings) -> Ground:
    """What the rules stand on at `now`."""
    today = in_stockholm(now).date()
    levels = await queries.levels(db)
    return Ground(
        plan,
        now,
        settings,
        {BodyId(key): Level(level) for key, level in levels.items()},
        [each.id for each in await bodies.holders(db, "manager", today)],
        [each.id for each in await bodies.holders(db, "federation_director", today)],
    )
