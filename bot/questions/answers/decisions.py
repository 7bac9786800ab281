"""Decisions: what somebody has to decide, and when the documents of their next meeting are due."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversations.needs.wording import capital
from bot.conversations.views import Part, Table, bold, bullets
from bot.digests.wording import listed, long_day
from bot.language import _, ngettext
from bot.questions.answers.calendar import Calendar, calendar_of, documents_words, time_and_place
from bot.questions.answers.limits import NAMED, Limits, everything, limits_of, municipalities_of
from bot.questions.answers.scope_words import body_kind, not_limited, scope, when_words
from bot.questions.answers.stands import SOURCES
from bot.questions.answers.undecided import MANAGER, Item, Kind, counted, undecided, whom_word
from bot.questions.asking import Answered, Asking, Source
from bot.questions.question import BODIES, Filter
from bot.questions.spans import Days


@dataclass(frozen=True)
class Waiting:
    """Who is asked about, and what waits for them, what has waited longest first.

    `days`: those that a meeting is to be in, if a period is said. `named`: somebody is named.
    """

    limits: Limits
    audiences: tuple[str, ...]
    calendar: Calendar
    days: Days | None
    named: bool
    items: Sequence[Item] = ()

    @property
    def asking(self) -> Asking:
        """The question."""
        return self.limits.asking

    def meet(self, audience: str) -> bool:
        """Whether they meet in the period, or none is said; the chef decides at any time."""
        if self.days is None or audience == MANAGER:
            return True
        return any(each.kind_of_body == audience for each in self.calendar.within(self.days))


async def decisions(asking: Asking) -> Answered:
    """What waits for the decision of those who are asked about, or of everybody, by whose it is."""
    limits = await limits_of(asking)
    waiting = await _waiting(limits)
    items = _of_audiences(waiting, waiting.items)
    page = items[asking.window]
    may_why = any(each.why for each in page)
    parts: list[Part] = [_table(page, waiting)] if page else []
    if asking.why and may_why:
        lines = [(bold(f"{capital(each.name)}: "), each.why) for each in page if each.why]
        parts.append(bullets(*lines))
    said = _said(waiting, items) if items else await _none(waiting)
    sentences = (*_no_meeting(waiting), said, _meeting(waiting, items))
    return Answered(
        said=" ".join(each for each in sentences if each),
        parts=(*parts, *not_limited(asking, frozenset(Filter))),
        sources=_sources(page),
        buttons=tuple(each.button() for each in page[:3]),
        activities=sorted({each.code for each in items if each.code}),
        needs=sorted({each.need for each in items if each.need is not None}),
        municipalities=municipalities_of(asking, (key for e in items for key in e.organisations)),
        total=len(items),
        shown=len(page),
        may_why=may_why,
    )


async def _waiting(limits: Limits) -> Waiting:
    asking = limits.asking
    said = (*asking.question.values(Filter.AUDIENCE), *asking.question.values(Filter.BODY))
    audiences = tuple(each for each in BODIES if not said or each in said)
    return Waiting(
        limits=limits,
        audiences=audiences,
        calendar=await calendar_of(asking.db, asking.now, asking.period),
        days=asking.period,
        named=bool(said),
        items=_since(await undecided(limits, audiences), asking.since),
    )


def _since(items: Sequence[Item], day: date | None) -> list[Item]:
    return [each for each in items if day is None or each.since >= day]


def _of_audiences(waiting: Waiting, items: Sequence[Item]) -> list[Item]:
    """Theirs, in the order of BODIES; of everybody's in a period, those of who meets in it."""
    return _ranked([each for each in items if waiting.named or waiting.meet(each.audience)])


def _ranked(items: Sequence[Item]) -> list[Item]:
    rank = {each: number for number, each in enumerate(BODIES)}
    return sorted(items, key=lambda each: (rank.get(each.audience, len(rank)), each.since))


def _about(waiting: Waiting) -> str:
    """What limits the answer, and since when it waits."""
    asking = waiting.asking
    said = waiting.limits.words + scope(asking, Filter.KIND, Filter.STATE, Filter.STAGE)
    return said + (f" {when_words(asking)}" if asking.question.one(Filter.SINCE) else "")


