"""The polls that a question is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import RowMapping

from bot.clock import STOCKHOLM, in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import capital
from bot.conversations.polls.wording import closing, poll_name
from bot.digests.wording import long_day
from bot.language import _, ngettext
from bot.pages import poll_page, polls_page
from bot.people import OrganisationId, PersonId
from bot.polls.mandates import MandateKind, mandates
from bot.polls.moments import closes_with_a_day, end_of, last_day
from bot.polls.poll import Kind, Poll, State
from bot.polls.reading import polls_by_number
from bot.questions.answers.scope_words import body_kind, scope
from bot.questions.answers.stands import SOURCES, stands, until_now
from bot.questions.asking import Asking, Source
from bot.questions.chosen import chosen
from bot.questions.question import Filter
from storage.queries.people import person_by_email
from storage.queries.questions_polls import concerned_activities, polls_asked_about

MOST = 99
"""Polls that an answer looks at."""
FORMAL = (Kind.CO_FINANCING.value, Kind.PRIORITY.value)
"""Kinds that concern all; quick questions are those of who asked."""
HONOURED = frozenset(Filter) - {Filter.AUDIENCE}
"""Filters that choose among polls."""
_MANDATES: tuple[MandateKind, ...] = ("co_financing", "priority")
_ABOUT = (Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY, Filter.STATE)


@dataclass(frozen=True)
class Whose:
    """People whom a question names, with the municipalities that they answer for, and
    municipalities that it names."""

    people: Mapping[PersonId, str] = field(default_factory=dict[PersonId, str])
    answers_for: frozenset[OrganisationId] = frozenset()
    municipalities: Mapping[OrganisationId, str] = field(default_factory=dict[OrganisationId, str])

    @property
    def names(self) -> tuple[str, ...]:
        """Who is named."""
        return (*self.people.values(), *self.municipalities.values())

    @property
    def is_anybody(self) -> bool:
        """Whether the question names nobody."""
        return not self.names


@dataclass(frozen=True)
class Chosen:
    """Keys of the polls that fit, by where they stand, each in the order that they are told."""

    whose: Whose
    open: tuple[int, ...] = ()
    planned: tuple[int, ...] = ()
    over: tuple[int, ...] = ()


async def whose(asking: Asking) -> Whose:
    """Whom the question names; an address that nobody has names nobody."""
    question = asking.question
    wanted = question.values(Filter.MUNICIPALITY)
    places = {e.id: e.name for e in asking.plan.organisations.values() if e.name in wanted}
    people: dict[PersonId, str] = {}
    for email in question.values(Filter.PERSON):
        row = await person_by_email(asking.db, email, asking.today)
        if row is not None:
            people[PersonId(row["id"])] = row["name"]
    answers_for: set[OrganisationId] = set()
    if people:
        for kind in _MANDATES:
            held = await mandates(asking.db, kind, asking.today)
            for one in people:
                answers_for |= held.answers_for(one)
    return Whose(people, frozenset(answers_for), places)


async def choose(asking: Asking) -> Chosen:
    """The polls that fit the question. Quick questions only where nothing else fits, or where it
    is asked about a network, a body or somebody."""
    about = await whose(asking)
    states = [State.OPEN.value, State.PLANNED.value, State.CLOSED.value, State.CANCELLED.value]
    filters = await _filters(asking, about)
    rows = await polls_asked_about(asking.db, asking.today, states, MOST, **filters)
    rows = [row for row in rows if _is_then(row, asking)]
    named = any(asking.question.values(e) for e in (Filter.NETWORK, Filter.BODY, Filter.PERSON))
    formal = [row for row in rows if row["kind"] in FORMAL]
    kept = rows if named or not formal else formal

    def in_state(*which: State) -> tuple[int, ...]:
        return tuple(row["id"] for row in kept if row["state"] in which)

    return Chosen(
        about,
        in_state(State.OPEN),
        in_state(State.PLANNED),
        in_state(State.CLOSED, State.CANCELLED),
    )


async def in_order(asking: Asking, keys: Sequence[int]) -> list[Poll]:
    """Those polls, in that order."""
    found = await polls_by_number(asking.db, keys)
    return [found[key] for key in keys if key in found]


async def _filters(asking: Asking, about: Whose) -> dict[str, Any]:
    question, plan = asking.question, asking.plan
    found: dict[str, Any] = {}
    if kinds := question.values(Filter.KIND):
        found["kinds"] = list(kinds)
    if stages := question.values(Filter.STAGE):
        found["stages"] = list(stages)
    if any(question.values(each) for each in _ABOUT):
        found["activities"] = await _activities(asking)
        by_area = not any(question.values(each) for each in _ABOUT[1:])
        found["areas"] = list(question.values(Filter.AREA)) if by_area else []
    if networks := question.values(Filter.NETWORK):
        keys = [each.id for each in plan.networks if each.name in networks]
        found["networks"] = keys
        members = frozenset(keys)
        found["network_activities"] = [
            e.id for e in plan.activities.values() if e.network in members
        ]
    if bodies := question.values(Filter.BODY):
        kinds = [body_kind(each) for each in bodies]
        found["bodies"] = [each.id for each in plan.bodies.values() if each.kind in kinds]
        found["municipal"] = "municipal_directors" in kinds
    if question.values(Filter.MUNICIPALITY):
        found["organisations"] = list(about.municipalities)
    if question.values(Filter.PERSON):
        found["people"], found["answers_for"] = list(about.people), list(about.answers_for)
    return found | _when(asking)


async def _activities(asking: Asking) -> list[int]:
    """Activities that the question names, whoever takes part in them."""
    only = {each: asking.question.values(each) for each in _ABOUT}
    limited = asking.question.with_filters(
        {each: only.get(each, ()) for each in Filter if each not in _ABOUT}
    )
    found = chosen(replace(asking, question=limited))
    if only[Filter.STATE]:
        concerned = await concerned_activities(asking.db)
        found = [each for each in found if each.id in concerned]
        standing = await stands(asking, found, until_now(asking))
        found = standing.in_states(only[Filter.STATE]).activities
    return [each.id for each in found]


def _when(asking: Asking) -> dict[str, Any]:
    """Polls that go on in those days; of days that have passed, those that ended in them."""
    days = asking.days
    if days is None:
        return {}
    ended = days.last < asking.today
    return {"after": start_of(days.first), "before": end_of(days.last), "ended": ended}


def _is_then(row: RowMapping, asking: Asking) -> bool:
    """Whether it goes on, or ended, in one of the times; what is between them is in none."""
    days = asking.days
    if days is None:
        return True
    over = last_day(row["over_at"])
    if days.last < asking.today:
        return over in days
    return days.meets(in_stockholm(row["opens_at"]).date(), over)


def start_of(day: date) -> datetime:
    """The first moment of the day in Stockholm."""
    return datetime.combine(day, time(), STOCKHOLM)


def about_words(asking: Asking) -> str:
    """What the polls are limited to beside a time, with a space before: ` om medfinansiering inom
    Kompetens`."""
    what = (Filter.KIND, Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY, Filter.STATE)
    return scope(asking, *what, Filter.STAGE, Filter.NETWORK, Filter.BODY)


def words_of(poll: Poll) -> str:
    """`omröstning 7 (its title)`, within a sentence."""
    return _("{name} ({title})", name=poll_name(poll.id), title=shortened(poll.title, 80))


def last_answer(poll: Poll, today: date) -> str:
    """The last day, or the hour where it is one, that an answer is in time; the year only when it
    is another."""
    day = last_day(poll.closes_at)
    if closes_with_a_day(poll.closes_at):
        return long_day(day, today)
    if day.year != today.year:
        return closing(poll)
    local = in_stockholm(poll.closes_at)
    return _("{day} kl. {time}", day=long_day(local.date(), today), time=f"{local:%H:%M}")


def ended(poll: Poll, today: date) -> str:
    """The day it closed or was cancelled."""
    day = in_stockholm(poll.state_since).date()
    return long_day(last_day(poll.closes_at) if poll.state_since == poll.closes_at else day, today)


def sources_of(polls: Iterable[Poll], today: date) -> tuple[Source, ...]:
    """The polls by number; of many the first, and a count."""
    told = [Source(_source(each, today), poll_page(each.id)) for each in polls]
    if len(told) <= SOURCES:
        return tuple(told)
    left = len(told) - SOURCES + 1
    more = ngettext("{n} omröstning till", "{n} omröstningar till", left)
    return (*told[: SOURCES - 1], Source(more, polls_page()))


def _source(poll: Poll, today: date) -> str:
    name = capital(poll_name(poll.id))
    match poll.state:
        case State.CLOSED:
            return _("{name}, stängd {day}", name=name, day=ended(poll, today))
        case State.CANCELLED:
            return _("{name}, inställd {day}", name=name, day=ended(poll, today))
        case _:
            opened = long_day(in_stockholm(poll.opens_at).date(), today)
            if poll.state is State.PLANNED:
                return _("{name}, öppnar {day}", name=name, day=opened)
            return _("{name}, öppnad {day}", name=name, day=opened)


def activities_of(asking: Asking, polls: Iterable[Poll]) -> tuple[str, ...]:
    """Codes of the activities that the polls are about."""
    found = (asking.plan.by_id.get(e.activity_id) for e in polls if e.activity_id is not None)
    return tuple(dict.fromkeys(each.code for each in found if each is not None))


def needs_of(polls: Iterable[Poll]) -> tuple[int, ...]:
    """Numbers of the needs that the polls are about."""
    return tuple(dict.fromkeys(each.need_id for each in polls if each.need_id is not None))
