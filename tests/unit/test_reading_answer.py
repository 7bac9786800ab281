"""Answers as people type them, and what they come to at a proposal."""

import contextlib
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.amounts import NotAnAmount, read_amount
from bot.conversations.polls.answer_fields import said_in, values_typed
from bot.conversations.polls.priority_form import About, choices_of
from bot.people import OrganisationId
from bot.plan import Kronor, Plan
from bot.polls.answering import as_said
from bot.polls.co_financing import AnswerKind, Said
from bot.polls.reading_answer import Typed, read_answer
from bot.polls.reading_supposed import read_supposed
from bot.polls.starting import Choice
from tests.unit.assignment_scene import NOW
from tests.unit.poll_scene import proposal

YES, OTHERWISE = AnswerKind.YES, AnswerKind.OTHERWISE
NO, POLITICAL = AnswerKind.NO, AnswerKind.POLITICAL


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("ja", Typed(YES)),
        ("Ja!", Typed(YES)),
        ("ja 25 000", Typed(OTHERWISE, amount="25 000")),
        ("ja, 25.000 kr", Typed(OTHERWISE, amount="25.000 kr")),
        ("ja 1,2 mkr", Typed(OTHERWISE, amount="1,2 mkr")),
        ("ja 25 tkr om Hjo är med", Typed(OTHERWISE, amount="25 tkr", rest="om Hjo är med")),
        ("ja -1", Typed(OTHERWISE, amount="-1")),
        ("ja 40 timmar", Typed(OTHERWISE, hours="40")),
        ("ja 40 h till hösten", Typed(OTHERWISE, hours="40", rest="till hösten")),
        ("ja om Skara är med", Typed(OTHERWISE, rest="om Skara är med")),
        ("nej för dyrt", Typed(NO, rest="för dyrt")),
        ("politiskt beslut 2026-05-12", Typed(POLITICAL, day="2026-05-12")),
        ("politiskt beslut 12 maj", Typed(POLITICAL, day="2026-05-12")),
        ("politiskt beslut den 12:e maj i KS", Typed(POLITICAL, day="2026-05-12", rest="i KS")),
        ("politiskt beslut, i KF 1/2", Typed(POLITICAL, day="2027-02-01", rest="i KF")),
        ("politiskt beslut 31 feb", Typed(POLITICAL, day="31 feb")),
        ("politiskt beslut i vår", Typed(POLITICAL, rest="i vår")),
        ("jamen", None),
        ("nejlikor", None),
        ("svar", None),
        ("", None),
    ],
)
def test_words_are_read_as_an_answer(words: str, typed: Typed | None):
    assert read_answer(words, NOW) == typed


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("ja 2 miljoner kr", Typed(OTHERWISE, amount="2 miljoner kr")),
        ("ja 25 000:- om Hjo är med", Typed(OTHERWISE, amount="25 000", rest="om Hjo är med")),
        ("ja 25 000, om Hjo är med", Typed(OTHERWISE, amount="25 000", rest="om Hjo är med")),
        ("ja 40,5 timmar", Typed(OTHERWISE, hours="40,5")),
        ("ja 25k", Typed(OTHERWISE, amount="25k")),
        ("ja 12,5", Typed(OTHERWISE, amount="12,5")),
    ],
)
def test_a_number_stays_whole(words: str, typed: Typed):
    assert read_answer(words, NOW) == typed


@pytest.mark.parametrize(
    "words",
    [
        *("1.2 mkr", "10 %", "10 procent", "2 mdkr", "2 miljarder", "25k om Hjo är med", "2027"),
        *("2027 om budgeten räcker", "20 000-25 000", "20 000 – 25 000", "25 000 k", "40 hus"),
        *("ca 25 000", "högst 25 000", "25 000 kr 2027"),
    ],
)
def test_a_number_that_may_be_something_else_is_asked_about(words: str):
    assert read_answer(f"ja {words}", NOW) == Typed(OTHERWISE, rest=words, doubtful=True)


PIECES = (
    "kr",
    "k",
    "%",
    "mkr",
    "mdkr",
    "tkr",
    "tusen",
    "om",
    "Hjo",
    "h",
    "tim",
    "-",
    ",",
    ".",
    ":-",
)
LINES = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.integers(0, 2_100).map(str),
        st.sampled_from(("000", "1,2", "1.2", "25k", "10%", "-1", "2027", "12.500")),
    ),
    max_size=6,
).flatmap(lambda words: st.sampled_from((" ", "", "\u00a0")).map(lambda space: space.join(words)))


