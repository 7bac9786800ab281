"""Reading a file as a table: CSV with semicolons in the usual encodings, or an Excel workbook."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from bot.importing.outcome import Fault, Outcome, Unreadable
from bot.language import _


@dataclass(frozen=True)
class Row:
    """A row of the file by its number there, cells by heading, stripped."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(path: Path, columns: Sequence[str], outcome: Outcome) -> list[Row]:
    """The rows that hold something, with faults for columns that are missing.

    Unreadable when the file cannot be opened or is no table.
    """
    grid = _grid(path, outcome)
    heading = [_heading(cell) for cell in grid[0]] if grid else []
    known = {column.casefold(): column for column in columns}
    named = [known.get(cell.casefold(), cell) for cell in heading]
    for column in columns:
        if column not in named:
            outcome.faults.append(
                Fault(1, column, "", _("kolumnen saknas"), _("en rubrik med det namnet"))
            )
    for column in columns:
        if named.count(column) > 1:
            outcome.faults.append(
                Fault(1, column, column, _("rubriken finns två gånger"), _("en av dem"))
            )
    extra = [name for name in named if name and name not in columns]
    if extra:
        outcome.lines.append(_("Kolumner som inte används: {names}", names=", ".join(extra)))
    rows: list[Row] = []
    if len(grid) <= 1 and not outcome.faults:
        outcome.faults.append(
            Fault(2, columns[0], "", _("filen har inga rader"), _("minst en rad under rubriken"))
        )
    for number, cells in enumerate(grid[1:], start=2):
        values = {name: cell.strip() for name, cell in zip(named, cells, strict=False) if name}
        if any(values.values()):
            rows.append(Row(number, values))
            if len(cells) > len(named) and any(cell.strip() for cell in cells[len(named) :]):
                outcome.faults.append(
                    Fault(
                        number,
                        named[-1] if named else "",
                        cells[len(named)],
                        _("raden har fler celler än rubriken"),
                        _("citattecken om text som har semikolon"),
                    )
                )
    return rows


def _heading(cell: str) -> str:
    return " ".join(cell.split())


def _grid(path: Path, outcome: Outcome) -> list[list[str]]:
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        return _workbook(path, outcome)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(_("Filen {file} finns inte.", file=path)) from error
    except OSError as error:
        raise Unreadable(
            _("Filen {file} går inte att läsa: {why}", file=path, why=error.strerror)
        ) from error
    if content[:2] == b"PK" or b"\x00" in content:
        raise Unreadable(_not_csv(path))
    try:
        text = _decoded(content)
    except UnicodeDecodeError as error:
        raise Unreadable(_not_csv(path)) from error
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=";", strict=True))
    except csv.Error as error:
        raise Unreadable(
            _("Filen {file} går inte att läsa som CSV med semikolon: {why}", file=path, why=error)
        ) from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _not_csv(path: Path) -> str:
    return _(
        "Filen {file} är ingen CSV-fil i UTF-8 eller Windows-1252. "
        "Spara den som CSV UTF-8 eller .xlsx.",
        file=path,
    )


def _workbook(path: Path, outcome: Outcome) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    def rows(file: BinaryIO, *, values: bool) -> list[list[Any]]:
        sheet = load_workbook(file, data_only=values, read_only=True).worksheets[0]
        return [list(row) for row in sheet.iter_rows(values_only=True)]

    try:
        # openpyxl leaves a file it opened by its name open when the workbook is let go.
        with path.open("rb") as file:
            shown = rows(file, values=True)
            written = rows(file, values=False)
    except FileNotFoundError as error:
        raise Unreadable(_("Filen {file} finns inte.", file=path)) from error
    except (OSError, BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        raise Unreadable(
            _("Filen {file} går inte att läsa som Excel: {why}", file=path, why=error)
        ) from error
    heading = [str(cell or "") for cell in written[0]] if written else []
    for number, (values_row, written_row) in enumerate(zip(shown, written, strict=False), start=1):
        outcome.faults += _without_value(number, heading, values_row, written_row)
    return [[_cell(value) for value in row] for row in shown]


def _without_value(
    number: int, heading: Sequence[str], values: Iterable[Any], written: Iterable[Any]
) -> list[Fault]:
    """Formulas whose result the workbook does not hold: their text is no value."""
    return [
        Fault(
            number,
            heading[at] if at < len(heading) else str(at + 1),
            formula,
            _("är en formel utan sparat värde"),
            _("värdet i stället för formeln"),
        )
        for at, (value, formula) in enumerate(zip(values, written, strict=False))
        if value is None and isinstance(formula, str) and formula.startswith("=")
    ]


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return str(value).replace(".", ",")
        case _:
            return str(value)
