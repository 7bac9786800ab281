"""Reading polls: what is asked, who may answer, the ballots, what happened and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_POLL = """
SELECT p.*, s.name AS starter_name, s.email AS starter_email,
  (SELECT f.id FROM polls f WHERE f.sounding_id = p.id) AS formal_id,
  voters.electorate, voters.voted, coalesce(options.options, '[]') AS options,
  decision.decision,
  (SELECT t.changes -> 'date' ->> 1 FROM poll_steps t
    WHERE p.method = 'dates' AND t.poll_id = p.id AND t.kind IN ('date_chosen', 'reopened')
    ORDER BY t.id DESC LIMIT 1) AS date_chosen
FROM polls p JOIN people s ON s.id = p.started_by
CROSS JOIN LATERAL (SELECT count(*) AS electorate, count(*) FILTER (WHERE v.voted
      AND (p.kind <> 'co_financing' OR EXISTS (SELECT FROM poll_answers a
        WHERE a.voter_id = v.id AND a.replaced_at IS NULL AND NOT a.suggestion
          AND a.version = p.version))) AS voted
  FROM poll_voters v WHERE v.poll_id = p.id AND v.takes_part) voters
CROSS JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('id', o.id, 'position', o.position,
    'label', o.label, 'need_id', o.need_id, 'activity_id', o.activity_id, 'cost', o.cost,
    'starts_at', o.starts_at, 'ends_at', o.ends_at) ORDER BY o.position) AS options
  FROM poll_options o WHERE o.poll_id = p.id) options
LEFT JOIN LATERAL (SELECT to_jsonb(d) || jsonb_build_object('name', q.name, 'email', q.email)
    AS decision
  FROM poll_decisions d JOIN people q ON q.id = d.recorded_by
  WHERE d.poll_id = p.id ORDER BY d.id DESC LIMIT 1) decision ON true
"""
_ONE = text(f"{_POLL} WHERE p.id = :id")
_SOME = text(f"{_POLL} WHERE p.id = ANY(:ids) ORDER BY p.id")
_OF_TURN = text("SELECT id FROM polls WHERE turn_key = :turn_key ORDER BY id LIMIT 1")
_CHOSEN = """
WHERE (CAST(:kinds AS text[]) IS NULL OR p.kind = ANY(:kinds))
  AND (CAST(:states AS text[]) IS NULL OR p.state = ANY(:states))
  AND (CAST(:activity_id AS bigint) IS NULL OR p.activity_id = :activity_id)
  AND (CAST(:need_id AS bigint) IS NULL OR p.need_id = :need_id)
  AND (CAST(:body_id AS bigint) IS NULL OR p.body_id = :body_id)
  AND (CAST(:started_by AS bigint) IS NULL OR p.started_by = :started_by)
  AND (CAST(:organisation_id AS bigint) IS NULL OR EXISTS (SELECT FROM poll_voters v
    WHERE v.poll_id = p.id AND v.takes_part AND v.organisation_id = :organisation_id))
"""
_LIST = text(f"""
{_POLL} {_CHOSEN}
ORDER BY p.state NOT IN ('open', 'planned'),
  CASE WHEN p.state IN ('open', 'planned') THEN p.closes_at END, p.state_since DESC, p.id DESC
LIMIT :most OFFSET :skip
""")
_COUNT = text(f"SELECT count(*) FROM polls p {_CHOSEN}")
_UNFINISHED_OF = text(f"""
{_POLL}
WHERE p.state = 'open' AND EXISTS (SELECT FROM poll_voters v WHERE v.poll_id = p.id
    AND v.takes_part AND (v.person_id = :person_id OR v.organisation_id = ANY(:organisations))
    OR p.body_id = ANY(:bodies) AND p.voters = 'person')
ORDER BY p.closes_at, p.id LIMIT :most
""")
_VOTERS = text("""
SELECT v.id AS voter_id, v.organisation_id, v.person_id, coalesce(o.name, q.name) AS name, v.voted,
  v.takes_part
