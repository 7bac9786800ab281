"""The material of polls in Word and Excel, of whatever people write, and the command for it."""

import getpass
import io
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.poll_files import PollFile, excel_file, word_file
from bot.language import kronor, speaking
from bot.polls.co_financing import hidden
from bot.polls.cost_sharing import SharingKey
from bot.polls.poll import Ballot, Kind, Method, Secrecy, State, Voter
from bot.polls.seen import Seal, Seen
from bot.specimens.invented_polls import METHODS, decision_of, money_poll, poll_of, result_of
from bot.specimens.voice import Flavour
from bot.specimens.world import World, make_world
from storage.database import Database
from tests.unit.poll_scene import asked_for_money, make_poll_scene

SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")
STATES = (State.OPEN, State.CLOSED, State.CANCELLED)


def words_of(document: PollFile) -> str:
    """All that a Word document says."""
    opened = Document(io.BytesIO(document.content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(each.text for each in opened.paragraphs)])


def sheets_in(workbook: PollFile) -> Mapping[str, Worksheet]:
    """The sheets of a workbook by name."""
    return {each.title: each for each in load_workbook(io.BytesIO(workbook.content)).worksheets}


def cells_in(workbook: PollFile) -> list[Cell]:
    """Every cell that holds something."""
    return [
        cell
        for sheet in sheets_in(workbook).values()
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.value is not None
    ]


def about_money(world: World, state: State = State.CLOSED, **more: Any) -> Seen:
    """A co-financing poll as everybody may see it."""
    asked = hidden(money_poll(world, state, **more))
    return Seen(asked.poll, asked, seal=Seal(world.now, "ab" * 32))


def of_votes(world: World, kind: Kind, method: Method, state: State = State.CLOSED) -> Seen:
    """A poll with options and three ballots."""
    poll = poll_of(world, kind, method, state)
    voters = [Voter(n, None, None, f"Väljare {n}", voted=True) for n in range(3)]
    given = {each.id: 1 for each in poll.options[:2]}
    ballots = tuple(Ballot(each, given, poll.started_by, world.now) for each in voters)
    return Seen(poll, result=result_of(poll), ballots=ballots, voters=tuple(voters))


@pytest.mark.parametrize("flavour", Flavour)
@pytest.mark.parametrize("state", STATES)
def test_documents_are_made_of_whatever_people_write(flavour: Flavour, state: State):
    world = make_world(flavour, 3)
    decided = {"decision": decision_of(world, declined=True)}
    seen = [about_money(world, state, **decided), about_money(world, state)]
    seen += [of_votes(world, kind, method, state) for kind, method in METHODS]
    for each in seen:
        assert words_of(word_file(each, world.plan, world.now))
        cells = cells_in(excel_file(each, world.plan, world.now))
        assert all(cell.data_type != "f" for cell in cells)


def test_amounts_hours_and_days_are_numbers_with_formats():
    world = make_world(Flavour.ORDINARY, 1)
    seen = about_money(world, key=SharingKey.WEIGHTS)
    sheets = sheets_in(excel_file(seen, world.plan, world.now))
    rows = list(sheets["Svar"].iter_rows(min_row=2))
    assert seen.money is not None
    shares = [row[4] for row in rows]
    assert [cell.value for cell in shares] == [each.share for each in seen.money.places]
    assert {cell.number_format for cell in shares} == {'#,##0 "kr"'}
    assert any(row[7].value == 114 and row[7].number_format == "#,##0" for row in rows)
    counted = rows[0][3]
    assert isinstance(counted.value, datetime)
    assert counted.number_format == "yyyy-mm-dd"
    assert rows[1][11].value == 2.5
    summary = {row[0].value: row[1] for row in sheets["Omröstning"].iter_rows()}
    assert summary["Utlovat"].value == seen.money.sum
    assert summary["Utlovat"].number_format == '#,##0 "kr"'
    assert summary["Har svarat"].number_format == "#,##0"
    assert isinstance(summary["Förseglat"].value, datetime)


def test_what_is_lacking_is_said_to_be_of_what_is_asked_for():
    world = make_world(Flavour.ORDINARY, 1)
    seen = about_money(world)
    assert seen.money is not None
    lacking = kronor(seen.money.lacking)
    assert f"Av det som söks saknas {lacking}." in words_of(word_file(seen, world.plan, world.now))
    cells = [each.value for each in cells_in(excel_file(seen, world.plan, world.now))]
    assert "Saknas av det som söks" in cells
    assert "Saknas" not in cells


def test_what_the_decision_accepted_stands_beside_what_was_pledged():
    world = make_world(Flavour.ORDINARY, 1)
    seen = about_money(world, decision=decision_of(world))
    assert seen.money is not None
    first, *others = seen.money.pledging
    money = replace(seen.money, accepted=frozenset(e.municipality for e in others))
    assert first.answer is not None
    sums = money.accepted_sum, money.sum - (first.answer.said.amount or 0)
    assert sums[0] == sums[1]
    seen = replace(seen, money=money)
    words = words_of(word_file(seen, world.plan, world.now))
    accepted = f"{kronor(sums[1])} av {kronor(money.sum)} som är utlovat"
    assert f"Antaget i beslutet: {accepted}" in words
    assert words.count("· antogs inte i beslutet") == 1
    cells = cells_in(excel_file(seen, world.plan, world.now))
    assert sums[1] in [each.value for each in cells]
    marked = [each for each in cells if "· antogs inte i beslutet" in str(each.value)]
    assert len(marked) == 1
    before = replace(seen, money=replace(money, accepted=None))
    assert "ntaget i beslutet" not in words_of(word_file(before, world.plan, world.now))


