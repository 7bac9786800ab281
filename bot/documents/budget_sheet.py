"""A year's project budget as an Excel workbook: what resources and activities cost, and who pays.

The charter (3.4) asks for it. Amounts are numbers, to be summed; what people typed is text and no
formula.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.money.wording import kind_word, state_heading, state_word
from bot.conversations.needs.wording import capital
from bot.documents.need_values import clean
from bot.language import _
from bot.money.cost import Resource, Spent
from bot.money.overview import STATES, Overview, Pledged, Sums
from bot.money.reading import (
    overview_of,
    resources_of,
    spent_in,
    spent_in_all,
    with_hours_used,
)
from bot.plan import Activity, Plan

Value = str | int | date | None

_WIDE, _NARROW = 45, 15
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
AMOUNT = "# ##0"
K = TypeVar("K")
_DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class Budget:
    """All that the workbook of a year is made of.

    `activities` run or cost something in the year; their budgets and funding are those of their
    whole time. `spent` is of the year, `spent_in_all` of their whole time.
    """

    year: int
    day: date
    overview: Overview
    activities: tuple[Activity, ...]
    resources: Sequence[Resource]
    pledged: Sequence[Pledged]
    spent: Spent
    spent_in_all: Spent

    @property
    def has_outcome(self) -> bool:
        """Whether costs have been entered, so that there is an outcome to show."""
        return bool(self.spent_in_all)


async def gather_budget(db: AsyncConnection, plan: Plan, year: int, today: date) -> Budget:
    """What the year's workbook is made of, as it stands on the day."""
    overview = await overview_of(db, plan, today)
    spent = await spent_in(db, year)
    # The last invoice often comes the year after.
    activities = tuple(
        each
        for each in overview.activities
        if each.starts_on.year <= year <= each.ends_on.year or each.id in spent.activities
    )
    return Budget(
        year=year,
        day=today,
        overview=overview,
        activities=activities,
        resources=await resources_of(db, year),
        pledged=await with_hours_used(db, _of_these(overview.pledged, activities)),
        spent=spent,
        spent_in_all=await spent_in_all(db),
    )


def _of_these(pledged: Iterable[Pledged], activities: Sequence[Activity]) -> list[Pledged]:
    """The same with no pledge but those to the activities."""
    keys = {each.id for each in activities}
    return [
        Pledged(
            each.municipality,
            each.name,
            tuple(one for one in each.pledges if one.activity.id in keys),
        )
        for each in pledged
    ]


def budget_workbook(budget: Budget) -> bytes:
    """The workbook, in the language spoken now."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _sheet(first, _("Sammanställning"), _summary(budget), notes=_notes(budget))
    for name, rows in (
        (_("Resurser"), _resources(budget)),
        (_("Aktiviteter"), _activities(budget)),
        (_("Finansiering"), _funding(budget)),
        (_("Kommuner"), _municipalities(budget)),
    ):
        _sheet(book.create_sheet(), name, rows)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


Rows = list[tuple[Value, ...]]
"""The heading, then a row each; the last one is the sum where the sheet has one."""


def _states() -> tuple[str, ...]:
    return tuple(reversed(STATES))


def _state_headings() -> tuple[str, ...]:
    return tuple(state_heading(each) for each in _states())


def _amounts(sums: Sums) -> tuple[int, ...]:
    return (sums.budget, *(sums.in_state(each) for each in _states()), sums.lacking)


def _outcome_headings(budget: Budget) -> tuple[str, ...]:
    if not budget.has_outcome:
        return ()
    return (_("Utfall {year}", year=budget.year), _("Utfall hela tiden"))


def _outcome(budget: Budget, activities: Iterable[Activity]) -> tuple[int, ...]:
    return _in_year_and_all(budget, lambda spent: spent.activities, [e.id for e in activities])


def _resources_outcome(budget: Budget, resources: Iterable[Resource]) -> tuple[int, ...]:
    """The same of a year's resources, whose invoices may be of the year after too."""
    return _in_year_and_all(budget, lambda spent: spent.resources, [e.id for e in resources])


def _in_year_and_all(
    budget: Budget, kind: Callable[[Spent], Mapping[K, int]], keys: Sequence[K]
) -> tuple[int, ...]:
    if not budget.has_outcome:
        return ()
    found = (kind(budget.spent), kind(budget.spent_in_all))
    return tuple(sum(amounts.get(key, 0) for key in keys) for amounts in found)