def _said(waiting: Waiting, items: Sequence[Item]) -> str:
    about, count = _about(waiting), len(items)
    whose = Counter(each.audience for each in items)
    if len(whose) == 1:
        who = capital(whom_word(items[0].audience))
        head = ngettext(
            "{who} har {n} sak att besluta om{about}",
            "{who} har {n} saker att besluta om{about}",
            count,
            who=who,
            about=about,
        )
        return f"{head}: {_which(items)}."
    head = ngettext("{n} beslut väntar{about}", "{n} beslut väntar{about}", count, about=about)
    spread = [
        ngettext("{n} hos {who}", "{n} hos {who}", n, who=whom_word(audience))
        for audience, n in whose.items()
    ]
    return f"{head}: {listed(spread)}."


def _which(items: Sequence[Item]) -> str:
    """A few by name, many by their kinds."""
    if len(items) <= NAMED:
        return listed([each.name for each in items])
    kinds = Counter(each.kind for each in items)
    return listed([counted(kind, kinds[kind]) for kind in Kind if kinds[kind]])


def _no_meeting(waiting: Waiting) -> tuple[str, ...]:
    """That somebody does not meet in the period that is asked about, or that it has passed."""
    if waiting.days is None:
        return ()
    when = when_words(waiting.asking)
    bodies = [each for each in waiting.audiences if body_kind(each) is not None]
    absent = [each for each in bodies if not waiting.meet(each)]
    said: list[str] = []
    if absent and waiting.named:
        whom = capital(listed([whom_word(each) for each in absent]))
        said.append(_("{whom} har inget möte {when}.", whom=whom, when=when))
    elif bodies and len(absent) == len(bodies):
        said.append(_("Inget organ har möte {when}; chefen beslutar löpande.", when=when))
    if waiting.audiences == (MANAGER,):
        said.append(_("Chefen beslutar löpande, utan möten."))
    if waiting.days.last < waiting.asking.today and len(absent) < len(bodies):
        said.append(_("Mötena {when} har varit; det här väntar nu.", when=when))
    return tuple(said)


def _meeting(waiting: Waiting, items: Sequence[Item]) -> str:
    """The meeting that comes first of those who are asked about, or for whom something waits; in
    the period or else after it."""
    asking, days = waiting.asking, waiting.days
    whose = set(waiting.audiences)
    if items and not waiting.named:
        whose = {each.audience for each in items} - {MANAGER} or whose
    coming = waiting.calendar.of(lambda each: each.kind_of_body in whose).to_come
    if days is not None:
        within = [each for each in coming if each.held_on in days]
        coming = within or [each for each in coming if each.held_on > days.last] or coming
    if not coming:
        return ""
    when = time_and_place(coming[0], asking.today)
    said = _("Närmast möts {who} {when}.", who=coming[0].who, when=when)
    return f"{said} {documents_words(coming[0], asking.today)}".strip()


async def _none(waiting: Waiting) -> str:
    """That nothing waits for them, and what waits for others, or beside the limits."""
    about = _about(waiting)
    if waiting.named:
        whom = capital(_(" och ").join(whom_word(each) for each in waiting.audiences))
        head = _("{whom} har inget att besluta om{about}.", whom=whom, about=about)
    else:
        head = _("Inget beslut väntar{about}.", about=about)
    since = waiting.asking.since
    others = [each for each in BODIES if each not in waiting.audiences]
    if others := _since(await undecided(waiting.limits, others), since) if others else []:
        return f"{head} {_said(waiting, _ranked(others))}"
    if about and (every := await undecided(everything(waiting.asking), BODIES)):
        n = len(every)
        return f"{head} " + ngettext(
            "Sammanlagt väntar {n} beslut.", "Sammanlagt väntar {n} beslut.", n
        )
    return head


def _table(page: Sequence[Item], waiting: Waiting) -> Table:
    return Table(
        caption=_("Det som väntar på beslut"),
        columns=(_("Vem"), _("Ärende"), _("Vad ska beslutas"), _("Sedan")),
        rows=tuple(
            (
                capital(whom_word(each.audience)),
                capital(each.name),
                each.asked(),
                long_day(each.since, waiting.asking.today),
            )
            for each in page
        ),
    )


def _sources(page: Sequence[Item]) -> tuple[Source, ...]:
    """What the page rests on, each once; of many the first, and a count."""
    told = list(dict.fromkeys(each.source() for each in page))
    if len(told) <= SOURCES:
        return tuple(told)
    left = len(told) - SOURCES + 1
    more = ngettext("{n} källa till", "{n} källor till", left)
    return (*told[: SOURCES - 1], Source(more))
