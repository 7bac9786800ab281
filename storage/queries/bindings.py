"""Which channels are bound to what, and binding them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.accounts import By
from storage.queries.people import IS_ADMINISTRATOR
from storage.queries.places import Bound, bindings_of

OWN = "samspel"
"""Who bound a channel that the bot made itself; such a binding stays."""


@dataclass(frozen=True)
class Channel:
    """A channel, as people know it, and its language."""

    id: int
    name: str
    platform: str
    language: str


_CHANNEL = text("""
SELECT c.id, c.name, k.platform, c.language FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.closed_at IS NULL
WHERE c.id = :conversation AND c.kind = 'channel' AND c.closed_at IS NULL
""")
_BINDABLE = text("""
SELECT 'post' AS bound, id, kind, kind AS name FROM posts
UNION ALL
SELECT 'body', id, kind, name FROM bodies
""")
_KEPT = text("""
SELECT CASE WHEN b.body_id IS NULL THEN 'post' ELSE 'body' END, coalesce(b.body_id, b.post_id)
FROM channel_bindings b WHERE b.conversation_id = :conversation AND b.bound_by = :own
""")
_BOUND_CHANNELS = text("""
SELECT c.id, c.name, k.platform, c.language FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.closed_at IS NULL
WHERE c.kind = 'channel' AND c.closed_at IS NULL AND EXISTS (
  SELECT FROM channel_bindings b LEFT JOIN posts p ON p.id = b.post_id
  WHERE b.conversation_id = c.id
    AND (:everything OR b.body_id = ANY(CAST(:bodies AS bigint[]))
      OR p.kind = ANY(CAST(:posts AS text[]))))
