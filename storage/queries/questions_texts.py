"""Activities and needs whose own texts hold certain words, by PostgreSQL's Swedish dictionary."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models.texts import texts_vector


class Hit(NamedTuple):
    """A text that holds the word at `nth` (from 0) of those asked for: the activity's code or the
    need's number, and the title."""

    nth: int
    kind: Literal["activity", "need"]
    key: str
    title: str


# Of an activity the values count that are shown, as in `storage.queries.plan.SHOWN_VALUES`.
_HITS = text(f"""
WITH wanted AS MATERIALIZED (
  SELECT w.nth, CAST(string_agg(quote_literal(x.lexeme) || CASE
      WHEN :beginnings AND length(x.lexeme) >= 5 THEN ':*' ELSE '' END, ' | ') AS tsquery) AS forms
  FROM unnest(CAST(:words AS text[])) WITH ORDINALITY w(forms, nth)
  CROSS JOIN LATERAL unnest(string_to_array(w.forms, ' ')) f(form)
  CROSS JOIN LATERAL unnest(ts_lexize('swedish_stem', f.form)) x(lexeme)
  WHERE length(x.lexeme) >= 3 AND x.lexeme <> ALL(CAST(:but AS text[]))
  GROUP BY w.nth)
SELECT w.nth - 1, 'activity', a.code, v.title FROM wanted w
CROSS JOIN LATERAL (SELECT v.activity_id, v.title FROM activity_values v
  WHERE {texts_vector("v.title", "v.description")} @@ w.forms AND v.id = (
    SELECT x.id FROM activity_values x JOIN plan_versions p ON p.id = x.plan_version_id
    WHERE x.activity_id = v.activity_id
    ORDER BY (p.adopted_on IS NULL), p.adopted_on DESC, p.id DESC LIMIT 1)
  LIMIT :most) v
JOIN activities a ON a.id = v.activity_id
UNION ALL
SELECT w.nth - 1, 'need', CAST(n.id AS text), n.title FROM wanted w
CROSS JOIN LATERAL (SELECT n.id, n.title FROM needs n
  WHERE {texts_vector("n.title", "n.description")} @@ w.forms
    AND num_nonnulls(n.withdrawn_at, n.merged_into_id) = 0
  LIMIT :most) n
ORDER BY 1, 2, 4, 3
""")


async def texts_with(
    db: AsyncConnection,
    words: Sequence[Sequence[str]],
    most: int,
    *,
    beginnings: bool,
    but: Sequence[str] = (),
) -> list[Hit]:
    """Activities in the plan and living needs that hold each of the words, at most `most` of each
    kind for each word.

    `words`: of each its forms, in letters alone and without the dots of Swedish letters; one of
    them will do, inflected. `beginnings`: also where a stem of five letters begins a compound.
    `but`: stems that tell nothing.
    """
    values = {
        "words": [" ".join(each) for each in words],
        "most": most,
        "beginnings": beginnings,
        "but": list(but),
    }
    return [Hit(*row) for row in await db.execute(_HITS, values)]
