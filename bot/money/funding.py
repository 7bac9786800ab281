"""What funds an activity now: the plan's own lines, and those that stand beside the plan.

A poll's pledge and an application stand beside, so that nothing imported is ever rewritten. Most
often the plan has counted on the same money already; then it is taken out of the plan's lines here,
each time the plan is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, NewType

from bot.people import OrganisationId

Kronor = NewType("Kronor", int)

SHARED = ("co_financing", "in_kind")
"""Kinds of money that a municipality pledges: in kronor, or as time at an hourly rate."""

_HOPED_FOR = ("planned", "applied")


@dataclass(frozen=True)
class FundingLine:
    """Money from a source: whole kronor, with its state.

    `organisation` pledges it, with `hours` where it is time. `application` is the key of the one
    that it came by, and `applied_for` what that one asks for.
    """

    source: str
    kind: str
    amount: Kronor
    state: str
    organisation: OrganisationId | None = None
    hours: int | None = None
    application: int | None = None
    applied_for: Kronor | None = None


class Funded(NamedTuple):
    """Whole kronor by state, from the least sure to the surest."""

    planned: Kronor
    applied: Kronor
    granted: Kronor
    pledged: Kronor


def funded_by(lines: Sequence[FundingLine]) -> Funded:
    """What lines come to in each state that counts."""
    by_state = dict.fromkeys(Funded._fields, 0)
    for line in lines:
        if line.state in by_state:
            by_state[line.state] += line.amount
    return Funded(*map(Kronor, by_state.values()))


def in_force(
    of_version: Sequence[FundingLine], beside: Sequence[FundingLine]
) -> tuple[FundingLine, ...]:
    """The lines that count, each list given oldest first.

    A pledge takes its amount out of what the plan hoped that municipalities would pay: lines of its
    own kind first, then of the other. An application takes the place of what the plan hoped for
    from the same fund, up to what it asks for, and of a grant that says the same amount. What is
    left of a line keeps its place; what is beside comes after.
    """
    left = list(of_version)
    for line in beside:
        if line.application is None:
            left, more = _without(left, line.amount, _pledged_as(line.kind))
            left, _more = _without(left, more, _pledged_as(*SHARED))
        else:
            left, _more = _without(left, line.applied_for or line.amount, _hoped_from(line.source))
            left = _but_the_same_grant(left, line)
    return (*left, *beside)


def same_fund(one: str, other: str) -> bool:
    """Whether two sources name the same fund, whatever is said of how far it has come."""
    return _fund(one) == _fund(other)


def _fund(source: str) -> str:
    return " ".join(source.partition(",")[0].casefold().split())


def _pledged_as(*kinds: str) -> Callable[[FundingLine], bool]:
    return lambda line: line.state == "planned" and line.kind in kinds


def _hoped_from(source: str) -> Callable[[FundingLine], bool]:
    return lambda line: line.state in _HOPED_FOR and same_fund(line.source, source)


def _without(
    lines: Sequence[FundingLine], amount: int, which: Callable[[FundingLine], bool]
) -> tuple[list[FundingLine], int]:
    """The lines with as much of `amount` as there is taken out of those, the first first; and
    what of it there was no room for."""
    kept: list[FundingLine] = []
    for line in lines:
        taken = min(amount, line.amount) if which(line) else 0
        amount -= taken
        if taken < line.amount:
            kept.append(replace(line, amount=Kronor(line.amount - taken)) if taken else line)
    return kept, amount


def _but_the_same_grant(lines: Sequence[FundingLine], granted: FundingLine) -> list[FundingLine]:
    """Without the one line that tells of this very grant: a later plan that was imported may."""
    found = next(
        (
            at
            for at, line in enumerate(lines)
            if granted.state == line.state == "granted"
            and line.amount == granted.amount
            and same_fund(line.source, granted.source)
        ),
        None,
    )
    return [line for at, line in enumerate(lines) if at != found]
