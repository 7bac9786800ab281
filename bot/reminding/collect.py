"""Who is reminded of what at a moment: the rules, less what has been said and what is to wait."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.absence import away_on
from bot.clock import in_stockholm
from bot.hours import Hours, in_hours, read_hours, zone_of
from bot.people import PersonId
from bot.plan import Plan
from bot.reminding import plan_rules, poll_rules, work_rules
from bot.reminding.ground import Ground, Rule, ground_for
from bot.reminding.things import HURRIES, Thing, is_pressing, step_on
from bot.settings import Settings
from bot.workdays import is_quiet, is_working_day
from storage.queries import personal
from storage.queries import reminders as queries
from storage.queries.settling import settled

log = structlog.get_logger(__name__)

RULES: tuple[Rule, ...] = (
    plan_rules.questions,
    plan_rules.reports,
    poll_rules.polls,
    work_rules.assignments,
    plan_rules.milestones,
    work_rules.needs,
    work_rules.applications,
    work_rules.documents,
    work_rules.meeting_reports,
    plan_rules.in_depth,
    work_rules.mandates,
    plan_rules.next_plan,
)
"""In the order that a reminder names what they find."""


@dataclass(frozen=True)
class Due:
    """A thing with the step of it that is due."""

    thing: Thing
    step: str


@dataclass(frozen=True)
class Reminded:
    """Somebody who is to be reminded now, of what, and until when it is of use to say so."""

    person: PersonId
    hours: Hours
    zone: ZoneInfo
    day: date
    due: tuple[Due, ...]


async def to_remind(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> list[Reminded]:
    """Everybody who is at work at `now`, has had no reminder today, and has something due."""
    ground = await ground_for(db, plan, now, settings)
    things = await _open_things(db, ground)
    chosen = await personal.chosen_by(db, sorted({each.person for each in things}))
    hours = {each.person: read_hours(chosen.get(each.person, {})) for each in things}
    due = await _due(db, ground, things, hours)
    found: list[Reminded] = []
    people = sorted({each.thing.person for each in due})
    for row in await queries.people_to_remind(db, people, ground.today):
        person, zone = PersonId(row["id"]), zone_of(row["time_zone"])
        if not in_hours(hours[person], zone, now):
            continue
        day = now.astimezone(zone).date()
        mine = tuple(each for each in due if each.thing.person == person)
        if not _may_come(hours[person], day, settings):
            works = hours[person].works_on
            mine = tuple(each for each in mine if is_pressing(each.thing, day, works))
        if mine:
            found.append(Reminded(person, hours[person], zone, day, mine))
    return found


async def still_to_do(
    db: AsyncConnection,
    plan: Plan,
    now: datetime,
    settings: Settings,
    *,
    person: PersonId,
    keys: Container[str],
) -> list[Thing]:
    """The things of those names that the person still has to do, in the order of a reminder."""
    ground = await ground_for(db, plan, now, settings)
    found = [await _found(db, rule, ground) for rule in RULES]
    things = [thing for each in found if each is not None for thing in each]
    heard = await _handed_on(db, things, ground.today)
    return [each for each in heard if each.person == person and each.key in keys]


async def _open_things(db: AsyncConnection, ground: Ground) -> list[Thing]:
    """All that is open, for whoever hears of it today; what is open no more is settled."""
    found = [await _found(db, rule, ground) for rule in RULES]
    things = [thing for each in found if each is not None for thing in each]
    heard = await _handed_on(db, things, ground.today)
    if None not in found:
        still = sorted({(each.person, each.key) for each in (*things, *heard)})
        await settled(db, still, ground.today, ground.now)
    return heard


async def _due(
    db: AsyncConnection, ground: Ground, things: Sequence[Thing], hours: Mapping[PersonId, Hours]
) -> list[Due]:
    """Of the things, each with a step that is due, less what was said and what is put off."""
    steps = [(each, _step(each, hours[each.person], ground)) for each in things]
    due = [Due(thing, step) for thing, step in steps if step is not None]
    if not due:
        return []
    people = sorted({each.thing.person for each in due})
    told = await queries.told_before(db, people, sorted({each.thing.key for each in due}))
    put_off = await queries.resting(db, people)
    stepped = [_after_rest(each, told, put_off) for each in due]
    return [
        each
        for each in stepped
        if (each.thing.person, each.thing.key, each.step) not in told
        and not any(
            put_off.get((each.thing.person, name), ground.today) > ground.today
            for name in names_of(each.thing)
        )
    ]


def _step(thing: Thing, hours: Hours, ground: Ground) -> str | None:
    """The step that is due, by the person's days; what hurries may come on any day of work."""
    settings = ground.settings

    def may_come(day: date) -> bool:
        free = thing.kind in HURRIES or _may_come(hours, day, settings)
        return hours.works_on(day) and free

    return step_on(thing, ground.today, settings.reminder_days, may_come)


