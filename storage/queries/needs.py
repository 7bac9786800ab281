"""Needs as they stand: one, a page of them, what was written about them, who listens."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

FAMILY = """
LATERAL (WITH RECURSIVE family(id) AS (
    SELECT n.id UNION SELECT m.id FROM needs m JOIN family f ON m.merged_into_id = f.id)
  SELECT array_agg(id) AS ids FROM family) AS family
"""
"""The need `n` with every need that is merged into it, as `family.ids`."""

WORDS = "to_tsvector('swedish'::regconfig, (n.title || ' '::text) || n.description)"
"""What the index on words holds of the need `n`."""

_COLUMNS = """
n.*, a.name AS area, r.name AS registrant_name, r.email AS registrant_email,
  p.name AS preparer_name, p.email AS preparer_email,
  (SELECT array_agg(m.organisation_id) FROM need_municipalities m WHERE m.need_id = n.id)
    AS municipalities,
  (SELECT jsonb_agg(s ORDER BY s.supported_at, s.id) FROM (
     SELECT DISTINCT ON (s.organisation_id) s.id, s.organisation_id, s.person_id,
       q.name AS person_name, s.supported_at
     FROM need_supports s JOIN people q ON q.id = s.person_id
     WHERE s.need_id = ANY(family.ids) AND s.withdrawn_at IS NULL
     ORDER BY s.organisation_id, s.supported_at, s.id) s) AS supports,
  (SELECT count(*) FROM need_comments c WHERE c.need_id = ANY(family.ids)) AS comments
"""
_BESIDE = f"""
CROSS JOIN {FAMILY}
JOIN people r ON r.id = n.registered_by
LEFT JOIN people p ON p.id = n.preparer_id
LEFT JOIN focus_areas a ON a.id = n.focus_area_id
"""
_NEEDS = f"SELECT {_COLUMNS} FROM needs n {_BESIDE}"


def with_ancestors(direct: str) -> str:
    """The needs that `direct` selects, and those that they are merged into."""
    return f"""WITH RECURSIVE found(id) AS ({direct} UNION
      SELECT m.merged_into_id FROM needs m JOIN found f ON f.id = m.id
      WHERE m.merged_into_id IS NOT NULL) SELECT id FROM found"""


_OF_MUNICIPALITY = with_ancestors("""
SELECT id FROM needs WHERE organisation_id = :municipality
UNION SELECT need_id FROM need_municipalities WHERE organisation_id = :municipality
UNION SELECT need_id FROM need_supports
  WHERE organisation_id = :municipality AND withdrawn_at IS NULL
""")
_CONCERNING = with_ancestors("""
SELECT id FROM needs WHERE registered_by = :concerns
UNION SELECT need_id FROM need_follows WHERE person_id = :concerns
UNION SELECT need_id FROM need_supports WHERE person_id = :concerns AND withdrawn_at IS NULL
""")
# Each side of the union is asked alone, so that the index on words serves the first.
_WITH_WORDS = f"""
SELECT n.id FROM needs n WHERE {WORDS} @@ websearch_to_tsquery('swedish', :words)
UNION SELECT n.id FROM needs n WHERE strpos(lower(n.title), lower(:words)) > 0
"""
_FITS = f"""
WHERE (NOT :live_only OR num_nonnulls(n.withdrawn_at, n.merged_into_id) = 0)
  AND (CAST(:area_id AS bigint) IS NULL OR n.focus_area_id = :area_id)
  AND (CAST(:network AS bigint) IS NULL OR n.network_id = :network)
  AND (cardinality(CAST(:stages AS text[])) = 0 OR n.stage = ANY(:stages))
  AND (CAST(:municipality AS bigint) IS NULL OR n.id IN ({_OF_MUNICIPALITY}))
  AND (CAST(:concerns AS bigint) IS NULL OR n.preparer_id = :concerns OR n.id IN ({_CONCERNING}))
  AND (:words = '' OR n.id IN ({_WITH_WORDS}))
  AND (CAST(:still_since AS timestamptz) IS NULL OR NOT EXISTS (SELECT FROM need_steps t
    WHERE t.need_id = n.id AND t.taken_at > :still_since))
