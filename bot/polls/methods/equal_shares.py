"""A sum spread over proposals by the Method of Equal Shares.

Every ballot gets an equal share of the sum, and pays for what it approves of: D. Peters, G.
Pierczyński and P. Skowron, "Proportional Participatory Budgeting with Additive Utilities", NeurIPS
2021, with a proposal's cost as its worth. What is left is used up by raising the shares by one
percent of the sum at a time, as far as what is chosen can be paid for, and last by approvals.

Every way to break a tie is followed. Where they are more than `_MOST_WAYS`, nothing is said to be
sure: all that may get money is told as tied.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import gcd

from bot.polls.methods.approval import (
    Approvals,
    Spread,
    Ways,
    going_on,
    spread,
    support_of,
)

_PERCENT = 100
"""Raises of the shares, at most: to twice the sum."""
_MOST_WAYS = 1_000
_MOST_IN_ALL = 5_000
"""What is followed of one raise and of all: options bought beside others as good."""
_ROUNDING = 1 + 1e-9
"""Rates further apart than this as floats differ; nearer ones are compared exactly."""

Purses = tuple[int, ...]


class _TooManyWays(Exception):
    """Ties can be broken in more ways than are followed."""


@dataclass(frozen=True)
class _Election:
    """What it costs, and what the ballots, the same ones counted together, say of it."""

    costs: Mapping[int, int]
    counts: tuple[int, ...]
    supporters: Mapping[int, tuple[int, ...]]
    """Of each option that has any, the ballots that approve of it."""

    def support(self, one: int) -> int:
        """How many approve of it."""
        return sum(self.counts[ballot] for ballot in self.supporters[one])

    def like(self, one: int) -> tuple[int, tuple[int, ...]]:
        """The same for those that cost the same and the same ballots approve of."""
        return self.costs[one], self.supporters[one]


@dataclass(frozen=True)
class _Held:
    """What is bought, and what each ballot has left, in parts of a krona: `unit` to each."""

    chosen: frozenset[int]
    purses: Purses
    unit: int
    least: dict[int, float] = field(compare=False)
    """What each option that can still be bought costs at least for its worth."""


def equal_shares(costs: Mapping[int, int], ballots: Sequence[Approvals], money: int) -> Spread:
    """Spread `money` over the options by equal shares; nothing without ballots."""
    voters = Counter(ballot.intersection(costs) for ballot in ballots)
    voters.pop(frozenset(), None)
    if not voters:
        return Spread((), (), money)
    return _spread(tuple(sorted(costs.items())), frozenset(voters.items()), len(ballots), money)


@lru_cache(maxsize=64)
def _spread(
    costed: tuple[tuple[int, int], ...],
    voters: frozenset[tuple[Approvals, int]],
    count: int,
    money: int,
) -> Spread:
    """Kept for the same ballots: every card and page of a poll asks for it."""
    costs, counted = dict(costed), list(voters)
    by_option = {
        one: tuple(n for n, (ballot, _count) in enumerate(counted) if one in ballot)
        for one in costs
    }
    supporters = {one: each for one, each in by_option.items() if each}
    election = _Election(costs, tuple(each for _ballot, each in counted), supporters)
    support = support_of(costs, dict(voters))
    try:
        raised = _raised(election, count, money)
    except _TooManyWays:
        ways = Ways(frozenset(), frozenset(o for o in supporters if costs[o] <= money))
    else:
        ways = _of_all(election, [going_on(costs, support, money, each) for each in raised])
    return spread(costs, ways, money)


def _of_all(election: _Election, found: Sequence[Ways]) -> Ways:
    """The ways taken together, and with them those where options that are alike change places."""
    lacking = {o for o in election.supporters for each in found if o not in each.always}
    ever = {one for each in found for one in each.ever}
    unsure, maybe = set(map(election.like, lacking)), set(map(election.like, ever))
    return Ways(
        frozenset(one for one in election.supporters if election.like(one) not in unsure),
        frozenset(one for one in election.supporters if election.like(one) in maybe),
    )


def _raised(election: _Election, count: int, money: int) -> set[frozenset[int]]:
    """What is chosen with shares raised as far as it can still be paid for."""
    found: set[frozenset[int]] = set()
    followed = 0
    for percent in range(_PERCENT + 1):
        more, ways = _chosen(election, money * (100 + percent), 100 * count)
        followed += ways
        costs = (sum(election.costs[one] for one in each) for each in more)
        if any(cost > money for cost in costs):
            break
        if followed > _MOST_IN_ALL:
            raise _TooManyWays
        found = more
    return found


def _chosen(election: _Election, share: int, unit: int) -> tuple[set[frozenset[int]], int]:
    """What equal shares may choose when each ballot has `share` parts of a krona, and how many
    ways were followed.

    Of options that are alike only the first is followed: the others would do the same.
    """
    purses, least = (share,) * len(election.counts), dict.fromkeys(election.supporters, 0.0)
    begun = [_Held(frozenset(), purses, unit, least)]
    seen, done = set(begun), set[frozenset[int]]()
    while begun:
        held, tied, rate = _settled(election, begun.pop())
        if not tied:
            done.add(held.chosen)
        alike: set[tuple[int, tuple[int, ...]]] = set()
        for one in tied:
            if election.like(one) in alike:
                continue
            alike.add(election.like(one))
            bought = _bought(election, held, [one], rate)
            if bought not in seen:
                seen.add(bought)
                begun.append(bought)
        if len(seen) > _MOST_WAYS:
            raise _TooManyWays
    return done, len(seen)


def _settled(election: _Election, held: _Held) -> tuple[_Held, Sequence[int], Fraction]:
    """Buy what is bought in any order, until nothing can be or the order matters.

    The order of an option that is among the best does not matter when all who pay for it can pay
    for all of the best that they approve of: whichever comes first, it costs them the same.
    """
    while True:
        least, tied, rate = _best(election, held)
        held = _Held(held.chosen, held.purses, held.unit, least)
        wanted = [0] * len(held.purses)
        for one in tied:
            for ballot in election.supporters[one]:
                wanted[ballot] += election.costs[one]
        asked = rate.numerator * held.unit
        poor = {n for n, purse in enumerate(held.purses)
                if purse * rate.denominator < wanted[n] * asked}  # fmt: skip
        safe = [one for one in tied if poor.isdisjoint(election.supporters[one])]
        if not safe:
            return held, tied, rate
        held = _bought(election, held, safe, rate)


def _best(election: _Election, held: _Held) -> tuple[dict[int, float], list[int], Fraction]:
    """Options that can be bought at the lowest price for what they are worth, with that rate.

    Rates only rise as the purses empty, so what was dearer already than the best is now is not
    counted anew.
    """
    least, lowest = dict(held.least), float("inf")
    offers: dict[int, tuple[int, int]] = {}
    for one, before in sorted(held.least.items(), key=lambda each: each[1]):
        if before > lowest * _ROUNDING:
            break
        offer = _offer(election, held, one)
        if offer is None:
            del least[one]
            continue
        offers[one] = offer
        least[one] = offer[0] / offer[1]
        lowest = min(lowest, least[one])
    near = {
        one: Fraction(*each) for one, each in offers.items() if least[one] <= lowest * _ROUNDING
    }
    rate = min(near.values(), default=Fraction(0))
    return least, sorted(one for one, each in near.items() if each == rate), rate


def _offer(election: _Election, held: _Held, one: int) -> tuple[int, int] | None:
    """The most that anybody pays for a krona of it, as a fraction, when all pay the same but none
    more than they have; None when they cannot."""
    cost, paying = election.costs[one], election.support(one)
    left = cost * held.unit
    supporters = election.supporters[one]
    for purse, ballot in sorted((held.purses[each], each) for each in supporters):
        if purse * paying >= left:
            return left, paying * cost * held.unit
        left -= purse * election.counts[ballot]
        paying -= election.counts[ballot]
    return None


def _bought(election: _Election, held: _Held, bought: Sequence[int], rate: Fraction) -> _Held:
    """What is held after those were bought at that rate, in the largest parts of a krona."""
    asked = rate.numerator * held.unit
    purses, unit = [each * rate.denominator for each in held.purses], held.unit * rate.denominator
    for one in bought:
        price = asked * election.costs[one]
        for ballot in election.supporters[one]:
            purses[ballot] = max(purses[ballot] - price, 0)
    parts = gcd(unit, *purses)
    least = {one: rate for one, rate in held.least.items() if one not in bought}
    purses = tuple(each // parts for each in purses)
    return _Held(held.chosen.union(bought), purses, unit // parts, least)
