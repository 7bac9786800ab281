"""The names that a question may hold, from the database: so what is new is understood at once."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.finding import plain
from bot.plan import Plan
from bot.questions.holders import Holder, holder, names_of, ways_to_name
from bot.questions.lexicon import KNOWN, LIGHT, SMALL, is_ordinary
from bot.questions.question import Filter
from bot.questions.words import Word, forms, plain_words, without_ending, words_of
from storage.queries import questions as queries

_CODE = re.compile(r"([^\W\d_]{2,5})-(\d{1,3})")
_SHORTENED = re.compile(r"(\w+)- och (\w+)")
_MANY_TITLES = 4
SHORTEST_PART = 4
"""Letters of a part by which a compound is known."""


@dataclass(frozen=True)
class Name:
    """A name of several words, in plain letters, of something that a filter may ask for."""

    filter: Filter
    value: str
    words: tuple[str, ...]


class TitleWord(NamedTuple):
    """A word of an activity's title, and where it stands there."""

    code: str
    at: int
    word: str


class Vocabulary:
    """The names of a plan and its people, and the organisation's own synonyms for them.

    `synonyms`: a phrase in plain words, and the words that it stands for. `near` keeps what
    misspelt words were found to be near.
    """

    def __init__(
        self, plan: Plan, people: Iterable[Holder], synonyms: Mapping[tuple[str, ...], str]
    ) -> None:
        self.plan = plan
        self.people = tuple(people)
        self.synonyms = {
            phrase: tuple(words_of(meant)) for phrase, meant in synonyms.items() if phrase
        }
        self.longest_synonym = max(map(len, self.synonyms), default=0)
        self.near: dict[str, tuple[int, str] | None] = {}
        self._weights: dict[str, float] = {}

    def prepare(self) -> "Vocabulary":
        """Work out everything that reading a question asks for, which may take a second."""
        for name, value in vars(type(self)).items():
            if isinstance(value, cached_property):
                getattr(self, name)
        return self

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Focus areas, directions and networks, the longest names first."""
        directions = dict.fromkeys(each.name for each in self.plan.directions.values())
        networks = (each.name for each in self.plan.networks)
        called = (
            *((Filter.AREA, name) for name in self.plan.focus_areas.values()),
            *((Filter.DIRECTION, name) for name in directions),
            *((Filter.NETWORK, name) for name in networks),
        )
        found = [Name(what, name, plain_words(name)) for what, name in called]
        order = (Filter.AREA, Filter.DIRECTION, Filter.NETWORK)
        return tuple(
            sorted(found, key=lambda each: (-len(each.words), order.index(each.filter), each.value))
        )

    @cached_property
    def places(self) -> Mapping[tuple[str, ...], str]:
        """Municipalities by the words of their name, in each way to name them."""
        towns = [e.name for e in self.plan.organisations.values() if e.kind == "municipality"]
        shorter = {way: name for name in towns for way in ways_to_name(name)}
        return shorter | {plain_words(name): name for name in towns}

    @cached_property
    def longest_place(self) -> int:
        """Words of the longest name of a municipality."""
        return max(map(len, self.places), default=0)

    @cached_property
    def _words_of_places(self) -> frozenset[str]:
        return frozenset(word for name in self.places for word in name)

    @cached_property
    def organisations(self) -> frozenset[str]:
        """Words of the names of all organisations in plain letters."""
        ways = (way for each in self.plan.organisations.values() for way in ways_to_name(each.name))
        return frozenset(word for way in ways for word in way)

    @cached_property
    def titles(self) -> Mapping[str, tuple[str, ...]]:
        """The words of each activity's title, by its code."""
        return {each.code: _split_whole(each.title) for each in self.plan.activities.values()}

    @cached_property
    def codes(self) -> Mapping[tuple[str, int], str]:
        """Codes by their letters in plain lower case and their number."""
        found = ((code, _CODE.fullmatch(code)) for code in self.plan.activities)
        return {(plain(match[1]), int(match[2])): code for code, match in found if match}

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """The letters that codes begin with, in plain lower case."""
        return frozenset(letters for letters, _number in self.codes)

    @cached_property
    def title_words(self) -> Mapping[str, tuple[TitleWord, ...]]:
        """Where each form of a word stands in the titles."""
        found: defaultdict[str, list[TitleWord]] = defaultdict(list)
        for code, words in self.titles.items():
            for at, word in enumerate(words):
                for form in forms(word):
                    found[form].append(TitleWord(code, at, word))
        return {form: tuple(places) for form, places in found.items()}

    @cached_property
    def milestone_words(self) -> Mapping[str, frozenset[str]]:
        """Codes of the activities whose milestones' titles hold each word, without its ending."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.plan.activities.values():
            for milestone in each.milestones:
                for word in plain_words(milestone.title):
                    if word not in self.light and word not in SMALL and len(word) >= SHORTEST_PART:
                        for form in without_ending(word):
                            found[form].add(each.code)
        return {form: frozenset(codes) for form, codes in found.items()}

    @cached_property
    def funders(self) -> frozenset[str]:
        """Words by which outside funders are named."""
        lines = (line for each in self.plan.activities.values() for line in each.funding)
        named = (line.source for line in lines if line.kind in ("external", "regional_development"))
        return frozenset(
            word
            for source in dict.fromkeys(named)
            for word in plain_words(source)
            if len(word) >= SHORTEST_PART and word not in self.light and word not in SMALL
        ) - {"medel", "pengar", "bidrag"}

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        """Title words that may be compounds, by their first letters and by their last."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for words in self.titles.values():
            for word in words:
                if len(word) >= SHORTEST_PART:
                    found[word[:SHORTEST_PART]].add(word)
                    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
                        found["-" + word[at : at + SHORTEST_PART]].add(word)
        return {part: tuple(sorted(words)) for part, words in found.items()}

    def beginning_like(self, word: str) -> tuple[str, ...]:
        """Title words that begin with the same letters."""
        return self._parts.get(word[:SHORTEST_PART], ())

    def holding(self, tail: str) -> tuple[str, ...]:
        """Title words in whose inside a part with those first letters begins."""
        return self._parts.get("-" + tail[:SHORTEST_PART], ())

    def weight(self, word: str) -> float:
        """How much a word of a title tells of which activity is meant: 1 when no other has it."""
        found = self._weights.get(word)
        if found is None:
            found = self._weights[word] = self._weight(word)
        return found

    @cached_property
    def light(self) -> frozenset[str]:
        """Words that alone mean no activity: those of many titles, of organisations' names, of the
        areas' longer names, and of what the manager is manager of."""
        many = max(_MANY_TITLES, len(self.titles) // 50)
        often = {
            word
            for words in self.titles.values()
            for word in words
            if any(self._times.get(form, 0) >= many for form in forms(word))
        }
        areas = (each.words for each in self.names if each.filter is Filter.AREA)
        managed = (each.words for each in self.people if each.is_manager and not each.is_named)
        of_names = {
            form
            for words in (*(each for each in areas if len(each) > 1), *managed)
            for word in words
            for form in without_ending(word)
        }
        return LIGHT | self.organisations | often | of_names

    @cached_property
    def _times(self) -> Mapping[str, int]:
        """In how many titles each form of a word stands."""
        places = self.title_words.items()
        return {form: len({each.code for each in found}) for form, found in places}

    def _weight(self, word: str) -> float:
        if word in self.light or word.isdecimal():
            return 0.1
        if word in SMALL or len(word) < 3:
            return 0.0
        telling = 1.0 / max(1, self._times.get(word, 0))
        return telling * (0.4 if word in self._names_of_one_word else 1.0)

    @cached_property
    def _names_of_one_word(self) -> frozenset[str]:
        return frozenset(
            each.words[0]
            for each in self.names
            if len(each.words) == 1 and each.filter is not Filter.DIRECTION
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that is spelt right: those of the language of questions, and of the names."""
        found = set(KNOWN) | set(SMALL) | set(self._words_of_places)
        for name in self.names:
            found.update(name.words)
        for words in self.titles.values():
            found.update(words)
        for each in self.people:
            found.update(each.words)
        for each in self.plan.activities.values():
            for milestone in each.milestones:
                found.update(plain_words(milestone.title))
        found.update(self.funders)
        found.update(self.titled)
        for phrase in self.synonyms:
            found.update(phrase)
        return frozenset(found)

    @cached_property
    def without_endings(self) -> frozenset[str]:
        """Known words of some length without their endings."""
        long = (word for word in self.known if len(word) >= SHORTEST_PART and word not in SMALL)
        return frozenset(
            form for word in long for form in without_ending(word) if len(form) > SHORTEST_PART
        )

    @cached_property
    def apart(self) -> frozenset[str]:
        """Words that are never a part of one that was written apart."""
        names = frozenset(each for each in self.names_of_people if not is_ordinary(each))
        return self.prefixes | self._words_of_places | names

    def rarity(self, word: str) -> int:
        """How seldom a known word is said: small words, those that questions are asked with,
        names."""
        return 0 if word in SMALL else 1 if word in KNOWN else 2

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Words that a misspelt one may be meant to be."""
        return tuple(sorted(each for each in self.known if len(each) >= 4 and each.isalpha()))

    @cached_property
    def titled(self) -> Mapping[str, tuple[Holder, ...]]:
        """People by a title of two words written as one: strateg infrastruktur is the
        infrastrukturstrateg."""
        found: defaultdict[str, list[Holder]] = defaultdict(list)
        for each in self.people:
            if len(each.words) == 2 and not each.is_named:
                one, other = each.words
                for whole in (one + other, other + one, other + "s" + one):
                    for form in forms(whole):
                        found[form].append(each)
        return {form: tuple(dict.fromkeys(people)) for form, people in found.items()}

    @cached_property
    def managers(self) -> frozenset[str]:
        """Addresses of those who hold the manager's post."""
        return frozenset(each.email for each in self.people if each.is_manager)

    @cached_property
    def heads(self) -> Mapping[str, tuple[Holder, ...]]:
        """People who are known by a title by each word of it."""
        found: defaultdict[str, list[Holder]] = defaultdict(list)
        for each in self.people:
            for word in () if each.is_named else each.words:
                found[word].append(each)
        return {word: tuple(people) for word, people in found.items()}

    @cached_property
    def named(self) -> Mapping[str, tuple[Holder, ...]]:
        """People who are known by first and last name by each word of it."""
        found: defaultdict[str, list[Holder]] = defaultdict(list)
        for each in self.people:
            for word in dict.fromkeys(each.names) if each.is_named else ():
                found[word].append(each)
        return {word: tuple(people) for word, people in found.items()}

    @cached_property
    def names_of_people(self) -> frozenset[str]:
        """Every word of somebody's name, none of titles."""
        return names_of(self.people)


@lru_cache(maxsize=50_000)
def _split_whole(title: str) -> tuple[str, ...]:
    """The words of a title; what stands short, as in `med- och motfinansiering`, written out."""
    written = list(plain_words(title))
    for match in _SHORTENED.finditer(plain(title)):
        endings = (match[2][at:] for at in range(1, len(match[2]) - 2))
        whole = next((match[1] + end for end in endings if match[1] + end in KNOWN), None)
        if whole is not None and match[1] in written:
            written[written.index(match[1])] = whole
    return tuple(written)


class Vocabularies:
    """The latest vocabulary this process has made; made anew when plan or synonyms have changed."""

    def __init__(self) -> None:
        self._made: Vocabulary | None = None
        self._of: tuple[int, date, object] | None = None
        self._making = asyncio.Lock()

    async def of(self, db: AsyncConnection, plan: Plan, today: date) -> Vocabulary:
        """The vocabulary of the plan on the day. A thread makes it, one at a time, so that whoever
        asks nothing does not wait."""
        synonyms = await queries.synonyms(db)
        key = (id(plan), today, tuple(sorted(synonyms.items())))
        async with self._making:
            if self._made is None or self._of != key or self._made.plan is not plan:
                people = await people_known(db, today)
                phrases = {plain_words(phrase): meant for phrase, meant in synonyms.items()}
                made = Vocabulary(plan, people, phrases)
                self._made, self._of = await asyncio.to_thread(made.prepare), key
            return self._made


async def people_known(db: AsyncConnection, today: date) -> list[Holder]:
    """Everybody who is employed somewhere on the day, as questions name them."""
    return [
        holder(
            row.email,
            row.name,
            tuple(row.organisations or ()),
            is_manager=row.is_manager,
            key=row.id,
        )
        for row in await queries.people_by_name(db, today)
    ]


def as_words(said: str, vocabulary: Vocabulary) -> list[Word]:
    """The words of what was said, with the organisation's synonyms put in."""
    words = words_of(said)
    at, found = 0, list[Word]()
    while at < len(words):
        for length in range(vocabulary.longest_synonym, 0, -1):
            meant = vocabulary.synonyms.get(tuple(each.plain for each in words[at : at + length]))
            if meant is not None:
                found += meant
                at += length
                break
        else:
            found.append(words[at])
            at += 1
    return found
