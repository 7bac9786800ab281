"""What every change of a poll stands on: held, read again, judged, and written with its step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.polls.poll import Poll
from bot.polls.reading import poll_by_number
from storage.queries import poll_changes as queries


class NotYours(Exception):
    """The person may not do that with the poll."""


class NotPossible(Exception):
    """It cannot be done with the poll as it is now; `poll` is as it was read when held."""

    def __init__(self, poll: Poll) -> None:
        super().__init__(f"poll {poll.id}")
        self.poll = poll


class AnsweredAlready(Exception):
    """A ballot is in, so that cannot be changed any more."""


async def held(db: AsyncConnection, poll: Poll) -> Poll:
    """The poll as it is now, held until the transaction ends: nobody answers meanwhile."""
    await queries.hold_poll(db, poll.id)
    now = await poll_by_number(db, poll.id)
    return now if now is not None else poll


async def written(
    db: AsyncConnection,
    by: By,
    poll: Poll,
    kind: str,
    *,
    values: Mapping[str, Any] | None = None,
    reason: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Poll:
    """Write columns of the poll and the step that changed them; the poll as it is then."""
    await queries.change_poll(db, poll.id, values or {})
    await stepped(db, by, poll.id, kind, reason=reason, changes=changes, fields=values or ())
    now = await poll_by_number(db, poll.id)
    return now if now is not None else poll


async def stepped(
    db: AsyncConnection,
    by: By,
    poll_id: int,
    kind: str,
    *,
    reason: str | None = None,
    changes: Mapping[str, Any] | None = None,
    fields: Mapping[str, Any] | tuple[str, ...] = (),
) -> None:
    """Write a step and its audit line."""
    await queries.write_poll_step(
        db,
        {
            "poll_id": poll_id,
            "person_id": by.person.id,
            "now": by.now,
            "kind": kind,
            "reason": reason,
            "changes": changes,
            "platform": by.platform,
        },
        sorted(fields),
    )


async def stepped_by_time(db: AsyncConnection, poll_id: int, kind: str, now: datetime) -> None:
    """Write a step that nobody took: its hour had come."""
    values = {"poll_id": poll_id, "person_id": None, "now": now, "kind": kind}
    await queries.write_poll_step(db, {**values, "platform": "samspel"}, ["state"])
