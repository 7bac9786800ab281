"""Municipalities, as questions name them."""

from collections.abc import Iterator, Sequence

from bot.questions.lexicon import SMALL
from bot.questions.question import Filter
from bot.questions.spot import Spot
from bot.questions.vocabulary import Vocabulary
from bot.questions.words import Word

_KOMMUN = ("kommun", "kommuns", "kommunen", "stad", "stads")
_FEW = 5
_MODAL = frozenset(
    ("ska", "kan", "bor", "maste", "far", "lar", "kommer", "att", "skulle", "kunde", "vill")
) | {"borde", "kunna", "brukar", "verkar", "tankt", "behover", "planeras", "beraknas", "inte"}
_BEFORE_PLACE = frozenset(
    ("i", "for", "fran", "av", "at", "till", "om", "hos", "kommunen", "deltar", "pa")
)


def municipalities(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """Each municipality that is named, also in the genitive and with `kommun` after it."""
    at = 0
    while at < len(words):
        place = place_at(words, at, vocabulary)
        if place is not None and (place[1] - at > 1 or _is_place(words, at)):
            name, end = place
            yield Spot(Filter.MUNICIPALITY, name, at, _with_kommun(words, end))
            at = end
        else:
            at += 1


def place_at(words: Sequence[Word], at: int, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """The municipality whose name begins at `at`, and where its name ends."""
    for many in range(min(vocabulary.longest_place, len(words) - at), 0, -1):
        *before, last = (each.read for each in words[at : at + many])
        for end in ("", "s", "kommun", "kommuns"):
            name = vocabulary.places.get((*before, last.removesuffix(end)))
            if name is not None and last.endswith(end):
                return name, at + many
    return None


def place_before(words: Sequence[Word], at: int, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """The municipality whose name ends right before `at`, and where its name begins."""
    for start in range(max(0, at - vocabulary.longest_place - 1), at):
        place = place_at(words, start, vocabulary)
        if place is not None and at in (place[1], _with_kommun(words, place[1])):
            return place[0], start
    return None


def _with_kommun(words: Sequence[Word], end: int) -> int:
    return end + 1 if end < len(words) and words[end].read in _KOMMUN else end


def _is_place(words: Sequence[Word], at: int) -> bool:
    """Whether a name that is a small word too, as Vara is, is meant and not the word."""
    word = words[at]
    if word.read not in SMALL:
        return True
    before = words[at - 1].read if at else ""
    after = words[at + 1].read if at + 1 < len(words) else ""
    if after.startswith("kommun") or (word.capital and not word.first):
        return True
    if any(each.read in _MODAL for each in words[:at]):
        return before in _BEFORE_PLACE
    return bool(before) or len(words) < _FEW
