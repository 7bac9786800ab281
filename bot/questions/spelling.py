"""Misspelt words read as those that were meant, and compounds written apart joined."""

from collections.abc import Collection
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.lexicon import KNOWN, SMALL, is_asked_with
from bot.questions.titles import compounds_like
from bot.questions.vocabulary import SHORTEST_PART, Vocabulary
from bot.questions.words import Word, forms, without_ending

MOST_MENDED = 12
"""Misspelt words of a question that are mended; comparing one with all names takes a while."""

_MOST_KEPT = 10_000
_SHORTEST = 5
_SHORTEST_APART = 3
_SHORTEST_BEGINNING = 3
_LONG = 8
_SHORT_FORMS = {
    **{"akt": "aktiviteter", "natv": "natverket", "rapp": "rapporterat", "orapp": "orapporterat"},
    **{"ansv": "ansvarig", "uppdr": "uppdrag", "utlov": "utlovat", "medfin": "medfinansieringen"},
    **{"omr": "omradet", "kvart": "kvartalet", "man": "manaden", "komm": "kommunen"},
    **{"dir": "direktionen", "styrgr": "styrgruppen", "ansok": "ansokan", "bev": "beviljat"},
    **{"besl": "beslut", "v": "vecka", "inkl": "inklusive", "milst": "milstolpar"},
    **{
        "red": "redovisat",
        "handl": "handlingar",
        "samv": "samverkan",
        "prio": "prioritering",
        "andr": "andringar",
    },
}
"""Short forms that are usual, with their full stop."""


def spelt(words: list[Word], vocabulary: Vocabulary, right: Collection[str] = ()) -> list[Word]:
    """The words in the spelling that the vocabulary has, joined where it has them as one; those in
    `right` are spelt so on purpose."""
    written = [_written_out(each, vocabulary) for each in words]
    apart = _joined(written, vocabulary)
    for at in _strange(apart, vocabulary)[:MOST_MENDED]:
        if apart[at].plain not in right:
            apart[at] = _mended(apart[at], vocabulary)
    return _joined(apart, vocabulary)


def _strange(words: list[Word], vocabulary: Vocabulary) -> list[int]:
    """Where words stand that are not known."""
    return [at for at, each in enumerate(words) if not is_known(each.read, vocabulary)]


def is_known(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a plain word is one of the language or a name, inflected or not, or made of two."""
    return (
        not word.isalpha()
        or len(word) < _SHORTEST - 1
        or is_asked_with(word)
        or _is_inflected(word, vocabulary)
        or is_compound(word, vocabulary)
    )


def _is_inflected(word: str, vocabulary: Vocabulary) -> bool:
    """Whether it is a known word with another ending, or without one."""
    if word in vocabulary.known or word in vocabulary.titled or word in vocabulary.without_endings:
        return True
    return any(form in vocabulary.known and form not in SMALL for form in without_ending(word))


def is_compound(word: str, vocabulary: Vocabulary) -> bool:
    """Whether both ends of the word are known, as in `energinätverket`."""
    return any(
        (word[:at] in vocabulary.known or word[: at - 1] in vocabulary.known)
        and _is_inflected(word[at:], vocabulary)
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    )


def _written_out(word: Word, vocabulary: Vocabulary) -> Word:
    """A short form with its full stop as the word that begins so: `omröstn.`, `samhällsplan.`"""
    known = word.plain in vocabulary.known and word.plain not in _SHORT_FORMS
    if not word.short or known or len(word.plain) < _SHORTEST_BEGINNING:
        return word
    meant = _SHORT_FORMS.get(word.plain) or next(
        (each for each in vocabulary.spellings if each.startswith(word.plain)), None
    )
    return word.as_read(meant) if meant is not None else word


def _joined(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """Words that the vocabulary knows as one: `kultur kortet`, `folk hälso datan`."""
    found, at = list[Word](), 0
    compares = len(_strange(words, vocabulary)) <= MOST_MENDED
    while at < len(words):
        for many in (3, 2):
            apart = words[at : at + many]
            one = "".join(each.read for each in apart)
            read = _one(apart, one, vocabulary, compares) if len(apart) == many else None
            if read is not None:
                typed = "".join(each.typed for each in apart)
                found.append(Word(typed, one, read, apart[0].first))
                at += many
                break
        else:
            found.append(words[at])
            at += 1
    return found


def _one(apart: list[Word], one: str, vocabulary: Vocabulary, compares: bool) -> str | None:
    """The one word that several written apart are, or, when it `compares`, are near to; None when
    they are none."""
    if not one.isalpha() or any(len(each.read) < _SHORTEST_APART for each in apart):
        return None
    if any(each.read in vocabulary.apart for each in apart):
        return None
    common = any(each.read in SMALL for each in apart)
    strange = any(
        each.read not in SMALL and not _is_inflected(each.read, vocabulary) for each in apart
    )
    if common and not strange and len(one) <= _LONG and not (one in KNOWN and len(one) > _SHORTEST):
        return None
    alone = any(form in vocabulary.title_words for form in forms(apart[-1].read))
    if not common and not alone and len(one) > _LONG and compounds_like(one, vocabulary):
        return one
    if one in vocabulary.known or ((strange or not common) and _is_inflected(one, vocabulary)):
        return one
    may_be_near = compares and strange and not common and len(one) > _LONG + 1
    near = _near(one, vocabulary) if may_be_near else None
    return near[1] if near is not None and near[1][:3] == one[:3] else None


def _mended(word: Word, vocabulary: Vocabulary) -> Word:
    near = _nearest(word.read, vocabulary)
    return replace(word.as_read(near), mended=True) if near is not None else word


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    """The known word that a plain one is most likely meant to be; None when none is near."""
    bare = [form for form in without_ending(word) if len(form) > _SHORTEST + 1]
    found = [
        (*near, -len(wanted), wanted)
        for wanted in {word, *bare}
        if (near := _near(wanted, vocabulary)) is not None
    ]
    if not found:
        return None
    _distance, known, _length, wanted = min(found)
    return known + (word[len(wanted) :] if word.startswith(wanted) else "")


def _near(word: str, vocabulary: Vocabulary) -> tuple[int, str] | None:
    """The nearest known word, and in how many letters it differs; kept, for people slip alike."""
    if word not in vocabulary.near:
        if len(vocabulary.near) >= _MOST_KEPT:
            vocabulary.near.clear()
        vocabulary.near[word] = _compared(word, vocabulary)
    return vocabulary.near[word]


def _compared(word: str, vocabulary: Vocabulary) -> tuple[int, str] | None:
    found = process.extract(
        word,
        vocabulary.spellings,
        scorer=OSA.distance,
        score_cutoff=1 if len(word) < _LONG else 2,
        limit=8,
    )
    short = len(word) < _SHORTEST
    fitting = [
        (
            distance,
            _without_doubles(known) != _without_doubles(word),
            known[0] != word[0],
            -len(known),
            vocabulary.rarity(known),
            known,
        )
        for known, distance, _at in found
        if (known[0] == word[0] or len(word) >= _LONG)
        and (not short or len(known) > len(word) or sorted(known) == sorted(word))
    ]
    return (min(fitting)[0], min(fitting)[-1]) if fitting else None


def _without_doubles(word: str) -> str:
    """The word with each doubled letter once: the commonest slip."""
    return "".join(one for one, before in zip(word, " " + word, strict=False) if one != before)
