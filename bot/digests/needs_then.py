"""Needs and assignments as they were at a digest's cut-off, however late it is made."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.assignment import Assignment, ToNetwork
from bot.assignments.changing import all_have_answered
from bot.assignments.reading import assignments_by_id, may_be_asked
from bot.assignments.resources import Lacking, lacking
from bot.assignments.states import PartState, State, state_of
from bot.clock import in_stockholm
from bot.needs.need import NeedStep
from bot.needs.reading import read_step
from bot.needs.stages import WAY, Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import Contact
from storage.queries import digest_needs as queries


@dataclass(frozen=True)
class NeedThen:
    """A need at the cut-off. `marked`: it was withdrawn or merged. `steps`: those since the digest
    before, oldest first. `own`: the reader registered it."""

    id: int
    title: str
    stage: Stage
    registered_by: str
    organisation: OrganisationId | None
    registered_at: datetime
    last_step_at: datetime
    marked: bool = False
    preparer: str = ""
    prepare_by: date | None = None
    steps: tuple[NeedStep, ...] = ()
    registered_by_id: PersonId | None = None
    preparer_id: PersonId | None = None
    network: BodyId | None = None
    own: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it was on its way."""
        return self.stage in WAY and not self.marked


@dataclass(frozen=True)
class Assignments:
    """Assignments at the cut-off: how many were late, and waited for an answer, those that
    nobody had time for, and all that were not over."""

    late: int = 0
    unanswered: int = 0
    lacking: tuple[Lacking, ...] = ()
    standing: tuple[Assignment, ...] = ()

    def those(self, concern: Callable[[Assignment], bool], today: date) -> "Assignments":
        """Only those that concern somebody."""
        kept = tuple(each for each in self.standing if concern(each))
        return Assignments(
            *_counted(kept, today),
            lacking=tuple(each for each in self.lacking if concern(each.assignment)),
            standing=kept,
        )


def _counted(standing: Sequence[Assignment], today: date) -> tuple[int, int]:
    """How many are late, and how many wait for an answer."""
    late = sum(each.is_late(today) for each in standing)
    return late, sum(each.stands(today) is State.OPEN for each in standing)


async def needs_then(
    db: AsyncConnection, covers_from: datetime, cut_off: datetime
) -> tuple[NeedThen, ...]:
    """Needs on their way at the cut-off, and those to which something happened since the other."""
    steps: defaultdict[int, list[NeedStep]] = defaultdict(list)
    for row in await queries.steps_between(db, covers_from, cut_off):
        steps[row["need_id"]].append(read_step(row))
    found = await queries.needs_at(db, covers_from, cut_off)
    return tuple(_need(row, steps[row["id"]]) for row in found)


def _need(row: RowMapping, steps: Sequence[NeedStep]) -> NeedThen:
    return NeedThen(
        id=row["id"],
        title=row["title"],
        stage=Stage(row["stage"]),
        registered_by=row["registrant_name"],
        organisation=row["organisation_id"],
        registered_at=row["registered_at"],
        last_step_at=row["last_step_at"] or row["registered_at"],
        marked=row["marked"],
        preparer=row["preparer_name"] or "",
        prepare_by=row["prepare_by"],
        steps=tuple(steps),
        registered_by_id=row["registered_by"],
        preparer_id=row["preparer_id"],
        network=row["network_id"],
    )


async def assignments_then(db: AsyncConnection, cut_off: datetime) -> Assignments:
    """How assignments stood at the cut-off."""
    today = in_stockholm(cut_off).date()
    standing = await _not_over(db, cut_off)
    unresourced = [each for each in standing if each.stands(today) is State.UNRESOURCED]
    return Assignments(
        *_counted(standing, today),
        lacking=tuple(await lacking(db, unresourced, today)),
        standing=tuple(standing),
    )


async def _not_over(db: AsyncConnection, cut_off: datetime) -> list[Assignment]:
    rows = {row["id"]: row["withdrawn"] for row in await queries.assignments_at(db, cut_off)}
    parts = {row["id"]: row for row in await queries.parts_at(db, list(rows), cut_off)}
    now = await assignments_by_id(db, [key for key, withdrawn in rows.items() if not withdrawn])
    networks = {each.asked.network for each in now.values() if isinstance(each.asked, ToNetwork)}
    today = in_stockholm(cut_off).date()
    members = {one: await may_be_asked(db, one, today) for one in sorted(networks)}
    found = [_then(now[key], parts, members) for key in rows if key in now]
    return [each for each in found if not each.is_over]


def _then(
    now: Assignment,
    parts: Mapping[int, RowMapping],
    members: Mapping[BodyId, Sequence[Contact]],
) -> Assignment:
    """The assignment with its parts, and so its state, as they were."""
    then = replace(
        now,
        parts=tuple(
            replace(
                part,
                state=PartState(parts[part.id]["state"]),
                hours=parts[part.id]["hours"],
                due_on=parts[part.id]["due_on"],
            )
            for part in now.parts
            if part.id in parts
        ),
    )
    network = then.asked.network if isinstance(then.asked, ToNetwork) else None
    state = state_of(
        [part.state for part in then.parts],
        then.wanted,
        withdrawn=False,
        nobody_left=all_have_answered(then, members[network] if network is not None else ()),
    )
    return replace(then, state=state)
