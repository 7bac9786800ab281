"""What municipalities have promised, as the plan and the polls have it; nothing a poll hides."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.clock import in_stockholm
from bot.conversations.money.wording import activity_name
from bot.language import _
from bot.money.funding import Kronor
from bot.money.overview import Overview, Pledge, Pledged
from bot.people import OrganisationId
from bot.plan import Activity, ActivityId
from bot.polls.moments import end_of
from bot.questions.answers.money_words import activities_about
from bot.questions.answers.poll_choosing import start_of
from bot.questions.answers.stands import stands, until_now
from bot.questions.asking import Asking
from bot.questions.question import Filter
from storage.queries.questions_polls import promises

MOST_PROMISES = 5_000
_YEAR = 365
_OF_ACTIVITIES = (
    *(Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY),
    *(Filter.NETWORK, Filter.PERSON, Filter.STATE),
)


@dataclass(frozen=True)
class Promise:
    """What a municipality has said yes to in a poll, for an activity or a need."""

    poll: int
    activity: ActivityId | None
    municipality: OrganisationId
    amount: Kronor
    hours: int


@dataclass(frozen=True)
class Row:
    """What is promised under a name: by decision money, and own time with its hours; and in polls
    that nobody has decided on, with hours of own time in it."""

    name: str
    money: int = 0
    own_time: int = 0
    hours: int = 0
    said_yes: int = 0
    yes_hours: int = 0

    @property
    def decided(self) -> int:
        """All by decision."""
        return self.money + self.own_time

    @property
    def total(self) -> int:
        """All of it."""
        return self.decided + self.said_yes


@dataclass(frozen=True)
class Promised:
    """All that is promised of what is asked about. `by_time`: only yes in polls of those days, as
    nothing says when money that the plan holds was pledged."""

    activities: tuple[Activity, ...]
    pledged: tuple[Pledged, ...]
    answers: tuple[Promise, ...]
    by_time: bool

    @property
    def whole(self) -> Row:
        """The sum of it."""
        return Row(
            "",
            sum(each.money for each in self.pledged),
            sum(each.own_time for each in self.pledged),
            sum(each.hours for each in self.pledged),
            sum(each.amount for each in self.answers),
            sum(each.hours for each in self.answers),
        )


async def promised(asking: Asking) -> Promised:
    """What is promised of what the question asks about."""
    question, plan = asking.question, asking.plan
    by_time = _is_about_when(asking)
    limited = asking if not by_time else replace(asking, question=question.with_filters(
        {Filter.PERIOD: (), Filter.SINCE: ()}))  # fmt: skip
    chosen = activities_about(limited, by_place=False)
    states = question.values(Filter.STATE)
    if states:
        standing = await stands(asking, chosen, until_now(asking))
        chosen = list(standing.in_states(states).activities)
    activities = tuple(chosen)
    wanted, names = {e.id for e in activities}, question.values(Filter.MUNICIPALITY)
    of_plan = [
        each for each in Overview(plan, asking.today).pledged if not names or each.name in names
    ]
    kept = {each.municipality for each in of_plan}
    every = not any(question.values(each) for each in _OF_ACTIVITIES)
    pledged = tuple(
        replace(
            each,
            pledges=()
            if by_time
            else tuple(one for one in each.pledges if one.activity.id in wanted),
        )
        for each in of_plan
    )
    answers = [
        each
        for each in await _answers(asking, by_time=by_time)
        if each.municipality in kept
        and (each.activity in wanted or (every and each.activity is None))
    ]
    return Promised(activities, pledged, tuple(answers), by_time)


async def _answers(asking: Asking, *, by_time: bool) -> list[Promise]:
    days = asking.days if by_time else None
    rows = await promises(
        asking.db,
        sorted(asking.own),
        MOST_PROMISES,
        start_of(days.first) if days is not None else None,
        end_of(days.last) if days is not None else None,
    )
    return [
        Promise(
            row["poll_id"],
            ActivityId(row["activity_id"]) if row["activity_id"] is not None else None,
            OrganisationId(row["organisation_id"]),
            Kronor(row["amount"]),
            row["hours"] or 0,
        )
        for row in rows
        if days is None or in_stockholm(row["answered_at"]).date() in days
    ]


def _is_about_when(asking: Asking) -> bool:
    """Whether the time is when it was promised: since a day, or days of less than a year that have
    begun. A year is that of the activities."""
    days = asking.days
    if days is None:
        return False
    if asking.question.values(Filter.SINCE):
        return True
    return days.first <= asking.today and (days.last - days.first).days + 1 < _YEAR


def by_municipality(found: Promised) -> list[Row]:
    """What each has promised, the most first; none that has promised nothing."""
    rows = [
        _row(each.name, each, [e for e in found.answers if e.municipality == each.municipality])
        for each in found.pledged
    ]
    return sorted((e for e in rows if e.total), key=lambda e: (-e.total, e.name))


def by_activity(found: Promised) -> list[Row]:
    """What a municipality has promised each activity, in the plan's order; needs last."""
    (pledged,) = found.pledged
    own: defaultdict[ActivityId, list[Pledge]] = defaultdict(list)
    said: defaultdict[ActivityId | None, list[Promise]] = defaultdict(list)
    for pledge in pledged.pledges:
        own[pledge.activity.id].append(pledge)
    for promise in found.answers:
        said[promise.activity].append(promise)
    rows = [
        _row(activity_name(each), replace(pledged, pledges=tuple(own[each.id])), said[each.id])
        for each in promised_to(found)
    ]
    if needs := said[None]:
        name = _("Behov som inte är aktiviteter än")
        rows.append(_row(name, replace(pledged, pledges=()), needs))
    return rows


def _row(name: str, pledged: Pledged, answers: Sequence[Promise]) -> Row:
    return Row(
        name,
        pledged.money,
        pledged.own_time,
        pledged.hours,
        sum(each.amount for each in answers),
        sum(each.hours for each in answers),
    )


def promised_to(found: Promised) -> list[Activity]:
    """Activities that something is promised to, in the plan's order."""
    ids = {each.activity.id for one in found.pledged for each in one.pledges}
    ids |= {each.activity for each in found.answers if each.activity is not None}
    return [each for each in found.activities if each.id in ids]


def promising(found: Promised) -> tuple[str, ...]:
    """Municipalities that have promised something."""
    said = {each.municipality for each in found.answers}
    return tuple(e.name for e in found.pledged if e.pledges or e.municipality in said)


def taking_part(asking: Asking, found: Promised) -> Sequence[Activity]:
    """Activities that those municipalities take part in, where some are asked about."""
    if not asking.question.values(Filter.MUNICIPALITY):
        return found.activities
    keys = {each.municipality for each in found.pledged}
    return [e for e in found.activities if e.coordinator in keys or keys & e.participants]
