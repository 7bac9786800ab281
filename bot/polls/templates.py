"""Polls that come again, kept as what their form holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.needs.rights import leads
from bot.polls.changing import NotYours
from bot.polls.poll import Kind
from storage.queries import poll_changes
from storage.queries import polls as queries
from storage.queries.needs import audit_thing


class NameTaken(Exception):
    """Another template has that name."""


@dataclass(frozen=True)
class Template:
    """A poll to begin from: `said` is what its form's fields hold."""

    id: int
    name: str
    kind: Kind
    said: Mapping[str, Any]
    made_by: str
    made_at: datetime


async def templates(db: AsyncConnection) -> list[Template]:
    """Every template, by name."""
    return [
        Template(
            row["id"],
            row["name"],
            Kind(row["kind"]),
            row["said"],
            row["made_by_name"],
            row["made_at"],
        )
        for row in await queries.poll_templates(db)
    ]


async def template(db: AsyncConnection, template_id: int) -> Template | None:
    """The template with that key."""
    return next((each for each in await templates(db) if each.id == template_id), None)


async def keep_template(
    db: AsyncConnection, by: By, name: str, kind: Kind, said: Mapping[str, Any]
) -> int:
    """Keep a poll as a template; its key. NotYours but for those who start such; NameTaken."""
    if not leads(by.person):
        raise NotYours
    row = {
        "name": name,
        "kind": kind.value,
        "said": dict(said),
        "made_by": by.person.id,
        "made_at": by.now,
    }
    try:
        async with db.begin_nested():
            key = await poll_changes.add_template(db, row)
    except IntegrityError:
        raise NameTaken from None
    await _audit(db, by, "keep_template", key)
    return key


async def take_away(db: AsyncConnection, by: By, template_id: int) -> bool:
    """Take a template away; False when there is none. NotYours."""
    if not leads(by.person):
        raise NotYours
    gone = await poll_changes.forget_template(db, template_id, by.now)
    if gone:
        await _audit(db, by, "take_away_template", template_id)
    return gone


async def _audit(db: AsyncConnection, by: By, action: str, template_id: int) -> None:
    await audit_thing(
        db,
        action=action,
        thing="poll_template",
        thing_id=template_id,
        fields=["said"],
        person_id=by.person.id,
        at=by.now,
        source=by.platform,
    )
