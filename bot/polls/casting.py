"""Casting a ballot: one that stands for each voter, or one that is final in a secret poll."""

import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.people import OrganisationId
from bot.polls.changing import AnsweredAlready, NotPossible, NotYours
from bot.polls.mandates import Mandates
from bot.polls.poll import Method, Poll, Secrecy
from bot.polls.reading import ballot_of, poll_by_number
from bot.polls.rights import may_answer_for, may_vote
from storage.queries import poll_changes as queries
from storage.queries.reminders import answered

MOST_SCORE = 5


class NotABallot(Exception):
    """The choices do not follow the poll's rules; `why` names the rule."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def judged(poll: Poll, choices: Mapping[int, int]) -> dict[int, int]:
    """The choices as a ballot of that poll, without what says nothing; NotABallot.

    Points add up to at most what there is to spread. Scores are 0 to 5, ranks from 1. One option
    in a plain choice, or none for an abstention where the form offers that as an option.
    """
    known = {each.id for each in poll.options}
    if not known.issuperset(choices):
        raise NotABallot("option")
    match poll.method:
        case Method.POINTS:
            said = {one: value for one, value in choices.items() if value}
            if any(value < 0 for value in said.values()):
                raise NotABallot("points")
            if sum(said.values()) > (poll.points or 0):
                raise NotABallot("too_many_points")
        case Method.SCORE:
            said = dict(choices)
            if any(not 0 <= value <= MOST_SCORE for value in said.values()):
                raise NotABallot("score")
        case Method.RANKING:
            said = dict(choices)
            if any(not 1 <= value <= len(known) for value in said.values()):
                raise NotABallot("rank")
        case Method.DATES:
            said = dict(choices)
            if any(value not in (0, 1, 2) for value in said.values()):
                raise NotABallot("date")
        case _:
            said = {one: 1 for one, value in choices.items() if value}
            if poll.method is Method.CHOICE and len(said) > 1:
                raise NotABallot("one_choice")
    if not said:
        raise NotABallot("empty")
    return said


async def cast(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    choices: Mapping[int, int],
    *,
    municipality: OrganisationId | None = None,
    mandates: Mandates | None = None,
) -> None:
    """Let the choices stand as the ballot of the municipality, or of the person without one.

    NotYours; NotPossible when the poll takes no votes now; NotABallot; AnsweredAlready when a poll
    that stays secret has its ballot.
    """
    voter = await _held(db, by, poll, municipality, mandates)
    said = judged(await poll_by_number(db, poll.id) or poll, choices)
    if poll.secrecy is Secrecy.ALWAYS:
        await _cast_secretly(db, by, poll, voter, said)
        return
    await _write(db, by, poll, voter, said)


async def toggle(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    option: int,
    *,
    municipality: OrganisationId | None = None,
    mandates: Mandates | None = None,
) -> dict[int, int]:
    """Put the option in the ballot that stands, or take it out; what the ballot says then.

    The ballot is read when the voter is held, so two presses at once do not undo each other. As
    `cast`; a poll that stays secret has no ballot to change.
    """
    if poll.secrecy is Secrecy.ALWAYS:
        raise AnsweredAlready
    voter = await _held(db, by, poll, municipality, mandates)
    before = await ballot_of(db, poll, voter["voter_id"])
    choices = dict(before.choices) if before is not None else {}
    if choices.pop(option, None) is None:
        choices[option] = 1
    said = judged(await poll_by_number(db, poll.id) or poll, choices)
    await _write(db, by, poll, voter, said)
    return said


async def _write(
    db: AsyncConnection, by: By, poll: Poll, voter: RowMapping, said: Mapping[int, int]
) -> None:
    await queries.write_ballot(
        db,
        {
            "voter_id": voter["voter_id"],
            "poll_id": poll.id,
            "person_id": by.person.id,
            "now": by.now,
            "choices": {str(option): value for option, value in said.items()},
            "platform": by.platform,
        },
    )
    await answered(db, by.person.id, [f"poll:{poll.id}"], "done", by.now)


async def _held(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    municipality: OrganisationId | None,
    mandates: Mandates | None,
) -> RowMapping:
    """The voter's row, held; NotYours, NotPossible."""
    if municipality is None:
        if not may_vote(by.person, poll):
            raise NotYours
        await queries.enrol_person(db, poll.id, by.person.id)
    elif mandates is None or not may_answer_for(by.person, municipality, mandates):
        raise NotYours
    voter = await queries.hold_voter(
        db,
        poll.id,
        organisation_id=municipality,
        person_id=by.person.id if municipality is None else None,
    )
    if voter is None or not voter["takes_part"]:
        raise NotYours
    if voter["state"] != "open" or not voter["opens_at"] <= by.now < voter["closes_at"]:
        raise NotPossible(await poll_by_number(db, poll.id) or poll)
    return voter


async def _cast_secretly(
    db: AsyncConnection, by: By, poll: Poll, voter: RowMapping, said: Mapping[int, int]
) -> None:
    """Put the ballot among the others, in an order that tells nothing, and write all anew."""
    if voter["voted"]:
        raise AnsweredAlready
    ballots = await queries.hold_secret_ballots(db, poll.id)
    ballots.append({str(option): said[option] for option in sorted(said)})
    await queries.write_secret_ballots(
        db,
        {
            "poll_id": poll.id,
            "voter_id": voter["voter_id"],
            "person_id": by.person.id,
            "now": by.now,
            "ballots": shuffled(ballots),
            "platform": by.platform,
        },
    )


def shuffled(ballots: Sequence[Mapping[str, int]]) -> list[Mapping[str, int]]:
    """The ballots in an order drawn by the system's own randomness."""
    mixed = list(ballots)
    secrets.SystemRandom().shuffle(mixed)
    return mixed
