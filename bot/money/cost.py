"""What things have cost: of activities, and of the common resources of a year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.money.funding import Kronor
from bot.people import PersonId
from bot.plan import ActivityId


@dataclass(frozen=True)
class Resource:
    """What a year's common resource is to cost, and who pays (charter 3.4). Whole kronor."""

    id: int
    year: int
    name: str
    amount: Kronor
    funded_by: str


@dataclass(frozen=True)
class Cost:
    """A cost that has come; below zero when it lowers what was entered.

    `reference`: its number in the accounts. `taken_away`: it does not count any more.
    """

    id: int
    activity: ActivityId | None
    resource: int | None
    spent_on: date
    amount: Kronor
    name: str
    reference: str | None
    entered_by: PersonId
    entered_by_name: str
    taken_away: bool = False


@dataclass(frozen=True)
class Spent:
    """What has been spent, in all or in a time, by activity and by resource."""

    activities: Mapping[ActivityId, Kronor] = field(default_factory=dict[ActivityId, Kronor])
    resources: Mapping[int, Kronor] = field(default_factory=dict[int, Kronor])

    @property
    def on_activities(self) -> Kronor:
        """All that activities have cost."""
        return Kronor(sum(self.activities.values()))

    @property
    def on_resources(self) -> Kronor:
        """All that resources have cost."""
        return Kronor(sum(self.resources.values()))

    def __bool__(self) -> bool:
        return bool(self.activities or self.resources)
