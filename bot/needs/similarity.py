"""Which needs are like one that is being written, and how well that is told.

docs/similarity.md has the curve that the threshold is chosen from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.needs.dictionary import (
    WEIGHT_OF_ACTION,
    Dictionary,
    listed_words,
    make_dictionary,
)
from bot.needs.likeness import Word, likeness, read
from bot.needs.stages import Stage
from storage.queries import similar_needs as queries
from storage.queries.similar_needs import BEGINNING, Token

THRESHOLD = 0.5
"""At least so alike must two needs be for the one to be shown when the other is written."""

CANDIDATES = 40
"""So many needs that share most words with what is written are looked at more closely."""


@dataclass(frozen=True)
class SimilarNeed:
    """A need that is like what was written, 0 to 1."""

    id: int
    title: str
    stage: Stage
    likeness: float


async def similar_needs(
    db: AsyncConnection, title: str, description: str, *, most: int = 5, but: int | None = None
) -> list[SimilarNeed]:
    """Needs that are like what is written, the likeliest first; `but` is itself no match.

    Decided ones too, since the way they went is worth knowing; of merged ones the one they are
    merged into; none that were withdrawn.
    """
    words = await read_dictionary(db)
    written, of_title = await queries.tokens_of(db, [_beginning(title, description), title])
    wanted = _wanted(read(written, (), words), words)
    if not wanted:
        return []
    rows = await queries.needs_sharing_words(db, wanted, CANDIDATES, but)
    texts = [text for row in rows for text in (_beginning(row.words, row.description), row.words)]
    tokens = await queries.tokens_of(db, texts)
    found: dict[int, SimilarNeed] = {}
    for row, whole, their_title in zip(rows, tokens[::2], tokens[1::2], strict=True):
        alike = max(likeness(written, whole, words), likeness(of_title, their_title, words))
        best = found.get(row.id)
        if alike >= THRESHOLD and (best is None or best.likeness < alike):
            found[row.id] = SimilarNeed(row.id, row.title, Stage(row.stage), alike)
    return sorted(found.values(), key=lambda each: (-each.likeness, each.id))[:most]


def _beginning(title: str, description: str) -> str:
    return f"{title}. {description[:BEGINNING]}"


def _wanted(written: Sequence[Word], words: Dictionary) -> list[tuple[list[str], float]]:
    """What to look for: the lexemes of each thing it tells of, and how much that tells."""
    topics = [each for each in written if each.weight > WEIGHT_OF_ACTION] or written
    wanted: list[tuple[list[str], float]] = []
    for word in topics:
        for part, weight in word.parts or ((word.form, word.weight),):
            forms = words.synonyms(part) | words.synonyms(word.form)
            lexemes = {lexeme for form in forms for lexeme in words.lexemes.get(form, {form})}
            wanted.append((sorted(lexemes), weight))
    return wanted


_dictionaries: dict[str, Dictionary] = {}
"""Kept, since PostgreSQL's Swedish dictionary is the same for as long as the process lives."""


async def read_dictionary(db: AsyncConnection) -> Dictionary:
    """The listed words in the ground forms of PostgreSQL's Swedish dictionary."""
    kept = _dictionaries.get("swedish")
    if kept is None:
        listed = listed_words()
        tokens = await queries.tokens_of(db, listed)
        lexemes = {word: _whole(found) for word, found in zip(listed, tokens, strict=True)}
        kept = make_dictionary({word: one for word, one in lexemes.items() if one})
        _dictionaries["swedish"] = kept
    return kept


def _whole(tokens: Sequence[Token]) -> str:
    return max((each.lexeme or "" for each in tokens), key=len, default="")


@dataclass(frozen=True)
class Pair:
    """Two texts, and whether somebody who knows the work says that they are the same need."""

    a: str
    b: str
    same: bool


@dataclass(frozen=True)
class Measured:
    """How well a threshold tells pairs apart.

    `precision` is 1 when nothing is found: nothing wrong is shown. `recall` is 1 when there is
    nothing to find.
    """

    threshold: float
    precision: float
    recall: float


async def likenesses(db: AsyncConnection, pairs: Sequence[Pair]) -> list[float]:
    """How alike the two of each pair are."""
    words = await read_dictionary(db)
    texts = await queries.tokens_of(db, [text for pair in pairs for text in (pair.a, pair.b)])
    return [likeness(texts[n], texts[n + 1], words) for n in range(0, len(texts), 2)]


def measured(pairs: Sequence[Pair], alike: Sequence[float], threshold: float) -> Measured:
    """Precision and recall of taking pairs at least so alike for the same."""
    shown = [pair.same for pair, one in zip(pairs, alike, strict=True) if one >= threshold]
    same = sum(pair.same for pair in pairs)
    right = sum(shown)
    return Measured(threshold, right / len(shown) if shown else 1.0, right / same if same else 1.0)
