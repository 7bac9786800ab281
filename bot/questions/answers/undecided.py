"""What waits for somebody's decision: in reports, needs and polls, and work without hands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from bot.bodies import body_name
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import capital
from bot.conversations.polls.buttons import NAME as POLLS
from bot.conversations.polls.wording import poll_name
from bot.conversations.views import Button, press
from bot.digests.wording import long_day, quoted
from bot.language import _, ngettext
from bot.needs.stages import AT, Stage
from bot.pages import poll_page
from bot.people import OrganisationId
from bot.plan import Activity, ActivityId
from bot.polls.moments import last_day
from bot.polls.poll import Kind as PollKind
from bot.questions.answers.assignments import found_assignments, show_assignment
from bot.questions.answers.assignments import register as assignments_register
from bot.questions.answers.limits import Limits
from bot.questions.answers.needs import found_needs, register, show_need
from bot.questions.answers.scope_words import body_kind
from bot.questions.answers.stands import report_sources, reports_of, show_buttons, stands, until_now
from bot.questions.asking import Source
from bot.questions.question import BODIES, Filter
from bot.reporting import Report
from storage.queries.questions_work import polls_to_decide_on

MANAGER, STEERING_GROUP, DIRECTORS = "manager", "steering_group", "municipal_directors"
DECIDERS = frozenset({MANAGER, STEERING_GROUP, "board"})
"""Whom a report can ask for a decision."""

LONGEST = 160
"""Characters of what is asked for that a row shows."""


class Kind(StrEnum):
    """What sort of matter it is, in the order that it is told."""

    REPORT = "report"
    NEED = "need"
    POLL = "poll"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True)
class Item:
    """Something that waits for a decision. `name` stands within a sentence; `asked` is what is to
    be decided, `why` the reason for it. What only a shown row needs is made when it is asked for.
    """

    audience: str
    kind: Kind
    name: str
    asked: Callable[[], str]
    since: date
    source: Callable[[], Source]
    button: Callable[[], Button]
    why: str = ""
    code: str = ""
    need: int | None = None
    organisations: frozenset[OrganisationId] = frozenset()


def whom_word(audience: str) -> str:
    """Who decides, within a sentence."""
    kind = body_kind(audience)
    if kind is not None:
        return body_name(kind)
    return _("chefen") if audience == MANAGER else _("nätverket")


def counted(kind: Kind, n: int) -> str:
    """So many matters of a kind."""
    match kind:
        case Kind.REPORT:
            return ngettext(
                "{n} beslut som en rapport ber om", "{n} beslut som rapporter ber om", n
            )
        case Kind.NEED:
            return ngettext("{n} behov", "{n} behov", n)
        case Kind.POLL:
            return ngettext("{n} omröstning", "{n} omröstningar", n)
        case Kind.ASSIGNMENT:
            return ngettext("{n} uppdrag", "{n} uppdrag", n)


async def undecided(limits: Limits, audiences: Sequence[str]) -> list[Item]:
    """All that waits for those within the limits, what has waited longest first.

    A state is one of reports, a stage one of needs, a kind one of polls: where one is asked for,
    nothing else is.
    """
    question = limits.asking.question
    only = {
        kind
        for name, kind in (
            (Filter.STATE, Kind.REPORT),
            (Filter.STAGE, Kind.NEED),
            (Filter.KIND, Kind.POLL),
        )
        if question.values(name)
    }
    wanted = only or set(Kind)
    found: list[Item] = []
    if Kind.REPORT in wanted and not DECIDERS.isdisjoint(audiences):
        found += await _reports(limits)
    if Kind.NEED in wanted:
        found += await _needs(limits, audiences)
    if Kind.POLL in wanted:
        found += await _polls(limits)
    if Kind.ASSIGNMENT in wanted and not {STEERING_GROUP, DIRECTORS}.isdisjoint(audiences):
        found += await _assignments(limits)
    theirs = {*audiences, *(("network",) if len(audiences) == len(BODIES) else ())}
    return sorted((e for e in found if e.audience in theirs), key=lambda each: each.since)


async def _reports(limits: Limits) -> list[Item]:
    """Decisions that the latest reports ask for."""
    asking, plan = limits.asking, limits.asking.plan
    keys = limits.all_activities
    day = asking.today
    activities = [
        each
        for each in (plan.activities.values() if keys is None else (plan.by_id[k] for k in keys))
        if keys is not None or each.ended_on is None or day < each.ended_on
    ]
    now = await stands(asking, activities, until_now(asking))
    now = now.in_states(asking.question.values(Filter.STATE))
    asked = [each for each in now.activities if each.id in now.asked]
    reports = await reports_of(asking, asked, until_now(asking))
    return [_report(limits, each, reports[each.id]) for each in asked if each.id in reports]


def _report(limits: Limits, activity: Activity, report: Report) -> Item:
    content = report.content
    wanted = content.decision or _("Beslutet är inte beskrivet i rapporten")
    return Item(
        audience=content.decision_from.value,
        kind=Kind.REPORT,
        name=activity.name,
        asked=lambda: quoted(wanted, LONGEST),
        since=in_stockholm(report.reported_at).date(),
        source=lambda: report_sources(limits.asking, [activity], {activity.id: report})[0],
        button=lambda: show_buttons([activity])[0],
        why=quoted(content.deviation),
        code=activity.code,
        organisations=frozenset({activity.coordinator}),
    )


async def _needs(limits: Limits, audiences: Sequence[str]) -> list[Item]:
    """Needs at the stage of a body, those that nobody prepares yet, and those that are prepared
    and that the steering group may put forward."""
    asking = limits.asking
    said = asking.question.values(Filter.STAGE)
    theirs = [each for each in (Stage.REGISTERED, Stage.PREPARING, *AT) if _has(each) in audiences]
    wanted = [stage for stage in theirs if not said or stage in said]
    if not wanted or limits.by_direction:
        return []
    items: list[Item] = []
    for each in await found_needs(limits, wanted):
        ready = each.prepare_by is not None and each.prepare_by <= asking.today
        if each.stage is Stage.PREPARING and not ready:
            continue
        late = each.prepare_by if each.stage is Stage.PREPARING else None
        items.append(
            Item(
                audience=_has(each.stage),
                kind=Kind.NEED,
                name=each.name,
                asked=partial(_step, each.stage),
                since=late or each.reached_on,
                source=register,
                button=partial(show_need, each.id),
                need=each.id,
                organisations=each.organisations,
            )
        )
    return items


def _has(stage: Stage) -> str:
    """Whose step is next."""
    if stage is Stage.REGISTERED:
        return MANAGER
    return AT.get(stage, STEERING_GROUP)


def _step(stage: Stage) -> str:
    """What is to be decided about a need."""
    match stage:
        case Stage.REGISTERED:
            return _("Om det ska beredas, och av vem.")
        case Stage.PREPARING:
            return _("Om det ska läggas fram för politiska referensgruppen.")
        case Stage.REFERENCE_GROUP:
            return _("Om det ska lämnas till presidiet.")
        case Stage.PRESIDIUM:
            return _("Om det ska lämnas till direktionen.")
        case _:
            return _("Om det ska antas eller avslås.")


async def _polls(limits: Limits) -> list[Item]:
    """Closed polls without a decision, and open ones that a body decides on when they close."""
    asking, plan = limits.asking, limits.asking.plan
    kinds = asking.question.values(Filter.KIND) or (PollKind.CO_FINANCING, PollKind.PRIORITY)
    whose = any(asking.question.values(name) for name in WHOSE_POLLS)
    rows = await polls_to_decide_on(
        asking.db,
        {
            "kinds": [str(each) for each in kinds],
            "activities": limits.all_activities,
            "areas": None if whose else limits.need_areas,
        },
    )
    items: list[Item] = []
    for row in rows:
        key, number = row["activity_id"], row["id"]
        activity = plan.by_id.get(ActivityId(key)) if key is not None else None
        closes = last_day(row["closes_at"]) if row["state"] == "open" else None
        items.append(
            Item(
                audience=row["decider"] or MANAGER,
                kind=Kind.POLL,
                name=f"{poll_name(number)} {shortened(row['title'], 80)}",
                asked=partial(_outcome, closes, asking.today),
                since=in_stockholm(row["state_since"]).date(),
                source=partial(_poll_source, number),
                button=partial(_show_poll, number),
                code=activity.code if activity is not None else "",
                need=row["need_id"],
            )
        )
    return items


def _outcome(closes: date | None, today: date) -> str:
    """What is to be decided on a poll that closes then; None: it has closed."""
    if closes is None:
        return _("Stängd, och inget beslut är antecknat.")
    day = long_day(closes, today)
    return _("Öppen till {day}, sedan ska den beslutas.", day=day)


def _poll_source(poll_id: int) -> Source:
    return Source(capital(poll_name(poll_id)), poll_page(poll_id))


WHOSE_POLLS = (Filter.MUNICIPALITY, Filter.NETWORK, Filter.PERSON)
"""Filters that only an activity's poll can be told by."""