FROM poll_voters v LEFT JOIN organisations o ON o.id = v.organisation_id
LEFT JOIN people q ON q.id = v.person_id
WHERE v.poll_id = :poll_id ORDER BY v.id
""")
_BALLOTS = text("""
SELECT v.id AS voter_id, v.organisation_id, v.person_id, v.voted, v.takes_part,
  coalesce(o.name, m.name) AS name, b.choices, b.cast_at, b.person_id AS by_id, q.name AS by_name,
  q.email AS by_email
FROM poll_ballots b JOIN poll_voters v ON v.id = b.voter_id JOIN people q ON q.id = b.person_id
LEFT JOIN organisations o ON o.id = v.organisation_id LEFT JOIN people m ON m.id = v.person_id
WHERE v.poll_id = :poll_id AND v.takes_part AND b.replaced_at IS NULL
  AND (CAST(:voter_id AS bigint) IS NULL OR v.id = :voter_id)
ORDER BY b.id
""")
_SECRET = text("SELECT ballots FROM secret_ballots WHERE poll_id = :poll_id")
_STEPS = text("""
SELECT t.*, q.name AS person_name, q.email AS person_email
FROM poll_steps t LEFT JOIN people q ON q.id = t.person_id
WHERE t.poll_id = :poll_id ORDER BY t.id DESC LIMIT :most OFFSET :skip
""")
_OUTCOME = text("""
SELECT sealed_at, result, seal FROM poll_outcomes WHERE poll_id = :poll_id
ORDER BY id DESC LIMIT 1
""")
_TEMPLATES = text("""
SELECT t.id, t.name, t.kind, t.said, t.made_at, t.made_by, q.name AS made_by_name
FROM poll_templates t JOIN people q ON q.id = t.made_by
WHERE t.taken_away_at IS NULL ORDER BY lower(t.name)
""")
_MANDATES = text("""
SELECT m.organisation_id, m.kind, q.id, q.name, q.email, m.starts_on, m.ends_on
FROM mandates m JOIN people q ON q.id = m.person_id
JOIN employments e ON e.person_id = q.id AND e.organisation_id = m.organisation_id
  AND e.starts_on <= :day AND (e.ends_on IS NULL OR e.ends_on > :day)
WHERE m.kind = :kind AND m.starts_on <= :day AND (m.ends_on IS NULL OR m.ends_on > :day)
  AND (CAST(:only AS bigint[]) IS NULL OR m.organisation_id = ANY(CAST(:only AS bigint[])))
ORDER BY q.name, q.id
""")
_DIRECTORS = text("""
SELECT DISTINCT e.organisation_id, q.id, q.name, q.email
FROM memberships x JOIN bodies b ON b.id = x.body_id AND b.kind = 'municipal_directors'
JOIN people q ON q.id = x.person_id
JOIN employments e ON e.person_id = q.id AND e.starts_on <= :day
  AND (e.ends_on IS NULL OR e.ends_on > :day)
JOIN organisations o ON o.id = e.organisation_id AND o.kind = 'municipality'
WHERE x.starts_on <= :day AND (x.ends_on IS NULL OR x.ends_on > :day)
  AND (CAST(:only AS bigint[]) IS NULL OR o.id = ANY(CAST(:only AS bigint[])))
