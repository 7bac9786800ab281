"""Applications to outside funders: which there are, what they come to, which days come next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from bot.applications.application import Application, State
from bot.applications.reading import applications_by_id
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import NAME, show_button
from bot.conversations.applications.listing import table_of
from bot.conversations.applications.wording import application_name, state_label
from bot.conversations.needs.wording import capital
from bot.conversations.views import Button, Chart, Part, Series, bold, bullets, press
from bot.digests.wording import listed, long_day, quoted
from bot.language import _, kronor, ngettext
from bot.pages import applications_page
from bot.plan import ActivityId
from bot.questions.answers.limits import NAMED, Limits, everything, limits_of, municipalities_of
from bot.questions.answers.scope_words import not_limited, when_words
from bot.questions.asking import A_PAGE, Answered, Asking, Source
from bot.questions.question import Filter
from bot.questions.spans import Days
from storage.queries.questions_work import applications_found

_BY_STAGE: Mapping[str, State] = {
    "registered": State.PLANNED,
    "accepted": State.GRANTED,
    "declined": State.REJECTED,
}
"""What a need's stages mean of an application, where they mean something."""

_ENDS = (State.REJECTED, State.WITHDRAWN)


@dataclass(frozen=True)
class Found:
    """An application as far as choosing and counting asks.

    `days`: all that are known, by what they are of. `next_day`: the call's last, that of the
    funder's answer, or of the next report.
    """

    id: int
    fund: str
    activity: ActivityId
    code: str
    state: State
    since: date
    worth: int
    days: tuple[tuple[str, date], ...]
    next_day: date | None

    @property
    def name(self) -> str:
        """`ansökan 4, ESF+ för KOM-03`, within a sentence."""
        return _(
            "{name}, {fund} för {code}",
            name=application_name(self.id),
            fund=shortened(self.fund, 60),
            code=self.code,
        )

    def is_late(self, today: date) -> bool:
        """Whether a day that is ours to keep has passed."""
        late = self.next_day is not None and self.next_day < today
        return late and self.state is not State.APPLIED

    @property
    def order(self) -> tuple[bool, date, int]:
        """What comes first first, rejected ones last."""
        return (self.state in _ENDS, self.next_day or date.max, -self.id)


async def applications(asking: Asking) -> Answered:
    """Applications that fit, what comes first first."""
    limits = await limits_of(asking)
    fit = await _within(limits)
    found = sorted((each for each in fit if _fits(each, asking)), key=lambda each: each.order)
    if not found:
        return await _none(limits, fit)
    keys = [each.id for each in found[asking.window]]
    page = await applications_by_id(asking.db, keys)
    may_why = any(each.reason for each in page)
    parts: list[Part] = [*_chart(found)]
    if page:
        parts.append(table_of(page, asking.today))
    if asking.why and may_why:
        parts.append(_reasons(page))
    return Answered(
        said=" ".join(each for each in _said(limits, found) if each),
        parts=(*parts, *_aside(asking)),
        sources=(_register(),),
        buttons=(*(show_button(each) for each in page[:2]), _every()),
        activities=sorted({each.code for each in found}),
        municipalities=_coordinators(found, asking),
        total=len(found),
        shown=len(page),
        may_why=may_why,
    )


async def _within(limits: Limits) -> list[Found]:
    """Those for the activities and by the people that are named."""
    activities = limits.activities
    for name, keys in _by_place(limits).items():
        if limits.asking.question.values(name):
            activities = keys if activities is None else [e for e in activities if e in set(keys)]
    values: dict[str, Any] = {
        "activities": activities,
        "people": limits.who,
        "of_people": limits.of(Filter.PERSON),
    }
    return [_found(row) for row in await applications_found(limits.asking.db, values)]


def _by_place(limits: Limits) -> dict[Filter, list[ActivityId]]:
    """Activities that the municipalities coordinate, and those of the networks."""
    places = set(limits.municipalities or ())
    activities = limits.asking.plan.activities.values()
    return {
        Filter.MUNICIPALITY: [each.id for each in activities if each.coordinator in places],
        Filter.NETWORK: limits.of(Filter.NETWORK),
    }


def _found(row: RowMapping) -> Found:
    state, unsent = State(row["state"]), tuple[date, ...](row["unsent"] or ())
    said = [(name, row[name]) for name in ("last_day", "applied_on", "expected_on", "answered_on")]
    said += [("report", day) for day in unsent]
    days = {
        State.PLANNED: row["last_day"],
        State.APPLIED: row["expected_on"],
        State.GRANTED: next(iter(unsent), None),
    }
    return Found(
        id=row["id"],
        fund=row["fund"],
        activity=ActivityId(row["activity_id"]),
        code=row["code"],
        state=state,
        since=in_stockholm(max(row["state_since"], row["registered_at"])).date(),
        worth=row["worth"],
        days=tuple((name, day) for name, day in said if day is not None),
        next_day=days.get(state),
    )


