"""What a question is limited to, in words that stand within a sentence."""

import re
from collections.abc import Collection, Sequence

from babel import dates

from bot.bodies import body_name
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import stage_word
from bot.conversations.views import Part, quiet
from bot.digests.wording import listed, long_day
from bot.language import _, language, ngettext
from bot.needs.stages import Stage
from bot.people import BodyKind
from bot.questions.asking import Asking
from bot.questions.question import Filter
from bot.questions.spans import days_of, first_day
from bot.states import Status, status_word

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


MOST_NAMED, LONGEST_NAME = 4, 90
"""Names of a limit that are said before the others are counted, and characters of one of them."""


def few(names: Sequence[str]) -> str:
    """`a, b och c`; of more than a few names the first, and how many there are besides."""
    left = len(names) - MOST_NAMED
    shown = [shortened(each, LONGEST_NAME) for each in names[:MOST_NAMED]]
    return listed([*shown, ngettext("{n} till", "{n} till", left)] if left > 0 else shown)


def scope(asking: Asking, *names: Filter) -> str:
    """` inom Kompetens och i nätverket Energi`, with a space before: the filters of those names
    that the question has; empty when it has none."""
    said = [_limit(asking, name) for name in names if asking.question.values(name)]
    return "".join(f" {each}" for each in said if each)


def not_limited(asking: Asking, honoured: Collection[Filter]) -> tuple[Part, ...]:
    """Which filters of the question the answer leaves aside, since they have no meaning for it."""
    left = [name for name in Filter if asking.question.values(name) and name not in honoured]
    if not left:
        return ()
    names = listed([_named(asking, name) for name in left])
    said = _("Svaret tar inte hänsyn till {names}, som inte går att skilja ut här.", names=names)
    return (quiet(said),)


def _named(asking: Asking, name: Filter) -> str:
    """What the filter asks for, as a thing."""
    value = _value(asking, name)
    match name:
        case Filter.STATE:
            return _("läget {states}", states=value)
        case Filter.STAGE:
            return _("skedet ”{stages}”", stages=value)
        case _:
            return value


def activity_names(asking: Asking) -> str:
    """The activities that the question names, with code and title."""
    known = asking.plan.activities
    codes = asking.question.values(Filter.ACTIVITY)
    return few([known[code].name if code in known else code for code in codes])


def person_names(asking: Asking) -> str:
    """The people that the question names, by name where they answer for something in the plan."""
    known = {e.responsible.email: e.responsible.name for e in asking.plan.activities.values()}
    return few([known.get(one, one) for one in asking.question.values(Filter.PERSON)])


def _limit(asking: Asking, name: Filter) -> str:
    values = asking.question.values(name)
    match name:
        case Filter.AREA:
            return _("inom {names}", names=few(values))
        case Filter.DIRECTION:
            return _("inom inriktningen {names}", names=few(values))
        case Filter.ACTIVITY:
            return _("för {names}", names=activity_names(asking))
        case Filter.MUNICIPALITY:
            return _("i {names}", names=few(values))
        case Filter.NETWORK:
            return _("i nätverket {names}", names=few(values))
        case Filter.STATE:
            return _("med läget {states}", states=_value(asking, name))
        case Filter.STAGE:
            return _("i skedet ”{stages}”", stages=_value(asking, name))
        case Filter.PERSON:
            return _("för {names}", names=person_names(asking))
        case Filter.BODY | Filter.AUDIENCE:
            return _("för {names}", names=_value(asking, name))
        case Filter.KIND:
            return _("om {kinds}", kinds=_value(asking, name))
        case Filter.PERIOD | Filter.SINCE:
            return when_words(asking)


def _value(asking: Asking, name: Filter) -> str:
    """What the filter asks for, alone."""
    values = asking.question.values(name)
    match name:
        case Filter.ACTIVITY:
            return activity_names(asking)
        case Filter.STATE:
            return _(" eller ").join(status_word(Status(one)) for one in values)
        case Filter.STAGE:
            return _(" eller ").join(stage_word(Stage(one)) for one in values)
        case Filter.PERSON:
            return person_names(asking)
        case Filter.BODY | Filter.AUDIENCE:
            return listed([_body_word(one) for one in values])
        case Filter.KIND:
            kinds = {"co_financing": _("medfinansiering"), "priority": _("prioritering")}
            return listed([kinds.get(one, one) for one in values])
        case Filter.PERIOD | Filter.SINCE:
            return when_words(asking)
        case _:
            return few(values)


def body_kind(value: str) -> BodyKind | None:
    """The body of the charter that a filter's value names; None for the chef, who is none."""
    kinds: tuple[BodyKind, ...] = (
        *("steering_group", "municipal_directors", "reference_group"),
        *("presidium", "board"),
    )
    return next((each for each in kinds if each == value), None)


def _body_word(value: str) -> str:
    kind = body_kind(value)
    return body_name(kind) if kind is not None else _("chefen")


def when_words(asking: Asking) -> str:
    """When it is asked about, within a sentence: `i mars`, `vecka 12`, `sedan 9 mars`; empty when
    it is not said."""
    since = first_day(asking.question.one(Filter.SINCE), asking.today)
    if since is not None:
        return _("sedan {day}", day=long_day(since, asking.today))
    period = asking.question.one(Filter.PERIOD)
    if period is None or (days := days_of(period, asking.today)) is None:
        return ""
    if period in _periods():
        return _periods()[period]
    if match := _QUARTER.fullmatch(period):
        return _("under kvartal {n} {year}", n=match[2], year=match[1])
    if match := _WEEK.fullmatch(period):
        return _("vecka {n}", n=int(match[2]))
    if len(period) == 4:
        return _("under {year}", year=period)
    own_year = days.first.year == asking.today.year
    shown = dates.format_date(days.first, "MMMM" if own_year else "MMMM y", locale=language())
    return _("i {month}", month=shown)


def _periods() -> dict[str, str]:
    return {
        "today": _("i dag"),
        "this_week": _("den här veckan"),
        "last_week": _("förra veckan"),
        "next_week": _("nästa vecka"),
        "this_month": _("den här månaden"),
        "last_month": _("förra månaden"),
        "next_month": _("nästa månad"),
        "this_quarter": _("det här kvartalet"),
        "last_quarter": _("förra kvartalet"),
        "next_quarter": _("nästa kvartal"),
        "this_year": _("i år"),
        "last_year": _("förra året"),
        "next_14_days": _("de närmaste 14 dagarna"),
    }
