"""Imports: what a file says is kept, what is wrong is told, and nothing twice."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from bot.demo import fill_demo, moved, target_year
from bot.importing.adopt import NoDraft, adopt_plan
from bot.importing.cells import NoSuchDate, read_date
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.meetings import body_kind, import_meetings
from bot.importing.outcome import Outcome, Unreadable
from bot.importing.plan_file import Keep, import_plan
from bot.plan import read_plan
from bot.workdays import is_working_day
from handlers.web.channels import ensure_web_channels
from storage.database import Database

SAMPLES = Path("samples")
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
BY = By("test", date(2026, 1, 5), NOW)
PLAN = SAMPLES / "aktivitetsplan-2026.csv"


async def _directory(database: Database) -> None:
    async with database.transaction() as db:
        outcome = await import_municipalities(db, SAMPLES / "municipalities.csv", BY)
        assert (outcome.new, outcome.faults) == (15, [])
        outcome = await import_people(db, SAMPLES / "people.csv", BY)
        assert outcome.faults == []
        assert outcome.new == 44


async def _plan(
    database: Database, path: Path = PLAN, *, keep: Keep | None = None, by: By = BY
) -> Outcome:
    """As the command does it: what may not be kept is rolled back."""
    async with database.connection() as db:
        outcome = await import_plan(db, path, by, keep=keep)
        if outcome.may_be_kept:
            await db.commit()
    return outcome


def _changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    content = PLAN.read_text(encoding="utf-8-sig")
    for old, new in pairs:
        assert old in content
        content = content.replace(old, new, 1)
    path = tmp_path / "plan.csv"
    path.write_text(content, encoding="utf-8")
    return path


def _faults(outcome: Outcome) -> list[str]:
    return [fault.line() for fault in outcome.faults]


async def test_the_samples_are_read_whole_and_the_second_time_nothing_changes(database: Database):
    await _directory(database)
    first = await _plan(database)
    assert (first.new, first.faults) == (27, [])
    async with database.transaction() as db:
        meetings = await import_meetings(db, SAMPLES / "meetings-2026.csv", BY)
        assert (meetings.new, meetings.faults) == (30, [])
    async with database.transaction() as db:
        for again in (
            await import_municipalities(db, SAMPLES / "municipalities.csv", BY),
            await import_people(db, SAMPLES / "people.csv", BY),
            await import_plan(db, PLAN, BY),
            await import_meetings(db, SAMPLES / "meetings-2026.csv", BY),
        ):
            assert again.counts() == (
                f"nya 0, ändrade 0, avslutade 0, oförändrade {again.unchanged}, konflikter 0"
            )
            assert again.unchanged > 0
        plan = await read_plan(db, 0)
    kom = plan.activities["KOM-03"]
    assert (kom.budget, kom.lacking, len(kom.milestones)) == (4_500_000, 500_000, 2)
    assert kom.funding[0].state == "applied"
    assert len(plan.activities["SAM-01"].participants) == 15


async def test_after_adoption_the_same_file_makes_no_new_draft_and_an_addition_is_proposed(
    database: Database, tmp_path: Path
):
    await _directory(database)
    await _plan(database)
    async with database.transaction() as db:
        await adopt_plan(db, BY, day=date(2026, 2, 20), paragraph="12")
    assert (await _plan(database)).unchanged == 27
    async with database.transaction() as db:
        with pytest.raises(NoDraft):
            await adopt_plan(db, BY, day=date(2026, 2, 21), paragraph="13")
    row = PLAN.read_text(encoding="utf-8-sig").splitlines()[1].replace("SAM-01", "SAM-09")
    more = _changed(tmp_path, ("\nSAM-02", f"\n{row}\nSAM-02"))
    assert (await _plan(database, more)).new == 1
    async with database.transaction() as db:
        plan = await read_plan(db, 0)
    assert plan.activities["SAM-09"].proposed
    assert not plan.activities["SAM-01"].proposed


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "2026-01-12;2026-06-30",
            "31 feb 2026;2026-06-30",
            "rad 2; kolumn Start; 31 feb 2026; finns inte; ett datum som 2026-02-28",
        ),
        ("2026-01-12;2026-06-30", "i vår;2026-06-30", "rad 2; kolumn Start; i vår; är inget datum"),
        ("2026-01-12;2026-06-30", "2026-07-12;2026-06-30", "kolumn Slut; 2026-06-30; ligger före"),
        ("2026-03-31 Underlag", "2027-03-31 Underlag", "kolumn Milstolpar"),
        ("planering@skovde.example.se", "okand@skovde.example.se", "finns inte i katalogen"),
        ("Mariestad, Töreboda", "Mariestad, Atlantis", "Deltagande kommuner; Atlantis; är okänd"),
        ("utvecklingsmedel 450 000", "utvecklingsmedel 440 000", "går inte ihop"),
        ("SAM-02;", "SAM-01;", "rad 3; kolumn Kod; SAM-01; finns två gånger"),
        ("SAM-01;Samhällsplanering", "SAM-01;", "rad 2; kolumn Insatsområde; –; saknas"),
        ("450 000;Delregionala", "mycket;Delregionala", "kolumn Budget (kr); mycket"),
        ("Kod;Insatsområde;", "Kod;Område;", "rad 1; kolumn Insatsområde; –; kolumnen saknas"),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_is_imported(
    database: Database, tmp_path: Path, old: str, new: str, line: str
):
    await _directory(database)
    outcome = await _plan(database, _changed(tmp_path, (old, new)))
    assert any(line in fault for fault in _faults(outcome)), _faults(outcome)
    assert not outcome.may_be_kept
    async with database.transaction() as db:
        assert await db.scalar(text("SELECT count(*) FROM activities")) == 0


async def test_amounts_dates_encodings_and_order_of_columns_as_people_have_them(
    database: Database, tmp_path: Path
):
    await _directory(database)
    path = _changed(
        tmp_path,
        ("450 000;Delregionala utvecklingsmedel 450 000", "0,45 mkr;Egen budget 450 tkr"),
        ("2026-01-12;2026-06-30", "12 jan 2026;30 juni 2026"),
    )
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    outcome = await _plan(database, path)
    assert _faults(outcome) == []
    assert outcome.new == 27


async def test_a_change_made_in_chat_too_is_a_conflict_until_somebody_settles_it(
    database: Database, tmp_path: Path
):
    await _directory(database)
    await _plan(database)
    async with database.transaction() as db:
        await db.execute(
            text(
                "UPDATE planned_milestones SET due_on = '2026-05-20' WHERE milestone_id = "
                "(SELECT id FROM milestones WHERE title = 'Ansökan inlämnad')"
            )
        )
    path = _changed(tmp_path, ("2026-05-15 Ansökan", "2026-05-29 Ansökan"))
    open_ = await _plan(database, PLAN)
    assert open_.conflicts == 0, "the file did not change, so chat's date stands"
    conflict = await _plan(database, path)
    assert (conflict.conflicts, conflict.may_be_kept) == (1, False)
    assert (await _plan(database, path, keep="file")).may_be_kept
    async with database.transaction() as db:
        plan = await read_plan(db, 0)
    assert plan.activities["KOM-03"].milestones[0].due_on == date(2026, 5, 29)


async def test_what_a_later_file_lacks_ends_that_day(database: Database, tmp_path: Path):
    await _directory(database)
    await _plan(database)
    lines = PLAN.read_text(encoding="utf-8-sig").splitlines()
    short = tmp_path / "kort.csv"
    short.write_text("\n".join(one for one in lines if not one.startswith("FIN-03")), "utf-8")
    outcome = await _plan(database, short, by=By("test", date(2026, 3, 2), NOW))
    assert outcome.ended == 1
    people = (SAMPLES / "people.csv").read_text(encoding="utf-8-sig").splitlines()
    fewer = tmp_path / "people.csv"
    fewer.write_text("\n".join(one for one in people if "kultur@" not in one), "utf-8")
    async with database.transaction() as db:
        plan = await read_plan(db, 0)
        assert plan.activities["FIN-03"].ended_on == date(2026, 3, 2)
        left = await import_people(db, fewer, By("test", date(2026, 3, 2), NOW))
        assert left.ended == 1
        open_seats = await db.scalar(
            text(
                "SELECT count(*) FROM memberships m JOIN people p ON p.id = m.person_id "
                "WHERE p.email LIKE 'kultur@%' AND m.ends_on IS NULL"
            )
        )
    assert open_seats == 0


async def test_a_workbook_is_read_and_a_formula_without_value_is_a_fault(
    database: Database, tmp_path: Path
):
    await _directory(database)
    book = Workbook()
    sheet = book.worksheets[0]
    for line in PLAN.read_text(encoding="utf-8-sig").splitlines()[:3]:
        sheet.append(line.split(";"))
    book.save(tmp_path / "plan.xlsx")
    outcome = await _plan(database, tmp_path / "plan.xlsx")
    assert (outcome.new, _faults(outcome)) == (2, [])
    sheet["L2"] = "=SUM(1,2)"
    book.save(tmp_path / "formel.xlsx")
    outcome = await _plan(database, tmp_path / "formel.xlsx")
    assert any("formel" in fault for fault in _faults(outcome))


async def test_a_file_that_is_no_table_is_refused(database: Database, tmp_path: Path):
    (tmp_path / "bild.csv").write_bytes(b"\x89PNG\x00\x00")
    (tmp_path / "unicode.csv").write_text("Kod;Aktivitet", encoding="utf-16")
    (tmp_path / "annan.csv").write_bytes(b"Kod;Aktivitet\nSAM-01;\x81\x8d\n")
    for name, told in {
        "finns-inte.csv": "finns inte",
        "finns-inte.xlsx": "finns inte",
        "bild.csv": "ingen CSV-fil",
        "unicode.csv": "CSV UTF-8",
        "annan.csv": "Windows-1252",
    }.items():
        with pytest.raises(Unreadable, match=told):
            await _plan(database, tmp_path / name)


async def test_a_file_with_a_heading_only_is_a_fault_and_ends_nothing(
    database: Database, tmp_path: Path
):
    path = tmp_path / "tom.csv"
    path.write_text(PLAN.read_text(encoding="utf-8-sig").splitlines()[0], encoding="utf-8")
    outcome = await _plan(database, path)
    assert _faults(outcome) == [
        "rad 2; kolumn Kod; –; filen har inga rader; minst en rad under rubriken"
    ]
    assert (outcome.ended, outcome.may_be_kept) == (0, False)


def test_dates_that_no_calendar_has():
    assert read_date("12 jan 2026") == date(2026, 1, 12)
    for words in ("31 feb 2026", "2026-02-30", "2026-13-01"):
        with pytest.raises(NoSuchDate):
            read_date(words)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Direktionen", "board"), ("politiska referensgruppen", "reference_group"),
     ("Kommundirektörsgruppen", "municipal_directors"), ("Presidiet", "presidium"),
     ("Styrgrupp", "steering_group"), ("Rådslag", None)],
)  # fmt: skip
def test_bodies_in_any_form(name: str, kind: str | None):
    assert body_kind(name) == kind


@pytest.mark.parametrize("day", ["2026-11-24", "2027-02-01", "2027-06-15", "2031-12-30"])
async def test_the_demo_has_something_going_on_whatever_the_date(database: Database, day: str):
    now = datetime.fromisoformat(f"{day}T12:00:00+01:00")
    async with database.transaction() as db:
        await fill_demo(db, now, ensure_web_channels)
        plan = await read_plan(db, 0)
        reports = await db.scalar(text("SELECT count(*) FROM status_reports"))
        ahead = await db.scalar(
            text("SELECT count(*) FROM status_reports WHERE reported_at > :now"), {"now": now}
        )
        cards = await db.scalar(text("SELECT count(*) FROM posted_cards"))
    assert plan.demo
    assert sum(one.runs_on(now.date()) for one in plan.activities.values()) >= 7
    assert reports is not None
    assert reports > 30
    assert ahead == 0
    assert cards is not None
    assert cards > 5


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_moved_day_keeps_its_weekday_or_is_a_working_day_before(year: int):
    for sample in (date(2026, 1, 12), date(2026, 6, 19), date(2026, 12, 31), date(2026, 5, 4)):
        there = moved(sample, year)
        assert there.weekday() == sample.weekday() or is_working_day(there)
        assert abs((there - sample.replace(year=year)).days) <= 8


def test_before_april_the_demo_stands_in_the_year_before():
    assert target_year(datetime(2027, 3, 31, 12, tzinfo=UTC)) == 2026
    assert target_year(datetime(2027, 4, 1, 12, tzinfo=UTC)) == 2027
