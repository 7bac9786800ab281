"""Reading what people type: states, codes, titles, amounts, dates, in all the ways they write."""

import asyncio
import contextlib
import os
from collections.abc import Generator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import make_url

from bot.amounts import NotAnAmount, read_amount
from bot.conversations.reading_report import Typed, Unclear, Unknown, read_report_words
from bot.finding import Found, Nothing, Several, find_activity, plain, read_code
from bot.importing.cells import NoSuchDate, read_date
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.plan_file import import_plan
from bot.plan import Plan, read_plan
from bot.states import Status, read_status, says_unchanged, status_label, status_word
from storage.database import Database

SAMPLES = Path("samples")
BY = By("test", date(2026, 1, 5), datetime(2026, 1, 5, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def plan(server_url: str) -> Generator[Plan]:
    """The sample plan, read once."""
    name = f"reading_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE schema".encode())

    async def read() -> Plan:
        database = Database(
            make_url(server_url).set(database=name).render_as_string(hide_password=False)
        )
        async with database.transaction() as db:
            await import_municipalities(db, SAMPLES / "municipalities.csv", BY)
            await import_people(db, SAMPLES / "people.csv", BY)
            await import_plan(db, SAMPLES / "aktivitetsplan-2026.csv", BY)
            known = await read_plan(db, 1)
        await database.close()
        return known

    yield asyncio.run(read())
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


WRITTEN = {
    Status.NOT_STARTED: ["ej påbörjad", "Inte startad", "ej paborjad", "vit", "⚪"],
    Status.ON_TRACK: ["grön", "GRÖN", "gron", "grönt", "enl plan", "enl. plan", "enligt plan"],
    Status.AT_RISK: ["risk", "Risk:", "gul", "gult", "rsik", "🟡"],
    Status.OFF_TRACK: ["röd", "rod", "rött", "avvikelse", "avikelse", "avvikelsse", "försenad"],
    Status.PAUSED: ["pausad", "paus", "pausat", "vilande", "pauasd", "⏸"],
    Status.DONE: ["klar", "klart", "färdig", "fardig", "avslutad", "avslutat", "✅"],
}


@pytest.mark.parametrize(
    ("words", "status"), [(words, status) for status, ways in WRITTEN.items() for words in ways]
)
def test_a_state_is_read_as_people_write_it(words: str, status: Status):
    read = read_status([*words.split(), "och", "så", "vidare"])
    assert read == (status, len(words.split()))


@pytest.mark.parametrize("words", ["enlgt plan", "ok", "i fas", "🟢", "grön,", "Enligt plan."])
def test_on_track_has_many_names(words: str):
    assert read_status(words.split()) == (Status.ON_TRACK, len(words.split()))


@pytest.mark.parametrize("words", ["", "lila", "avtal försenat", "på", "kl", "vi", "plan", "rö"])
def test_what_is_no_state_is_not_taken_for_one(words: str):
    assert read_status(words.split()) is None


@pytest.mark.parametrize("word", ["oförändrat", "oforandrat", "Oförändrad", "samma", "oförändat"])
def test_unchanged_is_understood(word: str):
    assert says_unchanged(word)


@given(st.sampled_from(Status))
def test_what_is_shown_can_be_typed_back(status: Status):
    for shown in (status_word(status), status_label(status).split(" ", 1)[1]):
        assert read_status(shown.split()) == (status, len(shown.split()))


@given(st.lists(st.text(max_size=20), max_size=4))
def test_reading_a_state_never_breaks(tokens: list[str]):
    read = read_status(tokens)
    assert read is None or 1 <= read[1] <= len(tokens)


@pytest.mark.parametrize(
    "words", ["KOM-03", "kom-03", "kom03", "KOM 3", "kom3", "Kom-3", "kom–03", "KOM_03", "kom.03"]
)
def test_a_code_in_any_form(plan: Plan, words: str):
    assert read_code(words, plan) == "KOM-03"
    read = read_report_words(plan, f"{words} röd Avtalet drar ut")
    assert isinstance(read, Typed)
    assert (read.activity.code, read.status) == ("KOM-03", Status.OFF_TRACK)
    assert read.text == "Avtalet drar ut"


@pytest.mark.parametrize("words", ["KOM-99", "XYZ-01", "KOM", "03", "KOM-", "-03", "KOM-0003x"])
def test_a_code_that_no_activity_has(plan: Plan, words: str):
    assert read_code(words, plan) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("batteriteknikutbildning", "KOM-03"),
        ("batteriteknik", "KOM-03"),
        ("inflyttarservice", "PLA-01"),
        ("Språk på jobbet", "SOC-02"),
        ("sprak jobbet", "SOC-02"),
        ("kulturkrotet", "PLA-03"),
        ("planresurser", "SAM-02"),
        ("sommarjobb", "KOM-05"),
    ],
)
def test_title_words_find_an_activity(plan: Plan, words: str, code: str):
    found = find_activity(plan, words)
    assert isinstance(found, Found)
    assert found.one.code == code


