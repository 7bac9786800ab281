"""From ballots to a result: what each option got, and what that chooses, ties left as ties."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.polls.methods.approval import by_approval
from bot.polls.methods.equal_shares import equal_shares
from bot.polls.methods.points import approvals, sums
from bot.polls.methods.schulze import Schulze, schulze
from bot.polls.methods.standing import Tiers, elected, tiers_by
from bot.polls.poll import Method, Poll

CAN, IF_NEED_BE = 2, 1
"""What a ballot says of a date."""


@dataclass(frozen=True)
class Result:
    """What the ballots add up to.

    `values`: what each option got: points or scores in all, approvals, first
    places, how many can. `tiers`: the
    order. `elected`: those that have a seat or get money; `tied` are equal about `open_seats` more,
    or about the money. `maybe`: how many could if need be. `plain`: what plain approval would
    choose of a sum, and `plain_tied` what is equal there.
    """

    count: int
    values: Mapping[int, int]
    tiers: Tiers
    elected: tuple[int, ...]
    tied: tuple[int, ...] = ()
    open_seats: int = 0
    maybe: Mapping[int, int] = field(default_factory=dict[int, int])
    schulze: Schulze | None = None
    plain: tuple[int, ...] = ()
    plain_tied: tuple[int, ...] = ()
    money_left: int = 0


def count(poll: Poll, ballots: Sequence[Mapping[int, int]]) -> Result:
    """Count the ballots by the poll's method; nothing is chosen without any."""
    options = [each.id for each in poll.options]
    match poll.method:
        case Method.RANKING:
            return _ranked(poll, options, ballots)
        case Method.BUDGET:
            return _spread(poll, options, ballots)
        case Method.DATES:
            return _dates(poll, options, ballots)
        case Method.POINTS | Method.SCORE:
            return _by_value(poll, sums(options, ballots), ballots)
        case _:
            return _by_value(poll, approvals(options, ballots), ballots)


async def counted(poll: Poll, ballots: Sequence[Mapping[int, int]]) -> Result:
    """`count`, with a sum spread beside all else: many ties take tenths of a second."""
    if poll.method is Method.BUDGET:
        return await asyncio.to_thread(count, poll, ballots)
    return count(poll, ballots)


def _by_value(
    poll: Poll, values: Mapping[int, int], ballots: Sequence[Mapping[int, int]]
) -> Result:
    tiers = tiers_by(values)
    named = [tier for tier in tiers if values[tier[0]] > 0]
    chosen = elected(named, poll.seats)
    return Result(len(ballots), values, tiers, chosen.sure, chosen.tied, chosen.open_seats)


def _ranked(poll: Poll, options: Sequence[int], ballots: Sequence[Mapping[int, int]]) -> Result:
    found = schulze(options, ballots)
    chosen = elected(found.tiers if ballots else (), poll.seats)
    firsts = {one: sum(each.get(one) == 1 for each in ballots) for one in options}
    return Result(
        len(ballots),
        firsts,
        found.tiers,
        chosen.sure,
        chosen.tied,
        chosen.open_seats,
        schulze=found,
    )


def _spread(poll: Poll, options: Sequence[int], ballots: Sequence[Mapping[int, int]]) -> Result:
    costs = {each.id: each.cost for each in poll.options if each.cost is not None}
    approved = [frozenset(one for one, value in each.items() if value > 0) for each in ballots]
    spread = equal_shares(costs, approved, poll.money or 0)
    plain = by_approval(costs, approved, poll.money or 0)
    values = approvals(options, ballots)
    return Result(
        len(ballots),
        values,
        tiers_by(values),
        spread.sure,
        spread.tied,
        plain=plain.sure,
        plain_tied=plain.tied,
        money_left=spread.left,
    )


def _dates(poll: Poll, options: Sequence[int], ballots: Sequence[Mapping[int, int]]) -> Result:
    """The best date is the one that most have said they can or can if need be, and among those the
    one that most can. A date that was left blank says neither."""
    can = {one: sum(each.get(one) == CAN for each in ballots) for one in options}
    maybe = {one: sum(each.get(one) == IF_NEED_BE for each in ballots) for one in options}
    both = {one: (can[one] + maybe[one]) * (len(ballots) + 1) + can[one] for one in options}
    tiers = tiers_by(both)
    chosen = elected([tier for tier in tiers if both[tier[0]] > 0], 1)
    return Result(
        len(ballots), can, tiers, chosen.sure, chosen.tied, chosen.open_seats, maybe=maybe
    )
