"""How a sum is shared among municipalities: whole kronor that always add up to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from bot.people import OrganisationId
from bot.plan import Kronor


class SharingKey(StrEnum):
    """What the shares are counted by."""

    PER_INHABITANT = "per_inhabitant"
    EQUAL = "equal"
    MIXED = "mixed"
    WEIGHTS = "weights"


@dataclass(frozen=True)
class Key:
    """A sharing key. `equal_percent` of the sum is shared in equal parts when it is mixed, the
    rest per inhabitant; it is None with every other key."""

    kind: SharingKey
    equal_percent: int | None = None


@dataclass(frozen=True)
class Sharer:
    """A municipality that takes part, with what its share is counted from.

    `code` is Statistics Sweden's. `inhabitants` is the latest figure, on `counted_on`; None where
    there is none. `weight` is its own, when the key is weights.
    """

    id: OrganisationId
    code: str
    inhabitants: int | None = None
    counted_on: date | None = None
    weight: Decimal | None = None


class CannotShare(Exception):
    """The key has nothing to count by; `lacking` are the municipalities without a figure."""

    def __init__(self, lacking: tuple[OrganisationId, ...] = ()) -> None:
        super().__init__()
        self.lacking = lacking


def shares(total: Kronor, key: Key, sharers: Sequence[Sharer]) -> dict[OrganisationId, Kronor]:
    """Split `total` by `key`: whole kronor, none below zero, that add up to `total`.

    Largest remainder, ties by municipality code. CannotShare when nobody takes part, a figure is
    missing, or all weights are zero.
    """
    parts = _parts(key, sharers)
    whole = sum(parts.values())
    if not whole:
        raise CannotShare
    quotas = {each.id: Fraction(total) * parts[each.id] / whole for each in sharers}
    given = {one: int(quota) for one, quota in quotas.items()}
    left = total - sum(given.values())
    in_turn = sorted(sharers, key=lambda each: (given[each.id] - quotas[each.id], each.code))
    for each in in_turn[:left]:
        given[each.id] += 1
    return {one: Kronor(amount) for one, amount in given.items()}


def _parts(key: Key, sharers: Sequence[Sharer]) -> Mapping[OrganisationId, Fraction]:
    """Each one's part, in proportion to the others'."""
    match key.kind:
        case SharingKey.EQUAL:
            return {each.id: Fraction(1) for each in sharers}
        case SharingKey.PER_INHABITANT:
            return _by_inhabitants(sharers)
        case SharingKey.WEIGHTS:
            _refuse_without(sharers, {each.id for each in sharers if each.weight is None})
            return {each.id: Fraction(each.weight or 0) for each in sharers}
        case SharingKey.MIXED:
            inhabitants = _by_inhabitants(sharers)
            everybody = sum(inhabitants.values())
            if not everybody:
                raise CannotShare
            equal = Fraction(key.equal_percent or 0, 100)
            return {
                one: equal / len(sharers) + (1 - equal) * number / everybody
                for one, number in inhabitants.items()
            }


def _by_inhabitants(sharers: Sequence[Sharer]) -> dict[OrganisationId, Fraction]:
    _refuse_without(sharers, {each.id for each in sharers if each.inhabitants is None})
    return {each.id: Fraction(each.inhabitants or 0) for each in sharers}


def _refuse_without(sharers: Sequence[Sharer], lacking: set[OrganisationId]) -> None:
    if lacking:
        raise CannotShare(tuple(each.id for each in sharers if each.id in lacking))
