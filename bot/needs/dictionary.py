"""The words that likeness knows, by ground form: what they weigh and which are near each other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from bot.needs.related_words import NEAR
from bot.needs.synonyms import SAME
from bot.needs.telling_words import ACTIONS, EMPTY, PARTS, SETTINGS

WEIGHT_OF_ACTION, WEIGHT_OF_SETTING, WEIGHT_OF_EMPTY = 0.4, 0.45, 0.05
SYNONYM, FORMED, RELATED, SAME_BEGINNING = 0.9, 0.9, 0.5, 0.3

_MISSPELT = 86
"""Per cent of letters in common from which a word is taken for another one, misspelt."""

_SHORTEST_STEM, _SHORTEST_MISSPELT, _BEGINNING = 4, 5, 6
_FORMING = re.compile(
    "(a|ad|ade|an|and|ande|ar|are|at|ation|bar|d|e|el|els|else|en|er|era|erad|ering|eri|het|i|ig"
    "|ing|ion|isk|iser|isering|lig|n|na|ning|or|r|s|sk|t){1,3}"
)
_BENDING = re.compile(
    "(?<=...)(arna|erna|orna|an|en|et|or|er|ar|(?<=[aeiouyåäö])n|(?<=[^s])s|[aeo])$"
)
_IRREGULAR = (
    (re.compile("bostäd$"), "bost"),
    (re.compile("bönd$"), "bond"),
    (re.compile("(?<=[a-zåäö]{2}[kdb])r$"), ""),
    (re.compile("(?<=^[bcdfghjklmnpqrstv][aeiyåäö])(ern?|arn?)$"), ""),
    (re.compile("(?<=[a-zåäö]{4})ad$"), ""),
    (re.compile("länd$"), "land"),
    (re.compile("ledamöt$"), "ledamot"),
    (re.compile("vattn$"), "vatt"),
    (re.compile("klimat$"), "klim"),
    (re.compile("(sam|al|ell|ig|isk|iv|bar)t$"), r"\1"),
    (re.compile("(?<=[bcdfgkpt])l$"), "el"),
)


@lru_cache(maxsize=50_000)
def ground(lexeme: str) -> str:
    """One form for all that the database's Swedish dictionary leaves of a word: it gives förskol
    for förskolor and förskolan for förskolan."""
    while (shorter := _shorter(lexeme)) != lexeme:
        lexeme = shorter
    return lexeme


def _shorter(form: str) -> str:
    for ending, instead in _IRREGULAR:
        form = ending.sub(instead, form)
    return _BENDING.sub("", form)


@dataclass(frozen=True)
class Dictionary:
    """Known words by ground form.

    `same` and `related` hold the numbers of the groups of synonyms.py and related_words.py that a
    word stands in, `looks` how words look as the first part of a compound, `lexemes` what the
    database makes of a ground form's words.
    """

    same: Mapping[str, frozenset[int]]
    related: Mapping[str, frozenset[int]]
    weights: Mapping[str, float]
    looks: Mapping[str, str]
    lexemes: Mapping[str, frozenset[str]]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every ground form."""
        return frozenset({*self.same, *self.related, *self.weights})

    def weight(self, form: str) -> float:
        """How much a word tells of what a need is about, up to 1."""
        return self.weights.get(form, 1.0)

    @cached_property
    def _groups(self) -> Mapping[int, frozenset[str]]:
        groups: dict[int, frozenset[str]] = {}
        for form, numbers in self.same.items():
            for number in numbers:
                groups[number] = groups.get(number, frozenset()) | {form}
        return groups

    def synonyms(self, form: str) -> frozenset[str]:
        """Ground forms of words that mean the same, itself among them."""
        return frozenset({form}.union(*(self._groups[group] for group in self.same.get(form, ()))))

    def nearness(self, one: str, other: str) -> float:
        """How near two words are in meaning, 0 to 1."""
        if one == other:
            return 1.0
        mine, theirs = self.same.get(one), self.same.get(other)
        if mine and theirs and not mine.isdisjoint(theirs):
            return SYNONYM
        if one[:2] == other[:2] and (formed := _formed(one, other)) > RELATED:
            return formed
        mine, theirs = self.related.get(one), self.related.get(other)
        if mine and theirs and not mine.isdisjoint(theirs):
            return RELATED
        alike = one[:_BEGINNING] == other[:_BEGINNING] and len(one) >= _BEGINNING
        return SAME_BEGINNING if alike else 0.0