def test_a_proposal_to_decide_is_written_of_a_closed_poll_alone():
    world = make_world(Flavour.ORDINARY, 1)
    of = {
        state: words_of(word_file(about_money(world, state), world.plan, world.now))
        for state in STATES
    }
    assert "beslutar att kommunerna medfinansierar" in of[State.CLOSED]
    for state in (State.OPEN, State.CANCELLED):
        assert "[skrivs när omröstningen är stängd och utfallet visas]" in of[state]
    tied = of_votes(world, Kind.PRIORITY, Method.RANKING)
    result = replace(result_of(tied.poll), elected=(1,), tied=(2, 3))
    words = words_of(word_file(replace(tied, result=result), world.plan, world.now))
    assert "beslutar att prioritera Laddstolpar. [välj också mellan dem som står lika:" in words
    both = replace(result, elected=(1, 2), tied=())
    words = words_of(word_file(replace(tied, result=both), world.plan, world.now))
    assert "beslutar att prioritera Laddstolpar och " in words
    nobody = replace(tied, result=replace(result, elected=(), tied=()))
    assert "[saknas]" in words_of(word_file(nobody, world.plan, world.now))


def test_a_sum_that_is_spread_says_what_it_comes_to():
    world = make_world(Flavour.ORDINARY, 1)
    seen = of_votes(world, Kind.PRIORITY, Method.BUDGET)
    words = words_of(word_file(seen, world.plan, world.now))
    assert f"av {kronor(500_000)} används." in words
    sheet = sheets_in(excel_file(seen, world.plan, world.now))["Resultat"]
    costs = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert all(cell.value == 150_000 for cell in costs)
    assert {cell.number_format for cell in costs} == {'#,##0 "kr"'}


@pytest.mark.parametrize("make", [word_file, excel_file])
def test_hidden_answers_are_in_no_file_and_the_file_says_so(make: Any):
    world = make_world(Flavour.ORDINARY, 1)
    seen = about_money(world, State.OPEN, secrecy=Secrecy.UNTIL_CLOSING)
    made = make(seen, world.plan, world.now)
    said = words_of(made) if make is word_file else "\n".join(str(c.value) for c in cells_in(made))
    assert "Svaren visas inte nu, bara hur många som har svarat." in said
    assert "Har svarat" in said
    for words in ("utlovat", "Utlovat", "söks saknas", "Ja,", "Nej", "114", "med villkor"):
        assert words not in said
    secret = poll_of(world, Kind.PRIORITY, Method.SCORE, secrecy=Secrecy.ALWAYS)
    made = make(Seen(secret), world.plan, world.now)
    said = words_of(made) if make is word_file else "\n".join(str(c.value) for c in cells_in(made))
    assert "Leder nu:" not in said
    assert "Svaren visas inte nu" in said


def test_the_files_are_in_swedish_whoever_fetches_them():
    world = make_world(Flavour.ORDINARY, 1)
    with speaking("en"):
        document = word_file(about_money(world), world.plan, world.now)
        workbook = excel_file(about_money(world), world.plan, world.now)
    assert "Ekonomiska konsekvenser" in words_of(document)
    assert set(sheets_in(workbook)) == {"Omröstning", "Svar"}
    assert document.name == "omrostning-7.docx"
    assert workbook.name == "omrostning-7.xlsx"


def typed(*words: str | Path) -> tuple[int, list[str], str]:
    """Exit status, the lines on stdout, and what is on stderr."""
    done = subprocess.run([*SAMSPEL, *words], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines(), done.stderr


async def test_the_command_writes_the_files_and_who_took_them(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SAMSPEL_DATABASE_URL", database_url)
    async with database.transaction() as db:
        poll = await asked_for_money(await make_poll_scene(db), secrecy=Secrecy.UNTIL_CLOSING)
    folder = tmp_path / "ny" / "mapp"
    status, lines, _err = typed("export", "poll", str(poll.id), "--to", folder)
    written = [folder / f"omrostning-{poll.id}.{kind}" for kind in ("docx", "xlsx")]
    assert (status, lines) == (0, [str(each) for each in written])
    assert "Upphandling" in words_of(PollFile("", written[0].read_bytes(), ""))
    status, lines, _err = typed(
        "export", "poll", str(poll.id), "--format", "excel", "--out", folder
    )
    assert (status, len(lines)) == (0, 1)
    with psycopg.connect(database_url) as own:
        kept = own.execute(
            "SELECT actor, person_id, fields, source FROM audit_lines "
            "WHERE action = 'export' AND thing = 'poll' ORDER BY id"
        ).fetchall()
    who = getpass.getuser()
    assert kept == [(who, None, ["word", "excel"], "cli"), (who, None, ["excel"], "cli")]
    for number in ("99", "0", str(2**70)):
        status, lines, err = typed("export", "poll", number, "--out", folder)
        assert (status, lines) == (1, [])
        assert f"Omröstning {number} finns inte." in err
    blocked = tmp_path / "fil"
    blocked.write_text("")
    status, _lines, err = typed("export", "poll", str(poll.id), "--out", blocked)
    assert status == 1
    assert "Det går inte att skriva i" in err
