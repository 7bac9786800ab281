"""What is due when: milestones of a time, those that passed unreached, and those reached."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from bot.clock import in_stockholm
from bot.conversations.views import Button, press
from bot.digests.wording import how_long, long_day, sentences
from bot.language import _, ngettext
from bot.pages import plan_page
from bot.plan import Activity, Milestone
from bot.plan_index import Due
from bot.questions.answers.scope_words import not_limited, when_words
from bot.questions.answers.stands import (
    codes_of,
    coordinators,
    honoured,
    in_any,
    in_short,
    no_activity,
    show_buttons,
    stands,
    table,
    until_now,
    where,
)
from bot.questions.asking import Answered, Asking, Source
from bot.questions.chosen import chosen
from bot.questions.question import Filter
from bot.states import Status
from storage.queries.people import person_by_email

AHEAD = timedelta(days=13)
NEAREST, CANDIDATES = 3, 60
NAMED = 3


@dataclass(frozen=True)
class _One:
    """A milestone of an activity. `left`: it is still to be reached."""

    activity: Activity
    milestone: Milestone
    left: bool

    @property
    def due_on(self) -> date:
        """The day in the plan."""
        return self.milestone.due_on

    @property
    def reached_on(self) -> date | None:
        """The day when somebody said that it was reached."""
        at = self.milestone.reached_at
        return in_stockholm(at).date() if at is not None else None


@dataclass(frozen=True)
class _Found:
    """The milestones of the answer, in the order they are shown; `passed` stand after the others
    and are no part of the time asked about. `nearest`: they are the next ones after it."""

    shown: Sequence[_One]
    passed: Sequence[_One] = ()
    nearest: bool = False

    @property
    def all_of_them(self) -> list[_One]:
        """Those shown, then those passed."""
        return [*self.shown, *self.passed]


async def milestones(asking: Asking) -> Answered:
    """Milestones of the period, or of the next two weeks with those that passed unreached; where
    there is none, the next few. Reached ones when that is asked for, delayed ones likewise."""
    activities = _whose(asking)
    found = await _found(asking, activities)
    ordered = found.all_of_them
    page = ordered[asking.window]
    concerned = list({one.activity.id: one.activity for one in ordered}.values())
    shown = list({one.activity.id: one.activity for one in page}.values())
    columns = (_("Dag"), _("Milstolpe"), _("Aktivitet"), _("Ansvarig"), _("Läge"))
    rows = [_row(asking, one) for one in page]
    used = honoured(asking, Filter.STATE, Filter.PERIOD, Filter.SINCE)
    return Answered(
        _said(asking, found, activities),
        parts=(*table(_("Milstolpar"), columns, rows), *not_limited(asking, used)),
        sources=(Source(_("Planen {year}", year=asking.plan.year or ""), plan_page()),)
        if activities
        else (),
        buttons=_buttons(shown),
        activities=codes_of(concerned),
        municipalities=coordinators(asking, concerned),
        total=len(ordered),
        shown=len(page),
    )


def _whose(asking: Asking) -> list[Activity]:
    """The activities of the question; a person's are judged milestone by milestone."""
    if asking.question.values(Filter.ACTIVITY):
        return chosen(asking)
    return chosen(replace(asking, question=asking.question.with_filters({Filter.PERSON: ()})))


async def _theirs(asking: Asking, activities: Iterable[Activity]) -> list[Due]:
    """Milestones of the activities by day; only those that the people of the question answer
    for."""
    emails = asking.question.values(Filter.PERSON)
    ids = {each.id for each in activities}
    everything = [each for each in asking.plan.index.milestones if each.activity.id in ids]
    if not emails or asking.question.values(Filter.ACTIVITY):
        return everything
    found = [await person_by_email(asking.db, one, asking.today) for one in emails]
    people = {row["id"] for row in found if row is not None}
    return [
        each
        for each in everything
        if (each.milestone.responsible_id or each.activity.responsible.id) in people
    ]


