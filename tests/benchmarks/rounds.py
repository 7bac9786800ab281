"""What rounds of reports to one server gave, and the lines of the table that come of it."""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter

from tests.benchmarks.row import Row

RATE_GOAL, LATENCY_GOAL = 0.7, 1.5


@dataclass
class Taken:
    """Of each round: requests per second, the middle one and the slowest in a hundred, seconds."""

    rates: list[float] = field(default_factory=list[float])
    middles: list[float] = field(default_factory=list[float])
    slowest: list[float] = field(default_factory=list[float])

    async def round(self, people: Iterable[Awaitable[list[float]]]) -> None:
        """Everybody at once, each their share; how long each of theirs took is what they give."""
        begun = perf_counter()
        seconds = [one for person in await asyncio.gather(*people) for one in person]
        self.rates.append(len(seconds) / (perf_counter() - begun))
        self.middles.append(median(seconds))
        self.slowest.append(quantiles(seconds, n=100)[-1])


def rate(name: str, ours: Taken, theirs: Taken, *, goal: bool = True) -> Row:
    """Requests per second; without `goal` the figure is there to be known."""
    ratio = _ratio(ours.rates, theirs.rates)
    at_least = f"at least {RATE_GOAL}" if goal else ""
    met = ratio >= RATE_GOAL if goal else None
    return Row(name, median(ours.rates), median(theirs.rates), ratio, at_least, met)


def latency(name: str, ours: list[float], theirs: list[float]) -> Row:
    """Milliseconds."""
    ratio = _ratio(ours, theirs)
    mine, other = median(ours) * 1_000, median(theirs) * 1_000
    return Row(name, mine, other, ratio, f"at most {LATENCY_GOAL}", ratio <= LATENCY_GOAL)


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))