ORDER BY q.name, q.id
""")
_MEMBERS = text("""
SELECT DISTINCT q.id, q.name, q.email FROM memberships x JOIN people q ON q.id = x.person_id
WHERE x.body_id = :body_id AND x.starts_on <= :day AND (x.ends_on IS NULL OR x.ends_on > :day)
ORDER BY q.name, q.id
""")

_ANY: Mapping[str, Any] = dict.fromkeys(
    ("kinds", "states", "activity_id", "need_id", "body_id", "started_by", "organisation_id")
)


async def poll_by_number(db: AsyncConnection, poll_id: int) -> RowMapping | None:
    """The poll with its options, turnout and latest decision."""
    return (await db.execute(_ONE, {"id": poll_id})).mappings().one_or_none()


async def polls_by_number(db: AsyncConnection, poll_ids: Sequence[int]) -> Sequence[RowMapping]:
    """Those polls, each as `poll_by_number` has it."""
    return (await db.execute(_SOME, {"ids": list(poll_ids)})).mappings().all()


async def poll_of_turn(db: AsyncConnection, turn_key: str) -> int | None:
    """The poll that the words of that turn started."""
    return await db.scalar(_OF_TURN, {"turn_key": turn_key})


async def polls_where(
    db: AsyncConnection, *, most: int, skip: int = 0, **chosen: Any
) -> Sequence[RowMapping]:
    """Polls, those still open first, by when they close.

    `chosen`: kinds, states (lists), activity_id, need_id, body_id, started_by, organisation_id.
    """
    values = {**_ANY, **chosen, "most": most, "skip": skip}
    return (await db.execute(_LIST, values)).mappings().all()


async def count_polls(db: AsyncConnection, **chosen: Any) -> int:
    """How many there are, chosen as in `polls_where`."""
    return int((await db.execute(_COUNT, {**_ANY, **chosen})).scalar_one())


async def open_polls_of(
    db: AsyncConnection,
    person_id: int,
    organisations: Sequence[int],
    bodies: Sequence[int],
    most: int,
) -> Sequence[RowMapping]:
    """Open polls of the person, of those municipalities or of those bodies' members."""
    values = {
        "person_id": person_id,
        "organisations": list(organisations),
        "bodies": list(bodies),
        "most": most,
    }
    return (await db.execute(_UNFINISHED_OF, values)).mappings().all()


async def voters_of(db: AsyncConnection, poll_id: int) -> Sequence[RowMapping]:
    """Everybody who may answer, or might before the proposal changed."""
    return (await db.execute(_VOTERS, {"poll_id": poll_id})).mappings().all()


async def ballots_of(
    db: AsyncConnection, poll_id: int, voter_id: int | None = None
) -> Sequence[RowMapping]:
    """The ballots that stand, or one voter's."""
    values = {"poll_id": poll_id, "voter_id": voter_id}
    return (await db.execute(_BALLOTS, values)).mappings().all()


async def secret_ballots_of(db: AsyncConnection, poll_id: int) -> list[dict[str, int]]:
    """The ballots of a poll that stays secret, in no order."""
    return list(await db.scalar(_SECRET, {"poll_id": poll_id}) or ())


async def steps_of_poll(
    db: AsyncConnection, poll_id: int, most: int, skip: int = 0
) -> Sequence[RowMapping]:
    """What happened to it, newest first."""
    values = {"poll_id": poll_id, "most": most, "skip": skip}
    return (await db.execute(_STEPS, values)).mappings().all()


async def latest_outcome(db: AsyncConnection, poll_id: int) -> RowMapping | None:
    """What it showed when it closed last."""
    return (await db.execute(_OUTCOME, {"poll_id": poll_id})).mappings().one_or_none()


async def poll_templates(db: AsyncConnection) -> Sequence[RowMapping]:
    """Polls that come again, by name."""
    return (await db.execute(_TEMPLATES)).mappings().all()


async def mandates_on(
    db: AsyncConnection, kind: str, day: date, only: Sequence[int] | None = None
) -> Sequence[RowMapping]:
    """Who holds a mandate of that kind on the day, with its municipality, if it employs them.

    `only`: of none but these municipalities.
    """
    values = {"kind": kind, "day": day, "only": list(only) if only is not None else None}
    return (await db.execute(_MANDATES, values)).mappings().all()


async def directors_on(
    db: AsyncConnection, day: date, only: Sequence[int] | None = None
) -> Sequence[RowMapping]:
    """Every municipality's director on the day; `only`: of none but these."""
    values = {"day": day, "only": list(only) if only is not None else None}
    return (await db.execute(_DIRECTORS, values)).mappings().all()


