"""Money that is lacking: how much, in what, and where the rest is to come from."""

from collections.abc import Callable, Sequence
from itertools import islice
from operator import attrgetter

from bot.conversations.activity_card import shortened
from bot.conversations.money.activity_money import funding_table
from bot.conversations.money.chart import MOST_GROUPS, money_chart
from bot.conversations.money.money_cards import activity_row
from bot.conversations.money.wording import NAME, activity_name, all_button, list_button
from bot.conversations.polls.wording import of_number
from bot.conversations.views import Button, Part, Table, bullets, press, quiet
from bot.digests.wording import listed
from bot.language import _, kronor
from bot.money.overview import Overview, Sums
from bot.money.reading import overview_of
from bot.plan import Activity
from bot.questions.answers.money_words import (
    about_activities,
    activities_about,
    overview_at,
    plan_source,
    planned_by_municipalities,
    while_words,
)
from bot.questions.answers.scope_words import not_limited
from bot.questions.answers.stands import codes_of, show_buttons, stands, until_now, with_room
from bot.questions.asking import A_PAGE, Answered, Asking
from bot.questions.question import Filter

NAMED = 3
"""Activities that the sentence names."""
MOST_LINES = 12
_HONOURED = frozenset(Filter) - {Filter.STAGE, Filter.BODY, Filter.AUDIENCE}


async def funding_gap(asking: Asking) -> Answered:
    """What is lacking of the budgets of the activities that are asked about."""
    activities, overview = await _activities(asking)
    lacking = sorted((e for e in activities if overview.lacking(e)), key=attrgetter("code"))
    lacking.sort(key=attrgetter("lacking"), reverse=True)
    sums = overview.sums(activities)
    page = lacking[asking.window]
    said = [await _said(asking, overview, activities, lacking, sums), while_words(asking)]
    said.append(_co_financing(asking, overview, activities))
    refused = _refused(lacking)
    return Answered(
        " ".join(filter(None, said)),
        parts=(
            *_parts(overview, activities, page, sums, first=asking.skip == 0),
            *((bullets(*refused),) if asking.why and refused else ()),
            *not_limited(asking, _HONOURED),
        ),
        sources=(await plan_source(asking),),
        buttons=_buttons(asking, activities, lacking),
        activities=codes_of(lacking or (activities if len(activities) == 1 else ())),
        total=len(lacking),
        shown=len(page),
        may_why=bool(refused),
    )


async def _activities(asking: Asking) -> tuple[list[Activity], Overview]:
    """Those that are asked about, and the plan's money as far as it concerns them: how an activity
    stands is looked up only where it matters."""
    activities, states = activities_about(asking), asking.question.values(Filter.STATE)
    all_matter = states or asking.question.values(Filter.KIND)
    matter = activities if all_matter else [each for each in activities if each.lacking]
    standing = await stands(asking, matter, until_now(asking))
    overview = overview_at(asking, standing)
    return (list(standing.in_states(states).activities) if states else activities), overview


async def _said(
    asking: Asking,
    overview: Overview,
    activities: Sequence[Activity],
    lacking: Sequence[Activity],
    sums: Sums,
) -> str:
    if not activities:
        return await _no_activity(asking)
    if len(activities) == 1:
        return _of_one(overview, activities[0], sums)
    if not lacking:
        said = _covered(sums, about_activities(asking))
        return f"{said} {await _in_all(asking)}" if about_activities(asking) else said
    total = _(
        "{amount} av budgeten {budget} saknas{about}.",
        amount=kronor(sums.lacking),
        budget=kronor(sums.budget),
        about=about_activities(asking),
    )
    return f"{total} {_largest(overview, lacking, len(activities))}"


def _largest(overview: Overview, lacking: Sequence[Activity], of: int) -> str:
    """Which activities lack most of it."""
    if len(lacking) == 1:
        return _("Allt saknas i {name}.", name=activity_name(lacking[0]))
    told = with_room(
        _("{amount} i {name}", name=activity_name(each), amount=kronor(overview.lacking(each)))
        for each in lacking[:NAMED]
    )
    named = listed(told)
    if len(lacking) <= len(told):
        return _("Det saknas {names}.", names=named)
    return _(
        "Det gäller {count} aktiviteter, mest {names}.",
        count=of_number(len(lacking), of),
        names=named,
    )


async def _no_activity(asking: Asking) -> str:
    said = _("Ingen aktivitet i planen passar{about}.", about=about_activities(asking))
    return f"{said} {await _in_all(asking)}"


async def _in_all(asking: Asking) -> str:
    """What the whole plan lacks, which is nearest."""
    overview = await overview_of(asking.db, asking.plan, asking.today)
    return _("I hela planen saknas {amount}.", amount=kronor(overview.total.lacking))


