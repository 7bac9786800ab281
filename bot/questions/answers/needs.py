"""Needs: which there are, where they stand and since when, whose they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import RowMapping

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import (
    capital,
    municipality_names,
    need_name,
    stage_label,
    stage_word,
)
from bot.conversations.views import Button, Chart, Part, Series, Table, bold, bullets, press
from bot.digests.wording import listed, long_day, quoted
from bot.language import _, ngettext, number
from bot.needs.need import STILL_DAYS, Need
from bot.needs.reading import needs_by_id
from bot.needs.stages import WAY, Stage
from bot.pages import needs_page
from bot.people import OrganisationId
from bot.plan import ActivityId
from bot.questions.answers.limits import (
    NAMED,
    Limits,
    everything,
    limits_of,
    municipalities_of,
    stages_of,
)
from bot.questions.answers.scope_words import activity_names, not_limited, when_words
from bot.questions.asking import A_PAGE, Answered, Asking, Source
from bot.questions.question import Filter
from bot.questions.spans import Days
from storage.queries.questions_work import needs_found

_HONOURED = frozenset(Filter) - {Filter.STATE, Filter.KIND}
_ORDER = (*reversed(WAY), Stage.ACCEPTED, Stage.DECLINED, Stage.RESTING)
"""What is nearest its decision first, then the ends."""


@dataclass(frozen=True)
class Found:
    """A need as far as choosing and counting asks. `reached_on`: since when it is at its stage, by
    the day of the decision where there is one."""

    id: int
    title: str
    stage: Stage
    reached_on: date
    registered_on: date
    still: bool
    organisations: frozenset[OrganisationId]
    activity: ActivityId | None
    prepare_by: date | None

    @property
    def name(self) -> str:
        """`behov 12 Tolktjänst`, within a sentence."""
        return f"{need_name(self.id)} {shortened(self.title, 80)}"


async def needs(asking: Asking) -> Answered:
    """Needs that fit, by stage: those nearest their decision first."""
    limits, stages = await limits_of(asking), stages_of(asking.question)
    fit = await found_needs(limits, stages)
    found = _in_order([e for e in fit if _in_time(e, asking.days, stages)], asking, stages)
    if not found:
        return await _none(limits, stages, fit)
    page = await needs_by_id(asking.db, [e.id for e in found[asking.window]])
    may_why = any(_reason(each) for each in page)
    parts: list[Part] = [*_chart(found)]
    if page:
        parts.append(_table(page, asking))
    if asking.why and may_why:
        parts.append(_reasons(page))
    return Answered(
        said=" ".join(each for each in _said(limits, stages, found) if each),
        parts=(*parts, *_aside(asking)),
        sources=(register(),),
        buttons=_buttons(found[asking.skip :]),
        activities=_codes(found, asking),
        needs=[each.id for each in found],
        municipalities=municipalities_of(asking, (key for e in found for key in e.organisations)),
        total=len(found),
        shown=len(page),
        may_why=may_why,
    )


async def found_needs(limits: Limits, stages: Sequence[Stage] = ()) -> list[Found]:
    """Every live need within the limits, at those stages or at any."""
    asking = limits.asking
    named = asking.question.values(Filter.ACTIVITY)
    values: dict[str, Any] = {
        "stages": [each.value for each in stages],
        "areas": limits.areas,
        "networks": limits.networks,
        "activities": limits.activities if named else None,
        "municipalities": limits.municipalities,
        "people": limits.who,
        "still_since": asking.now - timedelta(days=STILL_DAYS),
    }
    return [_found(row) for row in await needs_found(asking.db, values)]


def _found(row: RowMapping) -> Found:
    whose = [*(row["municipalities"] or ()), row["organisation_id"]]
    reached = in_stockholm(row["stage_since"]).date()
    return Found(
        id=row["id"],
        title=row["title"],
        stage=Stage(row["stage"]),
        reached_on=row["decided_on"] or reached,
        registered_on=in_stockholm(row["registered_at"]).date(),
        still=row["still"],
        organisations=frozenset(OrganisationId(one) for one in whose if one is not None),
        activity=ActivityId(row["activity_id"]) if row["activity_id"] is not None else None,
        prepare_by=row["prepare_by"],
    )


def _in_time(need: Found, days: Days | None, stages: Sequence[Stage]) -> bool:
    return days is None or (need.reached_on if stages else need.registered_on) in days


def _in_order(found: list[Found], asking: Asking, stages: Sequence[Stage]) -> list[Found]:
    """The newest first where new ones are asked for, else by stage; longest there first."""
    if asking.days is not None and not stages:
        return sorted(found, key=lambda each: (each.registered_on, each.id), reverse=True)
    return sorted(found, key=lambda each: (_ORDER.index(each.stage), each.reached_on, each.id))


def is_at(stage: Stage, n: int) -> str:
    """Where needs are, said of so many of them."""
    match stage:
        case Stage.REGISTERED:
            return ngettext("är registrerat", "är registrerade", n)
        case Stage.PREPARING:
            return ngettext("är under beredning", "är under beredning", n)
        case Stage.ACCEPTED:
            return ngettext("är antaget", "är antagna", n)
        case Stage.DECLINED:
            return ngettext("är avslaget", "är avslagna", n)
        case Stage.RESTING:
            return ngettext("vilar", "vilar", n)
        case _:
            return ngettext("är {where}", "är {where}", n, where=stage_word(stage))


def _came(stage: Stage) -> str:
    """That needs reached a stage, said of any number of them."""
    match stage:
        case Stage.REGISTERED:
            return _("har registrerats och bereds inte än")
        case Stage.PREPARING:
            return _("har börjat beredas")
        case Stage.REFERENCE_GROUP:
            return _("har lagts fram för politiska referensgruppen")
        case Stage.PRESIDIUM:
            return _("har kommit till presidiet")
        case Stage.BOARD:
            return _("har kommit till direktionen")
        case Stage.ACCEPTED:
            return _("har antagits")
        case Stage.DECLINED:
            return _("har avslagits")
        case Stage.RESTING:
            return _("har lagts att vila")


def _came_any(stages: Sequence[Stage]) -> str:
    return _either([_came(each) for each in stages]) if stages else _("har registrerats")


def _either(words: Sequence[str]) -> str:
    return _(" eller ").join(words)


def spread(found: Sequence[Found]) -> str:
    """`1 är hos presidiet och 2 är antagna`."""
    counts = Counter(each.stage for each in found)
    return listed([f"{number(counts[s])} {is_at(s, counts[s])}" for s in _ORDER if counts[s]])


def _said(limits: Limits, stages: Sequence[Stage], found: Sequence[Found]) -> tuple[str, str]:
    asking, count, about = limits.asking, len(found), limits.by_area
    if asking.days is not None:
        what = _came_any(stages)
        head = ngettext(
            "{n} behov{about} {what} {when}",
            "{n} behov{about} {what} {when}",
            count,
            about=about,
            what=what,
            when=when_words(asking),
        )
    elif len(stages) == 1:
        what = is_at(stages[0], count)
        head = ngettext(
            "{n} behov{about} {what}", "{n} behov{about} {what}", count, about=about, what=what
        )
    else:
        head = ngettext(
            "Det finns {n} behov{about}", "Det finns {n} behov{about}", count, about=about
        )
        if stages:
            head += _(" som {what}", what=_either([is_at(each, count) for each in stages]))
    still = [each for each in found if each.still]
    return f"{head}: {_which(found, stages, asking.today)}.", _still(still)


def _which(found: Sequence[Found], stages: Sequence[Stage], today: date) -> str:
    """A few by name with since when, many by how they are spread, or by the first few."""
    if len(found) <= NAMED:
        return listed([_placed(each, today, where=len(stages) != 1) for each in found])
    if len({each.stage for each in found}) > 1:
        return spread(found)
    names = ", ".join(each.name for each in found[:NAMED])
    left = len(found) - NAMED
    return names + ngettext(" och {n} till", " och {n} till", left)


def _placed(need: Found, today: date, *, where: bool) -> str:
    day = long_day(need.reached_on, today)
    if not where:
        return _("{need} (sedan {day})", need=need.name, day=day)
    return _("{need} ({stage} sedan {day})", need=need.name, stage=stage_word(need.stage), day=day)


def _still(still: Sequence[Found]) -> str:
    if not still:
        return ""
    names = listed([need_name(each.id) for each in still[:NAMED]])
    if len(still) > NAMED:
        return ngettext(
            "{n} av dem har stått still i mer än {days} dagar.",
            "{n} av dem har stått still i mer än {days} dagar.",
            len(still),
            days=STILL_DAYS,
        )
    return capital(
        _("{needs} har stått still i mer än {days} dagar.", needs=names, days=STILL_DAYS)
    )


async def _none(limits: Limits, stages: Sequence[Stage], fit: Sequence[Found]) -> Answered:
    """That none fits, and what is nearest: other times, other stages, all needs."""
    asking = limits.asking
    head = _none_fits(limits, stages)
    near = fit or (await found_needs(limits) if stages else [])
    if near:
        head = f"{head} {_nearest(near, stages, asking)}"
    elif limits.by_area and (every := await found_needs(everything(asking))):
        count = ngettext("{n} behov", "{n} behov", len(every))
        head += " " + _("Sammanlagt finns {count}: {spread}.", count=count, spread=spread(every))
    return Answered(
        said=head,
        parts=_aside(asking),
        sources=(register(),),
        buttons=_buttons(near),
    )


def _none_fits(limits: Limits, stages: Sequence[Stage]) -> str:
    asking, about = limits.asking, limits.by_area
    if asking.days is not None:
        what, when = _came_any(stages), when_words(asking)
        return _("Inget behov{about} {what} {when}.", about=about, what=what, when=when)
    if stages:
        what = _either([is_at(each, 1) for each in stages])
        return _("Inget behov{about} {what} just nu.", about=about, what=what)
    if asking.question.values(Filter.ACTIVITY):
        return _("Inget behov ligger bakom {names}.", names=activity_names(asking))
    return _("Inget behov{about} är registrerat.", about=about)


def _nearest(near: Sequence[Found], stages: Sequence[Stage], asking: Asking) -> str:
    if asking.days is not None and not stages:
        last = max(near, key=lambda each: (each.registered_on, each.id))
        day = long_day(last.registered_on, asking.today)
        return _("Det senaste är {need}, registrerat {day}.", need=last.name, day=day)
    if asking.days is not None and any(each.stage in stages for each in near):
        last = max(near, key=lambda each: (each.reached_on, each.id))
        day = long_day(last.reached_on, asking.today)
        return _(
            "Närmast är {need}, {stage} sedan {day}.",
            need=last.name,
            stage=stage_word(last.stage),
            day=day,
        )
    count = ngettext("{n} behov", "{n} behov", len(near))
    return _("Annars finns {count}: {spread}.", count=count, spread=spread(near))


def _table(page: Sequence[Need], asking: Asking) -> Table:
    return Table(
        caption=_("Behov"),
        columns=(_("Nr"), _("Behov"), _("Läge"), _("Sedan"), _("Kommuner"), _("Stöttas av")),
        rows=tuple(_row(each, asking) for each in page),
    )


def _row(need: Need, asking: Asking) -> tuple[str, ...]:
    since = need.decided_on or in_stockholm(need.stage_since).date()
    plan, whose = asking.plan, set(need.wanted.municipalities)
    if need.organisation is not None:
        whose.add(need.organisation)
    supports = municipality_names(plan, (each.organisation for each in need.supports))
    counted = f"{number(len(need.supports))}: {supports}" if supports else "–"
    return (
        str(need.id),
        shortened(need.title, 120),
        stage_label(need.stage),
        long_day(since, asking.today),
        shortened(municipality_names(plan, whose) or "–", 200),
        shortened(counted, 200),
    )


def _reason(need: Need) -> str:
    """Why it was decided so, or else why it is needed."""
    return need.motivation or need.wanted.reason or ""


def _reasons(page: Sequence[Need]) -> Part:
    items = [
        (bold(f"{capital(need_name(each.id))}: "), quoted(_reason(each)))
        for each in page
        if _reason(each)
    ]
    return bullets(*items)


def _column(stage: Stage) -> str:
    """A stage as a chart has room for."""
    match stage:
        case Stage.REFERENCE_GROUP:
            return _("referensgruppen")
        case Stage.PRESIDIUM:
            return _("presidiet")
        case Stage.BOARD:
            return _("direktionen")
        case _:
            return stage_word(stage)


def _chart(found: Sequence[Found]) -> tuple[Chart, ...]:
    """How many are at each stage, when there are more than a page of them."""
    counts = Counter(each.stage for each in found)
    if len(found) <= A_PAGE or len(counts) < 2:
        return ()
    shown = [stage for stage in Stage if counts[stage]]
    values = tuple(counts[stage] for stage in shown)
    chart = Chart(
        form="bar",
        title=_("Behov efter läge"),
        alternative=capital(f"{spread(found)}."),
        categories=tuple(_column(stage) for stage in shown),
        series=(Series(name=_("Behov"), values=values),),
    )
    return (chart,)


def _aside(asking: Asking) -> tuple[Part, ...]:
    """What of the question does not limit needs: a direction does by its area."""
    return not_limited(asking, _HONOURED)


def register() -> Source:
    """Where needs are kept."""
    return Source(_("Behovsregistret"), needs_page())


def show_need(need_id: int) -> Button:
    """To the need's card."""
    label = _("Visa {name}", name=need_name(need_id))
    return Button(label=label, press=press("behov", need_id))


def _buttons(found: Sequence[Found]) -> tuple[Button, ...]:
    board = Button(label=_("Behovstavlan"), press=press("behov", "tavla"))
    return (*(show_need(each.id) for each in found[:2]), board)


def _codes(found: Sequence[Found], asking: Asking) -> list[str]:
    made = {each.activity for each in found if each.activity is not None}
    return sorted(asking.plan.by_id[one].code for one in made if one in asking.plan.by_id)
