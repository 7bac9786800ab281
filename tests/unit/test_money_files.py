"""Files of money: costs that are imported, and the year's project budget as a workbook."""

import subprocess
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.documents.budget_sheet import AMOUNT, Budget, budget_workbook, gather_budget
from bot.importing.costs import NobodyAnswers, import_costs
from bot.importing.directory import By, import_municipalities, import_people
from bot.importing.outcome import Outcome
from bot.importing.plan_file import import_plan
from bot.language import speaking
from bot.money.overview import Overview
from bot.plan import read_plan
from bot.specimens.invented_money import (
    overview_of_world,
    pledged_of,
    resources_in,
    spent_in_world,
)
from bot.specimens.voice import Flavour
from bot.specimens.world import World, make_world
from storage.database import Database

SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")
SAMPLES = Path("samples")
STAFF = "ekonomi@skaraborg.example.se"
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
HEADING = "Kod;Datum;Belopp;Text;Verifikat\n"
GOOD = HEADING + "ETA-01;2026-03-02;12 500;Konsult;A1\neta-02;2 mars 2026;-500;Kredit;A2\n"


@pytest.fixture
def configured(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database that the commands work on."""
    monkeypatch.setenv("SAMSPEL_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
async def samples(database: Database) -> Database:
    """The sample plan, read in."""
    by = By("test", date(2026, 1, 1), NOW)
    async with database.transaction() as db:
        for outcome in (
            await import_municipalities(db, SAMPLES / "municipalities.csv", by),
            await import_people(db, SAMPLES / "people.csv", by),
            await import_plan(db, SAMPLES / "aktivitetsplan-2026.csv", by, year=None, keep=None),
        ):
            assert not outcome.faults
    return database


def typed(*words: str | Path) -> tuple[int, list[str], list[str]]:
    """Exit status, and the lines on stdout and stderr."""
    done = subprocess.run([*SAMSPEL, *words], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


async def read_in(samples: Database, file: Path, who: str = STAFF) -> Outcome:
    """Import the file; kept unless something is wrong with it."""
    async with samples.transaction() as db:
        return await import_costs(db, file, By("test", NOW.date(), NOW), who)


async def kept(samples: Database) -> list[tuple[Any, ...]]:
    async with samples.connection() as db:
        rows = await db.execute(
            text(
                "SELECT coalesce(a.code, r.name), c.amount, c.name, c.reference "
                "FROM actual_costs c LEFT JOIN activities a ON a.id = c.activity_id "
                "LEFT JOIN resource_costs r ON r.id = c.resource_id ORDER BY c.id"
            )
        )
        return [tuple(row) for row in rows]


def written(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "kostnader.csv"
    path.write_text(words, encoding="utf-8")
    return path


@pytest.mark.usefixtures("samples")
def test_the_command_tries_first_and_then_keeps(configured: str, tmp_path: Path):
    file = written(tmp_path, GOOD)
    command = ("import", "costs", file, "--by", STAFF)
    told = "nya 2, ändrade 0, avslutade 0, oförändrade 0, konflikter 0"
    status, out, _err = typed(*command, "--dry-run")
    assert (status, out[-1]) == (0, told)
    status, out, _err = typed(*command)
    assert (status, out[-1]) == (0, told)
    status, out, _err = typed(*command)
    assert (status, out[-1]) == (0, "nya 0, ändrade 0, avslutade 0, oförändrade 2, konflikter 0")
    status, _out, err = typed("import", "costs", file, "--by", "ingen@alls.example.se")
    assert status == 2
    assert "varken chef eller medarbetare" in " ".join(err)


async def test_the_same_number_counts_once(samples: Database, tmp_path: Path):
    assert (await read_in(samples, written(tmp_path, GOOD))).new == 2
    assert await kept(samples) == [
        ("ETA-01", 12_500, "Konsult", "A1"),
        ("ETA-02", -500, "Kredit", "A2"),
    ]
    again = await read_in(samples, written(tmp_path, GOOD.replace(";A1", ";a1")))
    assert (again.new, again.unchanged) == (0, 2)
    for old, new in (("12 500", "99 000"), ("ETA-01", "ETA-03")):
        changed = await read_in(samples, written(tmp_path, GOOD.replace(old, new)))
        assert "är redan bokfört med" in changed.faults[0].line()
    assert len(await kept(samples)) == 2


async def test_a_workbook_is_read_like_the_csv(samples: Database, tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ("Kod", "Datum", "Belopp", "Text", "Verifikat"),
        ("ETA-01", "2026-03-02", 12500, "Konsult", 4711),
    ):
        sheet.append(row)
    path = tmp_path / "kostnader.xlsx"
    book.save(path)
    assert (await read_in(samples, path)).new == 1
    assert await kept(samples) == [("ETA-01", 12_500, "Konsult", "4711")]


async def test_a_resource_is_named_as_it_is_called_that_year(samples: Database, tmp_path: Path):
    async with samples.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO resource_costs (year, name, amount, funded_by, entered_by, "
                "entered_at) SELECT 2026, 'Kansli', 100000, 'Förbundet', min(id), now() FROM people"
            )
        )
    row = "kansli;2026-03-02;500;Hyra;A1\n"
    assert (await read_in(samples, written(tmp_path, HEADING + row))).new == 1
    assert await kept(samples) == [("Kansli", 500, "Hyra", "A1")]
    other_year = row.replace("2026", "2025").replace("A1", "A2")
    outcome = await read_in(samples, written(tmp_path, HEADING + other_year))
    assert "är okänd" in outcome.faults[0].line()


WRONG = (
    ("XYZ-99;2026-03-02;500;Konsult;A3", "Kod"),
    (";2026-03-02;500;Konsult;A3", "Kod"),
    ("ETA-01;31 feb 2026;500;Konsult;A3", "Datum"),
    ("ETA-01;2026-03-02;mycket;Konsult;A3", "Belopp"),
    ("ETA-01;2026-03-02;0;Konsult;A3", "Belopp"),
    ("ETA-01;2026-03-02;-;Konsult;A3", "Belopp"),
    ("ETA-01;2026-03-02;;Konsult;A3", "Belopp"),
    ("ETA-01;2026-03-02;2000000000000;Konsult;A3", "Belopp"),
    ("ETA-01;2026-03-02;500;;A3", "Text"),
    (f"ETA-01;2026-03-02;500;{'x' * 151};A3", "Text"),
    ("ETA-01;2026-03-02;500;Konsult;", "Verifikat"),
    ("ETA-01;2026-03-02;500;Konsult;a2", "Verifikat"),
)


async def test_one_wrong_row_keeps_all_out_and_is_told(samples: Database, tmp_path: Path):
    for row, column in WRONG:
        outcome = await read_in(samples, written(tmp_path, GOOD + row + "\n"))
        assert [(each.row, each.column) for each in outcome.faults] == [(4, column)], row
        assert not outcome.may_be_kept
        assert await kept(samples) == [], row


async def test_somebody_must_answer_for_the_figures(samples: Database, tmp_path: Path):
    for who in ("inflyttning@hjo.example.se", "it@skaraborg.example.se", "ingen@alls.example.se"):
        with pytest.raises(NobodyAnswers):
            await read_in(samples, written(tmp_path, GOOD), who)
    assert await kept(samples) == []


def of_world(world: World, *, outcome: bool = True) -> Budget:
    overview: Overview = overview_of_world(world)
    spent = spent_in_world(make_world(Flavour.EMPTY, 1)) if not outcome else spent_in_world(world)
    return Budget(
        year=2026,
        day=world.today,
        overview=overview,
        activities=overview.activities,
        resources=resources_in(world),
        pledged=pledged_of(world),
        spent=spent,
        spent_in_all=spent,
    )


def opened(content: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(BytesIO(content))
    found = {sheet.title: [[c.value for c in row] for row in sheet.rows] for sheet in book}
    book.close()
    return found


@pytest.mark.parametrize("flavour", Flavour)
def test_every_world_makes_a_workbook_whose_sums_are_right(flavour: Flavour):
    of = of_world(make_world(flavour, 1))
    sheets = opened(budget_workbook(of))
    names = ["Sammanställning", "Resurser", "Aktiviteter", "Finansiering", "Kommuner"]
    assert list(sheets) == names
    activities = sheets["Aktiviteter"]
    assert len(activities) == len(of.activities) + 2
    budget_at = activities[0].index("Budget")
    assert activities[-1][budget_at] == sum(each.budget for each in of.activities)
    assert activities[-1][budget_at] == sum(row[budget_at] for row in activities[1:-1])
    summary = sheets["Sammanställning"]
    cost = sum(each.amount for each in of.resources)
    total = next(row for row in summary if row[0] == "Sammanlagt")
    assert total[1] == cost + activities[-1][budget_at]
    counted = [
        line.amount for each in of.activities for line in each.funding if line.state != "rejected"
    ]
    assert sheets["Finansiering"][-1][-1] == sum(counted)


async def entered(db: AsyncConnection, of: str, key: int, day: date, amount: int) -> None:
    await db.execute(
        text(
            f"INSERT INTO actual_costs ({of}, spent_on, amount, name, entered_by, entered_at) "
            "SELECT :key, :day, :amount, 'Faktura', min(id), now() FROM people"
        ),
        {"key": key, "day": day, "amount": amount},
    )


async def test_no_cost_falls_between_the_files_of_two_years(samples: Database):
    async with samples.transaction() as db:
        resource = await db.scalar(
            text(
                "INSERT INTO resource_costs (year, name, amount, funded_by, entered_by, entered_at)"
                " SELECT 2026, 'Kansli', 100000, 'Förbundet', min(id), now() FROM people"
                " RETURNING id"
            )
        )
        plan = await read_plan(db, 1)
        ends = max(each.ends_on.year for each in plan.activities.values())
        of = next(each for each in plan.activities.values() if each.ends_on.year == ends)
        await entered(db, "resource_id", resource, date(2026, 11, 2), 300)
        await entered(db, "resource_id", resource, date(2027, 1, 20), 40)
        await entered(db, "activity_id", of.id, date(ends + 1, 1, 20), 7_000)
        this, after = [
            opened(budget_workbook(await gather_budget(db, plan, year, date(ends + 1, 3, 1))))
            for year in (2026, ends + 1)
        ]
    assert this["Resurser"][0][-2:] == ["Utfall 2026", "Utfall hela tiden"]
    assert this["Resurser"][1][-2:] == this["Resurser"][-1][-2:] == [300, 340]
    of_resources = next(row for row in this["Sammanställning"] if row[0] == "Gemensamma resurser")
    assert of_resources[-2:] == [300, 340]
    row = next(row for row in after["Aktiviteter"] if row[0] == of.code)
    assert row[-2:] == [7_000, 7_000], "it ended the year before, and its last invoice came"
    assert len(after["Aktiviteter"]) == 3, "no other activity stands there"


def test_amounts_are_numbers_and_what_people_typed_is_no_formula():
    book = load_workbook(BytesIO(budget_workbook(of_world(make_world(Flavour.HOSTILE, 1)))))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                if isinstance(cell.value, int):
                    assert cell.number_format == AMOUNT
    book.close()


def test_the_outcome_stands_beside_only_when_there_is_one():
    world = make_world(Flavour.ORDINARY, 1)
    with_outcome = opened(budget_workbook(of_world(world)))
    assert "Utfall 2026" in with_outcome["Aktiviteter"][0]
    without = opened(budget_workbook(of_world(world, outcome=False)))
    assert not [each for each in without["Aktiviteter"][0] if "Utfall" in str(each)]


def test_the_workbook_is_written_in_english_too():
    with speaking("en"):
        assert opened(budget_workbook(of_world(make_world(Flavour.ORDINARY, 1))))


@pytest.mark.usefixtures("configured", "samples")
def test_the_command_writes_the_years_budget(tmp_path: Path):
    file = tmp_path / "budget.xlsx"
    code, said = exports_budget("--year", "2026", "--to", str(file))
    assert code == 0, said
    rows = opened(file.read_bytes())["Aktiviteter"]
    assert {"ETA-01", "SAM-02"} <= {row[0] for row in rows}
    missing = tmp_path / "ingen" / "budget.xlsx"
    assert exports_budget("--year", "2026", "--to", str(missing))[0] != 0


def exports_budget(*words: str) -> tuple[int, str]:
    """Exit status and all that `samspel export budget` says."""
    command = [sys.executable, "-c", "from handlers.cli import main; main()", "export", "budget"]
    done = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
