"""The state of everything, short: as a digest's whole, for all of the plan or a part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.clock import in_stockholm
from bot.conversations.money.wording import NAME as MONEY
from bot.conversations.views import Bullets, Button, Heading, Part, bullets, facts, press
from bot.digests.period import Audience
from bot.digests.sections.decisions import EVERYBODY, LONGEST_BRIEF, ORDER
from bot.digests.wording import Line, long_day, named, quoted, sentences
from bot.language import _, kronor, ngettext, number
from bot.money.overview import is_over
from bot.plan import Activity, ActivityId
from bot.questions.answers.scope_words import not_limited
from bot.questions.answers.stands import (
    WORST_FIRST,
    Span,
    Stands,
    codes_of,
    coordinators,
    counted,
    honoured,
    in_any,
    late_among,
    no_activity,
    report_sources,
    reports_of,
    show_buttons,
    span_of,
    stands,
    until_now,
    where,
)
from bot.questions.answers.status import LOOKING_BEATS_READING, latest, reason, state_parts
from bot.questions.asking import Answered, Asking
from bot.questions.chosen import chosen
from bot.questions.question import Filter
from bot.reporting import Report
from bot.states import Decider, Status, decider_word, status_label

MOST_RED = 5
MOST_ASKED = 3
MOST_MILESTONES = 3
LONGEST_REASON = 200


@dataclass(frozen=True)
class _Whole:
    """All that the overview tells, of the activities of the question."""

    found: Stands
    red: Sequence[Activity]
    asked: Sequence[Activity]
    late: int
    coming: Sequence[tuple[date, str, Activity]]
    lacking: int
    reports: Mapping[ActivityId, Report]


async def overview(asking: Asking) -> Answered:
    """How many have each state, what is red, which decisions wait, how many reports are late, the
    nearest milestones and the money that is lacking; of a time that is over, as it stood then."""
    everything = chosen(asking)
    among = await stands(asking, everything, _span(asking), dated=True)
    found = among.in_states(asking.question.values(Filter.STATE))
    parts_of_it = not_limited(
        asking,
        honoured(asking, Filter.STATE, Filter.AUDIENCE, Filter.BODY, Filter.PERIOD, Filter.SINCE),
    )
    if not found.activities:
        return Answered(_nothing(asking, among), parts=parts_of_it)
    whole = await _whole(asking, found)
    order = found.worst_first()
    shown = [*whole.red, *(each for each in whole.asked[:MOST_ASKED] if each not in whole.red)]
    return Answered(
        _said(asking, whole),
        parts=(*_counts(found), *_lists(asking, whole), *parts_of_it),
        sources=report_sources(asking, shown, whole.reports),
        buttons=_buttons(whole),
        activities=codes_of(order),
        municipalities=coordinators(asking, order),
        may_why=bool(whole.red) and not asking.why,
    )


def _span(asking: Asking) -> Span:
    days = asking.days
    if days is None or days.last >= asking.today:
        return until_now(asking)
    return Span(span_of(asking, days).until)


def _is_past(asking: Asking) -> bool:
    return asking.days is not None and asking.days.last < asking.today


def _nothing(asking: Asking, among: Stands) -> str:
    wanted = asking.question.values(Filter.STATE)
    if not wanted or not among.activities:
        return no_activity(asking)
    said = _("Ingen aktivitet{where} {stand}.", where=where(asking), stand=in_any(wanted, 1))
    return said + sentences(counted(among.counts) + ".")


async def _whole(asking: Asking, found: Stands) -> _Whole:
    red = found.by_state[Status.OFF_TRACK]
    deciders = _deciders(asking)
    asked = [
        each
        for key, each in zip(found.ids, found.activities, strict=True)
        if key in found.asked and found.asked[key] in deciders
    ]
    asked.sort(key=lambda each: deciders.index(found.asked[each.id]))
    shown = list({each.id: each for each in (*red[:MOST_RED], *asked[:MOST_ASKED])}.values())
    return _Whole(
        found=found,
        red=red[:MOST_RED],
        asked=asked,
        late=0 if _is_past(asking) else len(late_among(asking, found).late),
        coming=() if _is_past(asking) else _coming(asking, found),
        lacking=_lacking(found, asking.today),
        reports=await reports_of(asking, shown, _span(asking)),
    )


def _deciders(asking: Asking) -> Sequence[Decider]:
    """Whose decisions are told: those of the reader that is named, else everybody's."""
    named_ones = (*asking.question.values(Filter.AUDIENCE), *asking.question.values(Filter.BODY))
    if not named_ones:
        return EVERYBODY
    readers = [Audience.BOARD if one == "presidium" else Audience(one) for one in named_ones]
    return tuple(dict.fromkeys(decider for one in readers for decider in ORDER[one]))


