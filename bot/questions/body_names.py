"""Bodies of the charter and the manager, as questions name them."""

from collections.abc import Iterator, Mapping, Sequence

from bot.questions.words import Word

_NAMES: Mapping[str, str] = {
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
_LONG_NAME = 6
"""Letters from which one more at the end is a slip."""


def bodies_named(words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    """Each body that is named, with the words from and up to which it is."""
    for at in range(len(words)):
        for body, names in _NAMES.items():
            for name in (each.split("_") for each in names.split()):
                end = at + len(name)
                if end <= len(words) and _are(words[at:end], name):
                    yield body, at, end
                    break


def _are(words: Sequence[Word], name: Sequence[str]) -> bool:
    """Whether the words are the name's, each at most a letter longer."""
    return all(
        word.read == one
        or (len(one) > _LONG_NAME and word.read.startswith(one) and len(word.read) == len(one) + 1)
        for word, one in zip(words, name, strict=True)
    )
