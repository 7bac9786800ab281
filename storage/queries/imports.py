"""Reading and writing plan, directory and calendar, for imports."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

_LOCK = 7_260_146
"""The advisory lock that lets one import work at a time."""


async def one_import_at_a_time(db: AsyncConnection) -> None:
    """Wait for any other import; held to the end of the transaction."""
    await db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


async def is_demo(db: AsyncConnection) -> bool:
    """Whether the database carries the demo mark."""
    return bool(await db.scalar(text("SELECT EXISTS (SELECT FROM marks WHERE name = 'demo')")))


async def is_empty(db: AsyncConnection) -> bool:
    """Whether nothing has been imported: no people and no activities."""
    return not await db.scalar(
        text("SELECT EXISTS (SELECT FROM people) OR EXISTS (SELECT FROM activities)")
    )


async def organisations(db: AsyncConnection) -> Sequence[RowMapping]:
    """Every organisation that has not ended, with its latest population."""
    found = await db.execute(
        text("""
        SELECT o.id, o.kind, o.name, o.code, p.inhabitants, p.counted_on
        FROM organisations o LEFT JOIN LATERAL (SELECT * FROM populations
          WHERE organisation_id = o.id ORDER BY counted_on DESC LIMIT 1) p ON true
        WHERE o.ended_on IS NULL ORDER BY o.id
        """)
    )
    return found.mappings().all()


async def write(db: AsyncConnection, statement: str, **values: Any) -> int:
    """Run a named-parameter statement; its RETURNING id, or 0."""
    typed = [bindparam(n, type_=JSONB) for n, value in values.items() if isinstance(value, dict)]
    result = await db.execute(text(statement).bindparams(*typed), values)
    return int(result.scalar_one_or_none() or 0) if result.returns_rows else 0


async def audit(
    db: AsyncConnection,
    lines: Sequence[tuple[str, str, int, Sequence[str]]],
    *,
    at: datetime,
    actor: str,
) -> None:
    """Audit lines (action, thing, its key, fields) of an import."""
    if lines:
        await db.execute(
            text("""
            INSERT INTO audit_lines (at, actor, action, thing, thing_id, fields, source)
            VALUES (:at, :actor, :action, :thing, :thing_id, :fields, 'import')
            """),
            [
                {
                    "at": at,
                    "actor": actor,
                    "action": action,
                    "thing": thing,
                    "thing_id": thing_id,
                    "fields": list(fields),
                }
                for action, thing, thing_id, fields in lines
            ],
        )


async def directory(db: AsyncConnection) -> dict[str, RowMapping]:
    """Everybody in the directory by address, with what they are and have open now."""
    found = await db.execute(
        text("""
        SELECT p.id, p.name, p.email,
          coalesce((SELECT array_agg(organisation_id) FROM employments
            WHERE person_id = p.id AND ends_on IS NULL), '{}') AS employers,
          coalesce((SELECT array_agg(role) FROM roles
            WHERE person_id = p.id AND ends_on IS NULL), '{}') AS roles,
          coalesce((SELECT array_agg(h.post_id) FROM post_holdings h
            WHERE h.person_id = p.id AND h.ends_on IS NULL AND NOT h.acting), '{}') AS posts,
          coalesce((SELECT array_agg(body_id) FROM memberships
            WHERE person_id = p.id AND ends_on IS NULL), '{}') AS bodies,
          coalesce((SELECT array_agg(organisation_id) FROM mandates WHERE person_id = p.id
            AND kind = 'co_financing' AND ends_on IS NULL), '{}') AS mandates
        FROM people p ORDER BY p.id
        """)
    )
    return {row["email"]: row for row in found.mappings()}


async def bodies(db: AsyncConnection) -> Sequence[RowMapping]:
    """Every body."""
    found = await db.execute(text("SELECT id, kind, name FROM bodies ORDER BY id"))
    return found.mappings().all()


async def posts(db: AsyncConnection) -> dict[str, int]:
    """The posts' keys by kind."""
    found = await db.execute(text("SELECT kind, id FROM posts"))
    return {row.kind: row.id for row in found}


