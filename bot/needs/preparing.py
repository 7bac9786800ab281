"""Working notes of those who prepare a need, and the texts of its material."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.changing import NotYours, held
from bot.needs.need import Need
from bot.needs.rights import may_merge, prepares
from storage.queries import need_supports as queries


async def add_note(db: AsyncConnection, by: By, need: Need, text: str) -> None:
    """Write a working note. NotYours unless the person prepares the need."""
    await queries.add_note(db, {**await _prepared(db, by, need), "text": text})


async def remove_note(db: AsyncConnection, by: By, need: Need, note_id: int) -> bool:
    """Take away one's own note; False when there is none that is not joined to the record."""
    return await queries.remove_note(db, {**await _prepared(db, by, need), "note_id": note_id})


async def join_notes(db: AsyncConnection, by: By, need: Need, notes: Sequence[int]) -> int:
    """Put notes to the record, where everybody reads them; how many that were not there."""
    return await queries.join_notes(db, {**await _prepared(db, by, need), "notes": list(notes)})


async def _prepared(db: AsyncConnection, by: By, need: Need) -> dict[str, object]:
    (now,) = await held(db, need)
    if not prepares(by.person, now):
        raise NotYours
    return _values(by, now)


async def texts_of(db: AsyncConnection, need_id: int) -> dict[str, str]:
    """What is written for the material, by the template's field."""
    return await queries.texts_of(db, need_id)


async def write_texts(
    db: AsyncConnection,
    by: By,
    need: Need,
    texts: Mapping[str, str],
    *,
    begun: datetime | None = None,
) -> dict[str, str]:
    """Write fields of the material; an empty text takes one away. NotYours unless the person
    prepares or records.

    What others have written since the person `begun`, if that is said, stays where it differs:
    those fields are answered with as the others have them.
    """
    (now,) = await held(db, need)
    if not may_merge(by.person, now):
        raise NotYours
    theirs: dict[str, str] = {}
    if begun is not None:
        theirs = await queries.texts_of_others(db, now.id, by.person.id, begun)
    kept = {name: text for name, text in theirs.items() if texts.get(name, "").strip() != text}
    for name, text in texts.items():
        if name not in kept:
            await queries.write_text(db, {**_values(by, now), "name": name, "text": text.strip()})
    return kept


def _values(by: By, need: Need) -> dict[str, object]:
    return {
        "need_id": need.id,
        "person_id": by.person.id,
        "now": by.now,
        "platform": by.platform,
    }
