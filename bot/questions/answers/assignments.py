"""Assignments: who is asked what, until when, and what became of it. Everybody may see them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from bot.assignments.assignment import Assignment
from bot.assignments.reading import assignments_by_id
from bot.assignments.states import PartState, State
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.assignment_card import NAME
from bot.conversations.assignments.listing import table_of
from bot.conversations.assignments.wording import assignment_name
from bot.conversations.needs.wording import capital
from bot.conversations.views import Button, Part, bold, bullets, press
from bot.digests.wording import Line, listed, long_day, quoted
from bot.language import _, ngettext
from bot.pages import assignments_page
from bot.people import OrganisationId
from bot.plan import ActivityId
from bot.questions.answers.assignments_words import stands, state_words
from bot.questions.answers.limits import NAMED, Limits, everything, limits_of, municipalities_of
from bot.questions.answers.scope_words import not_limited, when_words
from bot.questions.asking import Answered, Asking, Source
from bot.questions.question import Filter
from bot.states import Status
from storage.queries.questions_work import assignments_found

LONGEST = 200
"""Characters of a reason: a page may hold many."""

_RESOURCES, _ROOM = "steering_group", "municipal_directors"
"""Whose matter it is that nobody has time, and that somebody needs room for it."""


@dataclass(frozen=True)
class Found:
    """An assignment as far as choosing and counting asks.

    `room`: it waits for a municipal director to make room for it.
    """

    id: int
    title: str
    state: State
    since: date
    asked_on: date
    due_on: date
    late: bool
    room: bool
    activity: ActivityId | None
    need: int | None
    organisations: frozenset[OrganisationId]

    @property
    def name(self) -> str:
        """`uppdrag 7 Kartlägg utbildningar`, within a sentence."""
        return f"{assignment_name(self.id)} {shortened(self.title, 80)}"


async def assignments(asking: Asking) -> Answered:
    """Assignments that fit, what is due first first; done ones only where a time or they are
    asked for."""
    limits = await limits_of(asking)
    fit = await found_assignments(limits, done=_wants_done(asking))
    found = [each for each in fit if _fits(each, asking)]
    if not found:
        return await _none(limits)
    page_ids = [each.id for each in found[asking.window]]
    read = await assignments_by_id(asking.db, page_ids)
    page = [read[one] for one in page_ids if one in read]
    may_why = any(_reasons_of(each) for each in page)
    parts: list[Part] = [table_of(page, asking.plan, asking.today)] if page else []
    if asking.why and may_why:
        parts.append(bullets(*(line for each in page for line in _reasons_of(each))))
    return Answered(
        said=" ".join(each for each in _said(limits, found) if each),
        parts=(*parts, *_aside(asking)),
        sources=(register(),),
        buttons=(*(show_assignment(each.id) for each in page[:2]), _every()),
        activities=sorted({code for e in found if (code := _code(e, asking))}),
        needs=sorted({each.need for each in found if each.need is not None}),
        municipalities=municipalities_of(asking, (key for e in found for key in e.organisations)),
        total=len(found),
        shown=len(page),
        may_why=may_why,
    )


async def found_assignments(
    limits: Limits, *, done: bool = False, undecided: bool = False
) -> list[Found]:
    """Every assignment within the limits that is not over, done ones too if wanted.

    `undecided`: only what nobody has time for, or a municipal director has to make room for.
    """
    values: dict[str, Any] = {
        "activities": limits.activities,
        "areas": limits.need_areas,
        "networks": limits.networks,
        "of_networks": limits.of(Filter.NETWORK),
        "municipalities": limits.municipalities,
        "people": limits.who,
        "done": done,
        "undecided": undecided,
        "today": limits.asking.today,
    }
    return [_found(row) for row in await assignments_found(limits.asking.db, values)]


def _found(row: RowMapping) -> Found:
    whose = [*(row["employers"] or ()), row["organisation_id"]]
    return Found(
        id=row["id"],
        title=row["title"],
        state=State(row["state"]),
        since=in_stockholm(row["state_since"]).date(),
        asked_on=in_stockholm(row["asked_at"]).date(),
        due_on=row["due_on"],
        late=row["late"],
        room=row["room"],
        activity=ActivityId(row["activity_id"]) if row["activity_id"] is not None else None,
        need=row["need_id"],
        organisations=frozenset(OrganisationId(one) for one in whose if one is not None),
    )


def _wants_done(asking: Asking) -> bool:
    question = asking.question
    return asking.days is not None or Status.DONE in question.values(Filter.STATE)


_STATES: Mapping[str, Callable[[Found], bool]] = {
    Status.NOT_STARTED: lambda each: each.state is State.OPEN,
    Status.ON_TRACK: lambda each: each.state is State.TAKEN and not each.late,
    Status.AT_RISK: lambda each: each.late or each.state is State.UNRESOURCED,
    Status.OFF_TRACK: lambda each: each.late or each.state is State.UNRESOURCED,
    Status.DONE: lambda each: each.state is State.DONE,
}
"""What an activity's states mean of an assignment; it is never paused."""

