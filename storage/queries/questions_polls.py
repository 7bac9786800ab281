"""What answers to questions about polls and pledges look up."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_ABOUT = text("""
SELECT p.id, p.kind, p.state, p.opens_at,
  CASE WHEN p.state IN ('open', 'planned') THEN p.closes_at ELSE p.state_since END AS over_at
FROM polls p LEFT JOIN needs n ON n.id = p.need_id
WHERE p.state = ANY(:states)
  AND (CAST(:kinds AS text[]) IS NULL OR p.kind = ANY(:kinds))
  AND (CAST(:activities AS bigint[]) IS NULL OR p.activity_id = ANY(:activities)
    OR n.activity_id = ANY(:activities) OR EXISTS (SELECT FROM poll_options o
      WHERE o.poll_id = p.id AND o.activity_id = ANY(:activities)) OR n.activity_id IS NULL
    AND EXISTS (SELECT FROM focus_areas f WHERE f.id = n.focus_area_id AND f.name = ANY(:areas)))
  AND (CAST(:stages AS text[]) IS NULL OR n.stage = ANY(:stages) OR EXISTS (SELECT
      FROM poll_options o JOIN needs m ON m.id = o.need_id
      WHERE o.poll_id = p.id AND m.stage = ANY(:stages)))
  AND (CAST(:networks AS bigint[]) IS NULL OR p.body_id = ANY(:networks)
    OR p.activity_id = ANY(:network_activities))
  AND (CAST(:bodies AS bigint[]) IS NULL OR p.body_id = ANY(:bodies)
    OR p.decider_id = ANY(:bodies) OR :municipal AND p.voters = 'municipality')
  AND (CAST(:organisations AS bigint[]) IS NULL OR EXISTS (SELECT FROM poll_voters v
    WHERE v.poll_id = p.id AND v.takes_part AND (v.organisation_id = ANY(:organisations)
      OR EXISTS (SELECT FROM employments e WHERE e.person_id = v.person_id
        AND e.organisation_id = ANY(:organisations) AND e.starts_on <= :day
        AND (e.ends_on IS NULL OR e.ends_on > :day)))))
  AND (CAST(:people AS bigint[]) IS NULL OR EXISTS (SELECT FROM poll_voters v
    WHERE v.poll_id = p.id AND v.takes_part AND (v.person_id = ANY(:people)
      OR v.organisation_id = ANY(:answers_for))))
  AND (CAST(:after AS timestamptz) IS NULL OR p.opens_at < :before
    AND CASE WHEN p.state IN ('open', 'planned') THEN p.closes_at ELSE p.state_since END > :after)
  AND (NOT :ended OR p.state IN ('closed', 'cancelled') AND p.state_since <= :before)
ORDER BY p.state <> 'open', p.state <> 'planned',
  CASE WHEN p.state IN ('open', 'planned') THEN p.closes_at END, p.state_since DESC, p.id DESC
LIMIT :most
""")
_ANYTHING: Mapping[str, Any] = {
    **dict.fromkeys(("kinds", "activities", "areas", "stages", "networks", "network_activities")),
    **dict.fromkeys(("bodies", "organisations", "people", "answers_for", "after", "before")),
    "municipal": False,
    "ended": False,
}


async def polls_asked_about(
    db: AsyncConnection, day: date, states: Sequence[str], most: int, **chosen: Any
) -> Sequence[RowMapping]:
    """Key, kind and state of polls: open ones by when they close, planned ones, then the others,
    the latest first.

    `chosen`, all lists: kinds; activities that it or its need or options are about, with areas of
    needs that are no activity; stages of needs; networks with network_activities; bodies that
    answer or decide (`municipal`: also what municipalities answer); organisations or people that
    may answer, with the municipalities that those answer for; going on after and before a moment
    (`ended`: and over by then).
    """
    values = {**_ANYTHING, **chosen, "day": day, "states": list(states), "most": most}
    return (await db.execute(_ABOUT, values)).mappings().all()


_CONCERNED = text("""
SELECT activity_id FROM polls UNION SELECT activity_id FROM poll_options
UNION SELECT n.activity_id FROM polls p JOIN needs n ON n.id = p.need_id
""")


async def concerned_activities(db: AsyncConnection) -> frozenset[int]:
    """Activities that some poll, its need or one of its options is about."""
    found = await db.scalars(_CONCERNED)
    return frozenset(each for each in found if each is not None)


_VOTERS = text("""
SELECT v.poll_id, v.organisation_id, v.person_id, coalesce(o.name, q.name) AS name,
  v.voted AND (p.kind <> 'co_financing' OR a.version IS NOT NULL) AS voted, a.kind, a.expected_on,
  coalesce(a.version = p.version, p.kind <> 'co_financing') AS stands,
  ARRAY(SELECT e.organisation_id FROM employments e WHERE e.person_id = v.person_id
    AND e.starts_on <= :day AND (e.ends_on IS NULL OR e.ends_on > :day)) AS employers
