"""People of the directory and places, by the words that they are called by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.questions.lexicon import is_ordinary
from bot.questions.words import plain_words, words_of

_PARTICLES = frozenset(("af", "av", "von", "van", "de", "der", "den", "la", "le"))
"""Small words in family names."""
_OF_TITLES = (
    *("chef", "direktor", "tor", "strateg", "samordnare", "ansvarig", "ordforande", "ledamot"),
    *("sekreterare", "utvecklare", "ledare", "forvaltare", "handlaggare", "ekonom", "controller"),
    *("planerare", "rektor", "jurist", "tekniker", "specialist", "radgivare", "assistent"),
    *("administrator", "ersattare", "forste", "andre", "vice", "tf", "tillforordnad", "ingenjor"),
    *("kommunalrad", "arkitekt", "lots", "konsult", "analytiker", "pedagog", "politiker"),
)
"""How words end by which posts are called."""
_KINDS_OF_PLACE = ("kommun", "stad")


@dataclass(frozen=True)
class Holder:
    """A person of the directory: name, or title, in plain words without the organisation's name.

    `names`: the words that are a person's name, none of a title.
    """

    email: str
    name: str
    words: tuple[str, ...]
    organisations: tuple[str, ...]
    is_manager: bool = False
    id: int = 0
    names: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the directory has first and last name, and not a title."""
        return len(self.names) > 1


def holder(
    email: str,
    name: str,
    organisations: tuple[str, ...],
    *,
    is_manager: bool = False,
    key: int = 0,
) -> Holder:
    """A person, with the organisation's name taken out of a title such as `Kulturchef Skara`."""
    places = [way for each in organisations for way in ways_to_name(each)]
    words = _without(plain_words(name), places)
    return Holder(email, name, words, organisations, is_manager, key, _names(name, words))


def ways_to_name(organisation: str) -> tuple[tuple[str, ...], ...]:
    """The words that a place is called by, the longest first: `Hässleholms kommun`, Hässleholm."""
    whole = plain_words(organisation)
    found = [whole]
    if len(whole) > 1 and whole[-1] in _KINDS_OF_PLACE:
        *others, last = whole[:-1]
        found.append((*others, last))
        if last.endswith("s"):
            found.append((*others, last[:-1]))
    return tuple(found)


def _without(words: tuple[str, ...], places: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The words of a name without each place that stands in a row in it."""
    left = list(words)
    for place in places:
        for at in range(len(left) - len(place), -1, -1):
            if left[at : at + len(place)] == list(place):
                del left[at : at + len(place)]
    return tuple(left)


def _names(name: str, own: Sequence[str]) -> tuple[str, ...]:
    """The words of a person's name: those with a capital, up to one of a title."""
    found: list[str] = []
    for each in words_of(name):
        if each.plain not in own or each.plain in _PARTICLES:
            continue
        if not each.typed[0].isupper() or each.plain.endswith(_OF_TITLES):
            break
        found.append(each.plain)
    if len(found) == 1 and is_ordinary(found[0]):
        return ()
    return tuple(found)


def without_genitive(word: str) -> tuple[str, ...]:
    """A name as it is said, and without the s of `Eva Eks`."""
    return (word, word[:-1]) if word.endswith("s") and len(word) > 2 else (word,)


def names_of(people: Iterable[Holder]) -> frozenset[str]:
    """Every word of somebody's name."""
    return frozenset(word for each in people for word in each.names if len(word) > 1)
