"""The plan's money as it stood at a digest's cut-off, and what the digest before told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.money.cost import Spent
from bot.money.funding import Kronor
from bot.money.overview import Overview, Sums
from bot.plan import ActivityId, Plan

KEY = "money:all"
"""By which a digest remembers what it has told."""


@dataclass(frozen=True)
class MoneyThen:
    """All of the plan and each focus area, in the plan's order; `spent` is what its activities
    had been entered to cost by then, `resources` what resources had. Funding is as it is when the
    digest is made."""

    total: Sums = field(default_factory=Sums)
    areas: tuple[tuple[str, Sums], ...] = ()
    spent: int = 0
    resources: int = 0


def money_then(plan: Plan, today: date, done: Iterable[ActivityId], spent: Spent) -> MoneyThen:
    """The sums of the day; `done` are activities that were reported so."""
    overview = Overview(plan, today, frozenset(done))
    areas = tuple((each.name, each.sums) for each in overview.areas)
    outcome = overview.outcome(spent)
    return MoneyThen(overview.total, areas, outcome.on_activities, outcome.on_resources)


def as_told(money: MoneyThen) -> str:
    """The sums as the next digest reads them back."""
    return "/".join(map(str, _sums(money)))


def told_before(told: Mapping[str, str]) -> MoneyThen | None:
    """What the digest before told; None when it told of no money."""
    words = told.get(KEY, "").split("/")
    if len(words) != len(_sums(MoneyThen())) or not all(_is_number(word) for word in words):
        return None
    budget, planned, applied, granted, pledged, lacking, spent, resources = map(int, words)
    sums = Sums(0, *map(Kronor, (budget, planned, applied, granted, pledged, lacking)))
    return MoneyThen(sums, (), spent, resources)


def _sums(money: MoneyThen) -> tuple[int, ...]:
    of = money.total
    shown = (of.budget, of.planned, of.applied, of.granted, of.pledged, of.lacking)
    return (*shown, money.spent, money.resources)


def _is_number(word: str) -> bool:
    return word.removeprefix("-").isdecimal()