ORDER BY k.platform, lower(c.name), c.id
LIMIT :most OFFSET :skip
""")
_GONE = """
c.kind = 'channel' AND (c.closed_at IS NOT NULL OR k.closed_at IS NOT NULL)
AND EXISTS (SELECT FROM channel_bindings b WHERE b.conversation_id = c.id AND b.bound_by <> :own)
"""
_GONE_CHANNELS = text(f"""
SELECT c.id, c.name, k.platform, c.language FROM conversations c
JOIN connections k ON k.id = c.connection_id
WHERE {_GONE} ORDER BY k.platform, lower(c.name), c.id
""")
_GONE_CHANNEL = text(f"""
SELECT c.id, c.name, k.platform, c.language FROM conversations c
JOIN connections k ON k.id = c.connection_id WHERE {_GONE} AND c.id = :conversation
""")
_BIND = text("""
WITH bound AS (
  INSERT INTO channel_bindings (conversation_id, body_id, post_id, bound_at, bound_by)
  VALUES (:conversation, CAST(:body AS bigint), CAST(:post AS bigint), :now, :by)
  ON CONFLICT DO NOTHING RETURNING conversation_id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person, 'person', 'bound', 'conversation', conversation_id,
  ARRAY[CAST(:what AS text)], :source FROM bound
""")
_UNBIND = text("""
WITH unbound AS (
  DELETE FROM channel_bindings
  WHERE conversation_id = :conversation AND bound_by <> :own
    AND (body_id = CAST(:body AS bigint) OR post_id = CAST(:post AS bigint))
  RETURNING conversation_id
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person, 'person', 'unbound', 'conversation', conversation_id,
  ARRAY[CAST(:what AS text)], :source FROM unbound
""")
_WITHDRAW = text("""
WITH ordered AS (
  SELECT p.id, p.conversation_id = :conversation
    AND p.subject_id = ANY(CAST(:withdrawn AS bigint[])) AS ends
  FROM posted_cards p
  WHERE p.struck_at IS NULL AND p.kind = :kind
    AND (p.subject_id = ANY(CAST(:raised AS bigint[]))
      OR p.conversation_id = :conversation AND p.subject_id = ANY(CAST(:withdrawn AS bigint[])))
  ORDER BY p.conversation_id, p.kind, p.subject_id FOR NO KEY UPDATE
)
UPDATE posted_cards SET withdrawn = true, wanted = wanted + 1 FROM ordered
WHERE posted_cards.id = ordered.id AND ordered.ends
""")
"""Locks also those that the same transaction raises afterwards: one order everywhere."""
_WITHDRAW_STRUCK = text("""
UPDATE posted_cards p SET withdrawn = true FROM conversations c
WHERE c.id = :conversation AND p.conversation_id = c.id AND p.struck_at = c.closed_at
  AND p.kind = :kind AND p.subject_id = ANY(CAST(:withdrawn AS bigint[]))
""")
_WHO_MAY = text(f"""
SELECT p.name FROM people p
WHERE {IS_ADMINISTRATOR}
  OR EXISTS (SELECT FROM post_holdings h JOIN posts o ON o.id = h.post_id AND o.kind = 'manager'
    WHERE h.person_id = p.id
    AND h.starts_on <= :today AND (h.ends_on IS NULL OR h.ends_on > :today))
ORDER BY p.name, p.id LIMIT 10
""")
_LIVING = text("""
SELECT kind, subject_id FROM posted_cards
WHERE conversation_id = :conversation AND struck_at IS NULL ORDER BY kind, subject_id
""")
_SET_LANGUAGE = text("""
WITH changed AS (
  UPDATE conversations SET language = :language
  WHERE id = :conversation AND kind = 'channel' AND language <> :language RETURNING id
), grown AS (
  INSERT INTO revisions (name, number) SELECT 'plan', 1 FROM changed
  ON CONFLICT (name) DO UPDATE SET number = revisions.number + 1
)
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person, 'person', 'set_language', 'conversation', id, '{language}', :source
FROM changed
""")
"""The plan in memory holds which languages are spoken, so its revision grows."""


async def open_channel(db: AsyncConnection, conversation: int) -> Channel | None:
    """The channel, if it is one and can be spoken in."""
    row = (await db.execute(_CHANNEL, {"conversation": conversation})).mappings().one_or_none()
    return Channel(**row) if row else None


async def bindable(db: AsyncConnection) -> list[Bound]:
    """Every post, body and network that a channel can be bound to."""
    return [Bound(*row) for row in await db.execute(_BINDABLE)]


async def kept_bindings(db: AsyncConnection, conversation: int) -> set[tuple[str, int]]:
    """What the bot itself bound the channel to: `("body", 7)`."""
    found = await db.execute(_KEPT, {"conversation": conversation, "own": OWN})
    return {(row[0], row[1]) for row in found}


async def bound_channels(
    db: AsyncConnection,
    *,
    everything: bool,
    bodies: Sequence[int],
    posts: Sequence[str],
    most: int,
    skip: int,
) -> list[tuple[Channel, tuple[Bound, ...]]]:
    """Open channels that are bound to any of these (`everything`: to anything), with to what."""
    asked: dict[str, Any] = {
        "everything": everything,
        "bodies": list(bodies),
        "posts": list(posts),
        "most": most,
        "skip": skip,
    }
    channels = [Channel(**row) for row in (await db.execute(_BOUND_CHANNELS, asked)).mappings()]
    bound = await bindings_of(db, [each.id for each in channels])
    return [(each, bound[each.id]) for each in channels]


async def gone_channels(db: AsyncConnection) -> list[tuple[Channel, tuple[Bound, ...]]]:
    """Bound channels in which nothing can be said any more, with to what they are bound."""
    found = await db.execute(_GONE_CHANNELS, {"own": OWN})
    channels = [Channel(**row) for row in found.mappings()]
    bound = await bindings_of(db, [each.id for each in channels])
    return [(each, bound[each.id]) for each in channels]


async def gone_channel(db: AsyncConnection, conversation: int) -> Channel | None:
    """The channel, if it is bound and nothing can be said in it any more."""
    found = await db.execute(_GONE_CHANNEL, {"own": OWN, "conversation": conversation})
    row = found.mappings().one_or_none()
    return Channel(**row) if row else None


async def who_may_bind(db: AsyncConnection, today: date) -> list[str]:
    """Names of the manager and the administrators on `today`, at most ten."""
    return [row.name for row in await db.execute(_WHO_MAY, {"today": today})]


async def bind(db: AsyncConnection, conversation: int, to: Bound, by: By) -> bool:
    """Bind the channel; False when it was already."""
    values = _about(conversation, to, by) | {"by": f"person-{by.person_id}"}
    return _wrote(await db.execute(_BIND, values))


async def unbind(db: AsyncConnection, conversation: int, to: Bound, by: By) -> bool:
    """Take the binding away; False when there was none, or when the bot itself made it."""
    return _wrote(await db.execute(_UNBIND, _about(conversation, to, by) | {"own": OWN}))


async def withdraw_cards(
    db: AsyncConnection,
    conversation: int,
    kind: str,
    *,
    withdrawn: Sequence[int],
    raised: Sequence[int],
) -> None:
    """Have the living cards of `withdrawn` taken away there; `raised` are raised hereafter.

    Cards that were struck as the channel closed are taken away should it open again.
    """
    values = {"conversation": conversation, "kind": kind, "withdrawn": list(withdrawn)}
    await db.execute(_WITHDRAW, values | {"raised": list(raised)})
    await db.execute(_WITHDRAW_STRUCK, values)


async def living_cards(db: AsyncConnection, conversation: int) -> list[tuple[str, int]]:
    """Kind and subject of every living card there."""
    return [
        (row.kind, row.subject_id)
        for row in await db.execute(_LIVING, {"conversation": conversation})
    ]


async def set_channel_language(
    db: AsyncConnection, conversation: int, language: str, by: By
) -> bool:
    """What is said in the channel is said in that language; False when it was already."""
    values = {
        "conversation": conversation,
        "language": language,
        "person": by.person_id,
        "now": by.now,
        "source": by.source,
    }
    return _wrote(await db.execute(_SET_LANGUAGE, values))


def _about(conversation: int, to: Bound, by: By) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "body": to.id if to.to == "body" else None,
        "post": to.id if to.to == "post" else None,
        "what": f"{to.to}-{to.id}",
        "person": by.person_id,
        "now": by.now,
        "source": by.source,
    }


def _wrote(result: Any) -> bool:
    return cast("CursorResult[Any]", result).rowcount > 0
