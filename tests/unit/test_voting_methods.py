"""The methods of counting on elections from the literature, and what they promise of any."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.polls.methods.approval import Spread, by_approval
from bot.polls.methods.equal_shares import equal_shares
from bot.polls.methods.points import approvals, sums
from bot.polls.methods.schulze import schulze
from bot.polls.methods.standing import Elected, elected, tiers_by

Ranking = Mapping[int, int]


def ballots(*counted: tuple[int, str]) -> list[Ranking]:
    """So many rankings, each letters from the best to the last."""
    return [
        {ord(letter): place for place, letter in enumerate(order, 1)}
        for count, order in counted
        for _ in range(count)
    ]


def named(letters: str) -> list[int]:
    return [ord(letter) for letter in letters]


def told(tiers: Sequence[Sequence[int]]) -> list[str]:
    return ["".join(sorted(map(chr, tier))) for tier in tiers]


SCHULZE_2011 = ballots(
    (5, "ACBED"),
    (5, "ADECB"),
    (8, "BEDAC"),
    (3, "CABED"),
    (7, "CAEBD"),
    (2, "CBADE"),
    (7, "DCEBA"),
    (8, "EBADC"),
)
"""Schulze, Social Choice and Welfare 36 (2011), example 1: 45 voters, five candidates."""


def test_schulzes_first_example():
    found = schulze(named("ABCDE"), SCHULZE_2011)
    pairs = {
        "AB": 20, "AC": 26, "AD": 30, "AE": 22, "BA": 25, "BC": 16, "BD": 33, "BE": 18,
        "CA": 19, "CB": 29, "CD": 17, "CE": 24, "DA": 15, "DB": 12, "DC": 28, "DE": 14,
        "EA": 23, "EB": 27, "EC": 21, "ED": 31,
    }  # fmt: skip
    assert {chr(a) + chr(b): n for (a, b), n in found.preferring.items()} == pairs
    paths = {
        "AB": 28, "AC": 28, "AD": 30, "AE": 24, "BA": 25, "BC": 28, "BD": 33, "BE": 24,
        "CA": 25, "CB": 29, "CD": 29, "CE": 24, "DA": 25, "DB": 28, "DC": 28, "DE": 24,
        "EA": 25, "EB": 28, "EC": 28, "ED": 31,
    }  # fmt: skip
    assert {chr(a) + chr(b): n for (a, b), n in found.strengths.items()} == paths
    assert told(found.tiers) == ["E", "A", "C", "B", "D"]
    assert found.condorcet_winner is None


def test_the_capital_of_tennessee_is_the_one_that_beats_each_of_the_others():
    """The textbook example: Memphis 42, Nashville 26, Chattanooga 15, Knoxville 17 per cent."""
    found = schulze(named("MNCK"), ballots((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")))
    assert found.condorcet_winner == ord("N")
    assert told(found.tiers)[0] == "N"
    assert told(found.tiers) == ["N", "C", "K", "M"]


def test_condorcets_own_ring_is_settled_by_its_weakest_link():
    """Condorcet, Essai sur l'application de l'analyse (1785): 60 voters, A > B > C > A."""
    ring = ballots((23, "ABC"), (17, "BCA"), (2, "BAC"), (10, "CAB"), (8, "CBA"))
    found = schulze(named("ABC"), ring)
    assert found.condorcet_winner is None
    beats = {(a, b) for (a, b), n in found.preferring.items() if n > 30}
    assert len(beats) == 3
    assert len(found.tiers[0]) == 1


def test_an_even_ring_is_a_tie_and_shown_as_one():
    found = schulze(named("ABC"), ballots((1, "ABC"), (1, "BCA"), (1, "CAB")))
    assert told(found.tiers) == ["ABC"]


def test_what_is_not_ranked_comes_last_and_equal_ranks_say_nothing():
    found = schulze(named("ABC"), [{ord("A"): 1}, {ord("A"): 1, ord("B"): 1}])
    assert found.preferring[ord("B"), ord("C")] == 1
    assert found.preferring[ord("A"), ord("B")] == 1
    assert told(found.tiers) == ["A", "B", "C"]


rankings = st.lists(
    st.dictionaries(st.integers(1, 5), st.integers(1, 5), max_size=5), min_size=1, max_size=12
)


@given(rankings)
def test_whoever_beats_each_of_the_others_wins(given_ballots: list[dict[int, int]]):
    options = list(range(1, 6))
    found = schulze(options, given_ballots)
    if found.condorcet_winner is not None:
        assert found.tiers[0] == (found.condorcet_winner,)


@given(rankings, st.randoms())
def test_neither_names_nor_the_order_of_ballots_matter(
    given_ballots: list[dict[int, int]], random: Random
):
    options = list(range(1, 6))
    other = options[:]
    random.shuffle(other)
    renamed = dict(zip(options, other, strict=True))
    mixed = [{renamed[one]: rank for one, rank in each.items()} for each in given_ballots]
    random.shuffle(mixed)
    first = [{renamed[one] for one in tier} for tier in schulze(options, given_ballots).tiers]
    assert first == [set(tier) for tier in schulze(other, mixed).tiers]


@given(rankings, st.integers(1, 5))
def test_lifting_the_winner_never_makes_it_lose(given_ballots: list[dict[int, int]], which: int):
    """Monotonicity (Schulze 2011, section 4.5)."""
    options = list(range(1, 6))
    before = schulze(options, given_ballots).tiers[0]
    if before != (which,):
        return
    lifted = [dict(each) for each in given_ballots]
    lifted[0] = {one: rank + 1 for one, rank in lifted[0].items()} | {which: 1}
    assert which in schulze(options, lifted).tiers[0]


def test_seats_are_filled_and_a_tie_for_the_last_is_left():
    tiers = tiers_by({1: 9, 2: 7, 3: 7, 4: 7, 5: 1})
    assert tiers == ((1,), (2, 3, 4), (5,))
    assert elected(tiers, 1) == Elected((1,))
    assert elected(tiers, 3) == Elected((1,), (2, 3, 4), 2)
    assert elected(tiers, 4) == Elected((1, 2, 3, 4))
    assert elected((), 2) == Elected(())


def test_points_and_approvals_are_added():
    cast = [{1: 3, 2: 0}, {1: 2}, {3: 5}]
    assert sums([1, 2, 3], cast) == {1: 5, 2: 0, 3: 5}
    assert approvals([1, 2, 3], cast) == {1: 2, 2: 0, 3: 1}


def test_a_group_gets_its_share_that_most_votes_would_give_to_the_rest():
    """The case that equal shares is made for (Peters, Pierczyński and Skowron 2021, section 1):
    with 60 against 40 per cent, plain approval gives all to the 60."""
    costs = dict.fromkeys(range(1, 11), 10)
    votes = [frozenset(range(1, 7))] * 6 + [frozenset(range(7, 11))] * 4
    spread = equal_shares(costs, votes, 50)
    large = [one for one in (*spread.sure, *spread.tied) if one <= 6]
    small = [one for one in (*spread.sure, *spread.tied) if one > 6]
    assert large
    assert small
    plain = by_approval(costs, votes, 50)
    assert all(one <= 6 for one in (*plain.sure, *plain.tied))


def test_one_dear_proposal_does_not_eat_what_few_want_together():
    costs = {1: 100, 2: 30, 3: 30}
    votes = [frozenset({1})] * 6 + [frozenset({2, 3})] * 4
    spread = equal_shares(costs, votes, 100)
    assert (spread.sure, spread.tied, spread.left) == ((2, 3), (), 40)
    assert by_approval(costs, votes, 100).sure == (1,)


def test_equal_proposals_that_cannot_both_be_paid_are_tied():
    spread = equal_shares({1: 60, 2: 60}, [frozenset({1}), frozenset({2})], 100)
    assert spread.sure == ()
    assert spread.tied == (1, 2)
    assert by_approval({1: 60, 2: 60}, [frozenset({1}), frozenset({2})], 100).tied == (1, 2)


def test_nothing_is_chosen_without_votes():
    assert equal_shares({1: 10}, [], 100).sure == ()
    assert equal_shares({1: 10}, [frozenset()], 100).sure == ()
    assert by_approval({1: 10}, [], 100).sure == ()


elections = st.tuples(
    st.dictionaries(st.integers(1, 6), st.integers(1, 50), min_size=1, max_size=6),
    st.lists(st.frozensets(st.integers(1, 6), max_size=6), min_size=1, max_size=8),
    st.integers(1, 120),
)


@settings(max_examples=150, deadline=None)
@given(elections)
def test_the_sum_is_never_exceeded_and_nobody_pays_for_nothing(
    election: tuple[dict[int, int], list[frozenset[int]], int],
):
    costs, votes, money = election
    for spread in (equal_shares(costs, votes, money), by_approval(costs, votes, money)):
        assert sum(costs[one] for one in spread.sure) <= money
        assert spread.left == money - sum(costs[one] for one in spread.sure)
        wanted = {one for each in votes for one in each}
        assert wanted.issuperset(spread.sure)
        assert not set(spread.sure) & set(spread.tied)


@settings(max_examples=60, deadline=None)
@given(elections)
def test_a_group_that_can_pay_for_what_it_all_wants_is_not_left_with_nothing(
    election: tuple[dict[int, int], list[frozenset[int]], int],
):
    """Justified representation: of voters who all want an option and together have its cost as
    their equal shares of the sum, somebody gets something they want."""
    costs, votes, money = election
    spread = equal_shares(costs, votes, money)
    chosen = {*spread.sure, *spread.tied}
    share = Fraction(money, len(votes))
    for one, cost in costs.items():
        group = [each for each in votes if one in each]
        if share * len(group) >= cost:
            assert any(each & chosen for each in group)


def test_orders_of_the_same_ballots_and_options_give_the_same():
    votes = [frozenset({1, 2}), frozenset({2, 3}), frozenset({3})]
    for costs in permutations([(1, 10), (2, 20), (3, 30)]):
        found = {equal_shares(dict(costs), each, 50) for each in permutations(votes)}
        assert found == {Spread((2, 3), (), 0)}
