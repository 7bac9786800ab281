"""When digests are due: each ISO week once, on working days, at the same Stockholm time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import in_stockholm
from bot.digests.period import (
    WEEKLY,
    Audience,
    NoSuchWeek,
    Week,
    due_in,
    latest_due,
    next_due,
    weeks_before,
)
from bot.settings import Settings
from bot.workdays import (
    is_working_day,
    next_working_day,
    next_working_hour,
    previous_working_day,
)
from tests.digest_material import stockholm

SETTINGS = Settings()
AUDIENCES = st.sampled_from(WEEKLY)
DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2080, 12, 31), timezones=st.just(UTC))


def local(audience: Audience, week: str) -> str:
    return f"{in_stockholm(due_in(audience, Week.read(week), SETTINGS).at):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("week", "at"),
    [
        ("2026-W48", "2026-11-23 07:30"),
        ("2026-W15", "2026-04-07 07:30"),  # the Tuesday after Easter
        ("2026-W13", "2026-03-23 07:30"),  # the last one in winter time
        ("2026-W14", "2026-03-30 07:30"),  # the first one in summer time
        ("2018-W01", "2018-01-02 07:30"),  # New Year's Day
        ("2020-W53", "2020-12-28 07:30"),
        ("2027-W01", "2027-01-04 07:30"),
    ],
)
def test_the_managers_is_on_monday_or_the_next_working_day(week: str, at: str):
    assert local(Audience.MANAGER, week) == at


@pytest.mark.parametrize(
    ("week", "at"),
    [
        ("2026-W48", "2026-11-27 13:00"),
        ("2026-W14", "2026-04-02 13:00"),  # Good Friday
        ("2026-W25", "2026-06-18 13:00"),  # Midsummer Eve
        ("2026-W52", "2026-12-23 13:00"),  # Christmas Eve is a Thursday
        ("2026-W53", "2026-12-30 13:00"),  # New Year's Day 2027 belongs to week 53 of 2026
        ("2026-W18", "2026-04-30 13:00"),  # the first of May
    ],
)
def test_the_steering_groups_is_on_friday_or_the_working_day_before(week: str, at: str):
    assert local(Audience.STEERING_GROUP, week) == at


def test_the_same_time_of_day_summer_and_winter():
    winter = due_in(Audience.MANAGER, Week.read("2026-W13"), SETTINGS).at
    summer = due_in(Audience.MANAGER, Week.read("2026-W14"), SETTINGS).at
    assert summer - winter == timedelta(days=7) - timedelta(hours=1)
    assert weeks_before(summer, 1) == winter


def test_day_and_time_are_settings():
    settings = Settings(chef_digest_day=3, chef_digest_time="15:00")  # pyright: ignore
    due = due_in(Audience.MANAGER, Week.read("2026-W48"), settings)
    assert due.at == stockholm("2026-11-25 15:00")
    assert due.period == "2026-W48"


def test_a_digest_is_due_at_its_minute_and_not_before():
    at = stockholm("2026-11-23 07:30")
    before = latest_due(Audience.MANAGER, at - timedelta(microseconds=1), SETTINGS)
    assert before.period == "2026-W47"
    assert latest_due(Audience.MANAGER, at, SETTINGS).period == "2026-W48"


@given(AUDIENCES, DAYS)
def test_every_digest_is_on_a_working_day_at_its_time(audience: Audience, day: date):
    due = due_in(audience, Week.of(day), SETTINGS)
    at = in_stockholm(due.at)
    assert is_working_day(at.date())
    assert f"{at:%H:%M}" == {"manager": "07:30", "steering_group": "13:00"}[audience]


@given(AUDIENCES, DAYS, st.integers(1, 7))
def test_each_week_has_one_and_they_come_in_order(audience: Audience, day: date, weekday: int):
    settings = Settings(chef_digest_day=weekday, styrgrupp_digest_day=weekday)
    this, later = Week.of(day), Week.of(day + timedelta(weeks=1))
    assert this < later
    assert due_in(audience, this, settings).at < due_in(audience, later, settings).at


@given(AUDIENCES, MOMENTS)
def test_the_latest_is_past_and_the_next_is_the_one_after(audience: Audience, now: datetime):
    latest, following = latest_due(audience, now, SETTINGS), next_due(audience, now, SETTINGS)
    assert latest.at <= now < following.at
    assert following.week.day(1) - latest.week.day(1) == timedelta(weeks=1)


@given(DAYS)
def test_a_week_is_read_as_it_is_written(day: date):
    assert Week.read(str(Week.of(day))) == Week.of(day)


@pytest.mark.parametrize(
    "text", ["", "48", "2026-48", "2026-W00", "2026-W54", "2025-W53", "2026-W4", "0000-W01", "v48"]
)
def test_what_is_no_week_is_refused(text: str):
    with pytest.raises(NoSuchWeek):
        Week.read(text)


def test_week_53_exists_in_a_year_that_has_it():
    assert Week.read("2026-W53") == Week(2026, 53)
    assert Week.read(" 2026-w53 ") == Week(2026, 53)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 4, 4), date(2026, 4, 2), date(2026, 4, 7)),  # Easter Saturday
        (date(2026, 12, 25), date(2026, 12, 23), date(2026, 12, 28)),
        (date(2026, 6, 19), date(2026, 6, 18), date(2026, 6, 22)),  # Midsummer Eve
        (date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 24)),  # an ordinary Tuesday
    ],
)
def test_working_days_around_holidays(day: date, before: date, after: date):
    assert (previous_working_day(day), next_working_day(day)) == (before, after)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-16 08:00", "2026-03-16 08:00"),
        ("2026-03-16 16:59", "2026-03-16 16:59"),
        ("2026-03-16 17:00", "2026-03-17 08:00"),
        ("2026-03-16 00:00", "2026-03-16 08:00"),
        ("2026-03-14 12:00", "2026-03-16 08:00"),
        ("2026-04-02 18:00", "2026-04-07 08:00"),
        ("2026-03-27 23:00", "2026-03-30 08:00"),
    ],
)
def test_people_are_written_to_when_they_are_at_work(now: str, then: str):
    """Also over Easter, and over the night when the clocks are set."""
    assert next_working_hour(stockholm(now)) == stockholm(then)
