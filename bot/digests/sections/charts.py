"""The digest's two charts: status per focus area now, and the last eight weeks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from bot.conversations.views import Chart, Series
from bot.digests.gather import Material
from bot.digests.passage import Passage
from bot.language import _, number
from bot.states import Status, status_word

Colour = Literal["grey", "green", "yellow", "red", "blue", "teal"]

COLOURS: Mapping[Status, Colour] = {
    Status.NOT_STARTED: "grey",
    Status.ON_TRACK: "green",
    Status.AT_RISK: "yellow",
    Status.OFF_TRACK: "red",
    Status.PAUSED: "blue",
    Status.DONE: "teal",
}

Column = tuple[str, Mapping[Status, int]]

MOST_AREAS = 20
LONGEST_NAME = 20
LONGEST_ALTERNATIVE = 2_000


def charts(material: Material) -> Passage:
    """Both charts; none for a plan without activities."""
    if not material.standings:
        return Passage("")
    areas = columns_of((each.activity.area, each.status) for each in material.standings)
    made = [state_chart(_("Läge per insatsområde"), areas)]
    weeks = [(_("v. {week}", week=each.week.number), each.counts) for each in material.trend]
    if any(set(+Counter(counts)) - {Status.NOT_STARTED} for _name, counts in weeks):
        made.append(state_chart(_("Läge de senaste åtta veckorna"), weeks))
    return Passage("", parts=tuple(made))


def columns_of(states: Iterable[tuple[str, Status]]) -> list[Column]:
    """How many of each area have each state, in the order that they come; those beyond what a
    chart holds are one column together."""
    areas: dict[str, Counter[Status]] = {}
    for (area, status), count in Counter(states).items():
        areas.setdefault(area, Counter())[status] = count
    columns: list[Column] = list(areas.items())
    if len(columns) > MOST_AREAS:
        others: Counter[Status] = Counter()
        for _area, counts in columns[MOST_AREAS - 1 :]:
            others.update(counts)
        columns[MOST_AREAS - 1 :] = [(_("övriga"), others)]
    names = short_names([area for area, _counts in columns])
    return [(name, counts) for name, (_area, counts) in zip(names, columns, strict=True)]


def short_names(wanted: Sequence[str]) -> list[str]:
    """Names that fit a chart, still different from one another."""
    names: list[str] = []
    for name in wanted:
        short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
        again = 2
        while short in names:
            short = f"{short[: LONGEST_NAME - 3].rstrip('… ')} {again}"
            again += 1
        names.append(short)
    return names


def state_chart(title: str, columns: Sequence[Column]) -> Chart:
    """A bar for each column, made of its states."""
    shown = [status for status in Status if any(counts[status] for _name, counts in columns)]
    return Chart(
        form="stacked_bar",
        title=title,
        alternative=_in_words(columns),
        categories=tuple(name for name, _counts in columns),
        series=tuple(
            Series(
                name=status_word(status),
                values=tuple(counts[status] for _name, counts in columns),
                colour=COLOURS[status],
            )
            for status in shown
        ),
    )


def _in_words(columns: Sequence[Column]) -> str:
    """The chart's numbers as text, a line for each column; sums when that would be too long."""
    lines = "\n".join(_line(name, counts) for name, counts in columns)
    if len(lines) <= LONGEST_ALTERNATIVE:
        return lines
    total: Counter[Status] = Counter()
    for _name, counts in columns:
        total.update(counts)
    return _line(_("Totalt"), total)


def _line(name: str, counts: Mapping[Status, int]) -> str:
    said = [
        f"{status_word(status)} {number(counts[status])}" for status in Status if counts[status]
    ]
    return f"{name}: {', '.join(said) or '–'}."
