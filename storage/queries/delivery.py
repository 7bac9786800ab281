"""The queue that delivery works through: who delivers where, what is next, how it went.

Leases, waiting and failing go by the database's own `clock_timestamp()`, so that processes whose
clocks differ agree. When something is due or too old is told by `now`. Every statement that
records what a holder did begins from the lease: when another took it over, nothing is written.

Rows are locked in one order: the conversation, then one card. Writers of cards (outbox.py) lock
no conversation against us, since all here is FOR NO KEY UPDATE.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models.delivery import BEHIND


@dataclass(frozen=True)
class Lease:
    """Who holds a conversation; `owner` is unique for each time somebody takes one."""

    conversation_id: int
    owner: str
    seconds: float


@dataclass(frozen=True)
class Claimed:
    """A conversation that is now ours to deliver to."""

    conversation_id: int
    platform: str
    tenant: str
    address: str
    kind: Literal["channel", "private"]
    language: str
    person_id: int | None
    route: str | None
    failing: bool


@dataclass(frozen=True)
class Taken:
    """What is to be sent next. `kind` None: nothing more, and the conversation is let go; unless
    it is `held`: what was next was taken away in the same moment, and one is to look again.

    For a card: `version` is to be drawn, `reference` is where it stands; `withdrawn`: it is taken
    away instead. `unsettled_since` to `attempted_at`: earlier attempts began then, and it is not
    known how they ended.
    """

    kind: Literal["message", "card"] | None
    id: int
    view: dict[str, Any]
    expired: bool
    thread: str | None
    version: int
    reference: str | None
    card_kind: str
    subject_id: int
    withdrawn: bool
    held: bool
    unsettled_since: datetime | None
    attempted_at: datetime | None


SECONDS = "make_interval(secs => CAST(:{} AS double precision))"
"""An interval of the seconds in the parameter named."""
_LEASE = SECONDS.format("lease")

_READY = f"""{BEHIND}
  AND (shown_at IS NULL OR shown_at <= clock_timestamp() - {SECONDS.format("card_rest")})"""
"""A card that was drawn a moment ago rests: what changes meanwhile is one drawing more."""

_FREE = """
  k.platform = ANY(CAST(:platforms AS text[]))
  AND c.closed_at IS NULL AND k.closed_at IS NULL
  AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())
  AND (c.next_try_at IS NULL OR c.next_try_at <= clock_timestamp())
  AND (k.next_try_at IS NULL OR k.next_try_at <= clock_timestamp())
  AND (c.failing_since IS NULL OR k.platform = ANY(CAST(:failing AS text[])))
"""

_CLAIM = text(f"""
WITH by_message AS (
  SELECT c.id, m.urgency, 1 AS rank
  FROM messages m
  JOIN conversations c ON c.id = m.conversation_id
  JOIN connections k ON k.id = c.connection_id
  WHERE m.state = 'waiting' AND (m.due_at IS NULL OR m.due_at <= :now) AND {_FREE}
  ORDER BY m.urgency, m.id LIMIT 1
  FOR NO KEY UPDATE OF c SKIP LOCKED
), by_card AS (
  SELECT c.id, 5 AS urgency, 0 AS rank
  FROM posted_cards p
  JOIN conversations c ON c.id = p.conversation_id
  JOIN connections k ON k.id = c.connection_id
  WHERE {_READY} AND {_FREE}
  LIMIT 1
  FOR NO KEY UPDATE OF c SKIP LOCKED
), first AS (
  SELECT id FROM (SELECT * FROM by_message UNION ALL SELECT * FROM by_card) either
  ORDER BY urgency, rank LIMIT 1
)
UPDATE conversations c
SET lease_owner = :owner, lease_until = clock_timestamp() + {_LEASE}
FROM first, connections k
WHERE c.id = first.id AND k.id = c.connection_id
RETURNING c.id AS conversation_id, k.platform, k.tenant, c.address, c.kind, c.language,
          c.person_id, c.route, c.failing_since IS NOT NULL AS failing
