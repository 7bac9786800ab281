"""Quick questions, dates and moments as people type them."""

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import STOCKHOLM
from bot.polls.reading_question import NotAQuestion, read_dates, read_question
from bot.reading_moments import NotAMoment, read_moment, read_said, read_span

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=STOCKHOLM)
"""A Monday."""


def at(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("mån 9", at(9, 9)),
        ("mån 11", at(2, 11)),
        ("måndag kl 11:30", at(2, 11, 30)),
        ("tis 9", at(3, 9)),
        ("fre", at(6, 8)),
        ("12 maj 9", at(12, 9, month=5)),
        ("den 12 maj kl. 9", at(12, 9, month=5)),
        ("12/5 13.15", at(12, 13, 15, month=5)),
        ("2026-05-12 9:05", at(12, 9, 5, month=5)),
        ("1 mars 9", at(1, 9, year=2027)),
        ("2 mars", at(2, 8)),
        ("fre 15 maj 9", at(15, 9, month=5)),
        ("i morgon 13", at(3, 13)),
        ("i dag 14", at(2, 14)),
        ("29 feb 9", at(29, 9, month=2, year=2028)),
        ("tomorrow 9", at(3, 9)),
    ],
)
def test_a_moment_is_the_next_that_comes(words: str, moment: datetime):
    assert read_moment(words, NOW, hour=time(8)) == moment


@pytest.mark.parametrize(
    "words", ["", "snart", "32 maj", "30 feb 9", "mån 25", "mån 9:75", "2026-13-01", "12 majs 9"]
)
def test_what_is_no_moment_is_refused(words: str):
    with pytest.raises(NotAMoment):
        read_said(words, NOW)


def test_a_span_ends_after_it_starts():
    assert read_span("12 maj 9-11", NOW) == (at(12, 9, month=5), at(12, 11, month=5))
    assert read_span("12 maj 13:30–15", NOW)[1] == at(12, 15, month=5)
    assert read_span("mån 9 till 10", NOW) == (at(9, 9), at(9, 10))
    assert read_span("12 maj 9", NOW)[1] == at(12, 10, month=5)
    for wrong in ("12 maj 11-9", "12 maj", "12 maj 9-9"):
        with pytest.raises(NotAMoment):
            read_span(wrong, NOW)


def test_a_question_with_its_choices_and_ways():
    said = read_question('"Vem tar anteckningar?" Hjo, Tibro flera dolt öppnar mån 9', NOW)
    assert (said.title, said.choices) == ("Vem tar anteckningar?", ("Hjo", "Tibro"))
    assert said.several
    assert said.hidden
    assert said.opens_at == at(9, 9)
    assert said.closes_at == at(16, 17)


@pytest.mark.parametrize(
    "words",
    [
        "”Ska vi ses på plats?”",
        "“Ska vi ses på plats?”",
        "Ska vi ses på plats?",
        "'Ska vi ses på plats?'",
        '"Ska vi ses på plats?":',
    ],
)
def test_a_question_without_choices_is_yes_no_or_abstain(words: str):
    said = read_question(words, NOW)
    assert (said.title, said.choices) == ("Ska vi ses på plats?", ())
    assert said.closes_at == at(9, 17)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ('"Vad menas med "nära vård"?" Ja, Nej', 'Vad menas med "nära vård"?'),
        ('"Är "nära vård" bra?" Ja, Nej', 'Är "nära vård" bra?'),
        ('"Är det Hjo\'s tur?" Ja, Nej', "Är det Hjo's tur?"),
        ("'Är det Hjo's tur?' Ja, Nej", "Är det Hjo's tur?"),
        ("’Är det Hjo’s tur?’: Ja, Nej", "Är det Hjo’s tur?"),
        ("”Är 'nära' bra?” Ja, Nej", "Är 'nära' bra?"),
        ("«Är ”nära” bra?», Ja, Nej", "Är ”nära” bra?"),
        ('“Är ‘nära’ "bra"?” Ja, Nej', 'Är ‘nära’ "bra"?'),
        ('"Ses vi?"Ja, Nej', "Ses vi?"),
    ],
)
def test_a_quote_ends_at_the_mark_that_it_began_with(words: str, title: str):
    said = read_question(words, NOW)
    assert (said.title, said.choices) == (title, ("Ja", "Nej"))


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Vem tar anteckningar", "no_question"),
        ('"Vem tar anteckningar? Hjo, Tibro', "no_question"),
        ('" " Hjo, Tibro', "no_question"),
        ('"Vem?" Hjo', "one_choice"),
        ('"Vem?" Hjo, hjo', "twice"),
        ('"Vem?" ' + ", ".join(f"v{n}" for n in range(11)), "too_many"),
        ('"Vem?" Hjo, Tibro öppnar snart', "when"),
        ('"Vem?" Hjo, Tibro stänger 3 mars 8 öppnar fre 9', "closes_first"),
        (f'"{"x" * 151}" a, b', "too_long"),
    ],
)
def test_what_is_wrong_is_said(words: str, wrong: str):
    with pytest.raises(NotAQuestion) as error:
        read_question(words, NOW)
    assert error.value.wrong == wrong


def test_dates_are_read_in_order_and_close_before_the_first():
    said = read_dates('"Nätverksmöte" 19 maj 13-15, 12 maj 9-11', NOW)
    assert said.title == "Nätverksmöte"
    assert said.spans[0] == (at(12, 9, month=5), at(12, 11, month=5))
    assert said.closes_at == at(9, 17)
    soon = read_dates('"Snabbt" i morgon 9-10, ons 9-10', NOW)
    assert NOW < soon.closes_at < at(3, 9)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ('"Möte"', "no_dates"),
        ('"Möte" 12 maj', "date"),
        ('"Möte" 2026-01-12 9-11', "past"),
        ('"Möte" 12 maj 9-11, 12 maj 9-11', "twice"),
    ],
)
def test_what_is_wrong_with_dates_is_said(words: str, wrong: str):
    with pytest.raises(NotAQuestion) as error:
        read_dates(words, NOW)
    assert error.value.wrong == wrong


@given(st.text(max_size=200))
def test_no_line_crashes(words: str):
    for read in (read_question, read_dates):
        try:
            read(words, NOW)
        except NotAQuestion:
            continue
