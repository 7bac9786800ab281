"""Meetings: when bodies meet and where, when documents are due, what is to come to them."""

from collections.abc import Sequence

from bot.bodies import body_name
from bot.conversations.digests.report_cards import NAME as REPORTS
from bot.conversations.digests.whose import with_manager
from bot.conversations.needs.wording import capital, need_name, stage_word
from bot.conversations.views import Button, Part, Table, bullets, press
from bot.digests.wording import listed, listed_and_more, long_day
from bot.language import _, ngettext
from bot.needs.stages import AT, Stage
from bot.pages import needs_page
from bot.people import BodyKind
from bot.questions.answers.calendar import (
    Calendar,
    Meeting,
    calendar_of,
    day_word,
    documents_words,
    hours_words,
    kind_word,
    time_and_place,
)
from bot.questions.answers.limits import NAMED, Limits, everything, limits_of, stages_of
from bot.questions.answers.needs import Found, found_needs
from bot.questions.answers.scope_words import body_kind, not_limited, when_words
from bot.questions.asking import A_PAGE, Answered, Asking, Source
from bot.questions.question import Filter
from storage.queries.questions_work import bodies_of_people

_HONOURED = frozenset(
    {
        *(Filter.MUNICIPALITY, Filter.NETWORK, Filter.STAGE, Filter.PERSON),
        *(Filter.BODY, Filter.AUDIENCE, Filter.PERIOD, Filter.SINCE),
    }
)
_REPORTED: tuple[BodyKind, ...] = ("board", "municipal_directors")
"""Bodies that get a status report to each ordinary meeting."""


async def meetings(asking: Asking) -> Answered:
    """The meetings asked about; without a period the next of each body, or all to come of one."""
    if _chef_alone(asking):
        return _answered(asking, _no_meetings_of_chef(), [], {})
    whole, limits = await calendar_of(asking.db, asking.now, asking.days), await limits_of(asking)
    calendar = await _calendar(whole, limits)
    found = _found(asking, calendar)
    if not found:
        near = calendar.nearest(asking.days) if asking.days else None
        return _answered(asking, _none(limits, near), [], {})
    first = set(whole.next_of_each)
    coming = await _coming(asking, [each for each in found if each in first])
    return _answered(asking, _said(asking, found), found, coming)


def _kinds(asking: Asking) -> tuple[BodyKind, ...]:
    """Bodies by what names them: body, audience, or the stage at which they have needs."""
    question = asking.question
    said = (*question.values(Filter.BODY), *question.values(Filter.AUDIENCE))
    found: list[BodyKind] = [kind for each in said if (kind := body_kind(each)) is not None]
    if not said and question.values(Filter.STAGE):
        found = [AT[stage] for stage in stages_of(question) if stage in AT]
    return tuple(dict.fromkeys(found))


def _chef_alone(asking: Asking) -> bool:
    question = asking.question
    said = {*question.values(Filter.BODY), *question.values(Filter.AUDIENCE)}
    return said == {"manager"}


def _no_meetings_of_chef() -> str:
    return _("Chefen har inga egna möten i kalendern, som visar organens.")


async def _calendar(calendar: Calendar, limits: Limits) -> Calendar:
    """The calendar of the bodies, networks, people and places that are named."""
    asking, kinds = limits.asking, _kinds(limits.asking)
    if kinds:
        calendar = calendar.of(lambda each: each.kind_of_body in kinds)
    if limits.networks is not None:
        networks = set(limits.networks)
        calendar = calendar.of(lambda each: each.body in networks)
    if limits.who is not None:
        seats = await bodies_of_people(asking.db, limits.who, asking.today)
        calendar = calendar.of(lambda each: each.body in seats)
    places = asking.question.values(Filter.MUNICIPALITY)
    if places:
        calendar = calendar.of(lambda each: any(one in each.place for one in places))
    return calendar


def _found(asking: Asking, calendar: Calendar) -> list[Meeting]:
    if asking.days is not None:
        return calendar.within(asking.days)
    if _is_one(calendar):
        return calendar.to_come
    return calendar.next_of_each


