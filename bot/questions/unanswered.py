"""Questions that could not be answered, as they are kept: in plain letters, without names."""

import re
from collections.abc import Sequence

from bot.questions.holders import without_genitive
from bot.questions.naming import spots
from bot.questions.question import Filter
from bot.questions.spelling import spelt
from bot.questions.vocabulary import Vocabulary, as_words
from bot.questions.words import Word

SOMEBODY = "…"
LONGEST = 400
_DAY = re.compile(r"20\d\d-\d\d?(-\d\d?)?")
_MOST_DIGITS = 4
_MOST_IN_A_ROW = 5
"""Digits of a quarter and a year; numbers of people and phones have more."""


def without_names(said: str, vocabulary: Vocabulary) -> str:
    """The words with people of the directory, addresses and numbers of people and phones taken
    out; empty when nothing is left."""
    words = spelt(as_words(said, vocabulary), vocabulary)
    people = [each for each in spots(words, vocabulary) if each.filter is Filter.PERSON]
    hidden = {at for each in people for at in range(each.start, each.end)} | _numbers(words)
    kept = [
        SOMEBODY if at in hidden or _tells_who(each, vocabulary) else each.plain
        for at, each in enumerate(words)
    ]
    return " ".join(kept)[:LONGEST].strip() if any(each != SOMEBODY for each in kept) else ""


def _tells_who(word: Word, vocabulary: Vocabulary) -> bool:
    """Whether it is an address, or a word of somebody's name, misspelt or joined with another."""
    if "@" in word.typed:
        return True
    names = vocabulary.names_of_people
    said = (form for one in (word.plain, word.read) for form in without_genitive(one))
    return any(form in names or _is_joined(form, vocabulary) for form in said)


def _is_joined(word: str, vocabulary: Vocabulary) -> bool:
    """`evaek`."""
    names = vocabulary.names_of_people
    return any(word[:at] in names and word[at:] in names for at in range(2, len(word) - 1))


def _numbers(words: Sequence[Word]) -> set[int]:
    """Where numbers of people and phones stand: with many digits, together or in a row."""
    found: set[int] = set()
    row: list[int] = []
    for at, word in enumerate((*words, None)):
        digits = 0 if word is None or _DAY.fullmatch(word.typed) else _digits(word)
        if digits > _MOST_DIGITS:
            found.add(at)
        if digits and word is not None and not word.typed[0].isalpha():
            row.append(at)
            continue
        if sum(_digits(words[each]) for each in row) > _MOST_IN_A_ROW:
            found.update(row)
        row = []
    return found


def _digits(word: Word) -> int:
    return sum(each.isdecimal() for each in word.typed)
