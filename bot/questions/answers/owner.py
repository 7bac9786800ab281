"""Who is responsible for what was named: activities, a municipality, a network, a body, a post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.absence import Absence, away_on
from bot.conversations.ways_on import all_activities_button
from bot.digests.wording import away_sentence, sentences
from bot.language import _, ngettext
from bot.pages import plan_page
from bot.people import PersonId
from bot.plan import Activity, Contact
from bot.questions.answers.activities import in_time
from bot.questions.answers.owner_people import (
    body_answer,
    municipality_answer,
    network_answer,
    person_answer,
    post_answer,
)
from bot.questions.answers.scope_words import not_limited, scope, when_words
from bot.questions.answers.stands import (
    codes_of,
    coordinators,
    honoured,
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

NAMED = 3
IN_FULL = 2
CODES = 8
"""Codes that a row or a sentence holds before the others are counted."""


async def owner(asking: Asking) -> Answered:
    """Who is responsible, with e-mail address, and who answers for whoever is away.

    For a municipality alone its director and those with its mandate, for a network or body alone
    its members, for a person alone what they are; else whoever answers for the activities.
    """
    question = asking.question
    named = {name for name in Filter if question.values(name)}
    if named & {Filter.BODY, Filter.AUDIENCE} and not named & {Filter.ACTIVITY, Filter.AREA}:
        body = question.one(Filter.BODY) or question.one(Filter.AUDIENCE) or ""
        return await (post_answer(asking) if body == "manager" else body_answer(asking, body))
    about = named - {Filter.KIND, Filter.PERIOD, Filter.SINCE, Filter.STAGE}
    if about == {Filter.MUNICIPALITY}:
        return await municipality_answer(asking)
    if about == {Filter.NETWORK}:
        return await network_answer(asking)
    if about == {Filter.PERSON}:
        return await person_answer(asking)
    if not about:
        return await post_answer(asking)
    return await _of_activities(asking)


@dataclass(frozen=True)
class _Owner:
    """Somebody with the activities that they answer for."""

    who: Contact
    activities: Sequence[Activity]


async def _of_activities(asking: Asking) -> Answered:
    activities = in_time(asking, chosen(asking))
    wanted = asking.question.values(Filter.STATE)
    if wanted:
        found = await stands(asking, activities, until_now(asking))
        activities = list(found.in_states(wanted).activities)
    limits = not_limited(asking, honoured(asking, Filter.STATE, Filter.PERIOD, Filter.SINCE))
    if not activities:
        return Answered(_nobody(asking), parts=limits, buttons=(all_activities_button(),))
    owners = _owners(activities)
    page = owners[asking.window]
    away = await away_on(asking.db, [one.who.id for one in page], asking.today)
    columns = (_("Ansvarig"), _("E-post"), _("Aktiviteter"))
    return Answered(
        _said(asking, owners, activities, away),
        parts=(
            *table(_("Ansvariga"), columns, [_row(asking, one, away) for one in page]),
            *limits,
        ),
        sources=(Source(_("Planen {year}", year=asking.plan.year or ""), plan_page()),),
        buttons=show_buttons(page[0].activities if page else ()),
        activities=codes_of(activities),
        municipalities=coordinators(asking, activities),
        total=len(owners),
        shown=len(page),
    )


def _owners(activities: Sequence[Activity]) -> list[_Owner]:
    found: dict[PersonId, list[Activity]] = {}
    for each in activities:
        found.setdefault(each.responsible.id, []).append(each)
    return [_Owner(those[0].responsible, those) for those in found.values()]


def _nobody(asking: Asking) -> str:
    if not chosen(asking):
        return no_activity(asking)
    return _(
        "Ingen aktivitet{where} passar in{state}{when}, så ingen är ansvarig.",
        where=where(asking),
        state=scope(asking, Filter.STATE),
        when=scope(asking, Filter.PERIOD, Filter.SINCE),
    )


def _said(
    asking: Asking,
    owners: Sequence[_Owner],
    activities: Sequence[Activity],
    away: Mapping[PersonId, Absence],
) -> str:
    gone = [
        away_sentence(one.who.name, away[one.who.id], asking.today)
        for one in owners
        if one.who.id in away
    ]
    if len(owners) == 1:
        one = owners[0]
        what = _what(one)
        said = _(
            "{who} ({email}) ansvarar för {what}.", who=one.who.name, email=one.who.email, what=what
        )
        return said + sentences(*gone[:2])
    said = ngettext(
        "{n} person ansvarar för {all} aktiviteter{where}: {names}.",
        "{n} personer ansvarar för {all} aktiviteter{where}: {names}.",
        len(owners),
        all=len(activities),
        where=where(asking)
        + scope(asking, Filter.STATE)
        + (f" {when}" if (when := when_words(asking)) else ""),
        names=in_short(owners, _with_codes, NAMED),
    )
    return said + sentences(*gone[:2])


def _row(asking: Asking, one: _Owner, away: Mapping[PersonId, Absence]) -> tuple[str, str, str]:
    name = one.who.name
    absence = away.get(one.who.id)
    if absence is not None:
        name = f"{name}. {away_sentence(name, absence, asking.today)}"
    return (name, one.who.email, _what(one))


def _what(one: _Owner) -> str:
    """What somebody answers for: by title when it is little, else by code."""
    if len(one.activities) <= IN_FULL:
        return named_in_short(one.activities)
    return in_short(codes_of(one.activities), str, CODES)


def _with_codes(one: _Owner) -> str:
    codes = in_short(codes_of(one.activities), str, NAMED)
    return _("{who} ({codes})", who=one.who.name, codes=codes)