async def members_on(db: AsyncConnection, body_id: int, day: date) -> Sequence[RowMapping]:
    """Members of the body on the day, by name."""
    return (await db.execute(_MEMBERS, {"body_id": body_id, "day": day})).mappings().all()


_DUE_TO_OPEN = text("""
SELECT id FROM polls WHERE state = 'planned' AND opens_at <= :now ORDER BY opens_at, id
""")
_DUE_TO_CLOSE = text("""
SELECT id, closes_at FROM polls WHERE state = 'open' AND closes_at <= :now ORDER BY closes_at, id
""")
_DUE_TO_ASK_AGAIN = text("""
SELECT p.id AS poll_id, v.organisation_id, a.id AS answer_id
FROM polls p JOIN poll_voters v ON v.poll_id = p.id AND v.takes_part
JOIN poll_answers a ON a.voter_id = v.id AND a.replaced_at IS NULL AND NOT a.suggestion
  AND a.kind = 'political' AND a.expected_on <= :today
WHERE p.state = 'open' AND p.kind = 'co_financing' ORDER BY p.id, v.organisation_id
""")


async def polls_to_open(db: AsyncConnection, now: datetime) -> list[int]:
    """Planned polls whose time has come."""
    return list(await db.scalars(_DUE_TO_OPEN, {"now": now}))


async def polls_to_close(db: AsyncConnection, now: datetime) -> Sequence[RowMapping]:
    """Open polls whose last moment has passed."""
    return (await db.execute(_DUE_TO_CLOSE, {"now": now})).mappings().all()


async def political_answers_due(db: AsyncConnection, today: date) -> Sequence[RowMapping]:
    """Answers that wait for a political decision that was expected by the day."""
    return (await db.execute(_DUE_TO_ASK_AGAIN, {"today": today})).mappings().all()


_ACTIVITY_OF_NEED = text("SELECT activity_id FROM needs WHERE id = :need_id")


async def activity_of_need(db: AsyncConnection, need_id: int) -> int | None:
    """The activity that the need became, if it has."""
    return await db.scalar(_ACTIVITY_OF_NEED, {"need_id": need_id})


_LATEST_CHANGES = text("""
SELECT changes FROM poll_steps WHERE poll_id = :poll_id AND kind = :kind ORDER BY id DESC LIMIT 1
""")
_OPEN = text("SELECT id FROM polls WHERE state = 'open' ORDER BY id")
_ALL_ANSWERED = text("""
SELECT p.id, p.version, p.closes_at FROM polls p
WHERE p.state = 'open'
  AND EXISTS (SELECT FROM poll_voters v WHERE v.poll_id = p.id AND v.takes_part)
  AND NOT EXISTS (SELECT FROM poll_voters v WHERE v.poll_id = p.id AND v.takes_part
    AND NOT CASE p.kind WHEN 'co_financing' THEN EXISTS (SELECT FROM poll_answers a
      WHERE a.voter_id = v.id AND a.replaced_at IS NULL AND NOT a.suggestion
        AND a.version = p.version AND a.kind <> 'political') ELSE v.voted END)
ORDER BY p.id
""")


async def open_polls(db: AsyncConnection) -> list[int]:
    """Polls that are open."""
    return list(await db.scalars(_OPEN))


async def latest_changes(db: AsyncConnection, poll_id: int, kind: str) -> Mapping[str, Any]:
    """What the latest step of that kind changed; empty when there is none."""
    return await db.scalar(_LATEST_CHANGES, {"poll_id": poll_id, "kind": kind}) or {}


async def all_have_answered(db: AsyncConnection) -> Sequence[RowMapping]:
    """Open polls that nobody is left to answer: their version, and when they close."""
    return (await db.execute(_ALL_ANSWERED)).mappings().all()