def _summary(budget: Budget) -> Rows:
    """A row for resources and one for each focus area, and the sum of them all."""
    rows: Rows = [
        (
            _("Projektbudget {year}", year=budget.year),
            _("Kostnad"),
            *_state_headings(),
            _("Saknas"),
            *_outcome_headings(budget),
        )
    ]
    cost = sum(each.amount for each in budget.resources)
    resources = (cost, 0, 0, 0, cost, 0, *_resources_outcome(budget, budget.resources))
    rows.append((_("Gemensamma resurser"), *resources))
    sums: list[Sequence[int]] = [resources]
    for area in dict.fromkeys(each.area for each in budget.activities):
        within = [each for each in budget.activities if each.area == area]
        amounts = (*_amounts(budget.overview.sums(within)), *_outcome(budget, within))
        rows.append((area, *amounts))
        sums.append(amounts)
    rows.append((_("Sammanlagt"), *(sum(column) for column in zip(*sums, strict=True))))
    return rows


def _notes(budget: Budget) -> list[str]:
    return [
        _("Läget {day}.", day=budget.day.isoformat()),
        _(
            "Aktiviteternas kostnad och finansiering gäller hela deras tid, för dem som pågår "
            "eller har kostat något under året."
        ),
        _("Det som är klart eller slut räknas inte i det som saknas."),
        _("Resurserna räknas som planerade: vem som betalar står på bladet Resurser."),
    ]


def _resources(budget: Budget) -> Rows:
    heading = (_("Resurs"), _("År"), _("Kostnad"), _("Betalas av"))
    rows: Rows = [(*heading, *_outcome_headings(budget))]
    for each in budget.resources:
        spent = _resources_outcome(budget, [each])
        rows.append((each.name, str(each.year), each.amount, each.funded_by, *spent))
    total = sum(each.amount for each in budget.resources)
    spent_on = _resources_outcome(budget, budget.resources)
    rows.append((_("Sammanlagt"), None, total, None, *spent_on))
    return rows


def _activities(budget: Budget) -> Rows:
    rows: Rows = [
        (
            _("Kod"),
            _("Aktivitet"),
            _("Insatsområde"),
            _("Inriktning"),
            _("Start"),
            _("Slut"),
            _("Budget"),
            *_state_headings(),
            _("Saknas"),
            *_outcome_headings(budget),
        )
    ]
    for each in budget.activities:
        amounts = _amounts(budget.overview.sums([each]))
        rows.append(
            (
                each.code,
                each.title,
                each.area,
                each.direction,
                each.starts_on,
                each.ends_on,
                *amounts,
                *_outcome(budget, [each]),
            )
        )
    total = _amounts(budget.overview.sums(budget.activities))
    outcome = _outcome(budget, budget.activities)
    rows.append((_("Sammanlagt"), None, None, None, None, None, *total, *outcome))
    return rows


def _funding(budget: Budget) -> Rows:
    """Every source of every activity; what was rejected stands last and is not in the sum."""
    rows: Rows = [(_("Kod"), _("Aktivitet"), _("Källa"), _("Slag"), _("Läge"), _("Belopp"))]
    total = 0
    for each in budget.activities:
        for line in sorted(each.funding, key=lambda line: line.state == "rejected"):
            kind, state = capital(kind_word(line.kind)), capital(state_word(line.state))
            rows.append((each.code, each.title, line.source, kind, state, line.amount))
            total += line.amount if line.state != "rejected" else 0
    rows.append((_("Sammanlagt utom avslaget"), None, None, None, None, total))
    return rows


def _municipalities(budget: Budget) -> Rows:
    rows: Rows = [
        (
            _("Kommun"),
            _("Utlovat i pengar"),
            _("Utlovat som egen tid"),
            _("Utlovade timmar"),
            _("Använda timmar"),
        )
    ]
    sums = [0, 0, 0, 0]
    for each in budget.pledged:
        amounts = (each.money, each.own_time, each.hours, sum(each.used.values()))
        sums = [before + one for before, one in zip(sums, amounts, strict=True)]
        rows.append((each.name, *amounts))
    rows.append((_("Sammanlagt"), *sums))
    return rows


def _sheet(sheet: Worksheet, name: str, rows: Rows, notes: Sequence[str] = ()) -> None:
    sheet.title = name
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            _write(cell, value)
            cell.alignment = _WRAPPED
            if at in (1, len(rows)):
                cell.font = _BOLD
    for column, cells in enumerate(zip(*rows, strict=True), 1):
        longest = max(len(str(value)) for value in cells if value is not None)
        width = min(max(longest + 2, _NARROW), _WIDE)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for at, note in enumerate(notes, len(rows) + 2):
        _write(sheet.cell(at, 1), note)
    sheet.freeze_panes = "B2"


def _write(cell: Cell | MergedCell, value: Value) -> None:
    assert isinstance(cell, Cell)
    cell.value = clean(value) if isinstance(value, str) else value
    match value:
        case str():
            cell.data_type = "s"
        case int():
            cell.number_format = AMOUNT
        case date():
            cell.number_format = _DAY
        case None:
            pass
