"""Questions of the web chat: who is signed in, which channels there are, what was said where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.people import PERSON_COLUMNS

_VIEWER = text(f"""
SELECT {PERSON_COLUMNS}, EXISTS (SELECT FROM marks WHERE name = 'demo') AS demo
FROM web_sessions s
JOIN accounts a ON a.id = s.account_id AND a.ended_at IS NULL
JOIN people p ON p.id = a.person_id
WHERE s.token_hash = :token_hash AND s.expires_at > :now AND s.ended_at IS NULL
""")
_CHANNELS = text("""
SELECT c.address, c.name,
  array_remove(array_agg(b.body_id), NULL) AS bodies,
  array_remove(array_agg(p.kind), NULL) AS posts
FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.platform = 'web' AND k.tenant = 'web'
LEFT JOIN channel_bindings b ON b.conversation_id = c.id
LEFT JOIN posts p ON p.id = b.post_id
WHERE c.kind = 'channel' AND c.closed_at IS NULL
GROUP BY c.id
""")
_CONVERSATION = text("""
SELECT c.id, c.name FROM conversations c
JOIN connections k ON k.id = c.connection_id AND k.platform = 'web' AND k.tenant = 'web'
WHERE c.address = :address AND c.closed_at IS NULL
  AND (c.person_id IS NULL OR c.person_id = :person_id)
""")
_TIMELINE = text("""
(SELECT 'post' AS kind, w.id, w.posted_at AS at, w.changed_at, w.version, w.view,
   NULL::bigint AS person_id, NULL::text AS name, NULL::text AS words
 FROM web_posts w
 LEFT JOIN posted_cards c ON c.id = w.card_id
 WHERE w.conversation_id = :conversation_id AND c.struck_at IS NULL AND c.withdrawn IS NOT TRUE
   AND (CAST(:before_post AS bigint) IS NULL OR w.id < :before_post)
 ORDER BY w.id DESC LIMIT :most)
UNION ALL
(SELECT 'turn', t.id, t.received_at, NULL, 1, t.answer, t.person_id, p.name, t.words
 FROM turns t JOIN people p ON p.id = t.person_id
 WHERE t.conversation_id = :conversation_id
   AND (CAST(:before_turn AS bigint) IS NULL OR t.id < :before_turn)
   AND (t.words IS NOT NULL OR t.answer @? '$[*] ? (@.kind == "say")'
     OR (t.person_id = :person_id AND t.answer @? '$[*] ? (@.kind == "say_privately")'))
 ORDER BY t.id DESC LIMIT :most)
ORDER BY at DESC, id DESC LIMIT :most
""")
_FILE = text("SELECT media_type, content FROM stored_files WHERE id = :id")
_POST = """
WITH posted AS (
  INSERT INTO web_posts (conversation_id, {column}, view, posted_at)
  VALUES (:conversation_id, :id, CAST(:view AS jsonb), :now)
  ON CONFLICT ({column}) DO UPDATE SET {column} = excluded.{column} RETURNING id)
SELECT id, pg_notify('samspel_web', :address) FROM posted
"""
_POST_MESSAGE = text(_POST.format(column="message_id"))
_POST_CARD = text(_POST.format(column="card_id"))
_CHANGE = text("""
WITH changed AS (
  UPDATE web_posts SET view = CAST(:view AS jsonb), version = :version, changed_at = :now
  WHERE id = :id AND version < :version RETURNING id)
SELECT EXISTS (SELECT FROM web_posts WHERE id = :id), pg_notify('samspel_web', :address)
""")
_FIND = text("""
SELECT id FROM web_posts
WHERE CASE WHEN :message THEN message_id = :id ELSE card_id = :id END
""")
_TELL = text("SELECT pg_notify('samspel_web', a) FROM unnest(CAST(:addresses AS text[])) a")


class Channel(NamedTuple):
    """A channel and what it is bound to."""

    address: str
    name: str
    bodies: tuple[int, ...]
    posts: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """Where an older page of a timeline begins: what is older than these rows."""

    post: int | None = None
    turn: int | None = None


async def viewer(
    db: AsyncConnection, token_hash: bytes, now: datetime, today: date
) -> RowMapping | None:
    """The person whose browser this is, as `read_person` takes it, and whether this is a demo."""
    found = await db.execute(_VIEWER, {"token_hash": token_hash, "now": now, "today": today})
    return found.mappings().one_or_none()


async def channels(db: AsyncConnection) -> list[Channel]:
    """Every open channel of the web chat."""
    return [
        Channel(row.address, row.name, tuple(row.bodies), tuple(row.posts))
        for row in await db.execute(_CHANNELS)
    ]


async def conversation_at(
    db: AsyncConnection, address: str, person_id: int
) -> tuple[int, str] | None:
    """Key and name of the conversation, if that person may open it."""
    row = (
        await db.execute(_CONVERSATION, {"address": address, "person_id": person_id})
    ).one_or_none()
    return (row.id, row.name) if row else None


async def timeline(
    db: AsyncConnection, conversation_id: int, person_id: int, before: Before, most: int
) -> Sequence[RowMapping]:
    """The latest `most` of what was posted and said there and is shown to that person."""
    found = await db.execute(
        _TIMELINE,
        {
            "conversation_id": conversation_id,
            "person_id": person_id,
            "before_post": before.post,
            "before_turn": before.turn,
            "most": most,
        },
    )
    return found.mappings().all()


async def stored_file(db: AsyncConnection, file_id: int) -> tuple[str, bytes] | None:
    """Media type and content of a picture that the bot made."""
    row = (await db.execute(_FILE, {"id": file_id})).one_or_none()
    return (row.media_type, row.content) if row else None


async def post(
    db: AsyncConnection,
    *,
    kind: str,
    row_id: int,
    conversation_id: int,
    address: str,
    view: str,
    now: datetime,
) -> int:
    """Show a message or a living card; once, however often it is asked. `view` is JSON text."""
    values: dict[str, Any] = {
        "id": row_id,
        "conversation_id": conversation_id,
        "address": address,
        "view": view,
        "now": now,
    }
    statement = _POST_MESSAGE if kind == "message" else _POST_CARD
    return (await db.execute(statement, values)).one()[0]


async def change_post(
    db: AsyncConnection, post_id: int, *, address: str, view: str, version: int, now: datetime
) -> bool:
    """Show a newer version in the same place; False when the post is not there."""
    values = {"id": post_id, "address": address, "view": view, "version": version, "now": now}
    return (await db.execute(_CHANGE, values)).one()[0]


async def find_post(db: AsyncConnection, *, kind: str, row_id: int) -> int | None:
    """The post of that message or card."""
    return await db.scalar(_FIND, {"message": kind == "message", "id": row_id})


async def tell_changed(db: AsyncConnection, addresses: Sequence[str]) -> None:
    """Wake the pages, in every process, that show these conversations."""
    await db.execute(_TELL, {"addresses": list(addresses)})
