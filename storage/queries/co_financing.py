"""Co-financing polls: proposals with their shares, what each municipality answers, what-ifs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import PollProposal, PollScenario, PollShare

_ANSWER_OF = """
LEFT JOIN LATERAL (SELECT to_jsonb(x) || jsonb_build_object('by_name', q.name, 'by_email', q.email)
    AS answer
  FROM poll_answers x JOIN people q ON q.id = x.person_id
  WHERE x.voter_id = {voter} AND x.replaced_at IS NULL AND {which} LIMIT 1) {name} ON true
"""
_PLACES = text(f"""
SELECT v.id AS voter_id, v.organisation_id, o.name, o.code, h.amount AS share, h.inhabitants,
  h.counted_on, h.weight, answer.answer AS answer, suggested.answer AS suggestion,
  leaning.answer AS leaning
FROM polls p JOIN poll_voters v ON v.poll_id = p.id AND v.takes_part
JOIN organisations o ON o.id = v.organisation_id
JOIN poll_shares h ON h.poll_id = p.id AND h.version = p.version
  AND h.organisation_id = v.organisation_id
LEFT JOIN poll_voters w ON w.poll_id = p.sounding_id AND w.organisation_id = v.organisation_id
{_ANSWER_OF.format(voter="v.id", which="NOT x.suggestion", name="answer")}
{_ANSWER_OF.format(voter="v.id", which="x.suggestion", name="suggested")}
{_ANSWER_OF.format(voter="w.id", which="NOT x.suggestion", name="leaning")}
WHERE p.id = :poll_id
  AND (CAST(:only AS bigint[]) IS NULL OR v.organisation_id = ANY(CAST(:only AS bigint[])))
ORDER BY o.id
""")
_PROPOSAL = text("""
SELECT r.*, q.name AS made_by_name FROM poll_proposals r JOIN people q ON q.id = r.made_by
WHERE r.poll_id = :poll_id AND r.version = :version
""")
_VERSIONS = text("""
SELECT v.organisation_id, to_jsonb(a) || jsonb_build_object('by_name', q.name, 'by_email', q.email)
  AS answer
FROM poll_answers a JOIN poll_voters v ON v.id = a.voter_id JOIN people q ON q.id = a.person_id
WHERE v.poll_id = :poll_id AND NOT a.suggestion
  AND (CAST(:organisation_id AS bigint) IS NULL OR v.organisation_id = :organisation_id)
ORDER BY a.id DESC
""")
_SHARERS = text("""
SELECT o.id, o.name, o.code, n.inhabitants, n.counted_on FROM organisations o
LEFT JOIN LATERAL (SELECT inhabitants, counted_on FROM populations
  WHERE organisation_id = o.id AND counted_on <= :day ORDER BY counted_on DESC LIMIT 1) n ON true
WHERE o.kind = 'municipality' AND (o.ended_on IS NULL OR o.ended_on > :day) ORDER BY o.code
""")
_SCENARIOS = text("""
SELECT c.id, c.name, c.supposed, c.made_at, q.id AS made_by, q.name AS made_by_name
FROM poll_scenarios c JOIN people q ON q.id = c.made_by WHERE c.poll_id = :poll_id ORDER BY c.id
""")
_HOLD_PLACE = text("""
WITH p AS MATERIALIZED (
  SELECT id, state, opens_at, closes_at, version FROM polls WHERE id = :poll_id FOR SHARE
)
SELECT v.id AS voter_id, p.state, p.opens_at, p.closes_at, p.version, v.takes_part
FROM p JOIN poll_voters v ON v.poll_id = p.id AND v.organisation_id = :organisation_id
FOR UPDATE OF v
""")
_REPLACE = text("""
UPDATE poll_answers SET replaced_at = :now
WHERE voter_id = :voter_id AND replaced_at IS NULL AND (suggestion OR suggestion = :suggestion)
""")
_WRITE = text("""
WITH answer AS (
  INSERT INTO poll_answers (voter_id, version, suggestion, kind, amount, hours, condition, comment,
    expected_on, person_id, answered_at, heard_by, said_by, said_on, platform)
  VALUES (:voter_id, :version, :suggestion, :kind, :amount, :hours, :condition, :comment,
    :expected_on, :person_id, :now, :heard_by, :said_by, :said_on, :platform)
  RETURNING id
), marked AS (
  UPDATE poll_voters SET voted = true WHERE id = :voter_id AND NOT voted AND NOT :suggestion
), audit AS (
  INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
  VALUES (:now, :person_id, 'person', :action, 'poll', :poll_id, '{answer}', :platform)
)
SELECT id FROM answer
""")


async def places_of(
    db: AsyncConnection, poll_id: int, only: Sequence[int] | None = None
) -> Sequence[RowMapping]:
    """Each municipality that takes part: its share now, its answer, suggestion and leaning.

    `only`: none but these.
    """
    values = {"poll_id": poll_id, "only": list(only) if only is not None else None}
    return (await db.execute(_PLACES, values)).mappings().all()


async def proposal_of(db: AsyncConnection, poll_id: int, version: int) -> RowMapping | None:
    """A version of what is proposed."""
    values = {"poll_id": poll_id, "version": version}
    return (await db.execute(_PROPOSAL, values)).mappings().one_or_none()


async def answers_given(
    db: AsyncConnection, poll_id: int, organisation_id: int | None = None
) -> Sequence[RowMapping]:
    """Every answer that was given, also those that were replaced, newest first."""
    values = {"poll_id": poll_id, "organisation_id": organisation_id}
    return (await db.execute(_VERSIONS, values)).mappings().all()


async def sharers_on(db: AsyncConnection, day: date) -> Sequence[RowMapping]:
    """Every municipality with its latest population figure up to the day."""
    return (await db.execute(_SHARERS, {"day": day})).mappings().all()


async def add_proposal(
    db: AsyncConnection, proposal: Mapping[str, Any], shares: Sequence[Mapping[str, Any]]
) -> None:
    """Write a version of the proposal with each municipality's share."""
    await db.execute(insert(PollProposal).values(**proposal))
    await db.execute(insert(PollShare).values([dict(each) for each in shares]))


async def hold_place(db: AsyncConnection, poll_id: int, organisation_id: int) -> RowMapping | None:
    """A municipality's place and the poll's state, held until the transaction ends.

    Others of the same municipality wait; the poll cannot be closed or changed meanwhile. The poll
    is held first, as whoever changes it does: the other order would deadlock with them.
    """
    values = {"poll_id": poll_id, "organisation_id": organisation_id}
    return (await db.execute(_HOLD_PLACE, values)).mappings().one_or_none()


async def write_answer(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Let an answer, or a suggestion, stand in the place of the one before; its key.

    An answer takes away what was suggested too.
    """
    await db.execute(_REPLACE, values)
    return int((await db.execute(_WRITE, values)).scalar_one())


async def scenarios_of(db: AsyncConnection, poll_id: int) -> Sequence[RowMapping]:
    """What-ifs that were kept, the oldest first."""
    return (await db.execute(_SCENARIOS, {"poll_id": poll_id})).mappings().all()


async def add_scenario(db: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Keep a what-if; its key."""
    found = await db.execute(insert(PollScenario).values(**values).returning(PollScenario.id))
    return found.scalar_one()