async def directions(db: AsyncConnection) -> dict[tuple[str, str], int]:
    """The directions' keys by focus area and name, in small letters."""
    found = await db.execute(
        text(
            "SELECT d.id, lower(f.name) AS area, lower(d.name) AS name FROM directions d "
            "JOIN focus_areas f ON f.id = d.focus_area_id"
        )
    )
    return {(row.area, row.name): row.id for row in found}


async def focus_areas(db: AsyncConnection) -> dict[str, int]:
    """The focus areas' keys by name, in small letters."""
    found = await db.execute(text("SELECT id, lower(name) AS name FROM focus_areas"))
    return {row.name: row.id for row in found}


async def plan_version(db: AsyncConnection, year: int | None) -> tuple[int | None, int | None]:
    """The year's draft (any year's when None), and the latest adopted version, by key."""
    draft = await db.scalar(
        text(
            "SELECT id FROM plan_versions WHERE adopted_on IS NULL "
            "AND (CAST(:year AS bigint) IS NULL OR year = :year) ORDER BY year DESC LIMIT 1"
        ),
        {"year": year},
    )
    adopted = await db.scalar(
        text(
            "SELECT id FROM plan_versions WHERE adopted_on IS NOT NULL "
            "ORDER BY adopted_on DESC, id DESC LIMIT 1"
        )
    )
    return draft, adopted


async def values_in(db: AsyncConnection, version: int) -> dict[str, RowMapping]:
    """What a plan version says, by activity code."""
    found = await db.execute(
        text("""
        SELECT v.id, v.activity_id, a.code, v.title, coalesce(v.description, '') AS description,
          f.name AS area, d.name AS direction, p.email AS responsible, o.name AS coordinator,
          coalesce(n.name, '') AS network, v.starts_on, v.ends_on, v.ended_on, v.budget, v.imported,
          coalesce((SELECT jsonb_agg(x.name ORDER BY x.name) FROM participations t
            JOIN organisations x ON x.id = t.organisation_id
            WHERE t.activity_values_id = v.id), '[]') AS participants,
          coalesce((SELECT jsonb_agg(jsonb_build_object('source', l.source, 'kind', l.kind,
            'amount', l.amount, 'state', l.state) ORDER BY l.id) FROM funding_lines l
            WHERE l.activity_values_id = v.id), '[]') AS funding,
          coalesce((SELECT jsonb_object_agg(m.title, q.due_on) FROM planned_milestones q
            JOIN milestones m ON m.id = q.milestone_id
            WHERE q.activity_values_id = v.id), '{}') AS milestones
        FROM activity_values v
        JOIN activities a ON a.id = v.activity_id
        JOIN directions d ON d.id = v.direction_id
        JOIN focus_areas f ON f.id = d.focus_area_id
        JOIN people p ON p.id = v.responsible_id
        JOIN organisations o ON o.id = v.coordinator_id
        LEFT JOIN bodies n ON n.id = v.network_id
        WHERE v.plan_version_id = :version ORDER BY a.code
        """),
        {"version": version},
    )
    return {row["code"]: row for row in found.mappings()}


async def copy_version(db: AsyncConnection, source: int, target: int) -> None:
    """Let a new draft begin as the adopted version stands, milestones moved in chat included."""
    for statement in _COPY:
        await db.execute(text(statement), {"source": source, "target": target})


