"""What the peer of the poll benchmark does: an answer with SQLAlchemy Core, one statement each.

It reads and writes what an answer by words reads and writes, message rows included. It parses no
more than the amount, asks for no mandate, makes no receipt worth the name, and knows one language.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import (
    AuditLine,
    ChannelBinding,
    Conversation,
    Message,
    PollAnswer,
    PollVoter,
    PostedCard,
)
from storage.models import Turn as TurnRow

PLATFORMS_THAT_POST = ("slack", "teams")
"""There the receipt is a message; the web shows the turn itself."""


async def write_answer(
    db: AsyncConnection, who: RowMapping, words: str, *, key: str, platform: str
) -> str:
    """`rosta NUMBER ja AMOUNT` of somebody whose turn has begun; what to answer."""
    now = datetime.now(UTC)
    _command, number, _yes, amount = words.split(" ", 3)
    poll, kronor = int(number), int(amount.replace(" ", ""))
    voter = await _replace(db, poll, who["id"], now)
    await db.execute(
        insert(PollAnswer).values(
            voter_id=voter,
            version=1,
            suggestion=False,
            kind="otherwise",
            amount=kronor,
            person_id=who["id"],
            answered_at=now,
            platform=platform,
        )
    )
    await db.execute(update(PollVoter).where(PollVoter.id == voter).values(voted=True))
    await db.execute(
        insert(AuditLine).values(
            at=now,
            person_id=who["id"],
            actor="person",
            action="answer",
            thing="poll",
            thing_id=poll,
            fields=["answer"],
            source=platform,
        )
    )
    said = f"Svaret är registrerat: {kronor} kr."
    await db.execute(
        insert(TurnRow).values(
            key=f"{who['account_id']}:{key}",
            person_id=who["id"],
            conversation_id=who["conversation_id"],
            words=words,
            request={"kind": "words", "text": words},
            answer=[{"kind": "card", "summary": said}],
            received_at=now,
        )
    )
    await _raise_cards(db, poll)
    if platform in PLATFORMS_THAT_POST:
        await _keep_receipt(db, who["id"], {"kind": "card", "summary": said})
    return said


async def _replace(db: AsyncConnection, poll: int, person: int, now: datetime) -> int:
    """The place of the person's municipality, whose answer so far stands no more."""
    place = select(PollVoter.id).where(
        PollVoter.poll_id == poll, PollVoter.organisation_id == person
    )
    voter = (await db.execute(place)).scalar_one()
    stands = update(PollAnswer).where(
        PollAnswer.voter_id == voter, PollAnswer.replaced_at.is_(None)
    )
    await db.execute(stands.values(replaced_at=now))
    return voter


async def _raise_cards(db: AsyncConnection, poll: int) -> None:
    """The poll's card is raised wherever it is, and delivery is woken."""
    channels = select(ChannelBinding.conversation_id, literal("poll"), literal(poll)).where(
        ChannelBinding.conversation_id.in_(
            select(PostedCard.conversation_id).where(
                PostedCard.kind == "poll", PostedCard.subject_id == poll
            )
        )
    )
    cards = upsert(PostedCard).from_select(
        ["conversation_id", "kind", "subject_id"],
        channels.order_by(ChannelBinding.conversation_id),
    )
    await db.execute(
        cards.on_conflict_do_update(
            index_elements=["conversation_id", "kind", "subject_id"],
            index_where=text("struck_at IS NULL"),
            set_={"wanted": PostedCard.wanted + 1},
        )
    )
    await db.execute(select(func.pg_notify("samspel_outbox", "")))


async def _keep_receipt(db: AsyncConnection, person: int, view: dict[str, Any]) -> None:
    """Have the receipt said in the person's private chat."""
    private = select(Conversation.id, bindparam("view", view, JSONB)).where(
        Conversation.person_id == person, Conversation.closed_at.is_(None)
    )
    await db.execute(insert(Message).from_select(["conversation_id", "view"], private.limit(1)))
