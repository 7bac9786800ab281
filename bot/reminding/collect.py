"""Who is reminded of what at a moment: the rules, less what has been said and what is to wait."""

from collections.abc import Mapping, Sequence, Set
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
from bot.reminding.things import Thing, is_pressing, step_on
from bot.settings import Settings
from bot.workdays import is_quiet, is_working_day
from storage.queries import personal
from storage.queries import reminders as queries

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
    due = await _due(db, ground)
    if not due:
        return []
    people = sorted({each.thing.person for each in due})
    chosen = await personal.chosen_by(db, people)
    found: list[Reminded] = []
    for row in await queries.people_to_remind(db, people, ground.today):
        person, zone = PersonId(row["id"]), zone_of(row["time_zone"])
        hours = read_hours(chosen.get(person, {}))
        if not in_hours(hours, zone, now):
            continue
        day = now.astimezone(zone).date()
        mine = tuple(each for each in due if each.thing.person == person)
        if not _may_come(hours, day, settings):
            mine = tuple(each for each in mine if is_pressing(each.thing, day))
        if mine:
            found.append(Reminded(person, hours, zone, day, mine))
    return found


async def _due(db: AsyncConnection, ground: Ground) -> list[Due]:
    found = [await _found(db, rule, ground) for rule in RULES]
    things = [thing for each in found if each is not None for thing in each]
    if None not in found:
        await queries.settled(db, sorted({each.key for each in things}), ground.now)
    chosen = ground.settings.reminder_days
    steps = [(each, step_on(each, ground.today, chosen)) for each in things]
    due = [Due(thing, step) for thing, step in steps if step is not None]
    if not due:
        return []
    due = await _handed_on(db, due, ground.today)
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


def _after_rest(
    due: Due, told: Set[tuple[int, str, str]], put_off: Mapping[tuple[int, str], date]
) -> Due:
    """What somebody would rather hear of later is said again then, though it was said before."""
    until = put_off.get((due.thing.person, due.thing.key))
    said = (due.thing.person, due.thing.key, due.step) in told
    return Due(due.thing, f"later {until.isoformat()}") if until is not None and said else due


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


async def _handed_on(db: AsyncConnection, due: Sequence[Due], today: date) -> list[Due]:
    """What belongs to somebody who is away goes to their deputy; without one it waits."""
    away = await away_on(db, {each.thing.person for each in due}, today)
    deputies = {each.deputy.id for each in away.values() if each.deputy is not None}
    away_too = await away_on(db, deputies, today)
    found: dict[tuple[PersonId, str], Due] = {}
    for each in due:
        absence = away.get(each.thing.person)
        if absence is None:
            found[each.thing.person, each.thing.key] = each
        elif absence.deputy is not None and absence.deputy.id not in away_too:
            thing = replace(each.thing, person=absence.deputy.id, instead_of=absence.person_name)
            found.setdefault((thing.person, thing.key), Due(thing, each.step))
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
