"""What a question names: activities, places, areas, people and bodies, and where."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.questions.body_names import bodies_named
from bot.questions.lexicon import KNOWN, LIGHT, SMALL
from bot.questions.people_names import addresses, people_by_name, people_by_title
from bot.questions.place_names import municipalities
from bot.questions.question import Filter
from bot.questions.spot import Spot
from bot.questions.titles import titles_named, titles_that_may_be
from bot.questions.vocabulary import Name, Vocabulary
from bot.questions.words import Word, same


def spots(words: Sequence[Word], vocabulary: Vocabulary) -> list[Spot]:
    """What the words name, in their order; where names meet, the surest and longest stands."""
    found: list[Spot] = []

    def take(named: Iterable[Spot]) -> None:
        for spot in named:
            if not any(spot.meets(each) for each in found):
                found.append(spot)

    titled = list(_titles(words, vocabulary))
    for finder in _BEFORE_TITLES:
        take(finder(words, vocabulary))
    take(each for each in titled if each.sure >= 1)
    for finder in _AFTER_SURE_TITLES:
        take(finder(words, vocabulary))
    take(titled)
    take(_parts_of_names(words, vocabulary))
    if not any(each.filter in _OF_PLAN for each in found):
        take(_titles_that_may_be(words, vocabulary))
    return sorted(found, key=lambda each: each.start)


class SaidCode(NamedTuple):
    """Letters that codes of the plan begin with, with the digits after them, and which words."""

    letters: str
    digits: str
    start: int
    end: int

    @property
    def key(self) -> tuple[str, int]:
        """As `Vocabulary.codes` has it."""
        return self.letters, int(self.digits)


def codes_said(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[SaidCode]:
    """What is said as a code, in one word or two, whether the plan has it or not."""
    for at, word in enumerate(words):
        letters = word.plain.rstrip("0123456789")
        digits, end = word.plain[len(letters) :], at + 1
        if not digits and end < len(words) and words[end].plain.isdecimal():
            digits, end = words[end].plain, end + 1
        if digits and letters in vocabulary.prefixes:
            yield SaidCode(letters, digits, at, end)


def _codes(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    for said in codes_said(words, vocabulary):
        last = said.end == len(words)
        as_code = words[said.start].typed[:1].isupper() or said.digits.startswith("0") or last
        apart = said.end > said.start + 1 and said.letters in SMALL and not as_code
        code = None if apart else vocabulary.codes.get(said.key)
        if code is not None:
            yield Spot(Filter.ACTIVITY, code, said.start, said.end)


_NETWORK = ("natverk", "natverket", "natverken", "natverks", "natverkets")


def _networks(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """Networks where the word nätverk says so: beside it, or as the end of the compound."""
    names = [each for each in vocabulary.names if each.filter is Filter.NETWORK]
    for at, word in enumerate(words):
        if word.read in _NETWORK:
            yield from _network_beside(words, at, names)
            continue
        for end in _NETWORK:
            head = word.read.removesuffix(end)
            if head and head != word.read:
                name = next((each for each in names if _is_head(head, each)), None)
                if name is not None:
                    yield Spot(Filter.NETWORK, name.value, at, at + 1)
                break


def _network_beside(words: Sequence[Word], at: int, names: Sequence[Name]) -> Iterator[Spot]:
    for start in range(at + 1, min(at + 4, len(words))):
        for name in names:
            end = _name_ends(words, start, name)
            if end is not None:
                yield Spot(Filter.NETWORK, name.value, at, end)
                yield from _further_networks(words, end, names)
                return
        if words[start].read not in SMALL:
            break
    for name in names:
        start = at - len(name.words)
        if start >= 0 and _name_ends(words, start, name) == at:
            yield Spot(Filter.NETWORK, name.value, start, at + 1)
            return


def _further_networks(words: Sequence[Word], at: int, names: Sequence[Name]) -> Iterator[Spot]:
    """`nätverken Energi och Kultur`."""
    if at + 1 < len(words) and words[at].read == "och":
        for name in names:
            end = _name_ends(words, at + 1, name)
            if end is not None:
                yield Spot(Filter.NETWORK, name.value, at, end)
                return


def _is_head(head: str, name: Name) -> bool:
    return head in ("".join(name.words), "".join(name.words) + "s", name.words[0])


def _name_ends(words: Sequence[Word], at: int, name: Name) -> int | None:
    """Where the name ends that begins at `at`, inflected; None when it does not stand there."""
    end = at + len(name.words)
    if end > len(words):
        return None
    fits = all(
        same(one, word.read) and _not_longer(word.read, one)
        for one, word in zip(name.words, words[at:end], strict=True)
    )
    return end if fits else None


def _not_longer(word: str, name: str) -> bool:
    return len(word) <= len(name) + 4 and word[:3] == name[:3]


_OF_AREA = ("omradet", "omrade", "arbetet", "fragorna", "fragor", "delen", "sidan", "insatserna")
_INSIDE = ("inriktningen", "aktivitetsinriktningen", "inriktning")


def _names(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """Areas, directions and networks by their whole name; an area before a network."""
    for name in vocabulary.names:
        for at in range(len(words)):
            end = _name_ends(words, at, name)
            if end is None:
                end = at + 1 if _names_with_end(words[at].read, name) else None
            if end is not None and not _is_title_word(words, at, name, vocabulary):
                yield Spot(name.filter, name.value, at, end)


def _names_with_end(word: str, name: Name) -> bool:
    """`kompetensområdet` for the area Kompetens."""
    if len(name.words) != 1 or name.filter is not Filter.AREA:
        return False
    rest = word.removeprefix(name.words[0])
    return rest != word and rest.removeprefix("s") in _OF_AREA


def _is_title_word(words: Sequence[Word], at: int, name: Name, vocabulary: Vocabulary) -> bool:
    """Whether a direction's name is rather said of the one activity that is called so.

    `inflyttarservicen` is the activity, `inriktningen Inflyttarservice` the direction.
    """
    own, *others = name.words
    if name.filter is Filter.AREA or others:
        return False
    word = words[at].read
    if name.filter is Filter.NETWORK:
        return word != own and word != own + "s"
    before = words[at - 1].read if at else ""
    definite = word != own and not own.endswith(word[-2:])
    titled = {each.code for each in vocabulary.title_words.get(own, ())}
    return definite and len(titled) == 1 and before not in _INSIDE


def _bodies(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    return (Spot(Filter.BODY, *found) for found in bodies_named(words))


def _titles(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    for named in titles_named(words, vocabulary):
        yield Spot(
            Filter.ACTIVITY, named.codes[0], named.start, named.end, named.sure, named.codes[1:]
        )


def _titles_that_may_be(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    for named in titles_that_may_be(words, vocabulary):
        first, *others = named.codes
        yield Spot(Filter.ACTIVITY, first, named.start, named.end, named.sure, tuple(others))


def _parts_of_names(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """A direction or area by one telling word of a longer name: `kollektivtrafiken`."""
    for at, word in enumerate(words):
        if len(word.read) < 4 or word.read in SMALL or word.read in LIGHT or word.read in KNOWN:
            continue
        fitting = [
            each
            for each in vocabulary.names
            if len(each.words) > 1
            and each.filter is not Filter.NETWORK
            and any(same(word.read, one) and len(one) >= 4 for one in each.words)
        ]
        if len(fitting) == 1:
            yield Spot(fitting[0].filter, fitting[0].value, at, at + 1, 0.6)


_OF_PLAN = (Filter.ACTIVITY, Filter.AREA, Filter.DIRECTION, Filter.NETWORK)
_Finders = tuple[Callable[[Sequence[Word], Vocabulary], Iterator[Spot]], ...]

_BEFORE_TITLES: _Finders = (_codes, addresses, people_by_name, _networks, people_by_title)
_AFTER_SURE_TITLES: _Finders = (_names, municipalities, _bodies)
"""In the order in which they may take a word: titles of which several words in a row are said go
between them, other titles last."""