def _after_rest(
    due: Due,
    told: Mapping[tuple[int, str, str], date],
    put_off: Mapping[tuple[int, str], date],
) -> Due:
    """What somebody would rather hear of later is said again then, though it was said before;
    unless something about it has been said since."""
    person, key = due.thing.person, due.thing.key
    until = put_off.get((person, key))
    if until is None or (person, key, due.step) not in told:
        return due
    since = [day for (who, thing, _step), day in told.items() if (who, thing) == (person, key)]
    return due if max(since) >= until else Due(due.thing, f"later {until.isoformat()}")


async def _found(db: AsyncConnection, rule: Rule, ground: Ground) -> Sequence[Thing] | None:
    """What a rule finds; None of one that fails, which is logged and stops no other."""
    try:
        async with db.begin_nested():
            return await rule(db, ground)
    except Exception:
        log.exception("reminder_rule_failed", rule=getattr(rule, "__name__", str(rule)))
        return None


def names_of(thing: Thing) -> tuple[str, ...]:
    """What a person may have put off: the thing itself, or all of its activity."""
    return (thing.key, f"activity:{thing.activity}") if thing.activity else (thing.key,)


async def _handed_on(db: AsyncConnection, things: Sequence[Thing], today: date) -> list[Thing]:
    """What belongs to somebody who is away goes to their deputy, if another can do it; without
    one it waits."""
    away = await away_on(db, {each.person for each in things}, today)
    deputies = {each.deputy.id for each in away.values() if each.deputy is not None}
    away_too = await away_on(db, deputies, today)
    found: dict[tuple[PersonId, str], Thing] = {}
    for each in things:
        absence = away.get(each.person)
        if absence is None:
            found[each.person, each.key] = each
        elif each.personal or absence.deputy is None:
            continue
        elif absence.deputy.id not in away_too:
            deputy = absence.deputy.id
            thing = replace(each, person=deputy, instead_of=absence.person_name)
            found.setdefault((deputy, each.key), thing)
    return list(found.values())


def _may_come(hours: Hours, day: date, settings: Settings) -> bool:
    """Whether reminders come on that day at all, but for what presses."""
    if is_quiet(day, bridge_days=settings.quiet_bridge_days, july=settings.quiet_july):
        return False
    return hours.reminder_day is None or day in (
        _chosen_day(hours, day),
        _chosen_day(hours, day - timedelta(weeks=1)),
    )


def _chosen_day(hours: Hours, day: date) -> date:
    """The day for reminders in the week of `day`: the one chosen, or the first they work after."""
    assert hours.reminder_day is not None
    chosen = day + timedelta(days=hours.reminder_day - day.isoweekday())
    while not hours.works_on(chosen):
        chosen += timedelta(days=1)
    return chosen


def somebody_may_be_at_work(now: datetime) -> bool:
    """Whether it is worth looking: hours when people of any time zone near ours are at work."""
    there = in_stockholm(now)
    return 5 <= there.hour < 20 and is_working_day(there.date())
