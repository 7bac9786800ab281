"""Whom an assignment can be asked of or handed to, and whose time their work is."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_ON = "x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)"
_MEMBERS = text(f"""
SELECT DISTINCT p.id, p.name, p.email FROM people p
JOIN memberships x ON x.person_id = p.id AND x.body_id = :network AND {_ON}
ORDER BY p.name, p.id
""")
_EMPLOYER = text(f"""
SELECT o.id FROM employments x JOIN organisations o ON o.id = x.organisation_id
WHERE x.person_id = :person AND {_ON}
ORDER BY (o.kind = 'municipality') DESC, o.id LIMIT 1
""")
_EMPLOYED_BY = text(
    "SELECT EXISTS (SELECT FROM employments x WHERE x.person_id = :person "
    f"AND x.organisation_id = :organisation AND {_ON})"
)
_COLLEAGUES = text(f"""
SELECT EXISTS (SELECT FROM employments x JOIN employments y
    ON y.organisation_id = x.organisation_id AND y.person_id = :other
      AND y.starts_on <= :today AND (y.ends_on IS NULL OR y.ends_on > :today)
    WHERE x.person_id = :person AND {_ON})
  OR EXISTS (SELECT FROM memberships x
    WHERE x.body_id = :network AND x.person_id = :other AND {_ON})
""")
_OF_MEMBERS = text(f"""
SELECT DISTINCT o.id FROM memberships m
JOIN employments x ON x.person_id = m.person_id AND {_ON}
JOIN organisations o ON o.id = x.organisation_id AND o.kind = 'municipality'
WHERE m.body_id = :network AND m.starts_on <= :today
  AND (m.ends_on IS NULL OR m.ends_on > :today)
ORDER BY o.id
""")

_OUT_OF_SIGHT = text("""
SELECT DISTINCT m.person_id FROM memberships m
JOIN accounts a ON a.person_id = m.person_id AND a.platform <> 'web' AND a.ended_at IS NULL
WHERE m.body_id = :network AND m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today)
  AND NOT EXISTS (SELECT FROM accounts x
    JOIN connections k ON k.platform = x.platform AND k.tenant = x.tenant
    JOIN conversations v ON v.connection_id = k.id AND v.closed_at IS NULL
    JOIN channel_bindings c ON c.conversation_id = v.id AND c.body_id = :network
    WHERE x.person_id = m.person_id AND x.platform <> 'web' AND x.ended_at IS NULL)
ORDER BY m.person_id
""")


async def members_out_of_sight(db: AsyncConnection, network: int, today: date) -> list[int]:
    """Members who work in a chat where the network has no channel, whichever they use of them."""
    found = await db.execute(_OUT_OF_SIGHT, {"network": network, "today": today})
    return [row.person_id for row in found]


async def members_of_network(
    db: AsyncConnection, network: int, today: date
) -> Sequence[RowMapping]:
    """The network's members on the day, by name."""
    return (await db.execute(_MEMBERS, {"network": network, "today": today})).mappings().all()


async def employer_of(db: AsyncConnection, person: int, today: date) -> int | None:
    """Whose time the person's work is: their municipality's, else another employer's."""
    found: int | None = await db.scalar(_EMPLOYER, {"person": person, "today": today})
    return found


async def is_employed_by(db: AsyncConnection, person: int, organisation: int, today: date) -> bool:
    """Whether the person is employed by the organisation on the day."""
    values = {"person": person, "organisation": organisation, "today": today}
    return bool(await db.scalar(_EMPLOYED_BY, values))


async def are_colleagues(
    db: AsyncConnection, person: int, other: int, network: int | None, today: date
) -> bool:
    """Whether the other has an employer in common with the person, or is of the network."""
    values = {"person": person, "other": other, "network": network, "today": today}
    return bool(await db.scalar(_COLLEAGUES, values))


async def municipalities_of_members(db: AsyncConnection, network: int, today: date) -> list[int]:
    """The municipalities that employ members of the network."""
    found = await db.execute(_OF_MEMBERS, {"network": network, "today": today})
    return [row.id for row in found]
