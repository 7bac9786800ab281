"""Lists of wordings, short to write and read: `*` is any letters, `_` a space, `..` some words."""

import re
from collections.abc import Iterable

_SOME_WORDS = r"(?: \S+){0,5}? "


def pattern_of(wordings: str) -> re.Pattern[str]:
    """A pattern that finds any of the wordings as whole words in a text of plain letters."""
    listed = sorted(set(wordings.split()), key=lambda each: (-len(each), each))
    return re.compile(rf"(?<![\w<])(?:{'|'.join(map(_alternative, listed))})(?![\w>])")


def words_in(wordings: str) -> Iterable[str]:
    """The whole words of the wordings, for spelling."""
    for wording in wordings.split():
        for word in wording.replace("..", "_").split("_"):
            if word.isalpha() and len(word) > 2:
                yield word


def _alternative(wording: str) -> str:
    parts = wording.split("..")
    return _SOME_WORDS.join(
        re.escape(part).replace(r"\*", r"\w*").replace("_", " ") for part in parts
    )
