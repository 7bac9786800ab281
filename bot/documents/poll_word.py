"""A poll as material for the body that decides, in the layout of a tjänsteskrivelse."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from bot.clock import in_stockholm
from bot.conversations.polls.co_financing_card import decides
from bot.conversations.polls.result_words import explained, got, in_order, marked
from bot.conversations.polls.wording import answer_words, mark_of, who_answered
from bot.documents.need_values import clean, lacking
from bot.documents.poll_values import (
    accepted,
    decided,
    economy,
    hides,
    outcome,
    proposed,
    turnout,
    weight_word,
)
from bot.language import _, kronor, number, short_date
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.poll import Poll
from bot.polls.seen import Seen


def poll_document(seen: Seen, plan: Plan, now: datetime) -> bytes:
    """The document; what people typed is text in it, and what the poll hides is not there."""
    document = Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = Pt(11)
    _head(document, seen, plan, now)
    document.add_heading(clean(seen.poll.title), level=1)
    _part(document, _("Ärendet i korthet"), _in_short(seen))
    _part(document, _("Bakgrund"), *_background(seen))
    _part(document, _("Förslag till beslut"), proposed(seen, plan))
    if seen.money is not None:
        _shares(document, seen, seen.money)
    _outcome(document, seen, plan)
    _part(document, _("Ekonomiska konsekvenser"), economy(seen))
    document.add_paragraph()
    document.add_paragraph(clean(seen.poll.started_by.name))
    document.add_paragraph(_("Handläggare"))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _head(document: WordDocument, seen: Seen, plan: Plan, now: datetime) -> None:
    poll = seen.poll
    places = plan.organisations.values()
    federation = next((each.name for each in places if each.kind == "federation"), "")
    record = poll.decision.record_number if poll.decision is not None else None
    rows = (
        (_("Tjänsteskrivelse"), short_date(in_stockholm(now).date())),
        (federation, _("Diarienummer: {number}", number=record or lacking())),
        (
            _("Omröstning {number}", number=poll.id),
            _("Handläggare: {name}", name=poll.started_by.name),
        ),
        (_("Till {body}", body=decides(poll, plan) or lacking()), ""),
    )
    table = document.add_table(rows=0, cols=2)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(words)
    document.add_paragraph()


def _part(document: WordDocument, heading: str, *said: str) -> None:
    document.add_heading(heading, level=2)
    for words in said:
        for line in clean(words).split("\n"):
            document.add_paragraph(line)


def _in_short(seen: Seen) -> str:
    said = outcome(seen)
    hidden = hides(seen)
    return f"{said} {hidden}" if hidden else said


def _background(seen: Seen) -> list[str]:
    poll = seen.poll
    said = [poll.description or ""]
    if seen.money is not None:
        said.insert(0, seen.money.proposal.purpose)
    if poll.link:
        said.append(_("Underlag: {link}", link=poll.link))
    return [each for each in said if each] or [lacking()]


def _shares(document: WordDocument, seen: Seen, asked: CoFinancing) -> None:
    """The shares with what they are counted from, and the answers where they are shown."""
    document.add_heading(_("Fördelning"), level=2)
    columns = (_("Kommun"), _("Räknat på"), _("Andel"), _("Svar"), _("Vem och när"))
    rows = [_share_row(asked, each) for each in asked.places]
    shares = kronor(sum(each.share for each in asked.places))
    promised = kronor(asked.sum) if seen.poll.shows_answers else "–"
    rows.append((_("Tillsammans"), "", shares, promised, ""))
    _table(document, columns, rows, numeric=(2,))


def _share_row(asked: CoFinancing, place: Place) -> tuple[str, ...]:
    answer = place.answer
    if answer is None:
        return (place.name, _basis(place), kronor(place.share), _("inget svar än"), "–")
    said = answer_words(answer.said) + mark_of(asked, place)
    if answer.said.condition:
        said += f": {answer.said.condition}"
    return (place.name, _basis(place), kronor(place.share), said, who_answered(answer))


def _basis(place: Place) -> str:
    if place.weight is not None:
        return _("vikt {weight}", weight=weight_word(place))
    if place.inhabitants is None or place.counted_on is None:
        return "–"
    day = short_date(place.counted_on)
    return _("{number} invånare {day}", number=number(place.inhabitants), day=day)


def _outcome(document: WordDocument, seen: Seen, plan: Plan) -> None:
    """What the poll showed, how it was counted, its seal, and what is decided already."""
    document.add_heading(_("Utfall"), level=2)
    document.add_paragraph(_("{count} har svarat.", count=turnout(seen)))
    if hidden := hides(seen):
        document.add_paragraph(hidden)
    if seen.result is not None and seen.result.count:
        _results(document, seen.poll, seen)
    elif seen.money is None:
        for each in seen.poll.options:
            document.add_paragraph(clean(each.label), style="List Bullet")
    if seen.seal is not None:
        day = short_date(in_stockholm(seen.seal.sealed_at).date())
        words = _("Förseglat {day}, SHA-256: {seal}", day=day, seal=seen.seal.seal)
        document.add_paragraph(words)
    if rows := [*decided(seen, plan), *accepted(seen)]:
        _part(document, _("Beslut"), *(f"{label}: {value}" for label, value in rows))


def _results(document: WordDocument, poll: Poll, seen: Seen) -> None:
    result = seen.result
    assert result is not None
    rows = [
        (f"{marked(result, each)}{each.label}", got(poll, result, each))
        for each in in_order(poll, result)
    ]
    _table(document, (_("Alternativ"), _("Fick")), rows)
    document.add_paragraph(explained(poll))


def _table(
    document: WordDocument,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[int] = (),
) -> None:
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    for row in rows:
        for at, (cell, value) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.text = clean(value)
            if at in numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
