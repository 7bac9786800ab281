"""Who sits in the charter's bodies and holds its posts on a day, and when the bodies meet."""

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.bindings import OWN

_HOLDS_ON = "x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)"
_MEMBERS = text(f"""
SELECT DISTINCT p.id, p.name, p.email FROM people p
JOIN memberships x ON x.person_id = p.id AND {_HOLDS_ON}
JOIN bodies b ON b.id = x.body_id AND b.kind = :kind
ORDER BY p.name, p.id
""")
_HOLDERS = text(f"""
SELECT DISTINCT p.id, p.name, p.email FROM people p
JOIN post_holdings x ON x.person_id = p.id AND {_HOLDS_ON}
JOIN posts o ON o.id = x.post_id AND o.kind = :post
ORDER BY p.name, p.id
""")
_DIRECTORS = text(f"""
SELECT DISTINCT p.id, p.name, p.email FROM people p
JOIN memberships x ON x.person_id = p.id AND {_HOLDS_ON}
JOIN bodies b ON b.id = x.body_id AND b.kind = 'municipal_directors'
JOIN employments e ON e.person_id = p.id AND e.organisation_id = :organisation_id
  AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)
ORDER BY p.name, p.id
""")
_HAS_CHANNEL = text("""
SELECT EXISTS (SELECT FROM channel_bindings c JOIN bodies b ON b.id = c.body_id
  JOIN conversations v ON v.id = c.conversation_id AND v.closed_at IS NULL
  WHERE b.kind = :kind AND c.bound_by <> :own)
""")
_POST_HAS_CHANNEL = text("""
SELECT EXISTS (SELECT FROM channel_bindings c JOIN posts o ON o.id = c.post_id
  JOIN conversations v ON v.id = c.conversation_id AND v.closed_at IS NULL
  WHERE o.kind = :post AND c.bound_by <> :own)
""")
_NEXT = text("""
SELECT m.held_on, m.documents_due_on FROM meetings m JOIN bodies b ON b.id = m.body_id
WHERE b.kind = :kind AND NOT m.cancelled AND m.held_on >= :today
ORDER BY m.held_on LIMIT 1
""")
_HELD = text("""
SELECT m.held_on FROM meetings m JOIN bodies b ON b.id = m.body_id
WHERE b.kind = :kind AND NOT m.cancelled AND m.held_on <= :today
ORDER BY m.held_on DESC LIMIT :most
""")

_MEETS_IN = text("""
SELECT EXISTS (SELECT FROM meetings m JOIN bodies b ON b.id = m.body_id
  WHERE b.kind = :kind AND NOT m.cancelled AND m.kind IN ('ordinary', 'in_depth')
    AND m.held_on >= :month AND m.held_on < CAST(:month AS date) + INTERVAL '1 month')
""")


async def members_of_body(db: AsyncConnection, kind: str, today: date) -> Sequence[RowMapping]:
    """Members on the day of the body of that kind, by name."""
    return (await db.execute(_MEMBERS, {"kind": kind, "today": today})).mappings().all()


async def holders_of_post(db: AsyncConnection, post: str, today: date) -> Sequence[RowMapping]:
    """Who holds the post on the day, acting ones too."""
    return (await db.execute(_HOLDERS, {"post": post, "today": today})).mappings().all()


async def directors_of_municipality(
    db: AsyncConnection, organisation_id: int, today: date
) -> Sequence[RowMapping]:
    """The municipality's director on the day; more than one while one acts for another."""
    found = await db.execute(_DIRECTORS, {"organisation_id": organisation_id, "today": today})
    return found.mappings().all()


async def body_has_channel(db: AsyncConnection, kind: str) -> bool:
    """Whether somebody has bound an open channel to the body of that kind."""
    return bool(await db.scalar(_HAS_CHANNEL, {"kind": kind, "own": OWN}))


async def post_has_channel(db: AsyncConnection, post: str) -> bool:
    """Whether somebody has bound an open channel to the post."""
    return bool(await db.scalar(_POST_HAS_CHANNEL, {"post": post, "own": OWN}))


