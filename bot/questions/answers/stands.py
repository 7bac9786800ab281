"""How many activities stand, in memory, and the words and rows that several answers share."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar

from bot.clock import STOCKHOLM, in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Part, Table, press
from bot.digests.wording import listed, listed_and_more, long_day
from bot.language import _, ngettext, number
from bot.overdue import late_since
from bot.pages import activity_page
from bot.plan import Activity, ActivityId
from bot.questions.answers.scope_words import scope
from bot.questions.asking import Asking, Source
from bot.questions.question import Filter
from bot.questions.spans import Days
from bot.reporting import Report, read_report
from bot.states import NEVER_LATE, Decider, Status
from storage.queries.questions_standing import reports_in, states_in

T = TypeVar("T")

NAMED = 4
"""Activities that a sentence names before it counts the others."""

ROOM, LONGEST_NAME = 160, 90
"""Characters of all names in a sentence, and of one of them."""

SOURCES = 3

WORST_FIRST = (
    *(Status.OFF_TRACK, Status.AT_RISK, Status.PAUSED),
    *(Status.NOT_STARTED, Status.ON_TRACK, Status.DONE),
)
OF_ACTIVITIES = (
    *(Filter.AREA, Filter.DIRECTION, Filter.NETWORK),
    *(Filter.MUNICIPALITY, Filter.PERSON),
)
"""What `chosen` goes by when no activity is named."""


@dataclass(frozen=True)
class Span:
    """The reports that count: up to a moment, and perhaps only from another on."""

    until: datetime
    since: datetime | None = None


@dataclass(frozen=True)
class Stands:
    """Activities in the plan's order; of these and perhaps others the state of each that has a
    report, the ordinal of its day, and who is asked for a decision by it."""

    activities: Sequence[Activity]
    states: Mapping[int, Status]
    ordinals: Mapping[int, int] = field(default_factory=dict[int, int])
    asked: Mapping[int, Decider] = field(default_factory=dict[int, Decider])

    def of(self, activity: Activity) -> Status:
        """Its state; not started when nothing was reported."""
        return self.states.get(activity.id, Status.NOT_STARTED)

    def day(self, activity: Activity) -> date | None:
        """The day of its report in Stockholm."""
        ordinal = self.ordinals.get(activity.id)
        return date.fromordinal(ordinal) if ordinal is not None else None

    @cached_property
    def ids(self) -> Sequence[ActivityId]:
        """Their keys, in the same order."""
        return [each.id for each in self.activities]

    @cached_property
    def by_state(self) -> Mapping[Status, list[Activity]]:
        """The activities of each state, in the plan's order."""
        found: dict[Status, list[Activity]] = {status: [] for status in WORST_FIRST}
        state = self.states.get
        for key, each in zip(self.ids, self.activities, strict=True):
            found[state(key, Status.NOT_STARTED)].append(each)
        return found

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """How many have each state."""
        return {status: len(those) for status, those in self.by_state.items()}

    def only(self, kept: Sequence[Activity]) -> "Stands":
        """Those activities alone."""
        return Stands(kept, self.states, self.ordinals, self.asked)

    def in_states(self, wanted: Collection[str]) -> "Stands":
        """Those in one of the states; all when none is wanted."""
        if not wanted:
            return self
        states = self.states
        return self.only(
            [e for e in self.activities if states.get(e.id, Status.NOT_STARTED) in wanted]
        )

    def worst_first(self) -> list[Activity]:
        """The activities, the worst first."""
        return [each for status in WORST_FIRST for each in self.by_state[status]]


async def stands(
    asking: Asking, activities: Sequence[Activity], span: Span, *, dated: bool = False
) -> Stands:
    """How the activities stood in the span; `dated`: with the days of their reports."""
    ids = None if are_most(asking, activities) else [each.id for each in activities]
    states: dict[int, Status] = {}
    ordinals: dict[int, int] = {}
    asked: dict[int, Decider] = {}
    for row in await states_in(asking.db, ids, span.until, span.since, dated=dated):
        status, decider = Status(row.status), Decider(row.decision_from)
        states.update(dict.fromkeys(row.activities, status))
        ordinals.update(zip(row.activities, row.days, strict=dated))
        if decider is not Decider.NOBODY:
            asked.update(dict.fromkeys(row.activities, decider))
    return Stands(activities, states, ordinals, asked)


