"""Who reads digests: members to be written to personally, and people on the days they chose."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncConnection

_HOLDS_ON = "m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today)"


def _out_of_sight(which: str) -> str:
    """SQL: that the person sees no channel bound to it in Slack or Teams, and can be written to
    elsewhere than in the web chat, where the same channel is."""
    return f"""
NOT EXISTS (SELECT FROM accounts x
  JOIN connections k ON k.platform = x.platform AND k.tenant = x.tenant AND k.closed_at IS NULL
  JOIN conversations v ON v.connection_id = k.id AND v.closed_at IS NULL
  JOIN channel_bindings c ON c.conversation_id = v.id AND {which}
  WHERE x.person_id = m.person_id AND x.platform <> 'web' AND x.ended_at IS NULL)
AND (EXISTS (SELECT FROM connections k WHERE k.platform = 'email' AND k.closed_at IS NULL)
  OR EXISTS (SELECT FROM accounts x
    WHERE x.person_id = m.person_id AND x.platform <> 'web' AND x.ended_at IS NULL))
"""


_OF_BODY = text(f"""
SELECT DISTINCT m.person_id FROM memberships m
WHERE m.body_id = :body_id AND {_HOLDS_ON} AND {_out_of_sight("c.body_id = :body_id")}
ORDER BY m.person_id
""")
_OF_POST = text(f"""
SELECT DISTINCT m.person_id FROM post_holdings m JOIN posts o ON o.id = m.post_id
WHERE o.kind = :post AND {_HOLDS_ON} AND {_out_of_sight("c.post_id = o.id")}
ORDER BY m.person_id
""")
_PERSON = """
ARRAY(SELECT m.body_id FROM memberships m JOIN bodies b ON b.id = m.body_id AND b.kind = 'network'
  WHERE m.person_id = p.person_id AND m.starts_on <= :today
    AND (m.ends_on IS NULL OR m.ends_on > :today)) AS networks,
ARRAY(SELECT f.activity_id FROM activity_follows f WHERE f.person_id = p.person_id) AS activities,
ARRAY(SELECT f.need_id FROM need_follows f WHERE f.person_id = p.person_id) AS needs
"""
_DUE = text(f"""
SELECT p.person_id, p.day, {_PERSON}
FROM (
  SELECT s.person_id, c.day FROM personal_settings s
  LEFT JOIN digest_settings g ON g.audience = 'person:' || s.person_id
  CROSS JOIN LATERAL (
    SELECT t.day FROM unnest(CAST(:days AS date[]), :moments) AS t(day, at)
    WHERE s.value -> 'days' @> to_jsonb(CAST(extract(isodow FROM t.day) AS int))
      AND t.at > CAST(s.value ->> 'since' AS timestamptz)
      AND (g.paused_until IS NULL OR t.day >= g.paused_until)
    ORDER BY t.day DESC LIMIT 1) c
  WHERE s.name = 'digest_days' AND s.person_id <> ALL(CAST(:but AS bigint[]))
    AND NOT EXISTS (SELECT FROM due_done d WHERE d.kind = 'digest'
      AND d.audience = 'person:' || s.person_id AND d.period = CAST(c.day AS text))
    AND EXISTS (SELECT FROM employments e WHERE e.person_id = s.person_id
      AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today))
    AND NOT EXISTS (SELECT FROM absences a WHERE a.person_id = s.person_id
      AND a.taken_back_at IS NULL AND a.starts_on <= :today AND a.ends_on > :today)
  ORDER BY s.person_id LIMIT :most) p
ORDER BY p.person_id
""").bindparams(bindparam("moments", type_=ARRAY(TIMESTAMP(timezone=True))))
_ONE = text(f"SELECT p.person_id, {_PERSON} FROM (SELECT CAST(:person AS bigint) AS person_id) p")
_ANYBODY = text("SELECT EXISTS (SELECT FROM personal_settings WHERE name = 'digest_days')")
_CHAIRS = text("""
SELECT m.body_id FROM memberships m WHERE m.person_id = :person AND m.capacity <> 'member'
  AND m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today)
""")


async def members_to_write_to(db: AsyncConnection, body_id: int, today: date) -> list[int]:
    """Members of the body who see no channel of it where they work, and can be written to."""
    return list(await db.scalars(_OF_BODY, {"body_id": body_id, "today": today}))


async def holders_to_write_to(
    db: AsyncConnection, post: Literal["manager", "federation_director"], today: date
) -> list[int]:
    """Those who hold the post and see no channel of it where they work."""
    return list(await db.scalars(_OF_POST, {"post": post, "today": today}))


async def anybody_has_days(db: AsyncConnection) -> bool:
    """Whether anybody at all has chosen days for a digest of their own."""
    return bool(await db.scalar(_ANYBODY))


async def people_due(
    db: AsyncConnection,
    moments: Sequence[tuple[date, datetime]],
    today: date,
    *,
    but: Sequence[int],
    most: int,
) -> Sequence[RowMapping]:
    """People whose latest chosen day of those, at its moment, has had no digest yet: what they are
    in and follow.

    Neither those in `but`, nor who is away or has left, nor who chose the day after its moment or
    has paused it.
    """
    values = {
        "days": [day for day, _at in moments],
        "moments": [at for _day, at in moments],
        "today": today,
        "but": list(but),
        "most": most,
    }
    return (await db.execute(_DUE, values)).mappings().all()


async def reading_of(db: AsyncConnection, person_id: int, today: date) -> RowMapping:
    """What one person is in and follows."""
    return (await db.execute(_ONE, {"person": person_id, "today": today})).mappings().one()


async def chaired_by(db: AsyncConnection, person_id: int, today: date) -> set[int]:
    """The bodies that the person chairs, or is vice chair of, on the day."""
    return set(await db.scalars(_CHAIRS, {"person": person_id, "today": today}))
