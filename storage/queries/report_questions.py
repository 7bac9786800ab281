"""Questions about reports, and their answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

_COLUMNS = """
SELECT q.id, q.report_id, q.activity_id, q.question, q.asked_at, q.asked_by,
  a.name AS asked_by_name, q.answer, q.answered_at, q.answered_by, b.name AS answered_by_name
FROM report_questions q JOIN people a ON a.id = q.asked_by
LEFT JOIN people b ON b.id = q.answered_by
"""
_OF = text(f"{_COLUMNS} WHERE q.report_id = ANY(CAST(:reports AS bigint[])) ORDER BY q.id")
_ONE = text(f"{_COLUMNS} WHERE q.id = :id")
_AUDIT = """
INSERT INTO audit_lines (at, person_id, actor, action, thing, thing_id, fields, source)
SELECT :now, :person, 'person', '{action}', 'report_question', id, '{{{field}}}', :platform
FROM done
"""
_ASK = text(f"""
WITH done AS (
  INSERT INTO report_questions (report_id, activity_id, asked_by, question, asked_at)
  VALUES (:report, :activity, :person, :question, :now) RETURNING id
), line AS ({_AUDIT.format(action="ask_of_report", field="question")})
SELECT id FROM done
""")
_ANSWER = text(f"""
WITH done AS (
  UPDATE report_questions SET answer = :answer, answered_by = :person, answered_at = :now
  WHERE id = :id AND answered_at IS NULL RETURNING id
), line AS ({_AUDIT.format(action="answer_question", field="answer")})
SELECT id FROM done
""")
_UNDER = text("""
SELECT p.subject_id FROM posted_cards p
WHERE p.conversation_id = :conversation AND p.kind = :kind AND p.reference = :reference
LIMIT 1
""")


async def questions_of(db: AsyncConnection, reports: Sequence[int]) -> Sequence[RowMapping]:
    """Questions about these reports, oldest first."""
    return (await db.execute(_OF, {"reports": list(reports)})).mappings().all()


async def question_by_id(db: AsyncConnection, question_id: int) -> RowMapping | None:
    """The question with that key."""
    return (await db.execute(_ONE, {"id": question_id})).mappings().one_or_none()


async def ask_of_report(
    db: AsyncConnection,
    *,
    report: int,
    activity: int,
    person: int,
    question: str,
    now: datetime,
    platform: str,
) -> int:
    """Keep a question about a report; its key."""
    values = {
        "report": report,
        "activity": activity,
        "person": person,
        "question": question,
        "now": now,
        "platform": platform,
    }
    asked: int = (await db.execute(_ASK, values)).scalar_one()
    return asked


async def answer_question(
    db: AsyncConnection, question_id: int, *, person: int, answer: str, now: datetime, platform: str
) -> bool:
    """Keep the answer. False: it has one already."""
    values = {
        "id": question_id,
        "person": person,
        "answer": answer,
        "now": now,
        "platform": platform,
    }
    return (await db.execute(_ANSWER, values)).one_or_none() is not None


async def card_in_thread(
    db: AsyncConnection, conversation: int, kind: str, reference: str
) -> int | None:
    """What the living card that the platform calls so is about, also when it is struck."""
    values = {"conversation": conversation, "kind": kind, "reference": reference}
    return await db.scalar(_UNDER, values)