FROM polls p JOIN poll_voters v ON v.poll_id = p.id AND v.takes_part
LEFT JOIN organisations o ON o.id = v.organisation_id LEFT JOIN people q ON q.id = v.person_id
LEFT JOIN LATERAL (SELECT x.kind, x.expected_on, x.version FROM poll_answers x
  WHERE x.voter_id = v.id AND x.replaced_at IS NULL AND NOT x.suggestion LIMIT 1) a ON true
WHERE p.id = ANY(:polls) AND p.secrecy <> 'always'
""")


async def voters_of_polls(
    db: AsyncConnection, polls: Sequence[int], day: date
) -> Sequence[RowMapping]:
    """Everybody who may answer those polls, whether they have, and what kind of answer it was.

    Nothing of polls that stay secret. Of others the kind of an answer and when one is expected are
    told also where the poll hides them: show those only when it shows answers.
    """
    values = {"polls": list(polls), "day": day}
    return (await db.execute(_VOTERS, values)).mappings().all()


_SUMS = text("""
SELECT p.id, r.asked, CAST(coalesce(sum(a.amount), 0) AS bigint) AS pledged
FROM polls p JOIN poll_proposals r ON r.poll_id = p.id AND r.version = p.version
LEFT JOIN poll_voters v ON v.poll_id = p.id AND v.takes_part
LEFT JOIN poll_answers a ON a.voter_id = v.id AND a.replaced_at IS NULL AND NOT a.suggestion
  AND a.version = p.version
WHERE p.id = ANY(:polls) GROUP BY p.id, r.asked
""")
_RESULTS = text("""
SELECT DISTINCT ON (poll_id) poll_id, result FROM poll_outcomes WHERE poll_id = ANY(:polls)
ORDER BY poll_id, id DESC
""")


async def sums_of_polls(db: AsyncConnection, polls: Sequence[int]) -> dict[int, tuple[int, int]]:
    """What is pledged to each co-financing poll's proposal as it is now, and what it asks for.

    Show what is pledged only when the poll shows answers.
    """
    found = await db.execute(_SUMS, {"polls": list(polls)})
    return {row.id: (row.pledged, row.asked) for row in found}


async def results_of_polls(db: AsyncConnection, polls: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What those polls showed when they closed last."""
    found = await db.execute(_RESULTS, {"polls": list(polls)})
    return {row.poll_id: row.result for row in found}


_PROMISES = text("""
SELECT p.id AS poll_id, coalesce(p.activity_id, n.activity_id) AS activity_id,
  v.organisation_id, a.amount, a.hours, a.answered_at
FROM polls p JOIN poll_voters v ON v.poll_id = p.id AND v.takes_part
JOIN poll_answers a ON a.voter_id = v.id AND a.replaced_at IS NULL AND NOT a.suggestion
  AND a.version = p.version AND a.kind IN ('yes', 'otherwise') AND a.amount > 0
LEFT JOIN needs n ON n.id = p.need_id
WHERE p.kind = 'co_financing' AND p.binding AND p.state IN ('open', 'closed')
  AND (p.secrecy = 'open' OR p.state = 'closed' OR v.organisation_id = ANY(:own))
  AND CASE WHEN CAST(:after AS timestamptz) IS NULL
    THEN NOT EXISTS (SELECT FROM poll_decisions d WHERE d.poll_id = p.id)
    ELSE a.answered_at >= :after AND a.answered_at < :before END
ORDER BY p.id, v.organisation_id LIMIT :most
""")


async def promises(
    db: AsyncConnection,
    own: Sequence[int],
    most: int,
    after: datetime | None = None,
    before: datetime | None = None,
) -> Sequence[RowMapping]:
    """What municipalities have said yes to in binding polls that nobody has decided on; or, where
    a time is said, all that they said yes to in it.

    Only what the poll shows, and what the municipalities in `own` have answered.
    """
    values = {"own": list(own), "most": most, "after": after, "before": before}
    return (await db.execute(_PROMISES, values)).mappings().all()


_ASKED = text("""
SELECT p.id FROM polls p LEFT JOIN needs n ON n.id = p.need_id
WHERE p.kind = 'co_financing' AND p.binding AND p.state IN ('open', 'closed')
  AND coalesce(p.activity_id, n.activity_id) = ANY(CAST(CAST(:activities AS text) AS bigint[]))
ORDER BY p.state <> 'open', p.state_since DESC, p.id DESC LIMIT :most
""")


async def asking_for(db: AsyncConnection, activities: Sequence[int], most: int) -> list[int]:
    """Binding co-financing polls for those activities, those still open first."""
    keys = "{" + ",".join(map(str, activities)) + "}"
    return list(await db.scalars(_ASKED, {"activities": keys, "most": most}))


_ADOPTED = text("""
SELECT year, adopted_on, paragraph FROM plan_versions WHERE adopted_on IS NOT NULL
ORDER BY adopted_on DESC, id DESC LIMIT 1
""")


async def adopted_version(db: AsyncConnection) -> tuple[int, date, str] | None:
    """Year, day and paragraph of the plan that was adopted last."""
    row = (await db.execute(_ADOPTED)).one_or_none()
    return (row.year, row.adopted_on, row.paragraph) if row is not None else None
