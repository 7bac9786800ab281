"""The pages of polls: a list, each with its table, history and material; hidden is hidden."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import text

from bot.language import kronor
from tests.conversations.asking import key
from tests.conversations.conftest import Scene, samspel
from tests.conversations.persons import OnWeb
from tests.conversations.polling import CHEF, HJO, OFFICER, started

__all__ = ["samspel"]

pytestmark = pytest.mark.parametrize("samspel", ["web"], indirect=True)


async def page(person: object, path: str) -> str:
    """What the page at the path says, as text."""
    assert isinstance(person, OnWeb)
    return await person.reads_page(path)


async def test_the_page_has_shares_answers_and_history(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 ja 20 000 Om Skara är med")
    shown = await page(chef, "/omrostningar/1")
    assert "Platsvarumärke" in shown
    assert f"Andelarna är tillsammans {kronor(950_000)}." in shown
    assert "Om Skara är med" in shown
    assert "Startad" in shown
    listed = await page(chef, "/omrostningar")
    assert "Omröstning 1: Platsvarumärke" in listed
    assert "1 av 15 har svarat" in listed


async def test_what_is_hidden_is_in_no_page_and_no_file(samspel: Scene):
    chef = await started(samspel, shown="until_closing")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja 23 456 Hemligt villkor")
    shown = await page(chef, "/omrostningar/1")
    assert "Har svarat" in shown
    assert "23" + "\u00a0" + "456" not in shown
    assert "Hemligt villkor" not in shown
    own = await page(hjo, "/omrostningar/1")
    assert "Hemligt villkor" in own
    assert isinstance(chef, OnWeb)
    sheet = load_workbook(io.BytesIO((await chef.fetches("/omrostningar/1/underlag.xlsx")).content))
    cells = [str(c.value) for s in sheet.worksheets for row in s.iter_rows() for c in row]
    assert not any("23456" in each or "Hemligt" in each for each in cells)
    word = Document(io.BytesIO((await chef.fetches("/omrostningar/1/underlag.docx")).content))
    said = " ".join(p.text for p in word.paragraphs) + " ".join(
        cell.text for table in word.tables for row in table.rows for cell in row.cells
    )
    assert "Hemligt" not in said


async def test_the_material_is_for_those_who_record_or_decide(samspel: Scene):
    await started(samspel)
    officer = await samspel.person(OFFICER)
    assert isinstance(officer, OnWeb)
    assert (await officer.fetches("/omrostningar/1/underlag.xlsx")).status_code == 403
    assert (await officer.fetches("/omrostningar/99")).status_code == 404
    assert (await officer.fetches("/omrostningar/x")).status_code == 404


async def test_amounts_are_numbers_and_words_no_formula(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 ja 20 000 =HYPERLINK(1)")
    assert isinstance(chef, OnWeb)
    book = load_workbook(io.BytesIO((await chef.fetches("/omrostningar/1/underlag.xlsx")).content))
    rows = list(book["Svar"].iter_rows(min_row=2))
    hjo = next(row for row in rows if row[0].value == "Hjo")
    assert hjo[6].value == 20_000
    assert any(cell.value == "=HYPERLINK(1)" and cell.data_type == "s" for cell in hjo)
    assert sum(int(str(row[4].value)) for row in rows) == 950_000


async def test_the_matrix_of_a_ranking_is_on_the_page(samspel: Scene):
    network = await key(samspel, "bodies", "Kompetens")
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny prioritering")
    await chef.fills(title="Vad först?", method="ranking", secrecy="open")
    await chef.fills(voters="person")
    await chef.fills(body=network, closes_on="2026-03-31")
    await chef.fills(own="Tolkar\nLaddstolpar")
    await (await samspel.person("vux@falkoping")).says("rosta 1 Tolkar, Laddstolpar")
    shown = await page(chef, "/omrostningar/1")
    assert "Jämförelser två och två" in shown
    assert "Leder nu: Tolkar." in shown


async def test_the_list_is_empty_before_there_is_one(samspel: Scene):
    chef = await samspel.person(CHEF)
    assert "Inga omröstningar än." in await page(chef, "/omrostningar")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT count(*) FROM polls")) == 0
