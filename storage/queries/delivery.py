"""The queue that delivery works through: what is next in a claimed conversation, and letting go.

Leases, rates, waiting and failing go by the database's own `clock_timestamp()`, so that processes
whose clocks differ agree. When something is due or too old is told by `now`. Every statement that
records what a holder did begins from the lease: when another took it over, nothing is written.

Rows are locked in one order: the conversation, its connection, then one card. Writers of cards
(outbox.py) lock no conversation against us, since all here is FOR NO KEY UPDATE.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models.delivery import BEHIND
from storage.queries.rates import ENOUGH, RATES, REMOVE, SEND, UPDATE, spent, wait


@dataclass(frozen=True)
class Lease:
    """Who holds a conversation; `owner` is unique for each time somebody takes one."""

    conversation_id: int
    owner: str
    seconds: float


@dataclass(frozen=True)
class Taken:
    """What is to be sent next. `kind` None: nothing more, and the conversation is let go; unless
    it is `held`: what was next was taken away in the same moment, and one is to look again.

    For a card: `version` is to be drawn, `reference` is where it stands; `withdrawn`: it is taken
    away instead. `attempts` counts this one. `unsettled_since` to `attempted_at`: earlier attempts
    began then, and it is not known how they ended. `wait`: let go since there is no token, and in
    how many seconds there is one.
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
    attempts: int
    held: bool
    unsettled_since: datetime | None
    attempted_at: datetime | None
    wait: float | None

    @property
    def method(self) -> str:
        """What is asked of the platform."""
        if self.kind == "message" or self.reference is None:
            return SEND
        return REMOVE if self.withdrawn else UPDATE


SECONDS = "make_interval(secs => CAST(:{} AS double precision))"
"""An interval of the seconds in the parameter named."""
LEASE = SECONDS.format("lease")
"""How long the conversation is held from now."""

READY = f"""{BEHIND}
  AND (shown_at IS NULL OR shown_at <= clock_timestamp() - {SECONDS.format("card_rest")})"""
"""A card that was drawn a moment ago rests: what changes meanwhile is one drawing more."""

_METHOD = f"""CASE WHEN reference IS NULL THEN '{SEND}' WHEN withdrawn THEN '{REMOVE}'
  ELSE '{UPDATE}' END"""

_CARDS = f"""
  SELECT 'card' AS kind, id, 5 AS urgency, 0 AS rank, unsettled_since, attempted_at,
         false AS expired, {_METHOD} AS method
  FROM posted_cards WHERE conversation_id = :conversation AND {READY}
"""
_MESSAGES = f"""
  SELECT 'message' AS kind, id, urgency, 1 AS rank, unsettled_since, attempted_at,
         coalesce(expires_at <= :now, false) AS expired, '{SEND}' AS method
  FROM messages
  WHERE conversation_id = :conversation AND state = 'waiting'
    AND id IS DISTINCT FROM CAST(:sent AS bigint) AND (due_at IS NULL OR due_at <= :now)
  ORDER BY urgency, id LIMIT 1
"""

_FREELY = f"""
next AS (
  SELECT *, NULL::double precision AS wait FROM (
    (SELECT * FROM ({_CARDS}) cards ORDER BY id LIMIT 1) UNION ALL ({_MESSAGES})
  ) either
  ORDER BY urgency, rank LIMIT 1
), goes_on AS (
  SELECT CAST(:more AS boolean) AND EXISTS (SELECT FROM next)
     AND (k.next_try_at IS NULL OR k.next_try_at <= clock_timestamp())
     AND c.closed_at IS NULL AND k.closed_at IS NULL AS yes, NULL::double precision AS wait
  FROM conversations c JOIN connections k ON k.id = c.connection_id WHERE c.id = :conversation
)"""
"""Where a platform has no rates: the next is taken as it comes."""

