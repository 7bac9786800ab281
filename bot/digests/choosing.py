"""What is chosen for each reader's digests: how often, which sections, and pauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.digests.period import Due, Reader
from storage.queries import digest_settings as queries

EVERY_WEEK, EVERY_MONTH, OFF = "weekly", "monthly", "off"
RHYTHMS = (EVERY_WEEK, EVERY_MONTH, OFF)
"""How often a network may get one."""


@dataclass(frozen=True)
class Choice:
    """What is chosen for one reader; nothing, unless somebody has.

    `since`: when the rhythm was chosen. `paused_until`: the first day when one may come again.
    """

    rhythm: str = OFF
    since: datetime | None = None
    before_meetings: bool = False
    sections: tuple[str, ...] | None = None
    paused_until: date | None = None

    def rests(self, due: Due) -> bool:
        """Whether a digest that is due then falls in a pause."""
        return self.paused_until is not None and _day(due) < self.paused_until


NOTHING = Choice()


async def choices(db: AsyncConnection) -> Mapping[str, Choice]:
    """Every reader's, by `str(reader)`; those who have chosen nothing are left out."""
    return {row["audience"]: _read(row) for row in await queries.all_chosen(db)}


async def choice_of(db: AsyncConnection, reader: Reader) -> Choice:
    """One reader's."""
    row = await queries.chosen_for(db, str(reader))
    return _read(row) if row is not None else NOTHING


async def choose(db: AsyncConnection, by: By, reader: Reader, values: Mapping[str, Any]) -> None:
    """Change some of what is chosen; `values` by column of `digest_settings`."""
    await queries.choose(
        db,
        str(reader),
        values,
        of=reader.of,
        person_id=by.person.id,
        now=by.now,
        platform=by.platform,
    )


def _day(due: Due) -> date:
    return in_stockholm(due.at).date()


def _read(row: RowMapping) -> Choice:
    return Choice(
        rhythm=row["rhythm"] or OFF,
        since=row["rhythm_since"],
        before_meetings=row["before_meetings"],
        sections=tuple(row["sections"]) if row["sections"] is not None else None,
        paused_until=row["paused_until"],
    )
