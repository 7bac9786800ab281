"""What a question names: activities, places, areas, people and bodies, and where."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.questions.body_names import bodies_named
from bot.questions.lexicon import SMALL
from bot.questions.question import Filter
from bot.questions.titles import titles_named, titles_that_may_be
from bot.questions.vocabulary import Holder, Name, Vocabulary
from bot.questions.words import Word, forms, same


@dataclass(frozen=True)
class Spot:
    """Something named by the words from `start` up to `end`. `sure`: how surely, up to 1.

    `others` are further values that the same words may mean as well.
    """

    filter: Filter
    value: str
    start: int
    end: int
    sure: float = 1.0
    others: tuple[str, ...] = ()

    def meets(self, other: "Spot") -> bool:
        """Whether both take some word."""
        return self.start < other.end and other.start < self.end


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


def _codes(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    for at, word in enumerate(words):
        letters = word.plain.rstrip("0123456789")
        if letters not in vocabulary.prefixes:
            continue
        digits = word.plain[len(letters) :]
        end = at + 1
        if not digits and end < len(words) and words[end].plain.isdecimal():
            digits, end = words[end].plain, end + 1
        code = _code(letters, digits, vocabulary)
        if code is not None:
            yield Spot(Filter.ACTIVITY, code, at, end)


def _code(letters: str, digits: str, vocabulary: Vocabulary) -> str | None:
    wanted = [f"{letters.upper()}-{digits.lstrip('0').zfill(width)}" for width in (2, 3)]
    return next((code for code in wanted if code in vocabulary.titles), None) if digits else None


def _addresses(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    known = {each.email for each in vocabulary.people}
    for at, word in enumerate(words):
        if "@" in word.typed and word.typed.casefold() in known:
            yield Spot(Filter.PERSON, word.typed.casefold(), at, at + 1)


def _people(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """People by name, or by title with the organisation when several have it."""
    for at, word in enumerate(words):
        titled = {one for form in forms(word.read) for one in vocabulary.titled.get(form, ())}
        if len(titled) == 1:
            yield Spot(Filter.PERSON, next(iter(titled)).email, at, at + 1)
            continue
        named = [each for head in _heads(word.read, vocabulary) for each in vocabulary.heads[head]]
        for many in (True, False):
            spot = _person_at(words, at, named, vocabulary, whole=many)
            if spot is not None:
                yield spot
                break


def _heads(word: str, vocabulary: Vocabulary) -> list[str]:
    """Words of names or titles that a word may be: inflected, or one that ends a compound."""
    if len(word) < 4 or word in SMALL or word in vocabulary.municipalities:
        return []
    if word.endswith(("orer", "orerna", "ernas", "arna", "erna")):
        return []
    return [head for head in forms(word) if head in vocabulary.heads]


def _person_at(
    words: Sequence[Word],
    at: int,
    named: Iterable[Holder],
    vocabulary: Vocabulary,
    *,
    whole: bool,
) -> Spot | None:
    """The one whose name or title begins or stands at `at`; `whole`: every word of it."""
    fitting: list[tuple[int, int, Holder]] = []
    for each in dict.fromkeys(named):
        span = _span_of(words, at, each, whole=whole)
        if span is not None:
            fitting.append((*span, each))
    if not fitting:
        return None
    longest = max(end - start for start, end, _each in fitting)
    best = [each for each in fitting if each[1] - each[0] == longest]
    with_place = [found for each in best if (found := _placed(words, each, vocabulary)) is not None]
    if len(with_place) == 1:
        return with_place[0]
    if len(best) == 1 and whole and not with_place:
        start, end, holder = best[0]
        return Spot(Filter.PERSON, holder.email, start, end)
    return None


def _span_of(
    words: Sequence[Word], at: int, holder: Holder, *, whole: bool
) -> tuple[int, int] | None:
    """Which words from `at` on name the holder; small words between count as theirs."""
    wanted, end = list(holder.words), at
    while end < len(words) and wanted:
        hit = next((each for each in wanted if same(each, words[end].read)), None)
        if hit is not None:
            wanted.remove(hit)
        elif words[end].read not in SMALL or end == at:
            break
        end += 1
    if end == at or len(wanted) == len(holder.words) or (wanted and whole):
        return None
    while words[end - 1].read in SMALL:
        end -= 1
    return at, end


def _placed(
    words: Sequence[Word], fitting: tuple[int, int, Holder], vocabulary: Vocabulary
) -> Spot | None:
    """The person with the place that stands near: `kulturchefen i Skara`, `Hjos kulturchef`."""
    start, end, holder = fitting
    places = {
        plain_name
        for plain_name, name in vocabulary.municipalities.items()
        if name in holder.organisations
    }
    for at in range(end, min(end + 3, len(words))):
        if _place_name(words[at].read, places) is not None:
            return Spot(Filter.PERSON, holder.email, start, at + 1)
        if words[at].read not in SMALL and words[at].read not in ("kommun", "kommuns"):
            break
    before = start - 1
    if before >= 0 and words[before].read in ("kommuns", "kommun"):
        before -= 1
    if before >= 0 and _place_name(words[before].read, places) is not None:
        return Spot(Filter.PERSON, holder.email, before, end)
    return None


def _place_name(word: str, places: Iterable[str]) -> str | None:
    return next((each for each in places if word in (each, each + "s", each + "kommun")), None)


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


def _municipalities(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    for at, word in enumerate(words):
        name = _place_name(word.read, vocabulary.municipalities)
        if name is not None and (name != "vara" or _is_place(words, at)):
            after = words[at + 1].read if at + 1 < len(words) else ""
            end = at + 2 if after in ("kommun", "kommuns", "kommunen") else at + 1
            yield Spot(Filter.MUNICIPALITY, vocabulary.municipalities[name], at, end)


_FEW = 5
_MODAL = frozenset(
    ("ska", "kan", "bor", "maste", "far", "lar", "kommer", "att", "skulle", "kunde", "vill")
) | {"borde", "kunna", "brukar", "verkar", "tankt", "behover", "planeras", "beraknas", "inte"}
_BEFORE_PLACE = frozenset(
    ("i", "for", "fran", "av", "at", "till", "om", "hos", "kommunen", "deltar", "pa")
)


def _is_place(words: Sequence[Word], at: int) -> bool:
    """Whether `vara` is the municipality Vara, and not the verb."""
    word = words[at]
    before = words[at - 1].read if at else ""
    after = words[at + 1].read if at + 1 < len(words) else ""
    if word.read == "varas" or after.startswith("kommun"):
        return True
    if word.capital and not word.first:
        return True
    if any(each.read in _MODAL for each in words[:at]):
        return before in _BEFORE_PLACE
    return bool(before) or len(words) < _FEW


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
        if len(word.read) < 4 or word.read in SMALL or word.read in _TELLING_OF_NONE:
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


_TELLING_OF_NONE = frozenset(
    (
        *("samverkan", "foretag", "foretagen", "befintliga", "extern", "externa", "finansiering"),
        *("digital", "kommunikation", "uppfoljning", "samverka", "arbetet", "arbete"),
    )
)

_OF_PLAN = (Filter.ACTIVITY, Filter.AREA, Filter.DIRECTION, Filter.NETWORK)
_Finders = tuple[Callable[[Sequence[Word], Vocabulary], Iterator[Spot]], ...]

_BEFORE_TITLES: _Finders = (_codes, _addresses, _networks, _people)
_AFTER_SURE_TITLES: _Finders = (_names, _municipalities, _bodies)
"""In the order in which they may take a word: titles of which several words in a row are said go
between them, other titles last."""
