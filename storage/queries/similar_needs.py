"""Needs that share words with a text, by PostgreSQL's Swedish dictionary."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.needs import WORDS

BEGINNING = 400
"""So many letters of a description are read: what comes after says little of what is needed."""


class Token(NamedTuple):
    """A word as it is written, in small letters, or a full stop, colon or semicolon.

    `lexeme` is what Swedish full-text search makes of it: nothing for small words and stops.
    """

    word: str
    lexeme: str | None


# 12 is the parser's number for what stands between words.
_TOKENS = text(r"""
SELECT array_agg(trim(lower(p.token)) ORDER BY p.nth) AS words,
  array_agg(CASE WHEN p.kind <> 12 THEN (ts_lexize('swedish_stem', p.token))[1] END
    ORDER BY p.nth) AS lexemes
FROM unnest(CAST(:texts AS text[])) WITH ORDINALITY AS t(words, n)
LEFT JOIN LATERAL ts_parse('default', t.words) WITH ORDINALITY AS p(kind, token, nth)
  ON p.kind <> 12 OR p.token ~ '[.:;]'
GROUP BY t.n ORDER BY t.n
""")
_SHARING = text(f"""
WITH RECURSIVE found AS (
  SELECT n.id, n.merged_into_id, sum(wanted.weight) AS weight
  FROM unnest(CAST(:words AS text[]), CAST(:weights AS real[])) AS wanted(words, weight)
  JOIN needs n ON {WORDS} @@ CAST(wanted.words AS tsquery)
  WHERE n.withdrawn_at IS NULL
  GROUP BY n.id ORDER BY sum(wanted.weight) DESC, n.id DESC LIMIT :most
), way(found_id, id, merged_into_id) AS (
  SELECT id, id, merged_into_id FROM found
  UNION ALL
  SELECT way.found_id, n.id, n.merged_into_id FROM way JOIN needs n ON n.id = way.merged_into_id
)
SELECT standing.id, standing.title, standing.stage, n.title AS words,
  left(n.description, {BEGINNING}) AS description
FROM way JOIN needs n ON n.id = way.found_id JOIN needs standing ON standing.id = way.id
WHERE way.merged_into_id IS NULL AND standing.withdrawn_at IS NULL
  AND standing.id IS DISTINCT FROM :but
""")


async def tokens_of(db: AsyncConnection, texts: Sequence[str]) -> list[list[Token]]:
    """The words of each text in their order; needs no tables."""
    found = await db.execute(_TOKENS, {"texts": list(texts)})
    return [
        [
            Token(word, lexeme)
            for word, lexeme in zip(row.words, row.lexemes, strict=True)
            if word is not None
        ]
        for row in found
    ]


async def needs_sharing_words(
    db: AsyncConnection, wanted: Sequence[tuple[Sequence[str], float]], most: int, but: int | None
) -> Sequence[RowMapping]:
    """Needs not withdrawn, other than `but`, that share most with the wanted.

    Each of the wanted is lexemes that stand for one another and their weight; a word that begins
    with one of them will do. Of a merged need, `id`, `title` and `stage` are those of the one it is
    merged into; `words` and `description` are its own.
    """
    values: Mapping[str, object] = {
        "words": [" | ".join(map(_beginning_with, lexemes)) for lexemes, _ in wanted],
        "weights": [weight for _, weight in wanted],
        "most": most,
        "but": but,
    }
    return (await db.execute(_SHARING, values)).mappings().all()


def _beginning_with(lexeme: str) -> str:
    quoted = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*"