def _lacking(found: Stands, today: date) -> int:
    """The money that is to be found for those that are not over."""
    return sum(
        sum([each.lacking for each in those if not is_over(each, today, done=False)])
        for status, those in found.by_state.items()
        if status is not Status.DONE
    )


def _coming(asking: Asking, found: Stands) -> list[tuple[date, str, Activity]]:
    """The nearest milestones to come, of the time that is named when it lies ahead."""
    days = asking.days
    first = max(days.first, asking.today) if days is not None else asking.today
    ids, states = set(found.ids), found.states
    coming = (
        (due.due_on, due.milestone.title, due.activity)
        for due in asking.plan.index.open_milestones(first)
        if due.activity.id in ids and states.get(due.activity.id) is not Status.DONE
    )
    return list(islice(coming, MOST_MILESTONES))


def _said(asking: Asking, whole: _Whole) -> str:
    found = whole.found
    words = {"where": where(asking), "counts": counted(found.counts)}
    n = len(found.activities)
    if _is_past(asking):
        said = ngettext(
            "{n} aktivitet{where}, som det stod {day}: {counts}.",
            "{n} aktiviteter{where}, som det stod {day}: {counts}.",
            n,
            day=long_day(in_stockholm(_span(asking).until).date(), asking.today),
            **words,
        )
    else:
        said = ngettext(
            "{n} aktivitet{where}: {counts}.", "{n} aktiviteter{where}: {counts}.", n, **words
        )
    return said + sentences(_waiting(whole))


def _waiting(whole: _Whole) -> str:
    told: list[str] = []
    if whole.asked:
        told.append(ngettext("{n} beslut väntar", "{n} beslut väntar", len(whole.asked)))
    if whole.late:
        told.append(ngettext("{n} rapport dröjer", "{n} rapporter dröjer", whole.late))
    if whole.lacking:
        told.append(_("{amount} saknas", amount=kronor(whole.lacking)))
    if not told:
        return ""
    rest = ", ".join(told[:-1])
    return (_("{first} och {last}", first=rest, last=told[-1]) if rest else told[0]) + "."


def _counts(found: Stands) -> tuple[Part, ...]:
    """A chart when there is much to see; else a number for each state."""
    if len(found.activities) > LOOKING_BEATS_READING and (drawn := state_parts(found)):
        return drawn
    pairs = [
        (status_label(each), number(found.counts[each]))
        for each in WORST_FIRST
        if found.counts[each]
    ]
    return (facts(*pairs),)


def _lists(asking: Asking, whole: _Whole) -> tuple[Part, ...]:
    red = [_red(asking, each, whole.reports) for each in whole.red]
    left = whole.found.counts[Status.OFF_TRACK] - len(red)
    if left > 0:
        red.append((ngettext("… och {n} till.", "… och {n} till.", left),))
    asked = [_asked(asking, each, whole) for each in whole.asked[:MOST_ASKED]]
    left = len(whole.asked) - len(asked)
    if left > 0:
        asked.append((ngettext("… och {n} till.", "… och {n} till.", left),))
    coming: list[Line] = [
        (f"{long_day(day, asking.today)}: {title}. ", *named(activity), ".")
        for day, title, activity in whole.coming
    ]
    return (
        *_list(_("Med avvikelse"), red),
        *_list(_("Beslut som väntar"), asked),
        *_list(_("Närmaste milstolpar"), coming),
    )


def _list(heading: str, lines: Sequence[Line]) -> tuple[Heading | Bullets, ...]:
    return (Heading(text=heading), bullets(*lines)) if lines else ()


def _red(asking: Asking, activity: Activity, reports: Mapping[ActivityId, Report]) -> Line:
    report = reports.get(activity.id)
    if report is None:
        return (*named(activity), ".")
    said = reason(report, LONGEST_REASON) if asking.why else latest(report)
    return (*named(activity), f". {said}" if said else ".")


def _asked(asking: Asking, activity: Activity, whole: _Whole) -> Line:
    report = whole.reports.get(activity.id)
    decider = decider_word(whole.found.asked[activity.id])
    wanted = report.content.decision if report is not None else None
    said = quoted(wanted, LONGEST_BRIEF) or _("Se rapporten.")
    return (_("Till {who}: ", who=decider), *named(activity), f". {said}")


def _buttons(whole: _Whole) -> tuple[Button, ...]:
    buttons = list(show_buttons(whole.red or whole.asked))
    if whole.lacking:
        buttons.append(Button(label=_("Visa pengarna"), press=press(MONEY)))
    return tuple(buttons)