def _is_one(calendar: Calendar) -> bool:
    """Whether the calendar is that of one body."""
    return len({each.key for each in calendar.meetings}) == 1


def _said(asking: Asking, found: Sequence[Meeting]) -> str:
    today, now = asking.today, asking.now
    if asking.days is None:
        return " ".join(_next(each, asking) for each in found[: 2 if _differ(found) else 1])
    if len(found) == 1:
        only = found[0]
        verb = _("möts") if only.is_to_come(now) else _("möttes")
        return _meets(only, verb, asking)
    count = ngettext("{n} möte", "{n} möten", len(found))
    if len({each.key for each in found}) == 1:
        return _of_one(asking, found)
    names = [f"{each.who} {long_day(each.held_on, today)}" for each in found[:NAMED]]
    said = listed_and_more(names, len(found) - NAMED)
    return f"{count}{_where(asking)} {when_words(asking)}: {said}."


def _of_one(asking: Asking, found: Sequence[Meeting]) -> str:
    """All the days of one body's meetings, as many as a page has room for."""
    days = [long_day(each.held_on, asking.today) for each in found[:A_PAGE]]
    return ngettext(
        "{who} har {n} möte{where} {when}: {days}.",
        "{who} har {n} möten{where} {when}: {days}.",
        len(found),
        who=capital(found[0].who),
        where=_where(asking),
        when=when_words(asking),
        days=listed_and_more(days, len(found) - A_PAGE),
    )


def _differ(found: Sequence[Meeting]) -> bool:
    """Whether the first two are of different bodies."""
    return len({each.key for each in found[:2]}) > 1


def _next(meeting: Meeting, asking: Asking) -> str:
    return _meets(meeting, _("möts nästa gång"), asking)


def _meets(meeting: Meeting, verb: str, asking: Asking) -> str:
    """When and where it is, and when its documents are due."""
    when = time_and_place(meeting, asking.today)
    if meeting.kind_of_body is None:
        said = _("{who} är {when}.", who=meeting.who, when=when)
    else:
        said = _("{who} {verb} {when}.", who=capital(meeting.who), verb=verb, when=when)
    to_come = meeting.is_to_come(asking.now)
    documents = documents_words(meeting, asking.today) if to_come else ""
    return f"{said} {documents}".strip()


def _whom(limits: Limits) -> str:
    """Whose meetings are asked about, within a sentence; empty for anybody's."""
    names = [body_name(kind) for kind in _kinds(limits.asking)]
    networks = limits.asking.question.values(Filter.NETWORK)
    names += [_("nätverket {name}", name=each) for each in networks]
    names += (limits.people or {}).values()
    return listed(names)


def _where(asking: Asking) -> str:
    places = asking.question.values(Filter.MUNICIPALITY)
    return _(" i {places}", places=listed(places)) if places else ""


def _none(limits: Limits, near: Meeting | None) -> str:
    """That nobody meets then, and when the nearest meeting is."""
    asking = limits.asking
    whom, when, where = _whom(limits), when_words(asking), _where(asking)
    if asking.days is None:
        head = _("Kalendern har inget möte{where} att vänta", where=where)
    else:
        head = _("Inget möte{where} {when}", where=where, when=when)
    said = _("{head} för {whom}.", head=head, whom=whom) if whom else f"{head}."
    if near is None:
        return said
    day = time_and_place(near, asking.today)
    if near.is_to_come(asking.now):
        said += " " + _("Närmast är {who} {when}.", who=near.who, when=day)
        return f"{said} {documents_words(near, asking.today)}".strip()
    return said + " " + _("Senast var {who} {when}.", who=near.who, when=day)


async def _coming(asking: Asking, found: Sequence[Meeting]) -> dict[Stage, list[Found]]:
    """Needs that wait for the bodies whose next meetings these are."""
    bodies = {each.kind_of_body for each in found}
    stages = [stage for stage, body in AT.items() if body in bodies]
    if not stages:
        return {}
    waiting = await found_needs(everything(asking), stages)
    return {stage: [each for each in waiting if each.stage is stage] for stage in stages}