def _of_one(overview: Overview, activity: Activity, sums: Sums) -> str:
    name = activity_name(activity)
    if sums.lacking:
        return _(
            "{name} saknar {amount} av budgeten {budget}.",
            name=name,
            amount=kronor(sums.lacking),
            budget=kronor(sums.budget),
        )
    if activity.lacking and overview.is_over(activity):
        return _(
            "{name} är över, så de {amount} som aldrig finansierades räknas inte som saknade.",
            name=name,
            amount=kronor(activity.lacking),
        )
    if not activity.budget:
        return _("{name} har ingen budget i planen, så inget saknas.", name=name)
    return _("{name} saknar inga pengar.", name=name) + " " + _how_sure(sums)


def _covered(sums: Sums, about: str) -> str:
    return _("Inga pengar saknas{about}.", about=about) + " " + _how_sure(sums)


def _how_sure(sums: Sums) -> str:
    """Of a budget that is covered, how much is only hoped for."""
    budget = kronor(sums.budget)
    if not sums.budget:
        return _("Det finns ingen budget att täcka.")
    if not sums.hoped_for:
        return _("Budgeten är {budget}, och allt är beviljat eller utlovat.", budget=budget)
    return _(
        "Budgeten är {budget}, men {amount} är bara planerat eller sökt.",
        budget=budget,
        amount=kronor(sums.hoped_for),
    )


def _co_financing(asking: Asking, overview: Overview, activities: Sequence[Activity]) -> str:
    """What municipalities are counted on for, where it is asked about co-financing."""
    if "co_financing" not in asking.question.values(Filter.KIND):
        return ""
    amount = planned_by_municipalities(overview, activities)
    if not amount:
        return _("All medfinansiering i planen är utlovad.")
    return _(
        "Dessutom är {amount} planerat som medfinansiering men inte utlovat än.",
        amount=kronor(amount),
    )


def _refused(lacking: Sequence[Activity]) -> list[str]:
    """Funding that was refused, which is why some is lacking; the first of it."""
    refused = (
        (each, line) for each in lacking for line in each.funding if line.state == "rejected"
    )
    return [
        _(
            "{code}: {source} avslog {amount}",
            code=each.code,
            source=shortened(line.source, 100),
            amount=kronor(line.amount),
        )
        for each, line in islice(refused, A_PAGE)
    ]


def _parts(
    overview: Overview,
    activities: Sequence[Activity],
    page: Sequence[Activity],
    sums: Sums,
    *,
    first: bool,
) -> tuple[Part, ...]:
    if len(activities) == 1:
        lines = activities[0].funding[:MOST_LINES]
        return (funding_table(lines),) if lines else ()
    chart = money_chart(_groups(overview, activities), sums) if first and activities else None
    charts: tuple[Part, ...] = (chart,) if chart is not None else ()
    if not page:
        return charts
    table = Table(
        caption=_("Aktiviteter som saknar pengar, kronor"),
        columns=(_("Aktivitet"), _("Budget"), _("Säkert"), _("Hoppas på"), _("Saknas")),
        rows=tuple(activity_row(each, overview.sums([each])) for each in page),
        numeric=(1, 2, 3, 4),
    )
    meaning = quiet(_("Säkert är beviljat och utlovat. Hoppas på är planerat och sökt."))
    return (*charts, table, meaning)


def _groups(overview: Overview, activities: Sequence[Activity]) -> list[tuple[str, Sums]]:
    """By focus area; within one by direction; within one of those by activity, the most lacking
    first."""
    ways: tuple[Callable[[Activity], str], ...] = (attrgetter("area"), attrgetter("direction"))
    for name_of in ways:
        found: dict[str, list[Activity]] = {}
        for each in activities:
            found.setdefault(name_of(each), []).append(each)
        if len(found) > 1:
            return [(name, overview.sums(of_it)) for name, of_it in found.items()]
    most = sorted(activities, key=lambda each: -overview.lacking(each))[:MOST_GROUPS]
    return [(each.code, overview.sums([each])) for each in most]


def _buttons(
    asking: Asking, activities: Sequence[Activity], lacking: Sequence[Activity]
) -> tuple[Button, ...]:
    whole = Button(label=_("Pengarna i hela planen"), press=all_button().press)
    if len(activities) == 1:
        code = activities[0].code
        money = Button(label=_("Pengarna i {name}", name=code), press=press(NAME, code))
        return (money, *show_buttons(activities, 1), whole)
    area = _area_button(asking)
    each = Button(label=_("Pengarna i varje aktivitet"), press=list_button().press)
    return (*area, *show_buttons(lacking, 1), *(() if area else (whole,)), each)[:3]


def _area_button(asking: Asking) -> tuple[Button, ...]:
    """To the money of the one focus area that is asked about."""
    wanted = asking.question.values(Filter.AREA)
    keys = [key for key, name in asking.plan.focus_areas.items() if name in wanted]
    if len(keys) != 1:
        return ()
    label = shortened(_("Pengarna i {name}", name=wanted[0]), 75)
    return (Button(label=label, press=press(NAME, "omrade", keys[0])),)
