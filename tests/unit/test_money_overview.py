"""The plan's money summed: by area, direction and municipality, and what is lacking."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.money.chart import money_chart
from bot.conversations.views import Chart
from bot.money.funding import FundingLine, Kronor
from bot.money.overview import STATES, Overview, Sums
from bot.people import OrganisationId
from bot.plan import Activity, ActivityId, Direction, Organisation, Plan
from tests.digest_material import KOM_03

TODAY = date(2026, 11, 24)
HJO, SKARA = OrganisationId(6), OrganisationId(10)


def line(
    state: str, amount: int, kind: str = "external", whose: OrganisationId | None = None
) -> FundingLine:
    hours = 40 if kind == "in_kind" else None
    return FundingLine("Källa", kind, Kronor(amount), state, organisation=whose, hours=hours)


def activity(number: int, budget: int, *funding: FundingLine, **values: Any) -> Activity:
    return replace(
        KOM_03,
        id=ActivityId(number),
        code=f"KOM-{number:02d}",
        budget=Kronor(budget),
        funding=funding,
        **values,
    )


def overview(*activities: Activity, done: frozenset[ActivityId] = frozenset()) -> Overview:
    areas = dict(enumerate(dict.fromkeys(each.area for each in activities), 1))
    keys = {name: key for key, name in areas.items()}
    pairs = dict.fromkeys((each.area, each.direction) for each in activities)
    plan = Plan(
        revision=1,
        year=2026,
        activities={each.code: each for each in activities},
        organisations={
            HJO: Organisation(HJO, "Hjo", "municipality", "1497"),
            SKARA: Organisation(SKARA, "Skara", "municipality", "1495"),
        },
        focus_areas=areas,
        directions={n: Direction(n, keys[a], d) for n, (a, d) in enumerate(pairs, 1)},
    )
    return Overview(plan, TODAY, done)


def test_sums_are_by_state_and_what_is_rejected_is_lacking():
    found = overview(
        activity(1, 900, line("granted", 200), line("rejected", 300), line("applied", 100)),
        activity(2, 500, line("planned", 100), line("pledged", 50, whose=HJO)),
    ).total
    assert found == Sums(
        activities=2,
        budget=Kronor(1_400),
        planned=Kronor(100),
        applied=Kronor(100),
        granted=Kronor(200),
        pledged=Kronor(50),
        lacking=Kronor(600 + 350),
    )
    assert (found.sure, found.hoped_for) == (250, 200)


def test_nobody_looks_for_money_for_what_is_over():
    passed = activity(1, 900, ends_on=TODAY - timedelta(days=1))
    last_day = activity(2, 500, ends_on=TODAY)
    done = activity(3, 100)
    found = overview(passed, last_day, done, done=frozenset({done.id}))
    assert found.total.lacking == 500
    assert found.total.budget == 1_500
    assert [found.lacking(each) for each in (passed, last_day, done)] == [0, 500, 0]


def test_what_was_taken_out_of_the_plan_is_not_counted():
    gone = activity(1, 900, ended_on=TODAY)
    later = activity(2, 500, ended_on=TODAY + timedelta(days=1))
    assert overview(gone, later).total.budget == 500


def test_areas_and_directions_hold_their_own():
    found = overview(
        activity(1, 100, area="Kompetens", direction="Försörjning"),
        activity(2, 200, area="Etablering", direction="Försörjning"),
        activity(3, 400, area="Kompetens", direction="Omställning"),
    )
    assert [(each.name, each.sums.budget) for each in found.areas] == [
        ("Kompetens", 500),
        ("Etablering", 200),
    ]
    named = [(each.name, each.key, each.sums.budget) for each in found.directions("Kompetens")]
    assert named == [("Försörjning", 1, 100), ("Omställning", 3, 400)]
    assert [each.key for each in found.directions("Etablering")] == [2]


def test_each_municipality_has_its_pledges_in_money_and_time():
    found = overview(
        activity(1, 900, line("pledged", 200, "co_financing", HJO)),
        activity(2, 900, line("pledged", 30, "in_kind", HJO), line("planned", 5, "in_kind", HJO)),
    )
    hjo, skara = found.pledged
    assert (hjo.name, hjo.money, hjo.own_time, hjo.hours) == ("Hjo", 200, 30, 40)
    assert (skara.name, skara.money, skara.own_time, skara.pledges) == ("Skara", 0, 0, ())


AMOUNTS = st.integers(1, 10**12)
LINES = st.lists(st.builds(line, st.sampled_from((*STATES, "rejected")), AMOUNTS), max_size=5).map(
    tuple
)
ACTIVITIES = st.lists(
    st.tuples(
        st.integers(0, 10**12), LINES, st.sampled_from("ABC"), st.sampled_from("xy"), st.booleans()
    ),
    max_size=8,
)


@given(ACTIVITIES)
def test_parts_always_add_up_to_the_whole(made: list[Any]):
    activities = [
        activity(n, budget, *lines, area=area, direction=direction)
        for n, (budget, lines, area, direction, _done) in enumerate(made, 1)
    ]
    done = frozenset(ActivityId(n) for n, each in enumerate(made, 1) if each[4])
    found = overview(*activities, done=done)
    assert found.total.less(*(each.sums for each in found.areas)) == Sums()
    for area in found.areas:
        parts = [each.sums for each in found.directions(area.name)]
        assert area.sums.less(*parts) == Sums()
    assert 0 <= found.total.lacking <= found.total.budget
    covered = found.total.sure + found.total.hoped_for + found.total.lacking
    assert done or covered >= found.total.budget


@given(ACTIVITIES)
def test_a_chart_holds_all_that_there_is(made: list[Any]):
    activities = [
        activity(n, budget, *lines, area=f"Område {n}")
        for n, (budget, lines, _area, _direction, _done) in enumerate(made * 4, 1)
    ]
    found = overview(*activities)
    chart = money_chart([(each.name, each.sums) for each in found.areas], found.total)
    if chart is None:
        assert found.total.lacking == found.total.sure == found.total.hoped_for == 0
        return
    assert isinstance(chart, Chart)
    drawn = sum(sum(each.values) for each in chart.series)
    total = found.total.lacking + found.total.sure + found.total.hoped_for
    unit = 1_000 if "tusen" in chart.title else 1
    assert abs(drawn * unit - total) <= unit * len(chart.categories) * len(chart.series)


@pytest.mark.parametrize(
    ("largest", "title", "drawn"),
    [
        (999_999, "Finansiering i kronor", 999_999),
        (1_000_000, "Finansiering i tusen kronor", 1_000),
        (1_234_567, "Finansiering i tusen kronor", 1_235),
    ],
)
def test_large_amounts_are_drawn_in_thousands(largest: int, title: str, drawn: int):
    found = overview(activity(1, largest))
    chart = money_chart([("Kompetens", found.total)], found.total)
    assert chart is not None
    assert chart.title == title
    assert chart.series[0].values == (drawn,)