"""
# Steps are written in order of time: the last one is found by index, their maximum is not.
_LATEST = """
(SELECT t.taken_at FROM need_steps t WHERE t.need_id = n.id ORDER BY t.id DESC LIMIT 1)
"""
_ONE = text(f"{_NEEDS} WHERE n.id = :id")
_SOME = text(f"{_NEEDS} WHERE n.id = ANY(:ids)")
_LISTED = text(f"""
SELECT {_COLUMNS} FROM (SELECT n.id, {_LATEST} AS latest FROM needs n {_FITS}
  ORDER BY latest DESC NULLS LAST, n.id DESC LIMIT :most OFFSET :skip) chosen
JOIN needs n ON n.id = chosen.id {_BESIDE}
ORDER BY chosen.latest DESC NULLS LAST, n.id DESC
""")
_COUNTED = text(f"SELECT count(*) FROM needs n {_FITS}")
_BOARD = text(f"""
SELECT {_COLUMNS}, chosen.number FROM (
  SELECT id, number, nth FROM (
    SELECT c.id, count(*) OVER (PARTITION BY c.place) AS number,
      row_number() OVER (PARTITION BY c.place ORDER BY c.latest DESC NULLS LAST, c.id DESC) AS nth
    FROM (SELECT n.id, {_LATEST} AS latest,
        CASE WHEN num_nonnulls(n.withdrawn_at, n.merged_into_id) = 0 THEN n.stage END AS place
      FROM needs n {_FITS}) c) numbered
  WHERE nth <= :most) chosen
JOIN needs n ON n.id = chosen.id {_BESIDE}
ORDER BY chosen.nth
""")
_AT_STAGE = text(f"""
{_NEEDS} WHERE n.stage = :stage AND num_nonnulls(n.withdrawn_at, n.merged_into_id) = 0
ORDER BY n.id
""")
_BY_STAGE = text("""
SELECT stage, count(*) AS number FROM needs
WHERE withdrawn_at IS NULL AND merged_into_id IS NULL GROUP BY stage
""")
_OF_TURN = text(f"{_NEEDS} WHERE n.turn_key = :turn_key AND n.registered_by = :person_id")
_MERGED = text(f"{_NEEDS} WHERE n.merged_into_id = :id ORDER BY n.id")
_OF_ACTIVITY = text(f"{_NEEDS} WHERE n.activity_id = :activity_id ORDER BY n.id")
_COMMENTS = text(f"""
SELECT c.id, c.person_id, q.name AS person_name, c.written_at AS at, c.text
FROM needs n CROSS JOIN {FAMILY} JOIN need_comments c ON c.need_id = ANY(family.ids)
JOIN people q ON q.id = c.person_id
WHERE n.id = :id ORDER BY c.id DESC LIMIT :most OFFSET :skip
""")
_LISTENERS = text(f"""
SELECT
  (SELECT array_agg(DISTINCT f.person_id) FROM need_follows f
    WHERE f.need_id = ANY(family.ids)) AS followers,
  (SELECT array_agg(DISTINCT s.person_id) FROM need_supports s
    WHERE s.need_id = ANY(family.ids) AND s.withdrawn_at IS NULL) AS supporters,
  (SELECT array_agg(DISTINCT m.registered_by) FROM needs m
    WHERE m.id = ANY(family.ids)) AS registrants