def _formed(one: str, other: str) -> float:
    """Whether one word is formed from the other, or misspelt; the beginning is seldom that."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if _is_formed(short, long):
        return FORMED
    misspelt = len(short) >= _SHORTEST_MISSPELT and fuzz.ratio(one, other) >= _MISSPELT
    return FORMED if misspelt else 0.0


def _is_formed(short: str, long: str) -> bool:
    stem = len(short) >= _SHORTEST_STEM and long.startswith(short)
    return stem and _FORMING.fullmatch(long.removeprefix(short)) is not None


def listed_words() -> list[str]:
    """Every word that is listed, once."""
    listed = (SAME, NEAR, ACTIONS, SETTINGS, EMPTY, PARTS)
    return sorted({word for text in listed for word in text.replace(";", " ").split()})


def make_dictionary(lexemes: Mapping[str, str]) -> Dictionary:
    """The dictionary, given what the database makes of each listed word but the small ones."""
    grounds = {word: ground(lexeme) for word, lexeme in lexemes.items()}
    listed = _weighed(SETTINGS, WEIGHT_OF_SETTING, grounds)
    listed |= _weighed(ACTIONS, WEIGHT_OF_ACTION, grounds)
    weights = _weighed(EMPTY, WEIGHT_OF_EMPTY, grounds) | _inherited(grounds, listed) | listed
    looks: dict[str, str] = {}
    spelt: dict[str, frozenset[str]] = {}
    for word, form in grounds.items():
        spelt[form] = spelt.get(form, frozenset()) | {lexemes[word]}
        if weights.get(form) != WEIGHT_OF_EMPTY:
            looks |= dict.fromkeys(_looks(word, lexemes[word]), form)
    weights = _weighed(PARTS, 1.0, grounds) | weights
    return Dictionary(_groups(SAME, grounds), _groups(NEAR, grounds), weights, looks, spelt)


def _weighed(text: str, weight: float, grounds: Mapping[str, str]) -> dict[str, float]:
    return {grounds[word]: weight for word in text.split() if word in grounds}


def _inherited(grounds: Mapping[str, str], weights: Mapping[str, float]) -> dict[str, float]:
    """A word weighs what the first of its group weighs; the most where it stands in several."""
    found: dict[str, float] = {}
    for group in SAME.split(";"):
        forms = [grounds[word] for word in group.split() if word in grounds]
        for form in forms:
            found[form] = max(found.get(form, 0.0), weights.get(forms[0], 1.0))
    return found


def _groups(text: str, grounds: Mapping[str, str]) -> dict[str, frozenset[int]]:
    groups: dict[str, frozenset[int]] = {}
    for number, group in enumerate(text.split(";")):
        for form in (grounds[word] for word in group.split() if word in grounds):
            groups[form] = groups.get(form, frozenset()) | {number}
    return groups


def _looks(word: str, lexeme: str) -> set[str]:
    """How a word may look as a part that is not the last: skol-, arbets-, gatu-, lärar-, nat-."""
    whole = {word, lexeme}
    looks = {f"{lexeme}s", f"{word}s", f"{lexeme}e"}
    if word[-1] == word[-2:-1]:
        whole.add(word[:-1])
    if word[-1] in "ae":
        looks |= {word[:-1] + ending for ending in ("", "u", "o", "s")}
    return {each for each in whole if len(each) > 1} | {each for each in looks if len(each) > 3}
