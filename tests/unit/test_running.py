"""Rhythms kept and missed, by the rule that says when a report is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.overdue import late_since
from bot.plan import Activity, Rhythm
from bot.running import missed_by
from bot.states import Status
from storage.queries.running import Report
from tests.unit.test_mine_pages import activity

SINCE, TODAY = date(2026, 6, 1), date(2026, 11, 30)
EVERY_OTHER_WEEK = replace(activity(1), starts_on=date(2026, 1, 5), ends_on=date(2027, 12, 31))


def reports(*days: date, status: str = "on_track") -> list[Report]:
    return [Report(1, datetime.combine(day, time(12), UTC), status) for day in days]


def every(days: int, since: date = date(2026, 5, 25), until: date = TODAY) -> list[date]:
    return [since + timedelta(days=n) for n in range(0, (until - since).days, days)]


def counted(one: Activity, those: list[Report]) -> tuple[int, int, int]:
    found = missed_by(one, those, SINCE, TODAY)
    return found.due, found.late, found.missing


def test_a_report_on_its_last_day_is_in_time():
    assert counted(EVERY_OTHER_WEEK, reports(*every(14)))[1:] == (0, 0)


def test_a_day_after_is_late():
    days = every(15)
    due, late, missing = counted(EVERY_OTHER_WEEK, reports(*days))
    assert (late, missing) == (len(days) - 1, 0)
    assert due == late


def test_of_a_long_silence_the_last_came_late_and_the_others_not_at_all():
    last, next_one = date(2026, 6, 15), date(2026, 6, 15) + timedelta(days=14 * 4 + 1)
    those = reports(SINCE, last, next_one, *every(14, next_one + timedelta(days=14)))
    assert counted(EVERY_OTHER_WEEK, those)[1:] == (1, 3)


def test_a_silence_that_lasts_is_not_at_all():
    due, late, missing = counted(EVERY_OTHER_WEEK, reports(date(2026, 11, 1)))
    assert (due, late, missing) == (13, 1, 12)


def test_an_activity_that_was_never_reported_is_counted_from_its_start():
    one = replace(EVERY_OTHER_WEEK, starts_on=date(2026, 11, 1))
    assert counted(one, []) == (2, 0, 2)


@pytest.mark.parametrize("status", ["paused", "done"])
def test_nothing_is_due_while_it_is_paused_or_done(status: str):
    assert counted(EVERY_OTHER_WEEK, reports(date(2026, 6, 8), status=status))[1:] == (0, 0)


def test_nothing_is_due_outside_its_own_time():
    one = replace(EVERY_OTHER_WEEK, ends_on=date(2026, 6, 30))
    assert counted(one, reports(date(2026, 6, 10)))[2] == 1
    ended = replace(EVERY_OTHER_WEEK, ended_on=date(2026, 6, 20))
    assert counted(ended, reports(date(2026, 6, 10)))[2] == 0


def test_an_activity_without_rhythm_awaits_nothing():
    one = replace(EVERY_OTHER_WEEK, rhythm=Rhythm("never", 0))
    assert counted(one, []) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["weeks", "monthly"])
def test_whoever_is_late_today_has_missed_and_the_other_way_round(kind: str):
    one = replace(EVERY_OTHER_WEEK, rhythm=Rhythm(kind, 2))
    for ago in range(1, 60):
        last = TODAY - timedelta(days=ago)
        is_late = late_since(one, Status.ON_TRACK, last, TODAY) is not None
        before = every(1, SINCE, last)
        assert bool(counted(one, reports(*before, last))[2]) == is_late, ago
