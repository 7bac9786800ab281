"""Which activity the words of its title mean: inflected, in part, or as other compounds of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.questions.lexicon import KNOWN, SMALL, is_asked_with
from bot.questions.vocabulary import SHORTEST_PART, Vocabulary
from bot.questions.words import Word, forms, without_ending

IN_PART = 0.75
"""How much a word counts that is only a part of the title's compound."""

_ENOUGH = 0.6
_NEAR = 0.05
_MOST = 3
_LONGEST_PART = 5
_LONG_ROW = 3
_NEXT_TO_NOTHING = 0.1
"""How much a word tells at most that stands in many titles: two of them name no activity."""


@dataclass(frozen=True)
class Named:
    """Activities that the words from `start` up to `end` may name, the likeliest first."""

    codes: tuple[str, ...]
    start: int
    end: int
    sure: float


@dataclass(frozen=True)
class _Hit:
    """A word of the question that stands in a title, where in each, and how well it fits."""

    at: int
    place: int
    told: float


def titles_that_may_be(words: Sequence[Word], vocabulary: Vocabulary) -> list[Named]:
    """The few activities that a word tells of, where none is told of alone: `högskolan`."""
    found: list[Named] = []
    for at, word in enumerate(words):
        if word.read in SMALL or word.read in KNOWN or len(word.read) < SHORTEST_PART:
            continue
        hits = {code: told for code, _place, told in _hits_of(word.read, vocabulary)}
        codes = sorted(code for code, told in hits.items() if told >= 1 / _MOST)
        if 1 < len(codes) <= _MOST:
            found.append(Named(tuple(codes), at, at + 1, hits[codes[0]]))
    return found


def milestones_named(words: Sequence[Word], vocabulary: Vocabulary) -> list[str]:
    """Codes of the activities that alone have a milestone by those words: `behovsprognosen`."""
    found: list[str] = []
    for word in words:
        if word.read in SMALL or word.read in KNOWN or len(word.read) < SHORTEST_PART:
            continue
        codes = {
            code
            for form in without_ending(word.read)
            for code in vocabulary.milestone_words.get(form, ())
        }
        if len(codes) == 1:
            found += codes
    return list(dict.fromkeys(found))


def titles_named(words: Sequence[Word], vocabulary: Vocabulary) -> list[Named]:
    """The activities whose titles the words tell of, the surest first."""
    hits = _hits(words, vocabulary)
    runs = [run for code, found in hits.items() for run in _runs(code, found, words, vocabulary)]
    told = sorted(runs, key=lambda run: (-run.sure, run.start - run.end, run.codes))
    named: list[Named] = []
    for run in told:
        if run.sure < _ENOUGH:
            break
        rival = next(
            (each for each in named if run.start < each.end and each.start < run.end), None
        )
        if rival is None:
            named.append(run)
        elif rival.sure - run.sure <= _NEAR and len(rival.codes) < _MOST:
            at = named.index(rival)
            named[at] = Named((*rival.codes, *run.codes), rival.start, rival.end, rival.sure)
    return named


def _hits(words: Sequence[Word], vocabulary: Vocabulary) -> Mapping[str, Sequence[_Hit]]:
    """What the words hit, by activity; of those hit only by words that tell next to nothing, the
    ones that enough of them hit to stand in a row."""
    hits: defaultdict[str, list[_Hit]] = defaultdict(list)
    common: list[tuple[str, int, int, float]] = []
    times: Counter[str] = Counter()
    for at, word in enumerate(words):
        weak: set[str] = set()
        for code, place, told in _hits_of(word.read, vocabulary):
            if told > _NEXT_TO_NOTHING:
                hits[code].append(_Hit(at, place, told))
            else:
                common.append((code, at, place, told))
                weak.add(code)
        times.update(weak)
    for code, at, place, told in common:
        if code in hits or times[code] >= _LONG_ROW:
            hits[code].append(_Hit(at, place, told))
    return hits


def _hits_of(word: str, vocabulary: Vocabulary) -> Iterable[tuple[str, int, float]]:
    exact = [place for form in forms(word) for place in vocabulary.title_words.get(form, ())]
    if exact:
        weight = vocabulary.weight
        return [(each.code, each.at, weight(each.word)) for each in dict.fromkeys(exact)]
    if word in KNOWN or word in SMALL or len(word) < _LONGEST_PART or is_asked_with(word):
        return ()
    wholes = set(compounds_like(word, vocabulary))
    places = {
        place
        for whole in wholes
        for place in vocabulary.title_words.get(whole, ())
        if place.word in wholes
    }
    told = IN_PART / max(1, len({place.code for place in places}))
    return [(each.code, each.at, told) for each in sorted(places)]


