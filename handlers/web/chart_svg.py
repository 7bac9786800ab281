"""Charts as SVG, drawn from their data: colour is never alone, every value can be read.

Every series has a pattern of its own beside its colour, values stand in the bars where there is
room, and all of them in a table beneath. Colours come from the style sheet (light and dark).
"""

from collections.abc import Sequence
from math import ceil

from markupsafe import Markup

from bot.conversations.views import Chart, Series
from bot.language import _, number
from handlers.web.canvas import Canvas

WIDTH = 360
ROW, BAR = 34, 22
LETTER = 8
LEAST = 4
"""Units of the view box: a bar's row, its thickness, what a letter of a category's name takes, and
what even one of many is given in a stack so that it is seen."""

PATTERNS = {
    "grey": "M1 1h1v1h-1zM5 5h1v1h-1z",
    "green": "",
    "yellow": "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "red": "M0 0L8 8M0 8L8 0",
    "blue": "M0 4H8",
    "teal": "M4 0V8",
}
MARKERS = {
    "grey": "M-4 0H4M0 -4V4",
    "green": "M-4 -4H4V4H-4Z",
    "yellow": "M0 -5L5 4H-5Z",
    "red": "M0 -5L5 0L0 5L-5 0Z",
    "blue": "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0",
    "teal": "M-5 -4H5L0 5Z",
}
NOTHING = Markup("")


def draw_chart(chart: Chart, canvas: Canvas) -> Markup:
    """The chart as a figure: a picture with its alternative, and its values as a table."""
    prefix = canvas.next_id()
    match chart.form:
        case "stacked_bar":
            drawing, height = _stacked(chart, prefix)
        case "bar":
            drawing, height = _bars(chart, prefix)
        case "line":
            drawing, height = _lines(chart)
    legend, legend_height = _legend(chart, prefix, height)
    return Markup(
        '<figure class="chart"><figcaption>{}</figcaption>'
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}">{}{}{}</svg>{}</figure>'
    ).format(
        chart.title,
        chart.alternative,
        WIDTH,
        height + legend_height,
        _patterns(chart.series, prefix),
        drawing,
        legend,
        _values(chart),
    )


def _patterns(series: Sequence[Series], prefix: str) -> Markup:
    return Markup("<defs>{}</defs>").format(
        NOTHING.join(
            Markup(
                '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
                '<rect width="8" height="8" class="fill-{}"/><path d="{}" class="hatch"/></pattern>'
            ).format(prefix, n, each.colour, PATTERNS[each.colour])
            for n, each in enumerate(series)
        )
    )


def _bar(prefix: str, n: int, x: float, y: float, width: float, height: float) -> Markup:
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="url(#{}-{})" '
        'class="bar"/>'
    ).format(x, y, width, height, prefix, n)


def _room_for(names: Sequence[str]) -> int:
    """Where bars begin, so that the longest name fits before them."""
    return 12 + LETTER * max(len(name) for name in names)


def _category(name: str, end: int, y: float) -> Markup:
    return Markup('<text x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(
        end - 8, y + 5, name
    )


def _value(value: int, x: float, y: float) -> Markup:
    """A number on a bar, with a plate behind it so that it is read on any pattern."""
    words = number(value)
    wide = 9 * len(words) + 7
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{}" height="17" rx="3" class="plate"/>'
        '<text x="{:.1f}" y="{:.1f}" text-anchor="middle" class="value">{}</text>'
    ).format(x - wide / 2, y - 8.5, wide, x, y + 5, words)


def _stacked(chart: Chart, prefix: str) -> tuple[Markup, float]:
    sums = [sum(each.values[n] for each in chart.series) for n in range(len(chart.categories))]
    left = _room_for(chart.categories)
    scale = (WIDTH - left - 12 - LEAST * len(chart.series)) / max(1, *sums)
    drawn: list[Markup] = []
    for row, name in enumerate(chart.categories):
        top, x = row * ROW + (ROW - BAR) / 2, float(left)
        middle = top + BAR / 2
        drawn.append(_category(name, left, middle))
        for n, each in enumerate(chart.series):
            value = each.values[row]
            if value <= 0:
                continue
            width = LEAST + value * scale
            drawn.append(_bar(prefix, n, x, top, width, BAR))
            if width >= 9 * len(number(value)) + 8:
                drawn.append(_value(value, x + width / 2, middle))
            x += width
    return NOTHING.join(drawn), len(chart.categories) * ROW


