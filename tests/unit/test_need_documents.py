"""The material of needs in Word and Excel, and the commands that write it."""

import getpass
import io
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import text

from bot.clock import in_stockholm
from bot.conversations.needs.material_form import MOST_FIELDS
from bot.documents.need_files import File, excel_file, packed, word_files
from bot.documents.need_matters import matters_at
from bot.documents.need_template import (
    RECORD,
    TemplateUnusable,
    fields_in,
    read_template,
    usual_template,
)
from bot.documents.need_values import Matter, clean, values_of
from bot.documents.need_word import word_document
from bot.needs.material import USUAL, field_named, missing
from bot.needs.stages import Stage
from bot.specimens.invented_needs import needs_of, steps_of
from bot.specimens.voice import Flavour
from bot.specimens.world import World, make_world
from storage.database import Database
from storage.migrate import head_revision

SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")
HARM = '<w:t>{{ 7*7 }}</w:t> & "x" =HYPERLINK("http://ond.example")\nnästa rad\x07'


def words_of(document: bytes) -> str:
    """All that a Word document says."""
    opened = Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(each.text for each in opened.paragraphs)])


def matter(world: World, **texts: str) -> Matter:
    """A need at the presidium."""
    need = needs_of(world)[3]
    return Matter(need, steps_of(world, need), texts, None)


def sheet_in(content: bytes) -> Worksheet:
    """The one sheet of a workbook."""
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def own_template(tmp_path: Path, *lines: str) -> bytes:
    """A template as an organisation makes one."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(tmp_path / "mall.docx"))
    return (tmp_path / "mall.docx").read_bytes()


def test_the_usual_template_has_the_parts_of_a_tjansteskrivelse():
    world = make_world(Flavour.ORDINARY, 1)
    texts = {"summary": "Tolkar saknas.", "proposal": "Direktionen antar behovet."}
    (file,) = word_files([matter(world, **texts)], usual_template(), world.plan, world.today)
    words = words_of(file.content)
    for heading in ("Ärendet i korthet", "Bakgrund", "Förslag till beslut"):
        assert heading in words
    assert "Ekonomiska konsekvenser" in words
    assert "Tolkar saknas." in words
    assert "[saknas]" in words, "what nobody has written is seen"
    assert "Diarienummer: 2026-114" in words
    assert file.name == "behov-14.docx"


@pytest.mark.parametrize("flavour", Flavour)
def test_documents_are_made_of_whatever_people_write(flavour: Flavour):
    world = make_world(flavour, 2)
    matters = [Matter(each, steps_of(world, each), {}, None) for each in needs_of(world)]
    files = word_files(matters, usual_template(), world.plan, world.today)
    assert len(files) == len(matters)
    assert all(words_of(each.content) for each in files)
    sheet = excel_file(matters, usual_template(), "presidium", world.plan, world.today)
    rows = list(sheet_in(sheet.content).iter_rows(values_only=True))
    assert len(rows) == len(matters) + 1


def test_what_people_type_is_text_in_word():
    template = usual_template()
    values = {name: clean(HARM) for name in (*RECORD, *USUAL)}
    words = words_of(word_document(template, values))
    assert '<w:t>{{ 7*7 }}</w:t> & "x" =HYPERLINK' in words
    assert "\x07" not in words


def test_what_people_type_is_no_formula_in_excel():
    world = make_world(Flavour.ORDINARY, 1)
    said = matter(world, summary='=HYPERLINK("http://ond.example")')
    sheet = excel_file([said], usual_template(), "presidium", world.plan, world.today)
    cells = [
        cell
        for row in sheet_in(sheet.content).iter_rows()
        for cell in row
        if cell.value and "HYPERLINK" in str(cell.value)
    ]
    assert [cell.data_type for cell in cells] == ["s"]


def test_an_own_template_names_the_fields_it_wants_in_its_order(tmp_path: Path):
    lines = ("{{ title }} {{ barnets_basta }}", "{{ proposal }}", "{{ klimat }}", "{{ supports }}")
    template = own_template(tmp_path, *lines)
    assert fields_in(template) == ("barnets_basta", "proposal", "klimat")
    assert field_named("barnets_basta").label == "Barnets basta"
    world = make_world(Flavour.ORDINARY, 1)
    fields = [field_named(name) for name in fields_in(template)]
    said = matter(world, klimat="Mindre utsläpp.")
    assert [each.name for each in missing(fields, said.texts)] == ["barnets_basta", "proposal"]
    values = values_of(said, world.plan, fields, world.today)
    assert "Mindre utsläpp." in words_of(word_document(template, values))


@pytest.mark.parametrize("words", ["{{ title", "{{ 1 + }}", "{% if %}", "{{ ÅÄÖ }}"])
def test_a_template_written_wrong_is_told(tmp_path: Path, words: str):
    with pytest.raises(TemplateUnusable) as told:
        fields_in(own_template(tmp_path, words))
    assert told.value.detail


def test_a_template_with_more_to_write_than_the_form_holds_is_refused(tmp_path: Path):
    lines = [f"{{{{ part_{n} }}}}" for n in range(MOST_FIELDS)]
    assert len(fields_in(own_template(tmp_path, "{{ title }}", *lines))) == MOST_FIELDS
    with pytest.raises(TemplateUnusable, match="41 fält som någon ska skriva"):
        fields_in(own_template(tmp_path, *lines, "{{ one_more }}"))


def test_what_is_no_word_file_is_told():
    with pytest.raises(TemplateUnusable):
        fields_in(b"hej")


def test_files_are_packed_for_a_browser():
    world = make_world(Flavour.ORDINARY, 1)
    files = word_files([matter(world)], usual_template(), world.plan, world.today)
    assert packed(files).startswith(b"PK")


def typed(*words: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own."""
    return subprocess.run([*SAMSPEL, *words], capture_output=True, text=True, check=False)


