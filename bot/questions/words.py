"""The words of a question: as typed, in plain letters, in written spelling, and by stem."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol, cast

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs] - it has none

from bot.finding import plain
from bot.questions.periods import A_MONTH

LONGEST = 400
"""Characters of a question that are read; nobody asks in more."""

_TOKEN = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address
    r"|\d{4}-[wWvVqQkK]?\d{1,2}(?:-\d{1,2})?"  # 2026-05, 2026-W12, 2026-Q3, 2026-03-01
    r"|\d{1,2}/\d{1,2}(?!\d)"
    r"|[^\W\d_]+\d+|\d+[^\W\d_]+|\d+|[^\W\d_]+(?:'[^\W\d_]+)?"
)
_DASH = re.compile(
    rf"(?i)(?<![\w-])(q?\d\d?|{A_MONTH})\s*[–—-]\s*(?=(?:q?\d\d?|{A_MONTH})(?![\w-]))"
)
"""From one week or month to another."""

_TYPED = {
    **{"våra": "vaara", "vårt": "vart", "vår": "var"},
    **{
        "ä": "ar",
        "å": "och",
        "dä": "det",
        "mä": "med",
        "nä": "nar",
        "hä": "har",
        "behövs": "kravs",
        "behövt": "kravts",
    },
    **{"nått": "nagot", "nåt": "nagot", "nån": "nagon", "vä": "ar", "hå": "hon", "ä'": "ar"},
}
"""Spoken spelling that plain letters would not tell from other words."""

_SPOKEN_WORDS = """
va:vad vicka:vilka vika:vilka vilke:vilket e:ar ere:ar ente:inte int:inte inge:inget ej:inte
icke:inte me:med mej:mig dej:dig dom:de di:de nat:nagot nan:nagon nara:nagra nanting:nagonting
nanstans:nagonstans mycke:mycket mkt:mycket sen:sedan fr:fran te:till ti:till hann:hand fins:finns
skall:ska skulle:ska o:och fredan:fredagen mandan:mandagen tisdan:tisdagen onsdan:onsdagen
torsdan:torsdagen lordan:lordagen sondan:sondagen mandas:mandags tisdas:tisdags onsdas:onsdags
torsdas:torsdags fredas:fredags lordas:lordags sondas:sondags mana:manaden hu:hur hurdan:hur
oxa:ocksa ba:bara kd:kommundirektor komun:kommun heile:hela nyt:nytt hant:hant hannt:hant gare:gar
panger:pengar moe:mycket mye:mycket prio:prioritering milestones:milstolpar milestone:milstolpe
kvart:kvartal nasta:nasta narmst:narmaste narmsta:narmaste narmste:narmaste veckorna:veckorna d:det
dar:dar omr:omrade akt:aktivitet ang:angaende
"""
_SILENT = "typ assa liksom iaf tack snalla please hej du ju nog halla tjena hejsan tjo hallo mvh jo"
_SPOKEN = dict.fromkeys(_SILENT.split(), "") | {
    each.split(":")[0]: each.split(":")[1] for each in _SPOKEN_WORDS.split()
}
"""Spoken spelling and short forms, in plain letters, as they are written; empty: says nothing."""

_MODAL = frozenset(("ska", "kan", "bor", "maste", "far", "lar", "kommer", "att", "kunna"))


class _Stemmer(Protocol):
    """What of the library's stemmer is used; it has no types."""

    def stemWord(self, word: str) -> str:  # noqa: N802 - the library's name
        """The stem of a word in lower case."""
        ...


@dataclass(frozen=True)
class Word:
    """A word: as typed, in plain lower case, and as it is to be read.

    `first` says that it begins the question, where a capital tells nothing; `short` that a full
    stop follows it closely, as in `omröstn. om`; `mended` that it is read as a word near it.
    """

    typed: str
    plain: str
    read: str
    first: bool = False
    short: bool = False
    mended: bool = False

    @property
    def capital(self) -> bool:
        """Whether it is written as a name."""
        return self.typed[:1].isupper() and not (len(self.typed) > 1 and self.typed.isupper())

    def as_read(self, read: str) -> "Word":
        """The same word read as another."""
        return replace(self, read=read)


_stemmer = cast(_Stemmer, snowballstemmer.stemmer("swedish"))  # pyright: ignore[reportUnknownMemberType]
_ENDINGS = (
    *("arnas", "ernas", "ornas", "arna", "erna", "orna", "rnas", "rna", "enas", "ena", "nas", "na"),
    *("ens", "ets", "ans", "ns", "ars", "ers", "ors", "ar", "er", "or", "en", "et", "an"),
    *("r", "n", "t", "a", "e", "s"),
)
_SHORTEST = 3


@lru_cache(maxsize=100_000)
def forms(word: str) -> frozenset[str]:
    """What may be left of a word in plain letters without its ending: words that share one of
    these are the same, inflected. Snowball alone parts register from registret."""
    if len(word) < 4 or not word.isalpha():
        return frozenset({word})
    return without_ending(word) | {_stemmer.stemWord(word)}


@lru_cache(maxsize=100_000)
def without_ending(word: str) -> frozenset[str]:
    """The word in plain letters, and what is left when an ending of Swedish nouns is taken off."""
    found = {word} | {
        word.removesuffix(end)
        for end in _ENDINGS
        if len(word) - len(end) >= _SHORTEST and word.endswith(end)
    }
    if word.endswith("ret"):
        found.add(word[:-3] + "er")
    if len(word) > 4 and word.endswith(("met", "men", "nen", "net")) and word[-4] == word[-3]:
        found.add(word[:-3])
    return frozenset(found)


def same(one: str, other: str) -> bool:
    """Whether two words in plain letters are the same, inflected."""
    return not forms(one).isdisjoint(forms(other))


def words_of(said: str) -> list[Word]:
    """The words of what was said, in written spelling where the spoken is known."""
    text = _DASH.sub(r"\1 till ", said[:LONGEST])
    found = list(_TOKEN.finditer(text))
    words = [
        _word(each[0], first=at == 0, short=text[each.end() : each.end() + 1] == ".")
        for at, each in enumerate(found)
    ]
    words = [each for each in words if each.read]
    return [_verb(words, at) for at in range(len(words))]


@lru_cache(maxsize=50_000)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name in plain letters; of `energi- och effektplan` the first is energi."""
    return tuple(each.plain for each in words_of(name) if each.plain)


def _word(typed: str, *, first: bool, short: bool) -> Word:
    low = plain(typed)
    read = _TYPED.get(typed.casefold()) or _SPOKEN.get(low, low)
    return Word(typed, low, read, first, short)


def _verb(words: list[Word], at: int) -> Word:
    """`va` after a helping verb is `vara`."""
    word = words[at]
    is_verb = word.plain == "va" and any(each.read in _MODAL for each in words[:at])
    return word.as_read("vara") if is_verb else word


def joined(words: list[Word]) -> str:
    """The words as they are read, in a row."""
    return " ".join(each.read for each in words)
