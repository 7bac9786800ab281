"""Needs read from the database: one, a page of them, their history and who listens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.needs.need import Need, NeedStep, Quote, Support, Wanted, Written
from bot.needs.stages import Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import ActivityId, Contact
from storage.queries import need_steps as step_queries
from storage.queries import need_supports as support_queries
from storage.queries import needs as queries


@dataclass(frozen=True)
class Filter:
    """Which needs are wanted; what is empty does not matter.

    `municipality`: registered by it, about it or supported by it. `concerns`: registered,
    followed, supported or prepared by that person. Both also by way of a need merged into it.
    `still_since`: nothing happened after it.
    """

    area_id: int | None = None
    municipality: OrganisationId | None = None
    stages: frozenset[Stage] = frozenset()
    network: BodyId | None = None
    concerns: PersonId | None = None
    words: str = ""
    live_only: bool = True
    still_since: datetime | None = None


@dataclass(frozen=True)
class Page:
    """Some of the needs that fit, and how many fit in all."""

    needs: tuple[Need, ...]
    total: int


@dataclass(frozen=True)
class Listeners:
    """Who is told of a need's steps."""

    registered_by: frozenset[PersonId]
    followers: frozenset[PersonId]
    supporters: frozenset[PersonId]


async def need_by_id(db: AsyncConnection, need_id: int) -> Need | None:
    """The need with that number."""
    if not 0 < need_id < 2**63:
        return None
    row = await queries.one_need(db, need_id)
    return read_need(row) if row else None


async def needs_by_id(db: AsyncConnection, ids: Sequence[int]) -> list[Need]:
    """The needs with the numbers, in the order that they are named."""
    found = {row["id"]: read_need(row) for row in await queries.some_needs(db, ids)} if ids else {}
    return [found[one] for one in ids if one in found]


async def needs_listed(db: AsyncConnection, wanted: Filter, *, most: int, skip: int = 0) -> Page:
    """A page of the needs that fit, the one with the newest step first."""
    values = _values(wanted)
    rows = await queries.needs_that_fit(db, values, most, skip)
    total = skip + len(rows)
    if len(rows) == most or (skip and not rows):
        total = await queries.count_of_needs(db, values)
    return Page(tuple(read_need(row) for row in rows), total)


async def first_needs(db: AsyncConnection, wanted: Filter, *, most: int) -> tuple[Need, ...]:
    """The needs that fit with the newest steps; how many fit in all is not asked."""
    rows = await queries.needs_that_fit(db, _values(wanted), most, 0)
    return tuple(read_need(row) for row in rows)


async def board_of(
    db: AsyncConnection, wanted: Filter, *, most: int
) -> Mapping[Stage | None, Page]:
    """A page of each stage that has needs that fit; under None those withdrawn or merged."""
    found: dict[Stage | None, list[Need]] = {}
    totals: dict[Stage | None, int] = {}
    for row in await queries.needs_on_board(db, _values(wanted), most):
        need = read_need(row)
        place = need.stage if need.is_live else None
        found.setdefault(place, []).append(need)
        totals[place] = row["number"]
    return {place: Page(tuple(needs), totals[place]) for place, needs in found.items()}


async def needs_at(db: AsyncConnection, stage: Stage) -> list[Need]:
    """Every live need at the stage, the oldest number first."""
    return [read_need(row) for row in await queries.needs_at_stage(db, stage.value)]


def _values(wanted: Filter) -> dict[str, Any]:
    return {
        "area_id": wanted.area_id,
        "municipality": wanted.municipality,
        "stages": sorted(wanted.stages),
        "network": wanted.network,
        "concerns": wanted.concerns,
        "words": wanted.words.strip(),
        "live_only": wanted.live_only,
        "still_since": wanted.still_since,
    }


async def counts_by_stage(db: AsyncConnection) -> dict[Stage, int]:
    """How many live needs there are at each stage."""
    found = await queries.needs_by_stage(db)
    return {stage: found.get(stage.value, 0) for stage in Stage}


async def need_of_turn(db: AsyncConnection, person_id: PersonId, turn_key: str) -> Need | None:
    """The need that the person's line registered."""
    row = await queries.need_of_turn(db, person_id, turn_key)
    return read_need(row) if row else None


async def merged_into_it(db: AsyncConnection, need_id: int) -> list[Need]:
    """Needs that are merged straight into this one."""
    return [read_need(row) for row in await queries.needs_merged_into(db, need_id)]


async def needs_of_activity(db: AsyncConnection, activity_id: ActivityId) -> list[Need]:
    """Needs that became the activity."""
    return [read_need(row) for row in await queries.needs_behind_activity(db, activity_id)]