FROM needs n CROSS JOIN {FAMILY} WHERE n.id = :id
""")
_FOLLOWS = text(
    "SELECT EXISTS (SELECT FROM need_follows WHERE need_id = :id AND person_id = :person_id)"
)


async def one_need(db: AsyncConnection, need_id: int) -> RowMapping | None:
    """The need with that number, with its municipalities and the supports of its family."""
    return (await db.execute(_ONE, {"id": need_id})).mappings().one_or_none()


async def some_needs(db: AsyncConnection, need_ids: Sequence[int]) -> Sequence[RowMapping]:
    """Those with the numbers, each as `one_need` has it, in no order."""
    return (await db.execute(_SOME, {"ids": list(need_ids)})).mappings().all()


async def needs_that_fit(
    db: AsyncConnection, wanted: Mapping[str, Any], most: int, skip: int
) -> Sequence[RowMapping]:
    """A page of the needs that fit, the one with the newest step first."""
    found = await db.execute(_LISTED, {**wanted, "most": most, "skip": skip})
    return found.mappings().all()


async def count_of_needs(db: AsyncConnection, wanted: Mapping[str, Any]) -> int:
    """How many needs fit."""
    return int(await db.scalar(_COUNTED, dict(wanted)) or 0)


async def needs_on_board(
    db: AsyncConnection, wanted: Mapping[str, Any], most: int
) -> Sequence[RowMapping]:
    """The first of each stage, and of those that are withdrawn or merged, newest step first.

    `number` of a row: how many fit at its place.
    """
    return (await db.execute(_BOARD, {**wanted, "most": most})).mappings().all()


async def needs_at_stage(db: AsyncConnection, stage: str) -> Sequence[RowMapping]:
    """Every live need at the stage, the oldest number first."""
    return (await db.execute(_AT_STAGE, {"stage": stage})).mappings().all()


async def needs_by_stage(db: AsyncConnection) -> dict[str, int]:
    """How many live needs are at each stage that has any."""
    return {row.stage: row.number for row in await db.execute(_BY_STAGE)}


async def need_of_turn(db: AsyncConnection, person_id: int, turn_key: str) -> RowMapping | None:
    """The need that the person's line registered."""
    found = await db.execute(_OF_TURN, {"person_id": person_id, "turn_key": turn_key})
    return found.mappings().first()


async def needs_merged_into(db: AsyncConnection, need_id: int) -> Sequence[RowMapping]:
    """Needs that are merged straight into this one."""
    return (await db.execute(_MERGED, {"id": need_id})).mappings().all()


async def needs_behind_activity(db: AsyncConnection, activity_id: int) -> Sequence[RowMapping]:
    """Needs that became the activity."""
    return (await db.execute(_OF_ACTIVITY, {"activity_id": activity_id})).mappings().all()


async def comments_on(
    db: AsyncConnection, need_id: int, most: int, skip: int
) -> Sequence[RowMapping]:
    """Comments on the need and those merged into it, newest first."""
    found = await db.execute(_COMMENTS, {"id": need_id, "most": most, "skip": skip})
    return found.mappings().all()


async def who_listens(db: AsyncConnection, need_id: int) -> RowMapping:
    """People who follow, who gave the supports that stand, and who registered its family."""
    return (await db.execute(_LISTENERS, {"id": need_id})).mappings().one()


async def is_following(db: AsyncConnection, need_id: int, person_id: int) -> bool:
    """Whether the person follows the need itself."""
    return bool(await db.scalar(_FOLLOWS, {"id": need_id, "person_id": person_id}))


_LOCK = text("SELECT id FROM needs WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")


async def lock_needs(db: AsyncConnection, ids: Sequence[int]) -> None:
    """Hold the needs until the transaction ends; in order, so that two never stand still."""
    await db.execute(_LOCK, {"ids": sorted(ids)})


_AUDIT = text("""
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
VALUES (:at, :person_id, 'person', :action, :thing, :thing_id, :fields, :source)
""")


async def audit_thing(
    db: AsyncConnection,
    *,
    action: str,
    thing: str,
    thing_id: int,
    fields: Sequence[str],
    person_id: int,
    at: datetime,
    source: str,
) -> None:
    """Write that somebody did something with a thing: which fields, never what they say."""
    await db.execute(
        _AUDIT,
        {
            "at": at,
            "person_id": person_id,
            "action": action,
            "thing": thing,
            "thing_id": thing_id,
            "fields": list(fields),
            "source": source,
        },
    )
