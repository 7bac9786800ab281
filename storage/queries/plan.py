"""Questions about the plan as a whole."""

from typing import Any, TypedDict, cast

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Revision


class MilestoneRow(TypedDict):
    """A planned milestone, dates as ISO text."""

    id: int
    title: str
    due_on: str
    responsible_id: int | None
    reached_at: str | None


class FundingRow(TypedDict):
    """A funding line, whole kronor; the hours of the answer and the sum of the application that it
    came by."""

    source: str
    kind: str
    amount: int
    state: str
    organisation_id: int | None
    hours: int | None
    application_id: int | None
    applied_for: int | None


class ActivityRow(TypedDict):
    """An activity with all that its shown plan version says of it."""

    id: int
    code: str
    title: str
    description: str | None
    area: str
    direction: str
    responsible_id: int
    name: str
    email: str
    coordinator_id: int
    participants: list[int] | None
    network_id: int | None
    starts_on: str
    ends_on: str
    ended_on: str | None
    budget: int
    funding: list[FundingRow] | None
    funding_beside: list[FundingRow] | None
    milestones: list[MilestoneRow] | None
    rhythm: str
    rhythm_weeks: int
    proposed: bool


class WholePlan(TypedDict):
    """Plan and organisation in one answer."""

    year: int | None
    activities: list[ActivityRow]
    organisations: list[dict[str, Any]]
    bodies: list[dict[str, Any]]
    focus_areas: list[dict[str, Any]]
    directions: list[dict[str, Any]]
    languages: list[str]
    demo: bool


SHOWN_VALUES = """
SELECT DISTINCT ON (v.activity_id) v.*,
       p.adopted_on IS NULL AND EXISTS (SELECT FROM plan_versions WHERE adopted_on IS NOT NULL)
         AS proposed
FROM activity_values v JOIN plan_versions p ON p.id = v.plan_version_id
ORDER BY v.activity_id, (p.adopted_on IS NULL), p.adopted_on DESC, p.id DESC
"""
"""Each activity's values that are shown: the latest adopted version's, else the draft's."""


def _funding(of: str) -> str:
    """SQL for the funding lines that `of` chooses, the oldest first."""
    return f"""(
           SELECT jsonb_agg(jsonb_build_object('source', l.source, 'kind', l.kind, 'amount',
             l.amount, 'state', l.state, 'organisation_id', l.organisation_id, 'hours', w.hours,
             'application_id', l.application_id, 'applied_for', p.amount) ORDER BY l.id)
           FROM funding_lines l LEFT JOIN poll_answers w ON w.id = l.poll_answer_id
           LEFT JOIN applications p ON p.id = l.application_id WHERE {of})"""


_WHOLE_PLAN = text(f"""
WITH shown AS ({SHOWN_VALUES}), activities_shown AS (
  SELECT a.id, a.code, v.title, v.description, f.name AS area, d.name AS direction,
         v.responsible_id, r.name, r.email, v.coordinator_id, v.network_id, v.starts_on,
         v.ends_on, v.ended_on, v.budget, a.rhythm, a.rhythm_weeks, v.proposed,
         (SELECT jsonb_agg(t.organisation_id) FROM participations t
           WHERE t.activity_values_id = v.id) AS participants,
         {_funding("l.activity_values_id = v.id")} AS funding,
         {_funding("l.activity_id = a.id")} AS funding_beside,
         (SELECT jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'due_on', p.due_on,
            'responsible_id', p.responsible_id, 'reached_at', CASE c.kind WHEN 'reached'
              THEN c.changed_at END) ORDER BY p.due_on, m.id)
            FROM planned_milestones p JOIN milestones m ON m.id = p.milestone_id
            LEFT JOIN LATERAL (SELECT kind, changed_at FROM milestone_changes
              WHERE milestone_id = m.id AND kind <> 'moved' ORDER BY id DESC LIMIT 1) c ON true
           WHERE p.activity_values_id = v.id) AS milestones
  FROM shown v
  JOIN activities a ON a.id = v.activity_id
  JOIN directions d ON d.id = v.direction_id
  JOIN focus_areas f ON f.id = d.focus_area_id
  JOIN people r ON r.id = v.responsible_id
  ORDER BY f.id, a.code)
SELECT
  (SELECT max(year) FROM plan_versions) AS year,
  coalesce((SELECT jsonb_agg(a) FROM activities_shown a), '[]') AS activities,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'code',
    code) ORDER BY id) FROM organisations), '[]') AS organisations,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind)
    ORDER BY id) FROM bodies), '[]') AS bodies,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY id)
    FROM focus_areas), '[]') AS focus_areas,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'area_id', focus_area_id, 'name', name)
    ORDER BY id) FROM directions), '[]') AS directions,
  coalesce((SELECT jsonb_agg(DISTINCT language) FROM conversations), '[]') AS languages,
  EXISTS (SELECT FROM marks WHERE name = 'demo') AS demo
""")


async def whole_plan(db: AsyncConnection) -> WholePlan:
    """Every shown activity, organisation, body and focus area, in one round trip."""
    row = (await db.execute(_WHOLE_PLAN)).mappings().one()
    return cast(WholePlan, dict(row))


async def plan_revision(db: AsyncConnection) -> int:
    """The counter that grows with every change of plan or organisation; 0 before the first."""
    found = await db.scalar(select(Revision.number).where(Revision.name == "plan"))
    return found or 0
