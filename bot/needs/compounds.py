"""Swedish compounds taken apart: cykelupphandling is upphandling of a cykel."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.needs.dictionary import Dictionary, ground

SHORTEST_PART = 3
"""Letters; a shorter one, as el-, only where the rest is understood."""

_SHORTEST_HEAD = 2


class Split(NamedTuple):
    """Ground forms of the parts, one when it is no compound, and letters not understood."""

    parts: tuple[str, ...]
    unknown: int


def split(word: str, words: Dictionary, also: Mapping[str, str]) -> Split:
    """The parts of a compound by the dictionary's words and `also`; it may have one unknown part.

    `also` holds looks of further words, with their ground form.
    """
    best = Split((ground(word),), len(word))
    for at in range(len(word) - SHORTEST_PART, _SHORTEST_HEAD - 1, -1):
        head, tail = word[:at], word[at:]
        known = also.get(head) or words.looks.get(head)
        if known is not None:
            rest = _rest(tail, words, also)
            if rest.unknown < best.unknown and (rest.unknown == 0 or at > SHORTEST_PART):
                best = Split((known, *rest.parts), rest.unknown)
        elif at < best.unknown and len(tail) > SHORTEST_PART and _known(tail, words, also):
            best = Split((head.removesuffix("s"), ground(tail)), at)
    return best


def _rest(word: str, words: Dictionary, also: Mapping[str, str]) -> Split:
    if _known(word, words, also):
        return Split((ground(word),), 0)
    best = Split((ground(word),), len(word))
    for at in range(len(word) - SHORTEST_PART, _SHORTEST_HEAD - 1, -1):
        known = also.get(word[:at]) or words.looks.get(word[:at])
        if known is not None:
            rest = _rest(word[at:], words, also)
            if rest.unknown < best.unknown and (rest.unknown == 0 or at > SHORTEST_PART):
                best = Split((known, *rest.parts), rest.unknown)
    return best


def _known(word: str, words: Dictionary, also: Mapping[str, str]) -> bool:
    return ground(word) in words.known or word in also
