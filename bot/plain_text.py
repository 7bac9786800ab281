"""Any card as plain text, for the command line and for mail; no word of it is lost."""

import re
from collections.abc import Sequence
from typing import assert_never

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
from bot.language import _, number


def plain_text(card: Card, address: str | None = None) -> str:
    """The card as text, parts apart by an empty line; lists follow each other without.

    Where links lead is told when it is a full address, or when `address` says where our own pages
    are. A card without title and parts is its summary.
    """
    blocks: list[str] = []
    if card.title:
        blocks.append(f"{card.title}\n{'=' * len(card.title)}")
    before: Part | None = None
    for part in card.parts:
        drawn = _part(part, address)
        follows = isinstance(before, Heading) or (
            isinstance(part, Bullets) and isinstance(before, Bullets)
        )
        if blocks and follows:
            blocks[-1] += f"\n{drawn}"
        else:
            blocks.append(drawn)
        before = part
    if not card.parts:
        blocks.append(card.summary)
    return "\n\n".join(blocks)


def _part(part: Part, address: str | None) -> str:
    match part:
        case Heading(text=words):
            return f"{words}\n{'-' * len(words)}"
        case Paragraph(spans=words):
            return _spans(words, address)
        case Bullets(items=items):
            return "\n".join(_bullet(_spans(item, address)) for item in items)
        case Facts(facts=pairs):
            return "\n".join(f"{fact.label}: {fact.value}" for fact in pairs)
        case Table(caption=caption, columns=columns, rows=rows, numeric=numeric):
            return f"{caption}\n{_columns([columns, *rows], numeric)}"
        case Progress(label=label, done=done, of=of):
            return _("{label}: {done} av {of}", label=label, done=number(done), of=number(of))
        case Chart():
            return _chart(part)
        case Picture(alternative=alternative):
            return _("[Bild: {what}]", what=alternative)
        case Buttons(buttons=buttons, overflow=overflow):
            return _buttons((*buttons, *overflow), address)
        case Divider():
            return "* * *"
        case _:
            assert_never(part)


def _spans(words: Sequence[Span], address: str | None) -> str:
    return "".join(_span(each, address) for each in words)


def _span(span: Span, address: str | None) -> str:
    where = leads(span.href, address)
    return f"{span.text} ({where})" if where and where != span.text else span.text


def _bullet(line: str) -> str:
    return "- " + line.replace("\n", "\n  ")


def _buttons(buttons: Sequence[Button], address: str | None) -> str:
    """Those that press beside each other; one that leads somewhere is a line of its own, which ends
    with the address: mail programs take what follows one into the link."""
    lines: list[list[str]] = [[]]
    for button in buttons:
        where = leads(button.href, address)
        if where:
            lines += [[f"{button.label}: {where}"], []]
        else:
            lines[-1].append(f"[{button.label}]")
    return "\n".join(" ".join(line) for line in lines if line)


def _chart(chart: Chart) -> str:
    """The numbers as a table; the alternative too, when it says more than the table does."""
    rows = [
        (category, *(number(series.values[at]) for series in chart.series))
        for at, category in enumerate(chart.categories)
    ]
    names = ("", *(series.name for series in chart.series))
    table = f"{chart.title}\n{_columns([names, *rows], range(1, len(names)))}"
    if _words(chart.alternative) <= _words(table):
        return table
    return f"{table}\n{chart.alternative}"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _columns(rows: Sequence[Sequence[str]], numeric: Sequence[int] | range) -> str:
    """Rows under each other, numbers to the right."""
    flat = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in flat) for at in range(len(flat[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(widths[at]) if at in numeric else cell.ljust(widths[at])
            for at, cell in enumerate(row)
        ).rstrip()
        for row in flat
    )
