"""An activity is late by its own rhythm, and some never are."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.overdue import late_since, next_report_due
from bot.plan import Rhythm
from bot.states import Status
from tests.digest_material import DAY, KOM_03

FORTNIGHT = Rhythm("weeks", 2)
LAST = date(2026, 11, 2)


def test_a_report_is_late_the_day_after_it_was_due():
    assert late_since(KOM_03, Status.ON_TRACK, LAST, date(2026, 11, 16)) is None
    assert late_since(KOM_03, Status.ON_TRACK, LAST, date(2026, 11, 17)) == date(2026, 11, 16)


def test_without_a_report_it_is_counted_from_the_start():
    assert late_since(KOM_03, None, None, date(2026, 2, 15)) is None
    assert late_since(KOM_03, None, None, date(2026, 2, 16)) == date(2026, 2, 15)


def test_a_report_before_the_start_does_not_make_it_late_sooner():
    assert next_report_due(FORTNIGHT, date(2026, 2, 1), date(2026, 1, 5)) == date(2026, 2, 15)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.DONE])
def test_paused_and_done_are_never_late(status: Status):
    assert late_since(KOM_03, status, LAST, date(2027, 6, 1)) is None


@pytest.mark.parametrize(
    "status", [None, Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]
)
def test_every_other_state_can_be_late(status: Status | None):
    assert late_since(KOM_03, status, LAST, date(2027, 6, 1)) is not None


def test_what_has_not_started_or_is_over_is_never_late():
    before, after = date(2026, 1, 31), date(2028, 1, 1)
    assert late_since(KOM_03, None, None, before) is None
    assert late_since(KOM_03, Status.ON_TRACK, LAST, after) is None
    ended = replace(KOM_03, ended_on=date(2026, 11, 20))
    assert late_since(ended, Status.ON_TRACK, LAST, date(2026, 11, 19)) is not None
    assert late_since(ended, Status.ON_TRACK, LAST, date(2026, 11, 20)) is None


def test_never_means_never():
    never = replace(KOM_03, rhythm=Rhythm("never", 2))
    assert late_since(never, Status.ON_TRACK, LAST, date(2027, 6, 1)) is None


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 4, 15), date(2026, 5, 15)),
    ],
)
def test_monthly_is_the_same_day_or_the_months_last(last: date, due: date):
    assert next_report_due(Rhythm("monthly", 2), date(2025, 1, 1), last) == due


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from([Rhythm("monthly", 2), *(Rhythm("weeks", n) for n in (1, 2, 3, 52))]),
)
def test_a_new_report_is_never_late_on_its_day(start: date, last: date, rhythm: Rhythm):
    activity = replace(KOM_03, starts_on=start, ends_on=date(2200, 1, 1), rhythm=rhythm)
    due = next_report_due(rhythm, start, last)
    assert due is not None
    assert due > max(start, last)
    assert late_since(activity, Status.ON_TRACK, last, last) is None
    assert late_since(activity, Status.ON_TRACK, last, due) is None
    assert late_since(activity, Status.ON_TRACK, last, due + DAY) == due
    assert due - max(start, last) <= timedelta(weeks=52)
