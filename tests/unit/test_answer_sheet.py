"""An answer as a spreadsheet: every row of it, words as text and sums as numbers, and nothing that
a poll hides."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.documents import answer_sheet
from bot.documents.answer_sheet import Sheet, answer_workbook, gather_sheet
from bot.plan import read_plan
from bot.polls.managing import close
from bot.polls.poll import Secrecy
from bot.questions.asking import A_PAGE, Asking
from bot.questions.question import Filter, Intent, Question
from storage.database import Database
from tests.unit.assignment_scene import NOW
from tests.unit.poll_scene import HJO, asked_for_money, make_poll_scene, now_of, yes
from tests.unit.test_answers_polls import says
from tests.unit.work_asked import CHEF, Scene


def cells(content: bytes) -> list[list[object]]:
    """What the cells of the workbook hold, row by row."""
    book = load_workbook(BytesIO(content))
    (page,) = book.worksheets
    found: list[list[object]] = [[cell.value for cell in row] for row in page.rows]
    kinds = {cell.data_type for row in page.rows for cell in row if cell.value is not None}
    book.close()
    assert kinds <= {"s", "n"}, "words are text, and no formula"
    return found


async def gathered(scene: Scene, intent: Intent, **filters: str) -> Sheet:
    """The sheet of the chef's question."""
    question = Question(intent, {Filter(name): (each,) for name, each in filters.items()})
    plan, person = await scene.plan(), await scene.person(CHEF)
    async with scene.database.transaction() as db:
        return await gather_sheet(Asking(db, plan, question, person, scene.now))


@pytest.mark.parametrize("typed", ["=1+1", "+46 70", "-5", "@SUM(A1)", '=HYPERLINK("x")', "\x07"])
def test_what_people_typed_is_no_formula(typed: str):
    sheet = Sheet(typed, typed, "Per nu.", ("Namn",), [(typed,)], typed)
    rows = cells(answer_workbook(sheet))
    shown = typed.replace("\x07", "") or None
    assert [rows[at][0] for at in (0, 1, 3, 6)] == [shown] * 4
    assert rows[2][0] == "Per nu."
    assert rows[5][0] == "Namn"


def test_sums_are_numbers_and_words_in_their_column_are_text():
    shown = [("KOM-03", "1\xa0200\xa0000"), ("12", "0"), ("KOM-04", "–"), ("KOM-05", "=1+1")]
    sheet = Sheet("Pengar", "Så här.", "Per nu.", ("Aktivitet", "Saknas"), shown, numeric=(1,))
    rows = cells(answer_workbook(sheet))
    assert [row[:2] for row in rows[6:]] == [
        ["KOM-03", 1_200_000],
        ["12", 0],
        ["KOM-04", "–"],
        ["KOM-05", "=1+1"],
    ]


async def test_every_row_of_several_pages_is_there(sample_database: Database):
    scene = Scene(sample_database)
    sheet = await gathered(scene, Intent.ACTIVITIES)
    codes = [row[0].split(" ")[0] for row in sheet.rows]
    assert len(codes) == len(set(codes)) == len((await scene.plan()).activities) > A_PAGE
    rows = cells(answer_workbook(sheet))
    assert rows[0][0] == sheet.asked == "Aktiviteter"
    assert [row[0] for row in rows[6:]] == [row[0] for row in sheet.rows]
    assert sheet.left_out == ""


async def test_more_pages_than_are_asked_for_at_once(
    sample_database: Database, monkeypatch: pytest.MonkeyPatch
):
    scene = Scene(sample_database)
    whole = await gathered(scene, Intent.ACTIVITIES)
    monkeypatch.setattr(answer_sheet, "AT_A_TIME", 4)
    assert await gathered(scene, Intent.ACTIVITIES) == whole


async def test_rows_that_a_file_has_no_room_for_are_said(
    sample_database: Database, monkeypatch: pytest.MonkeyPatch
):
    scene = Scene(sample_database)
    monkeypatch.setattr(answer_sheet, "AT_A_TIME", 4)
    monkeypatch.setattr(answer_sheet, "MOST", 10)
    total = len((await scene.plan()).activities)
    sheet = await gathered(scene, Intent.ACTIVITIES)
    assert len(sheet.rows) == 10
    said = f"Filen visar de 10 första av {total} rader. Begränsa frågan för att se de andra."
    assert sheet.left_out == said
    assert cells(answer_workbook(sheet))[3][0] == said
    monkeypatch.setattr(answer_sheet, "MOST", total)
    assert (await gathered(scene, Intent.ACTIVITIES)).left_out == ""


async def test_an_answer_without_rows_is_its_sentence(sample_database: Database):
    sheet = await gathered(Scene(sample_database), Intent.NEEDS)
    assert (sheet.columns, list(sheet.rows)) == ((), [])
    assert cells(answer_workbook(sheet))[1][0] == "Inget behov är registrerat."


@pytest.fixture
async def db(database: Database):
    async with database.transaction() as db:
        yield db


async def test_what_a_poll_hides_is_in_no_file(db: AsyncConnection):
    people = await make_poll_scene(db)
    poll = await asked_for_money(people, secrecy=Secrecy.UNTIL_CLOSING)
    await asked_for_money(people, secrecy=Secrecy.UNTIL_CLOSING)
    await says(people, poll, HJO, replace(yes(23_456), comment="Hemligt villkor"))

    async def written(by: str) -> str:
        plan, said = await read_plan(db, 1), ""
        for intent in (Intent.POLL_STATUS, Intent.POLL_MISSING, Intent.PLEDGES):
            asking = Asking(db, plan, Question(intent), await people.person(by), NOW)
            rows = cells(answer_workbook(await gather_sheet(asking)))
            said += "\n".join(str(each or "") for row in rows for each in row)
        return said.replace("\u00a0", " ")

    hidden = await written("chef")
    assert "Skara" in hidden
    assert "23 456" not in hidden
    assert "Hemligt" not in hidden
    await close(db, await people.by("chef"), await now_of(people, poll))
    assert "23 456" in await written("chef")
