"""What is new: changed states, corrections, milestones, steps of needs, and further reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.digests.period import Audience, Reader
from bot.digests.wording import listed, moment, sentences
from bot.language import _, ngettext
from bot.pages import needs_page, plan_page
from bot.plan import Activity, ActivityId
from bot.questions.answers.changes_read import (
    Change,
    Changes,
    NeedStepped,
    StateMoved,
    changes_between,
)
from bot.questions.answers.changes_words import change_row
from bot.questions.answers.scope_words import not_limited, scope, when_words
from bot.questions.answers.stands import (
    Span,
    codes_of,
    coordinators,
    honoured,
    in_short,
    report_sources,
    reports_of,
    show_buttons,
    span_of,
    table,
    where,
)
from bot.questions.asking import Answered, Asking, Source
from bot.questions.question import Filter
from bot.reporting import Report
from bot.states import Status, status_word
from storage.queries.questions_standing import told_until

A_WEEK = timedelta(days=7)
MOST_NAMED = 3
_USED = (Filter.STATE, Filter.STAGE, Filter.AUDIENCE, Filter.BODY, Filter.PERIOD, Filter.SINCE)


@dataclass(frozen=True)
class _Time:
    """From when to when, and how a sentence says it."""

    since: datetime
    until: datetime
    words: str


async def changes(asking: Asking) -> Answered:
    """What has changed in the time that is named, the worst first.

    When none is named, since the latest digest that the asker, or the audience that is named, has
    been sent; with nothing new since then, or without one, in the last seven days.
    """
    time = _named_time(asking)
    if time is not None:
        return await _answered(asking, time, await _changes(asking, time))
    week = _Time(asking.now - A_WEEK, asking.now, _("de senaste sju dagarna"))
    told = await told_until(asking.db, _readers(asking), asking.now)
    if told is None:
        return await _answered(asking, week, await _changes(asking, week))
    time = _Time(told, asking.now, _("sedan brevet {moment}", moment=moment(told)))
    found = await _changes(asking, time)
    if found.all_of_them or told <= week.since:
        return await _answered(asking, time, found)
    answered = await _answered(asking, week, await _changes(asking, week))
    nothing = _("Inget är nytt {when}.", when=time.words)
    return replace(answered, said=nothing + sentences(answered.said))


def _named_time(asking: Asking) -> _Time | None:
    days = asking.days
    if days is None:
        return None
    span = span_of(asking, days)
    since = (span.since or span.until) - timedelta(microseconds=1)
    return _Time(since, max(span.until, since), when_words(asking))


def _readers(asking: Asking) -> list[str]:
    """Whose digests the asker reads; those of an audience that is named go before."""
    known = {each.value for each in Audience} - {Audience.NETWORK, Audience.PERSON}
    named = (*asking.question.values(Filter.AUDIENCE), *asking.question.values(Filter.BODY))
    if named:
        return [one for one in named if one in known]
    person = asking.person
    readers = [str(Reader(Audience.PERSON, person.id))]
    if person.is_manager:
        readers.append(Audience.MANAGER)
    for key, kind in person.bodies.items():
        if kind == "network":
            readers.append(str(Reader(Audience.NETWORK, key)))
        elif kind in known:
            readers.append(kind)
    return readers


async def _changes(asking: Asking, time: _Time) -> Changes:
    return await changes_between(asking, time.since, time.until)


async def _answered(asking: Asking, time: _Time, found: Changes) -> Answered:
    everything = found.all_of_them
    page = everything[asking.window]
    moved = [one.activity for one in page if isinstance(one, StateMoved)]
    reports = await reports_of(asking, moved, Span(time.until))
    concerned = list(
        {
            one.activity.id: one.activity for one in everything if not isinstance(one, NeedStepped)
        }.values()
    )
    columns = (_("Vad"), _("Har hänt"), _("Vem och när"))
    needs = [one for one in everything if isinstance(one, NeedStepped)]
    return Answered(
        _said(asking, time, found),
        parts=(
            *table(_("Nytt, det värsta först"), columns, [_row(asking, e, reports) for e in page]),
            *not_limited(asking, _used(asking)),
        ),
        sources=_sources(asking, moved, reports, found),
        buttons=show_buttons(_in_page(page)),
        activities=codes_of(concerned),
        needs=[one.step.need_id for one in needs],
        municipalities=coordinators(asking, concerned),
        total=len(everything),
        shown=len(page),
        may_why=not asking.why and any(one.is_bad for one in found.moved),
    )


def _used(asking: Asking) -> tuple[Filter, ...]:
    return honoured(asking, *_USED)


def _row(asking: Asking, one: Change, reports: Mapping[ActivityId, Report]) -> tuple[str, str, str]:
    report = None if isinstance(one, NeedStepped) else reports.get(one.activity.id)
    return change_row(one, report, asking.today, why=asking.why)


def _in_page(page: Sequence[Change]) -> list[Activity]:
    found = [one.activity for one in page if not isinstance(one, NeedStepped)]
    return list({each.id: each for each in found}.values())


def _said(asking: Asking, time: _Time, found: Changes) -> str:
    whose = _whose(asking)
    if not found.all_of_them:
        return _("Inget är nytt{where} {when}.", where=whose, when=time.words) + sentences(
            _nearest(asking, found)
        )
    if asking.question.values(Filter.STATE):
        return _in_states(asking, time, found)
    said = _(
        "Nytt{where} {when}: {what}.", where=whose, when=time.words, what=listed(_counted(found))
    )
    ordered = [one for one in found.all_of_them if isinstance(one, StateMoved)]
    changed = [one for one in ordered if one.was is not one.now]
    names = in_short(changed, _from_to, MOST_NAMED)
    return said + sentences(_("Främst: {names}.", names=names) if names else "")


def _from_to(one: StateMoved) -> str:
    return _(
        "{name} från {was} till {now}",
        name=one.activity.name,
        was=status_word(one.was),
        now=status_word(one.now),
    )


def _in_states(asking: Asking, time: _Time, found: Changes) -> str:
    states = [status_word(Status(one)) for one in asking.question.values(Filter.STATE)]
    return ngettext(
        "{n} aktivitet{where} har fått läget {states} {when}: {names}.",
        "{n} aktiviteter{where} har fått läget {states} {when}: {names}.",
        len(found.moved),
        where=where(asking),
        states=_(" eller ").join(states),
        when=time.words,
        names=in_short(found.moved, lambda one: one.activity.name),
    )


def _whose(asking: Asking) -> str:
    stages = scope(asking, Filter.STAGE)
    states = scope(asking, Filter.STATE)
    return where(asking) + stages + states


def _nearest(asking: Asking, found: Changes) -> str:
    if not found.others:
        return ""
    return ngettext(
        "{n} aktivitet har bytt till ett annat läge.",
        "{n} aktiviteter har bytt till ett annat läge.",
        found.others,
    )


def _counted(found: Changes) -> list[str]:
    """`3 aktiviteter har bytt läge`, `1 rapport är rättad` and so on."""
    changed = sum(one.was is not one.now for one in found.moved)
    same = len(found.moved) - changed
    reached = sum(one.kind == "reached" for one in found.milestones)
    moved = sum(one.kind == "moved" for one in found.milestones)
    opened = sum(one.kind == "reopened" for one in found.milestones)
    new = sum(one.step.kind == "registered" for one in found.needs)
    steps = len(found.needs) - new
    counts = (
        (changed, ngettext("{n} aktivitet bytte läge", "{n} aktiviteter bytte läge", changed)),
        (
            len(found.corrections),
            ngettext("{n} rapport rättades", "{n} rapporter rättades", len(found.corrections)),
        ),
        (moved, ngettext("{n} milstolpe flyttades", "{n} milstolpar flyttades", moved)),
        (reached, ngettext("{n} milstolpe nåddes", "{n} milstolpar nåddes", reached)),
        (opened, ngettext("{n} milstolpe öppnades igen", "{n} milstolpar öppnades igen", opened)),
        (new, ngettext("{n} behov registrerades", "{n} behov registrerades", new)),
        (steps, ngettext("{n} behov ändrades", "{n} behov ändrades", steps)),
        (
            same,
            ngettext(
                "{n} aktivitet rapporterades i samma läge",
                "{n} aktiviteter rapporterades i samma läge",
                same,
            ),
        ),
    )
    return [words for n, words in counts if n]


def _sources(
    asking: Asking,
    moved: Sequence[Activity],
    reports: Mapping[ActivityId, Report],
    found: Changes,
) -> tuple[Source, ...]:
    told = report_sources(asking, moved, reports)
    if found.needs and len(told) < 3:
        told += (Source(_("Behovsregistret"), needs_page()),)
    if found.milestones and len(told) < 3:
        told += (Source(_("Milstolparna i planen"), plan_page()),)
    return told
