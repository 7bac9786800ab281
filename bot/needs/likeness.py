"""How alike two texts about needs are, from their words and PostgreSQL's Swedish ground forms.

A word is met by itself, by one that means the same, by one formed from it, or misspelt; a compound
also by its parts. What a need is about weighs more than what is to be done about it, and for whom.
docs/similarity.md tells how well this goes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.needs.compounds import split
from bot.needs.dictionary import WEIGHT_OF_ACTION, WEIGHT_OF_EMPTY, Dictionary, ground
from storage.queries.similar_needs import Token

SHARE_OF_LESSER = 0.2
"""How much the text that is less told of by the other counts; the rest is the other's."""

COST_OF_CONFLICT = 0.2
"""How much is lost when each text has something telling that the other lacks."""

_SHARE_OF_CIRCUMSTANCE = 0.5
"""What comes after a preposition when the matter has been named, or in a second sentence."""

_PREPOSITIONS = frozenset(
    ("för", "till", "åt", "hos", "vid", "längs", "utmed", "bland", "inom", "i", "på", "mot", "runt")
) | {"kring", "under", "mellan"}
_BEFORE_A_VERB = frozenset(
    ("att", "som", "kan", "vill", "måste", "ska", "skall", "inte", "bör", "få", "får")
)
_STOPS = frozenset(".:;")
_TOPIC = 0.5
"""From what weight a word names the matter."""


@dataclass(frozen=True)
class Word:
    """A ground form, its parts with what each weighs if it is a compound, and what it weighs."""

    form: str
    parts: tuple[tuple[str, float], ...]
    weight: float
    share: float = 1.0

    @property
    def told(self) -> float:
        """How much it tells where it stands."""
        return self.weight * self.share


def likeness(one: Sequence[Token], other: Sequence[Token], words: Dictionary) -> float:
    """How alike two texts are, 0 to 1; the same whichever comes first."""
    mine, theirs = read(one, other, words), read(other, one, words)
    if not mine or not theirs:
        return 0.0
    lesser, larger = sorted((_met(mine, theirs, words), _met(theirs, mine, words)))
    met = SHARE_OF_LESSER * lesser.share + (1 - SHARE_OF_LESSER) * larger.share
    conflict = min(1.0, lesser.missed, larger.missed)
    return round(met * (1 - COST_OF_CONFLICT * conflict), 4)


def read(tokens: Sequence[Token], others: Sequence[Token], words: Dictionary) -> list[Word]:
    """The words of a text, each once; those of the other text help to split compounds."""
    looks = _looks(others)
    found: dict[str, Word] = {}
    topic, share, said, before = False, 1.0, 1.0, ""
    for token in _single(tokens, words):
        if token.word in _STOPS:
            topic, share = False, 1.0
            said = _SHARE_OF_CIRCUMSTANCE if token.word == "." and found else said
        elif token.word in _PREPOSITIONS:
            share = _SHARE_OF_CIRCUMSTANCE if topic else 1.0
        if token.lexeme is not None and len(token.lexeme) > 1:
            word = _word(token.lexeme, words, looks)
            if before in _BEFORE_A_VERB and word.form not in words.known:
                word = replace(word, weight=WEIGHT_OF_ACTION)
            topic = topic or word.weight > _TOPIC
            found.setdefault(word.form, replace(word, share=share * said))
        before = token.word
    return list(found.values())


def _looks(tokens: Sequence[Token]) -> dict[str, str]:
    """How the words of a text may look inside a compound, with their ground form."""
    looks: dict[str, str] = {}
    for word, lexeme in tokens:
        if lexeme and len(lexeme) > 2:
            form = ground(lexeme)
            whole = {word, lexeme, lexeme + "t" if lexeme[-1] in "dgkt" else lexeme}
            endings = {each + "s" for each in whole} | {form, form + "a", form + "e"}
            looks |= dict.fromkeys(whole | endings, form)
    return looks


def _single(tokens: Sequence[Token], words: Dictionary) -> list[Token]:
    """Of a word with a hyphen either the whole, when it is known, or its parts."""
    hyphened = {each.lexeme for each in tokens if each.lexeme and "-" in each.lexeme}
    known = {
        each
        for each in hyphened
        if ground(each) in words.known or split(each, words, {}).unknown == 0
    }
    parts = {piece for each in known for piece in each.split("-")}
    return [
        each
        for each in tokens
        if each.lexeme is None
        or ((each.lexeme in known or each.lexeme not in hyphened) and each.lexeme not in parts)
    ]


def _word(lexeme: str, words: Dictionary, looks: dict[str, str]) -> Word:
    form = ground(lexeme)
    if lexeme.isdigit():
        return Word(form, (), WEIGHT_OF_EMPTY)
    found = split(lexeme, words, looks)
    if len(found.parts) == 1 or (form in words.known and found.unknown):
        return Word(form, (), words.weight(form))
    parts = tuple((part, words.weight(part)) for part in found.parts)
    told = sum(weight for _, weight in parts)
    if form not in words.known and told < WEIGHT_OF_ACTION:
        return Word(form, (), 1.0)
    return Word(form, parts, words.weights.get(form, told))


@dataclass(frozen=True, order=True)
class _Met:
    """How much of what a text tells is told by another, and the most telling that is not."""

    share: float
    missed: float


def _met(mine: Sequence[Word], theirs: Sequence[Word], words: Dictionary) -> _Met:
    forms = list(dict.fromkeys(_forms(theirs, words)))
    met = [each.told * _nearest(each, forms, words) for each in mine]
    missed = max(each.told - one for each, one in zip(mine, met, strict=True))
    return _Met(sum(met) / sum(each.told for each in mine), missed)


def _forms(read: Iterable[Word], words: Dictionary) -> Iterable[str]:
    """What may meet a word: also the parts of compounds, but not of those that have a meaning of
    their own: who asks for el does not ask for elbilar."""
    for each in read:
        yield each.form
        if each.form not in words.known:
            yield from (part for part, _ in each.parts)


def _nearest(word: Word, forms: Sequence[str], words: Dictionary) -> float:
    whole = _best(word.form, forms, words)
    if whole == 1.0 or not word.parts:
        return whole
    met = sum(weight * _best(part, forms, words) for part, weight in word.parts)
    return max(whole, met / sum(weight for _, weight in word.parts))


def _best(form: str, forms: Sequence[str], words: Dictionary) -> float:
    return 1.0 if form in forms else max(words.nearness(form, other) for other in forms)
