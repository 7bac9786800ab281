"""Polls as they were at a digest's cut-off, told by their dated steps, answers and outcomes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection


def _before_a_change(column: str, kinds: str, now: str) -> str:
    """SQL for a value as it was before the first change of it after the cut-off."""
    return f"""coalesce((SELECT t.changes #>> ARRAY['{column}', '0'] FROM poll_steps t
      WHERE t.poll_id = p.id AND t.kind IN ({kinds}) AND t.taken_at > :cut_off
        AND jsonb_exists(t.changes, '{column}') ORDER BY t.id LIMIT 1), {now})"""


_ANSWERED = """
SELECT count(*) FROM poll_voters v JOIN poll_shares h
    ON h.poll_id = p.id AND h.version = last.version AND h.organisation_id = v.organisation_id
  WHERE v.poll_id = p.id AND EXISTS (SELECT FROM poll_answers a WHERE a.voter_id = v.id
    AND NOT a.suggestion AND a.version = last.version AND a.answered_at <= :cut_off
    AND (a.replaced_at IS NULL OR a.replaced_at > :cut_off))"""
_VOTED = """
SELECT count(*) FROM poll_voters v WHERE v.poll_id = p.id AND v.takes_part
  AND EXISTS (SELECT FROM poll_ballots b WHERE b.voter_id = v.id AND b.cast_at <= :cut_off
    AND (b.replaced_at IS NULL OR b.replaced_at > :cut_off))"""
_POLLS = text(f"""
SELECT p.id, p.kind, last.kind AS last_step, last.taken_at AS since, last.reason, outcome.result,
  {_before_a_change("title", "'text_changed'", "p.title")} AS title,
  CAST({_before_a_change("closes_at", "'extended', 'reopened'", "CAST(p.closes_at AS text)")}
    AS timestamptz) AS closes_at,
  CASE p.kind WHEN 'co_financing' THEN (SELECT count(*) FROM poll_shares h
      WHERE h.poll_id = p.id AND h.version = last.version)
    ELSE (SELECT count(*) FROM poll_voters v WHERE v.poll_id = p.id AND v.takes_part)
  END AS electorate,
  CASE WHEN p.secrecy = 'always' THEN NULL WHEN p.kind = 'co_financing' THEN ({_ANSWERED})
    ELSE ({_VOTED}) END AS voted
FROM polls p
CROSS JOIN LATERAL (SELECT t.kind, t.taken_at, t.reason,
    (SELECT max(r.version) FROM poll_proposals r
      WHERE r.poll_id = p.id AND r.made_at <= :cut_off) AS version
  FROM poll_steps t
  WHERE t.poll_id = p.id AND t.taken_at <= :cut_off
    AND t.kind IN ('started', 'opened', 'closed', 'reopened', 'cancelled')
  ORDER BY t.id DESC LIMIT 1) last
LEFT JOIN LATERAL (SELECT x.result FROM poll_outcomes x
  WHERE x.poll_id = p.id AND x.sealed_at <= :cut_off ORDER BY x.id DESC LIMIT 1) outcome ON true
WHERE p.kind = ANY(:kinds) AND p.started_at <= :cut_off
  AND (last.kind IN ('opened', 'reopened') OR last.kind = 'started' AND p.opens_at <= :cut_off
    OR last.taken_at > :covers_from AND last.kind IN ('closed', 'cancelled')
    OR EXISTS (SELECT FROM poll_decisions d WHERE d.poll_id = p.id
      AND d.recorded_at > :covers_from AND d.recorded_at <= :cut_off))
ORDER BY p.closes_at, p.id
""")


async def polls_at(
    db: AsyncConnection, kinds: Sequence[str], covers_from: datetime, cut_off: datetime
) -> Sequence[RowMapping]:
    """Polls of those kinds that were open at the cut-off, and those that were closed, cancelled or
    decided on since the other, by when they close.

    Each with its title, last moment, turnout and outcome of then. `last_step` is what opened,
    closed or cancelled it last; `voted` is None for a poll that stays secret, whose votes have no
    time.
    """
    values = {"kinds": list(kinds), "covers_from": covers_from, "cut_off": cut_off}
    return (await db.execute(_POLLS, values)).mappings().all()