def are_most(asking: Asking, activities: Sized) -> bool:
    """Whether it is less to read how all stand than to name these."""
    return 2 * len(activities) >= len(asking.plan.activities)


@dataclass(frozen=True)
class Late:
    """How many activities a report is awaited of from time to time, and those whose report is
    late, with the ordinal of the day when it was due."""

    awaited: int
    late: Sequence[tuple[Activity, int]]


def late_among(asking: Asking, found: Stands) -> Late:
    """Which of the activities are late, as `bot.overdue` judges it."""
    today, states, ordinals = asking.today.toordinal(), found.states, found.ordinals
    weekly, monthly = asking.plan.index.awaited(asking.today)
    silent = {key for key, status in states.items() if status in NEVER_LATE}
    known = set(found.ids) - silent
    awaited = [each for each in weekly if each.key in known]
    months = [each for each in monthly if each.id in known]
    late = [
        (activity, max(started, ordinals.get(key, 0)) + days)
        for key, started, days, activity in awaited
        if started + days < today and ordinals.get(key, 0) + days < today
    ]
    for each in months:
        due = late_since(each, states.get(each.id), found.day(each), asking.today)
        if due is not None:
            late.append((each, due.toordinal()))
    return Late(len(awaited) + len(months), late)


async def reports_of(
    asking: Asking, activities: Sequence[Activity], span: Span
) -> Mapping[ActivityId, Report]:
    """What was said of each of a few activities."""
    ids = [each.id for each in activities]
    rows = await reports_in(asking.db, ids, span.until, span.since) if ids else ()
    return {ActivityId(row["activity_id"]): read_report(row) for row in rows}


def until_now(asking: Asking) -> Span:
    """Everything that is reported."""
    return Span(asking.now)


def span_of(asking: Asking, days: Days) -> Span:
    """What was reported on those days, none of it later than now."""
    end = datetime.combine(days.last + timedelta(days=1), time(), STOCKHOLM)
    end -= timedelta(microseconds=1)
    return Span(min(end, asking.now), datetime.combine(days.first, time(), STOCKHOLM))


def where(asking: Asking) -> str:
    """` inom Kompetens i Hjo`, to stand after the word for activities; empty for the whole plan."""
    if asking.question.values(Filter.ACTIVITY):
        return scope(asking, Filter.ACTIVITY)
    return scope(asking, *OF_ACTIVITIES)


def honoured(asking: Asking, *more: Filter) -> tuple[Filter, ...]:
    """The filters that an answer about activities has gone by; `more` are its own."""
    if asking.question.values(Filter.ACTIVITY):
        return (Filter.ACTIVITY, *more)
    return (*OF_ACTIVITIES, *more)


def stand_words(status: Status, n: int) -> str:
    """What so many activities do: `går enligt plan`, `har avvikelse`."""
    match status:
        case Status.NOT_STARTED:
            return ngettext("är ej påbörjad", "är ej påbörjade", n)
        case Status.ON_TRACK:
            return ngettext("går enligt plan", "går enligt plan", n)
        case Status.AT_RISK:
            return ngettext("har risk", "har risk", n)
        case Status.OFF_TRACK:
            return ngettext("har avvikelse", "har avvikelse", n)
        case Status.PAUSED:
            return ngettext("är pausad", "är pausade", n)
        case Status.DONE:
            return ngettext("är klar", "är klara", n)


def in_any(states: Iterable[str], n: int) -> str:
    """`har avvikelse eller risk`: what so many activities of some states do."""
    said: list[str] = []
    verb = ""
    for words in [stand_words(each, n) for each in WORST_FIRST if each in set(states)]:
        before, (verb, _space, rest) = verb, words.partition(" ")
        said.append(rest if verb == before else words)
    return _(" eller ").join(said)