_BODIES: Mapping[str, Callable[[Found], bool]] = {
    _RESOURCES: lambda each: each.state is State.UNRESOURCED,
    _ROOM: lambda each: each.room,
}


def _bodies(asking: Asking) -> list[str]:
    question = asking.question
    said = (*question.values(Filter.BODY), *question.values(Filter.AUDIENCE))
    return [each for each in said if each in _BODIES]


def _fits(found: Found, asking: Asking) -> bool:
    tests = [_STATES[each] for each in _states(asking)]
    bodies = [_BODIES[each] for each in _bodies(asking)]
    return (
        (not tests or any(test(found) for test in tests))
        and (not bodies or any(test(found) for test in bodies))
        and _in_time(found, asking)
    )


def _states(asking: Asking) -> list[str]:
    return [each for each in asking.question.values(Filter.STATE) if each in _STATES]


def _in_time(found: Found, asking: Asking) -> bool:
    """Asked since then; due in the period, or asked in it when it has passed."""
    if asking.since is not None:
        return found.asked_on >= asking.since
    days = asking.period
    if days is None:
        return True
    return found.due_on in days or (days.last < asking.today and found.asked_on in days)


def _said(limits: Limits, found: Sequence[Found]) -> tuple[str, ...]:
    asking, late = limits.asking, [each for each in found if each.late]
    if len(found) == 1:
        return (_the_only(found[0], limits),)
    first = next((each for each in found if each.state is not State.DONE), None)
    near = ""
    if late:
        near = _late(late)
    elif first is not None:
        near = _nearest(first, asking)
    return (f"{_head(limits, len(found))}: {spread(found)}.", near)


def _nearest(found: Found, asking: Asking) -> str:
    day = long_day(found.due_on, asking.today)
    return _("Närmast är {name}, klart senast {day}.", name=found.name, day=day)


def _head(limits: Limits, count: int) -> str:
    """How many, and of what."""
    asking, about, when = limits.asking, limits.words, when_words(limits.asking)
    days = asking.days
    if asking.question.one(Filter.SINCE):
        return ngettext(
            "{n} uppdrag{about} har getts {when}",
            "{n} uppdrag{about} har getts {when}",
            count,
            about=about,
            when=when,
        )
    if days is not None and days.last < asking.today:
        return ngettext(
            "{n} uppdrag{about} gavs eller skulle vara klart {when}",
            "{n} uppdrag{about} gavs eller skulle vara klara {when}",
            count,
            about=about,
            when=when,
        )
    if days is not None:
        return ngettext(
            "{n} uppdrag{about} ska vara klart {when}",
            "{n} uppdrag{about} ska vara klara {when}",
            count,
            about=about,
            when=when,
        )
    if _bodies(asking) == [_RESOURCES]:
        return ngettext(
            "Ingen har tid med {n} uppdrag{about}",
            "Ingen har tid med {n} uppdrag{about}",
            count,
            about=about,
        )
    if _bodies(asking) == [_ROOM]:
        return ngettext(
            "{n} uppdrag{about} väntar på att en kommundirektör ger tid",
            "{n} uppdrag{about} väntar på att en kommundirektör ger tid",
            count,
            about=about,
        )
    about += _in_states(asking, count)
    return ngettext("{n} uppdrag{about}", "{n} uppdrag{about}", count, about=about)


def _in_states(asking: Asking, count: int) -> str:
    """` som är försenade`: the states that are asked for; empty for any."""
    words = _either_state(asking, count)
    return _(" som {what}", what=words) if words else ""


def _either_state(asking: Asking, count: int) -> str:
    words = dict.fromkeys(state_words(Status(each), count) for each in _states(asking))
    return _(" eller ").join(words)


def spread(found: Sequence[Found]) -> str:
    """`2 väntar på svar och 1 är taget`; whose room is awaited is said beside."""
    counts = Counter(each.state for each in found)
    said = [stands(state, counts[state]) for state in State if counts[state]]
    room = sum(each.room for each in found)
    if room:
        said.append(
            ngettext(
                "{n} väntar på att en kommundirektör ger tid",
                "{n} väntar på att en kommundirektör ger tid",
                room,
            )
        )
    return listed(said)