def test_words_that_fit_several_give_them_to_choose_from(plan: Plan):
    found = find_activity(plan, "gemensam")
    assert isinstance(found, Several)
    assert len(found.these) > 2
    read = read_report_words(plan, "gemensam röd Det drar ut")
    assert isinstance(read, Unclear)
    assert read.rest == "röd Det drar ut"


def test_words_that_fit_nothing_are_kept(plan: Plan):
    assert isinstance(find_activity(plan, "rymdfärja"), Nothing)
    read = read_report_words(plan, "rymdfärja röd Den lyfte inte")
    assert read == Unknown("rymdfärja", "röd Den lyfte inte")


def test_every_activity_is_found_by_its_code_and_its_whole_title(plan: Plan):
    for code, activity in plan.activities.items():
        for words in (code, code.lower().replace("-", ""), activity.title, plain(activity.title)):
            found = find_activity(plan, words)
            assert isinstance(found, Found), words
            assert found.one.code == code


@given(words=st.text(max_size=60))
def test_reading_a_report_never_breaks_and_loses_no_word(plan: Plan, words: str):
    if not words.split():
        return
    read = read_report_words(plan, words)
    kept = read.text if isinstance(read, Typed) else read.rest
    assert set(kept.split()) <= set(words.split()) | {
        word.lstrip(":,;–-") for word in words.split()
    }


@pytest.mark.parametrize(
    ("words", "kronor"),
    [
        ("1 200 000", 1_200_000),
        ("1\u00a0200\u00a0000", 1_200_000),
        ("1\u202f200\u202f000 kr", 1_200_000),
        ("1.200.000", 1_200_000),
        ("1,2 mkr", 1_200_000),
        ("1,2 Mkr.", 1_200_000),
        ("450 tkr", 450_000),
        ("0,25 miljoner", 250_000),
        ("0", 0),
        (" 75 000 kronor ", 75_000),
    ],
)
def test_an_amount_as_people_write_it(words: str, kronor: int):
    assert read_amount(words) == kronor


@pytest.mark.parametrize(
    "words", ["", "kr", "12 apor", "1,5", "1,2345 tkr", "-5", "1 20", "1e6", "½", "12 000 000 $"]
)
def test_what_is_no_amount_of_whole_kronor(words: str):
    with pytest.raises(NotAnAmount):
        read_amount(words)


@given(st.integers(min_value=0, max_value=10**12))
def test_an_amount_that_is_shown_can_be_typed_back(kronor: int):
    for space in (" ", "\u00a0", "\u202f", "."):
        assert read_amount(f"{kronor:,}".replace(",", space)) == kronor


@given(st.text(max_size=30))
def test_reading_an_amount_gives_whole_kronor_or_says_no(words: str):
    with contextlib.suppress(NotAnAmount):
        assert read_amount(words) >= 0


@given(st.dates(date(2000, 1, 1), date(2200, 12, 31)))
def test_a_date_in_both_forms(day: date):
    months = [
        "jan",
        "feb",
        "mars",
        "apr",
        "maj",
        "juni",
        "juli",
        "aug",
        "sept",
        "okt",
        "nov",
        "dec",
    ]
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day} {months[day.month - 1]} {day.year}") == day
    assert read_date(f"{day.day}  {months[day.month - 1].upper()}. {day.year}") == day


@pytest.mark.parametrize("words", ["31 feb 2026", "2026-02-29", "2026-13-01", "0 jan 2026"])
def test_a_date_that_no_calendar_has(words: str):
    with pytest.raises(NoSuchDate):
        read_date(words)


@given(st.text(max_size=30))
def test_reading_a_date_gives_a_date_or_says_no(words: str):
    with contextlib.suppress(ValueError):
        read_date(words)
