"""The English catalogue held against the Swedish texts of the code."""

import string
from collections.abc import Iterator
from pathlib import Path
from tomllib import loads

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.house import HOUSE

ENGLISH = HOUSE / "bot/locale/en/LC_MESSAGES/samspel.po"
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def said() -> Catalog:
    """Every text that the code says, found as `make messages` finds it."""
    catalogue = Catalog(locale="sv")
    mappings = loads((HOUSE / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [
        (pattern, mapping["method"])
        for mapping in mappings
        for pattern in (
            mapping["pattern"] if isinstance(mapping["pattern"], list) else [mapping["pattern"]]
        )
    ]
    for path, line, words, _comments, _context in extract_from_dir(HOUSE, methods, {}, KEYWORDS):
        catalogue.add(words, locations=[(path, line)])
    return catalogue


def english(path: Path = ENGLISH) -> Catalog:
    """The catalogue as it is kept."""
    with path.open("rb") as source:
        return read_po(source, locale="en")


def placeholders(text: str) -> set[str]:
    """The names between braces in `text`."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def strings(words: object) -> tuple[str, ...]:
    """A message's forms: one, or singular and plural."""
    if isinstance(words, str):
        return (words,)
    return tuple(words) if isinstance(words, tuple | list) else ()


def untranslated(texts: Catalog, translated: Catalog) -> Iterator[Message]:
    """Texts of the code that have no English, or only some of its forms, or a doubtful one."""
    for message in texts:
        if message.id:
            known = translated.get(message.id)
            forms = strings(known.string) if known else ()
            if not forms or not all(forms) or (known and known.fuzzy):
                yield message


def mismatched(translated: Catalog) -> Iterator[Message]:
    """Texts whose English lacks a value that the Swedish has, or asks for one it has not."""
    for message in translated:
        if message.id and all(strings(message.string)):
            wanted = set().union(*map(placeholders, strings(message.id)))
            if any(
                placeholders(form) - {"n"} != wanted - {"n"} for form in strings(message.string)
            ):
                yield message


def no_longer_said(texts: Catalog, translated: Catalog) -> Iterator[Message]:
    """Texts of the catalogue that the code does not say any more."""
    return (message for message in translated if message.id and texts.get(message.id) is None)


if __name__ == "__main__":
    import sys

    sys.stdout.write(str(sum(1 for _ in untranslated(said(), english()))))
