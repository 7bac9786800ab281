"""Shares of a sum: they always add up, none is below zero, and more inhabitants never pay less."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.cost_sharing import CannotShare, Key, Sharer, SharingKey, shares

DAY = date(2019, 12, 31)
SKARABORG = {"1445": 5_695, "1496": 56_366, "1447": 5_235, "1495": 18_934}


def sharer(number: int, inhabitants: int | None, weight: Decimal | None = None) -> Sharer:
    return Sharer(
        OrganisationId(number), f"{number:04}", inhabitants, DAY if inhabitants else None, weight
    )


sharers = st.lists(
    st.tuples(st.integers(1, 1_000_000), st.decimals(0, 1_000, places=4, allow_nan=False)),
    min_size=1,
    max_size=290,
).map(lambda each: [sharer(n, people, weight) for n, (people, weight) in enumerate(each, 1)])
totals = st.integers(0, 10**12).map(Kronor)
keys = st.one_of(
    st.sampled_from([SharingKey.PER_INHABITANT, SharingKey.EQUAL]).map(Key),
    st.integers(0, 100).map(lambda percent: Key(SharingKey.MIXED, percent)),
)


@given(totals, keys, sharers)
def test_shares_add_up_and_none_is_below_zero(total: Kronor, key: Key, parts: list[Sharer]):
    found = shares(total, key, parts)
    assert sum(found.values()) == total
    assert min(found.values()) >= 0
    assert set(found) == {each.id for each in parts}


@given(totals, sharers)
def test_own_weights_add_up_too_and_no_weight_pays_nothing(total: Kronor, parts: list[Sharer]):
    key = Key(SharingKey.WEIGHTS)
    if not any(each.weight for each in parts):
        with pytest.raises(CannotShare):
            shares(total, key, parts)
        return
    found = shares(total, key, parts)
    assert sum(found.values()) == total
    assert all(found[each.id] == 0 for each in parts if not each.weight)


by_number = st.integers(0, 99).map(lambda percent: Key(SharingKey.MIXED, percent))


@given(totals, by_number, sharers)
def test_more_inhabitants_never_pay_less(total: Kronor, key: Key, parts: list[Sharer]):
    found = shares(total, key, parts)
    by_size = sorted(parts, key=lambda each: (each.inhabitants or 0, found[each.id]))
    amounts = [found[each.id] for each in by_size]
    assert amounts == sorted(amounts)


@given(totals, keys, sharers, st.randoms())
def test_the_order_they_come_in_says_nothing(
    total: Kronor, key: Key, parts: list[Sharer], random: Random
):
    mixed = list(parts)
    random.shuffle(mixed)
    assert shares(total, key, mixed) == shares(total, key, parts)


@given(totals, sharers)
def test_no_share_is_a_krona_or_more_from_its_quota(total: Kronor, parts: list[Sharer]):
    found = shares(total, Key(SharingKey.PER_INHABITANT), parts)
    everybody = sum(each.inhabitants or 0 for each in parts)
    for each in parts:
        assert abs(found[each.id] * everybody - total * (each.inhabitants or 0)) < everybody


def test_the_krona_that_is_over_goes_to_the_largest_remainder_and_ties_by_code():
    parts = [sharer(3, 10), sharer(1, 10), sharer(2, 10)]
    found = shares(Kronor(100), Key(SharingKey.EQUAL), parts)
    assert found == {1: 34, 2: 33, 3: 33}


def test_a_mixed_key_is_an_equal_part_and_the_rest_per_inhabitant():
    parts = [sharer(n, people) for n, people in enumerate(SKARABORG.values(), 1)]
    found = shares(Kronor(1_000_000), Key(SharingKey.MIXED, 40), parts)
    everybody = sum(SKARABORG.values())
    for each in parts:
        quota = 100_000 + 600_000 * (each.inhabitants or 0) / everybody
        assert abs(found[each.id] - quota) < 1


def test_a_missing_figure_is_named_and_nobody_is_left_out_silently():
    parts = [sharer(1, 10), sharer(2, None)]
    with pytest.raises(CannotShare) as error:
        shares(Kronor(100), Key(SharingKey.PER_INHABITANT), parts)
    assert error.value.lacking == (OrganisationId(2),)
    assert shares(Kronor(100), Key(SharingKey.EQUAL), parts) == {1: 50, 2: 50}


def test_nobody_to_share_among_cannot_share():
    with pytest.raises(CannotShare):
        shares(Kronor(100), Key(SharingKey.EQUAL), [])
