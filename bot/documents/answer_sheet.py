"""The rows of an answer as a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.clock import in_stockholm
from bot.conversations.views import Table
from bot.documents.need_values import clean
from bot.language import _, dated_time, number
from bot.questions.answering import answer
from bot.questions.asking import Answered, Asking
from bot.questions.described import described

AT_A_TIME = 40
"""Rows that are asked for at once."""

MOST = 2_000
"""Rows that a file holds; nobody reads more."""

_NARROW, _WIDE = 12, 60


@dataclass(frozen=True)
class Sheet:
    """An answer with all its rows: what was asked, the sentences, and the rows of its table.

    `numeric`: columns that hold numbers, counted from 0. `left_out`: that there are more rows
    than a file holds; empty when all are there.
    """

    asked: str
    said: str
    as_of: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    left_out: str = ""
    numeric: tuple[int, ...] = ()


async def gather_sheet(asking: Asking) -> Sheet:
    """The answer to the question with every row of its table, at most `MOST`."""
    asked = replace(asking, skip=0, rows=AT_A_TIME)
    answered = first = await answer(asked)
    columns, rows = _table_of(answered)
    table = _table(answered)
    while answered.shown and len(rows) < MOST and asked.skip + answered.shown < answered.total:
        asked = replace(asked, skip=asked.skip + answered.shown)
        answered = await answer(asked)
        rows += _table_of(answered)[1]
    return Sheet(
        asked=described(asking),
        said=first.said,
        as_of=_("Per {when}.", when=dated_time(in_stockholm(asking.now))),
        columns=columns,
        rows=rows[:MOST],
        left_out=_left_out(first.total) if len(rows) >= MOST < first.total else "",
        numeric=table.numeric if table is not None else (),
    )


def _left_out(total: int) -> str:
    return _(
        "Filen visar de {n} första av {total} rader. Begränsa frågan för att se de andra.",
        n=number(MOST),
        total=number(total),
    )


def _table(answered: Answered) -> Table | None:
    return next((each for each in answered.parts if isinstance(each, Table)), None)


def _table_of(answered: Answered) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    table = _table(answered)
    return (table.columns, list(table.rows)) if table is not None else ((), [])


def answer_workbook(sheet: Sheet) -> bytes:
    """The workbook; what people typed is text and no formula, whatever it begins with."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = _("Svar")
    for at, words in enumerate((sheet.asked, sheet.said, sheet.as_of, sheet.left_out), 1):
        _write(page.cell(at, 1), words, bold=at == 1)
    top = 6
    for column, heading in enumerate(sheet.columns, 1):
        _write(page.cell(top, column), heading, bold=True)
        cells = [row[column - 1] for row in sheet.rows]
        longest = max((len(each) for each in (heading, *cells)), default=0)
        width = min(max(longest + 2, _NARROW), _WIDE)
        page.column_dimensions[get_column_letter(column)].width = width
    for at, row in enumerate(sheet.rows, top + 1):
        for column, words in enumerate(row, 1):
            amount = _amount(words) if column - 1 in sheet.numeric else None
            if amount is None:
                _write(page.cell(at, column), words, wrapped=True)
            else:
                _write_number(page.cell(at, column), amount)
    page.freeze_panes = f"A{top + 1}"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _amount(words: str) -> int | None:
    """The whole number that a cell shows, as `1 200 000`; None when it shows something else."""
    digits = "".join(words.split())
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else None


def _write_number(cell: object, amount: int) -> None:
    assert isinstance(cell, Cell)
    cell.value = amount
    cell.number_format = "#,##0"
    cell.alignment = Alignment(vertical="top")


def _write(cell: object, words: str, *, bold: bool = False, wrapped: bool = False) -> None:
    assert isinstance(cell, Cell)
    cell.value = clean(words)
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    if wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
