"""Supports, follows, comments and working notes of needs, each written with its audit line."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.needs import FAMILY

_AUDIT = """
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person_id, 'person', {action}, 'need', :need_id, ARRAY[{fields}]::text[], :platform
FROM done
"""


def _written(statement: str, action: str, *fields: str) -> str:
    """A statement that writes and, when it did, leaves an audit line; it answers with keys."""
    named = ", ".join(f"'{field}'" for field in fields)
    audit = _AUDIT.format(action=f"'{action}'", fields=named)
    return f"WITH done AS ({statement}), audit AS ({audit}) SELECT id FROM done"


_SUPPORT = text(
    _written(
        f"""
        INSERT INTO need_supports (need_id, organisation_id, person_id, supported_at)
        SELECT n.id, :organisation_id, :person_id, :now FROM needs n CROSS JOIN {FAMILY}
        WHERE n.id = :need_id AND NOT EXISTS (SELECT FROM need_supports s
          WHERE s.need_id = ANY(family.ids) AND s.organisation_id = :organisation_id
            AND s.withdrawn_at IS NULL)
        RETURNING id
        """,
        "support",
        "supports",
    )
)
_WITHDRAW_SUPPORT = text(
    _written(
        f"""
        UPDATE need_supports s SET withdrawn_at = :now, withdrawn_by = :person_id
        FROM needs n CROSS JOIN {FAMILY}
        WHERE n.id = :need_id AND s.need_id = ANY(family.ids)
          AND s.organisation_id = :organisation_id AND s.withdrawn_at IS NULL
        RETURNING s.id
        """,
        "withdraw_support",
        "supports",
    )
)
_FOLLOW = text(
    _written(
        """
        INSERT INTO need_follows (need_id, person_id, followed_at)
        VALUES (:need_id, :person_id, :now) ON CONFLICT DO NOTHING RETURNING need_id AS id
        """,
        "follow",
    )
)
_UNFOLLOW = text(
    _written(
        f"""
        DELETE FROM need_follows f USING needs n CROSS JOIN {FAMILY}
        WHERE n.id = :need_id AND f.need_id = ANY(family.ids) AND f.person_id = :person_id
        RETURNING f.need_id AS id
        """,
        "unfollow",
    )
)
_COMMENT = text(
    _written(
        """
        INSERT INTO need_comments (need_id, person_id, text, written_at)
        VALUES (:need_id, :person_id, :text, :now) RETURNING id
        """,
        "comment",
        "comments",
    )
)
_NOTE = text(
    _written(
        """
        INSERT INTO need_notes (need_id, person_id, text, written_at)
        VALUES (:need_id, :person_id, :text, :now) RETURNING id
        """,
        "note",
        "notes",
    )
)
_REMOVE_NOTE = text(
    _written(
        """
        DELETE FROM need_notes WHERE id = :note_id AND need_id = :need_id
          AND person_id = :person_id AND joined_at IS NULL RETURNING id
        """,
        "remove_note",
        "notes",
    )
)
_JOIN_NOTES = text(
    _written(
        """
        UPDATE need_notes SET joined_at = :now
        WHERE need_id = :need_id AND id = ANY(:notes) AND joined_at IS NULL RETURNING id
        """,
        "join_notes",
        "notes",
    )
)
_NOTES = text("""
SELECT w.id, w.person_id, q.name AS person_name, w.written_at AS at, w.text,
  w.joined_at IS NOT NULL AS joined
