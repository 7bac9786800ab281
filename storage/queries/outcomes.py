"""How a sending went: every statement begins from the lease, and lets go where the holder stops.

When another took the lease over, nothing is written: what is known then is the other's to find.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.delivery import SECONDS, Lease
from storage.queries.rates import RATES, emptied

_LEASE = SECONDS.format("lease")

_RENEWED = f"""
  UPDATE conversations
  SET lease_until = clock_timestamp() + {_LEASE}, failing_since = NULL, failures = 0
  WHERE id = :conversation AND lease_owner = :owner RETURNING id
"""

_SHOWN = text(f"""
WITH held AS ({_RENEWED})
UPDATE posted_cards SET shown = greatest(shown, CAST(:version AS bigint)),
       shown_at = clock_timestamp(), reference = coalesce(CAST(:reference AS text), reference),
       attempts = 0, failure = NULL, unsettled_since = NULL
FROM held WHERE posted_cards.id = :id
""")

_STRUCK = text(f"""
WITH held AS ({_RENEWED})
UPDATE posted_cards SET struck_at = CASE WHEN wanted = :version THEN clock_timestamp() END,
       unsettled_since = NULL
FROM held WHERE posted_cards.id = :id
""")

_POSTED_ANEW = text("""
INSERT INTO posted_cards (conversation_id, kind, subject_id)
SELECT conversation_id, kind, subject_id FROM posted_cards WHERE id = :id
ON CONFLICT (conversation_id, kind, subject_id) WHERE struck_at IS NULL
DO UPDATE SET wanted = posted_cards.wanted + 1
""")


async def card_shown(
    db: AsyncConnection, lease: Lease, card_id: int, *, version: int, reference: str | None
) -> bool:
    """Record that the card now shows `version`. False: the lease is another's."""
    return await _write(db, _SHOWN, lease, id=card_id, version=version, reference=reference)


async def card_struck(db: AsyncConnection, lease: Lease, card_id: int, *, version: int) -> bool:
    """Strike a card that has nothing to show, unless it was raised since `version`."""
    return await _write(db, _STRUCK, lease, id=card_id, version=version)


async def card_posted_anew(db: AsyncConnection, lease: Lease, card_id: int) -> bool:
    """Strike a card that can no longer be updated, and want a new one in its place."""
    struck = text(
        f"WITH held AS ({_RENEWED}) UPDATE posted_cards SET struck_at = clock_timestamp() "
        "FROM held WHERE posted_cards.id = :id"
    )
    if not await _write(db, struck, lease, id=card_id):
        return False
    await db.execute(_POSTED_ANEW, {"id": card_id})
    return True


_REFUSED_MESSAGE = text(f"""
WITH held AS (UPDATE conversations SET lease_until = clock_timestamp() + {_LEASE}
  WHERE id = :conversation AND lease_owner = :owner RETURNING id)
UPDATE messages SET state = 'failed', failure = :cause, unsettled_since = NULL
FROM held WHERE messages.id = :id
""")

_REFUSED_CARD = text(f"""
WITH held AS (UPDATE conversations SET lease_until = clock_timestamp() + {_LEASE}
  WHERE id = :conversation AND lease_owner = :owner RETURNING id)
UPDATE posted_cards SET given_up = CAST(:version AS bigint), failure = :cause,
       unsettled_since = NULL
FROM held WHERE posted_cards.id = :id
""")


async def message_refused(
    db: AsyncConnection, lease: Lease, message_id: int, *, cause: str
) -> bool:
    """The message will never arrive: it is failed. False: the lease is another's."""
    return await _write(db, _REFUSED_MESSAGE, lease, id=message_id, cause=cause)


async def card_refused(
    db: AsyncConnection, lease: Lease, card_id: int, *, version: int, cause: str
) -> bool:
    """This version of the card cannot be shown; the next one raised is tried."""
    return await _write(db, _REFUSED_CARD, lease, id=card_id, version=version, cause=cause)


_CLOSED = text("""
WITH held AS (
  UPDATE conversations
  SET closed_at = coalesce(closed_at, :now), lease_owner = NULL, lease_until = NULL
  WHERE id = :conversation AND lease_owner = :owner RETURNING id
), ordered AS (
  SELECT p.id FROM posted_cards p JOIN held ON held.id = p.conversation_id
  WHERE p.struck_at IS NULL ORDER BY p.kind, p.subject_id FOR NO KEY UPDATE OF p
), struck AS (
  UPDATE posted_cards SET struck_at = :now, failure = :cause
  FROM ordered WHERE posted_cards.id = ordered.id
)
UPDATE messages SET state = 'failed', failure = :cause, unsettled_since = NULL
FROM held WHERE messages.conversation_id = held.id AND messages.state = 'waiting'
""")


async def conversation_closed(
    db: AsyncConnection, lease: Lease, *, now: datetime, cause: str
) -> int:
    """Nothing can be said there any more: fail all that waits and let go. How many failed."""
    result = await db.execute(_CLOSED, _values(lease, now=now, cause=cause))
    return cast("CursorResult[Any]", result).rowcount


