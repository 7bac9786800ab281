"""What a check of the set-up asks: organisations, their addresses, and channels that are bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.queries.accounts import EMPLOYED

_UNKNOWN = text("""
SELECT wanted.name FROM unnest(CAST(:names AS text[])) WITH ORDINALITY AS wanted (name, place)
WHERE NOT EXISTS (SELECT FROM organisations o WHERE lower(o.name) = lower(wanted.name))
ORDER BY wanted.place
""")
_ADDRESSES = text(f"""
SELECT count(*) FROM people p
JOIN employments e ON e.person_id = p.id AND {EMPLOYED}
JOIN organisations o ON o.id = e.organisation_id
WHERE lower(o.name) = ANY(CAST(:names AS text[]))
  AND split_part(lower(p.email), '@', 2) = ANY(CAST(:domains AS text[]))
""")
_BOUND = text("""
SELECT DISTINCT k.tenant, c.address, c.name,
  c.closed_at IS NOT NULL OR k.closed_at IS NOT NULL AS gone
FROM channel_bindings b
JOIN conversations c ON c.id = b.conversation_id
JOIN connections k ON k.id = c.connection_id
WHERE k.platform = :platform ORDER BY k.tenant, c.name
""")


@dataclass(frozen=True)
class BoundChannel:
    """A channel that is bound: where it is, and what it was called last.

    `gone`: as far as the bot knows nothing can be said in it any more.
    """

    tenant: str
    address: str
    name: str
    gone: bool


async def unknown_organisations(db: AsyncConnection, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the names that no organisation in the directory has."""
    return tuple((await db.scalars(_UNKNOWN, {"names": list(names)})).all())


async def people_with_addresses(
    db: AsyncConnection, organisations: Sequence[str], domains: Sequence[str], today: date
) -> int:
    """How many who work in one of the organisations today have an address in one of the domains."""
    names = [name.lower() for name in organisations]
    values = {"names": names, "domains": list(domains), "today": today}
    return int(await db.scalar(_ADDRESSES, values) or 0)


async def bound_channels(db: AsyncConnection, platform: str) -> tuple[BoundChannel, ...]:
    """Every channel of the platform that is bound to a body or a post."""
    rows = await db.execute(_BOUND, {"platform": platform})
    return tuple(BoundChannel(row.tenant, row.address, row.name, row.gone) for row in rows)
