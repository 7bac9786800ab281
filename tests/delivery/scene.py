"""A scene for tests of delivery: channels at the counterpart, what is said and kept there."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlalchemy import insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.views import Card
from bot.outbox import Outbox, ToConversation
from bot.people import BodyId
from bot.settings import Settings
from storage.models import (
    Body,
    ChannelBinding,
    Connection,
    Conversation,
    Mark,
    Message,
    PostedCard,
)
from tests.counterpart import NAME


class Transactions(Protocol):
    """Where transactions are opened."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


def quick(**others: Any) -> Settings:
    """Settings with short times, in seconds: of tests, not of a bot."""
    values: dict[str, Any] = {
        "lease_seconds": 6.0,
        "send_timeout_seconds": 3.0,
        "tick_seconds": 0.05,
        "card_rest_seconds": 0,
        "give_up_seconds": 600.0,
    }
    return Settings(**{**values, **others})


def card(words: str) -> Card:
    """A card that says `words`."""
    return Card(summary=words)


async def drawn(db: AsyncConnection, kind: str, subject_id: int, language: str) -> Card | None:
    """A living card that shows a number kept in the database; None when there is none."""
    name = f"{kind}-{subject_id}"
    value = (await db.execute(select(Mark.value).where(Mark.name == name))).scalar()
    return card(f"{name} är {value['number']}") if value else None


class Scene:
    """What tests arrange and ask, in transactions of their own."""

    def __init__(self, database: Transactions) -> None:
        self.database = database

    async def channel(self, address: str, *, tenant: str = "hjo", platform: str = NAME) -> int:
        """A channel, its connection made at need; its conversation id."""
        async with self.database.transaction() as db:
            await db.execute(
                upsert(Connection).values(platform=platform, tenant=tenant).on_conflict_do_nothing()
            )
            connection = select(Connection.id).where(
                Connection.platform == platform, Connection.tenant == tenant
            )
            made = insert(Conversation).values(
                connection_id=connection.scalar_subquery(),
                kind="channel",
                address=address,
                name=address,
            )
            return (await db.execute(made.returning(Conversation.id))).scalar_one()

    async def network(self, name: str, channels: Sequence[int]) -> BodyId:
        """A network with channels of its own."""
        async with self.database.transaction() as db:
            made = insert(Body).values(kind="network", name=name).returning(Body.id)
            body = (await db.execute(made)).scalar_one()
            for channel in channels:
                await db.execute(
                    insert(ChannelBinding).values(
                        conversation_id=channel, body_id=body, bound_by="test"
                    )
                )
            return BodyId(body)

    async def say(self, channel: int, *words: str, **how: Any) -> None:
        """Say each of `words` in one transaction, in that order."""
        outbox = Outbox()
        for each in words:
            outbox.say(ToConversation(channel), lambda said=each: card(said), **how)
        async with self.database.transaction() as db:
            await outbox.flush(db)

    async def set(self, subject: int, number: int | None, bodies: Sequence[BodyId] = ()) -> None:
        """Have living card `subject` show `number`, or nothing, wherever it stands."""
        async with self.database.transaction() as db:
            await set_number(db, subject, number)
            outbox = Outbox()
            outbox.raise_card("number", subject, bodies=bodies)
            await outbox.flush(db)

    async def messages(self, channel: int | None = None) -> list[Message]:
        """The rows of messages, in order of writing."""
        asked = select(Message.__table__).order_by(Message.id)
        if channel is not None:
            asked = asked.where(Message.conversation_id == channel)
        async with self.database.transaction() as db:
            return list((await db.execute(asked)).all())  # type: ignore[arg-type]

    async def cards(self, channel: int) -> list[PostedCard]:
        """The rows of posted cards, in order of writing."""
        asked = select(PostedCard.__table__).where(PostedCard.conversation_id == channel)
        async with self.database.transaction() as db:
            return list((await db.execute(asked.order_by(PostedCard.id))).all())  # type: ignore[arg-type]

    async def conversation(self, channel: int) -> Conversation:
        """The row of the conversation."""
        asked = select(Conversation.__table__).where(Conversation.id == channel)
        async with self.database.transaction() as db:
            return (await db.execute(asked)).one()  # type: ignore[return-value]

    async def alter(self, table: type[Any], row_id: int, **values: Any) -> None:
        """Change a row, as time or an administrator would."""
        async with self.database.transaction() as db:
            await db.execute(update(table).where(table.id == row_id).values(**values))

    async def ask(self, sql: str, **values: Any) -> Any:
        """One value from the database."""
        async with self.database.transaction() as db:
            return (await db.execute(text(sql), values)).scalar()

    async def waiting(self) -> int:
        """How many messages and cards are not delivered."""
        return await self.ask(
            "SELECT (SELECT count(*) FROM messages WHERE state = 'waiting') + (SELECT count(*) "
            "FROM posted_cards WHERE struck_at IS NULL AND shown < wanted)"
        )


async def set_number(db: AsyncConnection, subject: int, number: int | None) -> None:
    """Keep the number that living card `subject` shows."""
    name = f"number-{subject}"
    if number is None:
        await db.execute(text("DELETE FROM marks WHERE name = :name"), {"name": name})
        return
    row = upsert(Mark).values(name=name, value={"number": number})
    await db.execute(
        row.on_conflict_do_update(index_elements=["name"], set_={"value": row.excluded.value})
    )
