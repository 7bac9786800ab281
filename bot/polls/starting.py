"""Starting a poll: what is asked, of whom, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.people import BodyId, OrganisationId
from bot.plan import ActivityId, Kronor
from bot.polls.changing import NotYours, stepped
from bot.polls.co_financing import Proposal
from bot.polls.cost_sharing import Sharer, SharingKey, shares
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import poll_by_number, sharers
from bot.polls.rights import may_start
from storage.queries import co_financing as money
from storage.queries import poll_changes as queries
from storage.queries.polls import members_on


@dataclass(frozen=True)
class Asked:
    """What all polls say: a title, a longer text, a link, when it opens and closes, who decides.

    `opens_at` None: at once. `body`: whose members vote, or whose channels show it.
    """

    title: str
    closes_at: datetime
    description: str | None = None
    link: str | None = None
    opens_at: datetime | None = None
    activity_id: ActivityId | None = None
    need_id: int | None = None
    body: BodyId | None = None
    secrecy: Secrecy = Secrecy.OPEN
    decider: BodyId | None = None
    decided_by: date | None = None


@dataclass(frozen=True)
class Choice:
    """An option to be: `cost` when a sum is spread, hours when it is a time."""

    label: str
    need_id: int | None = None
    activity_id: ActivityId | None = None
    cost: Kronor | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Rules:
    """How a poll with options is answered and counted. `municipalities`: which vote, when they do;
    every one when it is empty."""

    kind: Kind
    method: Method
    voters: Literal["municipality", "person"] = "person"
    municipalities: frozenset[OrganisationId] = frozenset()
    seats: int = 1
    points: int | None = None
    money: Kronor | None = None
    quorum: int | None = None
    may_add: bool = False


async def start_co_financing(
    db: AsyncConnection,
    by: By,
    asked: Asked,
    proposal: Proposal,
    parts: Sequence[Sharer],
    *,
    binding: bool = True,
    sounding: Poll | None = None,
    turn_key: str | None = None,
) -> Poll:
    """Write the poll with its first proposal and the shares of those who take part.

    NotYours; CannotShare when the key has nothing to count by.
    """
    if not may_start(by.person, Kind.CO_FINANCING):
        raise NotYours
    values = _values(by, asked, turn_key) | {
        "kind": Kind.CO_FINANCING.value,
        "method": Method.PLEDGE.value,
        "voters": "municipality",
        "binding": binding,
        "sounding_id": sounding.id if sounding else None,
    }
    poll_id = await queries.add_poll(db, values)
    await queries.municipalities_take_part(db, poll_id, [each.id for each in parts])
    await write_proposal(db, by, poll_id, 1, proposal, parts)
    await stepped(db, by, poll_id, "started", fields=tuple(sorted(values)))
    return await _started(db, poll_id)


async def write_proposal(
    db: AsyncConnection,
    by: By,
    poll_id: int,
    version: int,
    proposal: Proposal,
    parts: Sequence[Sharer],
) -> None:
    """Write a version of the proposal with each share of it. CannotShare."""
    found = shares(proposal.asked, proposal.key, parts)
    row = {
        "poll_id": poll_id,
        "version": version,
        "purpose": proposal.purpose,
        "total": proposal.total,
        "funded": proposal.funded,
        "asked": proposal.asked,
        "sharing_key": proposal.key.kind.value,
        "equal_percent": proposal.key.equal_percent,
        "pays": proposal.pays,
        "hourly_rate": proposal.hourly_rate,
        "made_by": by.person.id,
        "made_at": by.now,
    }
    rows = [_share(poll_id, version, each, found[each.id]) for each in parts]
    await money.add_proposal(db, row, rows)


def _share(poll_id: int, version: int, sharer: Sharer, amount: Kronor) -> dict[str, Any]:
    return {
        "poll_id": poll_id,
        "version": version,
        "organisation_id": sharer.id,
        "weight": sharer.weight,
        "inhabitants": sharer.inhabitants,
        "counted_on": sharer.counted_on,
        "amount": amount,
    }


async def start_poll(
    db: AsyncConnection,
    by: By,
    asked: Asked,
    rules: Rules,
    choices: Sequence[Choice],
    *,
    turn_key: str | None = None,
) -> Poll:
    """Write a poll with options and those who may vote in it. NotYours."""
    if not may_start(by.person, rules.kind):
        raise NotYours
    values = _values(by, asked, turn_key) | {
        "kind": rules.kind.value,
        "method": rules.method.value,
        "voters": rules.voters,
        "seats": rules.seats,
        "points": rules.points,
        "money": rules.money,
        "quorum": rules.quorum,
        "may_add": rules.may_add,
    }
    poll_id = await queries.add_poll(db, values)
    await write_options(db, by, poll_id, choices)
    today = in_stockholm(by.now).date()
    if rules.voters == "municipality":
        every = {each.id for each, _name in await sharers(db, today)}
        taking = every & rules.municipalities if rules.municipalities else every
        await queries.municipalities_take_part(db, poll_id, sorted(taking))
    elif asked.body is not None:
        people = [row["id"] for row in await members_on(db, asked.body, today)]
        await queries.people_take_part(db, poll_id, people)
    await stepped(db, by, poll_id, "started", fields=tuple(sorted(values)))
    return await _started(db, poll_id)


async def write_options(
    db: AsyncConnection, by: By, poll_id: int, choices: Sequence[Choice], *, after: int = 0
) -> None:
    """Write options in order, behind the first `after`."""
    rows = [
        {
            "poll_id": poll_id,
            "position": position,
            "label": each.label,
            "need_id": each.need_id,
            "activity_id": each.activity_id,
            "cost": each.cost,
            "starts_at": each.starts_at,
            "ends_at": each.ends_at,
            "added_by": by.person.id,
            "added_at": by.now,
        }
        for position, each in enumerate(choices, start=after + 1)
    ]
    await queries.add_options(db, rows)


def _values(by: By, asked: Asked, turn_key: str | None) -> dict[str, Any]:
    later = asked.opens_at is not None and asked.opens_at > by.now
    return {
        "title": asked.title,
        "description": asked.description,
        "link": asked.link,
        "activity_id": asked.activity_id,
        "need_id": asked.need_id,
        "body_id": asked.body,
        "secrecy": asked.secrecy.value,
        "state": "planned" if later else "open",
        "state_since": by.now,
        "opens_at": asked.opens_at if later else by.now,
        "closes_at": asked.closes_at,
        "decider_id": asked.decider,
        "decided_by": asked.decided_by,
        "started_by": by.person.id,
        "started_at": by.now,
        "turn_key": turn_key,
    }


async def _started(db: AsyncConnection, poll_id: int) -> Poll:
    poll = await poll_by_number(db, poll_id)
    assert poll is not None
    return poll


def needs_figures(key: SharingKey) -> bool:
    """Whether the key counts inhabitants."""
    return key in (SharingKey.PER_INHABITANT, SharingKey.MIXED)