async def _found(asking: Asking, activities: Sequence[Activity]) -> _Found:
    theirs = await _theirs(asking, activities)
    days, today = asking.days, asking.today
    if states := asking.question.values(Filter.STATE):
        return _Found(await _in_states(asking, theirs, states))
    if days is not None:
        within = await _judged(asking, [each for each in theirs if each.due_on in days])
        return _Found(within) if within else await _nearest(asking, theirs)
    if asking.question.values(Filter.ACTIVITY):
        return _Found(await _judged(asking, theirs))
    soon = [each for each in _open(theirs) if each.due_on <= today + AHEAD]
    left = [one for one in await _judged(asking, soon) if one.left]
    passed = _latest_first(one for one in left if one.due_on < today)
    coming = [one for one in left if one.due_on >= today]
    if coming:
        return _Found(coming, passed)
    return replace(await _nearest(asking, theirs), passed=passed)


def _open(found: Iterable[Due]) -> Iterator[Due]:
    """Those that nobody has said are reached."""
    return (each for each in found if each.milestone.reached_at is None)


async def _judged(
    asking: Asking, ordered: Sequence[Due], states: Collection[str] = tuple(Status)
) -> list[_One]:
    """Milestones of activities in the states; a done activity has nothing left to reach."""
    activities = list({each.activity.id: each.activity for each in ordered}.values())
    now = await stands(asking, activities, until_now(asking))
    done = {each.id for each in now.by_state[Status.DONE]}
    return [
        _One(activity, one, one.reached_at is None and activity.id not in done)
        for _day, _code, _key, activity, one in ordered
        if now.of(activity) in states
    ]


def _latest_first(found: Iterable[_One]) -> list[_One]:
    return sorted(found, key=lambda one: one.due_on, reverse=True)


async def _nearest(asking: Asking, theirs: Iterable[Due]) -> _Found:
    """The next few that are to come."""
    today = asking.today
    coming = (each for each in _open(theirs) if each.due_on >= today)
    nearest = await _judged(asking, list(islice(coming, CANDIDATES)))
    return _Found([one for one in nearest if one.left][:NEAREST], nearest=True)


async def _in_states(asking: Asking, theirs: Sequence[Due], states: Collection[str]) -> list[_One]:
    """Reached ones for done, delayed ones for deviation; else those of activities in the state."""
    days, today = asking.days, asking.today
    if Status.DONE in states:
        reached = [
            _One(each.activity, each.milestone, left=False)
            for each in theirs
            if each.milestone.reached_at is not None
        ]
        dated = [(one.reached_on or date.min, one) for one in reached]
        dated.sort(key=lambda pair: pair[0], reverse=True)
        return [one for day, one in dated if days is None or day in days]
    if Status.OFF_TRACK in states:
        late = (each for each in _open(theirs) if each.due_on < today)
        judged = await _judged(
            asking, [each for each in late if days is None or each.due_on in days]
        )
        return _latest_first(one for one in judged if one.left)
    wanted = [
        each
        for each in _open(theirs)
        if (each.due_on >= today if days is None else each.due_on in days)
    ]
    return await _judged(asking, wanted, states)


def _row(asking: Asking, one: _One) -> tuple[str, ...]:
    return (
        long_day(one.due_on, asking.today),
        one.milestone.title,
        one.activity.name,
        one.activity.responsible.name,
        _stands(asking, one),
    )


def _stands(asking: Asking, one: _One) -> str:
    if one.reached_on is not None:
        return _("✅ nådd {day}", day=long_day(one.reached_on, asking.today))
    if not one.left:
        return _("aktiviteten är klar")
    return _("⚠ passerad, inte nådd") if one.due_on < asking.today else _("kommer")


def _buttons(shown: Sequence[Activity]) -> tuple[Button, ...]:
    if len(shown) != 1:
        return show_buttons(shown)
    code = shown[0].code
    label = _("Milstolpar i {code}", code=code)
    return (*show_buttons(shown), Button(label=label, press=press("milstolpe", code)))


