"""What the material for a body wants to have written: the fields that its template names.

Fields that the record itself fills are not asked for. The organisation's own template may name any
other, and those are asked for in chat; which they are is kept in the database, since the template
lies with the one who exports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.language import _
from storage.queries import need_material as queries

USUAL = ("summary", "background", "proposal", "economy")
"""The parts of a tjänsteskrivelse that somebody has to write."""


@dataclass(frozen=True)
class Field:
    """A part that somebody writes: its name in the template, and what people call it."""

    name: str
    label: str


def field_named(name: str) -> Field:
    """The field with what it is called; the organisation's own are called by their names."""
    match name:
        case "summary":
            return Field(name, _("Ärendet i korthet"))
        case "background":
            return Field(name, _("Bakgrund"))
        case "proposal":
            return Field(name, _("Förslag till beslut"))
        case "economy":
            return Field(name, _("Ekonomiska konsekvenser"))
        case _:
            words = name.replace("_", " ").strip()
            return Field(name, words[:1].upper() + words[1:])


async def wanted_fields(db: AsyncConnection) -> tuple[Field, ...]:
    """The fields that are asked for, in the template's order."""
    names = await queries.fields_of_template(db)
    return tuple(field_named(name) for name in (USUAL if names is None else names))


async def remember_fields(db: AsyncConnection, names: Sequence[str]) -> None:
    """Keep which fields the template in force names; nothing is written when they are the same."""
    before = await queries.fields_of_template(db)
    if tuple(before if before is not None else USUAL) != tuple(names):
        await queries.keep_fields_of_template(db, names)


def missing(fields: Sequence[Field], texts: Mapping[str, str]) -> tuple[Field, ...]:
    """Fields that nobody has written."""
    return tuple(each for each in fields if not texts.get(each.name, "").strip())