def _lines(
    asking: Asking, found: Sequence[Meeting], waiting: dict[Stage, list[Found]]
) -> tuple[Part, ...]:
    """What is to come to the next meeting of each body, a line each."""
    lines = [
        _(
            "Till {who} {day}: {things}.",
            who=each.who,
            day=long_day(each.held_on, asking.today),
            things=listed(things),
        )
        for each in Calendar(found, asking.now).next_of_each
        if (things := _things(asking, each, waiting))
    ]
    return (bullets(*lines),) if lines else ()


def _things(asking: Asking, meeting: Meeting, waiting: dict[Stage, list[Found]]) -> list[str]:
    """What comes to it: needs, and a status report; its draft only for those who write it."""
    said: list[str] = []
    needs = [n for stage, n in waiting.items() if AT[stage] == meeting.kind_of_body]
    for each in needs:
        if each:
            names = ", ".join(need_name(one.id) for one in each[:NAMED])
            more = " …" if len(each) > NAMED else ""
            count = ngettext("{n} behov", "{n} behov", len(each))
            said.append(f"{count} ({names}{more})")
    if meeting.sent:
        said.append(_("en lägesrapport, som är skickad"))
    elif meeting.report is not None and with_manager(asking.person):
        said.append(_("en lägesrapport, som är ett utkast"))
    elif meeting.kind_of_body in _REPORTED:
        said.append(_("en lägesrapport"))
    return said


def _answered(
    asking: Asking, said: str, found: Sequence[Meeting], waiting: dict[Stage, list[Found]]
) -> Answered:
    page = found[asking.window]
    parts: list[Part] = []
    if len(found) > 1 and page:
        parts.append(_table(page, asking))
    parts += _lines(asking, found, waiting)
    needs = [each.id for found_ in waiting.values() for each in found_]
    return Answered(
        said=said,
        parts=(*parts, *not_limited(asking, _HONOURED)),
        sources=_sources(waiting),
        buttons=_buttons(asking, found, waiting),
        needs=sorted(needs),
        total=len(found),
        shown=len(page),
    )


def _sources(waiting: dict[Stage, list[Found]]) -> tuple[Source, ...]:
    calendar = Source(_("Möteskalendern"))
    return (calendar, Source(_("Behovsregistret"), needs_page())) if waiting else (calendar,)


def _table(page: Sequence[Meeting], asking: Asking) -> Table:
    return Table(
        caption=_("Möten"),
        columns=(
            *(_("Vem"), _("Dag"), _("Tid"), _("Plats")),
            *(_("Handlingar senast"), _("Typ")),
        ),
        rows=tuple(_row(each, asking) for each in page),
    )


def _row(meeting: Meeting, asking: Asking) -> tuple[str, ...]:
    today, due = asking.today, meeting.documents_due_on
    passed = due is not None and due < today and meeting.is_to_come(asking.now)
    day = long_day(due, today) if due is not None else "–"
    return (
        capital(meeting.who),
        day_word(meeting.held_on, today),
        hours_words(meeting) or "–",
        meeting.place or "–",
        _("⏰ {day}, har passerat", day=day) if passed else day,
        kind_word(meeting),
    )


def _buttons(
    asking: Asking, found: Sequence[Meeting], waiting: dict[Stage, list[Found]]
) -> tuple[Button, ...]:
    """To the needs that wait, and to the reports for those who write them."""
    buttons = [
        Button(
            label=_("Behov {where}", where=stage_word(stage)),
            press=press("behov", "lista", 0, f"s{stage.value}"),
        )
        for stage, needs in waiting.items()
        if needs
    ]
    if with_manager(asking.person) and any(each.report is not None for each in found):
        buttons.append(Button(label=_("Lägesrapporter"), press=press(REPORTS)))
    return tuple(buttons[:3])
