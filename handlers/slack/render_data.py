"""Tables and charts as Block Kit: Slack's own where they are taken and have room, else words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from slackblocks import (
    Block,
    DataTableBlock,
    DataVisualizationBlock,
    ImageBlock,
    RichTextBlock,
    TableBlock,
)
from slackblocks.objects import (
    AxisConfig,
    BarChart,
    DataPoint,
    DataSeries,
    LineChart,
    RawNumber,
    RawText,
    SlackFile,
)
from slackblocks.rich_text.elements import RichText
from slackblocks.rich_text.objects import RichTextSection

from bot.conversations.views import Chart, Series, Table
from handlers.slack.canvas import Canvas
from handlers.slack.limits import CHARTS_IN_MESSAGE, TABLE_CHARACTERS
from handlers.slack.texts import pairs, plain, quiet_words, strong

Surface = Literal["message", "home", "modal"]

ROWS_A_PAGE = 20
NATIVE_SERIES = 4
"""Slack colours its charts itself, and no page says with how many colours; renderers of its blocks
begin again after four, and a chart with the same colour twice is misread."""

MOST_LABELS = 3_000
"""Characters of column names said again on each row, before rows become plain lines."""


@dataclass
class Room:
    """What is left of what a whole message or view may hold of charts and tables.

    `brief`: charts are said by their words alone.
    """

    charts: int = CHARTS_IN_MESSAGE
    tables: int = 1
    table_characters: int = TABLE_CHARACTERS
    brief: bool = False


def draw_table(table: Table, canvas: Canvas, surface: Surface, room: Room) -> Iterator[Block]:
    """Slack's data table, else its older table, else words."""
    characters = sum(map(len, table.columns)) + sum(len(cell) for row in table.rows for cell in row)
    if surface == "modal" or characters > room.table_characters:
        yield _in_words(table)
    elif canvas.native_tables:
        room.table_characters -= characters
        yield _data_table(table)
    elif room.tables:
        room.tables -= 1
        room.table_characters -= characters
        yield RichTextBlock([RichTextSection([strong(table.caption)])])
        yield TableBlock([[RawText(cell) for cell in row] for row in (table.columns, *table.rows)])
    else:
        yield _in_words(table)


def _data_table(table: Table) -> Block:
    head: list[RawText | RawNumber | RichTextBlock] = [RawText(name) for name in table.columns]
    rows = [[_cell(cell, n in table.numeric) for n, cell in enumerate(row)] for row in table.rows]
    return DataTableBlock([head, *rows], table.caption, page_size=min(len(rows), ROWS_A_PAGE))


def _cell(cell: str, numeric: bool) -> RawText | RawNumber | RichTextBlock:
    digits = re.sub(r"[\u00a0\u202f ]", "", cell).removesuffix("kr").replace("−", "-")
    if numeric and re.fullmatch(r"-?[0-9]{1,15}", digits):
        return RawNumber(int(digits), cell)
    return RawText(cell)


def _in_words(table: Table) -> Block:
    """Each row with the names of its columns, or as a line when that says them too often."""
    head = RichTextSection([strong(table.caption)])
    if sum(map(len, table.columns)) * len(table.rows) <= MOST_LABELS:
        rows = [pairs(zip(table.columns, row, strict=True)) for row in table.rows]
        return RichTextBlock([head, *_apart(rows)])
    lines = ["|".join(row) for row in (table.columns, *table.rows)]
    return RichTextBlock([head, RichTextSection([RichText("\n".join(["", *lines]))])])


def _apart(rows: list[RichTextSection]) -> Iterator[RichTextSection]:
    for row in rows:
        yield RichTextSection([RichText("\n")])
        yield row


def draws_itself(chart: Chart) -> bool:
    """Whether Slack's own chart shows it so that it can be read."""
    return _has_names(chart) and len(_shown(chart)) <= NATIVE_SERIES


def charts_for_pictures(charts: Iterable[Chart], canvas: Canvas) -> list[Chart]:
    """Those of a message's charts that are not drawn by Slack itself, so that pictures serve."""
    left = CHARTS_IN_MESSAGE if canvas.native_charts else 0
    pictures: list[Chart] = []
    for chart in charts:
        if left and draws_itself(chart):
            left -= 1
        else:
            pictures.append(chart)
    return pictures


def draw_chart(chart: Chart, canvas: Canvas, surface: Surface, room: Room) -> Iterator[Block]:
    """Slack's own chart, else its uploaded picture, else its numbers in words."""
    if surface != "modal" and canvas.native_charts and room.charts and draws_itself(chart):
        room.charts -= 1
        yield _native(chart)
        if not _says_no_more(chart, _shown(chart)):
            yield quiet_words(chart.alternative)
    elif surface != "modal" and chart in canvas.charts:
        yield draw_picture(canvas.charts[chart], chart.alternative, chart.title)
    elif room.brief:
        yield RichTextBlock([RichTextSection([strong(f"{chart.title}\n"), _alternative(chart)])])
    else:
        yield _numbers(chart)
        if not _says_no_more(chart, chart.series):
            yield quiet_words(chart.alternative)


def draw_picture(slack_file: str | None, alternative: str, title: str = "") -> Block:
    """A picture that Slack has, or the words that stand for it."""
    if slack_file is None:
        return quiet_words(alternative)
    return ImageBlock(
        slack_file=SlackFile(url=None, id=slack_file),
        alt_text=alternative,
        title=plain(title) if title else None,
    )


def _native(chart: Chart) -> Block:
    series = [
        DataSeries(
            one.name,
            [DataPoint(*pair) for pair in zip(chart.categories, one.values, strict=True)],
        )
        for one in _shown(chart)
    ]
    kind = LineChart if chart.form == "line" else BarChart
    axes = AxisConfig(list(chart.categories))
    return DataVisualizationBlock(chart.title, kind(series, axes))


def _shown(chart: Chart) -> Sequence[Series]:
    """The series without those that are zero throughout, unless all of them are."""
    return [one for one in chart.series if any(one.values)] or chart.series[:1]


def _has_names(chart: Chart) -> bool:
    """Slack's charts want names that differ, and are there to be read."""
    names = [one.name for one in _shown(chart)]
    differ = len(set(names)) == len(names) and len(set(chart.categories)) == len(chart.categories)
    return differ and all(name.strip() for name in (*names, *chart.categories, chart.title))


def _numbers(chart: Chart) -> Block:
    lines = (
        (
            category,
            ", ".join(f"{one.name} {one.values[at]}" for one in chart.series),
        )
        for at, category in enumerate(chart.categories)
    )
    return RichTextBlock([RichTextSection([strong(f"{chart.title}\n")]), pairs(lines)])


def _alternative(chart: Chart) -> RichText:
    return RichText(chart.alternative)


def _says_no_more(chart: Chart, shown: Sequence[Series]) -> bool:
    """Whether the chart's names and numbers, as shown, are all that its words say."""
    names = (chart.title, *chart.categories, *(one.name for one in shown))
    numbers = {str(value) for one in shown for value in one.values}
    return _words(chart.alternative) <= _words(" ".join(names)) | numbers


def _words(said: str) -> set[str]:
    return set(re.findall(r"\w+", said.casefold()))
