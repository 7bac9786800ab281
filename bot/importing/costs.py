"""Importing what things have cost, from the accounts; what was read before is not read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.importing.cells import Cells, twice
from bot.importing.directory import By
from bot.importing.outcome import Outcome
from bot.importing.tables import Row, read_table
from bot.language import _, kronor
from bot.money.reading_cost import LONGEST_NAME, LONGEST_REFERENCE
from bot.needs.rights import records
from bot.people import PersonId, read_person
from storage.queries import money as queries
from storage.queries.people import person_by_email

COST_COLUMNS = ("Kod", "Datum", "Belopp", "Text", "Verifikat")
_NONE: Mapping[str, int] = {}
_MINUS = ("-", "–", "−")


class NobodyAnswers(Exception):
    """The address is of nobody who keeps the record, so nobody answers for the figures."""


@dataclass(frozen=True)
class _Read:
    """A row as it is kept: of an activity, or of a resource of the day's year."""

    row: int
    activity: int | None
    resource: int | None
    spent_on: date
    amount: int
    name: str
    reference: str


async def import_costs(db: AsyncConnection, path: Path, by: By, who: str) -> Outcome:
    """The file's costs, entered by whoever has the address `who` (chef or federation staff).

    A number in the accounts that is entered already counts once: the same again is unchanged, and
    another amount under it is a fault. A credit is below zero. NobodyAnswers; Unreadable for no
    table.
    """
    person = await person_by_email(db, who, in_stockholm(by.now).date())
    if person is None or not records(read_person(person)):
        raise NobodyAnswers(who)
    outcome = Outcome()
    rows = read_table(path, COST_COLUMNS, outcome)
    if outcome.faults:
        return outcome
    twice(rows, "Verifikat", outcome)
    read = await _read_all(db, rows, outcome)
    known = {
        row["reference"].lower(): row
        for row in await queries.costs_with_references(db, [each.reference for each in read])
    }
    for each in read:
        _judge_again(each, known, outcome)
    if outcome.faults:
        return outcome
    for each in read:
        if each.reference.lower() in known:
            outcome.unchanged += 1
        else:
            await _enter(db, each, by, PersonId(person["id"]), outcome)
    return outcome


async def _read_all(db: AsyncConnection, rows: list[Row], outcome: Outcome) -> list[_Read]:
    activities = await queries.activities_by_code(db)
    resources: dict[int, Mapping[str, int]] = {}
    read: list[_Read] = []
    for row in rows:
        cells = Cells(row, outcome)
        day = cells.day("Datum")
        if day is not None and day.year not in resources:
            found = await queries.resources_of_year(db, day.year)
            resources[day.year] = {each["name"].casefold(): each["id"] for each in found}
        one = _read(cells, day, activities, resources[day.year] if day is not None else _NONE)
        if one is not None:
            read.append(one)
    return read


def _read(
    cells: Cells, day: date | None, activities: Mapping[str, int], resources: Mapping[str, int]
) -> _Read | None:
    code = cells.text("Kod", most=LONGEST_NAME)
    activity, resource = activities.get(code.upper()), resources.get(code.casefold())
    if code and activity is None and resource is None:
        wish = _("en aktivitets kod, eller en resurs som den heter det året")
        cells.fault("Kod", _("är okänd"), wish)
    amount = _amount(cells)
    name = cells.text("Text", most=LONGEST_NAME)
    reference = cells.text("Verifikat", most=LONGEST_REFERENCE)
    if not cells.sound or day is None or amount is None:
        return None
    of_resource = resource if activity is None else None
    return _Read(cells.row.number, activity, of_resource, day, amount, name, reference)


def _amount(cells: Cells) -> int | None:
    """The amount; a credit has a minus before or after it, as accounts write it."""
    words = cells.row["Belopp"].strip()
    below = words.startswith(_MINUS) or words.endswith(_MINUS)
    bare = words.strip("".join(_MINUS)).strip()
    amount = cells.amount("Belopp") if not bare else cells.amount_in("Belopp", bare)
    if amount == 0:
        cells.fault("Belopp", _("är noll kronor"), _("ett belopp, eller ta bort raden"))
    if amount is None:
        return None
    return -amount if below else amount


def _judge_again(each: _Read, known: Mapping[str, RowMapping], outcome: Outcome) -> None:
    """A fault when the number is entered with another amount, or on something else."""
    before = known.get(each.reference.lower())
    if before is None:
        return
    was = (before["activity_id"], before["resource_id"], before["amount"])
    if was != (each.activity, each.resource, each.amount):
        cells = Cells(Row(each.row, {"Verifikat": each.reference}), outcome)
        problem = _("är redan bokfört med {amount}", amount=kronor(before["amount"]))
        cells.fault("Verifikat", problem, _("ett annat nummer, eller rätta i chatten"))


async def _enter(
    db: AsyncConnection, each: _Read, by: By, person: PersonId, outcome: Outcome
) -> None:
    await queries.enter_cost(
        db,
        {
            "activity_id": each.activity,
            "resource_id": each.resource,
            "spent_on": each.spent_on,
            "amount": each.amount,
            "name": each.name,
            "reference": each.reference,
            "entered_by": person,
            "now": by.now,
            "person_id": None,
            "actor": by.actor,
            "action": "import",
            "fields": ["amount", "name", "spent_on"],
            "source": "import",
        },
    )
    outcome.new += 1
    amount = kronor(each.amount)
    outcome.lines.append(
        _("Ny: {name} {amount} ({number})", name=each.name, amount=amount, number=each.reference)
    )
