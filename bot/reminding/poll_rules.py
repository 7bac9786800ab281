"""Of polls: whoever has not answered, one for each municipality; then whoever runs the poll."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.absence import Absence, away_on
from bot.clock import in_stockholm
from bot.people import OrganisationId, PersonId
from bot.plan import Contact
from bot.polls.mandates import MandateKind, Mandates, mandates
from bot.reminding.ground import Ground
from bot.reminding.things import Kind, Thing
from storage.queries import reminders as queries

_DAY = timedelta(days=1)


async def polls(db: AsyncConnection, ground: Ground) -> Sequence[Thing]:
    """Open polls that somebody has not answered. Nobody is reminded the day after a nudge."""
    rows = await queries.polls_that_are_open(db, ground.today)
    if not rows:
        return []
    left = await queries.voters_not_heard(db)
    kinds: tuple[MandateKind, ...] = ("co_financing", "priority")
    held = {kind: await mandates(db, kind, ground.today) for kind in kinds}
    holders = {each.id for one in held.values() for of in one.holders.values() for each in of}
    away = await away_on(db, holders, ground.today)
    found: list[Thing] = []
    for row in rows:
        voters = left.get(row["id"], [])
        mandate = held["co_financing" if row["kind"] == "co_financing" else "priority"]
        if not _was_nudged(row, ground):
            people = _whom(voters, mandate, away)
            own = {PersonId(each["person_id"]) for each in voters if each["person_id"] is not None}
            found += [
                replace(_thing(Kind.POLL, row, person, ground), personal=person in own)
                for person in sorted(people)
            ]
        if voters and row["secrecy"] != "always":
            started = [PersonId(row["started_by"])] if row["starter_is_here"] else ground.managers
            found += [_thing(Kind.POLL_MISSING, row, person, ground) for person in started]
    return found


def _was_nudged(row: RowMapping, ground: Ground) -> bool:
    at = row["nudged_at"]
    return at is not None and in_stockholm(at).date() >= ground.today - _DAY


def _whom(
    voters: Iterable[RowMapping], mandate: Mandates, away: Mapping[PersonId, Absence]
) -> set[PersonId]:
    """The voters themselves, and one person with mandate for each municipality."""
    people: set[PersonId] = set()
    for voter in voters:
        if voter["person_id"] is not None:
            people.add(PersonId(voter["person_id"]))
        elif chosen := one_of(mandate.of(OrganisationId(voter["organisation_id"])), away):
            people.add(chosen)
    return people


def one_of(holders: Sequence[Contact], away: Mapping[PersonId, Absence]) -> PersonId | None:
    """Who of those with mandate is asked: one who is there, else the first, whose deputy hears."""
    there = [each.id for each in holders if each.id not in away]
    return next(iter((*there, *(each.id for each in holders))), None)


def _thing(kind: Kind, row: RowMapping, person: PersonId, ground: Ground) -> Thing:
    activity = ground.activity(row["activity_id"])
    # A poll that closes at midnight was last open the day before.
    last = in_stockholm(row["closes_at"] - timedelta(seconds=1)).date()
    return Thing(
        kind=kind,
        subject=row["id"],
        person=person,
        on=last,
        name=row["title"],
        level=ground.level_of(activity),
        until=last,
        said="secret" if row["secrecy"] == "always" else "",
    )
