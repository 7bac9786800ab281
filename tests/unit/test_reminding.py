"""Which step of a thing is due on a day, when a person may be reminded, and absence as written."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import USUAL, Hours, in_hours, read_hours, zone_of
from bot.people import PersonId
from bot.reading_absence import NotAnAbsence, SaidAbsence, first_day_back, read_absence
from bot.reminding.things import (
    ACTIVE,
    STANDARD,
    Kind,
    Level,
    Thing,
    days_of,
    is_pressing,
    step_on,
)
from bot.settings import ReminderKind, Settings
from bot.workdays import is_bridge_day, is_quiet, is_working_day

DAY = timedelta(days=1)
ON = date(2026, 3, 18)
POLL = Thing(Kind.POLL, 3, PersonId(1), ON, "Platsvarumärke", until=ON)
LATE = replace(POLL, kind=Kind.OVERDUE, until=None)
MONDAY = datetime(2026, 3, 16, 9, tzinfo=UTC)


def test_settings_know_every_kind():
    assert set(get_args(ReminderKind)) == {each.value for each in Kind} == {*STANDARD}


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="reminder_days"):
        Settings.model_validate({"reminder_days": {"birthday": [1]}})


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2026, 3, 10), None),
        (date(2026, 3, 11), "2026-03-18-7"),
        (date(2026, 3, 14), "2026-03-18-7"),
        (date(2026, 3, 16), "2026-03-18-3"),
        (date(2026, 3, 18), "2026-03-18-1"),
        (date(2026, 3, 19), None),
    ],
)
def test_the_last_day_that_has_passed_counts(today: date, step: str | None):
    assert step_on(POLL, today, {}) == step


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (ON, None),
        (ON + DAY, "2026-03-18+1"),
        (ON + 7 * DAY, "2026-03-18+1"),
        (ON + 8 * DAY, "2026-03-18+8"),
        (ON + 100 * DAY, "2026-03-18+8"),
    ],
)
def test_what_is_late_stays_late(today: date, step: str | None):
    assert step_on(LATE, today, {}) == step


def test_a_network_is_reminded_less_or_more():
    coming = replace(LATE, kind=Kind.MILESTONE)
    assert days_of(replace(coming, level=Level.LIGHT), {}) == (-3, 1)
    assert days_of(replace(coming, level=Level.ACTIVE), {}) == ACTIVE[Kind.MILESTONE]
    assert days_of(replace(LATE, level=Level.LIGHT), {}) == (1,)


def test_an_organisation_chooses_its_own_days():
    assert days_of(POLL, {"poll": [-2, -5]}) == (-5, -2)
    assert days_of(replace(POLL, level=Level.ACTIVE), {"poll": [-2]}) == (-2,)


@pytest.mark.parametrize(
    ("last", "first_pressing"),
    [
        (date(2026, 3, 18), date(2026, 3, 17)),
        (date(2026, 3, 22), date(2026, 3, 20)),
        (date(2026, 3, 23), date(2026, 3, 20)),
        (date(2026, 4, 6), date(2026, 4, 2)),
    ],
)
def test_what_hurries_presses_from_the_last_day_of_work_before_it(last: date, first_pressing: date):
    poll = replace(POLL, on=last, until=last)
    days = [last - n * DAY for n in range(-2, 10)]
    assert min(day for day in days if is_pressing(poll, day)) == first_pressing
    assert max(day for day in days if is_pressing(poll, day)) == last
    assert not any(is_pressing(replace(LATE, on=last), day) for day in days)


@pytest.mark.parametrize("level", Level)
def test_nobody_is_reminded_more_than_twice_of_a_late_report(level: Level):
    assert len(days_of(replace(LATE, level=level), {})) <= 2, "after that the chef is told"


@pytest.mark.parametrize(
    ("kind", "on", "today", "step"),
    [
        (Kind.POLL, date(2026, 3, 22), date(2026, 3, 19), "-3"),
        (Kind.POLL, date(2026, 3, 22), date(2026, 3, 20), "-1"),
        (Kind.POLL_MISSING, date(2026, 3, 22), date(2026, 3, 19), None),
        (Kind.POLL_MISSING, date(2026, 3, 22), date(2026, 3, 20), "+0"),
        (Kind.APPLICATION, date(2026, 3, 8), date(2026, 3, 5), "-3"),
        (Kind.DOCUMENTS, date(2026, 4, 7), date(2026, 4, 2), "-5"),
        (Kind.DOCUMENTS, date(2026, 4, 6), date(2026, 4, 2), "-1"),
        (Kind.ASKED, date(2026, 3, 20), date(2026, 3, 20), None),
    ],
)
def test_a_step_that_could_only_come_too_late_comes_before(
    kind: Kind, on: date, today: date, step: str | None
):
    until = on if kind in (Kind.POLL, Kind.POLL_MISSING) else None
    thing = replace(POLL, kind=kind, on=on, until=until)
    if kind is Kind.ASKED:
        thing = replace(thing, until=on + 2 * DAY)
    assert step_on(thing, today, {}) == (f"{on.isoformat()}{step}" if step else None)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(list(Kind)))
def test_no_step_is_named_before_its_day(today: date, kind: Kind):
    step = step_on(replace(LATE, kind=kind), today, {})
    if step is not None:
        offset = int(step.removeprefix(ON.isoformat()))
        moved = not any(is_working_day(today + n * DAY) for n in range(1, (ON - today).days + 1))
        assert ON + offset * DAY <= today or moved
        assert offset in STANDARD[kind]


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-03-16 07:59", False),
        ("2026-03-16 08:00", True),
        ("2026-03-16 16:59", True),
        ("2026-03-16 17:00", False),
        ("2026-03-15 12:00", False),
        ("2026-04-03 12:00", False),
        ("2026-06-19 12:00", False),
        ("2026-12-24 12:00", False),
        ("2026-03-30 08:00", True),
    ],
)
def test_people_are_at_work_in_swedish_hours(moment: str, there: bool):
    zone = zone_of("Europe/Stockholm")
    now = datetime.fromisoformat(moment).replace(tzinfo=zone)
    assert in_hours(USUAL, zone, now.astimezone(UTC)) is there


def test_hours_are_judged_where_the_person_is():
    eight_in_finland = datetime(2026, 3, 16, 6, 30, tzinfo=UTC)
    assert in_hours(USUAL, zone_of("Europe/Helsinki"), eight_in_finland)
    assert not in_hours(USUAL, zone_of("Europe/Stockholm"), eight_in_finland)
    assert zone_of("Nowhere/At_All").key == "Europe/Stockholm"


def test_ones_own_hours_are_kept_and_read_again():
    mine = Hours(time(9, 30), time(15), frozenset({1, 3}), 3)
    assert read_hours({"hours": mine.stored()}) == mine
    assert read_hours({}) == USUAL
    assert not in_hours(mine, zone_of("Europe/Stockholm"), MONDAY - timedelta(hours=1))


def test_bridge_days_and_july_are_quiet_where_that_is_chosen():
    bridge, july = date(2026, 5, 15), date(2026, 7, 14)
    assert is_bridge_day(bridge)
    assert is_quiet(bridge, bridge_days=True, july=False)
    assert not is_quiet(bridge, bridge_days=False, july=True)
    assert is_quiet(july, bridge_days=False, july=True)
    assert not is_quiet(july, bridge_days=True, july=False)


@pytest.mark.parametrize(
    ("words", "first", "back"),
    [
        ("till 12 aug", "2026-03-16", "2026-08-13"),
        ("3 dagar", "2026-03-16", "2026-03-19"),
        ("5 dagar", "2026-03-16", "2026-03-21"),
        ("tre dagar", "2026-03-16", "2026-03-19"),
        ("v. 28-31", "2026-07-06", "2026-08-03"),
        ("vecka 12", "2026-03-16", "2026-03-23"),
        ("v 52 - 1", "2026-12-21", "2027-01-11"),
        ("i morgon", "2026-03-17", "2026-03-18"),
        ("från 3 aug till 12 aug", "2026-08-03", "2026-08-13"),
        ("3-7 augusti", "2026-08-03", "2026-08-08"),
        ("tillbaka 20 mars", "2026-03-16", "2026-03-20"),
        ("åter måndag", "2026-03-16", "2026-03-23"),
        ("hela veckan", "2026-03-16", "2026-03-23"),
        ("until 3 April", "2026-03-16", "2026-04-04"),
        ("fredag", "2026-03-20", "2026-03-21"),
    ],
)
def test_absence_is_read_as_people_write_it(words: str, first: str, back: str):
    said = read_absence(words, MONDAY)
    assert said == SaidAbsence(date.fromisoformat(first), date.fromisoformat(back))


@pytest.mark.parametrize("words", ["", "nån gång", "0 dagar", "till förra veckan", "v. 60"])
def test_what_says_no_time_is_refused(words: str):
    with pytest.raises(NotAnAbsence):
        read_absence(words, MONDAY)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("till 1 nov", "passed"),
        ("till 1/11", "passed"),
        ("till 1 nov 2026", "passed"),
        ("1 nov", "passed"),
        ("v. 40", "passed"),
        ("v. 31-28", "backwards"),
        ("från 20 dec till 10 dec", "backwards"),
        ("från 2026-12-20 till 2026-12-10", "backwards"),
        ("20-10 december", "backwards"),
        ("0 dagar", "no_day"),
        ("0 veckor", "no_day"),
        ("400 dagar", "too_long"),
        ("99999 veckor", "too_long"),
        ("till 2028-11-01", "too_long"),
        ("nån gång", "unclear"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cause(words: str, why: str):
    with pytest.raises(NotAnAbsence) as refused:
        read_absence(words, datetime(2026, 11, 29, 9, 0, tzinfo=UTC))
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("till 15 jan", "2027-01-16"),
        ("till 1 nov 2027", "2027-11-02"),
        ("v. 51-2", "2027-01-18"),
        ("från 20 dec till 10 jan", "2027-01-11"),
        ("v. 2", "2027-01-18"),
    ],
)
def test_near_the_end_of_a_year_the_next_one_is_meant(words: str, back: str):
    said = read_absence(words, datetime(2026, 11, 29, 9, 0, tzinfo=UTC))
    assert said.ends_on == date.fromisoformat(back)


def test_a_deputy_is_named_in_the_same_line():
    said = read_absence("till fredag, med ersättare Karin Lind", MONDAY)
    assert (said.ends_on, said.deputy) == (date(2026, 3, 21), "Karin Lind")


def test_the_first_day_back_is_one_of_work():
    assert first_day_back(date(2026, 4, 3)) == date(2026, 4, 7)


@given(st.text(max_size=80))
def test_no_words_break_the_reading(words: str):
    try:
        said = read_absence(words, MONDAY)
    except NotAnAbsence:
        return
    assert said.starts_on < said.ends_on
    assert said.ends_on > MONDAY.date()
