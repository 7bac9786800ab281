"""What a question is limited to, in words that stand within a sentence."""

import re
from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import groupby, pairwise

from babel import dates

from bot.bodies import body_name
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import stage_word
from bot.conversations.views import Part, quiet
from bot.digests.wording import listed, listed_and_more, long_day
from bot.language import _, language
from bot.needs.stages import Stage
from bot.people import BodyKind
from bot.questions.asking import Asking
from bot.questions.question import Filter
from bot.questions.spans import Days, days_of
from bot.states import Status, status_word

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


MOST_NAMED, LONGEST_NAME = 4, 90
"""Names of a limit that are said before the others are counted, and characters of one of them."""


def few(names: Sequence[str]) -> str:
    """`a, b och c`; of more than a few names the first, and how many there are besides."""
    left = len(names) - MOST_NAMED
    shown = [shortened(each, LONGEST_NAME) for each in names[:MOST_NAMED]]
    return listed_and_more(shown, left)


def scope(asking: Asking, *names: Filter) -> str:
    """` inom Kompetens och i nätverket Energi`, with a space before: the filters of those names
    that the question has; empty when it has none."""
    said = [_limit(asking, name) for name in names if asking.question.values(name)]
    return "".join(f" {each}" for each in dict.fromkeys(said) if each)


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
    if asking.since is not None:
        return _("sedan {day}", day=long_day(asking.since, asking.today))
    spans = {each: days_of(each, asking.today) for each in asking.question.values(Filter.PERIOD)}
    dated = [(days, each) for each, days in spans.items() if days is not None]
    dated.sort(key=lambda pair: pair[0].first)
    alike = groupby(dated, key=lambda pair: _form(pair[1]))
    return listed([_of_form(form, list(several), asking) for form, several in alike])


def _form(period: str) -> str:
    """Which periods are said together: quarters of a year, weeks, years, months."""
    if period in _periods():
        return period
    if match := _QUARTER.fullmatch(period):
        return match[1] + "-Q"
    if _WEEK.fullmatch(period):
        return "W"
    return "Y" if len(period) == 4 else "M"


def _of_form(form: str, dated: Sequence[tuple[Days, str]], asking: Asking) -> str:
    """`i april och maj`: periods of one form, in order of time."""
    if form in _periods():
        return _periods()[form]
    if form.endswith("-Q"):
        numbers = _several([(days, period[-1]) for days, period in dated])
        return _("under kvartal {n} {year}", n=numbers, year=form[:4])
    if form == "W":
        return _("vecka {n}", n=_several([(days, str(int(each[-2:]))) for days, each in dated]))
    if form == "Y":
        return _("under {year}", year=_several(dated))
    return _("i {month}", month=_several([(days, _month(days, asking)) for days, _each in dated]))


def _month(days: Days, asking: Asking) -> str:
    own_year = days.first.year == asking.today.year
    return dates.format_date(days.first, "MMMM" if own_year else "MMMM y", locale=language())


def _several(dated: Sequence[tuple[Days, str]]) -> str:
    """`april och maj`, `april till juli` when they follow one another."""
    follows = all(
        one[0].last + timedelta(days=1) == other[0].first for one, other in pairwise(dated)
    )
    if len(dated) > 2 and follows:
        return _("{first} till {last}", first=dated[0][1], last=dated[-1][1])
    return listed([name for _days, name in dated])


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