def _bars(chart: Chart, prefix: str) -> tuple[Markup, float]:
    largest = max(1, *(value for each in chart.series for value in each.values))
    left = _room_for(chart.categories)
    scale = (WIDTH - left - 12 - 9 * len(number(largest)) - 10) / largest
    row_height = BAR * len(chart.series) + ROW - BAR
    drawn: list[Markup] = []
    for row, name in enumerate(chart.categories):
        drawn.append(_category(name, left, row * row_height + row_height / 2))
        for n, each in enumerate(chart.series):
            value = each.values[row]
            top = row * row_height + (ROW - BAR) / 2 + n * BAR
            width = max(0, value) * scale
            drawn.append(_bar(prefix, n, left, top, width, BAR - 3))
            end = left + width + 9 * len(number(value)) / 2 + 6
            drawn.append(_value(value, end, top + (BAR - 3) / 2))
    return NOTHING.join(drawn), len(chart.categories) * row_height


def _lines(chart: Chart) -> tuple[Markup, float]:
    height, bottom = 190.0, 160.0
    largest = max(1, *(value for each in chart.series for value in each.values))
    left = 9 * len(number(largest)) + 16
    step = (WIDTH - left - 20) / max(1, len(chart.categories) - 1)

    def at(n: int, value: int) -> tuple[float, float]:
        return left + n * step, bottom - max(0, value) * (bottom - 14) / largest

    drawn = [
        Markup(
            '<path d="M{0} {1}H{2}" class="axis"/><text x="{3}" y="{4}" text-anchor="end">{5}'
            '</text><text x="{3}" y="{1}" text-anchor="end">0</text>'
        ).format(left, bottom, WIDTH - 10, left - 6, 18, number(largest))
    ]
    every = ceil(max(len(name) for name in chart.categories) * 8 / max(step, 1))
    for n, name in enumerate(chart.categories):
        if n % every == 0:
            x, _y = at(n, 0)
            anchor = "start" if n == 0 else "middle"
            anchor = "end" if n and n == len(chart.categories) - 1 else anchor
            drawn.append(
                Markup('<text x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(
                    x + {"start": -8, "middle": 0, "end": 8}[anchor], bottom + 20, anchor, name
                )
            )
    for each in chart.series:
        points = [at(n, value) for n, value in enumerate(each.values)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        marks = NOTHING.join(
            Markup('<path transform="translate({:.1f} {:.1f})" d="{}" class="mark"/>').format(
                x, y, MARKERS[each.colour]
            )
            for x, y in points
        )
        drawn.append(
            Markup('<g class="line-{}"><polyline points="{}"/>{}</g>').format(
                each.colour, path, marks
            )
        )
    return NOTHING.join(drawn), height


def _legend(chart: Chart, prefix: str, top: float) -> tuple[Markup, float]:
    if len(chart.series) == 1 and chart.form != "line":
        return NOTHING, 0
    across = WIDTH // 2
    drawn: list[Markup] = []
    for n, each in enumerate(chart.series):
        x, y = (n % 2) * across + 8, top + 12 + (n // 2) * 24
        if chart.form == "line":
            swatch = Markup(
                '<g class="line-{}"><path d="M{} {}h22"/>'
                '<path transform="translate({} {})" d="{}" class="mark"/></g>'
            ).format(each.colour, x, y + 7, x + 11, y + 7, MARKERS[each.colour])
        else:
            swatch = _bar(prefix, n, x, y, 22, 14)
        drawn.append(swatch)
        drawn.append(Markup('<text x="{}" y="{}">{}</text>').format(x + 30, y + 12, each.name))
    return NOTHING.join(drawn), 12 + 24 * ceil(len(chart.series) / 2)


def _values(chart: Chart) -> Markup:
    head = NOTHING.join(
        Markup('<th scope="col" class="number">{}</th>').format(each.name) for each in chart.series
    )
    rows = NOTHING.join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            name,
            NOTHING.join(
                Markup('<td class="number">{}</td>').format(number(each.values[n]))
                for each in chart.series
            ),
        )
        for n, name in enumerate(chart.categories)
    )
    return Markup(
        '<details class="values"><summary>{}</summary><div class="scroll" tabindex="0" '
        'role="group" aria-label="{}"><table><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}</tbody></table></div></details>"
    ).format(_("Visa siffrorna"), chart.title, head, rows)