_BY_RATES = f"""
{RATES}, clock AS MATERIALIZED (SELECT clock_timestamp() AS now), own AS MATERIALIZED (
  SELECT c.connection_id, c.rates_full_at, c.next_try_at, c.closed_at FROM conversations c
  WHERE c.id = :conversation AND c.lease_owner = :owner FOR NO KEY UPDATE
), rooms AS MATERIALIZED (
  SELECT v.method,
         {wait("own.rates_full_at", "conversation", "v.method", "clock.now")} AS own_wait,
         {wait("k.rates_full_at", "connection", "v.method", "clock.now")} AS shared_wait,
         EXISTS (SELECT FROM rates r WHERE r.per = 'connection' AND v.method = ANY(r.methods))
           AS shared
  FROM clock, own JOIN connections k ON k.id = own.connection_id,
       (VALUES ('{SEND}'), ('{UPDATE}'), ('{REMOVE}')) v(method)
), waiting AS MATERIALIZED (
  SELECT either.*, rooms.own_wait, rooms.shared_wait, rooms.shared,
         NOT expired AND greatest(own_wait, shared_wait) > {ENOUGH} AS waits
  FROM (({_CARDS}) UNION ALL ({_MESSAGES})) either JOIN rooms USING (method)
), chosen AS MATERIALIZED (
  SELECT * FROM waiting ORDER BY waits, urgency, rank, id LIMIT 1
), locked AS MATERIALIZED (
  SELECT k.id, k.rates_full_at FROM chosen, own JOIN connections k ON k.id = own.connection_id
  WHERE chosen.shared AND NOT chosen.waits AND NOT chosen.expired FOR NO KEY UPDATE OF k
), judged AS MATERIALIZED (
  SELECT chosen.*, CASE WHEN chosen.waits
      THEN (SELECT min(greatest(own_wait, shared_wait)) FROM waiting)
      WHEN locked.id IS NULL THEN 0
      ELSE {wait("locked.rates_full_at", "connection", "chosen.method", "clock.now")} END AS wait
  FROM clock, chosen LEFT JOIN locked ON true
), next AS (
  SELECT * FROM judged WHERE wait <= {ENOUGH}
), goes_on AS (
  SELECT yes, judged.wait,
    CASE WHEN yes AND NOT judged.expired
      THEN {spent("own.rates_full_at", "conversation", "judged.method", "clock.now")}
      ELSE own.rates_full_at END AS rates_full_at,
    CASE WHEN NOT judged.waits THEN own.next_try_at
      ELSE greatest(own.next_try_at, clock.now + make_interval(secs =>
        (SELECT min(own_wait) FROM waiting WHERE own_wait > {ENOUGH}))) END AS next_try_at
  FROM clock, own JOIN connections k ON k.id = own.connection_id LEFT JOIN judged ON true
  CROSS JOIN LATERAL (SELECT CAST(:more AS boolean) AND EXISTS (SELECT FROM next)
     AND (k.next_try_at IS NULL OR k.next_try_at <= clock.now)
     AND own.closed_at IS NULL AND k.closed_at IS NULL AS yes) more
), spent AS (
  UPDATE connections k
  SET rates_full_at =
    {spent("locked.rates_full_at", "connection", "judged.method", "clock.now")}
  FROM clock, locked, judged, goes_on
  WHERE k.id = locked.id AND goes_on.yes
)"""
"""Where it has: what has no token is passed over for what has; with none, the conversation waits
for its own. What waits for a token of the connection is judged in the claim. The connection's row
is locked only when one of its tokens is to be taken, and its tokens counted anew then."""

_TAKE = f"""
WITH {{next}}, held AS (
  UPDATE conversations c
  SET lease_owner = CASE WHEN goes_on.yes THEN c.lease_owner END,
      lease_until = CASE WHEN goes_on.yes THEN clock_timestamp() + {LEASE} END,
      {{also}}
      failing_since = CASE WHEN CAST(:sent AS bigint) IS NULL THEN c.failing_since END,
      failures = CASE WHEN CAST(:sent AS bigint) IS NULL THEN c.failures ELSE 0 END
  FROM goes_on
  WHERE c.id = :conversation AND c.lease_owner = :owner
  RETURNING goes_on.yes, goes_on.wait
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
  RETURNING m.id, m.view, m.thread, m.thread_card_id, m.attempts
), card AS (
  UPDATE posted_cards p
  SET attempts = p.attempts + 1, attempted_at = clock_timestamp(),
      unsettled_since = coalesce(p.unsettled_since, clock_timestamp())
  FROM next, held
  WHERE held.yes AND next.kind = 'card' AND p.id = next.id
  RETURNING p.id, p.kind, p.subject_id, p.wanted, p.reference, p.withdrawn, p.attempts
)
SELECT CASE WHEN message.id IS NOT NULL THEN 'message' WHEN card.id IS NOT NULL THEN 'card' END
         AS kind,
       coalesce(message.id, card.id, 0) AS id, coalesce(message.view, '{{{{}}}}') AS view,
       coalesce(next.expired, false) AS expired,
       coalesce(message.thread,
         (SELECT living.reference FROM posted_cards named JOIN posted_cards living
            ON living.conversation_id = named.conversation_id AND living.kind = named.kind
            AND living.subject_id = named.subject_id AND living.struck_at IS NULL
          WHERE named.id = message.thread_card_id)) AS thread,
       coalesce(card.wanted, 0) AS version, card.reference,
       coalesce(card.kind, '') AS card_kind, coalesce(card.subject_id, 0) AS subject_id,
       coalesce(card.withdrawn, false) AS withdrawn,
       coalesce(message.attempts, card.attempts, 0) AS attempts, held.yes AS held,
       next.unsettled_since, next.attempted_at, CASE WHEN held.wait > {ENOUGH} THEN held.wait END
         AS wait
FROM held LEFT JOIN next ON held.yes LEFT JOIN message ON true LEFT JOIN card ON true
"""

_TAKE_FREELY = text(_TAKE.format(next=_FREELY, also=""))
_TAKE_BY_RATES = text(
    _TAKE.format(
        next=_BY_RATES,
        also="next_try_at = goes_on.next_try_at, rates_full_at = goes_on.rates_full_at,",
    )
)


async def take_next(
    db: AsyncConnection,
    lease: Lease,
    *,
    now: datetime,
    card_rest: float,
    sent: int | None = None,
    reference: str | None = None,
    more: bool = True,
    rates: str | None = None,
) -> Taken | None:
    """Record that message `sent` arrived, renew the lease, take what is next and count the attempt.

    Cards go before messages of equal urgency, since messages stand in their threads. With nothing
    next, or without `more`, the conversation is let go. `rates` (`as_json`): a token is taken with
    it, and only what has one is taken. None: the lease is another's; stop.
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
    statement: TextClause = _TAKE_FREELY
    if rates is not None:
        statement, values["rates"] = _TAKE_BY_RATES, rates
    row = (await db.execute(statement, values)).mappings().first()
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
