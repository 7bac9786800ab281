"""Words for Adaptive Cards; nothing that people typed is read as markup.

Teams reads Markdown in TextBlock and in facts, as its page on formatting cards says, and nowhere
else for certain. So spans go into TextBlock, where it is known what to escape, and never into
RichTextBlock, of which Microsoft's pages disagree whether its words are Markdown.

The phones' own reader (MarkDownBlockParser.cpp in github.com/microsoft/Teams-AdaptiveCards-Mobile)
takes a backslash away before `*`, `_`, `[` and `]` only, and shows HTML's entities as they stand.
Everything else is therefore broken by a space of no width, and only where it would mean something.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import quote

from bot.conversations.views import Span
from handlers.teams.canvas import Canvas

NOTHING = "–"
"""Stands where words are only white space, which an input or a fact would not show."""

BREAK = "\u200b"
"""Is not seen, and keeps marks apart from each other and from the beginning of a line."""

HAIR = "\u200a"
"""The thinnest space: a mark between two of them stands for itself, whoever reads it."""

NEW_LINE = "\n\n"
"""What Teams' page on formatting cards asks for between lines of a TextBlock."""

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\u2029]")

_FUNCTIONS = re.compile(r"\{(?=\{|\Z)|\$(?=\{|\Z)")
"""`{{DATE(…)}}` and `${…}`, which cards may fill in."""

_MEANS = re.compile(
    r"(?P<mark>[*_\[\]`])"
    r"|\\(?=[!-/:-@\[-`{-~]|\Z)"  # takes away what is meant by the next
    r"|&(?=#?\w*(?:;|\Z))"  # an entity
    r"|<(?=\S|\Z)"  # a tag, a mention, an address; Agents Playground makes one of `<@U123>` too
    r"|~(?=~|\Z)|!(?=\Z)|\{(?=\{|\Z)|\$(?=\{|\Z)"
)
_BEGINS_A_BLOCK = re.compile(r"\A(?= *(?:[#>+\-=|~:]|\d+[.)]))")
_BEGINS_A_LIST_ON_PHONES = re.compile(r"(?<=[\])])(?=[-+0-9])")


def clean(words: str) -> str:
    """`words` without control characters, which no client shows; every line end is `\\n`."""
    return _CONTROLS.sub("", _LINE_END.sub("\n", words).replace("\t", " "))


def plain(words: str) -> str:
    """Words for where no Markdown is read: buttons, menus, placeholders, what is read aloud."""
    return _FUNCTIONS.sub(rf"\g<0>{BREAK}", clean(words))


def either(words: str) -> str:
    """Words for where some clients read Markdown and others do not: labels and open choices.

    A backslash would be seen by some, so that marks stand apart instead.
    """
    line = " ".join(_lines(words)).strip()
    apart = re.sub(r"\*|(?<![^\W_])_|_(?![^\W_])", rf"{HAIR}\g<0>{HAIR}", line)
    broken = re.sub(
        r"\](?=[(:])|<(?=\S)|&(?=#?\w+;)|~(?=~)|\{(?=\{)|\$(?=\{)", rf"\g<0>{BREAK}", apart
    )
    return _BEGINS_A_BLOCK.sub(BREAK, broken) or NOTHING


def _escaped(line: str) -> str:
    """Typed words of one line for a TextBlock or a fact, each letter as it is."""
    broken = _MEANS.sub(lambda m: f"\\{m[0]}" if m["mark"] else f"{m[0]}{BREAK}", line)
    return _BEGINS_A_LIST_ON_PHONES.sub(BREAK, _BEGINS_A_BLOCK.sub(BREAK, broken))


def lines(words: str) -> str:
    """Typed words for a TextBlock or a fact; empty lines are left out."""
    return NEW_LINE.join(_ended(_escaped(line.strip())) for line in _lines(words)) or NOTHING


def _ended(line: str) -> str:
    """An exclamation mark means something before a link only."""
    return line.removesuffix(BREAK) if line.endswith(f"!{BREAK}") else line


def _lines(words: str) -> list[str]:
    return [line for line in clean(words).split("\n") if line.strip()]


def strong(words: str) -> str:
    """Words of one line in bold."""
    return _marked(" ".join(_lines(words)), "**").strip() or NOTHING


def paragraph(words: Sequence[Span], canvas: Canvas) -> str:
    """Spans as Markdown, line by line."""
    return NEW_LINE.join(_line(line, canvas) for line in _line_by_line(words))


def bullet_list(items: Iterable[Sequence[Span]], canvas: Canvas) -> str:
    """Lines with a dot before each; one that goes on does so beneath itself."""
    drawn = ("  \n  ".join(_line(line, canvas) for line in _line_by_line(item)) for item in items)
    return "\n".join(f"- {item}" for item in drawn if item)


def _line_by_line(words: Iterable[Span]) -> list[list[Span]]:
    """Spans without line ends in them; empty lines are left out."""
    made: list[list[Span]] = [[]]
    for span in words:
        first, *further = clean(span.text).split("\n")
        for number, piece in enumerate((first, *further)):
            if number:
                made.append([])
            if piece:
                made[-1].append(span.model_copy(update={"text": piece}))
    return [line for line in made if any(span.text.strip() for span in line)]


def _line(spans: Sequence[Span], canvas: Canvas) -> str:
    """Words that follow each other plainly are escaped as one; between marks there is a break."""
    pieces: list[str] = []
    for bare, run in groupby(spans, lambda each: _is_bare(each, canvas)):
        if bare:
            pieces.append(_escaped("".join(each.text for each in run)))
        else:
            pieces.append(BREAK.join(_span(each, canvas) for each in run))
    return _ended("".join(pieces).strip())


def _is_bare(span: Span, canvas: Canvas) -> bool:
    if not span.text.strip():
        return True
    leads = span.href is not None and canvas.address(span.href) is not None
    return span.style == "plain" and not leads and canvas.mention(span.person_id) is None


def _span(span: Span, canvas: Canvas) -> str:
    mention = canvas.mention(span.person_id)
    if mention is not None and mention.text is not None:
        return mention.text
    address = canvas.address(span.href) if span.href is not None else None
    words = (
        _escaped(span.text) if address is None else f"[{_escaped(span.text)}]({_target(address)})"
    )
    match span.style:
        case "bold":
            return _marked(span.text, "**", words)
        case "italic":
            return _marked(span.text, "*", words)
        case "plain":
            return words


def _marked(raw: str, mark: str, drawn: str = "") -> str:
    """`raw`, or what is drawn of it, between marks that stand close to it on both sides."""
    core = raw.strip()
    if not core:
        return raw
    inside = drawn if drawn.startswith("[") else _escaped(core)
    before, after = raw[: len(raw) - len(raw.lstrip())], raw[len(raw.rstrip()) :]
    left = "" if inside[0].isalnum() else BREAK
    right = "" if inside[-1].isalnum() else BREAK
    return f"{before}{mark}{left}{inside}{right}{mark}{after}"


def _target(address: str) -> str:
    """An address that ends where the link does, and holds nothing that is read as markup."""
    kept = quote(address, safe="%/:?#@!$&'+,;=-._~")
    return re.sub(r"&(#?\w+);", r"&\1%3B", kept)
