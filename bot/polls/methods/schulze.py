"""Rankings counted by the Schulze method: whoever beats each of the others wins, if anybody does.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method", Social Choice and Welfare 36 (2011), with winning votes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.polls.methods.standing import Tiers

Ranking = Mapping[int, int]
"""Option to rank, 1 the best; equal ranks are allowed, and what has none comes last."""

Matrix = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Schulze:
    """How many prefer the first of a pair, the strength of the strongest path, and the order."""

    preferring: Matrix
    strengths: Matrix
    tiers: Tiers
    condorcet_winner: int | None


def schulze(options: Sequence[int], rankings: Sequence[Ranking]) -> Schulze:
    """Count the rankings; options that nothing tells apart share a tier."""
    preferring = _preferring(options, rankings)
    strengths = _strongest_paths(options, preferring)
    winners = [
        one
        for one in options
        if all(preferring[one, two] > preferring[two, one] for two in options if two != one)
    ]
    return Schulze(
        preferring,
        strengths,
        _order(options, strengths),
        winners[0] if winners and rankings else None,
    )


def _preferring(options: Sequence[int], rankings: Sequence[Ranking]) -> dict[tuple[int, int], int]:
    last = len(options) + 1
    return {
        (one, two): sum(each.get(one, last) < each.get(two, last) for each in rankings)
        for one in options
        for two in options
        if one != two
    }


def _strongest_paths(options: Sequence[int], preferring: Matrix) -> dict[tuple[int, int], int]:
    strongest = {
        (one, two): votes if votes > preferring[two, one] else 0
        for (one, two), votes in preferring.items()
    }
    for by in options:
        for one in options:
            for two in options:
                if len({by, one, two}) == 3:
                    way = min(strongest[one, by], strongest[by, two])
                    strongest[one, two] = max(strongest[one, two], way)
    return strongest


def _order(options: Sequence[int], strengths: Matrix) -> Tiers:
    """Tier by tier those that none of the rest beats."""
    left: list[int] = list(options)
    tiers: list[tuple[int, ...]] = []
    while left:
        best = [one for one in left if not _beaten(one, left, strengths)]
        tiers.append(tuple(sorted(best)))
        left = [one for one in left if one not in best]
    return tuple(tiers)


def _beaten(one: int, by: Sequence[int], strengths: Matrix) -> bool:
    return any(strengths[two, one] > strengths[one, two] for two in by if two != one)