def _late(late: Sequence[Found]) -> str:
    names = listed([each.name for each in late[:NAMED]])
    if len(late) > NAMED:
        return ngettext("{n} är försenat.", "{n} är försenade.", len(late))
    return ngettext("Försenat: {names}.", "Försenade: {names}.", len(late), names=names)


def _the_only(found: Found, limits: Limits) -> str:
    """The one by name, and where it is unless that was asked for."""
    asking = limits.asking
    day = long_day(found.due_on, asking.today)
    said = _("{head}: {name}, klart senast {day}.", head=_head(limits, 1), name=found.name, day=day)
    if not _bodies(asking):
        where = stands(found.state, 1).partition(" ")[2]
        said += " " + _("Det {where}.", where=where)
    return said + (_(" Det är försenat.") if found.late else "")


async def _none(limits: Limits) -> Answered:
    """That none fits, and what is nearest: others within the limits, or done ones."""
    asking, about = limits.asking, limits.words
    head = _none_fits(limits)
    near = await found_assignments(limits, done=True)
    standing = [each for each in near if each.state is not State.DONE]
    if standing:
        count = ngettext("{n} uppdrag", "{n} uppdrag", len(standing))
        first = next((each for each in standing if not each.late), standing[0])
        head += " " + _("Annars finns {count}: {spread}.", count=count, spread=spread(standing))
        head += f" {_nearest(first, asking)}"
    elif near:
        head += " " + f"{stands(State.DONE, len(near))}."
    elif about:
        every = await found_assignments(everything(asking))
        count = ngettext("{n} uppdrag", "{n} uppdrag", len(every))
        if every:
            head += " " + _("Sammanlagt finns {count}: {spread}.", count=count,
                            spread=spread(every))  # fmt: skip
    shown = [show_assignment(each.id) for each in standing[:2]]
    return Answered(
        said=head,
        parts=_aside(asking),
        sources=(register(),),
        buttons=(*shown, _every()),
    )


def _none_fits(limits: Limits) -> str:
    asking, about, when = limits.asking, limits.words, when_words(limits.asking)
    if asking.question.one(Filter.SINCE):
        return _("Inget uppdrag{about} har getts {when}.", about=about, when=when)
    if asking.days is not None and asking.days.last < asking.today:
        return _(
            "Inget uppdrag{about} gavs eller skulle vara klart {when}.", about=about, when=when
        )
    if asking.days is not None:
        return _("Inget uppdrag{about} ska vara klart {when}.", about=about, when=when)
    bodies = _bodies(asking)
    if bodies == [_RESOURCES]:
        return _("Inget uppdrag{about} saknar någon som har tid.", about=about)
    if bodies == [_ROOM]:
        return _("Inget uppdrag{about} väntar på att en kommundirektör ger tid.", about=about)
    if _states(asking):
        what = _either_state(asking, 1)
        return _("Inget uppdrag{about} {what} just nu.", about=about, what=what)
    return _("Inget uppdrag{about} är ute just nu.", about=about)


def _reasons_of(assignment: Assignment) -> list[Line]:
    """Why the work is asked for, and why people said no."""
    name = bold(f"{capital(assignment_name(assignment.id))}: ")
    lines: list[Line] = []
    if assignment.work.reason:
        lines.append((name, quoted(assignment.work.reason, LONGEST)))
    for part in assignment.parts:
        if part.state is PartState.DECLINED and part.reason:
            no = _("{who} kan inte: {why}", who=part.person.name, why=quoted(part.reason, LONGEST))
            lines.append((name, no))
    return lines[:NAMED]


def _aside(asking: Asking) -> tuple[Part, ...]:
    honoured = set(Filter) - {Filter.STAGE, Filter.KIND}
    if not _states(asking):
        honoured.discard(Filter.STATE)
    if not _bodies(asking):
        honoured -= {Filter.BODY, Filter.AUDIENCE}
    return not_limited(asking, honoured)


def register() -> Source:
    """Where assignments are kept."""
    return Source(_("Uppdragen"), assignments_page())


def show_assignment(assignment_id: int) -> Button:
    """To the assignment's card."""
    label = _("Visa {name}", name=assignment_name(assignment_id))
    return Button(label=label, press=press(NAME, assignment_id, "visa"))


def _every() -> Button:
    return Button(label=_("Alla uppdrag"), press=press(NAME, "lista"))


def _code(found: Found, asking: Asking) -> str:
    activity = asking.plan.by_id.get(found.activity) if found.activity is not None else None
    return activity.code if activity is not None else ""
