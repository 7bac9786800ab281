"""A poll as an Excel workbook: amounts and days are such, and what people typed is no formula."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.clock import in_stockholm
from bot.conversations.polls.ballot_told import choice_words
from bot.conversations.polls.result_words import got, in_order
from bot.conversations.polls.wording import answer_words, mark_of, who_answered
from bot.documents.need_values import clean
from bot.documents.poll_values import asked as asked_rows
from bot.documents.poll_values import decided, hides, outcome
from bot.language import _
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.counting import Result
from bot.polls.seen import Seen

Value = str | int | float | date | None

_KRONOR = '#,##0 "kr"'
_WHOLE = "#,##0"
_DAY = "yyyy-mm-dd"
_WIDE, _NARROW = 40, 18
_EXCEL_HOLDS = 32_000
"""Characters; a cell holds 32,767."""


def poll_sheet(seen: Seen, plan: Plan, now: datetime) -> bytes:
    """The workbook; what the poll hides is not in it."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = _("Omröstning")
    summary = _summary(seen, plan, now)
    _table(first, (_("Uppgift"), _("Värde")), summary, widths=(32, 70), money=_money_rows(summary))
    if seen.money is not None:
        _answers(book.create_sheet(_("Svar")), seen.money)
    else:
        _results(book.create_sheet(_("Resultat")), seen)
        if seen.ballots:
            _ballots(book.create_sheet(_("Röster")), seen)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _summary(seen: Seen, plan: Plan, now: datetime) -> list[tuple[Value, ...]]:
    poll, money = seen.poll, seen.money
    rows: list[tuple[Value, ...]] = list(asked_rows(seen, plan, now))
    done, of = poll.voted, poll.electorate
    if money is not None:
        done, of = len(money.answered), len(money.places)
        rows += [
            (_("Totalt"), money.proposal.total),
            (_("Redan finansierat"), money.proposal.funded),
            (_("Kommunerna ombeds bidra med"), money.proposal.asked),
        ]
    rows += [(_("Har svarat"), done), (_("Av"), of)]
    if money is not None and poll.shows_answers:
        rows += [(_("Utlovat"), money.sum), (_("Saknas av det som söks"), money.lacking)]
    rows.append((_("Utfall"), outcome(seen)))
    if hidden := hides(seen):
        rows.append((_("Visas"), hidden))
    if seen.seal is not None:
        rows.append((_("Förseglat"), in_stockholm(seen.seal.sealed_at).date()))
        rows.append((_("Sigill (SHA-256)"), seen.seal.seal))
    rows += decided(seen, plan)
    if money is not None and money.accepted_sum is not None and poll.shows_answers:
        rows.append((_("Antaget i beslutet"), money.accepted_sum))
    return rows


def _money_rows(rows: Sequence[Sequence[Value]]) -> frozenset[object]:
    """Labels of rows whose number is an amount."""
    counts = {_("Har svarat"), _("Av")}
    return frozenset(row[0] for row in rows if row[0] not in counts)


def _answers(sheet: Worksheet, money: CoFinancing) -> None:
    """A row for each municipality; what they add up to stands on the first sheet."""
    columns = (
        _("Kommun"),
        _("Kommunkod"),
        _("Invånare"),
        _("Folkmängd den"),
        _("Andel"),
        _("Svar"),
        _("Belopp"),
        _("Timmar"),
        _("Villkor"),
        _("Kommentar"),
        _("Vem och när"),
        _("Vikt"),
        _("Gäller förslag"),
        _("Beslut väntas"),
    )
    _table(sheet, columns, [_answer(money, each) for each in money.places], money_columns=(5, 7))


def _answer(money: CoFinancing, place: Place) -> tuple[Value, ...]:
    answer = place.answer
    said = answer.said if answer is not None else None
    words = answer_words(said) if said is not None else _("inget svar än")
    words += mark_of(money, place)
    return (
        place.name,
        place.code,
        place.inhabitants,
        place.counted_on,
        place.share,
        words,
        said.amount if said else None,
        said.hours if said else None,
        said.condition if said else None,
        said.comment if said else None,
        who_answered(answer) if answer is not None else None,
        float(place.weight) if place.weight is not None else None,
        answer.version if answer is not None else None,
        said.expected_on if said else None,
    )


def _results(sheet: Worksheet, seen: Seen) -> None:
    poll, result = seen.poll, seen.result
    if result is None or not result.count:
        options: list[tuple[Value, ...]] = [(each.label, each.cost) for each in poll.options]
        _table(sheet, (_("Alternativ"), _("Kostar")), options, money_columns=(2,))
        return
    columns = (_("Alternativ"), _("Kostar"), _("Fick"), _("Antal"), _("Valt"))
    rows: list[tuple[Value, ...]] = [
        (
            each.label,
            each.cost,
            got(poll, result, each),
            result.values.get(each.id, 0),
            _chosen(result, each.id),
        )
        for each in in_order(poll, result)
    ]
    _table(sheet, columns, rows, money_columns=(2,))


def _chosen(result: Result, option: int) -> str:
    if option in result.elected:
        return _("ja")
    return _("lika") if option in result.tied else _("nej")


def _ballots(sheet: Worksheet, seen: Seen) -> None:
    rows: list[tuple[Value, ...]] = [
        (each.voter.name, choice_words(seen.poll, each.choices), each.by.name)
        for each in sorted(seen.ballots, key=lambda each: each.voter.name)
    ]
    _table(sheet, (_("Röst"), _("Val"), _("Given av")), rows)


def _table(
    sheet: Worksheet,
    columns: Sequence[str],
    rows: Sequence[Sequence[Value]],
    *,
    widths: Sequence[int] = (),
    money: frozenset[object] = frozenset(),
    money_columns: Sequence[int] = (),
) -> None:
    """Headings and rows. Numbers are kronor in `money_columns`, from 1, and in rows that begin
    with one of `money`."""
    for at, heading in enumerate(columns, 1):
        cell = _write(sheet, 1, at, heading)
        cell.font = Font(bold=True)
        width = widths[at - 1] if at <= len(widths) else _WIDE if at in (1, 6) else _NARROW
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            cell = _write(sheet, number, at, value)
            if isinstance(value, int):
                amount = at in money_columns or row[0] in money
                cell.number_format = _KRONOR if amount else _WHOLE
    sheet.freeze_panes = "B2"


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        cell.value = clean(value)[:_EXCEL_HOLDS]
        cell.data_type = "s"
        return cell
    cell.value = value
    if isinstance(value, date):
        cell.number_format = _DAY
    return cell
