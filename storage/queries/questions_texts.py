"""Activities and needs whose own texts hold certain words, by PostgreSQL's Swedish dictionary."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models.texts import words_of

_OF_ACTIVITY = words_of("v.title", "v.description")
_OF_NEED = words_of("n.title", "n.description")
_WANTED = "to_tsquery('swedish'::regconfig, :words)"
_HOLDING = text(f"""
SELECT found.*, count(*) OVER () AS total FROM (
  SELECT 'activity' AS kind, a.code AS key, s.title, ts_rank(s.words, {_WANTED}) AS told
  FROM (SELECT DISTINCT v.activity_id AS id FROM activity_values v
    WHERE {_OF_ACTIVITY} @@ {_WANTED}) x
  JOIN activities a ON a.id = x.id
  CROSS JOIN LATERAL (SELECT v.title, {_OF_ACTIVITY} AS words FROM activity_values v
    JOIN plan_versions p ON p.id = v.plan_version_id WHERE v.activity_id = x.id
    ORDER BY (p.adopted_on IS NULL), p.adopted_on DESC, p.id DESC LIMIT 1) s
  WHERE s.words @@ {_WANTED}
  UNION ALL
  SELECT 'need', CAST(n.id AS text), n.title, ts_rank({_OF_NEED}, {_WANTED}) FROM needs n
  WHERE {_OF_NEED} @@ {_WANTED} AND num_nonnulls(n.withdrawn_at, n.merged_into_id) = 0) found
ORDER BY told DESC, kind, title LIMIT :most
""")
"""Of an activity the values that are shown, as in `storage.queries.plan.SHOWN_VALUES`."""

_SHORTEST_BEGINNING = 5


async def texts_with(db: AsyncConnection, words: Sequence[str], most: int) -> Sequence[RowMapping]:
    """Activities in the plan and living needs with any of the words, those with more of them first.

    `words`: letters alone, without the dots of Swedish letters. One will do that stands inflected,
    or, when it is not very short, begins a compound. Rows: `kind` (activity or need), `key` (code
    or number), `title`, and `total`: how many there are in all.
    """
    wanted = " | ".join(f"{e}:*" if len(e) >= _SHORTEST_BEGINNING else e for e in words)
    return (await db.execute(_HOLDING, {"words": wanted, "most": most})).mappings().all()
