"""What whoever runs a poll does with it: change, add to, nudge, extend, close, reopen, cancel."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.people import PersonId
from bot.polls.changing import (
    AnsweredAlready,
    NotPossible,
    NotYours,
    held,
    stepped,
    stepped_by_time,
    written,
)
from bot.polls.co_financing import Proposal
from bot.polls.cost_sharing import Sharer
from bot.polls.mandates import kind_for, mandates
from bot.polls.outcome import close_and_seal, seal
from bot.polls.poll import Kind, Option, Poll, Secrecy, State
from bot.polls.reading import co_financing_of, poll_by_number, proposal_of, voters_of
from bot.polls.rights import may_vote, runs
from bot.polls.starting import Choice, write_options, write_proposal
from storage.queries import poll_changes as queries
from storage.queries.bodies import add_meeting

_LIVING = (State.PLANNED, State.OPEN)


async def _run(db: AsyncConnection, by: By, poll: Poll, states: Sequence[State]) -> Poll:
    """The poll, held, when the person runs it and it is in one of those states."""
    now = await held(db, poll)
    if not runs(by.person, now):
        raise NotYours
    if now.state not in states:
        raise NotPossible(now)
    return now


async def change_proposal(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    proposal: Proposal,
    parts: Sequence[Sharer],
    reason: str,
) -> Poll:
    """Write another proposal: earlier answers stay, to be confirmed. The same again changes
    nothing. NotYours, NotPossible, CannotShare."""
    now = await _run(db, by, poll, _LIVING)
    before = await proposal_of(db, now, now.version)
    places = (await co_financing_of(db, now)).places
    same_parts = {each.municipality: each.weight for each in places} == {
        each.id: each.weight for each in parts
    }
    if proposal == before and same_parts:
        return now
    version = now.version + 1
    await queries.change_poll(db, now.id, {"version": version})
    await queries.municipalities_take_part(db, now.id, [each.id for each in parts])
    await write_proposal(db, by, now.id, version, proposal, parts)
    changes = _differences(before, proposal)
    joined = {each.id for each in parts} - {each.municipality for each in places}
    left = {each.municipality for each in places} - {each.id for each in parts}
    if joined or left:
        changes["municipalities"] = [sorted(left), sorted(joined)]
    return await written(db, by, now, "proposal_changed", reason=reason, changes=changes)


def _differences(before: Proposal, after: Proposal) -> dict[str, Any]:
    """Field to [before, after], as the history keeps it."""
    then, now = _as_told(before), _as_told(after)
    return {name: [then[name], now[name]] for name in now if then[name] != now[name]}


def _as_told(proposal: Proposal) -> dict[str, Any]:
    return {
        "purpose": proposal.purpose,
        "total": proposal.total,
        "funded": proposal.funded,
        "asked": proposal.asked,
        "sharing_key": proposal.key.kind.value,
        "equal_percent": proposal.key.equal_percent,
        "pays": proposal.pays,
        "hourly_rate": proposal.hourly_rate,
    }


async def change_text(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    *,
    title: str,
    description: str | None,
    link: str | None,
) -> Poll:
    """Mend the words; logged with before and after. NotYours, NotPossible."""
    now = await _run(db, by, poll, _LIVING)
    after = {"title": title, "description": description, "link": link}
    before = {"title": now.title, "description": now.description, "link": now.link}
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changes:
        return now
    return await written(db, by, now, "text_changed", values=after, changes=changes)


async def change_options(
    db: AsyncConnection, by: By, poll: Poll, choices: Sequence[Choice]
) -> Poll:
    """Write other options; AnsweredAlready once a ballot is in. NotYours; NotPossible when they are
    more than it holds."""
    now = await _run(db, by, poll, _LIVING)
    if len(choices) > now.most_options:
        raise NotPossible(now)
    if await queries.has_ballot(db, now.id):
        raise AnsweredAlready
    before = [each.label for each in now.options]
    await queries.forget_options(db, now.id)
    await write_options(db, by, now.id, choices)
    changes = {"options": [before, [each.label for each in choices]]}
    return await written(db, by, now, "options_changed", changes=changes)


async def add_option(db: AsyncConnection, by: By, poll: Poll, choice: Choice) -> Poll:
    """Add a line: whoever runs the poll, or where it lets voters, whoever casts a vote in it.

    NotYours; NotPossible when it is over, full, of a kind that has no such lines, or when a line
    says the same.
    """
    now = await held(db, poll)
    if not (runs(by.person, now) or (now.may_add and await _votes(db, by, now))):
        raise NotYours
    twice = any(each.label.casefold() == choice.label.casefold() for each in now.options)
    lines = now.kind in (Kind.PRIORITY, Kind.QUESTION)
    full = len(now.options) >= now.most_options
    if now.state not in _LIVING or not lines or full or twice:
        raise NotPossible(now)
    after = max((each.position for each in now.options), default=0)
    await write_options(db, by, now.id, [choice], after=after)
    return await written(db, by, now, "option_added", changes={"options": [None, choice.label]})


async def _votes(db: AsyncConnection, by: By, poll: Poll) -> bool:
    """Whether the person casts a vote: their own, or that of a municipality that takes part."""
    if poll.voters == "person":
        return may_vote(by.person, poll)
    held = await mandates(db, kind_for(poll), in_stockholm(by.now).date())
    theirs = held.answers_for(by.person.id)
    return any(e.takes_part and e.organisation in theirs for e in await voters_of(db, poll))


async def nudge(
    db: AsyncConnection, by: By, poll: Poll, words: str, people: Sequence[PersonId]
) -> Poll:
    """Log that these people were nudged, in those words. NotYours, NotPossible."""
    now = await _run(db, by, poll, (State.OPEN,))
    secret = now.secrecy is Secrecy.ALWAYS
    changes = {"number": len(people)} if secret else {"people": sorted(people)}
    return await written(db, by, now, "nudged", reason=words, changes=changes)


async def extend(db: AsyncConnection, by: By, poll: Poll, closes_at: datetime, reason: str) -> Poll:
    """Let it close later. NotYours; NotPossible when that is not later."""
    now = await _run(db, by, poll, _LIVING)
    if closes_at <= max(now.closes_at, by.now):
        raise NotPossible(now)
    changes = {"closes_at": [now.closes_at.isoformat(), closes_at.isoformat()]}
    values = {"closes_at": closes_at}
    return await written(db, by, now, "extended", values=values, reason=reason, changes=changes)


async def close(db: AsyncConnection, by: By, poll: Poll) -> Poll:
    """Close the poll before its time, and seal what it shows. NotYours, NotPossible."""
    now = await _run(db, by, poll, (State.OPEN,))
    return await close_and_seal(db, by, now)


async def close_by_time(db: AsyncConnection, poll_id: int, now: datetime) -> Poll | None:
    """Close and seal the poll when its time has passed; None when it is not open any more."""
    return await _by_time(db, poll_id, now, State.OPEN, State.CLOSED)


async def open_by_time(db: AsyncConnection, poll_id: int, now: datetime) -> Poll | None:
    """Open a planned poll whose time has come; None when it is not planned any more."""
    return await _by_time(db, poll_id, now, State.PLANNED, State.OPEN)


async def _by_time(
    db: AsyncConnection, poll_id: int, now: datetime, before: State, after: State
) -> Poll | None:
    row = await queries.hold_poll(db, poll_id)
    if row is None or row["state"] != before.value:
        return None
    poll = await poll_by_number(db, poll_id)
    assert poll is not None
    if now < (poll.closes_at if after is State.CLOSED else poll.opens_at):
        return None
    await queries.change_poll(db, poll_id, {"state": after.value, "state_since": now})
    kind = "closed" if after is State.CLOSED else "opened"
    await stepped_by_time(db, poll_id, kind, now)
    changed = await poll_by_number(db, poll_id)
    if changed is not None and after is State.CLOSED:
        await seal(db, changed, now)
    return changed


async def reopen(db: AsyncConnection, by: By, poll: Poll, closes_at: datetime, reason: str) -> Poll:
    """Open a closed poll again until later; its seal stays in the history.

    NotYours; NotPossible when it stays secret and its result may have been seen, when its decision
    is recorded, when it has become formal, or when that is not later than now.
    """
    now = await _run(db, by, poll, (State.CLOSED,))
    if closes_at <= by.now or not now.may_reopen:
        raise NotPossible(now)
    values = {"state": State.OPEN.value, "state_since": by.now, "closes_at": closes_at}
    changes = {"closes_at": [now.closes_at.isoformat(), closes_at.isoformat()]}
    return await written(db, by, now, "reopened", values=values, reason=reason, changes=changes)


async def cancel(db: AsyncConnection, by: By, poll: Poll, reason: str) -> Poll:
    """Cancel a poll that is not closed; its answers stay. NotYours, NotPossible."""
    now = await _run(db, by, poll, _LIVING)
    values = {"state": State.CANCELLED.value, "state_since": by.now}
    return await written(db, by, now, "cancelled", values=values, reason=reason)


async def choose_date(db: AsyncConnection, by: By, poll: Poll, option: Option) -> tuple[Poll, bool]:
    """Let that time be the one: the poll closes unless it has, and the meeting goes into the body's
    calendar; False beside it when the body meets that day already. NotYours; NotPossible also when
    one is chosen."""
    now = await _run(db, by, poll, (State.OPEN, State.CLOSED))
    if not now.awaits_date:
        raise NotPossible(now)
    if option.starts_at is None or option.ends_at is None or now.body is None:
        raise NotPossible(now)
    begins, ends = in_stockholm(option.starts_at), in_stockholm(option.ends_at)
    added = await add_meeting(
        db,
        body_id=now.body,
        title=now.title,
        held_on=begins.date(),
        starts_at=begins.time(),
        ends_at=ends.time(),
    )
    changes = {"date": [None, option.starts_at.isoformat()]}
    if now.is_open:
        await stepped(db, by, now.id, "date_chosen", changes=changes)
        return await close(db, by, now), added
    return await written(db, by, now, "date_chosen", changes=changes), added
