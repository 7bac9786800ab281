"""Questions about people: who somebody is on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

PERSON_COLUMNS = """
p.id, p.name, p.email, p.language, p.time_zone,
(SELECT array_agg(x.role) FROM roles x WHERE x.person_id = p.id
   AND x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)) AS roles,
(SELECT array_agg(o.kind) FROM post_holdings x JOIN posts o ON o.id = x.post_id
   WHERE x.person_id = p.id
   AND x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)) AS posts,
(SELECT array_agg(x.organisation_id) FROM employments x WHERE x.person_id = p.id
   AND x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)) AS employers,
(SELECT jsonb_agg(jsonb_build_object('id', b.id, 'kind', b.kind)) FROM memberships x
   JOIN bodies b ON b.id = x.body_id WHERE x.person_id = p.id
   AND x.starts_on <= :today AND (x.ends_on IS NULL OR x.ends_on > :today)) AS bodies
"""
"""A person `p` with what they are on the day `:today`; `bot.people.read_person` reads it."""

IS_ADMINISTRATOR = """
EXISTS (SELECT FROM roles r WHERE r.person_id = p.id AND r.role = 'administrator'
  AND r.starts_on <= :today AND (r.ends_on IS NULL OR r.ends_on > :today))
"""
"""That a person `p` is an administrator on the day `:today`."""

_ADMINISTRATORS = text(
    f"SELECT p.id, p.name, p.email FROM people p WHERE {IS_ADMINISTRATOR} ORDER BY p.name, p.id"
)
_BY_EMAIL = text(f"SELECT {PERSON_COLUMNS} FROM people p WHERE p.email = lower(:email)")
_SEARCHED = text("""
SELECT p.id, p.name, p.email, string_agg(o.name, ', ' ORDER BY o.name) AS organisation
FROM people p
JOIN employments e ON e.person_id = p.id AND e.starts_on <= :today
  AND (e.ends_on IS NULL OR e.ends_on > :today)
JOIN organisations o ON o.id = e.organisation_id
WHERE p.name || ', ' || o.name ILIKE :pattern OR p.email ILIKE :pattern
GROUP BY p.id ORDER BY p.name LIMIT :most
""")
_NAMED = text("SELECT id, name, email FROM people WHERE id = ANY(:ids)")
_USER_IDS = text("""
SELECT DISTINCT ON (person_id) person_id, user_id FROM accounts
WHERE platform = :platform AND tenant = :tenant AND person_id = ANY(:people)
  AND ended_at IS NULL
ORDER BY person_id, last_used_at DESC NULLS LAST, id
""")
_MAY_REPORT = text("""
SELECT DISTINCT p.id, p.name FROM people p
JOIN memberships m ON m.person_id = p.id AND m.body_id = :network
  AND m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today)
JOIN employments e ON e.person_id = p.id AND e.organisation_id = ANY(:organisations)
  AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on > :today)
ORDER BY p.name LIMIT 10
""")


@dataclass(frozen=True)
class Administrator:
    """Somebody who is an administrator."""

    id: int
    name: str
    email: str


async def administrators(db: AsyncConnection, today: date) -> list[Administrator]:
    """Everybody who is an administrator on `today`, by name."""
    found = await db.execute(_ADMINISTRATORS, {"today": today})
    return [Administrator(**row) for row in found.mappings()]


async def person_by_email(db: AsyncConnection, email: str, today: date) -> RowMapping | None:
    """The person with that address, as they are on `today`."""
    found = await db.execute(_BY_EMAIL, {"email": email, "today": today})
    return found.mappings().one_or_none()


async def people_matching(
    db: AsyncConnection, words: str, today: date, most: int = 20
) -> list[RowMapping]:
    """People employed today whose name with organisation, or address, holds `words`."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = await db.execute(_SEARCHED, {"pattern": f"%{escaped}%", "today": today, "most": most})
    return list(found.mappings())


async def people_named(db: AsyncConnection, ids: list[int]) -> dict[int, RowMapping]:
    """Names and addresses of people by their keys."""
    found = await db.execute(_NAMED, {"ids": ids})
    return {row["id"]: row for row in found.mappings()}


async def network_members_of(
    db: AsyncConnection, network: int, organisations: list[int], today: date
) -> list[str]:
    """Names of at most ten members of a network who are employed by one of `organisations`."""
    found = await db.execute(
        _MAY_REPORT, {"network": network, "organisations": organisations, "today": today}
    )
    return [row.name for row in found]


async def user_ids_of(
    db: AsyncConnection, *, platform: str, tenant: str, people: list[int]
) -> dict[int, str]:
    """Ids of the people's living accounts in one place of a platform, by the people's keys."""
    found = await db.execute(_USER_IDS, {"platform": platform, "tenant": tenant, "people": people})
    return {row.person_id: row.user_id for row in found}
