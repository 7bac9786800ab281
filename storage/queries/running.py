"""How it goes: what is sent by day, who is not reached, who answers. Every period has an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True)
class SentOn:
    """How many messages were sent through a platform on a day in Sweden."""

    day: date
    platform: str
    messages: int


_SENT = text("""
SELECT (s.sent_at AT TIME ZONE 'Europe/Stockholm')::date AS day, k.platform, count(*) AS messages
FROM messages s JOIN connections k ON k.id = s.connection_id
WHERE s.state = 'sent' AND s.sent_at >= :since GROUP BY 1, 2 ORDER BY 1, 2
""")


async def sent_by_day(db: AsyncConnection, since: datetime) -> list[SentOn]:
    """Days on which anything was sent."""
    rows = (await db.execute(_SENT, {"since": since})).mappings()
    return [SentOn(**cast("Mapping[str, Any]", row)) for row in rows]


@dataclass(frozen=True)
class Unreachable:
    """Somebody who has a part in the work and to whom nothing can be said."""

    name: str
    organisations: tuple[str, ...]


_UNREACHABLE = text("""
SELECT p.name, array_agg(DISTINCT o.name ORDER BY o.name) AS organisations,
  count(*) OVER () AS total
FROM people p
JOIN employments e ON e.person_id = p.id AND e.starts_on <= :today
  AND (e.ends_on IS NULL OR e.ends_on > :today)
JOIN organisations o ON o.id = e.organisation_id
WHERE (p.id = ANY(CAST(:responsible AS bigint[])) OR EXISTS (
    SELECT FROM memberships m WHERE m.person_id = p.id AND m.starts_on <= :today
      AND (m.ends_on IS NULL OR m.ends_on > :today)))
  AND NOT EXISTS (
    SELECT FROM conversations c JOIN connections k ON k.id = c.connection_id
    WHERE c.person_id = p.id AND c.closed_at IS NULL AND k.closed_at IS NULL)
GROUP BY p.id ORDER BY p.name, p.id LIMIT :most
""")


async def unreachable(
    db: AsyncConnection, today: date, responsible: Sequence[int], *, most: int
) -> tuple[list[Unreachable], int]:
    """Employed people with a seat, or `responsible` for an activity, who have no open chat; and
    how many they are in all."""
    values = {"today": today, "responsible": list(responsible), "most": most}
    rows = (await db.execute(_UNREACHABLE, values)).mappings().all()
    people = [Unreachable(row["name"], tuple(row["organisations"])) for row in rows]
    return people, rows[0]["total"] if rows else 0


@dataclass(frozen=True)
class Answers:
    """What came of reminders of one kind: how many things they were about since a day, how many of
    those were answered, and of these how many within a day and a week. `median`: days."""

    kind: str
    asked: int
    answered: int
    in_a_day: int
    in_a_week: int
    median: float | None


_THINGS = """
  SELECT t.person_id, t.thing, min(r.made_at) AS asked_at,
    min(t.answered_at) FILTER (WHERE t.answer <> 'lapsed') AS answered_at
  FROM reminders r JOIN reminder_things t ON t.reminder_id = r.id
  WHERE r.day >= :since GROUP BY t.person_id, t.thing
"""
_ANSWERS = text(f"""
SELECT split_part(thing, ':', 1) AS kind, count(*) AS asked, count(answered_at) AS answered,
  count(*) FILTER (WHERE answered_at < asked_at + interval '1 day') AS in_a_day,
  count(*) FILTER (WHERE answered_at < asked_at + interval '7 days') AS in_a_week,
  percentile_cont(0.5) WITHIN GROUP (
    ORDER BY extract(epoch FROM answered_at - asked_at)::double precision / 86400
  ) FILTER (WHERE answered_at IS NOT NULL) AS median
FROM ({_THINGS}) things GROUP BY 1 ORDER BY 2 DESC, 1
""")


async def answers_after_reminders(db: AsyncConnection, since: date) -> list[Answers]:
    """By kind of thing, the most frequent first; a thing counts once, however often reminded of."""
    rows = (await db.execute(_ANSWERS, {"since": since})).mappings()
    return [Answers(**cast("Mapping[str, Any]", row)) for row in rows]


@dataclass(frozen=True)
class Report:
    """When an activity was reported and what its status was then."""

    activity_id: int
    reported_at: datetime
    status: str


_REPORTS = text("""
SELECT a.id AS activity_id, r.reported_at, r.status
FROM unnest(CAST(:activities AS bigint[])) a(id)
CROSS JOIN LATERAL (
  (SELECT reported_at, status FROM status_reports
    WHERE activity_id = a.id AND reported_at < :since
    ORDER BY reported_at DESC, id DESC LIMIT 1)
  UNION ALL
  (SELECT reported_at, status FROM status_reports
    WHERE activity_id = a.id AND reported_at >= :since)
) r
ORDER BY a.id, r.reported_at
""")


async def reports_since(
    db: AsyncConnection, activities: Sequence[int], since: datetime
) -> list[Report]:
    """Their reports since then and the last one before, the oldest first."""
    values = {"activities": list(activities), "since": since}
    rows = (await db.execute(_REPORTS, values)).mappings()
    return [Report(**cast("Mapping[str, Any]", row)) for row in rows]


@dataclass(frozen=True)
class OfNetwork:
    """How a network's members answer: things they were reminded of, and polls they were asked."""

    body_id: int
    members: int
    reminded: int
    answered: int
    asked: int
    voted: int


_NETWORKS = text(f"""
WITH members AS (
  SELECT m.body_id, m.person_id FROM memberships m JOIN bodies b ON b.id = m.body_id
  WHERE b.kind = 'network' AND m.starts_on <= :today AND (m.ends_on IS NULL OR m.ends_on > :today)
), things AS (
  SELECT person_id, count(*) AS reminded, count(answered_at) AS answered
  FROM ({_THINGS}) each GROUP BY person_id
), polls_asked AS (
  SELECT p.body_id, count(*) AS asked, count(*) FILTER (WHERE v.voted) AS voted
  FROM polls p JOIN poll_voters v ON v.poll_id = p.id AND v.takes_part
  WHERE p.opens_at >= :since AND p.opens_at <= :now AND p.voters = 'person'
    AND p.state IN ('open', 'closed')
  GROUP BY p.body_id
)
SELECT b.id AS body_id, count(members.person_id) AS members,
  coalesce(sum(things.reminded), 0)::bigint AS reminded,
  coalesce(sum(things.answered), 0)::bigint AS answered,
  coalesce(max(polls_asked.asked), 0)::bigint AS asked,
  coalesce(max(polls_asked.voted), 0)::bigint AS voted
FROM bodies b
LEFT JOIN members ON members.body_id = b.id
LEFT JOIN things ON things.person_id = members.person_id
LEFT JOIN polls_asked ON polls_asked.body_id = b.id
WHERE b.kind = 'network' GROUP BY b.id ORDER BY b.name
""")


async def answers_of_networks(
    db: AsyncConnection, since: date, now: datetime, today: date
) -> list[OfNetwork]:
    """Every network. In polls among people of a network, those who were asked then."""
    values = {"since": since, "now": now, "today": today}
    rows = (await db.execute(_NETWORKS, values)).mappings()
    return [OfNetwork(**cast("Mapping[str, Any]", row)) for row in rows]
