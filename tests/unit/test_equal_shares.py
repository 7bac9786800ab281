"""A sum spread by equal shares and by approvals: every tie is told, whatever the order of options.

The reference follows the definitions word for word, one way to break ties after another.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.polls.methods import approval
from bot.polls.methods import equal_shares as module
from bot.polls.methods.approval import Spread, by_approval
from bot.polls.methods.equal_shares import equal_shares

Costs = Mapping[int, int]
Ballots = Sequence[frozenset[int]]
Election = tuple[dict[int, int], list[frozenset[int]], int]
NONE = frozenset[int]()


def least_that_pays(cost: int, purses: Sequence[Fraction]) -> Fraction:
    """What each pays at most, so that all together pay the cost; they have it."""
    rest, paying = Fraction(cost), sorted(purses)
    while paying[0] * len(paying) < rest:
        rest -= paying.pop(0)
    return rest / len(paying)


def shared(
    costs: Costs, ballots: Ballots, purses: Sequence[Fraction], chosen: frozenset[int]
) -> Iterator[frozenset[int]]:
    """Every set that equal shares may choose."""
    offers: dict[int, Fraction] = {}
    for one in costs.keys() - chosen:
        having = [purse for purse, each in zip(purses, ballots, strict=True) if one in each]
        if having and sum(having) >= costs[one]:
            offers[one] = least_that_pays(costs[one], having)
    if not offers:
        yield chosen
        return
    lowest = min(price / costs[one] for one, price in offers.items())
    for one, price in offers.items():
        if price / costs[one] == lowest:
            pays = [min(purse, price) if one in each else 0
                    for purse, each in zip(purses, ballots, strict=True)]  # fmt: skip
            left = [purse - paid for purse, paid in zip(purses, pays, strict=True)]
            yield from shared(costs, ballots, left, chosen | {one})


def approved(
    costs: Costs, ballots: Ballots, money: int, chosen: frozenset[int]
) -> Iterator[frozenset[int]]:
    """Every set that comes of going on by approvals."""
    left = money - sum(costs[one] for one in chosen)
    votes = {one: sum(one in each for each in ballots) for one in costs.keys() - chosen}
    fits = {one: count for one, count in votes.items() if count and costs[one] <= left}
    if not fits:
        yield chosen
    for one, count in fits.items():
        if count == max(fits.values()):
            yield from approved(costs, ballots, money, chosen | {one})


def told(costs: Costs, outcomes: set[frozenset[int]], money: int) -> Spread:
    """What is in all of the outcomes, and what in some."""
    sure = frozenset.intersection(*outcomes)
    tied = frozenset.union(*outcomes) - sure
    left = money - sum(costs[one] for one in sure)
    return Spread(tuple(sorted(sure)), tuple(sorted(tied)), left)


def reference(costs: Costs, ballots: Ballots, money: int) -> Spread:
    """Equal shares, raised by a percent at a time as far as each outcome can be paid."""
    raised = {NONE}
    for percent in range(100, 201):
        share = Fraction(money * percent, 100 * len(ballots))
        more = set(shared(costs, ballots, [share] * len(ballots), NONE))
        if any(sum(costs[one] for one in each) > money for each in more):
            break
        raised = more
    return told(
        costs, {one for each in raised for one in approved(costs, ballots, money, each)}, money
    )


def renamed(election: Election, names: Sequence[int]) -> Election:
    """The same with other numbers of the options, in another order."""
    costs, ballots, money = election
    given_costs = {names[one]: cost for one, cost in costs.items()}
    return given_costs, [frozenset(names[one] for one in each) for each in ballots], money


small = st.tuples(
    st.dictionaries(st.integers(0, 4), st.integers(1, 6), min_size=1, max_size=5),
    st.lists(st.frozensets(st.integers(0, 4), max_size=5), min_size=1, max_size=5),
    st.integers(1, 16),
)
with_many_ties = st.tuples(
    st.dictionaries(st.integers(0, 11), st.integers(1, 3), min_size=6, max_size=12),
    st.lists(st.frozensets(st.integers(0, 11), min_size=1, max_size=6), min_size=1, max_size=9),
    st.integers(1, 20),
)


@settings(max_examples=200, deadline=None)
@given(small)
def test_all_ways_to_break_ties_are_told_and_no_other(election: Election):
    costs, ballots, money = election
    assert equal_shares(*election) == reference(costs, ballots, money)
    plain = set(approved(costs, ballots, money, NONE))
    assert by_approval(*election) == told(costs, plain, money)


@settings(max_examples=80, deadline=None)
@given(with_many_ties, st.permutations(range(12)), st.sampled_from([3, 30, 1_000]))
def test_the_order_of_options_changes_nothing(election: Election, names: list[int], most: int):
    """Also where there are more ways than are followed."""
    other = renamed(election, names)
    module._spread.cache_clear()  # pyright: ignore[reportPrivateUsage]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST_WAYS", most)
        patch.setattr(approval, "_MOST_SUMS", most)
        for method in (equal_shares, by_approval):
            first, second = method(*election), method(*other)
            assert {names[one] for one in first.sure} == set(second.sure)
            assert {names[one] for one in first.tied} == set(second.tied)
            assert first.left == second.left
    module._spread.cache_clear()  # pyright: ignore[reportPrivateUsage]


@settings(max_examples=60, deadline=None)
@given(small, st.sampled_from([0, 1, 3]))
def test_what_is_not_followed_is_never_told_as_sure(election: Election, most: int):
    costs, ballots, money = election
    whole = {equal_shares: equal_shares(*election), by_approval: by_approval(*election)}
    module._spread.cache_clear()  # pyright: ignore[reportPrivateUsage]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST_WAYS", most)
        patch.setattr(approval, "_MOST_SUMS", most)
        for method, exact in whole.items():
            cut = method(costs, ballots, money)
            assert set(cut.sure) <= set(exact.sure)
            assert {*cut.sure, *cut.tied} >= {*exact.sure, *exact.tied}
    module._spread.cache_clear()  # pyright: ignore[reportPrivateUsage]


def test_twelve_alike_with_money_for_six_are_all_tied():
    costs = dict.fromkeys(range(1, 13), 10)
    for ballots in ([frozenset(costs)] * 5, [frozenset({one}) for one in costs]):
        for method in (equal_shares, by_approval):
            assert method(costs, ballots, 60) == Spread((), tuple(costs), 60)


def test_fifteen_with_a_vote_each_and_money_for_seven_are_all_tied():
    costs = dict.fromkeys(range(1, 16), 10)
    ballots = [frozenset({one}) for one in costs]
    for method in (equal_shares, by_approval):
        assert method(costs, ballots, 75) == Spread((), tuple(costs), 75)


def test_what_is_bought_first_says_who_can_pay_for_more():
    """The same set bought in another order leaves other purses, and so other sets after it."""
    votes = [NONE, frozenset({1}), frozenset({1, 4}), frozenset({3, 4})]
    costs = {1: 40, 2: 30, 3: 10, 4: 40}
    for order in ((1, 2, 3, 4), (4, 2, 1, 3)):
        found = equal_shares({one: costs[one] for one in order}, votes, 80)
        assert found == reference(costs, votes, 80)


def test_a_large_election_with_many_ties_is_counted_while_one_waits():
    random = Random(7)
    for options, votes in ((12, 15), (25, 15), (39, 15), (39, 60)):
        costs = {one: random.choice([50, 100, 150, 200]) * 1_000 for one in range(options)}
        ballots = [frozenset(o for o in costs if random.random() < 0.3) for _ in range(votes)]
        begun = process_time()
        equal_shares(costs, ballots, sum(costs.values()) // 2)
        by_approval(costs, ballots, sum(costs.values()) // 2)
        assert process_time() - begun < 1