def _show_poll(poll_id: int) -> Button:
    label = _("Visa {name}", name=poll_name(poll_id))
    return Button(label=label, press=press(POLLS, poll_id))


async def _assignments(limits: Limits) -> list[Item]:
    """Work that nobody has time for, and work that a municipal director has to make room for."""
    asking, plan = limits.asking, limits.asking.plan
    items: list[Item] = []
    for each in await found_assignments(limits, undecided=True):
        activity = plan.by_id.get(each.activity) if each.activity is not None else None
        items.append(
            Item(
                audience=DIRECTORS if each.room else STEERING_GROUP,
                kind=Kind.ASSIGNMENT,
                name=each.name,
                asked=partial(_hands, each.due_on, asking.today, room=each.room),
                since=each.since,
                source=assignments_register,
                button=partial(show_assignment, each.id),
                code=activity.code if activity is not None else "",
                need=each.need,
                organisations=each.organisations,
            )
        )
    return items


def _hands(due_on: date, today: date, *, room: bool) -> str:
    """What an assignment lacks: a director's word, or anybody who has time."""
    due = long_day(due_on, today)
    if room:
        return _("En kommundirektör behöver ge tid. Klart senast {day}.", day=due)
    return _("Ingen har tid. Klart senast {day}.", day=due)
