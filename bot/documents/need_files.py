"""The files that a body gets about needs: a Word document each, and one sheet of them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.clock import in_stockholm
from bot.documents.need_sheet import Value, excel_sheet
from bot.documents.need_template import fields_in
from bot.documents.need_values import Matter, values_of
from bot.documents.need_word import word_document
from bot.language import speaking
from bot.needs.material import field_named
from bot.plan import Plan

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """A file to be written: its name and what it holds."""

    name: str
    content: bytes


def word_files(
    matters: Sequence[Matter], template: bytes, plan: Plan, today: date
) -> tuple[File, ...]:
    """A document for each need, in Swedish as public records are. TemplateUnusable."""
    with speaking("sv"):
        fields = tuple(field_named(name) for name in fields_in(template))
        return tuple(
            File(
                f"behov-{matter.need.id}.docx",
                word_document(template, values_of(matter, plan, fields, today)),
            )
            for matter in matters
        )


def excel_file(
    matters: Sequence[Matter], template: bytes, stage: str, plan: Plan, today: date
) -> File:
    """One sheet of all of them. TemplateUnusable."""
    with speaking("sv"):
        fields = tuple(field_named(name) for name in fields_in(template))
        rows = [
            {**values_of(matter, plan, fields, today), **_sorted_by(matter)} for matter in matters
        ]
        return File(f"behov-{stage}.xlsx", excel_sheet(rows, fields))


def _sorted_by(matter: Matter) -> dict[str, Value]:
    """What a sheet holds as numbers and days, not as words."""
    need = matter.need
    return {
        "number": need.id,
        "support_count": len(need.supports),
        "cost": need.wanted.cost,
        "wanted_by": need.wanted.wanted_by,
        "registered_on": in_stockholm(need.registered_at).date(),
        "meeting_on": matter.meeting.held_on if matter.meeting else None,
    }


def packed(files: Sequence[File]) -> bytes:
    """The files in one archive, for a browser to fetch."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for each in files:
            archive.writestr(each.name, each.content)
    return written.getvalue()
