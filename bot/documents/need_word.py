"""A need's tjänsteskrivelse as a Word file."""

# docxtpl has no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from collections.abc import Mapping
from io import BytesIO

from docxtpl import DocxTemplate, Listing
from jinja2 import TemplateError

from bot.documents.need_template import TemplateUnusable
from bot.language import _


def word_document(template: bytes, values: Mapping[str, str]) -> bytes:
    """The template with its fields filled; what people typed is text, whatever it looks like.

    TemplateUnusable when a field is used in a way that no text allows.
    """
    document = DocxTemplate(BytesIO(template))
    filled = {name: Listing(words) for name, words in values.items()}
    try:
        document.render(filled, autoescape=True)
    except (TemplateError, TypeError, ValueError) as error:
        raise TemplateUnusable(_("ett fält går inte att fylla i ({why})", why=error)) from error
    written = BytesIO()
    document.save(written)
    return written.getvalue()
