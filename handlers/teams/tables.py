"""Tables: Teams' own where a phone can show it, else each row by itself, else lines of text."""

from collections.abc import Iterator

from microsoft_teams.cards.core import (
    CardElement,
    ColumnDefinition,
    Container,
    Fact,
    FactSet,
    Table,
    TableCell,
    TableRow,
    TextBlock,
)

from bot.conversations.views import Table as TableView
from handlers.teams.limits import TABLE_COLUMNS
from handlers.teams.texts import lines, strong

SHORT = 10
"""Characters of cells that never go onto a second line."""

POINTS, MARGIN = 9, 20
"""What such a cell takes: for a character, and around them."""

WIDEST, A_SHARE = 4, 8
"""A column is one share wider for so many characters, at most so many shares."""


def draw_table(table: TableView, *, brief: bool = False) -> Iterator[CardElement]:
    """`brief`: a line for each row, for a card that has no room for more."""
    yield TextBlock(text=strong(table.caption), wrap=True)
    if brief:
        yield from _as_lines(table)
    elif len(table.columns) > TABLE_COLUMNS:
        yield from _as_rows(table)
    else:
        yield _as_table(table)


def _as_table(table: TableView) -> CardElement:
    columns = [
        ColumnDefinition(
            width=width,
            horizontal_cell_content_alignment="Right" if at in table.numeric else None,
        )
        for at, width in enumerate(_widths(table))
    ]
    head = TableRow(cells=[_cell(strong(name)) for name in table.columns])
    body = [TableRow(cells=[_cell(lines(cell)) for cell in row]) for row in table.rows]
    return Table(
        columns=columns,
        rows=[head, *body],
        first_row_as_headers=True,
        show_grid_lines=True,
        grid_style="default",
        vertical_cell_content_alignment="Top",
    )


def _widths(table: TableView) -> list[str | float]:
    """Short columns are as wide as what they hold; the others share what is left."""
    longest = [
        max(map(len, (name, *(row[at] for row in table.rows))))
        for at, name in enumerate(table.columns)
    ]
    shared = max(longest)
    return [
        min(WIDEST, 1 + each // A_SHARE)
        if each > SHORT or each == shared
        else f"{each * POINTS + MARGIN}px"
        for each in longest
    ]


def _cell(text: str) -> TableCell:
    return TableCell(items=[TextBlock(text=text, wrap=True)])


def _as_rows(table: TableView) -> Iterator[CardElement]:
    """The first cell as what the row is called, the others with the names of their columns."""
    for row in table.rows:
        named = TextBlock(text=strong(f"{table.columns[0]}: {row[0]}"), wrap=True)
        facts = [
            Fact(title=lines(name) or "–", value=lines(cell) or "–")
            for name, cell in zip(table.columns[1:], row[1:], strict=True)
        ]
        yield Container(items=[named, FactSet(facts=facts, spacing="Small")], separator=True)


def _as_lines(table: TableView) -> Iterator[CardElement]:
    head = " | ".join(table.columns)
    yield TextBlock(text=strong(head), wrap=True)
    for row in table.rows:
        said = lines(" | ".join(" ".join(cell.split()) for cell in row))
        yield TextBlock(text=said, wrap=True, spacing="Small")
