"""Which activities there are: with who answers for them, when they go on and who coordinates."""

from collections.abc import Sequence

from bot.conversations.ways_on import all_activities_button
from bot.digests.wording import sentences
from bot.language import _, ngettext
from bot.pages import plan_page
from bot.plan import Activity
from bot.questions.answers.scope_words import not_limited, when_words
from bot.questions.answers.stands import (
    Stands,
    codes_of,
    coordinators,
    days_words,
    honoured,
    in_any,
    in_short,
    named_in_short,
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
from bot.states import status_label

_USED = (Filter.STATE, Filter.PERIOD, Filter.SINCE)


async def activities(asking: Asking) -> Answered:
    """Those that the filters choose; in a period those that go on within it, `since` a day those
    that have started from then on."""
    among = chosen(asking)
    fitting = in_time(asking, among)
    wanted = asking.question.values(Filter.STATE)
    found = None
    if wanted:
        found = (await stands(asking, fitting, until_now(asking))).in_states(wanted)
        fitting = list(found.activities)
    page = fitting[asking.window]
    if found is None:
        found = await stands(asking, page, until_now(asking))
    rows = [_row(asking, each, found) for each in page]
    columns = (_("Aktivitet"), _("Läge"), _("Ansvarig"), _("Pågår"))
    return Answered(
        _said(asking, fitting, among),
        parts=(
            *table(_("Aktiviteter i planen"), columns, rows),
            *not_limited(asking, honoured(asking, *_USED)),
        ),
        sources=_sources(asking),
        buttons=(*show_buttons(page), all_activities_button()),
        activities=codes_of(fitting),
        municipalities=coordinators(asking, fitting),
        total=len(fitting),
        shown=len(page),
    )


def in_time(asking: Asking, among: Sequence[Activity]) -> list[Activity]:
    """Those that go on within the period that is named, or have started since the day."""
    days = asking.days
    if days is None:
        return list(among)
    if asking.question.values(Filter.SINCE):
        return [each for each in among if each.starts_on in days]
    return [
        each
        for each in among
        if days.meets(each.starts_on, each.ends_on)
        and (each.ended_on is None or each.ended_on > days.first)
    ]


def _row(asking: Asking, activity: Activity, found: Stands) -> tuple[str, ...]:
    return (
        activity.name,
        status_label(found.of(activity)),
        _whose(asking, activity),
        days_words(asking, activity.starts_on, activity.ends_on),
    )


def _whose(asking: Asking, activity: Activity) -> str:
    """Who answers for it, and who coordinates it unless the name tells."""
    who, place = activity.responsible.name, asking.plan.organisations[activity.coordinator].name
    return who if place in who else _("{who} ({place})", who=who, place=place)


def _said(asking: Asking, fitting: Sequence[Activity], among: Sequence[Activity]) -> str:
    if not among:
        return no_activity(asking)
    n = len(fitting)
    whose = where(asking) + _timed(asking, n) + _standing(asking, n)
    if not fitting:
        said = _("Ingen aktivitet{whose}.", whose=whose)
        other = ngettext(
            "Utan den begränsningen är det {n} aktivitet{where}: {names}.",
            "Utan den begränsningen är det {n} aktiviteter{where}: {names}.",
            len(among),
            where=where(asking),
            names=named_in_short(among),
        )
        return said + sentences(other)
    said = ngettext(
        "{n} aktivitet{whose}: {names}.",
        "{n} aktiviteter{whose}: {names}.",
        n,
        whose=whose,
        names=named_in_short(fitting),
    )
    return said + sentences(_coordinated(asking, fitting))


def _timed(asking: Asking, n: int) -> str:
    """` som pågår i maj`; empty when no time is named."""
    if asking.days is None:
        return ""
    if asking.question.values(Filter.SINCE):
        return ngettext(" har startat {when}", " har startat {when}", n, when=when_words(asking))
    return ngettext(" pågår {when}", " pågår {when}", n, when=when_words(asking))


def _standing(asking: Asking, n: int) -> str:
    wanted = asking.question.values(Filter.STATE)
    if not wanted:
        return ""
    stand = in_any(wanted, max(n, 1))
    return _(" och {stand}", stand=stand) if asking.days is not None else f" {stand}"


def _coordinated(asking: Asking, fitting: Sequence[Activity]) -> str:
    """How many of them the municipality coordinates, when one is named."""
    names = asking.question.values(Filter.MUNICIPALITY)
    if len(names) != 1 or Filter.MUNICIPALITY not in honoured(asking):
        return ""
    places = asking.plan.organisations
    own = [each for each in fitting if places[each.coordinator].name == names[0]]
    if not own:
        return _("{place} samordnar ingen av dem.", place=names[0])
    return _(
        "{place} samordnar {names}.",
        place=names[0],
        names=in_short(own, lambda each: each.code),
    )


def _sources(asking: Asking) -> tuple[Source, ...]:
    if not asking.plan.activities:
        return ()
    return (Source(_("Planen {year}", year=asking.plan.year or ""), plan_page()),)
