"""Reading all that a turn needs in one round trip, and writing its end in another."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.outbox import CARDS, MESSAGES, NOTIFY
from storage.queries.people import PERSON_COLUMNS

_BY_ACCOUNT = """
SELECT a.id, a.person_id, a.platform, a.tenant FROM accounts a
WHERE a.platform = :platform AND a.tenant = :tenant AND a.user_id = :user_id
  AND a.ended_at IS NULL
"""
_BY_SESSION = """
SELECT a.id, a.person_id, a.platform, a.tenant FROM web_sessions s
JOIN accounts a ON a.id = s.account_id AND a.ended_at IS NULL
WHERE s.token_hash = :token_hash AND s.expires_at > :now AND s.ended_at IS NULL
"""


def _beginning(who: str) -> str:
    return f"""
WITH who AS ({who})
SELECT {PERSON_COLUMNS}, who.id AS account_id, who.platform, who.tenant,
  c.id AS conversation_id, c.kind AS conversation_kind,
  t.id AS turn_id, t.answer, coalesce(r.number, 0) AS revision
FROM who
JOIN people p ON p.id = who.person_id
LEFT JOIN connections k ON k.platform = who.platform AND k.tenant = who.tenant
LEFT JOIN conversations c ON c.connection_id = k.id AND c.address = :address
  AND c.closed_at IS NULL AND (c.person_id IS NULL OR c.person_id = p.id)
LEFT JOIN LATERAL (
  SELECT id, answer FROM turns
  WHERE key IN (who.id || ':' || :key, who.id || ':' || CAST(:also AS text)) ORDER BY id LIMIT 1
) t ON true
LEFT JOIN revisions r ON r.name = 'plan'
"""


_BEGIN_BY_ACCOUNT = text(_beginning(_BY_ACCOUNT))
_BEGIN_BY_SESSION = text(_beginning(_BY_SESSION))

_TURN = """
turn AS (
  INSERT INTO turns (key, person_id, conversation_id, words, request, answer, received_at)
  VALUES (:account_id || ':' || :key, :person_id, :conversation_id, :words, :request, :answer,
          :now)
  ON CONFLICT (key) DO NOTHING RETURNING id
), account_used AS (
  UPDATE accounts SET last_used_at = :now
  WHERE id = :account_id AND (last_used_at IS NULL OR last_used_at < :now - interval '1 minute')
  RETURNING id
)"""
_JSON = (bindparam("request", type_=JSONB), bindparam("answer", type_=JSONB))
_FINISH = text(f"WITH {_TURN} SELECT id FROM turn").bindparams(*_JSON)
_FINISH_AND_SAY = text(
    f"WITH {_TURN}, {MESSAGES}, {CARDS} "
    "SELECT (SELECT id FROM turn), (SELECT count(*) FROM messages_written), "
    f"(SELECT count(*) FROM cards_written), {NOTIFY}"
).bindparams(*_JSON, bindparam("outbox", type_=JSONB))


async def begin_by_account(
    db: AsyncConnection,
    *,
    platform: str,
    tenant: str,
    user_id: str,
    address: str | None,
    key: str,
    today: date,
    also: str | None = None,
) -> RowMapping | None:
    """The person behind an account, the place, the turn if it was answered before, the revision.

    `also`: another key under which it may have been answered.
    """
    found = await db.execute(
        _BEGIN_BY_ACCOUNT,
        {
            "platform": platform,
            "tenant": tenant,
            "user_id": user_id,
            "address": address,
            "key": key,
            "also": also,
            "today": today,
        },
    )
    return found.mappings().one_or_none()


async def begin_by_session(
    db: AsyncConnection,
    *,
    token_hash: bytes,
    now: datetime,
    address: str | None,
    key: str,
    today: date,
) -> RowMapping | None:
    """The same, for a browser that is signed in on the web."""
    found = await db.execute(
        _BEGIN_BY_SESSION,
        {
            "token_hash": token_hash,
            "now": now,
            "address": address,
            "key": key,
            "also": None,
            "today": today,
        },
    )
    return found.mappings().one_or_none()


async def finish(
    db: AsyncConnection,
    *,
    account_id: int,
    key: str,
    person_id: int,
    conversation_id: int | None,
    words: str | None,
    request: Any,
    answer: Any,
    now: datetime,
    outbox: dict[str, Any] | None,
) -> int | None:
    """Keep the turn with its answer and all that it has to say; None when it was kept before."""
    values = {
        "account_id": account_id,
        "key": key,
        "person_id": person_id,
        "conversation_id": conversation_id,
        "words": words,
        "request": request,
        "answer": answer,
        "now": now,
    }
    if outbox is None:
        return await db.scalar(_FINISH, values)
    return await db.scalar(_FINISH_AND_SAY, values | {"outbox": outbox})


_REOPEN = text("""
UPDATE conversations c
SET closed_at = NULL, failing_since = NULL, failures = 0, next_try_at = NULL
FROM connections k
WHERE k.id = c.connection_id AND k.platform = :platform AND k.tenant = :tenant
  AND k.closed_at IS NULL AND c.address = :address AND c.person_id = :person
  AND c.closed_at IS NOT NULL
RETURNING c.id
""")


async def reopen_private_chat(
    db: AsyncConnection, *, platform: str, tenant: str, address: str, person_id: int
) -> int | None:
    """The person's own private chat at that address, opened if it was closed; None for others."""
    where = {"platform": platform, "tenant": tenant, "address": address, "person": person_id}
    return await db.scalar(_REOPEN, where)


_LATEST_WORDS = text(
    "SELECT words FROM turns WHERE person_id = :person AND words IS NOT NULL "
    "ORDER BY id DESC LIMIT 1"
)


async def latest_words(db: AsyncConnection, person_id: int) -> str | None:
    """What the person typed last, wherever that was."""
    return await db.scalar(_LATEST_WORDS, {"person": person_id})


_RECENT_WORDS = text(
    "SELECT words FROM turns WHERE person_id = :person AND words IS NOT NULL "
    "ORDER BY id DESC LIMIT :most"
)


async def recent_words(db: AsyncConnection, person_id: int, most: int) -> Sequence[str]:
    """What the person typed lately, wherever that was, the last first."""
    return (await db.scalars(_RECENT_WORDS, {"person": person_id, "most": most})).all()
