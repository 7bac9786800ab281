"""Cards as HTML: an exhaustive match over the parts, everything people typed escaped."""

from typing import assert_never

from markupsafe import Markup

from bot.addresses import leads
from bot.conversations.views import (
    Bullets,
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Facts,
    Heading,
    Paragraph,
    Part,
    Picture,
    Progress,
    Span,
    Table,
)
from bot.language import _
from handlers.drawn import so_far
from handlers.web.canvas import Canvas
from handlers.web.chart_svg import draw_chart

NOTHING = Markup("")
COLUMNS_ON_A_PHONE, OF_WORDS = 3, 2
"""Columns of a table that a phone has room for beside each other, and how many may be words."""


def draw_card(card: Card, canvas: Canvas) -> Markup:
    """The card as an article; its title is a heading of the canvas's level."""
    title = (
        Markup('<h{0} class="card-title">{1}</h{0}>').format(canvas.level, card.title)
        if card.title
        else NOTHING
    )
    parts = NOTHING.join(draw_part(part, canvas) for part in card.parts)
    if not card.parts and card.summary != card.title:
        parts = Markup("<p>{}</p>").format(card.summary)
    return Markup('<article class="card tone-{}">{}{}</article>').format(card.tone, title, parts)


def draw_part(part: Part, canvas: Canvas) -> Markup:
    """One part of a card or of a form's introduction."""
    match part:
        case Heading(text=words):
            return Markup("<h{0}>{1}</h{0}>").format(canvas.level + 1, words)
        case Paragraph(spans=spans, quiet=quiet):
            words = NOTHING.join(map(draw_span, spans))
            begin = Markup('<p class="quiet">') if quiet else Markup("<p>")
            return begin + words + Markup("</p>")
        case Bullets(items=items):
            lines = (Markup("<li>{}</li>").format(NOTHING.join(map(draw_span, i))) for i in items)
            return Markup("<ul>{}</ul>").format(NOTHING.join(lines))
        case Facts(facts=facts):
            pairs = (
                Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(fact.label, fact.value)
                for fact in facts
            )
            return Markup('<dl class="facts">{}</dl>').format(NOTHING.join(pairs))
        case Table():
            return _table(part, canvas)
        case Progress():
            return _progress(part, canvas)
        case Chart():
            return draw_chart(part, canvas)
        case Picture(file_id=file_id, alternative=alternative):
            return Markup('<figure><img src="/filer/{}" alt="{}" loading="lazy"></figure>').format(
                file_id, alternative
            )
        case Buttons():
            return _buttons(part, canvas)
        case Divider():
            return Markup("<hr>")
        case _:
            assert_never(part)


def draw_span(span: Span) -> Markup:
    """A span; a link only where it leads to a page of ours or to an address people know."""
    words = Markup("{}").format(span.text)
    match span.style:
        case "bold":
            words = Markup("<strong>{}</strong>").format(words)
        case "italic":
            words = Markup("<em>{}</em>").format(words)
        case "plain":
            pass
    if span.person_id is not None:
        return Markup('<span class="mention">{}</span>').format(words)
    where = leads(span.href, base="")
    return words if where is None else Markup('<a href="{}">{}</a>').format(where, words)


def _table(table: Table, canvas: Canvas) -> Markup:
    """Scrolled sideways where it is wide; a phone gets a sheet for each row of it."""
    caption = canvas.next_id()
    columns = len(table.columns)
    stacked = columns > COLUMNS_ON_A_PHONE or columns - len(table.numeric) > OF_WORDS
    sheets = Markup(' class="stacked"') if stacked else NOTHING

    def kind(column: int) -> str:
        return "number" if column in table.numeric else "words"

    def label(column: int) -> Markup:
        if not stacked:
            return NOTHING
        name = table.columns[column]
        return Markup('<span class="label" aria-hidden="true">{}</span> ').format(name)

    def cell(column: int, words: str) -> Markup:
        if column == 0:
            named = label(column) if words.isdecimal() else NOTHING
            return Markup('<th scope="row" role="rowheader" class="{}">{}{}</th>').format(
                kind(column), named, words
            )
        return Markup('<td role="cell" class="{}">{}{}</td>').format(
            kind(column), label(column), words
        )

    head = NOTHING.join(
        Markup('<th scope="col" role="columnheader" class="{}">{}</th>').format(kind(n), name)
        for n, name in enumerate(table.columns)
    )
    rows = NOTHING.join(
        Markup('<tr role="row">{}</tr>').format(
            NOTHING.join(cell(n, words) for n, words in enumerate(row))
        )
        for row in table.rows
    )
    return Markup(
        '<div class="scroll" role="group" tabindex="0" aria-labelledby="{0}">'
        '<table role="table"{4}><caption id="{0}">{1}</caption>'
        '<thead role="rowgroup"><tr role="row">{2}</tr></thead>'
        '<tbody role="rowgroup">{3}</tbody></table></div>'
    ).format(caption, table.caption, head, rows, sheets)


def _progress(progress: Progress, canvas: Canvas) -> Markup:
    label = canvas.next_id()
    said = so_far(progress)
    beside = Markup(' <span class="so-far">{}</span>').format(said) if said else NOTHING
    return Markup(
        '<div class="progress"><span id="{0}">{1}</span>{2}'
        '<progress aria-labelledby="{0}" value="{3}" max="{4}"></progress></div>'
    ).format(label, progress.label, beside, min(progress.done, progress.of), progress.of)


def _buttons(buttons: Buttons, canvas: Canvas) -> Markup:
    shown = NOTHING.join(_button(each) for each in buttons.buttons)
    more = NOTHING
    if buttons.overflow:
        more = Markup(
            '<details class="more-choices"><summary>{}</summary><div>{}</div></details>'
        ).format(_("Fler val"), NOTHING.join(_button(each) for each in buttons.overflow))
    return Markup(
        '<form class="buttons" method="post" action="/tryck" data-live>{}{}{}</form>'
    ).format(canvas.hidden(), shown, more)


def _button(button: Button) -> Markup:
    style = button.style
    if button.press is not None:
        return Markup('<button class="button {}" name="form-press" value="{}">{}</button>').format(
            style, button.press.encoded(), button.label
        )
    where = leads(button.href, base="")
    if where is None:
        return Markup('<span class="button {}">{}</span>').format(style, button.label)
    return Markup('<a class="button {}" href="{}">{}</a>').format(style, where, button.label)