def _fits(found: Found, asking: Asking) -> bool:
    states = _states(asking)
    since, days = asking.since, asking.period
    return (
        (not states or found.state in states)
        and (since is None or found.since >= since)
        and (days is None or any(day in days for _name, day in found.days))
    )


def _states(asking: Asking) -> list[State]:
    stages = asking.question.values(Filter.STAGE)
    return [_BY_STAGE[each] for each in stages if each in _BY_STAGE]


def _said(limits: Limits, found: Sequence[Found]) -> tuple[str, ...]:
    asking, head, days = limits.asking, _head(limits, len(found)), limits.asking.period
    if days is not None and len(found) <= NAMED:
        named = "; ".join(_with_days(each, days, asking) for each in found)
        return (f"{head}: {named}.",)
    if len(found) == 1:
        only = _the_only(found[0], asking)
        told = limits.words if limits.words and not asking.question.values(Filter.ACTIVITY) else ""
        if told or asking.question.one(Filter.SINCE):
            return (f"{head}: {only}",)
        return (capital(only),)
    said = f"{head}: {spread(found)}."
    return (said, _money(found), _next(found, asking))


def _with_days(found: Found, days: Days, asking: Asking) -> str:
    """The application with where it is, and its days that are asked about."""
    where = stands(found.state, 1).partition(" ")[2]
    told = [_day(name, day, asking.today) for name, day in found.days if day in days]
    return f"{found.name}, {kronor(found.worth)}, {where} ({listed(told)})"


def _head(limits: Limits, count: int) -> str:
    asking, about, when = limits.asking, limits.words, when_words(limits.asking)
    if asking.question.one(Filter.SINCE):
        return ngettext(
            "Det har hänt något med {n} ansökan{about} {when}",
            "Det har hänt något med {n} ansökningar{about} {when}",
            count,
            about=about,
            when=when,
        )
    if asking.days is not None:
        return ngettext(
            "{n} ansökan{about} har en dag att hålla reda på {when}",
            "{n} ansökningar{about} har dagar att hålla reda på {when}",
            count,
            about=about,
            when=when,
        )
    return ngettext("{n} ansökan{about}", "{n} ansökningar{about}", count, about=about)


def stands(state: State, n: int) -> str:
    """So many applications, and where they are."""
    match state:
        case State.PLANNED:
            return ngettext("{n} är planerad", "{n} är planerade", n)
        case State.APPLIED:
            return ngettext("{n} är skickad", "{n} är skickade", n)
        case State.GRANTED:
            return ngettext("{n} är beviljad", "{n} är beviljade", n)
        case State.REJECTED:
            return ngettext("{n} fick avslag", "{n} fick avslag", n)
        case State.WITHDRAWN:
            return ngettext("{n} är tillbakadragen", "{n} är tillbakadragna", n)


def spread(found: Sequence[Found]) -> str:
    """`1 är planerad och 2 är beviljade`."""
    counts = Counter(each.state for each in found)
    return listed([stands(state, counts[state]) for state in State if counts[state]])


def _sums(found: Sequence[Found]) -> dict[State, int]:
    sums = Counter[State]()
    for each in found:
        sums[each.state] += each.worth
    return {state: sums[state] for state in State if state in sums}


def _money(found: Sequence[Found]) -> str:
    """What is granted, and what is asked for and not answered."""
    sums, said = _sums(found), list[str]()
    if sums.get(State.GRANTED):
        said.append(_("beviljat är {sum}", sum=kronor(sums[State.GRANTED])))
    if sums.get(State.APPLIED):
        said.append(_("sökt och inte besvarat är {sum}", sum=kronor(sums[State.APPLIED])))
    return capital(f"{listed(said)}.") if said else ""


def _next(found: Sequence[Found], asking: Asking) -> str:
    late = [each for each in found if each.is_late(asking.today)]
    if late:
        names = listed([each.name for each in late[:NAMED]])
        if len(late) > NAMED:
            return ngettext("Dagen har passerat för {n}.", "Dagen har passerat för {n}.", len(late))
        return _("Dagen har passerat för {names}.", names=names)
    first = next((each for each in found if each.next_day is not None), None)
    if first is None:
        return ""
    return _("Närmast: {name}, {day}.", name=first.name, day=_next_day(first, asking.today))


