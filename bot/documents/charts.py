"""A chart as a picture, for e-mail and for clients that cannot draw one themselves."""

# matplotlib leaves its keyword arguments untyped.
# pyright: reportUnknownMemberType=false

from io import BytesIO
from typing import TYPE_CHECKING

from bot.conversations.views import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer

WIDTH, HEIGHT, DOTS = 8.0, 4.5, 125
"""Inches and dots an inch: 1000 by 562 pixels, within the 1024 that clients show."""

NARROW_WIDTH, NARROW_HEIGHT, NARROW_DOTS = 4.0, 4.6, 200
"""Of what a phone shows too: 800 by 920 pixels, to be shown half as large."""

MOST_LETTERS = 60
"""Of all categories together, for their names to stand beside each other."""

COLOURS = {
    "grey": "#b8bec6",
    "green": "#4c9a5b",
    "yellow": "#f2c744",
    "red": "#c4314b",
    "blue": "#5b7fc7",
    "teal": "#1f6f78",
}
PATTERNS = {"grey": "", "green": "", "yellow": "//", "red": "xx", "blue": "..", "teal": "\\\\"}
"""Colour is never alone: each series has its pattern, and each piece its number."""


def png(chart: Chart, *, narrow: bool = False) -> bytes:
    """The chart as PNG, with title, legend and the numbers in it; `narrow` for half the width."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    size, dots = ((NARROW_WIDTH, NARROW_HEIGHT), NARROW_DOTS) if narrow else ((WIDTH, HEIGHT), DOTS)
    figure = Figure(figsize=size, dpi=dots, layout="constrained")
    FigureCanvasAgg(figure)
    axes: Axes = figure.add_subplot()
    match chart.form:
        case "line":
            _lines(axes, chart)
        case "bar":
            _bars_beside(axes, chart)
        case "stacked_bar":
            _bars_stacked(axes, chart)
    axes.set_title(_literal(chart.title), loc="left", fontweight="bold", pad=16)
    axes.set_xticks(range(len(chart.categories)), [_literal(name) for name in chart.categories])
    if sum(map(len, chart.categories)) > (MOST_LETTERS // 2 if narrow else MOST_LETTERS):
        for label in axes.get_xticklabels():
            turned = 50 if narrow else 30
            label.set(rotation=turned, horizontalalignment="right", rotation_mode="anchor")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    beside = min(len(chart.series), 2) if narrow else len(chart.series)
    figure.legend(loc="outside lower center", ncols=beside, frameon=False)
    made = BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()


def _lines(axes: "Axes", chart: Chart) -> None:
    for series, marker in zip(chart.series, "osD^vP", strict=False):
        axes.plot(
            range(len(series.values)),
            series.values,
            marker=marker,
            color=COLOURS[series.colour],
            label=_literal(series.name),
        )
    axes.set_ylim(bottom=0)


def _bars_beside(axes: "Axes", chart: Chart) -> None:
    width = 0.8 / len(chart.series)
    for nth, series in enumerate(chart.series):
        left = (nth - (len(chart.series) - 1) / 2) * width
        places = [at + left for at in range(len(series.values))]
        bars = _draw(axes, series, places, width, [0] * len(places))
        axes.bar_label(bars, labels=_numbers(series), fontsize=8)


def _bars_stacked(axes: "Axes", chart: Chart) -> None:
    height = [0] * len(chart.categories)
    for series in chart.series:
        bars = _draw(axes, series, list(range(len(height))), 0.7, height)
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        for label in axes.bar_label(bars, labels=_numbers(series), label_type="center", fontsize=8):
            if label.get_text():
                label.set_bbox(box)
        height = [below + value for below, value in zip(height, series.values, strict=True)]


def _draw(
    axes: "Axes", series: Series, places: list[float] | list[int], width: float, below: list[int]
) -> "BarContainer":
    return axes.bar(
        places,
        series.values,
        width,
        bottom=below,
        color=COLOURS[series.colour],
        hatch=PATTERNS[series.colour],
        edgecolor="white",
        label=_literal(series.name),
    )


def _numbers(series: Series) -> list[str]:
    return [str(value) if value else "" for value in series.values]


def _literal(text: str) -> str:
    """matplotlib reads dollar signs as mathematics."""
    return text.replace("$", r"\$")
