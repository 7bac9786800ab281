"""What was asked about a report, and answered: it stays with the report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import PersonId
from bot.plan import ActivityId
from storage.queries import report_questions as queries

LONGEST = 3_000


@dataclass(frozen=True)
class Question:
    """A question about a report; `answer` is None while it waits for one."""

    id: int
    report: int
    activity: ActivityId
    question: str
    asked_by: PersonId
    asked_by_name: str
    asked_at: datetime
    answer: str | None = None
    answered_by_name: str | None = None
    answered_at: datetime | None = None


async def questions_about(
    db: AsyncConnection, reports: Iterable[int]
) -> Mapping[int, tuple[Question, ...]]:
    """Questions by the report that they are about, oldest first."""
    found: dict[int, list[Question]] = {}
    for row in await queries.questions_of(db, list(reports)):
        found.setdefault(row["report_id"], []).append(_question(row))
    return {report: tuple(asked) for report, asked in found.items()}


async def question_by_id(db: AsyncConnection, question_id: int) -> Question | None:
    """The question with that key."""
    row = await queries.question_by_id(db, question_id)
    return _question(row) if row is not None else None


def _question(row: RowMapping) -> Question:
    return Question(
        id=row["id"],
        report=row["report_id"],
        activity=ActivityId(row["activity_id"]),
        question=row["question"],
        asked_by=PersonId(row["asked_by"]),
        asked_by_name=row["asked_by_name"],
        asked_at=row["asked_at"],
        answer=row["answer"],
        answered_by_name=row["answered_by_name"],
        answered_at=row["answered_at"],
    )
