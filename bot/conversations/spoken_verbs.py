"""`behov 12 stötta`, `uppdrag 7 klart`: a number of something, and what is to be done with it."""

import re
from collections.abc import Container, Mapping

from bot.finding import plain

NUMBER = re.compile(r"(?:nr\.?\s*|nummer\s+|#)?(\d{1,18})\b[:,.]?\s*", re.IGNORECASE)
"""A number as people write it before what they want with it."""


def first_word(words: str) -> tuple[str, str]:
    """The first word, plain and without what stands after it; and the words after it."""
    first, _space, rest = words.partition(" ")
    return plain(first.strip(",:.!?")), rest


def verb_in(
    words: str, verbs: Container[str], also: Mapping[str, str], phrases: Mapping[str, str]
) -> tuple[str, str] | None:
    """The verb that the words begin with, and the words after it; None when it is none.

    `also` are other words for verbs, `phrases` verbs of two words.
    """
    known = plain(words)
    for phrase, verb in phrases.items():
        if known == phrase or known.startswith(phrase + " "):
            return verb, words[len(phrase) :].strip()
    word, rest = first_word(words)
    verb = also.get(word, word)
    return (verb, rest.strip()) if verb in verbs else None