def compounds_like(word: str, vocabulary: Vocabulary) -> list[str]:
    """Title words that the word is a part of, or is made of parts of.

    `folkhälsa` of folkhälsodata, `resurserna` of planresurser, `bostadsanalysen` of
    bostadsförsörjningsanalys, `energiplanen` of energi- och effektplan.
    """
    found = [
        whole
        for whole in vocabulary.beginning_like(word)
        if any(
            whole.startswith(form) for form in without_ending(word) if len(form) >= _LONGEST_PART
        )
    ]
    found += [
        whole
        for whole in vocabulary.holding(word)
        if any(
            _alike(whole[at:], word)
            for at in range(SHORTEST_PART, len(whole) - SHORTEST_PART)
            if whole[at : at + SHORTEST_PART] == word[:SHORTEST_PART]
        )
        and len(word) >= _LONGEST_PART
    ]
    telling = [each for each in found if each not in vocabulary.light]
    return telling or _made_of_parts(word, vocabulary)


def _made_of_parts(word: str, vocabulary: Vocabulary) -> list[str]:
    """The title word that the beginning is from, where the end is from it too or one near it."""
    found: list[str] = []
    for head in vocabulary.beginning_like(word):
        common = next(
            (at for at, (one, other) in enumerate(zip(head, word, strict=False)) if one != other),
            min(len(head), len(word)),
        )
        for at in range(common, SHORTEST_PART - 1, -1):
            tail = word[at:].removeprefix("s") if at < len(word) else ""
            if len(tail) >= SHORTEST_PART and _ends_near(head, tail, vocabulary):
                found.append(head)
                break
    return found


def _ends_near(head: str, tail: str, vocabulary: Vocabulary) -> bool:
    """Whether a word of the same title ends as the tail does."""
    for place in vocabulary.title_words.get(head, ()):
        for word in vocabulary.titles[place.code]:
            if any(_alike(word[at:], tail) for at in range(len(word) - SHORTEST_PART + 1)):
                return True
    return False


def _alike(one: str, other: str) -> bool:
    """Whether two ends of compounds are the same, inflected."""
    return not without_ending(one).isdisjoint(without_ending(other))


def _runs(
    code: str, hits: Sequence[_Hit], words: Sequence[Word], vocabulary: Vocabulary
) -> Iterator[Named]:
    """Stretches of the question with words of the title, nothing but small words between."""
    run: list[_Hit] = []
    for hit in sorted(hits, key=lambda each: (each.at, -each.told)):
        if run and hit.at == run[-1].at:
            continue
        if run and not _close(words, run[-1].at, hit.at):
            yield from _run(code, run, words, vocabulary)
            run = []
        run.append(hit)
    yield from _run(code, run, words, vocabulary)


def _close(words: Sequence[Word], before: int, at: int) -> bool:
    return at - before <= 4 and all(
        word.read in SMALL or not word.read.isalpha() for word in words[before + 1 : at]
    )


def _run(
    code: str, run: list[_Hit], words: Sequence[Word], vocabulary: Vocabulary
) -> Iterator[Named]:
    """The stretch as a naming; words in the title's own order make it sure."""
    if _longest_row(run) < _LONG_ROW:
        while run and words[run[0].at].read in SMALL:
            run = run[1:]
        while run and words[run[-1].at].read in SMALL:
            run = run[:-1]
    if not run:
        return
    telling = [each for each in run if words[each.at].read not in SMALL]
    told = sum(each.told for each in run)
    row = _longest_row(run)
    if row >= _LONG_ROW or (row == 2 and told >= 0.35):
        told = max(told, 0.9) + 0.1 * row + (0.4 if row == len(vocabulary.titles[code]) else 0)
    elif len(telling) >= 2 and told >= 0.5:
        told = max(told, 1.05)
    else:
        told = min(told, 0.95)
    if not telling and row < _LONG_ROW:
        return
    yield Named((code,), run[0].at, run[-1].at + 1, round(min(told, 2.0), 3))


def _in_order(run: Sequence[_Hit]) -> bool:
    return len(run) == 2 and run[1].at == run[0].at + 1 and run[1].place == run[0].place + 1


def _longest_row(run: Sequence[_Hit]) -> int:
    longest = row = 1
    for before, hit in pairwise(run):
        row = row + 1 if _in_order((before, hit)) else 1
        longest = max(longest, row)
    return longest