def _next_day(found: Found, today: date) -> str:
    """The day to keep in mind, within a sentence."""
    names = {State.PLANNED: "last_day", State.APPLIED: "expected_on"}
    return _day(names.get(found.state, "report"), found.next_day or today, today)


def _day(name: str, day: date, today: date) -> str:
    """A day and what it is of."""
    said = long_day(day, today)
    match name:
        case "last_day":
            return _("sista dag {day}", day=said)
        case "applied_on":
            return _("skickades {day}", day=said)
        case "expected_on":
            return _("svar väntas {day}", day=said)
        case "answered_on":
            return _("svaret kom {day}", day=said)
        case _:
            return _("rapport senast {day}", day=said)


def _the_only(found: Found, asking: Asking) -> str:
    """Where the one application is, its money and its next day."""
    where = stands(found.state, 1).partition(" ")[2]
    said = f"{found.name}, {kronor(found.worth)}, {where}"
    if found.next_day is None:
        return _("{said} sedan {day}.", said=said, day=long_day(found.since, asking.today))
    late = _(" Dagen har passerat.") if found.is_late(asking.today) else ""
    return f"{said}: {_next_day(found, asking.today)}." + late


async def _none(limits: Limits, fit: Sequence[Found]) -> Answered:
    """That none fits, and what is nearest: other times or states, or all there are."""
    asking, about = limits.asking, limits.words
    near = sorted(fit, key=lambda each: each.order)
    if asking.days is not None:
        when = when_words(asking)
        head = _("Ingen ansökan{about} har någon dag {when}.", about=about, when=when)
        if asking.question.one(Filter.SINCE):
            head = _("Inget har hänt med någon ansökan{about} {when}.", about=about, when=when)
    elif _states(asking):
        states = _(" eller ").join(stands(e, 1).partition(" ")[2] for e in _states(asking))
        head = _("Ingen ansökan{about} {states}.", about=about, states=states)
    else:
        head = _("Det finns ingen ansökan{about}.", about=about)
    if near:
        count = ngettext("{n} ansökan", "{n} ansökningar", len(near))
        head += " " + _("Annars finns {count}: {spread}.", count=count, spread=spread(near))
        head += f" {_next(near, asking)}"
    elif about and (every := await _within(everything(asking))):
        count = ngettext("{n} ansökan", "{n} ansökningar", len(every))
        head += " " + _("Sammanlagt finns {count}: {spread}.", count=count, spread=spread(every))
    return Answered(
        said=head.strip(),
        parts=_aside(asking),
        sources=(_register(),),
        buttons=(*(_show(each.id) for each in near[:2]), _every()),
    )


def _reasons(page: Sequence[Application]) -> Part:
    return bullets(
        *(
            (bold(f"{capital(application_name(each.id))}: "), quoted(each.reason))
            for each in page
            if each.reason
        )
    )


def _chart(found: Sequence[Found]) -> tuple[Chart, ...]:
    """Kronor by state, when there are more than a page of applications."""
    sums = _sums(found)
    if len(found) <= A_PAGE or len(sums) < 2:
        return ()
    words = [state_label(state).partition(" ")[2] for state in sums]
    said = [f"{word} {kronor(sum_)}" for word, sum_ in zip(words, sums.values(), strict=True)]
    chart = Chart(
        form="bar",
        title=_("Kronor i ansökningar"),
        alternative=capital(f"{listed(said)}."),
        categories=tuple(words),
        series=(Series(name=_("Kronor"), values=tuple(sums.values()), colour="teal"),),
    )
    return (chart,)


def _aside(asking: Asking) -> tuple[Part, ...]:
    honoured = set(Filter) - {Filter.STATE, Filter.KIND, Filter.BODY, Filter.AUDIENCE}
    if not _states(asking):
        honoured.discard(Filter.STAGE)
    return not_limited(asking, honoured)


def _register() -> Source:
    return Source(_("Ansökningarna"), applications_page())


def _show(application_id: int) -> Button:
    label = _("Visa {name}", name=application_name(application_id))
    return Button(label=label, press=press(NAME, application_id, "visa"))


def _every() -> Button:
    return Button(label=_("Alla ansökningar"), press=press(NAME, "lista"))


def _coordinators(found: Sequence[Found], asking: Asking) -> list[str]:
    plan = asking.plan
    known = [plan.by_id[each.activity] for each in found if each.activity in plan.by_id]
    return municipalities_of(asking, (each.coordinator for each in known))
