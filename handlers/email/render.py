"""Cards as HTML for mail: an exhaustive match over the parts, everything people typed escaped.

Mail programs know little CSS, so what style there is stands on each element.
"""

from dataclasses import dataclass, field
from typing import assert_never
from urllib.parse import quote

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
    Press,
    Progress,
    Span,
    Table,
)
from bot.language import _, language, number

NOTHING = Markup("")

PAGE = (
    "margin:0;padding:16px;background:#ffffff;color:#1c2024;"
    "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5"
)
SHEET = "max-width:640px"
QUIET = "margin:0 0 12px;color:#555c66;font-size:14px"
PARAGRAPH = "margin:0 0 12px"
CELL = "padding:4px 12px 4px 0;border-bottom:1px solid #d5d9de;vertical-align:top"
BUTTON = (
    "display:inline-block;margin:0 8px 8px 0;padding:8px 16px;border:1px solid #1f6f78;"
    "border-radius:4px;color:#1f6f78;text-decoration:none"
)
PRIMARY = f"{BUTTON};background:#1f6f78;color:#ffffff"


@dataclass
class Letter:
    """A mail being drawn. `address` is where our own pages are, None where they cannot be reached.

    `charts` gathers those that the HTML shows as pictures; `cid:chart-1` is the first of them.
    """

    address: str | None
    charts: list[Chart] = field(default_factory=list[Chart])

    def leads(self, href: str | None) -> str | None:
        """The full address of a link; None where it would lead nowhere, or nowhere safe."""
        return leads(href, self.address or None)


def draw_letter(card: Card, letter: Letter) -> Markup:
    """The whole HTML of a mail that holds the card."""
    title = Markup('<h1 style="margin:0 0 16px;font-size:22px">{}</h1>').format(card.title)
    parts = NOTHING.join(_part(part, letter) for part in card.parts)
    if not card.parts:
        parts = Markup('<p style="{}">{}</p>').format(PARAGRAPH, _lines(card.summary))
    return Markup(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title>'
        '</head>\n<body style="{}"><div style="{}">\n{}{}</div></body></html>\n'
    ).format(
        language(), card.title or card.summary, PAGE, SHEET, title if card.title else NOTHING, parts
    )


def _part(part: Part, letter: Letter) -> Markup:
    return _drawn(part, letter) + Markup("\n")


def _drawn(part: Part, letter: Letter) -> Markup:
    match part:
        case Heading(text=words):
            return Markup('<h2 style="margin:20px 0 8px;font-size:18px">{}</h2>').format(words)
        case Paragraph(spans=spans, quiet=quiet):
            style = QUIET if quiet else PARAGRAPH
            return Markup('<p style="{}">{}</p>').format(style, _spans(spans, letter))
        case Bullets(items=items):
            lines = (Markup("<li>{}</li>").format(_spans(item, letter)) for item in items)
            return Markup('<ul style="margin:0 0 12px;padding-left:20px">{}</ul>').format(
                NOTHING.join(lines)
            )
        case Facts():
            return _facts(part)
        case Table():
            return _table(part)
        case Progress(label=label, done=done, of=of):
            so_far = _("{label}: {done} av {of}", label=label, done=number(done), of=number(of))
            return Markup('<p style="{}">{}</p>').format(PARAGRAPH, so_far)
        case Chart():
            return _chart(part, letter)
        case Picture(alternative=alternative):
            # Our pictures are shown to whoever is signed in; a mail program is not.
            said = _("[Bild: {what}]", what=alternative)
            return Markup('<p style="{}">{}</p>').format(QUIET, _lines(said))
        case Buttons(buttons=buttons, overflow=overflow):
            drawn = NOTHING.join(_button(each, letter) for each in (*buttons, *overflow))
            return Markup('<p style="margin:16px 0 8px">{}</p>').format(drawn)
        case Divider():
            return Markup('<hr style="margin:20px 0;border:0;border-top:1px solid #d5d9de">')
        case _:
            assert_never(part)


def _spans(spans: tuple[Span, ...], letter: Letter) -> Markup:
    return NOTHING.join(_span(each, letter) for each in spans)


def _span(span: Span, letter: Letter) -> Markup:
    words = _lines(span.text)
    match span.style:
        case "bold":
            words = Markup("<strong>{}</strong>").format(words)
        case "italic":
            words = Markup("<em>{}</em>").format(words)
        case "plain":
            pass
    where = letter.leads(span.href)
    if where is None:
        return words
    return Markup('<a href="{}" style="color:#1f6f78">{}</a>').format(where, words)


def _lines(words: str) -> Markup:
    return Markup("<br>").join(words.split("\n"))


def _facts(part: Facts) -> Markup:
    rows = (
        Markup(
            '<tr><th scope="row" align="left" style="{0};font-weight:normal;color:#555c66">{1}</th>'
            '<td style="{0}">{2}</td></tr>'
        ).format(CELL, fact.label, _lines(fact.value))
        for fact in part.facts
    )
    return Markup(
        '<table cellspacing="0" style="margin:0 0 12px;border-collapse:collapse">{}</table>'
    ).format(NOTHING.join(rows))


def _table(table: Table) -> Markup:
    def cell(tag: str, n: int, words: str) -> Markup:
        side = "right" if n in table.numeric else "left"
        return Markup('<{0} align="{1}" style="{2}">{3}</{0}>').format(
            tag, side, CELL, _lines(words)
        )

    head = NOTHING.join(cell("th", n, name) for n, name in enumerate(table.columns))
    rows = (
        Markup("<tr>{}</tr>").format(
            NOTHING.join(cell("td", n, each) for n, each in enumerate(row))
        )
        for row in table.rows
    )
    return Markup(
        '<table cellspacing="0" style="margin:0 0 12px;border-collapse:collapse">'
        '<caption align="left" style="text-align:left;font-weight:bold">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(table.caption, head, NOTHING.join(rows))


def _chart(chart: Chart, letter: Letter) -> Markup:
    letter.charts.append(chart)
    return Markup(
        '<p style="{}"><img src="cid:{}" alt="{}" width="400" style="max-width:100%;height:auto">'
        "</p>"
    ).format(PARAGRAPH, content_id(len(letter.charts)), f"{chart.title}. {chart.alternative}")


def content_id(nth: int) -> str:
    """What the nth chart is called within its mail."""
    return f"chart-{nth}"


def pressed_at(press: Press) -> str:
    """The page of ours where a button of a mail can be pressed."""
    return f"/visa/{quote(press.encoded(), safe='')}"


def _button(button: Button, letter: Letter) -> Markup:
    """A button leads to the page where it can be pressed: a mail changes nothing by itself."""
    href = button.href
    if button.press is not None:
        href = pressed_at(button.press)
    where = letter.leads(href)
    style = PRIMARY if button.style == "primary" else BUTTON
    if where is None:
        return Markup('<span style="{}">{}</span>').format(style, button.label)
    return Markup('<a href="{}" style="{}">{}</a>').format(where, style, button.label)