def counted(counts: Mapping[Status, int]) -> str:
    """`1 har avvikelse, 2 har risk och 5 går enligt plan`."""
    return listed(
        [
            f"{number(counts[each])} {stand_words(each, counts[each])}"
            for each in WORST_FIRST
            if counts[each]
        ]
    )


def in_short(things: Sequence[T], name: Callable[[T], str], most: int = NAMED) -> str:
    """The first few by name and how many there are besides: `a, b och 3 till`."""
    names = with_room([name(each) for each in things[:most]])
    return listed_and_more(names, len(things) - len(names))


def with_room(names: Iterable[str]) -> list[str]:
    """Those of the first names that a sentence has room for, at least one."""
    kept = [shortened(each, LONGEST_NAME) for each in names]
    while len(kept) > 1 and sum(map(len, kept)) > ROOM:
        kept.pop()
    return kept


def named_in_short(activities: Sequence[Activity], most: int = NAMED) -> str:
    """The first few activities by code and title, and how many there are besides."""
    return in_short(activities, lambda each: each.name, most)


def codes_of(activities: Iterable[Activity]) -> tuple[str, ...]:
    """Their codes."""
    return tuple([each.code for each in activities])


def coordinators(asking: Asking, activities: Iterable[Activity]) -> tuple[str, ...]:
    """The municipalities that coordinate the activities, by name."""
    places = asking.plan.organisations
    found = {each.coordinator for each in activities}
    return tuple(sorted(places[one].name for one in found if places[one].kind == "municipality"))


def days_words(asking: Asking, first: date, last: date) -> str:
    """`12 jan. – 31 dec.`, within a cell; the year where it is not this one."""
    return f"{long_day(first, asking.today)} – {long_day(last, asking.today)}"


def report_day(report: Report) -> date:
    """The day of a report in Stockholm."""
    return in_stockholm(report.reported_at).date()


def report_sources(
    asking: Asking, page: Iterable[Activity], reports: Mapping[ActivityId, Report]
) -> tuple[Source, ...]:
    """Whose reports the page rests on, and when they came; of many the first, and a count."""
    found = [(each, reports[each.id]) for each in page if each.id in reports]
    told = [
        Source(
            _(
                "Rapport om {code}: {who}, {day}",
                code=each.code,
                who=report.person_name,
                day=long_day(report_day(report), asking.today),
            ),
            activity_page(each.code),
        )
        for each, report in found
    ]
    if len(told) <= SOURCES:
        return tuple(told)
    left = len(told) - SOURCES + 1
    more = ngettext("{n} rapport till", "{n} rapporter till", left)
    return (*told[: SOURCES - 1], Source(more))


def show_buttons(activities: Sequence[Activity], most: int = 2) -> tuple[Button, ...]:
    """To the cards of the first few."""
    return tuple(
        Button(label=_("Visa {code}", code=each.code), press=press("aktivitet", each.code))
        for each in activities[:most]
    )


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Part, ...]:
    """A page's rows as a table, an empty cell as a dash; nothing without rows."""
    if not rows:
        return ()
    cells = tuple(tuple(shortened(cell, 400) or "–" for cell in row) for row in rows)
    return (Table(caption=caption, columns=tuple(columns), rows=cells),)


def no_activity(asking: Asking) -> str:
    """That the question's limits leave no activity, and what there is."""
    plan = asking.plan
    if not plan.activities:
        return _("Planen är tom än så länge.")
    missing = asking.question.values(Filter.ACTIVITY)
    if missing:
        return _("{codes} finns inte i planen.", codes=listed(missing))
    said = _("Planen har ingen aktivitet{where}.", where=where(asking))
    return f"{said} " + ngettext(
        "Den har {n} aktivitet i allt.", "Den har {n} aktiviteter i allt.", len(plan.activities)
    )
