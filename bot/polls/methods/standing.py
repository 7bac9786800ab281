"""Who stands where, with ties shown as ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Tiers = tuple[tuple[int, ...], ...]
"""Options from the best to the last; those of one tier are equal."""


@dataclass(frozen=True)
class Elected:
    """Those surely chosen; those that are equal about the seats that are left, and how many."""

    sure: tuple[int, ...]
    tied: tuple[int, ...] = ()
    open_seats: int = 0


def tiers_by(values: Mapping[int, int]) -> Tiers:
    """Options by value, the highest first; equal values share a tier."""
    heights = sorted(set(values.values()), reverse=True)
    return tuple(
        tuple(sorted(one for one, value in values.items() if value == height)) for height in heights
    )


def elected(tiers: Sequence[Sequence[int]], seats: int) -> Elected:
    """The first `seats` of the tiers; a tie that crosses the last seat is left as a tie."""
    sure: list[int] = []
    for tier in tiers:
        left = seats - len(sure)
        if left <= 0:
            break
        if len(tier) > left:
            return Elected(tuple(sure), tuple(tier), left)
        sure += tier
    return Elected(tuple(sure))