async def next_meeting_of(db: AsyncConnection, kind: str, today: date) -> RowMapping | None:
    """When the body meets next, from the day on, and when its documents are due."""
    return (await db.execute(_NEXT, {"kind": kind, "today": today})).mappings().one_or_none()


async def meets_in(db: AsyncConnection, kind: str, month: date) -> bool:
    """Whether the body has a meeting in the month that begins that day."""
    return bool(await db.scalar(_MEETS_IN, {"kind": kind, "month": month}))


async def meetings_held(db: AsyncConnection, kind: str, today: date, most: int) -> list[date]:
    """The days of the body's latest meetings up to the day, the latest first."""
    found = await db.execute(_HELD, {"kind": kind, "today": today, "most": most})
    return [row.held_on for row in found]


_HAS_BOUND_CHANNEL = text("""
SELECT EXISTS (SELECT FROM channel_bindings c
  JOIN conversations v ON v.id = c.conversation_id AND v.closed_at IS NULL
  WHERE c.body_id = :body_id AND c.bound_by <> :own)
""")


async def body_has_bound_channel(db: AsyncConnection, body_id: int) -> bool:
    """Whether somebody has bound an open channel to that very body."""
    return bool(await db.scalar(_HAS_BOUND_CHANNEL, {"body_id": body_id, "own": OWN}))


_COMING = text("""
SELECT m.body_id, b.kind, b.name, m.held_on, m.documents_due_on
FROM meetings m JOIN bodies b ON b.id = m.body_id
WHERE b.kind = ANY(:kinds) AND NOT m.cancelled AND m.held_on >= :today
ORDER BY m.held_on, b.id LIMIT :most
""")
_REACHED = text("""
SELECT c.person_id, array_agg(DISTINCT k.platform ORDER BY k.platform) AS platforms
FROM conversations c JOIN connections k ON k.id = c.connection_id AND k.closed_at IS NULL
LEFT JOIN accounts a ON a.person_id = c.person_id AND a.platform = k.platform
  AND a.tenant = k.tenant AND a.ended_at IS NULL
WHERE c.person_id = ANY(:people) AND c.closed_at IS NULL
  AND (a.id IS NOT NULL OR k.platform = 'web')
GROUP BY c.person_id
""")


async def coming_meetings(
    db: AsyncConnection, kinds: Sequence[str], today: date, most: int
) -> Sequence[RowMapping]:
    """The next meetings of bodies of those kinds, from the day on, with when documents are due."""
    found = await db.execute(_COMING, {"kinds": list(kinds), "today": today, "most": most})
    return found.mappings().all()


async def platforms_of(db: AsyncConnection, people: Sequence[int]) -> dict[int, list[str]]:
    """Where each of them has a private chat that is open, by platform."""
    found = await db.execute(_REACHED, {"people": list(people)})
    return {row.person_id: list(row.platforms) for row in found}


_OF_CONVERSATION = text("""
SELECT body_id FROM channel_bindings
WHERE conversation_id = :conversation AND body_id IS NOT NULL ORDER BY body_id
""")
_ADD_MEETING = text("""
INSERT INTO meetings (body_id, title, held_on, starts_at, ends_at, kind)
VALUES (:body_id, :title, :held_on, :starts_at, :ends_at, 'ordinary')
ON CONFLICT (body_id, held_on) DO NOTHING RETURNING id
""")


async def bodies_of_conversation(db: AsyncConnection, conversation_id: int) -> list[int]:
    """The bodies that the channel is bound to."""
    return list(await db.scalars(_OF_CONVERSATION, {"conversation": conversation_id}))


async def add_meeting(
    db: AsyncConnection,
    *,
    body_id: int,
    title: str,
    held_on: date,
    starts_at: time,
    ends_at: time,
) -> bool:
    """Put a meeting into the calendar; False when the body meets that day already."""
    values = {
        "body_id": body_id,
        "title": title,
        "held_on": held_on,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    return (await db.execute(_ADD_MEETING, values)).scalar_one_or_none() is not None