FROM need_notes w JOIN people q ON q.id = w.person_id WHERE w.need_id = :need_id ORDER BY w.id
""")
_WRITE_TEXT = text(
    _written(
        """
        INSERT INTO need_texts (need_id, name, text, person_id, written_at)
        VALUES (:need_id, :name, :text, :person_id, :now)
        ON CONFLICT (need_id, name) DO UPDATE SET text = excluded.text,
          person_id = excluded.person_id, written_at = excluded.written_at
        RETURNING need_id AS id
        """,
        "write_text",
        "texts",
    )
)
_FORGET_TEXT = text(
    _written(
        "DELETE FROM need_texts WHERE need_id = :need_id AND name = :name RETURNING need_id AS id",
        "write_text",
        "texts",
    )
)
_TEXTS = text("SELECT name, text FROM need_texts WHERE need_id = :need_id ORDER BY name")
_TEXTS_SINCE = text("""
SELECT name, text FROM need_texts
WHERE need_id = :need_id AND person_id <> :person_id AND written_at > :since
""")
_COPY_SUPPORTS = text(f"""
INSERT INTO need_supports (need_id, organisation_id, person_id, supported_at)
SELECT DISTINCT ON (s.organisation_id) CAST(:to_id AS bigint), s.organisation_id, s.person_id,
  s.supported_at
FROM needs n CROSS JOIN {FAMILY} JOIN need_supports s ON s.need_id = ANY(family.ids)
WHERE n.id = :need_id AND s.withdrawn_at IS NULL ORDER BY s.organisation_id, s.supported_at
""")
_COPY_FOLLOWS = text(f"""
INSERT INTO need_follows (need_id, person_id, followed_at)
SELECT CAST(:to_id AS bigint), x.person_id, min(x.at)
FROM needs n CROSS JOIN {FAMILY} CROSS JOIN LATERAL (
  SELECT f.person_id, f.followed_at AS at FROM need_follows f WHERE f.need_id = ANY(family.ids)
  UNION ALL SELECT g.registered_by, g.registered_at FROM needs g WHERE g.id = ANY(family.ids)) x
WHERE n.id = :need_id
  AND x.person_id <> (SELECT registered_by FROM needs WHERE id = :to_id)
GROUP BY x.person_id
""")


async def _write(db: AsyncConnection, statement: Any, values: Mapping[str, Any]) -> int:
    """How many rows were written."""
    return len((await db.execute(statement, dict(values))).all())


async def support_need(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Write that a municipality shares the need; False when its family has its support."""
    return await _write(db, _SUPPORT, values) > 0


async def withdraw_support(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Write that a municipality no longer shares the need; False when it did not."""
    return await _write(db, _WITHDRAW_SUPPORT, values) > 0


async def follow_need(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write that the person follows the need."""
    await _write(db, _FOLLOW, values)


async def unfollow_need(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write that the person follows neither the need nor what is merged into it."""
    await _write(db, _UNFOLLOW, values)


async def comment_on_need(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a comment."""
    await _write(db, _COMMENT, values)


async def add_note(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a working note."""
    await _write(db, _NOTE, values)


async def remove_note(db: AsyncConnection, values: Mapping[str, Any]) -> bool:
    """Take away one's own note that is not joined to the record; False when there is none."""
    return await _write(db, _REMOVE_NOTE, values) > 0


async def join_notes(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Put notes to the record; how many that were not there."""
    return await _write(db, _JOIN_NOTES, values)


async def notes_on(db: AsyncConnection, need_id: int) -> Sequence[RowMapping]:
    """Working notes in the order they were written."""
    return (await db.execute(_NOTES, {"need_id": need_id})).mappings().all()


async def texts_of(db: AsyncConnection, need_id: int) -> dict[str, str]:
    """What is written for the material, by field."""
    return {row.name: row.text for row in await db.execute(_TEXTS, {"need_id": need_id})}


async def texts_of_others(
    db: AsyncConnection, need_id: int, person_id: int, since: datetime
) -> dict[str, str]:
    """What others have written for the material after a moment, by field."""
    values = {"need_id": need_id, "person_id": person_id, "since": since}
    return {row.name: row.text for row in await db.execute(_TEXTS_SINCE, values)}


async def write_text(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write one field of the material, or take it away when the text is empty."""
    await _write(db, _WRITE_TEXT if values["text"] else _FORGET_TEXT, values)


async def copy_listeners(db: AsyncConnection, need_id: int, to_id: int) -> None:
    """Give another need the supports and followers of this one, with who and when.

    Whoever registered this one follows the other, unless it is their own.
    """
    for statement in (_COPY_SUPPORTS, _COPY_FOLLOWS):
        await db.execute(statement, {"need_id": need_id, "to_id": to_id})
