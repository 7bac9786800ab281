"""Who and what lacks a report: by each activity's own rhythm, or within a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.absence import Absence, away_on
from bot.conversations.ways_on import all_activities_button
from bot.digests.wording import away_sentence, how_long, listed, long_day, sentences
from bot.language import _, ngettext
from bot.overdue import next_report_due
from bot.pages import plan_page
from bot.people import PersonId
from bot.plan import Activity
from bot.questions.answers.scope_words import not_limited, scope, when_words
from bot.questions.answers.stands import (
    Stands,
    codes_of,
    coordinators,
    honoured,
    in_short,
    late_among,
    no_activity,
    show_buttons,
    span_of,
    stands,
    table,
    until_now,
    where,
)
from bot.questions.asking import Answered, Asking, Source
from bot.questions.chosen import chosen
from bot.questions.question import Filter
from bot.questions.spans import Days
from bot.states import NEVER_LATE, Status

NAMED, MOST_NAMES = 3, 4
MOST_AWAY = 2


@dataclass(frozen=True)
class _Lacking:
    """An activity that lacks a report: when its last one came, and when the next was due."""

    activity: Activity
    last: date | None
    due: date | None


@dataclass(frozen=True)
class _Found:
    """All that lack a report, of those that owe one; and who of the responsible is away."""

    lacking: Sequence[_Lacking]
    owing: int
    away: Mapping[PersonId, Absence]

    def is_away(self, one: _Lacking) -> bool:
        """Whether the one responsible is away."""
        return one.activity.responsible.id in self.away


async def not_reported(asking: Asking) -> Answered:
    """Activities whose report is late; in a time that is named, those that went on without one,
    and in a time to come those whose report is due then. A municipality's are those that it
    coordinates, since its own people report them."""
    activities = _theirs(asking, chosen(asking))
    found = await _found(asking, activities)
    rows = found.lacking[asking.window]
    page = [each.activity for each in rows]
    lacking = [each.activity for each in found.lacking]
    columns = (_("Aktivitet"), _("Samordnas av"), _("Ansvarig"), _("Senaste rapport"))
    used = honoured(asking, Filter.STATE, Filter.PERIOD, Filter.SINCE)
    return Answered(
        _said(asking, found, activities),
        parts=(
            *table(
                _("Aktiviteter utan rapport"), columns, [_row(asking, each, found) for each in rows]
            ),
            *not_limited(asking, used),
        ),
        sources=(Source(_("Lägesrapporterna och aktiviteternas rapportrytm"), plan_page()),),
        buttons=(*show_buttons(page), all_activities_button()),
        activities=codes_of(lacking),
        municipalities=coordinators(asking, lacking),
        total=len(lacking),
        shown=len(page),
    )


def _theirs(asking: Asking, activities: list[Activity]) -> list[Activity]:
    """Those that the municipalities of the question coordinate; all when it names none."""
    places = asking.question.values(Filter.MUNICIPALITY)
    if not places or Filter.MUNICIPALITY not in honoured(asking):
        return activities
    named = asking.plan.organisations
    return [each for each in activities if named[each.coordinator].name in places]


async def _found(asking: Asking, activities: Sequence[Activity]) -> _Found:
    now = await stands(asking, activities, until_now(asking), dated=True)
    now = now.in_states(asking.question.values(Filter.STATE))
    days, today = asking.days, asking.today
    if days is None:
        all_owing = late_among(asking, now)
        owing = all_owing.awaited
        found = [
            _Lacking(each, now.day(each), date.fromordinal(due)) for each, due in all_owing.late
        ]
    elif days.first > today:
        dated = [(each, _due(now, each, days.first)) for each in now.activities]
        found = [_Lacking(each, now.day(each), due) for each, due in dated if due in days]
        owing = len(found)
    else:
        heard = await stands(asking, now.activities, span_of(asking, days))
        going = [each for each in now.activities if _went_on(now, each, days, today)]
        owing = len(going)
        found = [
            _Lacking(each, now.day(each), None) for each in going if each.id not in heard.states
        ]
    away = await away_on(asking.db, {one.activity.responsible.id for one in found}, today)
    found.sort(key=lambda one: _order(one, away))
    return _Found(found, owing, away)


def _order(one: _Lacking, away: Mapping[PersonId, Absence]) -> tuple[bool, date, str]:
    """The longest awaited first, those of people away last."""
    since = one.due or one.last or one.activity.starts_on
    return (one.activity.responsible.id in away, since, one.activity.code)


def _went_on(now: Stands, activity: Activity, days: Days, today: date) -> bool:
    """Whether it went on within the time and is reported at all; one that is paused or done may
    be silent."""
    if activity.rhythm.kind == "never" or now.of(activity) in NEVER_LATE:
        return False
    started = activity.starts_on <= min(days.last, today)
    taken_out = activity.ended_on is not None and activity.ended_on <= days.first
    return started and activity.ends_on >= days.first and not taken_out


def _due(now: Stands, activity: Activity, day: date) -> date:
    """The last day for the next report, if one is awaited then; the end of time when none is."""
    if now.states.get(activity.id, Status.NOT_STARTED) in NEVER_LATE or not activity.runs_on(day):
        return date.max
    due = next_report_due(activity.rhythm, activity.starts_on, now.day(activity))
    return due or date.max


def _row(asking: Asking, one: _Lacking, found: _Found) -> tuple[str, ...]:
    activity = one.activity
    absence = found.away.get(activity.responsible.id)
    who = activity.responsible.name
    if absence is not None:
        day = long_day(absence.ends_on, asking.today)
        who = _("{who} (borta, tillbaka {day})", who=who, day=day)
    return (
        activity.name,
        asking.plan.organisations[activity.coordinator].name,
        who,
        _last(asking, one),
    )


def _last(asking: Asking, one: _Lacking) -> str:
    last = long_day(one.last, asking.today) if one.last is not None else _("ingen rapport")
    if one.due is None:
        return last
    if one.due >= asking.today:
        return _("{last}, nästa senast {day}", last=last, day=long_day(one.due, asking.today))
    return _("{last}, {late} sen", last=last, late=how_long((asking.today - one.due).days))


def _said(asking: Asking, found: _Found, activities: Sequence[Activity]) -> str:
    whose = _whose(asking)
    if not activities:
        places = asking.question.values(Filter.MUNICIPALITY)
        if not places or not chosen(asking):
            return no_activity(asking)
        return _(
            "{places} samordnar ingen aktivitet{where}, så ingen rapport väntas därifrån.",
            places=listed(places),
            where=scope(asking, Filter.AREA, Filter.DIRECTION, Filter.NETWORK, Filter.PERSON),
        )
    if not found.owing:
        return _nothing_awaited(asking, whose)
    if not found.lacking:
        return _all_reported(asking, found, whose)
    names = in_short(found.lacking, lambda one: one.activity.name, NAMED)
    return _first(asking, found, whose, names) + sentences(
        _who(asking, found), _away(asking, found)
    )


def _whose(asking: Asking) -> str:
    if not asking.question.values(Filter.MUNICIPALITY) or Filter.MUNICIPALITY not in honoured(
        asking
    ):
        return where(asking)
    limits = scope(asking, Filter.AREA, Filter.DIRECTION, Filter.NETWORK, Filter.PERSON)
    places = listed(asking.question.values(Filter.MUNICIPALITY))
    return limits + _(" som {places} samordnar", places=places)


def _first(asking: Asking, found: _Found, whose: str, names: str) -> str:
    n, days = len(found.lacking), asking.days
    if days is None:
        return ngettext(
            "{n} rapport dröjer av {all} som väntas{whose}: {names}.",
            "{n} rapporter dröjer av {all} som väntas{whose}: {names}.",
            n,
            all=found.owing,
            whose=whose and _(" om aktiviteter{whose}", whose=whose),
            names=names,
        )
    if days.first > asking.today:
        return ngettext(
            "{n} aktivitet{whose} ska rapporteras {when}: {names}.",
            "{n} aktiviteter{whose} ska rapporteras {when}: {names}.",
            n,
            whose=whose,
            when=when_words(asking),
            names=names,
        )
    return ngettext(
        "{n} av {all} pågående aktiviteter{whose} saknar rapport {when}: {names}.",
        "{n} av {all} pågående aktiviteter{whose} saknar rapport {when}: {names}.",
        n,
        all=found.owing,
        whose=whose,
        when=when_words(asking),
        names=names,
    )


def _nothing_awaited(asking: Asking, whose: str) -> str:
    if asking.days is None:
        return _("Ingen rapport väntas just nu om aktiviteter{whose}.", whose=whose)
    return _(
        "Ingen rapport väntas {when} om aktiviteter{whose}.",
        when=when_words(asking),
        whose=whose,
    )


def _all_reported(asking: Asking, found: _Found, whose: str) -> str:
    if asking.days is None:
        return ngettext(
            "Ingen rapport dröjer: {n} aktivitet{whose} ska rapporteras och är i tid.",
            "Ingen rapport dröjer: {n} aktiviteter{whose} ska rapporteras och är i tid.",
            found.owing,
            whose=whose,
        )
    return ngettext(
        "Alla har rapporterat {when}: {n} pågående aktivitet{whose}.",
        "Alla har rapporterat {when}: {n} pågående aktiviteter{whose}.",
        found.owing,
        when=when_words(asking),
        whose=whose,
    )


def _who(asking: Asking, found: _Found) -> str:
    """The coordinators, and the responsible people where they are few, without those away."""
    here = [each.activity for each in found.lacking if not found.is_away(each)]
    if not here:
        return ""
    places = dict.fromkeys(asking.plan.organisations[each.coordinator].name for each in here)
    people = dict.fromkeys(each.responsible.name for each in here)
    named = in_short(sorted(places), str, MOST_NAMES)
    if len(people) > MOST_NAMES:
        return _("Det gäller {places}.", places=named)
    return ngettext(
        "Det gäller {places}; ansvarig är {people}.",
        "Det gäller {places}; ansvariga är {people}.",
        len(people),
        places=named,
        people=in_short(list(people), str, MOST_NAMES),
    )


def _away(asking: Asking, found: _Found) -> str:
    gone = {
        one.activity.responsible.id: one.activity.responsible.name
        for one in found.lacking
        if found.is_away(one)
    }
    told = [
        away_sentence(name, found.away[key], asking.today)
        for key, name in list(gone.items())[:MOST_AWAY]
    ]
    left = len(gone) - len(told)
    if left > 0:
        told.append(ngettext("{n} ansvarig till är borta.", "{n} ansvariga till är borta.", left))
    return " ".join(told)
