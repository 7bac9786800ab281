"""People, as questions name them: by name, or by title with the organisation that they are of."""

from collections.abc import Iterable, Iterator, Sequence

from bot.questions.holders import Holder, without_genitive
from bot.questions.lexicon import SMALL, is_ordinary
from bot.questions.place_names import place_at, place_before
from bot.questions.question import Filter
from bot.questions.spot import Spot
from bot.questions.vocabulary import Vocabulary
from bot.questions.words import Word, forms, same

_MANY_OF_THEM = ("orer", "orerna", "ernas", "arna", "erna")
"""Endings by which a title is said of several."""

_Fitting = tuple[int, int, Holder]
"""A person, and the words from and up to which they are named."""


def addresses(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """People by their e-mail address."""
    known = {each.email for each in vocabulary.people}
    for at, word in enumerate(words):
        if "@" in word.typed and word.typed.casefold() in known:
            yield Spot(Filter.PERSON, word.typed.casefold(), at, at + 1)


def people_by_name(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """People by first and last name, or by one of them when nobody else has it."""
    for whole in (True, False):
        for at in range(len(words)):
            named = _named_at(words, at, vocabulary)
            fitting = [
                (at, end, each)
                for each in named
                if (end := _name_ends(words, at, each, whole=whole)) is not None
                and _is_name(words, at, end, vocabulary)
            ]
            spot = _the_one(words, fitting, vocabulary)
            if spot is not None:
                yield spot


def _named_at(words: Sequence[Word], at: int, vocabulary: Vocabulary) -> list[Holder]:
    said = {form for one in (words[at].plain, words[at].read) for form in without_genitive(one)}
    found = (each for form in sorted(said) for each in vocabulary.named.get(form, ()))
    return list(dict.fromkeys(found))


def _name_ends(words: Sequence[Word], at: int, holder: Holder, *, whole: bool) -> int | None:
    """Where the name ends that begins at `at`; `whole`: first and last name, or all of it."""
    first, *_between, last = holder.names
    if not whole:
        return at + 1
    for name in (holder.names, (first, last), (last, first)):
        end = at + len(name)
        said = words[at:end]
        if len(said) == len(name) and all(map(_is_called, said, name)):
            return end
    return None


def _is_called(word: Word, name: str) -> bool:
    return name in without_genitive(word.plain) or name in without_genitive(word.read)


def _is_name(words: Sequence[Word], at: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether words that may be others too are said as a name: `Per Dag`, not `per dag`."""
    if any(each.capital and not each.first for each in words[at:end]):
        return end - at > 1 or not _names_something(words[at].read, vocabulary)
    if end - at > 1:
        return not all(is_ordinary(each.plain) for each in words[at:end])
    return not is_ordinary(words[at].read) and not _names_something(words[at].read, vocabulary)


def _names_something(word: str, vocabulary: Vocabulary) -> bool:
    """Whether titles, names of the plan or places hold the word."""
    return any(
        form in vocabulary.title_words
        or form in vocabulary.organisations
        or any(form in each.words for each in vocabulary.names)
        for form in (word, *without_genitive(word))
    )


def _the_one(
    words: Sequence[Word], fitting: Sequence[_Fitting], vocabulary: Vocabulary
) -> Spot | None:
    """The one of those who fit: the only one, or the only one of the place that stands near."""
    placed = [found for each in fitting if (found := _placed(words, each, vocabulary)) is not None]
    if len(placed) == 1:
        return placed[0]
    if len(fitting) == 1 and not placed:
        start, end, holder = fitting[0]
        return Spot(Filter.PERSON, holder.email, start, end)
    return None


def people_by_title(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Spot]:
    """People by title, with the organisation when several have it."""
    for at, word in enumerate(words):
        titled = {one for form in forms(word.read) for one in vocabulary.titled.get(form, ())}
        if len(titled) == 1:
            yield Spot(Filter.PERSON, next(iter(titled)).email, at, at + 1)
            continue
        named = [each for head in _heads(word.read, vocabulary) for each in vocabulary.heads[head]]
        for many in (True, False):
            spot = _titled_at(words, at, named, vocabulary, whole=many)
            if spot is not None:
                yield spot
                break


def _heads(word: str, vocabulary: Vocabulary) -> list[str]:
    """Words of titles that a word may be, inflected."""
    if len(word) < 4 or word in SMALL or (word,) in vocabulary.places:
        return []
    if word.endswith(_MANY_OF_THEM):
        return []
    return [head for head in forms(word) if head in vocabulary.heads]


def _titled_at(
    words: Sequence[Word],
    at: int,
    named: Iterable[Holder],
    vocabulary: Vocabulary,
    *,
    whole: bool,
) -> Spot | None:
    """The one whose title begins or stands at `at`; `whole`: every word of it."""
    fitting: list[_Fitting] = []
    for each in dict.fromkeys(named):
        span = _span_of(words, at, each, whole=whole)
        if span is not None:
            fitting.append((*span, each))
    longest = max((end - start for start, end, _each in fitting), default=0)
    best = [each for each in fitting if each[1] - each[0] == longest]
    if whole:
        return _the_one(words, best, vocabulary)
    placed = [found for each in best if (found := _placed(words, each, vocabulary)) is not None]
    return placed[0] if len(placed) == 1 else None


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


def _placed(words: Sequence[Word], fitting: _Fitting, vocabulary: Vocabulary) -> Spot | None:
    """The person with the place that stands near: `kulturchefen i Skara`, `Hjos kulturchef`."""
    start, end, holder = fitting
    for at in range(end, min(end + 3, len(words))):
        place = place_at(words, at, vocabulary)
        if place is not None and place[0] in holder.organisations:
            return Spot(Filter.PERSON, holder.email, start, place[1])
        if words[at].read not in SMALL and words[at].read not in ("kommun", "kommuns"):
            break
    before = place_before(words, start, vocabulary)
    if before is not None and before[0] in holder.organisations:
        return Spot(Filter.PERSON, holder.email, before[1], end)
    return None