@given(st.one_of(LINES, st.text("0123456789 .,-%kmrtd", max_size=12)))
@example("1.2 mkr")
@example("25 000 k")
def test_no_line_gives_another_amount_than_stands_there(line: str):
    typed = read_answer(f"ja {line}", NOW)
    assert typed is not None
    if not typed.amount or typed.hours:
        return
    words = line.split()
    taken = len(typed.amount.split())
    with contextlib.suppress(NotAnAmount):
        amount = read_amount(typed.amount)
        readable = [n for n in range(1, len(words) + 1) if _reads(" ".join(words[:n]))]
        assert _reads(" ".join(words[: readable[-1]])) == [amount]
        after = typed.rest[:1]
        assert not after.isdigit()
        assert after != "%"
        assert after != "k" or typed.amount[-1].isalpha()
        return
    # What is no amount stands alone in the form's field, which asks for one.
    assert words[:taken] == typed.amount.split() == words


def _reads(words: str) -> list[int]:
    try:
        return [read_amount(words.rstrip(".:,;-– "))]
    except NotAnAmount:
        return []


PLACES = {OrganisationId(1): "Hjo", OrganisationId(2): "Gullspång"}


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("800 000 lika delar", 800_000),
        ("om 1,2 mkr", 1_200_000),
        ("Hjo avstår, 250.000 kr", 250_000),
    ],
)
def test_another_sum_is_supposed(words: str, asked: int):
    supposed = read_supposed(words, PLACES)
    assert supposed is not None
    assert supposed.asked == asked


@pytest.mark.parametrize(
    "words", ["1.2 mkr", "Gullspång avstår 2027", "10 % mer", "2 mdkr", "Hjo avstår 25k", "om 12"]
)
def test_a_number_that_is_no_sum_supposes_nothing(words: str):
    assert read_supposed(words, PLACES) is None


def test_the_share_in_other_words_is_a_plain_yes():
    typed = read_answer("ja 25 tkr", NOW)
    assert typed is not None
    assert values_typed(typed, proposal(), Kronor(25_000))["kind"] == "yes"


@pytest.mark.parametrize(
    ("line", "choice"),
    [
        ("Busslinje - 250 000", Choice("Busslinje", cost=Kronor(250_000))),
        ("Busslinje: 250.000 kr", Choice("Busslinje", cost=Kronor(250_000))),
        ("Busslinje - 1,2 mkr", Choice("Busslinje", cost=Kronor(1_200_000))),
        ("Busslinje - 1.2 mkr", Choice("Busslinje - 1.2 mkr")),
        ("Busslinje - 25k", Choice("Busslinje - 25k")),
    ],
)
def test_the_cost_of_a_line_is_an_amount_or_none(line: str, choice: Choice):
    about = About(Plan(revision=1), date(2026, 3, 16), (), ())
    assert choices_of(about, {"own": line}, budget=True) == [choice]


def test_a_yes_in_own_time_is_full_hours_worth_the_share():
    wants = proposal(pays="time", hourly_rate=Kronor(500))
    said = as_said(wants, Said(YES), Kronor(20_001), "time")
    assert (said.amount, said.hours) == (20_001, 41)


@pytest.mark.parametrize("kind", [YES, OTHERWISE])
def test_a_share_of_nothing_is_no_hours(kind: AnswerKind):
    wants = proposal(pays="time", hourly_rate=Kronor(500))
    said = said_in(wants, Kronor(0), {"kind": kind.value, "condition": None, "comment": None})
    assert (said.amount, said.hours) == (0, None)


def test_hours_are_worth_the_proposals_rate():
    wants = proposal(pays="either", hourly_rate=Kronor(500))
    answers = {"kind": "otherwise", "pays": "time", "hours": 40, "condition": "Om Hjo är med"}
    said = said_in(wants, Kronor(99), answers)
    assert (said.amount, said.hours, said.condition) == (20_000, 40, "Om Hjo är med")


def test_no_and_a_decision_to_come_are_worth_nothing():
    wants, day = proposal(), date(2026, 5, 12)
    for kind in (NO, POLITICAL):
        answers = {"kind": kind.value, "amount": 5, "expected_on": day, "comment": "Ja ja"}
        said = said_in(wants, Kronor(99), answers)
        assert (said.amount, said.hours, said.comment) == (None, None, "Ja ja")
