"""How the plan's money stands on a day: budget, funding by state, what is lacking, who pledged.

The one truth about what is lacking: chat, page, digest and budget sheet all ask here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property

from bot.money.cost import Spent
from bot.money.funding import FundingLine, Kronor
from bot.people import OrganisationId
from bot.plan import Activity, ActivityId, Plan

NOTHING = Kronor(0)
STATES = ("planned", "applied", "granted", "pledged")
"""States of funding that counts, from the least sure to the surest."""


@dataclass(frozen=True)
class Sums:
    """Whole kronor of some activities. `lacking` leaves out those that are over."""

    activities: int = 0
    budget: Kronor = NOTHING
    planned: Kronor = NOTHING
    applied: Kronor = NOTHING
    granted: Kronor = NOTHING
    pledged: Kronor = NOTHING
    lacking: Kronor = NOTHING

    @property
    def sure(self) -> Kronor:
        """Granted by funders and pledged by municipalities."""
        return Kronor(self.granted + self.pledged)

    @property
    def hoped_for(self) -> Kronor:
        """Planned, or applied for and not answered."""
        return Kronor(self.planned + self.applied)

    def less(self, *others: "Sums") -> "Sums":
        """What is left when those are taken out."""
        return Sums(
            **{
                each.name: getattr(self, each.name) - sum(getattr(o, each.name) for o in others)
                for each in fields(self)
            }
        )

    def in_state(self, state: str) -> Kronor:
        """Funding in one of `STATES`."""
        return {
            "planned": self.planned,
            "applied": self.applied,
            "granted": self.granted,
            "pledged": self.pledged,
        }[state]


@dataclass(frozen=True)
class Group:
    """Activities under a common name: a focus area or a direction, by its key."""

    key: int
    name: str
    activities: tuple[Activity, ...]
    sums: Sums


@dataclass(frozen=True)
class Pledge:
    """What a municipality has pledged an activity."""

    activity: Activity
    line: FundingLine


@dataclass(frozen=True)
class Pledged:
    """All that a municipality has pledged, in kronor of money and of own time.

    `hours`: of that time, where they are known. `used`: hours that its people have worked in
    assignments, by activity.
    """

    municipality: OrganisationId
    name: str
    pledges: tuple[Pledge, ...] = ()
    used: Mapping[ActivityId, int] = field(default_factory=dict[ActivityId, int])

    @cached_property
    def money(self) -> Kronor:
        """Pledged in money."""
        return Kronor(sum([e.line.amount for e in self.pledges if e.line.kind != "in_kind"]))

    @cached_property
    def own_time(self) -> Kronor:
        """Pledged as time, at the rate that was agreed."""
        return Kronor(sum([e.line.amount for e in self.pledges if e.line.kind == "in_kind"]))

    @cached_property
    def hours(self) -> int:
        """Hours of the pledged time, where they are known."""
        return sum([each.line.hours or 0 for each in self.pledges])


def is_over(activity: Activity, today: date, *, done: bool) -> bool:
    """Whether nobody needs to find more money for it: its last day has passed, or it is done."""
    return done or activity.ends_on < today


@dataclass(frozen=True)
class Overview:
    """The money of a plan on a day. `done`: activities whose latest report says that they are."""

    plan: Plan
    today: date
    done: frozenset[ActivityId] = frozenset()

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """All in the plan on the day, in its order."""
        return tuple(
            each
            for each in self.plan.activities.values()
            if each.ended_on is None or self.today < each.ended_on
        )

    def is_over(self, activity: Activity) -> bool:
        """Whether the activity is over on the day."""
        return is_over(activity, self.today, done=activity.id in self.done)

    def lacking(self, activity: Activity) -> Kronor:
        """What is to be found for it; nothing when it is over."""
        return NOTHING if self.is_over(activity) else activity.lacking

    def _going_on(self, activities: Iterable[Activity]) -> list[Activity]:
        today, done = self.today, self.done
        return [e for e in activities if not is_over(e, today, done=e.id in done)]

    def sums(self, activities: Iterable[Activity]) -> Sums:
        """The sums of those activities."""
        found = tuple(activities)
        funded = [each.funded for each in found]
        planned, applied, granted, pledged = (
            map(sum, zip(*funded, strict=True)) if funded else (0, 0, 0, 0)
        )
        return Sums(
            activities=len(found),
            budget=Kronor(sum([each.budget for each in found])),
            lacking=Kronor(sum([each.lacking for each in self._going_on(found)])),
            planned=Kronor(planned),
            applied=Kronor(applied),
            granted=Kronor(granted),
            pledged=Kronor(pledged),
        )

    @cached_property
    def total(self) -> Sums:
        """All of the plan."""
        return self.sums(self.activities)

    def outcome(self, spent: Spent) -> Spent:
        """Of what was spent, what the sums are compared with: that of the plan's own activities.

        What resources cost stands beside it, since no budget of an activity holds it.
        """
        known = {each.id for each in self.activities}
        return Spent(
            {key: amount for key, amount in spent.activities.items() if key in known},
            spent.resources,
        )

    @cached_property
    def areas(self) -> tuple[Group, ...]:
        """Focus areas that have activities, in the plan's order."""
        keys = {name: key for key, name in self.plan.focus_areas.items()}
        names = dict.fromkeys(each.area for each in self.activities)
        return tuple(
            self._group(keys.get(name, 0), name, [e for e in self.activities if e.area == name])
            for name in names
        )

    def directions(self, area: str) -> tuple[Group, ...]:
        """Directions of the area that have activities, in the plan's order."""
        within = [each for each in self.activities if each.area == area]
        keys = {
            each.name: each.id
            for each in self.plan.directions.values()
            if self.plan.focus_areas.get(each.area_id) == area
        }
        names = dict.fromkeys(each.direction for each in within)
        return tuple(
            self._group(keys.get(name, 0), name, [e for e in within if e.direction == name])
            for name in names
        )

    def _group(self, key: int, name: str, activities: Sequence[Activity]) -> Group:
        return Group(key, name, tuple(activities), self.sums(activities))

    @cached_property
    def pledged(self) -> tuple[Pledged, ...]:
        """Every municipality by name, also those that have pledged nothing."""
        found: dict[OrganisationId, list[Pledge]] = {}
        for activity in self.activities:
            for line in activity.funding if activity.funded.pledged else ():
                if line.state == "pledged" and line.organisation is not None:
                    found.setdefault(line.organisation, []).append(Pledge(activity, line))
        places = (each for each in self.plan.organisations.values() if each.kind == "municipality")
        return tuple(
            Pledged(each.id, each.name, tuple(found.get(each.id, ())))
            for each in sorted(places, key=lambda each: each.name)
        )
