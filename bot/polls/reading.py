"""Polls as the database has them, made into plain data."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import ActivityId, Contact, Kronor
from bot.polls.co_financing import (
    Answer,
    AnswerKind,
    CoFinancing,
    Heard,
    Place,
    Proposal,
    Said,
)
from bot.polls.cost_sharing import Key, Sharer, SharingKey
from bot.polls.poll import (
    Ballot,
    Decision,
    Kind,
    Method,
    Option,
    Outcome,
    Poll,
    PollStep,
    Secrecy,
    State,
    Voter,
)
from storage.queries import co_financing as money
from storage.queries import polls as queries


async def poll_by_number(db: AsyncConnection, poll_id: int | None) -> Poll | None:
    """The poll of that number."""
    row = await queries.poll_by_number(db, poll_id) if poll_id is not None else None
    return _poll(row) if row is not None else None


async def polls_by_number(db: AsyncConnection, numbers: Sequence[int]) -> dict[int, Poll]:
    """Those polls that exist, by their number."""
    found = await queries.polls_by_number(db, numbers) if numbers else ()
    return {row["id"]: _poll(row) for row in found}


async def polls_where(
    db: AsyncConnection, *, most: int, skip: int = 0, **chosen: Any
) -> list[Poll]:
    """Polls chosen as storage.queries.polls.polls_where says, those still open first."""
    found = await queries.polls_where(db, most=most, skip=skip, **chosen)
    return [_poll(row) for row in found]


async def open_polls_of(
    db: AsyncConnection,
    person: PersonId,
    municipalities: Sequence[OrganisationId],
    bodies: Sequence[BodyId],
    most: int,
) -> list[Poll]:
    """Open polls that the person, those municipalities or those bodies' members may answer."""
    found = await queries.open_polls_of(db, person, municipalities, bodies, most)
    return [_poll(row) for row in found]


async def co_financing_of(
    db: AsyncConnection, poll: Poll, only: Sequence[OrganisationId] | None = None
) -> CoFinancing:
    """The proposal as it is now, and each municipality that takes part, by name.

    `only`: none but these, for what concerns them alone; sums are then of them.

    Everything is in it, also what the poll hides: show only what `co_financing.hidden` leaves.
    """
    proposal = await proposal_of(db, poll, poll.version)
    places = [_place(row) for row in await money.places_of(db, poll.id, only)]
    by_name = tuple(sorted(places, key=lambda each: each.name))
    return CoFinancing(poll, proposal, by_name, await _accepted(db, poll))


async def _accepted(db: AsyncConnection, poll: Poll) -> frozenset[OrganisationId] | None:
    """Whose pledges the decision accepted; None before one, and when it is open again."""
    if poll.decision is None or poll.state is not State.CLOSED:
        return None
    decided = await queries.latest_changes(db, poll.id, "decided")
    found = decided.get("accepted")
    return frozenset(map(OrganisationId, found)) if found is not None else None


async def proposal_of(db: AsyncConnection, poll: Poll, version: int) -> Proposal:
    """A version of what is proposed."""
    row = await money.proposal_of(db, poll.id, version)
    if row is None:
        raise LookupError(f"poll {poll.id} has no proposal {version}")
    return Proposal(
        purpose=row["purpose"],
        total=Kronor(row["total"]),
        funded=Kronor(row["funded"]),
        asked=Kronor(row["asked"]),
        key=Key(SharingKey(row["sharing_key"]), row["equal_percent"]),
        pays=row["pays"],
        hourly_rate=Kronor(row["hourly_rate"]) if row["hourly_rate"] else None,
    )


async def answers_given(
    db: AsyncConnection, poll: Poll, municipality: OrganisationId | None = None
) -> list[tuple[OrganisationId, Answer]]:
    """Every answer that was given, also those that were replaced, newest first.

    Of a poll that hides them, show only the municipality's own.
    """
    found = await money.answers_given(db, poll.id, municipality)
    return [(OrganisationId(row["organisation_id"]), _answer(row["answer"])) for row in found]


async def sharers(db: AsyncConnection, day: date) -> list[tuple[Sharer, str]]:
    """Every municipality by name, with its latest population figure up to the day."""
    found = [
        (
            Sharer(OrganisationId(r["id"]), r["code"], r["inhabitants"], r["counted_on"]),
            str(r["name"]),
        )
        for r in await money.sharers_on(db, day)
    ]
    return sorted(found, key=lambda each: each[1])


async def voters_of(db: AsyncConnection, poll: Poll) -> list[Voter]:
    """Everybody who may answer, by name."""
    found = [_voter(row) for row in await queries.voters_of(db, poll.id)]
    return sorted((each for each in found if each.takes_part), key=lambda each: each.name)


async def ballots_of(db: AsyncConnection, poll: Poll) -> list[Ballot]:
    """The ballots that stand; none of a poll that stays secret.

    What the poll hides is in them: show them only when `poll.shows_answers`.
    """
    return [_ballot(row) for row in await queries.ballots_of(db, poll.id)]


async def choices_to_count(db: AsyncConnection, poll: Poll) -> list[dict[int, int]]:
    """What was chosen, without who: for counting. Show the count only when
    `poll.shows_result`."""
    if poll.secrecy is Secrecy.ALWAYS:
        found = await queries.secret_ballots_of(db, poll.id)
        return [{int(option): value for option, value in each.items()} for each in found]
    return [dict(each.choices) for each in await ballots_of(db, poll)]


async def ballot_of(db: AsyncConnection, poll: Poll, voter_id: int) -> Ballot | None:
    """A voter's own ballot, if it stands and the poll does not stay secret."""
    found = await queries.ballots_of(db, poll.id, voter_id)
    return _ballot(found[0]) if found else None


