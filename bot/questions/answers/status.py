"""How activities stand: one with what was said of it, many with counts and the worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.bodies import NAMED as FEW
from bot.conversations.activity_card import said_in, shortened
from bot.conversations.views import Button, Part, facts, press
from bot.digests.sections.charts import columns_of, state_chart
from bot.digests.wording import long_day, quoted, sentences
from bot.language import _, ngettext
from bot.pages import activity_page
from bot.plan import Activity, ActivityId
from bot.questions.answers.scope_words import not_limited, when_words
from bot.questions.answers.stands import (
    Span,
    Stands,
    codes_of,
    coordinators,
    counted,
    honoured,
    in_any,
    named_in_short,
    no_activity,
    report_day,
    report_sources,
    reports_of,
    show_buttons,
    span_of,
    stand_words,
    stands,
    table,
    until_now,
    where,
)
from bot.questions.asking import Answered, Asking, Source
from bot.questions.chosen import chosen
from bot.questions.question import Filter
from bot.reporting import Report
from bot.states import NEEDS_DEVIATION, Status, status_label

LOOKING_BEATS_READING = 8
"""Activities above which their states are drawn."""

LONGEST = 160
LONGEST_WHY = 300


async def status(asking: Asking) -> Answered:
    """How one activity stands, or many: those with a report in the time when one is named."""
    activities = chosen(asking)
    if not activities:
        return Answered(no_activity(asking), parts=not_limited(asking, _used(asking)))
    if len(asking.question.values(Filter.ACTIVITY)) == 1:
        return await _of_one(asking, activities[0])
    days = asking.days
    if days is None or days.first > asking.today:
        return await _of_many(asking, await stands(asking, activities, until_now(asking)))
    span = span_of(asking, days)
    found = await stands(asking, activities, span)
    reported = found.only([each for each in activities if each.id in found.states])
    if not reported.activities:
        return await _nothing_reported(asking, activities)
    return await _of_many(asking, reported, span, len(activities))


def _used(asking: Asking) -> tuple[Filter, ...]:
    days = asking.days
    ahead = days is not None and days.first > asking.today
    timed = () if ahead else (Filter.PERIOD, Filter.SINCE)
    return honoured(asking, Filter.STATE, *timed)


async def _nothing_reported(asking: Asking, activities: Sequence[Activity]) -> Answered:
    """That no report came in the time, and how they stand all the same."""
    now = await stands(asking, activities, until_now(asking))
    said = _(
        "Ingen aktivitet{where} har rapporterat {when}. I dag: {counts}.",
        where=where(asking),
        when=when_words(asking),
        counts=counted(now.counts),
    )
    return Answered(
        said,
        parts=not_limited(asking, _used(asking)),
        activities=codes_of(now.activities),
        municipalities=coordinators(asking, now.activities),
    )


async def _of_many(
    asking: Asking, all_of_them: Stands, span: Span | None = None, of: int = 0
) -> Answered:
    wanted = asking.question.values(Filter.STATE)
    fitting = all_of_them.in_states(wanted)
    order = fitting.worst_first()
    page = order[asking.window]
    reports = await reports_of(asking, page, span or until_now(asking))
    parts: tuple[Part, ...] = ()
    if len(order) > LOOKING_BEATS_READING and not wanted and not asking.skip:
        parts = state_parts(fitting)
    return Answered(
        _said(asking, all_of_them, fitting, order, of),
        parts=(
            *parts,
            *_table(asking, page, reports),
            *not_limited(asking, _used(asking)),
        ),
        sources=report_sources(asking, page, reports),
        buttons=show_buttons(page),
        activities=codes_of(order),
        municipalities=coordinators(asking, order),
        total=len(order),
        shown=len(page),
        may_why=not asking.why and any(fitting.counts[each] for each in NEEDS_DEVIATION),
    )


def state_parts(found: Stands) -> tuple[Part, ...]:
    """The states drawn: by focus area, or by direction within one; nothing for a single bar."""
    states = [found.states.get(key, Status.NOT_STARTED) for key in found.ids]
    areas = [each.area for each in found.activities]
    by_area = columns_of(zip(areas, states, strict=True))
    if len(by_area) > 1:
        return (state_chart(_("Läge per insatsområde"), by_area),)
    directions = [each.direction for each in found.activities]
    by_direction = columns_of(zip(directions, states, strict=True))
    if len(by_direction) > 1:
        return (state_chart(_("Läge per inriktning"), by_direction),)
    return ()


def _said(
    asking: Asking, among: Stands, fitting: Stands, order: Sequence[Activity], of: int
) -> str:
    wanted = asking.question.values(Filter.STATE)
    if wanted:
        return _in_states(asking, among, fitting, order)
    if len(order) == 1 and not of:
        return _(
            "1 aktivitet{where}: {name} {stand}.",
            where=where(asking),
            name=order[0].name,
            stand=stand_words(fitting.of(order[0]), 1),
        )
    bad = [*fitting.by_state[Status.OFF_TRACK], *fitting.by_state[Status.AT_RISK]]
    if of:
        begun = ngettext(
            "{n} av {all} aktiviteter{where} har rapporterat {when}: {counts}.",
            "{n} av {all} aktiviteter{where} har rapporterat {when}: {counts}.",
            len(order),
            all=of,
            where=where(asking),
            when=when_words(asking),
            counts=counted(fitting.counts),
        )
    else:
        begun = ngettext(
            "{n} aktivitet{where}: {counts}.",
            "{n} aktiviteter{where}: {counts}.",
            len(order),
            where=where(asking),
            counts=counted(fitting.counts),
        )
    if not bad:
        return begun
    return begun + sentences(_("Sämst går det för {names}.", names=_names(bad, fitting)))


def _names(activities: Sequence[Activity], found: Stands) -> str:
    """The first few; only those in deviation when there are any."""
    off_track = found.by_state[Status.OFF_TRACK]
    return named_in_short(off_track or activities, FEW)


def _in_states(asking: Asking, among: Stands, fitting: Stands, order: Sequence[Activity]) -> str:
    wanted = asking.question.values(Filter.STATE)
    words = {"where": where(asking), "all": len(among.activities)}
    if not order:
        said = _("Ingen aktivitet{where} {stand}.", where=where(asking), stand=in_any(wanted, 1))
        nearest = counted(among.counts)
        return said + sentences(nearest + ".")
    return ngettext(
        "{n} av {all} aktiviteter{where} {stand}: {names}.",
        "{n} av {all} aktiviteter{where} {stand}: {names}.",
        len(order),
        stand=in_any(wanted, len(order)),
        names=named_in_short(order),
        **words,
    )


def _table(
    asking: Asking, page: Sequence[Activity], reports: Mapping[ActivityId, Report]
) -> tuple[Part, ...]:
    last = _("Varför") if asking.why else _("Det senaste")
    return table(
        _("Aktiviteter, de som går sämst först"),
        (_("Aktivitet"), _("Läge"), _("Rapporterat"), last),
        [_row(asking, each, reports.get(each.id)) for each in page],
    )


def _row(asking: Asking, activity: Activity, report: Report | None) -> tuple[str, ...]:
    if report is None:
        return (activity.name, status_label(Status.NOT_STARTED), _("ingen rapport"), "")
    when = _("{day}, {who}", day=long_day(report_day(report), asking.today), who=report.person_name)
    said = reason(report, LONGEST_WHY) if asking.why else latest(report)
    return (activity.name, status_label(report.content.status), when, said)


def latest(report: Report) -> str:
    """The heart of what a report says: what differs, else how it goes."""
    content = report.content
    return quoted(content.deviation or content.situation or content.next_step, LONGEST)


def reason(report: Report, most: int) -> str:
    """Why it stands so: what differs, what is done about it and what is to be decided."""
    content = report.content
    measure = quoted(content.measure, most)
    decision = quoted(content.decision, most)
    said = sentences(
        quoted(content.deviation or content.situation, most),
        _("Åtgärd: {what}", what=measure) if measure else "",
        _("Beslut som behövs: {what}", what=decision) if decision else "",
    )
    return shortened(said.strip(), 400)


@dataclass(frozen=True)
class _One:
    """An activity and what was said of it last, within the time that was asked about."""

    activity: Activity
    report: Report | None
    span: Span


async def _of_one(asking: Asking, activity: Activity) -> Answered:
    days = asking.days
    ahead = days is None or days.first > asking.today
    span = until_now(asking) if ahead or days is None else span_of(asking, days)
    reports = await reports_of(asking, [activity], span)
    one = _One(activity, reports.get(activity.id), span)
    buttons = list(show_buttons([activity]))
    history = press("historik", activity.code)
    buttons.append(Button(label=_("Alla rapporter om {code}", code=activity.code), press=history))
    plan = Source(_("Planen: {code}", code=activity.code), activity_page(activity.code))
    deviates = one.report is not None and one.report.content.status in NEEDS_DEVIATION
    return Answered(
        _said_of_one(asking, one),
        parts=(*_parts_of_one(asking, one), *not_limited(asking, _used(asking))),
        sources=report_sources(asking, [activity], reports) or (plan,),
        buttons=tuple(buttons),
        activities=(activity.code,),
        municipalities=coordinators(asking, [activity]),
        total=1,
        shown=1,
        may_why=deviates and not asking.why,
    )


def _said_of_one(asking: Asking, one: _One) -> str:
    activity, report = one.activity, one.report
    if report is None:
        return _unreported(asking, one)
    stands_so = report.content.status
    words = {
        "name": activity.name,
        "stand": stand_words(stands_so, 1),
        "who": report.person_name,
        "day": long_day(report_day(report), asking.today),
    }
    wanted = asking.question.values(Filter.STATE)
    if not wanted:
        said = _("{name} {stand}, enligt {who} {day}.", **words)
    elif stands_so in wanted:
        said = _("Ja, {name} {stand}, enligt {who} {day}.", **words)
    else:
        said = _("Nej, {name} {stand}, enligt {who} {day}.", **words)
    told = reason(report, LONGEST_WHY) if asking.why else latest(report)
    return said + sentences(told)


def _unreported(asking: Asking, one: _One) -> str:
    activity = one.activity
    if one.span.since is not None:
        return _(
            "Ingen har rapporterat om {name} {when}.",
            name=activity.name,
            when=when_words(asking),
        )
    return _(
        "Ingen har rapporterat om {name} än, så den räknas som ej påbörjad. {who} är ansvarig.",
        name=activity.name,
        who=activity.responsible.name,
    )


def _parts_of_one(asking: Asking, one: _One) -> tuple[Part, ...]:
    activity, report = one.activity, one.report
    pairs = [(_("Läge"), status_label(report.content.status))] if report is not None else []
    pairs.append((_("Ansvarig"), activity.responsible.name))
    coming = next((each for each in activity.milestones if each.reached_at is None), None)
    if coming is not None:
        pairs.append((_("Nästa milstolpe"), _milestone(coming.due_on, coming.title, asking)))
    if report is None:
        return (facts(*pairs),)
    left = _not_in(_said_of_one(asking, one), report)
    return (facts(*pairs), *said_in(left, link_to=activity.code, most=700))


def _not_in(said: str, report: Report) -> Report:
    """The report without what stands whole in the words."""
    content = report.content
    texts = {name: getattr(content, name) for name in ("situation", "deviation", "measure")}
    told = {name: None for name, each in texts.items() if each and quoted(each, len(each)) in said}
    return replace(report, content=replace(content, **told))


def _milestone(due_on: date, title: str, asking: Asking) -> str:
    day = long_day(due_on, asking.today)
    late = _(" (passerad, inte nådd)") if due_on < asking.today else ""
    return shortened(f"{day}: {title}", 200) + late
