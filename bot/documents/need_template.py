"""The template of a tjänsteskrivelse: the usual one, made here, or the organisation's own.

A template is a Word file with the fields it wants in double braces, such as {{ proposal }}. Fields
in RECORD are filled from what is registered; any other is a text that somebody writes in chat.
"""

# docxtpl has no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from bot.conversations.needs.material_form import MOST_FIELDS
from bot.language import _, ngettext, speaking
from bot.needs.material import field_named

RECORD = (
    "organisation",
    "today",
    "number",
    "title",
    "description",
    "reason",
    "area",
    "network",
    "municipalities",
    "supports",
    "support_count",
    "cost",
    "funding",
    "wanted_by",
    "registered_by",
    "registered_on",
    "preparer",
    "prepare_by",
    "stage",
    "body",
    "meeting_on",
    "record_number",
    "decisions",
)
"""Fields that the record fills."""

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_BYTES = 10_000_000


class TemplateUnusable(Exception):
    """The file is no Word template, or a field in it is written wrong.

    `detail` tells which, as the end of a sentence.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def read_template(path: Path | None) -> bytes:
    """The organisation's own template, or the usual one. TemplateUnusable."""
    if path is None:
        return usual_template()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TemplateUnusable(_("filen går inte att läsa")) from error
    fields_in(content)
    return content


def fields_in(template: bytes) -> tuple[str, ...]:
    """The fields that somebody has to write, in the order they stand. TemplateUnusable."""
    if len(template) > _MOST_BYTES:
        raise TemplateUnusable(_("filen är större än 10 MB"))
    try:
        opened = DocxTemplate(BytesIO(template))
        names: set[str] = opened.get_undeclared_template_variables()
        opened.init_docx()
        words = str(opened.get_xml())
    except TemplateError as error:
        raise TemplateUnusable(_("ett fält är felskrivet ({why})", why=error)) from error
    # lxml tells of broken XML by a SyntaxError of its own.
    except (BadZipFile, PackageNotFoundError, SyntaxError, KeyError, ValueError) as error:
        raise TemplateUnusable(_("filen är inget Word-dokument (.docx)")) from error
    wrong = sorted(name for name in names if not _FIELD_NAME.fullmatch(name))
    if wrong:
        raise TemplateUnusable(
            _(
                "fältet {names} får bara ha små bokstäver a–z, siffror och understreck, högst 40",
                names=", ".join(wrong),
            )
        )
    free = [name for name in names if name not in RECORD]
    if len(free) > MOST_FIELDS:
        raise TemplateUnusable(
            ngettext(
                "den har {n} fält som någon ska skriva, och formuläret rymmer {most}",
                "den har {n} fält som någon ska skriva, och formuläret rymmer {most}",
                len(free),
                most=MOST_FIELDS,
            )
        )
    return tuple(sorted(free, key=lambda name: (_first(words, name), name)))


def _first(words: str, name: str) -> int:
    found = re.search(rf"\b{re.escape(name)}\b", words)
    return found.start() if found else len(words)


@lru_cache(maxsize=2)
def usual_template() -> bytes:
    """The layout of a tjänsteskrivelse: head, the matter in short, background, proposal, money."""
    with speaking("sv"):
        return _usual_template()


def _usual_template() -> bytes:
    document = Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = Pt(11)
    _head(document)
    document.add_heading("{{ title }}", level=1)
    for name in ("summary", "background"):
        _part(document, field_named(name).label, f"{{{{ {name} }}}}")
    _part(document, "Kommunernas stöd", "{{ support_count }}: {{ supports }}")
    _part(document, field_named("proposal").label, "{{ proposal }}")
    _part(document, field_named("economy").label, "{{ economy }}")
    document.add_paragraph("Ungefärlig kostnad: {{ cost }}. Finansiering: {{ funding }}")
    _part(document, "Ärendets gång", "{{ decisions }}")
    document.add_paragraph()
    document.add_paragraph("{{ preparer }}")
    document.add_paragraph("Handläggare")
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _head(document: DocxDocument) -> None:
    rows = (
        ("Tjänsteskrivelse", "{{ today }}"),
        ("{{ organisation }}", "Diarienummer: {{ record_number }}"),
        ("Behov {{ number }}, {{ area }}", "Handläggare: {{ preparer }}"),
        ("Till {{ body }}", "Möte: {{ meeting_on }}"),
    )
    table = document.add_table(rows=len(rows), cols=2)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_paragraph()


def _part(document: DocxDocument, heading: str, words: str) -> None:
    document.add_heading(heading, level=2)
    document.add_paragraph(words)
