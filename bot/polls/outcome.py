"""What a poll shows when it closes: written down whole, and sealed by a hash of it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.polls.changing import written
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.poll import FEWEST_SECRET_BALLOTS, Ballot, Kind, Poll, Secrecy, State
from bot.polls.reading import ballots_of, choices_to_count, co_financing_of
from storage.queries.poll_changes import add_outcome


async def close_and_seal(db: AsyncConnection, by: By, poll: Poll) -> Poll:
    """Close the poll, which is held and open, by somebody's act; the poll as it is then."""
    values = {"state": State.CLOSED.value, "state_since": by.now}
    closed = await written(db, by, poll, "closed", values=values)
    await seal(db, closed, by.now)
    return closed


async def seal(db: AsyncConnection, poll: Poll, now: datetime) -> None:
    """Write what the closed poll shows, with a hash by which it can be seen to be unchanged."""
    shown = await as_it_stands(db, poll)
    row = {"poll_id": poll.id, "sealed_at": now, "result": shown, "seal": sealed(shown)}
    await add_outcome(db, row)


def sealed(shown: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of what is written down: JSON with keys in order and no spaces."""
    written = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


async def as_it_stands(db: AsyncConnection, poll: Poll) -> dict[str, Any]:
    """The poll's question, turnout and answers as plain data, the same for the same poll.

    Of a poll that stays secret there are only the ballots, in the order of what they say, and none
    when fewer than five were cast.
    """
    shown: dict[str, Any] = {
        "poll": poll.id,
        "kind": poll.kind.value,
        "method": poll.method.value,
        "title": poll.title,
        "electorate": poll.electorate,
        "voted": poll.voted,
    }
    if poll.kind is Kind.CO_FINANCING:
        return shown | _pledges(await co_financing_of(db, poll))
    shown["options"] = {str(each.id): each.label for each in poll.options}
    if poll.secrecy is not Secrecy.ALWAYS:
        shown["ballots"] = [_ballot(each) for each in await ballots_of(db, poll)]
        return shown
    ballots = await choices_to_count(db, poll)
    if len(ballots) >= FEWEST_SECRET_BALLOTS:
        plain = [{str(option): each[option] for option in sorted(each)} for each in ballots]
        shown["ballots"] = sorted(plain, key=lambda each: json.dumps(each, sort_keys=True))
    return shown


def _pledges(asked: CoFinancing) -> dict[str, Any]:
    proposal = asked.proposal
    return {
        "version": asked.poll.version,
        "asked": proposal.asked,
        "sum": asked.sum,
        "answers": [_pledge(asked, each) for each in asked.places],
    }


def _pledge(asked: CoFinancing, place: Place) -> dict[str, Any]:
    said = place.answer.said if place.answer is not None else None
    return {
        "municipality": place.code,
        "share": place.share,
        "answer": said.kind.value if said else None,
        "amount": said.amount if said else None,
        "hours": said.hours if said else None,
        "condition": said.condition if said else None,
        "version": place.answer.version if place.answer is not None else None,
        "stands": asked.stands(place),
    }


def _ballot(ballot: Ballot) -> dict[str, Any]:
    choices = {str(option): ballot.choices[option] for option in sorted(ballot.choices)}
    return {"voter": ballot.voter.name, "choices": choices}
