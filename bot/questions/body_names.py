"""Bodies of the charter and the manager, as questions name them."""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from bot.questions.words import Word

NAMES: Mapping[str, str] = {
    "municipal_directors": """
        kommundirektorsgrupp kommundirektorsgruppen kommundirektorsgruppens kommundirektorer
        kommundirektorerna kommundirektorernas kommundirektorskretsen kommundirektorskollegiet
        kommundirektorsmote kommundirektorsmotet kommundirektorsmoten kommundirektorgruppen
        kommundirektor_gruppen kdgruppen kdg
        """,
    "reference_group": """
        politiska_referensgruppen politisk_referensgrupp referensgruppen referensgrupp
        referensgruppens politiska_gruppen prg
        """,
    "steering_group": """
        styrgrupp styrgruppen styrgruppens styrgruppsmote styrgruppsmotet styrgruppsmoten
        styrgruppsmotena
        """,
    "presidium": """
        presidiet presidium presidiets presidiemote presidiemotet presidiemoten
        """,
    "board": """
        direktionen direktion direktionens direktionsmote direktionsmotet direktionsmoten
        direktionssammantrade direktionssammantradet
        """,
    "manager": "chefen chefens chef",
}
"""In plain letters; an underscore between words."""

_LONG, _VERY_LONG = 7, 10
"""Letters from which one more at the end is a slip, and from which one before the end is."""


def bodies_named(words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    """Each body that is named, with the words from and up to which it is."""
    for at in range(len(words)):
        for body, names in NAMES.items():
            for name in (each.split("_") for each in names.split()):
                end = at + len(name)
                if end <= len(words) and _are(words[at:end], name):
                    yield body, at, end
                    break


def _are(words: Sequence[Word], name: Sequence[str]) -> bool:
    """Whether the words are the name's, but for slips."""
    return all(_is(word.read, one) for word, one in zip(words, name, strict=True))


def _is(word: str, one: str) -> bool:
    if word == one or (len(one) >= _LONG and word[:-1] == one):
        return True
    # Another ending may be another word: kommundirektören is not kommundirektörer.
    alike = len(one) >= _VERY_LONG and word[-2:] == one[-2:]
    return alike and OSA.distance(word, one, score_cutoff=1) <= 1
