"""What the peers of the report benchmarks do: a report with SQLAlchemy Core, one statement each.

It reads and writes what a report by words reads and writes, message rows included. It parses no
more than the words, asks for no rights, makes no receipt worth the name, and knows one language.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, func, insert, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.models import (
    Activity,
    ActivityValues,
    AuditLine,
    ChannelBinding,
    Conversation,
    Message,
    PostedCard,
    StatusReport,
)
from storage.models import Turn as TurnRow
from storage.queries.reports import latest_reports

STATES = {"grön": "on_track", "klar": "done"}
ACTIVITIES: dict[str, tuple[int, int]] = {}
"""By code, the activity's id and its network's: ours too keeps the plan in memory."""


async def know_activities(database: Database) -> None:
    """Read the plan, once."""
    async with database.connection() as db:
        known = await db.execute(
            select(Activity.code, Activity.id, ActivityValues.network_id).join(ActivityValues)
        )
        ACTIVITIES.update({row.code: (row.id, row.network_id) for row in known})


async def write_report(
    db: AsyncConnection, who: RowMapping, words: str, *, key: str, platform: str
) -> str:
    """`rapport CODE STATE …` of somebody whose turn has begun; what to answer."""
    now = datetime.now(UTC)
    _command, code, state, situation = words.split(" ", 3)
    activity, network = ACTIVITIES[code]
    turn_key = f"{who['account_id']}:{key}"
    await latest_reports(db, activity)
    made = insert(StatusReport).values(
        activity_id=activity,
        person_id=who["id"],
        status=STATES[state],
        situation=situation,
        decision_from="nobody",
        unchanged=False,
        reported_at=now,
        platform=platform,
        turn_key=turn_key,
    )
    number = (await db.execute(made.returning(StatusReport.id))).scalar_one()
    await db.execute(
        insert(AuditLine).values(
            at=now,
            person_id=who["id"],
            actor="person",
            action="report",
            thing="status_report",
            thing_id=number,
            fields=["status", "situation"],
            source=platform,
        )
    )
    said = f"Sparat: {code}, {state}."
    await db.execute(
        insert(TurnRow).values(
            key=turn_key,
            person_id=who["id"],
            conversation_id=who["conversation_id"],
            words=words,
            request={"kind": "words", "text": words},
            answer=[{"kind": "card", "summary": said}],
            received_at=now,
        )
    )
    await _tell(db, activity, network, {"kind": "card", "summary": f"{code}: {state}"})
    return said


async def _tell(db: AsyncConnection, activity: int, network: int, news: dict[str, Any]) -> None:
    """The network's channels hear of it, their cards are raised, and delivery is woken."""
    bound = ChannelBinding.body_id == network
    channels = select(ChannelBinding.conversation_id, bindparam("view", news, JSONB)).where(bound)
    await db.execute(insert(Message).from_select(["conversation_id", "view"], channels))
    cards = upsert(PostedCard).from_select(
        ["conversation_id", "kind", "subject_id"],
        select(ChannelBinding.conversation_id, literal("activity"), literal(activity)).where(bound),
    )
    await db.execute(
        cards.on_conflict_do_update(
            index_elements=["conversation_id", "kind", "subject_id"],
            index_where=text("struck_at IS NULL"),
            set_={"wanted": PostedCard.wanted + 1},
        )
    )
    await db.execute(select(func.pg_notify("samspel_outbox", "")))


async def keep_receipt(db: AsyncConnection, who: RowMapping, said: str) -> None:
    """Have the receipt said in the person's private chat as well, since it was typed elsewhere."""
    view = {"kind": "card", "summary": said}
    private = select(Conversation.id, bindparam("view", view, JSONB)).where(
        Conversation.person_id == who["id"], Conversation.closed_at.is_(None)
    )
    await db.execute(insert(Message).from_select(["conversation_id", "view"], private.limit(1)))
