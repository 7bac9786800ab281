"""Answering a co-financing poll: one answer that stands for each municipality."""

from typing import Literal

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.changing import NotPossible, NotYours
from bot.polls.co_financing import AnswerKind, Heard, Proposal, Said
from bot.polls.mandates import Mandates
from bot.polls.poll import Poll
from bot.polls.reading import poll_by_number
from bot.polls.rights import may_answer_for, may_record, may_suggest_for
from storage.queries import co_financing as queries
from storage.queries.reminders import answered


class ProposalChanged(Exception):
    """The proposal is another than the one that was answered; `poll` is as it is now."""

    def __init__(self, poll: Poll) -> None:
        super().__init__(f"poll {poll.id}")
        self.poll = poll


def as_said(proposal: Proposal, said: Said, share: Kronor, pays: Literal["money", "time"]) -> Said:
    """The answer with its amount and hours: a plain yes is the share; own time is hours at the
    proposal's rate, full hours that are worth at least the amount of a plain yes."""
    match said.kind:
        case AnswerKind.YES:
            hours = proposal.hours(share) if pays == "time" else None
            return Said(said.kind, share, hours or None, None, said.comment)
        case AnswerKind.OTHERWISE:
            rate = proposal.hourly_rate
            worth = Kronor(said.hours * rate) if said.hours and rate else said.amount
            hours = said.hours or None
            return Said(said.kind, worth or Kronor(0), hours, said.condition, said.comment)
        case AnswerKind.POLITICAL:
            return Said(said.kind, comment=said.comment, expected_on=said.expected_on)
        case _:
            return Said(said.kind, comment=said.comment)


async def answer(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    municipality: OrganisationId,
    said: Said,
    mandates: Mandates,
) -> int:
    """Let it stand as the municipality's answer to the proposal in `poll.version`; its key.

    Judged by the mandates of the day. NotYours; NotPossible when the poll takes no answers now;
    ProposalChanged when another proposal has come meanwhile.
    """
    place = await _held(db, by, poll, municipality)
    if not may_answer_for(by.person, municipality, mandates):
        raise NotYours
    key = await _write(db, by, poll, place, said, "answer")
    await answered(db, by.person.id, [f"poll:{poll.id}"], "done", by.now)
    return key


async def suggest(
    db: AsyncConnection, by: By, poll: Poll, municipality: OrganisationId, said: Said
) -> int:
    """Keep it as a suggestion for whoever has the municipality's mandate; as `answer`."""
    place = await _held(db, by, poll, municipality)
    if not may_suggest_for(by.person, municipality):
        raise NotYours
    return await _write(db, by, poll, place, said, "suggest")


async def record(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    municipality: OrganisationId,
    said: Said,
    heard: Heard,
) -> int:
    """Let it stand as the municipality's answer, given by phone, e-mail or at a meeting.

    Whoever has mandate may correct it. As `answer`.
    """
    place = await _held(db, by, poll, municipality)
    if not may_record(by.person):
        raise NotYours
    return await _write(db, by, poll, place, said, "record_answer", heard)


async def _held(
    db: AsyncConnection, by: By, poll: Poll, municipality: OrganisationId
) -> RowMapping:
    """The municipality's place, held; judged by the poll as it is then."""
    place = await queries.hold_place(db, poll.id, municipality)
    if place is None or not place["takes_part"]:
        raise NotYours
    open_now = place["state"] == "open" and place["opens_at"] <= by.now < place["closes_at"]
    if not open_now:
        raise NotPossible(await poll_by_number(db, poll.id) or poll)
    if place["version"] != poll.version:
        raise ProposalChanged(await poll_by_number(db, poll.id) or poll)
    return place


async def _write(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    place: RowMapping,
    said: Said,
    action: Literal["answer", "suggest", "record_answer"],
    heard: Heard | None = None,
) -> int:
    return await queries.write_answer(
        db,
        {
            "voter_id": place["voter_id"],
            "poll_id": poll.id,
            "version": poll.version,
            "suggestion": action == "suggest",
            "kind": said.kind.value,
            "amount": said.amount,
            "hours": said.hours,
            "condition": said.condition,
            "comment": said.comment,
            "expected_on": said.expected_on,
            "person_id": by.person.id,
            "now": by.now,
            "heard_by": heard.how if heard else None,
            "said_by": heard.said_by if heard else None,
            "said_on": heard.said_on if heard else None,
            "platform": by.platform,
            "action": action,
        },
    )
