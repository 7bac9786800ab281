"""Applications as they stand: one, a page of them, and their steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_APPLICATIONS = """
SELECT a.*, c.code AS activity_code, w.name AS writer_name, w.email AS writer_email,
  r.name AS registered_by_name, r.email AS registered_by_email,
  (SELECT jsonb_agg(jsonb_build_object('due_on', f.due_on, 'sent_on', f.sent_on)
     ORDER BY f.due_on) FROM funder_reports f WHERE f.application_id = a.id) AS reports,
  (SELECT s.reason FROM application_steps s
     WHERE s.application_id = a.id AND s.kind = a.state ORDER BY s.id DESC LIMIT 1) AS reason
FROM applications a
JOIN activities c ON c.id = a.activity_id
JOIN people w ON w.id = a.writer_id
JOIN people r ON r.id = a.registered_by
"""
_NEXT_DAY = """
(CASE a.state WHEN 'planned' THEN a.last_day WHEN 'applied' THEN a.expected_on
  WHEN 'granted' THEN (SELECT min(f.due_on) FROM funder_reports f
    WHERE f.application_id = a.id AND f.sent_on IS NULL) END)
"""
_FITS = f"""
WHERE (CAST(:activities AS bigint[]) IS NULL OR a.activity_id = ANY(:activities))
  AND (CAST(:writer AS bigint) IS NULL OR a.writer_id = :writer)
  AND (CAST(:concerns AS bigint) IS NULL OR a.writer_id = :concerns
    OR a.activity_id = ANY(CAST(:responsible_for AS bigint[])))
  AND (cardinality(CAST(:states AS text[])) = 0 OR a.state = ANY(:states))
  AND (CAST(:fund AS text) IS NULL OR strpos(lower(a.fund), lower(:fund)) > 0)
  AND (NOT :waiting OR {_NEXT_DAY} IS NOT NULL OR a.state IN ('planned', 'applied'))
"""
_ONE = text(f"{_APPLICATIONS} WHERE a.id = :id")
_SOME = text(f"{_APPLICATIONS} WHERE a.id = ANY(:ids)")
_LISTED = text(
    f"{_APPLICATIONS} {_FITS} ORDER BY a.state IN ('rejected', 'withdrawn'), "
    f"{_NEXT_DAY} NULLS LAST, a.id DESC LIMIT :most OFFSET :skip"
)
_COUNTED = text(f"""
SELECT a.state, count(*) AS number, sum(coalesce(a.granted, a.amount))::bigint AS amount
FROM applications a {_FITS} GROUP BY a.state
""")
_STEPS = text("""
SELECT s.*, p.name AS person_name FROM application_steps s JOIN people p ON p.id = s.person_id
WHERE s.application_id = :id ORDER BY s.id DESC LIMIT :most OFFSET :skip
""")


async def one_application(db: AsyncConnection, application_id: int) -> RowMapping | None:
    """The application with that number, with its reports."""
    return (await db.execute(_ONE, {"id": application_id})).mappings().one_or_none()


async def some_applications(
    db: AsyncConnection, application_ids: Sequence[int]
) -> Sequence[RowMapping]:
    """Those with the numbers, each as `one_application` has it, in no order."""
    return (await db.execute(_SOME, {"ids": list(application_ids)})).mappings().all()


async def applications_that_fit(
    db: AsyncConnection, wanted: Mapping[str, Any], most: int, skip: int
) -> Sequence[RowMapping]:
    """A page of those that fit: what comes first first, rejected and withdrawn ones last."""
    found = await db.execute(_LISTED, {**wanted, "most": most, "skip": skip})
    return found.mappings().all()


async def applications_by_state(
    db: AsyncConnection, wanted: Mapping[str, Any]
) -> Sequence[RowMapping]:
    """How many of those that fit are in each state, and the kronor in all: granted, else asked."""
    return (await db.execute(_COUNTED, dict(wanted))).mappings().all()


async def history_of_application(
    db: AsyncConnection, application_id: int, most: int, skip: int
) -> Sequence[RowMapping]:
    """Its steps, newest first."""
    found = await db.execute(_STEPS, {"id": application_id, "most": most, "skip": skip})
    return found.mappings().all()
