"""Digest arithmetic over many weeks: all is told, nothing in full twice, and the numbers add up."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.compose import as_text, compose
from bot.digests.gather import Material, Standing
from bot.digests.period import Audience, Week
from bot.states import NEEDS_DEVIATION, Decider, Status
from tests.digest_material import material, standing

CODES = tuple(f"KOM-{n:02}" for n in range(1, 6))
WHY = ("Avtalet är försenat", "Rekryteringen drar ut på tiden", "Två kommuner saknas")
SAYS = st.tuples(
    st.sampled_from(list(Status)), st.sampled_from(WHY), st.sampled_from(list(Decider))
)
WEEKS = st.lists(st.tuples(*(SAYS for _code in CODES)), min_size=1, max_size=6)


def weekly(weeks: list[tuple[tuple[Status, str, Decider], ...]], audience: Audience):
    """Each week's material, following on from what the one before has told."""
    before: dict[str, Standing] = {}
    told: dict[str, str] = {}
    current = material(audience=audience, after=None)
    for said in weeks:
        standings = tuple(
            standing(
                code,
                before=before[code].status if code in before else Status.NOT_STARTED,
                status=status,
                deviation=why,
                decider=decider,
                decision=f"Beslut om {code}",
            )
            for code, (status, why, decider) in zip(CODES, said, strict=True)
        )
        current = replace(current, standings=standings, told=told)
        yield current
        told = dict(compose(current).told)
        before = {each.activity.code: each for each in standings}
        cut_off = current.cut_off + timedelta(weeks=1)
        week = Week.of(current.week.day(1) + timedelta(weeks=1))
        current = replace(
            current,
            covers_from=current.cut_off,
            cut_off=cut_off,
            after=str(current.week),
            week=week,
        )


def deviation(each: Standing) -> tuple[Status, str | None] | None:
    assert each.report
    return (each.status, each.report.deviation) if each.status in NEEDS_DEVIATION else None


@settings(max_examples=25, deadline=None)
@given(WEEKS, st.sampled_from(list(Audience)))
def test_a_deviation_stands_in_full_when_it_is_new_and_is_counted_when_not(
    weeks: list[tuple[tuple[Status, str, Decider], ...]], audience: Audience
):
    before: dict[str, object] = {}
    for current in weekly(weeks, audience):
        text = as_text(compose(current).cards)
        now = {each.activity.code: deviation(each) for each in current.standings}
        known = [code for code, said in now.items() if said and before.get(code) == said]
        for code, said in now.items():
            full = f"risk: {code}" in text or f"avvikelse: {code}" in text
            assert full is (said is not None and code not in known)
        counted = "som i förra brevet" in text
        assert counted is bool(known)
        if known:
            assert f"{len(known)} aktivitet" in text
        before = dict(now)


@settings(max_examples=25, deadline=None)
@given(WEEKS, st.sampled_from(list(Audience)))
def test_every_open_decision_has_exactly_one_line_each_week(
    weeks: list[tuple[tuple[Status, str, Decider], ...]], audience: Audience
):
    read = {Decider.BOARD}
    if audience not in (Audience.REFERENCE_GROUP, Audience.BOARD):
        read.add(Decider.STEERING_GROUP)
    if audience in (Audience.MANAGER, Audience.NETWORK, Audience.PERSON):
        read.add(Decider.MANAGER)
    for current in weekly(weeks, audience):
        text = as_text(compose(current).cards)
        for each in current.standings:
            assert each.report
            expected = 1 if each.report.decider in read else 0
            assert text.count(f"Beslut om {each.activity.code}") == expected


@settings(max_examples=25, deadline=None)
@given(WEEKS)
def test_counts_add_up_to_all_activities_and_changes_to_nothing(
    weeks: list[tuple[tuple[Status, str, Decider], ...]],
):
    def total(counts: Material) -> tuple[int, int]:
        return sum(counts.counts.values()), sum(counts.counts_before.values())

    for current in weekly(weeks, Audience.MANAGER):
        assert total(current) == (len(CODES), len(CODES))