async def steps_of(
    db: AsyncConnection, need_id: int, *, most: int | None, skip: int = 0
) -> list[NeedStep]:
    """The history of the need and of those merged into it, newest first; None: all of it."""
    return [read_step(row) for row in await step_queries.history_of_need(db, need_id, most, skip)]


async def comments_of(
    db: AsyncConnection, need_id: int, *, most: int, skip: int = 0
) -> list[Written]:
    """Comments on the need and those merged into it, newest first."""
    return [_written(row) for row in await queries.comments_on(db, need_id, most, skip)]


async def notes_of(db: AsyncConnection, need_id: int) -> list[Written]:
    """Working notes, oldest first; only for those who prepare (rights.prepares)."""
    return [_written(row) for row in await support_queries.notes_on(db, need_id)]


async def listeners(db: AsyncConnection, need: Need) -> Listeners:
    """Who registered, follows and supports it, and those merged into it."""
    row = await queries.who_listens(db, need.id)
    return Listeners(
        registered_by=_people(row["registrants"]),
        followers=_people(row["followers"]),
        supporters=_people(row["supporters"]),
    )


async def follows(db: AsyncConnection, need_id: int, person_id: PersonId) -> bool:
    """Whether the person follows the need."""
    return await queries.is_following(db, need_id, person_id)


def _people(ids: Iterable[int] | None) -> frozenset[PersonId]:
    return frozenset(PersonId(one) for one in ids or ())


def _contact(row: RowMapping, who: str, key: str) -> Contact | None:
    if row[key] is None:
        return None
    return Contact(PersonId(row[key]), row[f"{who}_name"], row[f"{who}_email"])


def _stage(value: str | None) -> Stage | None:
    return Stage(value) if value is not None else None


def read_need(row: RowMapping) -> Need:
    """The need in a row of `storage.queries.needs`."""
    registrant = Contact(
        PersonId(row["registered_by"]), row["registrant_name"], row["registrant_email"]
    )
    return Need(
        id=row["id"],
        wanted=_wanted(row),
        area=row["area"],
        registered_by=registrant,
        organisation=row["organisation_id"],
        registered_at=row["registered_at"],
        stage=Stage(row["stage"]),
        stage_since=row["stage_since"],
        rested_from=_stage(row["rested_from"]),
        preparer=_contact(row, "preparer", "preparer_id"),
        prepare_by=row["prepare_by"],
        decided_on=row["decided_on"],
        paragraph=row["paragraph"],
        motivation=row["motivation"],
        withdrawn_at=row["withdrawn_at"],
        merged_into=row["merged_into_id"],
        split_from=row["split_from_id"],
        activity_id=row["activity_id"],
        made_area_id=row["made_area_id"],
        supports=tuple(_support(one) for one in row["supports"] or ()),
        comments=row["comments"],
    )


def _wanted(row: RowMapping) -> Wanted:
    quote = None
    if row["quoted_text"] is not None:
        quote = Quote(row["quoted_text"], row["quoted_author"], row["quoted_link"] or "")
    return Wanted(
        title=row["title"],
        description=row["description"],
        reason=row["reason"],
        area_id=row["focus_area_id"],
        municipalities=frozenset(OrganisationId(one) for one in row["municipalities"] or ()),
        wanted_by=row["wanted_by"],
        cost=row["cost"],
        funding=row["funding"],
        network=row["network_id"],
        quote=quote,
    )


def _support(data: dict[str, Any]) -> Support:
    return Support(
        organisation=OrganisationId(data["organisation_id"]),
        person_id=PersonId(data["person_id"]),
        person_name=data["person_name"],
        at=datetime.fromisoformat(data["supported_at"]),
    )


def read_step(row: RowMapping) -> NeedStep:
    """The step in a row of `storage.queries.need_steps`."""
    return NeedStep(
        id=row["id"],
        need_id=row["need_id"],
        kind=row["kind"],
        person_id=PersonId(row["person_id"]),
        person_name=row["person_name"],
        at=row["taken_at"],
        from_stage=_stage(row["from_stage"]),
        to_stage=_stage(row["to_stage"]),
        body=row["body"],
        met_on=row["met_on"],
        paragraph=row["paragraph"],
        record_number=row["record_number"],
        reason=row["reason"],
        preparer=_contact(row, "preparer", "preparer_id"),
        prepare_by=row["prepare_by"],
        other_need_id=row["other_need_id"],
        takes_back_id=row["takes_back_id"],
        taken_back=row["taken_back"],
        changes=row["changes"] or {},
    )


def _written(row: RowMapping) -> Written:
    return Written(
        id=row["id"],
        person_id=PersonId(row["person_id"]),
        person_name=row["person_name"],
        at=row["at"],
        text=row["text"],
        joined=row.get("joined", True),
    )
