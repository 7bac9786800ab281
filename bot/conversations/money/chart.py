"""The chart of money: for each group what is sure, what is hoped for and what is lacking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.conversations.money.wording import state_heading, state_word
from bot.conversations.views import Chart, Series
from bot.digests.sections.charts import short_names
from bot.language import _, kronor
from bot.money.overview import STATES, Sums

MOST_GROUPS = 20
LONGEST_ALTERNATIVE = 2_000
THOUSANDS_FROM = 1_000_000
"""Kronor in the largest column from which a chart counts in thousands."""

Colour = Literal["grey", "green", "yellow", "red", "blue", "teal"]
Named = tuple[str, Sums]


@dataclass(frozen=True)
class _Drawn:
    name: str
    colour: Colour
    amount: Callable[[Sums], int]


def money_chart(groups: Sequence[Named], total: Sums) -> Chart | None:
    """One bar for each group; None when there is nothing to draw.

    `total`: of all groups, for those beyond what a chart holds and for one too long to be read.
    """
    drawn = [each for each in _all() if any(each.amount(sums) for _name, sums in groups)]
    if not drawn:
        return None
    shown, left = list(groups), Sums()
    if len(groups) > MOST_GROUPS:
        shown, left = list(groups[: MOST_GROUPS - 1]), _rest(groups[: MOST_GROUPS - 1], total)
        shown.append((_("övriga"), left))
    largest = max(sum(each.amount(sums) for each in drawn) for _name, sums in shown)
    unit = 1_000 if largest >= THOUSANDS_FROM else 1
    return Chart(
        form="stacked_bar",
        title=_("Finansiering i tusen kronor") if unit > 1 else _("Finansiering i kronor"),
        alternative=_in_words(shown, total),
        categories=tuple(short_names([name for name, _sums in shown])),
        series=tuple(
            Series(
                name=each.name,
                values=tuple(_rounded(each.amount(sums), unit) for _name, sums in shown),
                colour=each.colour,
            )
            for each in drawn
        ),
    )


def _all() -> tuple[_Drawn, ...]:
    """What is surest first."""
    return (
        _Drawn(state_heading("granted"), "green", lambda sums: sums.granted),
        _Drawn(state_heading("pledged"), "teal", lambda sums: sums.pledged),
        _Drawn(state_heading("applied"), "blue", lambda sums: sums.applied),
        _Drawn(state_heading("planned"), "grey", lambda sums: sums.planned),
        _Drawn(_("Saknas"), "red", lambda sums: sums.lacking),
    )


def _rest(shown: Sequence[Named], total: Sums) -> Sums:
    return total.less(*(sums for _name, sums in shown))


def _rounded(amount: int, unit: int) -> int:
    return (amount + unit // 2) // unit


def _in_words(groups: Sequence[Named], total: Sums) -> str:
    """The chart's numbers as text, a line for each group; the sums when that would be too long."""
    lines = "\n".join(f"{name}: {in_one_breath(sums)}." for name, sums in groups)
    if len(lines) <= LONGEST_ALTERNATIVE:
        return lines
    return _("Sammanlagt: {sums}.", sums=in_one_breath(total))


def in_one_breath(sums: Sums) -> str:
    """`budget 900 000 kr, beviljat 200 000 kr, saknas 700 000 kr`."""
    said = [_("budget {amount}", amount=kronor(sums.budget))]
    said += [
        f"{state_word(state)} {kronor(sums.in_state(state))}"
        for state in reversed(STATES)
        if sums.in_state(state)
    ]
    if sums.lacking:
        said.append(_("saknas {amount}", amount=kronor(sums.lacking)))
    return ", ".join(said)
