"""What a body decided beside a poll's outcome; accepted pledges become the activity's funding."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.paragraphs import read_paragraph
from bot.people import BodyId, OrganisationId
from bot.plan import ActivityId, Kronor
from bot.polls.changing import NotPossible, NotYours, held, stepped, written
from bot.polls.co_financing import Place
from bot.polls.poll import Kind, Poll, State
from bot.polls.reading import co_financing_of, poll_by_number
from bot.polls.rights import may_record
from storage.queries import poll_changes as queries
from storage.queries.polls import activity_of_need, latest_changes


@dataclass(frozen=True)
class Decided:
    """A decision as it is recorded. `why` is said unless it is as the outcome."""

    body: BodyId
    decided_on: date
    paragraph: str
    verdict: Literal["as_outcome", "otherwise", "declined"]
    record_number: str | None = None
    decision: str | None = None
    why: str | None = None


class NoActivity(Exception):
    """The need that the poll is about has become no activity yet, so nothing can be funded."""


async def record_decision(
    db: AsyncConnection, by: By, poll: Poll, decided: Decided, accepted: Collection[OrganisationId]
) -> Poll:
    """Record what the body decided on a closed poll; a later record takes the place of an earlier.

    The pledges of `accepted` become funding of the activity, those of others no longer are; none
    when it was declined. While the need is no activity yet, they wait (`accept_pledges`).
    NotYours; NotPossible when it is not closed, or decided on a day to come.
    """
    now = await held(db, poll)
    if not may_record(by.person):
        raise NotYours
    to_come = decided.decided_on > in_stockholm(by.now).date()
    if now.state is not State.CLOSED or not now.binding or to_come:
        raise NotPossible(now)
    row = {
        "poll_id": now.id,
        "body_id": decided.body,
        "decided_on": decided.decided_on,
        "paragraph": read_paragraph(decided.paragraph),
        "record_number": decided.record_number,
        "verdict": decided.verdict,
        "decision": decided.decision,
        "why": decided.why,
        "recorded_by": by.person.id,
        "recorded_at": by.now,
    }
    await queries.add_decision(db, row)
    money = now.kind is Kind.CO_FINANCING
    chosen = frozenset(() if decided.verdict == "declined" else accepted)
    changes = {"accepted": sorted(chosen)} if money else None
    written_poll = await written(db, by, now, "decided", reason=decided.why, changes=changes)
    if money:
        try:
            await accept_pledges(db, by, written_poll, chosen)
        except NoActivity:
            return written_poll
    return await poll_by_number(db, now.id) or written_poll


async def accept_pledges(
    db: AsyncConnection, by: By, poll: Poll, accepted: Collection[OrganisationId]
) -> int:
    """Let the pledges of those municipalities, and no others of the poll, be funding lines of its
    activity; how many are new. NotYours; NotPossible without a decision; NoActivity."""
    if not may_record(by.person):
        raise NotYours
    if poll.decision is None:
        raise NotPossible(poll)
    activity = await activity_of(db, poll)
    asked = await co_financing_of(db, poll)
    pledges = [each for each in asked.pledging if each.municipality in accepted]
    answers = [each.answer.id for each in pledges if each.answer is not None]
    gone = await queries.take_back_pledges(db, poll.id, answers)
    added = 0
    for place in pledges:
        added += await queries.write_pledge(db, _line(activity, place))
    if added or gone:
        changes = {"municipalities": sorted(each.municipality for each in pledges)}
        await stepped(db, by, poll.id, "pledges_accepted", changes=changes)
    return added


async def accept_waiting(db: AsyncConnection, by: By, poll: Poll) -> int:
    """Let the pledges that the latest decision accepted be funding, now that the need is an
    activity; as `accept_pledges`."""
    decided = await latest_changes(db, poll.id, "decided")
    accepted = [OrganisationId(one) for one in decided.get("accepted", ())]
    return await accept_pledges(db, by, poll, accepted)


async def activity_of(db: AsyncConnection, poll: Poll) -> ActivityId:
    """The activity that the poll is to fund: its own, or what its need became. NoActivity."""
    if poll.activity_id is not None:
        return poll.activity_id
    found = await activity_of_need(db, poll.need_id) if poll.need_id is not None else None
    if found is None:
        raise NoActivity
    return ActivityId(found)


def _line(activity: ActivityId, place: Place) -> dict[str, object]:
    assert place.answer is not None
    said = place.answer.said
    return {
        "activity_id": activity,
        "answer_id": place.answer.id,
        "source": place.name,
        "kind": "in_kind" if said.hours else "co_financing",
        "amount": said.amount or Kronor(0),
        "organisation_id": place.municipality,
    }