def _said(asking: Asking, found: _Found, activities: Sequence[Activity]) -> str:
    if not activities:
        return no_activity(asking)
    if asking.question.values(Filter.STATE):
        return _said_in_states(asking, found)
    late = _late_sentence(asking, found)
    n, names = len(found.shown), _named(asking, found.shown)
    if found.nearest:
        said = _("Ingen milstolpe{where} infaller {when}.", where=where(asking), when=_when(asking))
        nearest = ngettext("Den närmaste: {names}.", "De närmaste: {names}.", n, names=names)
        return said + sentences(nearest if n else _("Ingen finns längre fram heller."), late)
    if asking.days is None and asking.question.values(Filter.ACTIVITY):
        return _of_named(asking, found)
    said = ngettext(
        "{n} milstolpe{where} infaller {when}: {names}.",
        "{n} milstolpar{where} infaller {when}: {names}.",
        n,
        where=where(asking),
        when=_when(asking),
        names=names,
    )
    return said + sentences(late)


def _of_named(asking: Asking, found: _Found) -> str:
    """All milestones of the activities that are named."""
    n, names = len(found.shown), _named(asking, found.shown)
    if not n:
        return _("Planen har ingen milstolpe{where}.", where=where(asking))
    said = ngettext(
        "{n} milstolpe{where}: {names}.",
        "{n} milstolpar{where}: {names}.",
        n,
        where=where(asking),
        names=names,
    )
    return said + sentences(_late_sentence(asking, found))


def _when(asking: Asking) -> str:
    return when_words(asking) or _("de närmaste två veckorna")


def _named(asking: Asking, shown: Sequence[_One]) -> str:
    """`4 maj Lansering (PLA-01)` of the first few."""
    return in_short(
        shown,
        lambda one: _(
            "{day} {title} ({code})",
            day=long_day(one.due_on, asking.today),
            title=one.milestone.title,
            code=one.activity.code,
        ),
        NAMED,
    )


def _late_sentence(asking: Asking, found: _Found) -> str:
    """Those that passed unreached: beside the time that is asked about, or within it."""
    late = found.passed or [one for one in found.shown if one.left and one.due_on < asking.today]
    if not late:
        return ""
    if not found.passed:
        return ngettext(
            "{n} av dem har passerat utan att nås.",
            "{n} av dem har passerat utan att nås.",
            len(late),
        )
    return ngettext(
        "{n} har passerat utan att nås: {names}.",
        "{n} har passerat utan att nås: {names}.",
        len(late),
        names=_named(asking, late),
    )


def _said_in_states(asking: Asking, found: _Found) -> str:
    states = asking.question.values(Filter.STATE)
    n, names = len(found.shown), _named(asking, found.shown)
    when = when_words(asking)
    words = {"where": where(asking), "when": when and f" {when}", "names": names}
    if Status.DONE in states:
        if not n:
            return _("Ingen milstolpe{where} har nåtts{when}.", **words)
        return ngettext(
            "{n} milstolpe{where} har nåtts{when}: {names}.",
            "{n} milstolpar{where} har nåtts{when}: {names}.",
            n,
            **words,
        )
    if Status.OFF_TRACK in states:
        if not n:
            return _("Ingen milstolpe{where} är försenad{when}.", **words)
        longest = how_long((asking.today - min(one.due_on for one in found.shown)).days)
        return ngettext(
            "{n} milstolpe{where} har passerat utan att nås{when}: {names}.",
            "{n} milstolpar{where} har passerat utan att nås{when}: {names}.",
            n,
            **words,
        ) + sentences(_("Som mest är det {long} sedan.", long=longest))
    stand = in_any(states, max(n, 1))
    if not n:
        return _(
            "Ingen milstolpe är kvar{when} i aktiviteter{where} som {stand}.", stand=stand, **words
        )
    return ngettext(
        "{n} milstolpe är kvar{when} i aktiviteter{where} som {stand}: {names}.",
        "{n} milstolpar är kvar{when} i aktiviteter{where} som {stand}: {names}.",
        n,
        stand=stand,
        **words,
    )
