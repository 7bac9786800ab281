"""Which digests are due and for whom, one a reader: of several missed periods the latest."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.digests.choosing import (
    EVERY_MONTH,
    EVERY_WEEK,
    NOTHING,
    Choice,
    choice_of,
    choices,
)
from bot.digests.gather import Gathering
from bot.digests.period import (
    MONTHLY,
    WEEKLY,
    Audience,
    Due,
    Reader,
    due_on,
    latest_due,
    latest_of_month,
    moment_of,
    next_due,
    next_of_month,
    next_of_person,
)
from bot.digests.publish import publish_digest, publish_personal
from bot.digests.readers import bodies_of, get_a_wide_one
from bot.digests.scope import Scope, scope_of
from bot.plan import Plan
from bot.settings import Settings
from bot.workdays import is_working_day
from storage.queries import digest_readers as reader_queries
from storage.queries import digests as queries
from storage.queries.bodies import meets_in

FIRST_WITHIN = timedelta(days=1)
"""The first monthly digest is not caught up with: it comes at its time, or a month later."""

MOST_AT_ONCE = 500
"""Personal digests that one tick makes, so that what else is due waits for no more."""


class DueDigest(NamedTuple):
    """A digest to be published once: as `bot.schedule.DueThing` has it."""

    kind: str
    audience: str
    period: str
    do: Callable[[AsyncConnection], Awaitable[None]]


async def digests_due(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueDigest]:
    """Each reader's latest digest, unless one has told as far already, or it falls in a pause.

    After several missed periods that is one digest, which tells from the last cut-off. Before
    there is a plan there is nothing to tell.
    """
    if not plan.activities:
        return []
    chosen = await choices(db)
    found: list[DueDigest] = []
    for due in latest_of_all(plan, chosen, now, settings):
        if await _is_due(db, due, chosen.get(str(due.reader), NOTHING), now):

            async def publish(db: AsyncConnection, due: Due = due) -> None:
                await publish_digest(db, plan, due, now)

            found.append(DueDigest("digest", str(due.reader), due.period, publish))
    return found


async def personal_due(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueDigest]:
    """Digests of people on the days that they chose; what they are made of is gathered together."""
    if not plan.activities or not await reader_queries.anybody_has_days(db):
        return []
    today = in_stockholm(now).date()
    wide = await get_a_wide_one(db, plan, today)
    moments = _moments(now, settings)
    rows = await reader_queries.people_due(db, moments, today, but=wide, most=MOST_AT_ONCE)
    gathering = Gathering(plan)
    found: list[DueDigest] = []
    for row in rows:
        due = due_on(row["person_id"], row["day"], settings)
        scope = scope_of(row)

        async def publish(db: AsyncConnection, due: Due = due, scope: Scope = scope) -> None:
            await publish_personal(db, due, now, scope, gathering)

        found.append(DueDigest("digest", str(due.reader), due.period, publish))
    return found


def latest_of_all(
    plan: Plan, chosen: Mapping[str, Choice], now: datetime, settings: Settings
) -> list[Due]:
    """The latest digest of every reader that gets any, people apart."""
    found = [latest_due(audience, now, settings) for audience in WEEKLY]
    found += [
        latest_of_month(Reader(audience), now, settings)
        for audience in MONTHLY
        if bodies_of(audience, plan)
    ]
    for body in plan.bodies.values():
        reader = Reader(Audience.NETWORK, body.id)
        match chosen.get(str(reader), NOTHING).rhythm:
            case rhythm if rhythm == EVERY_WEEK:
                found.append(replace(latest_due(Audience.NETWORK, now, settings), of=body.id))
            case rhythm if rhythm == EVERY_MONTH:
                found.append(latest_of_month(reader, now, settings))
            case _:
                pass
    return found


def next_for(
    reader: Reader,
    choice: Choice,
    now: datetime,
    settings: Settings,
    own_days: Collection[int] = (),
) -> Due | None:
    """When the reader's next digest is due after `now`, pauses apart; None when none comes.

    `own_days`: the weekdays that a person has chosen, when it is theirs.
    """
    match reader.audience:
        case Audience.PERSON:
            return next_of_person(reader.of or 0, own_days, now, settings)
        case Audience.MANAGER | Audience.STEERING_GROUP:
            return next_due(reader.audience, now, settings)
        case Audience.MUNICIPAL_DIRECTORS | Audience.REFERENCE_GROUP:
            return next_of_month(reader, now, settings)
        case Audience.NETWORK if choice.rhythm == EVERY_WEEK:
            return replace(next_due(Audience.NETWORK, now, settings), of=reader.of)
        case Audience.NETWORK if choice.rhythm == EVERY_MONTH:
            return next_of_month(reader, now, settings)
        case _:
            return None


async def next_to_come(
    db: AsyncConnection, reader: Reader, now: datetime, settings: Settings
) -> Due | None:
    """The reader's digest that will go out next at its time: neither one that falls in a pause nor
    one that has been sent already, before its time."""
    choice = await choice_of(db, reader)
    due = next_for(reader, choice, now, settings)
    while due is not None and (
        choice.rests(due) or await queries.digest_as_sent(db, str(reader), due.period) is not None
    ):
        due = next_for(reader, choice, due.at, settings)
    return due


async def _is_due(db: AsyncConnection, due: Due, choice: Choice, now: datetime) -> bool:
    told_until = await queries.latest_cut_off(db, str(due.reader))
    if choice.rests(due) or (told_until is not None and told_until >= due.at):
        return False
    if due.audience is Audience.NETWORK:
        return choice.since is not None and choice.since < due.at
    if due.audience in MONTHLY and told_until is None and now - due.at > FIRST_WITHIN:
        return False
    return not await _reported_instead(db, due)


async def _reported_instead(db: AsyncConnection, due: Due) -> bool:
    """Whether the kommundirektörer meet that month: then they get the meeting's report."""
    if due.audience is not Audience.MUNICIPAL_DIRECTORS:
        return False
    day = in_stockholm(due.at).date()
    return await meets_in(db, due.audience, day.replace(day=1))


def _moments(now: datetime, settings: Settings) -> list[tuple[date, datetime]]:
    """The working days of a week back, with when their personal digests were due."""
    today = in_stockholm(now).date()
    days = [today - timedelta(days=back) for back in range(7)]
    found = [
        (day, moment_of(day, settings.personal_digest_time)) for day in days if is_working_day(day)
    ]
    return [(day, at) for day, at in found if at <= now]