async def steps_of(db: AsyncConnection, poll: Poll, most: int, skip: int = 0) -> list[PollStep]:
    """What happened to the poll, newest first."""
    return [
        PollStep(
            id=row["id"],
            kind=row["kind"],
            by=Contact(PersonId(row["person_id"]), row["person_name"], row["person_email"])
            if row["person_id"] is not None
            else None,
            taken_at=row["taken_at"],
            reason=row["reason"],
            changes=row["changes"] or {},
        )
        for row in await queries.steps_of_poll(db, poll.id, most, skip)
    ]


async def outcome_of(db: AsyncConnection, poll: Poll) -> Outcome | None:
    """What it showed when it closed last."""
    row = await queries.latest_outcome(db, poll.id)
    return Outcome(row["sealed_at"], row["result"], row["seal"]) if row is not None else None


def _poll(row: RowMapping) -> Poll:
    decision = row["decision"]
    return Poll(
        id=row["id"],
        kind=Kind(row["kind"]),
        method=Method(row["method"]),
        title=row["title"],
        description=row["description"],
        link=row["link"],
        activity_id=ActivityId(row["activity_id"]) if row["activity_id"] else None,
        need_id=row["need_id"],
        body=BodyId(row["body_id"]) if row["body_id"] else None,
        voters=row["voters"],
        secrecy=Secrecy(row["secrecy"]),
        state=State(row["state"]),
        state_since=row["state_since"],
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        decider=BodyId(row["decider_id"]) if row["decider_id"] else None,
        decided_by=row["decided_by"],
        seats=row["seats"],
        points=row["points"],
        money=Kronor(row["money"]) if row["money"] else None,
        quorum=row["quorum"],
        may_add=row["may_add"],
        binding=row["binding"],
        sounding_id=row["sounding_id"],
        formal_id=row["formal_id"],
        version=row["version"],
        started_by=Contact(PersonId(row["started_by"]), row["starter_name"], row["starter_email"]),
        started_at=row["started_at"],
        electorate=row["electorate"],
        voted=row["voted"],
        options=tuple(_option(each) for each in row["options"]),
        decision=_decision(decision) if decision else None,
        date_chosen=datetime.fromisoformat(row["date_chosen"]) if row["date_chosen"] else None,
    )


def _option(data: Mapping[str, Any]) -> Option:
    return Option(
        id=data["id"],
        position=data["position"],
        label=data["label"],
        need_id=data["need_id"],
        activity_id=ActivityId(data["activity_id"]) if data["activity_id"] else None,
        cost=Kronor(data["cost"]) if data["cost"] else None,
        starts_at=datetime.fromisoformat(data["starts_at"]) if data["starts_at"] else None,
        ends_at=datetime.fromisoformat(data["ends_at"]) if data["ends_at"] else None,
    )


def _decision(data: Mapping[str, Any]) -> Decision:
    return Decision(
        body=BodyId(data["body_id"]),
        decided_on=date.fromisoformat(data["decided_on"]),
        paragraph=data["paragraph"],
        record_number=data["record_number"],
        verdict=data["verdict"],
        decision=data["decision"],
        why=data["why"],
        recorded_by=Contact(PersonId(data["recorded_by"]), data["name"], data["email"]),
        recorded_at=datetime.fromisoformat(data["recorded_at"]),
    )


def _place(row: RowMapping) -> Place:
    leaning = row["leaning"]
    return Place(
        voter_id=row["voter_id"],
        municipality=OrganisationId(row["organisation_id"]),
        name=row["name"],
        code=row["code"],
        share=Kronor(row["share"]),
        inhabitants=row["inhabitants"],
        counted_on=row["counted_on"],
        weight=Decimal(row["weight"]) if row["weight"] is not None else None,
        answer=_answer(row["answer"]) if row["answer"] else None,
        suggestion=_answer(row["suggestion"]) if row["suggestion"] else None,
        leaning=_answer(leaning).said if leaning else None,
    )


def _answer(data: Mapping[str, Any]) -> Answer:
    heard = None
    if data["heard_by"]:
        heard = Heard(data["heard_by"], data["said_by"], date.fromisoformat(data["said_on"]))
    replaced, expected = data["replaced_at"], data["expected_on"]
    return Answer(
        id=data["id"],
        said=Said(
            kind=AnswerKind(data["kind"]),
            amount=Kronor(data["amount"]) if data["amount"] is not None else None,
            hours=data["hours"],
            condition=data["condition"],
            comment=data["comment"],
            expected_on=date.fromisoformat(expected) if expected else None,
        ),
        version=data["version"],
        by=Contact(PersonId(data["person_id"]), data["by_name"], data["by_email"]),
        answered_at=datetime.fromisoformat(data["answered_at"]),
        heard=heard,
        replaced_at=datetime.fromisoformat(replaced) if replaced else None,
    )


def _voter(row: RowMapping) -> Voter:
    return Voter(
        id=row["voter_id"],
        organisation=OrganisationId(row["organisation_id"]) if row["organisation_id"] else None,
        person=PersonId(row["person_id"]) if row["person_id"] else None,
        name=row["name"],
        voted=row["voted"],
        takes_part=row["takes_part"],
    )


def _ballot(row: RowMapping) -> Ballot:
    return Ballot(
        voter=_voter(row),
        choices={int(option): value for option, value in row["choices"].items()},
        by=Contact(PersonId(row["by_id"]), row["by_name"], row["by_email"]),
        cast_at=row["cast_at"],
    )
