"""Adding up: points, scores and approvals."""

from collections.abc import Mapping, Sequence

Ballot = Mapping[int, int]
"""Option to value."""


def sums(options: Sequence[int], ballots: Sequence[Ballot]) -> dict[int, int]:
    """What each option got in all; nothing where a ballot does not name it."""
    return {one: sum(each.get(one, 0) for each in ballots) for one in options}


def approvals(options: Sequence[int], ballots: Sequence[Ballot]) -> dict[int, int]:
    """How many ballots name each option with more than nothing."""
    return {one: sum(each.get(one, 0) > 0 for each in ballots) for one in options}
