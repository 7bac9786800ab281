"""The needs at a stage as an Excel sheet, a row each: numbers and days are such, to be sorted."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.language import _
from bot.needs.material import Field

Value = str | int | date | None

_WIDE, _NARROW = 45, 16
_NARROW_ONES = frozenset(
    ("number", "support_count", "cost", "wanted_by", "registered_on", "record_number", "meeting_on")
)
_FORMATS = {"cost": '#,##0 "kr"'}
_DAY = "yyyy-mm-dd"


def columns(fields: Sequence[Field]) -> list[tuple[str, str]]:
    """Name and heading of each column: what the record says, then what somebody writes."""
    return [
        ("number", _("Nummer")),
        ("title", _("Behov")),
        ("description", _("Vad behövs")),
        ("reason", _("Varför")),
        ("area", _("Insatsområde")),
        ("network", _("Nätverk")),
        ("municipalities", _("Kommuner")),
        ("support_count", _("Kommuner som stöttar")),
        ("supports", _("Stöttas av")),
        ("cost", _("Ungefärlig kostnad")),
        ("funding", _("Idé om finansiering")),
        ("wanted_by", _("Önskas till")),
        ("registered_by", _("Registrerat av")),
        ("registered_on", _("Registrerat")),
        ("preparer", _("Handläggare")),
        ("record_number", _("Diarienummer")),
        ("meeting_on", _("Möte")),
        ("decisions", _("Ärendets gång")),
        *((each.name, each.label) for each in fields),
    ]


def excel_sheet(rows: Sequence[Mapping[str, Value]], fields: Sequence[Field]) -> bytes:
    """The workbook; what people typed is text and no formula, whatever it begins with."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _("Behov")
    named = columns(fields)
    for at, (name, heading) in enumerate(named, 1):
        cell = sheet.cell(1, at)
        _write(cell, heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = _NARROW if name in _NARROW_ONES else _WIDE
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(rows, 2):
        for at, (name, _heading) in enumerate(named, 1):
            cell = sheet.cell(number, at)
            _write(cell, row.get(name))
            if name in _FORMATS:
                cell.number_format = _FORMATS[name]
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _write(cell: Cell | MergedCell, value: Value) -> None:
    assert isinstance(cell, Cell)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = _DAY
