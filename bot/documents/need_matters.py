"""The needs at a stage as matters for a meeting, and asking in chat for what they lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.needs.material_form import material_lacks
from bot.documents.need_values import Matter
from bot.needs.material import Field, missing
from bot.needs.need import Need
from bot.needs.preparing import texts_of
from bot.needs.reading import needs_at, steps_of
from bot.needs.stages import AT, WRITTEN_AT, Stage
from bot.outbox import Outbox, ToPerson
from bot.people import PersonId
from bot.plan import Plan
from storage.queries import need_material as queries
from storage.queries import schedule


@dataclass(frozen=True)
class Fetched:
    """Who fetches material, when and from where; `person_id` None at the command line."""

    person_id: PersonId | None
    actor: str
    at: datetime
    source: str


async def matters_at(db: AsyncConnection, stage: Stage, today: date) -> list[Matter]:
    """Every live need at the stage, the oldest number first, with the body's next meeting."""
    body = AT.get(stage)
    meeting = await bodies.next_meeting(db, body, today) if body else None
    return [
        Matter(
            need,
            await steps_of(db, need.id, most=None),
            await texts_of(db, need.id),
            meeting,
        )
        for need in await needs_at(db, stage)
    ]


async def write_fetched(
    db: AsyncConnection, matters: Sequence[Matter], by: Fetched, files: Sequence[str]
) -> None:
    """Keep that somebody fetched the material of these needs, and as which kinds of files."""
    values = {
        "at": by.at,
        "person_id": by.person_id,
        "actor": by.actor,
        "files": list(files),
        "source": by.source,
        "need_ids": [each.need.id for each in matters],
    }
    await queries.write_fetched(db, values)


async def ask_for_missing(
    db: AsyncConnection,
    plan: Plan,
    matters: Sequence[Matter],
    fields: Sequence[Field],
    now: datetime,
) -> list[Need]:
    """Ask each preparer in chat for what is missing, once for each stage and set of fields.

    The chef is asked where nobody prepares it; nobody before a need is prepared or when it is
    decided or rests. The needs that were asked about now.
    """
    asked: list[Need] = []
    outbox = Outbox(plan.languages)
    for matter in matters:
        left = missing(fields, matter.texts) if matter.need.stage in WRITTEN_AT else ()
        if not left or not await _first_time(db, matter, left, now):
            continue
        for person in await _who_writes(db, matter.need, now):
            outbox.say(
                ToPerson(person), lambda need=matter.need, left=left: material_lacks(need, left)
            )
        asked.append(matter.need)
    await outbox.flush(db)
    return asked


async def _first_time(
    db: AsyncConnection, matter: Matter, left: Sequence[Field], now: datetime
) -> bool:
    names = ",".join(sorted(each.name for each in left))
    period = f"{matter.need.stage.value}:{sha256(names.encode()).hexdigest()[:12]}"
    return await schedule.claim(db, "need_material", str(matter.need.id), period, now)


async def _who_writes(db: AsyncConnection, need: Need, now: datetime) -> list[PersonId]:
    if need.preparer is not None:
        return [need.preparer.id]
    chef = await bodies.holders(db, "manager", in_stockholm(now).date())
    return [each.id for each in chef]
