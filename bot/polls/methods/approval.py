"""A sum given to what most approve of, one after another, as long as the money lasts for it.

What every way to break ties gives to is sure; what only some ways give to is tied. Where there are
more ways than are followed, nothing of what they are about is said to be sure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Approvals = frozenset[int]

_MOST_SUMS = 2_000
"""Sums that can be left of the money, at most, among options that as many approve of."""


@dataclass(frozen=True)
class Spread:
    """What surely gets money, what is equal about the rest of it, and what is left over.

    `left` is whole kronor when only what is sure is paid for.
    """

    sure: tuple[int, ...]
    tied: tuple[int, ...]
    left: int


@dataclass(frozen=True)
class Ways:
    """What is chosen whichever way ties are broken, and what is in some of the ways."""

    always: frozenset[int]
    ever: frozenset[int]


def by_approval(costs: Mapping[int, int], ballots: Sequence[Approvals], money: int) -> Spread:
    """Give to what most approve of, one after another, as long as the money lasts for it."""
    return spread(costs, going_on(costs, support_of(costs, Counter(ballots)), money), money)


def support_of(costs: Collection[int], voters: Mapping[Approvals, int]) -> dict[int, int]:
    """How many approve of each option."""
    return {one: sum(count for ballot, count in voters.items() if one in ballot) for one in costs}


def spread(costs: Mapping[int, int], ways: Ways, money: int) -> Spread:
    """The ways as they are told."""
    left = money - sum(costs[one] for one in ways.always)
    return Spread(tuple(sorted(ways.always)), tuple(sorted(ways.ever - ways.always)), left)


def going_on(
    costs: Mapping[int, int],
    support: Mapping[int, int],
    money: int,
    begun: Iterable[int] = (),
) -> Ways:
    """Go on by approvals from what is chosen already.

    Of those that as many approve of, every order of them comes to a set that nothing of the same
    fits beside; what comes after depends on what such a set leaves of the money alone.
    """
    chosen = frozenset(begun)
    always, ever = set(chosen), set(chosen)
    lefts = {money - sum(costs[one] for one in chosen)}
    for votes in sorted({votes for votes in support.values() if votes > 0}, reverse=True):
        equal = [one for one in costs if support[one] == votes and one not in chosen]
        prices = sorted({costs[one] for one in equal})
        filled = _filled([(p, sum(costs[o] == p for o in equal)) for p in prices], lefts)
        if filled is None:
            most = max(lefts)
            ever |= {o for o in costs if 0 < support[o] <= votes and costs[o] <= most}
            break
        lefts, some, lacking = filled
        ever |= {one for one in equal if some >> prices.index(costs[one]) & 1}
        always |= {one for one in equal if not lacking >> prices.index(costs[one]) & 1}
    return Ways(frozenset(always), frozenset(ever | always))


def _filled(
    priced: Sequence[tuple[int, int]], lefts: Collection[int]
) -> tuple[set[int], int, int] | None:
    """What can be left after the money is used on so many options of each price.

    With the bits of the prices that some way buys of, and of those that some way does not buy all
    of. None when the sums are too many.
    """
    after, some, lacking = set[int](), 0, 0
    for left in lefts:
        found = _filled_from(priced, left)
        if found is None:
            return None
        for remains, (bought, short) in found.items():
            after.add(remains)
            some, lacking = some | bought, lacking | short
        if len(after) > _MOST_SUMS:
            return None
    return after, some, lacking


def _filled_from(priced: Sequence[tuple[int, int]], left: int) -> dict[int, tuple[int, int]] | None:
    """`_filled` for one sum, by what remains of it."""
    every = sum(price * count for price, count in priced)
    if every <= left:
        return {left - every: ((1 << len(priced)) - 1, 0)}
    found: dict[int, tuple[int, int]] = {}
    spent = bought = 0
    for at, (price, count) in enumerate(priced):
        if spent > left:
            break
        # This price is the lowest of which not all are bought, so less than it may remain.
        sums = _with_more({spent: (bought, 1 << at)}, price, count - 1, at, left)
        for later in range(at + 1, len(priced)):
            sums = _with_more(sums, *priced[later], later, left)
            if len(sums) > _MOST_SUMS:
                return None
        for total, bits in sums.items():
            if left - total < price:
                _put(found, left - total, *bits)
        spent, bought = spent + price * count, bought | 1 << at
    return found


def _with_more(
    sums: Mapping[int, tuple[int, int]], price: int, count: int, at: int, most: int
) -> dict[int, tuple[int, int]]:
    """The sums with none to `count` more of a price; `lacking` where fewer than all."""
    more: dict[int, tuple[int, int]] = {}
    for total, (bought, lacking) in sums.items():
        for taken in range(min(count, (most - total) // price) + 1):
            some = bought | (taken > 0) << at
            _put(more, total + taken * price, some, lacking | (taken < count) << at)
    return more


def _put(sums: dict[int, tuple[int, int]], total: int, bought: int, lacking: int) -> None:
    before = sums.get(total, (0, 0))
    sums[total] = (before[0] | bought, before[1] | lacking)
