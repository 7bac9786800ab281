"""Tables and charts, looked through."""

from collections.abc import Iterator
from typing import Any

from tests.slack.check_rich_text import rich_text, words_in
from tests.slack.findings import Findings, Json

TABLE_ROWS, TABLE_CELLS, COLUMN_SETTINGS = 100, 20, 20
"""docs.slack.dev/reference/block-kit/blocks/table-block"""

DATA_ROWS_LEAST, DATA_ROWS, DATA_COLUMNS = 2, 101, 20
"""docs.slack.dev/reference/block-kit/blocks/data-table-block: a header and 1 to 100 rows."""

PAGE_SIZE = 100
"""The same page: `page_size` 1 to 100."""

CHART_TITLE, CHART_LABEL, AXIS_LABEL = 50, 20, 50
"""docs.slack.dev/reference/block-kit/blocks/data-visualization-block"""

SERIES, CATEGORIES, SEGMENTS = 6, 20, 6
"""The same page as stored; newer libraries let 12 series pass, the stricter is kept."""

CHARTS_IN_MESSAGE = 2
"""The same page: a message may hold two."""


def table(found: Findings, block: Json, path: str) -> None:
    """A table block."""
    found.keys(block, path, {"type", "block_id", "rows", "column_settings"}, ("rows",))
    for row, at in found.items(block.get("rows"), f"{path}/rows", 1, TABLE_ROWS):
        for cell, here in found.items(row, at, 1, TABLE_CELLS):
            _cell(found, cell, here)
    if block.get("column_settings") is not None:
        settings = block["column_settings"]
        list(found.items(settings, f"{path}/column_settings", 0, COLUMN_SETTINGS))


def data_table(found: Findings, block: Json, path: str) -> None:
    """A data table block."""
    allowed = {"type", "block_id", "rows", "caption", "page_size", "row_header_column_index"}
    found.keys(block, path, allowed, ("rows", "caption"))
    found.string(block.get("caption"), f"{path}/caption", 3_000)
    found.number(block.get("page_size", 5), f"{path}/page_size", 1, PAGE_SIZE)
    widths: set[int] = set()
    at = f"{path}/rows"
    for number, (row, here) in enumerate(
        found.items(block.get("rows"), at, DATA_ROWS_LEAST, DATA_ROWS)
    ):
        cells = list(found.items(row, here, 1, DATA_COLUMNS))
        widths.add(len(cells))
        for cell, place in cells:
            _cell(found, cell, place)
            if number == 0 and isinstance(cell, dict) and cell.get("type") == "rich_text":
                found.say(place, "a header cell cannot be rich_text")
    if len(widths) > 1:
        found.say(at, f"all rows must have the same number of cells, got {sorted(widths)}")
    header = block.get("row_header_column_index", 0)
    found.number(header, f"{path}/row_header_column_index", 0, max(widths, default=1) - 1)


def _cell(found: Findings, cell: Any, path: str) -> None:
    match cell:
        case {"type": "raw_text"}:
            found.keys(cell, path, {"type", "text"}, ())
            found.string(cell.get("text"), f"{path}/text", 10_000)
        case {"type": "raw_number"}:
            found.keys(cell, path, {"type", "text", "value"}, ())
            found.string(cell.get("text"), f"{path}/text", 10_000)
            if not _is_number(cell.get("value")):
                found.say(f"{path}/value", "must be a number")
        case {"type": "rich_text"}:
            rich_text(found, cell, path)
        case _:
            found.say(path, "must be raw_text, raw_number or rich_text")


def cell_words(block: Json) -> Iterator[Iterator[str]]:
    """Each row of a table, as the words of its cells."""
    for row in block.get("rows", ()):
        yield (
            "".join(words_in(cell)) if cell.get("type") == "rich_text" else str(cell.get("text"))
            for cell in row
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def data_visualization(found: Findings, block: Json, path: str) -> None:
    """A chart."""
    found.keys(block, path, {"type", "block_id", "title", "chart"}, ("title", "chart"))
    found.string(block.get("title"), f"{path}/title", CHART_TITLE)
    chart, at = block.get("chart"), f"{path}/chart"
    match chart:
        case {"type": "pie"}:
            _pie(found, chart, at)
        case {"type": "bar" | "line" | "area"}:
            _axes(found, chart, at)
        case _:
            found.say(at, "must be a pie, bar, area or line chart")


def _pie(found: Findings, chart: Json, path: str) -> None:
    found.keys(chart, path, {"type", "segments"}, ("segments",))
    for segment, at in found.objects(chart.get("segments"), f"{path}/segments", 1, SEGMENTS):
        found.string(segment.get("label"), f"{at}/label", CHART_LABEL)
        value = segment.get("value")
        if not _is_number(value) or (isinstance(value, int | float) and value <= 0):
            found.say(f"{at}/value", "must be a positive number")


def _axes(found: Findings, chart: Json, path: str) -> None:
    found.keys(chart, path, {"type", "series", "axis_config"}, ("series", "axis_config"))
    axis, at = chart.get("axis_config"), f"{path}/axis_config"
    if not isinstance(axis, dict):
        found.say(at, "must be an object")
        return
    found.keys(axis, at, {"categories", "x_label", "y_label"}, ("categories",))
    found.optional(axis, "x_label", at, AXIS_LABEL)
    found.optional(axis, "y_label", at, AXIS_LABEL)
    categories = list[str]()
    for category, here in found.items(axis.get("categories"), f"{at}/categories", 1, CATEGORIES):
        found.string(category, here, CHART_LABEL)
        categories.append(str(category))
    if len(set(categories)) != len(categories):
        found.say(f"{at}/categories", "must be unique")
    _series(found, chart, path, categories)


def _series(found: Findings, chart: Json, path: str, categories: list[str]) -> None:
    names: dict[str, str] = {}
    for one, at in found.objects(chart.get("series"), f"{path}/series", 1, SERIES):
        found.string(one.get("name"), f"{at}/name", CHART_LABEL)
        if found.unique(names, one.get("name"), f"{at}/name", "series name"):
            names[str(one.get("name"))] = at
        labels = list[str]()
        for point, here in found.objects(one.get("data"), f"{at}/data", 1, CATEGORIES):
            found.string(point.get("label"), f"{here}/label", CHART_LABEL)
            labels.append(str(point.get("label")))
            if not _is_number(point.get("value")):
                found.say(f"{here}/value", "must be a number")
        if sorted(labels) != sorted(categories):
            found.say(f"{at}/data", "must have exactly one point for every category")
