"""Whose turn it is: which conversation a bot may deliver to next.

Asked for every message or two, so that it begins from what waits in connections that may be sent
through, and passes over all that lies behind a closed or waiting one without reading it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.delivery import LEASE, READY
from storage.queries.rates import ENOUGH, METHODS, RATES, wait


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


_FREE = """
  c.closed_at IS NULL
  AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())
  AND (c.next_try_at IS NULL OR c.next_try_at <= clock_timestamp())
  AND (c.failing_since IS NULL OR {open}.failing)
"""

_FIRST = f"""
    SELECT {{columns}} FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.connection_id = {{open}}.id AND m.state = 'waiting'
      AND (m.due_at IS NULL OR m.due_at <= :now) AND {_FREE}
    ORDER BY m.urgency, m.id LIMIT 1
"""


def _waits(method: str) -> str:
    """How many seconds until the connection `k` has a token for the method."""
    of_it = "r.platform = k.platform"
    return wait("k.rates_full_at", "connection", f"'{method}'", "clock_timestamp()", of_it)


def _room(method: str) -> str:
    return f"k.rates_full_at IS NULL OR {_waits(method)} <= {ENOUGH} AS {method}"


_CLAIM = text(f"""
WITH {RATES}, open AS MATERIALIZED (
  SELECT k.id, k.platform, k.platform = ANY(CAST(:failing AS text[])) AS failing,
         {", ".join(map(_room, METHODS))}
  FROM connections k
  WHERE k.platform = ANY(CAST(:platforms AS text[])) AND k.closed_at IS NULL
    AND (k.next_try_at IS NULL OR k.next_try_at <= clock_timestamp())
), best AS (
  SELECT open.id, open.failing, m.urgency, m.id AS message
  FROM open
  CROSS JOIN LATERAL ({_FIRST.format(columns="m.urgency, m.id", open="open")}) m
  WHERE open.send
  ORDER BY m.urgency, m.id
), by_message AS (
  SELECT here.id, here.urgency, 1 AS rank
  FROM best
  CROSS JOIN LATERAL ({_FIRST.format(columns="c.id, m.urgency", open="best")}
    FOR NO KEY UPDATE OF c SKIP LOCKED) here
  LIMIT 1
), by_card AS (
  SELECT c.id, 5 AS urgency, 0 AS rank
  FROM posted_cards p
  JOIN conversations c ON c.id = p.conversation_id
  JOIN open ON open.id = c.connection_id
  WHERE {READY} AND {_FREE.format(open="open")}
    AND CASE WHEN p.withdrawn THEN open.remove WHEN p.reference IS NULL THEN open.send
        ELSE open.update END
  LIMIT 1
  FOR NO KEY UPDATE OF c SKIP LOCKED
), first AS (
  SELECT id FROM (SELECT * FROM by_message UNION ALL SELECT * FROM by_card) either
  ORDER BY urgency, rank LIMIT 1
)
UPDATE conversations c
SET lease_owner = :owner, lease_until = clock_timestamp() + {LEASE}
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
    rates: str = "[]",
) -> Claimed | None:
    """Take hold of the conversation of `platforms` whose turn it is, or None when none waits.

    On the platforms `failing`, also those whose attempts fail. A card is drawn at most once in
    `card_rest` seconds. `rates` (`as_json`): a connection that has no token is passed over. Commit
    before calling a platform.
    """
    values = {
        "owner": owner,
        "lease": lease_seconds,
        "platforms": list(platforms),
        "now": now,
        "failing": list(failing),
        "card_rest": card_rest,
        "rates": rates,
    }
    row = (await db.execute(_CLAIM, values)).mappings().first()
    return Claimed(**cast("Mapping[str, Any]", row)) if row else None


_ROOM_IN = text(f"""
WITH {RATES}
SELECT min(seconds) FROM connections k
CROSS JOIN LATERAL (VALUES {", ".join(f"({_waits(each)})" for each in METHODS)}) v(seconds)
WHERE k.platform = ANY(CAST(:platforms AS text[])) AND k.closed_at IS NULL
  AND k.rates_full_at IS NOT NULL AND seconds > {ENOUGH}
""")


async def room_in(db: AsyncConnection, platforms: Sequence[str], *, rates: str) -> float | None:
    """In how many seconds the first connection that has no token has one; None: all have."""
    values = {"platforms": list(platforms), "rates": rates}
    return (await db.execute(_ROOM_IN, values)).scalar()


async def need_not_last(db: AsyncConnection) -> None:
    """Have this transaction committed without waiting for the disk: what is claimed and lost in a
    crash is claimed again, and what is taken under a claim reaches the disk after it."""
    await db.execute(text("SET LOCAL synchronous_commit = off"))
