"""Two times in a question: both are read, one span where they follow one another, said so."""

from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.plan import Plan
from bot.questions.answers.scope_words import when_words
from bot.questions.asking import Asking
from bot.questions.periods import read_when
from bot.questions.question import Filter, Intent, Question
from bot.questions.spans import Days, days_of_any
from bot.questions.words import joined, words_of
from tests.digest_material import stockholm

NOW = stockholm("2026-03-16 09:00")
TODAY = date(2026, 3, 16)


def periods(said: str) -> str:
    """The periods that are read in what was said, apart by `|`."""
    found = read_when(joined(words_of(said)), TODAY, 2026)
    return "|".join(each.value for each in found if each.name == "period")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("i april och maj", "2026-04|2026-05"),
        ("i april och september", "2026-04|2026-09"),
        ("i maj och juni 2027", "2027-05|2027-06"),
        ("mellan januari och mars", "2026-01|2026-02|2026-03"),
        ("från april till och med juni", "2026-04|2026-05|2026-06"),
        ("april–juni", "2026-04|2026-05|2026-06"),
        ("juni till augusti nästa år", "2027-06|2027-07|2027-08"),
        ("mellan november och januari", "2026-11|2026-12|2027-01"),
        ("mellan november 2025 och januari 2026", "2025-11|2025-12|2026-01"),
        ("mellan mars 2026 och mars 2029", "|".join(
            [*(f"2026-{n:02d}" for n in range(3, 13)), "2027-01", "2027-02"])),
        ("vecka 12 och 14", "2026-W12|2026-W14"),
        ("v. 12-14", "2026-W12|2026-W13|2026-W14"),
        ("kvartal 1 och 2", "2026-Q1|2026-Q2"),
        ("q1–q3 2027", "2027-Q1|2027-Q2|2027-Q3"),
        ("den här veckan och nästa vecka", "this_week|next_week"),
        ("2026-05", "2026-05"),
    ],
)  # fmt: skip
def test_both_times_are_read(said: str, read: str):
    assert periods(said) == read


def test_times_that_follow_one_another_are_one_span():
    assert days_of_any(("2026-05", "2026-04"), TODAY) == Days(date(2026, 4, 1), date(2026, 5, 31))
    assert days_of_any(("2026-Q2", "2026-05"), TODAY) == Days(date(2026, 4, 1), date(2026, 6, 30))
    assert days_of_any(("2026-05", "nonsense"), TODAY) == Days(date(2026, 5, 1), date(2026, 5, 31))
    assert days_of_any((), TODAY) is None


def test_of_times_apart_what_is_between_is_in_none():
    days = days_of_any(("2026-09", "2026-04"), TODAY)
    assert days is not None
    assert (days.first, days.last) == (date(2026, 4, 1), date(2026, 9, 30))
    for day, within in (
        (date(2026, 4, 30), True),
        (date(2026, 6, 15), False),
        (date(2026, 9, 1), True),
        (date(2026, 10, 1), False),
    ):
        assert (day in days) is within, day
    assert not days.meets(date(2026, 5, 1), date(2026, 8, 31))
    assert days.meets(date(2026, 5, 1), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("2026-05|2026-04", "i april och maj"),
        ("2026-04|2026-06", "i april och juni"),
        ("2026-01|2026-02|2026-03", "i januari till mars"),
        ("2026-12|2027-01", "i december och januari 2027"),
        ("2026-W12|2026-W14", "vecka 12 och 14"),
        ("2026-W12|2026-W13|2026-W14", "vecka 12 till 14"),
        ("2026-Q1|2026-Q2", "under kvartal 1 och 2 2026"),
        ("2026|2027", "under 2026 och 2027"),
        ("next_week|this_week", "den här veckan och nästa vecka"),
        ("2026-04|this_week", "den här veckan och i april"),
        ("nonsense", ""),
    ],
)
def test_they_are_said_together(values: str, words: str):
    nothing: AsyncConnection = None  # type: ignore[assignment]
    question = Question(Intent.MILESTONES, {Filter.PERIOD: tuple(values.split("|"))})
    plan = Plan(1, 2026, {}, {}, {}, {}, {})
    nobody = None
    assert when_words(Asking(nothing, plan, question, nobody, NOW)) == words  # type: ignore[arg-type]