""")


async def claim(
    db: AsyncConnection,
    *,
    owner: str,
    lease_seconds: float,
    platforms: Sequence[str],
    failing: Sequence[str],
    now: datetime,
    card_rest: float,
) -> Claimed | None:
    """Take hold of the conversation of `platforms` whose turn it is, or None when none waits.

    On the platforms `failing`, also those whose attempts fail. A card is drawn at most once in
    `card_rest` seconds. Commit before calling a platform.
    """
    values = {
        "owner": owner,
        "lease": lease_seconds,
        "platforms": list(platforms),
        "now": now,
        "failing": list(failing),
        "card_rest": card_rest,
    }
    row = (await db.execute(_CLAIM, values)).mappings().first()
    return Claimed(**cast("Mapping[str, Any]", row)) if row else None


_TAKE = text(f"""
WITH next_card AS (
  SELECT id, unsettled_since, attempted_at FROM posted_cards
  WHERE conversation_id = :conversation AND {_READY} ORDER BY id LIMIT 1
), next_message AS (
  SELECT id, urgency, unsettled_since, attempted_at,
         coalesce(expires_at <= :now, false) AS expired
  FROM messages
  WHERE conversation_id = :conversation AND state = 'waiting'
    AND id IS DISTINCT FROM CAST(:sent AS bigint) AND (due_at IS NULL OR due_at <= :now)
  ORDER BY urgency, id LIMIT 1
), next AS (
  SELECT * FROM (
    SELECT 'card' AS kind, id, 5 AS urgency, 0 AS rank, unsettled_since, attempted_at,
           false AS expired FROM next_card
    UNION ALL
    SELECT 'message', id, urgency, 1, unsettled_since, attempted_at, expired FROM next_message
  ) either
  ORDER BY urgency, rank LIMIT 1
), goes_on AS (
  SELECT CAST(:more AS boolean) AND EXISTS (SELECT FROM next)
     AND (k.next_try_at IS NULL OR k.next_try_at <= clock_timestamp())
     AND c.closed_at IS NULL AND k.closed_at IS NULL AS yes
  FROM conversations c JOIN connections k ON k.id = c.connection_id WHERE c.id = :conversation
), held AS (
  UPDATE conversations c
  SET lease_owner = CASE WHEN goes_on.yes THEN c.lease_owner END,
      lease_until = CASE WHEN goes_on.yes THEN clock_timestamp() + {_LEASE} END,
      failing_since = CASE WHEN CAST(:sent AS bigint) IS NULL THEN c.failing_since END,
      failures = CASE WHEN CAST(:sent AS bigint) IS NULL THEN c.failures ELSE 0 END
  FROM goes_on
  WHERE c.id = :conversation AND c.lease_owner = :owner
  RETURNING goes_on.yes
), done AS (
  UPDATE messages SET state = 'sent', sent_at = :now, reference = :reference, failure = NULL,
         unsettled_since = NULL
  WHERE id = CAST(:sent AS bigint) AND EXISTS (SELECT FROM held)
), message AS (
  UPDATE messages m
  SET state = CASE WHEN next.expired THEN 'expired' ELSE m.state END,
      attempts = CASE WHEN next.expired THEN m.attempts ELSE m.attempts + 1 END,
      attempted_at = CASE WHEN next.expired THEN m.attempted_at ELSE clock_timestamp() END,
      unsettled_since = CASE WHEN next.expired THEN m.unsettled_since
                        ELSE coalesce(m.unsettled_since, clock_timestamp()) END
  FROM next, held
  WHERE held.yes AND next.kind = 'message' AND m.id = next.id AND m.state = 'waiting'
  RETURNING m.id, m.view, m.thread, m.thread_card_id
), card AS (
  UPDATE posted_cards p
  SET attempts = p.attempts + 1, attempted_at = clock_timestamp(),
      unsettled_since = coalesce(p.unsettled_since, clock_timestamp())
  FROM next, held
  WHERE held.yes AND next.kind = 'card' AND p.id = next.id
  RETURNING p.id, p.kind, p.subject_id, p.wanted, p.reference, p.withdrawn
)
SELECT CASE WHEN message.id IS NOT NULL THEN 'message' WHEN card.id IS NOT NULL THEN 'card' END
         AS kind,
       coalesce(message.id, card.id, 0) AS id, coalesce(message.view, '{{}}') AS view,
       coalesce(next.expired, false) AS expired,
       coalesce(message.thread,
         (SELECT living.reference FROM posted_cards named JOIN posted_cards living
            ON living.conversation_id = named.conversation_id AND living.kind = named.kind
            AND living.subject_id = named.subject_id AND living.struck_at IS NULL
          WHERE named.id = message.thread_card_id)) AS thread,
       coalesce(card.wanted, 0) AS version, card.reference,
       coalesce(card.kind, '') AS card_kind, coalesce(card.subject_id, 0) AS subject_id,
       coalesce(card.withdrawn, false) AS withdrawn, held.yes AS held,
       next.unsettled_since, next.attempted_at
FROM held LEFT JOIN next ON held.yes LEFT JOIN message ON true LEFT JOIN card ON true
""")


async def take_next(
    db: AsyncConnection,
    lease: Lease,
    *,
    now: datetime,
    card_rest: float,
    sent: int | None = None,
    reference: str | None = None,
    more: bool = True,
) -> Taken | None:
    """Record that message `sent` arrived, renew the lease, take what is next and count the attempt.

    Cards go before messages of equal urgency, since messages stand in their threads. With nothing
    next, or without `more`, the conversation is let go. None: the lease is another's; stop.
    """
    values = {
        "conversation": lease.conversation_id,
        "owner": lease.owner,
        "lease": lease.seconds,
        "now": now,
        "card_rest": card_rest,
        "sent": sent,
        "reference": reference,
        "more": more,
    }
    row = (await db.execute(_TAKE, values)).mappings().first()
    return Taken(**cast("Mapping[str, Any]", row)) if row else None


async def raise_withdrawn(db: AsyncConnection) -> None:
    """Have withdrawn cards taken away that a bot of the version before has drawn again instead."""
    await db.execute(
        text(
            "UPDATE posted_cards SET wanted = wanted + 1 "
            "WHERE withdrawn AND struck_at IS NULL AND shown >= wanted"
        )
    )


async def release(db: AsyncConnection, owner_prefix: str) -> None:
    """Let go of all that owners whose names begin so hold."""
    await db.execute(
        text(
            "UPDATE conversations SET lease_owner = NULL, lease_until = NULL "
            "WHERE starts_with(lease_owner, :prefix)"
        ),
        {"prefix": owner_prefix},
    )
