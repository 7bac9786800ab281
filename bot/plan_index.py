"""Activities of a plan by what they are asked for by, made once for each plan: thousands of them
are not gone through for every question."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from bot.people import BodyId, OrganisationId
    from bot.plan import Activity, Milestone

K = TypeVar("K", bound=Hashable)


class Awaited(NamedTuple):
    """An activity that goes on and is reported every so many days. Days as ordinals."""

    key: int
    started: int
    days: int
    activity: "Activity"


class Due(NamedTuple):
    """A milestone of an activity; in the order of day and code."""

    due_on: date
    code: str
    key: int
    activity: "Activity"
    milestone: "Milestone"


class PlanIndex:
    """Activities by area, direction, network, place and person, each in the plan's order."""

    def __init__(self, activities: Iterable["Activity"]) -> None:
        self.activities = tuple(activities)
        self._awaited: tuple[date, tuple[Sequence[Awaited], Sequence[Activity]]] | None = None

    @cached_property
    def by_area(self) -> Mapping[str, Sequence["Activity"]]:
        """By the name of the focus area."""
        return self._by(lambda each: (each.area,))

    @cached_property
    def by_direction(self) -> Mapping[str, Sequence["Activity"]]:
        """By the name of the direction."""
        return self._by(lambda each: (each.direction,))

    @cached_property
    def by_network(self) -> Mapping["BodyId", Sequence["Activity"]]:
        """Of each network."""
        return self._by(lambda each: () if each.network is None else (each.network,))

    @cached_property
    def by_place(self) -> Mapping["OrganisationId", Sequence["Activity"]]:
        """That an organisation coordinates or takes part in."""
        return self._by(lambda each: each.participants | {each.coordinator})

    @cached_property
    def by_person(self) -> Mapping[str, Sequence["Activity"]]:
        """That the person with an address answers for."""
        return self._by(lambda each: (each.responsible.email,))

    def _by(self, keys: Callable[["Activity"], Iterable[K]]) -> Mapping[K, Sequence["Activity"]]:
        found: defaultdict[K, list[Activity]] = defaultdict(list)
        for each in self.activities:
            for key in keys(each):
                found[key].append(each)
        return dict(found)

    @cached_property
    def milestones(self) -> Sequence[Due]:
        """Every milestone by day and code."""
        return sorted(
            Due(one.due_on, each.code, one.id, each, one)
            for each in self.activities
            for one in each.milestones
        )

    @cached_property
    def _open(self) -> Sequence[Due]:
        return [each for each in self.milestones if each.milestone.reached_at is None]

    def open_milestones(self, first: date) -> Sequence[Due]:
        """Those that nobody has said are reached and that are due on the day or after it."""
        return self._open[bisect_left(self._open, (first,)) :]

    def awaited(self, today: date) -> tuple[Sequence[Awaited], Sequence["Activity"]]:
        """Activities that go on and are reported from time to time: those with a rhythm of weeks,
        and those with a rhythm of months."""
        if self._awaited is None or self._awaited[0] != today:
            going = [e for e in self.activities if e.rhythm.kind != "never" and e.runs_on(today)]
            weekly = [
                Awaited(each.id, each.starts_on.toordinal(), 7 * each.rhythm.weeks, each)
                for each in going
                if each.rhythm.kind == "weeks"
            ]
            monthly = [each for each in going if each.rhythm.kind != "weeks"]
            self._awaited = today, (weekly, monthly)
        return self._awaited[1]
