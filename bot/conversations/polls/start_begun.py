"""What the form that starts a co-financing poll begins from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import RowMapping

from bot.conversations.forms import Value
from bot.conversations.needs.naming import asked_need
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.start_fields import Sharers, taking_part, values_of
from bot.conversations.polls.start_preview import Reached
from bot.conversations.polls.start_told import not_again
from bot.conversations.protocol import Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import NotNow
from bot.finding import read_number
from bot.needs.need import Need
from bot.needs.reading import need_by_id
from bot.plan import Activity, Plan
from bot.polls.co_financing import CoFinancing
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of
from bot.polls.templates import template


@dataclass(frozen=True)
class About:
    """What the form stands on: the activity or need it begins from, a poll it copies or makes
    formal, a template's values, everybody's figures, who can be reached, meetings to come."""

    plan: Plan
    today: date
    known: Sharers
    reach: Reached
    meetings: Sequence[RowMapping]
    activity: Activity | None = None
    need: Need | None = None
    of: CoFinancing | None = None
    formal: bool = False
    template: Mapping[str, Any] | None = None


async def begun_from(turn: Turn, about: About, kind: str, key: str) -> About | NotNow:
    """`about` with the activity, need, poll or template that the arguments name."""
    match kind:
        case "aktivitet":
            activity = turn.plan.activities.get(key.upper())
            return replace(about, activity=activity)
        case "behov":
            need = await asked_need(turn, (key,))
            return need if isinstance(need, NotNow) else replace(about, need=need)
        case "mall":
            found = await template(turn.db, read_number(key))
            return replace(about, template=_typed(found.said) if found is not None else None)
        case "kopia" | "formell":
            poll = await asked_poll(turn, (key,))
            if isinstance(poll, NotNow):
                return poll
            if kind == "formell" and (poll.binding or poll.formal_id is not None):
                return NotNow((say(turn, not_again(poll)),))
            of = await co_financing_of(turn.db, poll) if poll.kind is Kind.CO_FINANCING else None
            return await _with_poll(turn, about, poll, of, formal=kind == "formell")
        case _:
            return about


async def _with_poll(
    turn: Turn, about: About, poll: Poll, of: CoFinancing | None, *, formal: bool
) -> About:
    activity = turn.plan.by_id.get(poll.activity_id) if poll.activity_id is not None else None
    need = await need_by_id(turn.db, poll.need_id) if poll.need_id is not None else None
    return replace(about, activity=activity, need=need, of=of, formal=formal)


def _typed(said: Mapping[str, Any]) -> dict[str, Value]:
    """A template's values: lists of JSON are chosen values."""
    return {n: tuple(cast("list[str]", v)) if isinstance(v, list) else v for n, v in said.items()}


def of_activity(activity: Activity, plan: Plan) -> dict[str, Value]:
    """Who takes part in it, what it costs, what of that is found, and what to ask for: the
    co-financing that is planned, else what is lacking."""
    found = {"granted", "pledged"}
    own = {"own_budget", "regional_development"}
    funded = sum(
        line.amount
        for line in activity.funding
        if line.state in found or (line.state == "planned" and line.kind in own)
    )
    funded = min(funded, activity.budget)
    planned = sum(
        line.amount
        for line in activity.funding
        if line.state == "planned" and line.kind == "co_financing"
    )
    asked = min(planned or activity.lacking, activity.budget - funded)
    return {
        **taking_part(activity.participants, plan),
        "title": activity.title,
        "purpose": activity.description or activity.title,
        "total": str(activity.budget),
        "funded": str(funded),
        "asked": str(asked or ""),
    }


def of_need(need: Need) -> dict[str, Value]:
    """What is needed and its rough cost."""
    values: dict[str, Value] = {"title": need.title, "purpose": need.wanted.description}
    if need.wanted.cost:
        values |= {"total": str(need.wanted.cost), "funded": "0", "asked": str(need.wanted.cost)}
    return values


def of_poll(of: CoFinancing, plan: Plan) -> dict[str, Value]:
    """What another poll proposed."""
    poll = of.poll
    return values_of(of, plan) | {
        "title": poll.title,
        "link": poll.link or "",
        "shown": poll.secrecy.value,
        "binding": "formal",
    }