_PAIRED = """
  SELECT o.id AS old, n.id AS new FROM activity_values o
  JOIN activity_values n ON n.activity_id = o.activity_id AND n.plan_version_id = :target
  WHERE o.plan_version_id = :source
"""
_COPY = (
    """
    INSERT INTO activity_values (plan_version_id, activity_id, direction_id, title, description,
      responsible_id, coordinator_id, network_id, starts_on, ends_on, budget, ended_on, imported)
    SELECT :target, activity_id, direction_id, title, description, responsible_id, coordinator_id,
      network_id, starts_on, ends_on, budget, ended_on, imported
    FROM activity_values WHERE plan_version_id = :source ORDER BY id
    """,
    f"""
    INSERT INTO participations SELECT p.new, t.organisation_id FROM ({_PAIRED}) p
    JOIN participations t ON t.activity_values_id = p.old
    """,
    f"""
    INSERT INTO funding_lines (activity_values_id, source, kind, amount, state, organisation_id)
    SELECT p.new, l.source, l.kind, l.amount, l.state, l.organisation_id FROM ({_PAIRED}) p
    JOIN funding_lines l ON l.activity_values_id = p.old ORDER BY l.id
    """,
    f"""
    INSERT INTO planned_milestones (activity_values_id, milestone_id, due_on, responsible_id)
    SELECT p.new, m.milestone_id, m.due_on, m.responsible_id FROM ({_PAIRED}) p
    JOIN planned_milestones m ON m.activity_values_id = p.old
    """,
)


async def write_values(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Write what a version says of an activity, money and milestones apart; its key."""
    statement = """
    INSERT INTO activity_values (plan_version_id, activity_id, direction_id, title, description,
      responsible_id, coordinator_id, network_id, starts_on, ends_on, budget, ended_on, imported)
    VALUES (:plan_version_id, :activity_id, :direction_id, :title, :description, :responsible_id,
      :coordinator_id, :network_id, :starts_on, :ends_on, :budget, NULL, :imported)
    ON CONFLICT (plan_version_id, activity_id) DO UPDATE SET direction_id = :direction_id,
      title = :title, description = :description, responsible_id = :responsible_id,
      coordinator_id = :coordinator_id, network_id = :network_id, starts_on = :starts_on,
      ends_on = :ends_on, budget = :budget, ended_on = NULL, imported = :imported
    RETURNING id
    """
    return await write(db, statement, **values)


async def write_participants(db: AsyncConnection, key: int, ids: Sequence[int]) -> None:
    """Let exactly these organisations take part."""
    await db.execute(
        text("DELETE FROM participations WHERE activity_values_id = :key"), {"key": key}
    )
    await db.execute(
        text("INSERT INTO participations SELECT :key, unnest(CAST(:ids AS bigint[]))"),
        {"key": key, "ids": list(ids)},
    )


async def write_funding(db: AsyncConnection, key: int, lines: Sequence[Mapping[str, Any]]) -> None:
    """Let the activity have exactly these funding lines."""
    await db.execute(
        text("DELETE FROM funding_lines WHERE activity_values_id = :key"), {"key": key}
    )
    for line in lines:
        await db.execute(
            text(
                "INSERT INTO funding_lines (activity_values_id, source, kind, amount, state) "
                "VALUES (:key, :source, :kind, :amount, :state)"
            ),
            {"key": key, **line},
        )


async def write_milestones(
    db: AsyncConnection, key: int, activity_id: int, due: Mapping[str, date]
) -> None:
    """Let the version have exactly these milestones; one keeps its history by its title."""
    await db.execute(
        text("""
        DELETE FROM planned_milestones WHERE activity_values_id = :key AND milestone_id IN (
          SELECT id FROM milestones WHERE activity_id = :activity_id AND title <> ALL(:titles))
        """),
        {"key": key, "activity_id": activity_id, "titles": list(due)},
    )
    for title, day in due.items():
        await db.execute(
            text("""
            WITH made AS (
              INSERT INTO milestones (activity_id, title) VALUES (:activity_id, :title)
              ON CONFLICT (activity_id, title) DO UPDATE SET title = excluded.title RETURNING id)
            INSERT INTO planned_milestones (activity_values_id, milestone_id, due_on)
            SELECT :key, id, :day FROM made
            ON CONFLICT (activity_values_id, milestone_id) DO UPDATE SET due_on = :day
            """),
            {"key": key, "activity_id": activity_id, "title": title, "day": day},
        )


async def meetings_of(db: AsyncConnection, years: Sequence[int]) -> Sequence[RowMapping]:
    """Every meeting held in those years."""
    found = await db.execute(
        text("SELECT * FROM meetings WHERE extract(year FROM held_on) = ANY(:years) ORDER BY id"),
        {"years": list(years)},
    )
    return found.mappings().all()