_FAILED = """
WITH held AS (
  UPDATE conversations
  SET failures = failures + 1, failing_since = coalesce(failing_since, clock_timestamp()),
      next_try_at = clock_timestamp() + CASE
        WHEN failing_since <= clock_timestamp() - {give_up} THEN {first}
        ELSE least({first} * power(2, least(failures, 20)), {longest}) END,
      lease_owner = NULL, lease_until = NULL
  WHERE id = :conversation AND lease_owner = :owner
  RETURNING failing_since <= clock_timestamp() - {give_up} AS given_up
)
""".format(
    give_up=SECONDS.format("give_up"),
    first=SECONDS.format("first"),
    longest=SECONDS.format("longest"),
)

_FAILED_MESSAGE = text(f"""{_FAILED}
UPDATE messages
SET failure = :cause, state = CASE WHEN given_up THEN 'failed' ELSE state END,
    unsettled_since = CASE WHEN CAST(:settled AS boolean) THEN NULL ELSE unsettled_since END
FROM held WHERE messages.id = :id RETURNING given_up
""")

_FAILED_CARD = text(f"""{_FAILED}
UPDATE posted_cards
SET failure = :cause,
    given_up = CASE WHEN held.given_up THEN CAST(:version AS bigint)
               ELSE posted_cards.given_up END,
    unsettled_since = CASE WHEN CAST(:settled AS boolean) THEN NULL ELSE unsettled_since END
FROM held WHERE posted_cards.id = :id RETURNING held.given_up
""")


@dataclass(frozen=True)
class Patience:
    """How long is waited, in seconds: after a first failure, at most, and till giving up."""

    first: float
    longest: float
    give_up: float


async def attempt_failed(
    db: AsyncConnection,
    lease: Lease,
    kind: Literal["message", "card"],
    item_id: int,
    *,
    version: int,
    cause: str,
    settled: bool,
    patience: Patience,
) -> bool | None:
    """Record a failed attempt, have the conversation wait, let go.

    `settled`: it surely did not arrive. True: it is given up, since the conversation has failed
    for longer than patience lasts. None: the lease is another's.
    """
    values = _values(
        lease,
        id=item_id,
        cause=cause,
        settled=settled,
        first=patience.first,
        longest=patience.longest,
        give_up=patience.give_up,
    )
    if kind == "card":
        values["version"] = version
    statement = _FAILED_MESSAGE if kind == "message" else _FAILED_CARD
    return (await db.execute(statement, values)).scalar()


_WAIT = """
WITH {rates}, held AS (
  UPDATE conversations
  SET lease_owner = NULL, lease_until = NULL,
      rates_full_at = {own},
      next_try_at = CASE WHEN CAST(:whole AS boolean) THEN next_try_at
                    ELSE clock_timestamp() + {seconds} END
  WHERE id = :conversation AND lease_owner = :owner RETURNING connection_id
), whole AS (
  UPDATE connections
  SET next_try_at = CASE WHEN NOT CAST(:whole AS boolean) THEN next_try_at
                    ELSE greatest(next_try_at, clock_timestamp() + {seconds}) END,
      rates_full_at = {shared}
  FROM held WHERE connections.id = held.connection_id
    AND (CAST(:whole AS boolean) OR CAST(:shared AS boolean))
)
UPDATE {table}
SET unsettled_since = CASE WHEN CAST(:settled AS boolean) THEN NULL ELSE unsettled_since END
FROM held WHERE {table}.id = :id
"""
_METHOD = "CAST(:method AS text)"
_WAITS = {
    kind: text(
        _WAIT.format(
            table=table,
            rates=RATES,
            seconds=SECONDS.format("seconds"),
            own=emptied("conversations.rates_full_at", "conversation", _METHOD),
            shared=emptied("connections.rates_full_at", "connection", _METHOD),
        )
    )
    for kind, table in (("message", "messages"), ("card", "posted_cards"))
}


async def wait(
    db: AsyncConnection,
    lease: Lease,
    kind: Literal["message", "card"],
    item_id: int,
    *,
    seconds: float,
    whole: bool,
    settled: bool,
    method: str = "",
    rates: str = "[]",
    shared: bool = False,
) -> bool:
    """Let go, and send nothing there (`whole`: through all of the connection) for `seconds`.

    The buckets of `method` among `rates` are emptied: of the conversation and, when `shared` or
    `whole`, of the connection. `settled` as for `attempt_failed`.
    """
    return await _write(
        db,
        _WAITS[kind],
        lease,
        id=item_id,
        seconds=seconds,
        whole=whole,
        settled=settled,
        method=method,
        rates=rates,
        shared=shared,
    )


def _values(lease: Lease, **values: Any) -> dict[str, Any]:
    return {
        "conversation": lease.conversation_id,
        "owner": lease.owner,
        "lease": lease.seconds,
        **values,
    }


async def _write(db: AsyncConnection, statement: TextClause, lease: Lease, **values: Any) -> bool:
    """Whether the statement, which begins from the lease, wrote anything."""
    result = await db.execute(statement, _values(lease, **values))
    return cast("CursorResult[Any]", result).rowcount > 0
