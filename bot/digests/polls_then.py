"""Polls as they were at a digest's cut-off, however late it is made, without what they hide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.plan import Body, Kronor, Plan
from bot.polls.counting import Result, counted
from bot.polls.poll import Kind, Poll, State
from bot.polls.reading import polls_by_number
from storage.queries import digest_polls as queries

TOLD = (Kind.CO_FINANCING, Kind.PRIORITY)
"""Kinds that concern chef and steering group; quick questions are those of who asked."""

ALL = (*TOLD, Kind.QUESTION, Kind.DATES)
"""Kinds that a network reads of, when it is asked."""

_STATES = {"closed": State.CLOSED, "cancelled": State.CANCELLED}


@dataclass(frozen=True)
class Pledged:
    """What a closed co-financing poll came to: who answered what was asked last, and the sum."""

    answered: int
    of: int
    sum: Kronor
    asked: Kronor


@dataclass(frozen=True)
class PollThen:
    """A poll at the cut-off: `poll` has the title, state, times and turnout of then, and a decision
    only if it was recorded by then.

    `counted`: whether its turnout is known, which that of an open poll that stays secret is not.
    `pledged` or `result`: what it came to, where it may be shown both then and now. `reason`: why
    it was cancelled. `decider`: the body that decided.
    """

    poll: Poll
    since: datetime
    counted: bool = True
    reason: str = ""
    pledged: Pledged | None = None
    result: Result | None = None
    decider: Body | None = None


async def polls_then(
    db: AsyncConnection,
    plan: Plan,
    covers_from: datetime,
    cut_off: datetime,
    kinds: Sequence[Kind] = TOLD,
) -> tuple[PollThen, ...]:
    """Polls open at the cut-off, and those closed, cancelled or decided on since the other."""
    wanted = [kind.value for kind in kinds]
    rows = await queries.polls_at(db, wanted, covers_from, cut_off)
    now = await polls_by_number(db, [row["id"] for row in rows])
    known = [row for row in rows if row["id"] in now]
    return tuple([await _then(now[row["id"]], row, plan, cut_off) for row in known])


async def _then(now: Poll, row: RowMapping, plan: Plan, cut_off: datetime) -> PollThen:
    decision = now.decision
    if decision is not None and decision.recorded_at > cut_off:
        decision = None
    sealed: Mapping[str, Any] = row["result"] or {}
    state = _STATES.get(row["last_step"], State.OPEN)
    voted, of = row["voted"], row["electorate"]
    if state is State.CLOSED and sealed:
        voted, of = sealed["voted"], sealed["electorate"]
    then = replace(
        now,
        title=row["title"],
        state=state,
        closes_at=row["closes_at"],
        state_since=row["since"],
        voted=voted or 0,
        electorate=of,
        decision=decision,
    )
    found = PollThen(
        poll=then,
        since=row["since"],
        counted=voted is not None,
        reason=(row["reason"] or "") if state is State.CANCELLED else "",
        decider=plan.bodies.get(decision.body) if decision is not None else None,
    )
    shows = state is State.CLOSED and then.shows_result and now.shows_result
    return await _with_outcome(found, sealed) if shows and sealed else found


async def _with_outcome(then: PollThen, sealed: Mapping[str, Any]) -> PollThen:
    """What was sealed when it closed."""
    if then.poll.kind is Kind.CO_FINANCING:
        answers = sealed["answers"]
        answered = sum(each["answer"] is not None and each["stands"] for each in answers)
        pledged = Pledged(answered, len(answers), Kronor(sealed["sum"]), Kronor(sealed["asked"]))
        return replace(then, pledged=pledged)
    given = [each.get("choices", each) for each in sealed.get("ballots", ())]
    ballots = [{int(option): value for option, value in each.items()} for each in given]
    return replace(then, result=await counted(then.poll, ballots))
