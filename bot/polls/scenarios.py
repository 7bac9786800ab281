"""What-ifs that are kept beside a co-financing poll; the poll itself is never changed by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.rights import records
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.changing import NotYours
from bot.polls.co_financing import Supposed
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.poll import Poll
from storage.queries import co_financing as queries
from storage.queries.needs import audit_thing


@dataclass(frozen=True)
class Scenario:
    """A what-if that somebody kept."""

    id: int
    name: str
    supposed: Supposed
    made_by: str
    made_at: datetime


async def keep(db: AsyncConnection, by: By, poll: Poll, name: str, supposed: Supposed) -> int:
    """Keep a what-if; its key. NotYours but for those who lead or record."""
    if not records(by.person):
        raise NotYours
    row = {
        "poll_id": poll.id,
        "name": name,
        "supposed": _stored(supposed),
        "made_by": by.person.id,
        "made_at": by.now,
    }
    key = await queries.add_scenario(db, row)
    await audit_thing(
        db,
        action="keep_scenario",
        thing="poll",
        thing_id=poll.id,
        fields=["supposed"],
        person_id=by.person.id,
        at=by.now,
        source=by.platform,
    )
    return key


async def scenarios_of(db: AsyncConnection, poll: Poll) -> list[Scenario]:
    """What-ifs of the poll, the oldest first."""
    return [
        Scenario(
            row["id"], row["name"], _read(row["supposed"]), row["made_by_name"], row["made_at"]
        )
        for row in await queries.scenarios_of(db, poll.id)
    ]


def _stored(supposed: Supposed) -> dict[str, Any]:
    key = supposed.key
    return {
        "without": sorted(supposed.without),
        "asked": supposed.asked,
        "key": [key.kind.value, key.equal_percent] if key is not None else None,
    }


def _read(stored: Mapping[str, Any]) -> Supposed:
    key = stored["key"]
    return Supposed(
        without=frozenset(OrganisationId(one) for one in stored["without"]),
        asked=Kronor(stored["asked"]) if stored["asked"] is not None else None,
        key=Key(SharingKey(key[0]), key[1]) if key else None,
    )
