"""What answers about money share: the activities they are about, and what they rest on."""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from bot.conversations.money.wording import PAGE
from bot.conversations.needs.wording import capital
from bot.digests.wording import listed, long_day
from bot.language import _
from bot.money.funding import SHARED, Kronor
from bot.money.overview import Overview
from bot.plan import Activity, ActivityId
from bot.questions.answers.scope_words import person_names, scope, when_words
from bot.questions.answers.stands import Stands
from bot.questions.asking import Asking, Source
from bot.questions.chosen import chosen
from bot.questions.question import Filter
from bot.states import Status
from storage.queries.questions_polls import adopted_version

_PARTS = (Filter.AREA, Filter.DIRECTION, Filter.NETWORK)


def activities_about(asking: Asking, *, by_place: bool = True) -> list[Activity]:
    """Activities that the question chooses, going on in its days where it says some.

    `by_place`: a municipality's are those it coordinates or takes part in; else it does not choose
    among activities.
    """
    question = asking.question
    if not by_place:
        question = question.with_filters({Filter.MUNICIPALITY: ()})
    found = chosen(replace(asking, question=question))
    days = asking.days
    return [each for each in found if days is None or days.meets(each.starts_on, each.ends_on)]


def overview_at(asking: Asking, standing: Stands) -> Overview:
    """The plan's money on the day, for activities whose standing is known."""
    done = frozenset(key for key, status in standing.states.items() if status is Status.DONE)
    return Overview(asking.plan, asking.today, cast("frozenset[ActivityId]", done))


def about_activities(asking: Asking, *, by_place: bool = True) -> str:
    """What the activities are limited to, with a space before: ` inom Kompetens`."""
    question = asking.question
    if question.values(Filter.ACTIVITY):
        return scope(asking, Filter.ACTIVITY, Filter.STATE)
    which: list[str] = []
    places = question.values(Filter.MUNICIPALITY)
    if places and by_place:
        which.append(_("där {names} är med", names=listed(places)))
    if question.values(Filter.PERSON):
        which.append(_("som {names} ansvarar för", names=person_names(asking)))
    if question.values(Filter.STATE):
        which.append(scope(asking, Filter.STATE).strip())
    said = scope(asking, *_PARTS)
    return said + (_(" i aktiviteter {which}", which=" ".join(which)) if which else "")


def while_words(asking: Asking) -> str:
    """That only activities that go on then are counted, as a sentence; empty when no time is
    said."""
    when = when_words(asking)
    return _("Räknat är aktiviteter som pågår {when}.", when=when) if when else ""


def planned_by_municipalities(overview: Overview, activities: Iterable[Activity]) -> Kronor:
    """What the plan counts on from municipalities that none of them has pledged yet."""
    return Kronor(
        sum(
            line.amount
            for each in activities
            if not overview.is_over(each)
            for line in each.funding
            if line.state == "planned" and line.kind in SHARED
        )
    )


async def plan_source(asking: Asking) -> Source:
    """The plan, with when it was adopted."""
    adopted = await adopted_version(asking.db)
    if adopted is None:
        return Source(_("Planens utkast"), PAGE)
    year, day, paragraph = adopted
    return Source(
        capital(
            _(
                "planen {year}, beslutad {day} § {paragraph}",
                year=year,
                day=long_day(day, asking.today),
                paragraph=paragraph,
            )
        ),
        PAGE,
    )
