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

PHONE = 300
"""Points across that a phone has for a table."""

POINTS, MARGIN = 8, 16
"""What a cell takes across: for a character, and around them."""

SHORT, LONG = 10, 24
"""Characters of cells that never go onto a second line, and of those that may as well."""


def draw_table(table: TableView, *, brief: bool = False) -> Iterator[CardElement]:
    """`brief`: a line for each row, for a card that has no room for more."""
    yield TextBlock(text=strong(table.caption), wrap=True)
    if brief:
        yield from _as_lines(table)
    elif len(table.columns) <= TABLE_COLUMNS and sum(_least(table)) <= PHONE:
        yield _as_table(table)
    else:
        yield from _as_rows(table)


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
    longest = [max(map(len, cells)) for cells in _columns(table)]
    shared = max(longest)
    return [
        f"{each * POINTS + MARGIN}px"
        if each <= SHORT and each != shared
        else max(least // POINTS, min(each, LONG))
        for each, least in zip(longest, _least(table), strict=True)
    ]


def _least(table: TableView) -> list[int]:
    """How wide each column must be for no word to be broken, in points."""
    words = ([word for cell in cells for word in cell.split()] for cells in _columns(table))
    return [max(map(len, each), default=0) * POINTS + MARGIN for each in words]


def _columns(table: TableView) -> list[list[str]]:
    return [[name, *(row[at] for row in table.rows)] for at, name in enumerate(table.columns)]


def _cell(text: str) -> TableCell:
    return TableCell(items=[TextBlock(text=text, wrap=True)])


def _as_rows(table: TableView) -> Iterator[CardElement]:
    """The first cell as what the row is called, the others with the names of their columns."""
    yield TextBlock(
        text=lines(" · ".join(table.columns)),
        wrap=True,
        is_subtle=True,
        size="Small",
        spacing="None",
    )
    if len(table.columns) == 2:
        # Names with their values, which need no names of columns.
        facts = [Fact(title=lines(name), value=lines(value)) for name, value in table.rows]
        yield FactSet(facts=facts)
        return
    for row in table.rows:
        items: list[CardElement] = [TextBlock(text=strong(row[0]), wrap=True)]
        facts = [
            Fact(title=lines(name), value=lines(cell))
            for name, cell in zip(table.columns[1:], row[1:], strict=True)
        ]
        if facts:
            items.append(FactSet(facts=facts, spacing="Small"))
        yield Container(items=items, separator=True)


def _as_lines(table: TableView) -> Iterator[CardElement]:
    head = " | ".join(table.columns)
    yield TextBlock(text=strong(head), wrap=True)
    for row in table.rows:
        said = lines(" | ".join(" ".join(cell.split()) for cell in row))
        yield TextBlock(text=said, wrap=True, spacing="Small")
