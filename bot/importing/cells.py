"""From a cell's text to a value, or a fault that says what to write instead."""

import re
from collections.abc import Iterable
from datetime import date, time

from bot.amounts import NotAnAmount, read_amount
from bot.importing.outcome import Fault, Outcome
from bot.importing.tables import Row
from bot.language import _

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januari"),
            ("feb", "februari"),
            ("mar", "mars"),
            ("apr", "april"),
            ("maj",),
            ("jun", "juni"),
            ("jul", "juli"),
            ("aug", "augusti"),
            ("sep", "sept", "september"),
            ("okt", "oktober"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_WORDED = re.compile(r"(\d{1,2})\s+([a-zåäö]+)\.?\s+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")


class NoSuchDate(ValueError):
    """The words look like a date that no calendar has."""


def read_date(words: str) -> date:
    """`2026-02-28` or `28 feb 2026`. NoSuchDate for 31 February, ValueError for no date."""
    plain = " ".join(words.casefold().split())
    iso, worded = _ISO.fullmatch(plain), _WORDED.fullmatch(plain)
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif worded and worded[2] in MONTHS:
        year, month, day = int(worded[3]), MONTHS[worded[2]], int(worded[1])
    else:
        raise ValueError(words)
    try:
        made = date(year, month, day)
    except ValueError:
        raise NoSuchDate(words) from None
    if not 2000 <= year <= 2200:
        raise NoSuchDate(words)
    return made


class Cells:
    """A row's cells as values; what is wrong is gathered as faults."""

    def __init__(self, row: Row, outcome: Outcome) -> None:
        self.row, self._outcome = row, outcome
        self.sound = True

    def fault(self, column: str, problem: str, wish: str, value: str | None = None) -> None:
        """Tell what is wrong with a cell."""
        self.sound = False
        shown = self.row[column] if value is None else value
        self._outcome.faults.append(Fault(self.row.number, column, shown, problem, wish))

    def text(self, column: str, *, most: int, required: bool = True) -> str:
        """The cell's words."""
        words = " ".join(self.row[column].split())
        if required and not words:
            self.fault(column, _("saknas"), _("en text"))
        if len(words) > most:
            self.fault(column, _("är för lång"), _("högst {most} tecken", most=most))
        return words

    def day(self, column: str, *, required: bool = True) -> date | None:
        """The cell's date."""
        words = self.row[column]
        if not words:
            if required:
                self.fault(column, _("saknas"), _("ett datum som 2026-02-28"))
            return None
        return self.day_in(column, words)

    def day_in(self, column: str, words: str) -> date | None:
        """A date within the cell."""
        try:
            return read_date(words)
        except NoSuchDate:
            self.fault(column, _("finns inte"), _("ett datum som 2026-02-28"), words)
        except ValueError:
            self.fault(column, _("är inget datum"), _("ett datum som 2026-02-28"), words)
        return None

    def amount(self, column: str) -> int | None:
        """The cell's whole number or kronor."""
        if not self.row[column]:
            self.fault(column, _("saknas"), _("ett belopp som 450 000"))
            return None
        return self.amount_in(column, self.row[column])

    def amount_in(self, column: str, words: str) -> int | None:
        """An amount within the cell."""
        try:
            amount = read_amount(words)
        except NotAnAmount:
            self.fault(column, _("är inget belopp"), _("ett belopp som 450 000"), words)
            return None
        if amount > 10**12:
            self.fault(column, _("är för stort"), _("högst 1 000 000 000 000"), words)
            return None
        return amount

    def listed(self, column: str, separator: str = ",") -> list[str]:
        """The cell's parts, empty ones left out."""
        return [part.strip() for part in self.row[column].split(separator) if part.strip()]


def read_hours(words: str) -> tuple[time, time] | None:
    """`13:00-15:00` as two times; ValueError for anything else, None for nothing."""
    if not words.strip():
        return None
    parts = re.split(r"\s*[-–]\s*", words.strip().replace(".", ":"))
    if len(parts) != 2:
        raise ValueError(words)
    begins, ends = (time.fromisoformat(part if len(part) > 4 else f"0{part}") for part in parts)
    if ends <= begins:
        raise ValueError(words)
    return begins, ends


def twice(rows: Iterable[Row], column: str, outcome: Outcome) -> set[int]:
    """The rows whose cell stands earlier in the file too, each with its fault."""
    first: dict[str, int] = {}
    wrong: set[int] = set()
    for row in rows:
        key = row[column].casefold()
        if key and first.setdefault(key, row.number) != row.number:
            wrong.add(row.number)
            outcome.faults.append(
                Fault(
                    row.number,
                    column,
                    row[column],
                    _("finns två gånger, också på rad {row}", row=first[key]),
                    _("en rad för varje"),
                )
            )
    return wrong
