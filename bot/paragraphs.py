"""Paragraphs of minutes as people write them: `14`, `§ 14`, `Paragraf 14`."""

import re

_WORD = re.compile(r"paragraf(?:en)?\b[.:]?", re.IGNORECASE)


def read_paragraph(words: str) -> str:
    """The number alone, since whoever shows it writes the sign; the words when nothing is left."""
    said = words.strip()
    named = _WORD.match(said)
    number = said[named.end() :] if named is not None else said
    return number.strip("§ \t\n\u00a0") or said
