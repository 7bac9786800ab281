"""What digests are made of, as it was at a cut-off, and digests as they were sent.

What an activity said is looked up by the index on (activity, time), never by reading reports, so
that a long history costs nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Digest


def _latest(columns: str, at: str) -> str:
    """SQL for the report that stood latest at the moment `at`, not yet corrected by then."""
    return f"""
  SELECT {columns} FROM status_reports r
  WHERE r.activity_id = a.id AND r.reported_at <= {at} AND NOT EXISTS (
    SELECT FROM status_reports x WHERE x.replaces_id = r.id AND x.reported_at <= {at})
  ORDER BY r.reported_at DESC, r.id DESC LIMIT 1"""


_STANDING = text(f"""
SELECT a.id AS activity_id, now.*, p.name AS person_name,
       before.id AS before_id, before.status AS before_status
FROM unnest(CAST(:activity_ids AS bigint[])) AS a(id)
CROSS JOIN LATERAL ({
    _latest(
        "r.id, r.person_id, r.status, r.situation, r.decision_from, r.decision, r.deviation, "
        "r.measure, r.next_step, r.reported_at",
        ":cut_off",
    )
}) now
JOIN people p ON p.id = now.person_id
LEFT JOIN LATERAL ({_latest("r.id, r.status", ":covers_from")}) before ON true
""")

_STATUS_AT = text(f"""
SELECT a.id AS activity_id, ARRAY(
  SELECT ({_latest("r.status", "t.at")})
  FROM unnest(:moments) WITH ORDINALITY AS t(at, n) ORDER BY t.n) AS statuses
FROM unnest(CAST(:activity_ids AS bigint[])) AS a(id)
""").bindparams(bindparam("moments", type_=ARRAY(TIMESTAMP(timezone=True))))

_CORRECTIONS = text("""
SELECT r.activity_id, r.status, r.reported_at, r.person_id, p.name AS person_name,
       old.status AS old_status, old.reported_at AS old_reported_at
FROM status_reports r
JOIN status_reports old ON old.id = r.replaces_id
JOIN people p ON p.id = r.person_id
WHERE r.replaces_id IS NOT NULL AND r.reported_at > :covers_from AND r.reported_at <= :cut_off
ORDER BY r.reported_at, r.id
""")

_MILESTONES = text("""
SELECT m.id, coalesce(moved.moved_from, m.due_on) AS due_on, coalesce(state.reached, false)
         AS reached
FROM unnest(CAST(:milestone_ids AS bigint[]), CAST(:due_on AS date[])) AS m(id, due_on)
LEFT JOIN LATERAL (
  SELECT c.kind = 'reached' AS reached FROM milestone_changes c
  WHERE c.milestone_id = m.id AND c.kind <> 'moved' AND c.changed_at <= :cut_off
  ORDER BY c.id DESC LIMIT 1) state ON true
LEFT JOIN LATERAL (
  SELECT c.moved_from FROM milestone_changes c
  WHERE c.milestone_id = m.id AND c.kind = 'moved' AND c.changed_at > :cut_off
  ORDER BY c.id LIMIT 1) moved ON true
""")

_REMINDED = text("""
SELECT t.thing, count(DISTINCT r.day) AS times
FROM unnest(CAST(:things AS text[]), CAST(:since AS date[])) AS late(thing, since)
JOIN reminder_things t ON t.thing = late.thing
JOIN reminders r ON r.id = t.reminder_id AND r.day >= late.since AND r.made_at <= :cut_off
GROUP BY t.thing
""")


async def standing_at(
    db: AsyncConnection, activity_ids: Sequence[int], covers_from: datetime, cut_off: datetime
) -> Sequence[RowMapping]:
    """The report that stood at the cut-off for each activity that had one, and the one before.

    `before_*` is what stood at `covers_from`.
    """
    found = await db.execute(
        _STANDING,
        {"activity_ids": list(activity_ids), "covers_from": covers_from, "cut_off": cut_off},
    )
    return found.mappings().all()


async def status_at(
    db: AsyncConnection, activity_ids: Sequence[int], moments: Sequence[datetime]
) -> dict[int, Sequence[str | None]]:
    """Each activity's status at each of the moments; None where nothing was reported yet."""
    found = await db.execute(
        _STATUS_AT, {"activity_ids": list(activity_ids), "moments": list(moments)}
    )
    return {row.activity_id: row.statuses for row in found}


async def corrections_between(
    db: AsyncConnection, covers_from: datetime, cut_off: datetime
) -> Sequence[RowMapping]:
    """Corrections made after `covers_from` and up to the cut-off, each with what it replaced."""
    found = await db.execute(_CORRECTIONS, {"covers_from": covers_from, "cut_off": cut_off})
    return found.mappings().all()


async def milestones_at(
    db: AsyncConnection, planned: Mapping[int, Any], cut_off: datetime
) -> Sequence[RowMapping]:
    """Date and whether reached, as they were at the cut-off; `planned`: key to date now."""
    found = await db.execute(
        _MILESTONES,
        {
            "milestone_ids": list(planned),
            "due_on": list(planned.values()),
            "cut_off": cut_off,
        },
    )
    return found.mappings().all()


async def times_reminded(
    db: AsyncConnection, things: Mapping[str, date], cut_off: datetime
) -> dict[str, int]:
    """On how many days people were reminded of each thing, from its day to the cut-off."""
    values = {"things": list(things), "since": list(things.values()), "cut_off": cut_off}
    return {row.thing: row.times for row in await db.execute(_REMINDED, values)}


async def last_digest(db: AsyncConnection, audience: str, before: datetime) -> RowMapping | None:
    """The audience's latest digest with a cut-off before `before`."""
    found = await db.execute(
        select(Digest.period, Digest.covers_to, Digest.told)
        .where(Digest.audience == audience, Digest.covers_to < before)
        .order_by(Digest.covers_to.desc())
        .limit(1)
    )
    return found.mappings().one_or_none()


async def latest_cut_off(db: AsyncConnection, audience: str) -> datetime | None:
    """Until when the audience's digests have told."""
    return await db.scalar(
        select(Digest.covers_to)
        .where(Digest.audience == audience)
        .order_by(Digest.covers_to.desc())
        .limit(1)
    )


async def digest_as_sent(
    db: AsyncConnection, audience: str, period: str
) -> Mapping[str, Any] | None:
    """The view of the digest that went out for that period, if one did."""
    return await db.scalar(
        select(Digest.view).where(Digest.audience == audience, Digest.period == period)
    )


async def keep_digest(db: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Write a digest as it is sent; IntegrityError when the period has one."""
    await db.execute(insert(Digest).values(values))


async def latest_sent(db: AsyncConnection, audience: str) -> RowMapping | None:
    """The audience's latest digest as it was sent: its period, its cut-off and its view."""
    found = await db.execute(
        select(Digest.period, Digest.covers_to, Digest.made_at, Digest.view)
        .where(Digest.audience == audience)
        .order_by(Digest.covers_to.desc())
        .limit(1)
    )
    return found.mappings().one_or_none()


async def periods_like(db: AsyncConnection, audience: str, pattern: str) -> Sequence[str]:
    """The audience's periods that have had a digest and fit the pattern of LIKE."""
    found = await db.scalars(
        select(Digest.period).where(Digest.audience == audience, Digest.period.like(pattern))
    )
    return found.all()
