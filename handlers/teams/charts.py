"""Charts as Teams draws them itself, with what stands for them where a client cannot."""

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from microsoft_teams.cards.core import (
    BarChartDataValue,
    CardElement,
    ChartColor,
    Fact,
    FactSet,
    GroupedVerticalBarChart,
    GroupedVerticalBarChartData,
    Image,
    LineChart,
    LineChartData,
    LineChartValue,
    StackedHorizontalBarChart,
    StackedHorizontalBarChartData,
    StackedHorizontalBarChartDataPoint,
    TeamsImageProperties,
    TextBlock,
    VerticalBarChart,
    VerticalBarChartDataValue,
)

from bot.conversations.views import Chart, Series
from bot.language import number
from handlers.teams.canvas import Canvas
from handlers.teams.texts import lines, plain, strong

COLOURS: dict[str, ChartColor] = {
    "grey": "neutral",
    "green": "good",
    "yellow": "warning",
    "red": "attention",
    "blue": "categoricalBlue",
    "teal": "categoricalTeal",
}
FURTHER: tuple[ChartColor, ...] = (
    "categoricalPurple",
    "categoricalMarigold",
    "categoricalLightBlue",
    "categoricalLime",
    "categoricalLavender",
)
"""For series that ask for a colour which another of the chart has."""


def draw_chart(chart: Chart, canvas: Canvas, *, brief: bool = False) -> Iterator[CardElement]:
    """Its title, the chart, and its words where they say more than it shows.

    `brief`: the words alone, for a card that has no room for the numbers.
    """
    yield TextBlock(text=strong(chart.title), wrap=True)
    if not brief:
        drawn = _native(chart)
        yield drawn.model_copy(update={"fallback": _instead(chart, canvas)})
    if brief or not _says_no_more(chart):
        yield quiet_block(chart.alternative)


def draw_picture(address: str | None, alternative: str) -> CardElement:
    """The picture at its address, or the words that stand for it."""
    if address is None:
        return quiet_block(alternative)
    larger = TeamsImageProperties(allow_expand=True)
    return Image(url=address, alt_text=plain(alternative), msteams=larger)


def quiet_block(words: str) -> TextBlock:
    """Side information."""
    return TextBlock(text=lines(words), wrap=True, is_subtle=True, size="Small")


def _native(chart: Chart) -> CardElement:
    match chart.form:
        case "bar":
            return _bars(chart)
        case "stacked_bar":
            return _stacked(chart)
        case "line":
            return _line(chart)
        case _:
            assert_never(chart.form)


def _bars(chart: Chart) -> CardElement:
    shown = _shown(chart)
    if len(shown) == 1:
        [(one, colour)] = shown
        values = [
            VerticalBarChartDataValue(x=plain(name), y=value)
            for name, value in zip(chart.categories, one.values, strict=True)
        ]
        return VerticalBarChart(
            title=plain(chart.title),
            y_axis_title=plain(one.name),
            color=colour,
            show_bar_values=True,
            data=values,
        )
    return GroupedVerticalBarChart(
        title=plain(chart.title),
        show_bar_values=True,
        data=[
            GroupedVerticalBarChartData(
                legend=plain(one.name),
                color=colour,
                values=[
                    BarChartDataValue(x=plain(name), y=value)
                    for name, value in zip(chart.categories, one.values, strict=True)
                ],
            )
            for one, colour in shown
        ],
    )


def _stacked(chart: Chart) -> CardElement:
    return StackedHorizontalBarChart(
        title=plain(chart.title),
        data=[
            StackedHorizontalBarChartData(title=plain(name), data=_parts(chart, at))
            for at, name in enumerate(chart.categories)
        ],
    )


def _parts(chart: Chart, at: int) -> list[StackedHorizontalBarChartDataPoint]:
    """The parts of one bar. Those that are nothing would leave gaps in it; one is always there."""
    parts = [
        StackedHorizontalBarChartDataPoint(
            legend=plain(one.name), value=one.values[at], color=colour
        )
        for one, colour in _shown(chart)
    ]
    return [each for each in parts if each.value] or parts[:1]


def _line(chart: Chart) -> CardElement:
    return LineChart(
        title=plain(chart.title),
        data=[
            LineChartData(
                legend=plain(one.name),
                color=colour,
                values=[
                    LineChartValue(x=plain(name), y=value)
                    for name, value in zip(chart.categories, one.values, strict=True)
                ],
            )
            for one, colour in _shown(chart)
        ],
        y_min=0,
    )


def _shown(chart: Chart) -> Sequence[tuple[Series, ChartColor]]:
    """The series with colours that differ, without those that are zero throughout."""
    series = [one for one in chart.series if any(one.values)] or chart.series[:1]
    taken: list[ChartColor] = []
    for one in series:
        wanted = (COLOURS[one.colour], *FURTHER)
        taken.append(next(each for each in wanted if each not in taken))
    return list(zip(series, taken, strict=True))


def _instead(chart: Chart, canvas: Canvas) -> CardElement:
    """The chart as a picture, or its numbers."""
    address = canvas.chart(chart)
    if address is not None:
        return draw_picture(address, chart.alternative)
    return FactSet(
        facts=[
            Fact(title=lines(category), value=lines(_values(chart, at)))
            for at, category in enumerate(chart.categories)
        ]
    )


def _values(chart: Chart, at: int) -> str:
    """What each series is there, without those that are nothing."""
    said = [f"{one.name} {number(one.values[at])}" for one in chart.series if one.values[at]]
    return ", ".join(said) or number(0)


def _says_no_more(chart: Chart) -> bool:
    """Whether the chart's names and numbers, as shown, are all that its words say."""
    names = (chart.title, *chart.categories, *(one.name for one, _colour in _shown(chart)))
    numbers = {str(value) for one, _colour in _shown(chart) for value in one.values}
    return _words(chart.alternative) <= _words(" ".join(names)) | numbers


def _words(said: str) -> set[str]:
    return set(re.findall(r"\w+", said.casefold()))