@pytest.fixture
def configured(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one need at the presidium, in the settings."""
    with psycopg.connect(database_url, autocommit=True) as db:
        db.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num text PRIMARY KEY)")
        db.execute(
            "INSERT INTO alembic_version VALUES (%s) ON CONFLICT DO NOTHING", (head_revision(),)
        )
        db.execute("INSERT INTO people (id, name, email) VALUES (7, 'Ada', 'ada@hjo.example.se')")
        db.execute(
            "INSERT INTO needs (id, title, description, registered_by, registered_at, stage, "
            "stage_since, preparer_id, prepare_by) VALUES (3, 'Tolkar', 'De saknas.', 7, now(), "
            "'presidium', now(), 7, '2026-05-01')"
        )
        db.execute(
            "INSERT INTO connections (id, platform, tenant) VALUES (50, 'web', 'x');"
            "INSERT INTO conversations (connection_id, kind, address, name, person_id) "
            "VALUES (50, 'private', 'p7', 'Ada', 7)"
        )
    monkeypatch.setenv("SAMSPEL_DATABASE_URL", database_url)
    return database_url


def test_export_writes_word_and_excel_and_asks_once_for_what_is_missing(
    configured: str, tmp_path: Path
):
    first = typed("export", "needs", "--stage", "presidium", "--out", str(tmp_path))
    assert first.returncode == 0, first.stderr
    assert {each.name for each in tmp_path.iterdir()} == {"behov-3.docx", "behov-presidium.xlsx"}
    assert "Behov 3: Ärendet i korthet" in first.stderr
    assert "Jag har bett om det i chatten." in first.stderr
    typed("export", "needs", "--stage", "presidium", "--out", str(tmp_path))
    with psycopg.connect(configured) as db:
        asked = db.execute("SELECT view::text FROM messages").fetchall()
    assert len(asked) == 1
    assert "behov|3|underlag" in asked[0][0] or "underlag" in asked[0][0]


def test_a_template_for_this_time_changes_nothing_that_chat_asks(configured: str, tmp_path: Path):
    own_template(tmp_path, "{{ barnets_basta }}", "{{ proposal }}")
    words = ("export", "needs", "--stage", "presidium", "--out", str(tmp_path), "--format", "word")
    assert typed(*words).returncode == 0
    once = typed(*words, "--template", str(tmp_path / "mall.docx"))
    assert "Behov 3: Barnets basta, Förslag till beslut saknas." in once.stderr
    with psycopg.connect(configured) as db:
        kept = db.execute("SELECT value FROM marks WHERE name = 'need_template'").fetchall()
        asked = db.execute("SELECT view::text FROM messages ORDER BY id").fetchall()
    assert kept == []
    assert "Barnets basta" not in str(asked)


def test_nothing_is_asked_for_before_a_need_is_prepared_or_when_it_is_decided(
    configured: str, tmp_path: Path
):
    for stage in ("registered", "resting", "declined"):
        with psycopg.connect(configured, autocommit=True) as db:
            db.execute(
                "UPDATE needs SET stage = %s, motivation = 'Nej', rested_from = %s",
                (stage, "board" if stage == "resting" else None),
            )
        done = typed("export", "needs", "--stage", stage, "--out", str(tmp_path))
        assert done.returncode == 0, done.stderr
        assert "Jag har bett om det" not in done.stderr
    with psycopg.connect(configured) as db:
        assert db.execute("SELECT 1 FROM messages").fetchall() == []


def test_each_fetch_leaves_a_line_of_who_and_what(configured: str, tmp_path: Path):
    words = ("export", "needs", "--stage", "presidium", "--out", str(tmp_path), "--no-ask")
    typed(*words)
    typed(*words, "--format", "excel")
    with psycopg.connect(configured) as db:
        lines = db.execute(
            "SELECT person_id, actor, thing, thing_id, fields, source FROM audit_lines "
            "WHERE action = 'export' ORDER BY id"
        ).fetchall()
    user = getpass.getuser()
    assert lines == [
        (None, user, "need", 3, ["word", "excel"], "cli"),
        (None, user, "need", 3, ["excel"], "cli"),
    ]


async def test_every_need_and_every_step_is_in_the_material(database: Database):
    async with database.transaction() as db:
        await db.execute(text("INSERT INTO people (id, name, email) VALUES (7, 'Ada', 'a@x.se')"))
        await db.execute(
            text(
                "INSERT INTO needs (title, description, registered_by, registered_at, stage_since) "
                "SELECT 'Tolkar', 'De saknas.', 7, now(), now() FROM generate_series(1, 510)"
            )
        )
        await db.execute(
            text(
                "INSERT INTO need_steps (need_id, person_id, taken_at, kind, platform) "
                "SELECT (SELECT min(id) FROM needs), 7, now(), 'edited', 'web' "
                "FROM generate_series(1, 510)"
            )
        )
        matters = await matters_at(db, Stage.REGISTERED, date(2026, 11, 25))
    assert len(matters) == 510
    assert len(matters[0].steps) == 510


@pytest.mark.usefixtures("configured")
def test_export_says_when_there_is_nothing_or_no_such_stage(tmp_path: Path):
    nothing = typed("export", "needs", "--stage", "board", "--out", str(tmp_path))
    assert nothing.returncode == 1
    assert "Inga behov har läget board." in nothing.stderr
    wrong = typed("export", "needs", "--stage", "riksdagen")
    assert wrong.returncode == 2
    assert "Välj bland: registered, preparing" in wrong.stderr


@pytest.mark.usefixtures("configured")
def test_the_usual_template_is_written_to_be_changed_and_used(tmp_path: Path):
    file = tmp_path / "mall.docx"
    assert typed("export", "need-template", str(file)).returncode == 0
    assert fields_in(file.read_bytes()) == USUAL
    assert typed("export", "need-template", str(file)).returncode == 2, "it is not written over"
    words = ("export", "needs", "--stage", "presidium", "--out", str(tmp_path), "--no-ask")
    assert typed(*words, "--template", str(file)).returncode == 0
    file.write_bytes(b"hej")
    broken = typed(*words, "--template", str(file))
    assert broken.returncode == 2
    assert "går inte att använda" in broken.stderr


def test_the_sheet_holds_numbers_and_days_that_can_be_sorted():
    world = make_world(Flavour.ORDINARY, 1)
    said = matter(world)
    sheet = sheet_in(
        excel_file([said], usual_template(), "presidium", world.plan, world.today).content
    )
    rows = list(sheet.iter_rows(values_only=True))
    row = dict(zip(rows[0], rows[1], strict=True))
    need = said.need
    assert row["Nummer"] == need.id
    assert row["Kommuner som stöttar"] == len(need.supports)
    assert row["Ungefärlig kostnad"] == need.wanted.cost
    assert isinstance(row["Registrerat"], datetime)
    assert row["Registrerat"].date() == in_stockholm(need.registered_at).date()


def test_what_is_wrong_with_a_template_is_told_in_plain_words(tmp_path: Path):
    for content, words in (
        (b"hej", "inget Word-dokument"),
        (packed([File("a.txt", b"hej")]), "inget Word-dokument"),
        (own_template(tmp_path, "{{ title"), "felskrivet"),
        (own_template(tmp_path, "{{ Förslag }}"), "fältet Förslag får bara ha små bokstäver"),
    ):
        with pytest.raises(TemplateUnusable) as told:
            fields_in(content)
        assert words in told.value.detail
    with pytest.raises(TemplateUnusable, match="går inte att läsa"):
        read_template(tmp_path / "finns-inte.docx")


def test_a_field_that_word_has_broken_into_pieces_and_one_in_the_header_are_found(tmp_path: Path):
    document = Document()
    paragraph = document.add_paragraph("{{ kli")
    paragraph.add_run("mat").bold = True
    paragraph.add_run(" }}")
    document.sections[0].header.paragraphs[0].text = "{{ record_number }} {{ nar }}"
    document.save(str(tmp_path / "mall.docx"))
    template = (tmp_path / "mall.docx").read_bytes()
    assert set(fields_in(template)) == {"klimat", "nar"}
    world = make_world(Flavour.ORDINARY, 1)
    fields = [field_named(name) for name in fields_in(template)]
    made = word_document(
        template, values_of(matter(world, klimat="Bra"), world.plan, fields, world.today)
    )
    assert "Bra" in words_of(made)
    header = Document(io.BytesIO(made)).sections[0].header
    assert "[saknas]" in header.paragraphs[0].text


def test_a_word_file_with_broken_xml_is_told():
    broken = io.BytesIO()
    with ZipFile(io.BytesIO(usual_template())) as whole, ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, content[:-20] if name == "word/document.xml" else content)
    with pytest.raises(TemplateUnusable, match="inget Word-dokument"):
        fields_in(broken.getvalue())
