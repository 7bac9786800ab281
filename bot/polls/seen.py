"""A poll as one reader may see it now: what pages and files show, with what it hides left out."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.needs.rights import records
from bot.people import OrganisationId, Person
from bot.polls.co_financing import Answer, CoFinancing, Place, hidden
from bot.polls.counting import Result, counted
from bot.polls.mandates import Mandates, kind_for, mandates
from bot.polls.poll import Ballot, Kind, Poll, PollStep, Secrecy, State, Voter
from bot.polls.reading import (
    answers_given,
    ballots_of,
    choices_to_count,
    co_financing_of,
    outcome_of,
    steps_of,
    voters_of,
)
from bot.polls.scenarios import Scenario, scenarios_of

MOST_STEPS = 200


@dataclass(frozen=True)
class Seal:
    """When a closed poll was sealed, and the hash of what it showed then (SHA-256, hex)."""

    sealed_at: datetime
    seal: str


@dataclass(frozen=True)
class Seen:
    """A poll with nothing in it that the reader may not see.

    `money` when it is about co-financing; `earlier` are the answers of each municipality that
    others have taken the place of, newest first. `result` and `ballots` when it has options and
    they are shown; `voters` where it is shown who has voted, which a poll that stays secret never
    tells. `steps` newest first. `held`: who may answer for each municipality.
    """

    poll: Poll
    money: CoFinancing | None = None
    earlier: Mapping[OrganisationId, tuple[Answer, ...]] = field(
        default_factory=dict[OrganisationId, tuple[Answer, ...]]
    )
    scenarios: tuple[Scenario, ...] = ()
    result: Result | None = None
    ballots: tuple[Ballot, ...] = ()
    voters: tuple[Voter, ...] = ()
    steps: tuple[PollStep, ...] = ()
    seal: Seal | None = None
    held: Mandates = field(default_factory=Mandates)


def may_fetch(person: Person, poll: Poll) -> bool:
    """Who gets a poll's material as files: those who record, and the body that decides."""
    return records(person) or (poll.decider is not None and poll.decider in person.bodies)


async def seen_by(
    db: AsyncConnection, poll: Poll, own: Collection[OrganisationId], today: date
) -> Seen:
    """All of the poll that may be shown to whoever works in the municipalities in `own`.

    With none, it is what everybody may see: what goes into a file that is passed on.
    """
    seen = Seen(
        poll,
        steps=tuple(await steps_of(db, poll, MOST_STEPS)),
        seal=await seal_of(db, poll),
        held=await mandates(db, kind_for(poll), today),
    )
    if poll.kind is Kind.CO_FINANCING:
        return await _with_money(db, seen, own)
    return await _with_votes(db, seen)


async def seal_of(db: AsyncConnection, poll: Poll) -> Seal | None:
    """The seal of a poll that is closed: of one that is open again it would be of another time."""
    sealed = await outcome_of(db, poll) if poll.state is State.CLOSED else None
    return Seal(sealed.sealed_at, sealed.seal) if sealed is not None else None


async def _with_money(db: AsyncConnection, seen: Seen, own: Collection[OrganisationId]) -> Seen:
    poll = seen.poll
    asked = hidden(await co_financing_of(db, poll), but=own)
    earlier: defaultdict[OrganisationId, list[Answer]] = defaultdict(list)
    for municipality, answer in await answers_given(db, poll):
        if answer.replaced_at is not None and (poll.shows_answers or municipality in own):
            earlier[municipality].append(answer)
    return replace(
        seen,
        money=replace(asked, places=tuple(_without_drafts(each, own) for each in asked.places)),
        earlier={one: tuple(answers) for one, answers in earlier.items()},
        scenarios=tuple(await scenarios_of(db, poll)),
    )


def _without_drafts(place: Place, own: Collection[OrganisationId]) -> Place:
    """The place without what is only its own municipality's: a suggestion, and a leaning."""
    return place if place.municipality in own else replace(place, suggestion=None, leaning=None)


async def _with_votes(db: AsyncConnection, seen: Seen) -> Seen:
    poll = seen.poll
    if poll.secrecy is Secrecy.ALWAYS:
        return replace(seen, result=await _result(db, poll))
    return replace(
        seen,
        result=await _result(db, poll),
        ballots=tuple(await ballots_of(db, poll)) if poll.shows_answers else (),
        voters=tuple(await voters_of(db, poll)),
    )


async def _result(db: AsyncConnection, poll: Poll) -> Result | None:
    if not poll.shows_result:
        return None
    return await counted(poll, await choices_to_count(db, poll))
