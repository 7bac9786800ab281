"""Channels and workspaces come and go, and the administrators hear what matters."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypedDict

import pytest
from sqlalchemy import RowMapping, insert, select, text

from bot import places
from bot.conversations.forms import read_card
from bot.conversations.views import Card
from bot.language import LANGUAGES
from bot.outbox import Outbox, ToConversation
from bot.places import Why
from bot.plain_text import plain_text
from storage.database import Database
from storage.models import Body, ChannelBinding, Connection, Conversation, PostedCard, Role
from storage.models import Person as PersonRow
from storage.queries.bindings import withdraw_cards

NOW = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


class Place(TypedDict):
    """Where a channel is."""

    platform: str
    tenant: str
    address: str


THERE = Place(platform="slack", tenant="T1", address="C1")


class World:
    """A workspace and a web chat, an administrator at home in both, and what is said where."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def administrator(self, *platforms: str, until: date | None = None) -> int:
        """Somebody who is told, with a private chat on each platform; their key."""
        async with self.database.transaction() as db:
            made = insert(PersonRow).values(name="Adam", email=f"adam{len(platforms)}@example.se")
            person = (await db.execute(made.returning(PersonRow.id))).scalar_one()
            await db.execute(
                insert(Role).values(
                    person_id=person,
                    role="administrator",
                    starts_on=date(2026, 1, 1),
                    ends_on=until,
                    given_by="test",
                )
            )
            for platform in platforms:
                await db.execute(
                    text(
                        "WITH k AS (INSERT INTO connections (platform, tenant) VALUES (:p, :t) "
                        "ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant "
                        "RETURNING id) INSERT INTO conversations (connection_id, kind, address, "
                        "name, person_id) SELECT id, 'private', :a, 'Adam', :person FROM k"
                    ),
                    {
                        "p": platform,
                        "t": "T1" if platform == "slack" else platform,
                        "a": f"D{person}",
                        "person": person,
                    },
                )
        return person

    async def joined(self, now: datetime = NOW, name: str = "kompetens") -> int:
        """The bot is in the channel."""
        async with self.database.transaction() as db:
            outbox = Outbox(LANGUAGES)
            made = await places.channel_joined(db, **THERE, name=name, now=now, outbox=outbox)
            await outbox.flush(db)
        return made

    async def gone(self, why: Why = "left", now: datetime = LATER) -> bool:
        """The channel is lost."""
        async with self.database.transaction() as db:
            outbox = Outbox(LANGUAGES)
            done = await places.channel_gone(db, **THERE, why=why, now=now, outbox=outbox)
            await outbox.flush(db)
        return done

    async def bound(self, channel: int) -> None:
        """The channel is the network's, with a living card and a message on its way."""
        async with self.database.transaction() as db:
            body = await db.scalar(
                insert(Body).values(kind="network", name="Kompetens").returning(Body.id)
            )
            await db.execute(
                insert(ChannelBinding).values(
                    conversation_id=channel, body_id=body, bound_by="test"
                )
            )
            await db.execute(
                insert(PostedCard).values(
                    conversation_id=channel,
                    kind="activity",
                    subject_id=7,
                    wanted=2,
                    shown=2,
                    reference="1.2",
                )
            )

    async def said(self, conversation: int) -> list[str]:
        """What waits or was sent there, as it is read."""
        async with self.database.transaction() as db:
            found = await db.execute(
                text("SELECT view FROM messages WHERE conversation_id = :c ORDER BY id"),
                {"c": conversation},
            )
            return [plain_text(read_card(row.view)) for row in found]

    async def told(self, person: int, platform: str = "web") -> list[str]:
        """What that person is told in private there."""
        async with self.database.transaction() as db:
            chat = await db.scalar(
                select(Conversation.id)
                .join(Connection, Connection.id == Conversation.connection_id)
                .where(Conversation.person_id == person, Connection.platform == platform)
            )
        return await self.said(chat or 0)

    async def one(self, sql: str, **values: Any) -> RowMapping:
        """One row."""
        async with self.database.transaction() as db:
            return (await db.execute(text(sql), values)).mappings().one()

    async def card(self, channel: int) -> RowMapping:
        """The channel's one living card."""
        return await self.one(
            "SELECT struck_at, wanted, shown, reference FROM posted_cards "
            "WHERE conversation_id = :c",
            c=channel,
        )


@pytest.fixture
def world(database: Database) -> World:
    """An empty database."""
    return World(database)


async def test_the_bot_greets_a_channel_once(world: World):
    channel = await world.joined()
    assert await world.joined(LATER) == channel
    (greeting,) = await world.said(channel)
    assert "Jag är Samspel" in greeting
    assert "koppla" in greeting


async def test_back_in_a_bound_channel_it_says_what_comes_and_its_cards_go_on(world: World):
    channel = await world.joined()
    await world.bound(channel)
    assert await world.gone()
    assert (await world.card(channel))["struck_at"] == LATER
    assert await world.joined(LATER + timedelta(days=1)) == channel
    *_first, back = await world.said(channel)
    assert "Jag är tillbaka" in back
    assert "nätverket Kompetens" in back
    card = await world.card(channel)
    assert (card["struck_at"], card["wanted"], card["reference"]) == (None, 3, "1.2")


@pytest.mark.parametrize(
    ("why", "said", "cure"),
    [
        ("left", "Samspel är borttaget ur kanalen kompetens", "Bjud in Samspel till kanalen igen"),
        ("archived", "Kanalen kompetens är arkiverad", "Öppna kanalen igen"),
        ("deleted", "Kanalen kompetens är borttagen", "Bjud in Samspel till en annan kanal"),
    ],
)
async def test_of_a_bound_channel_that_is_gone_the_administrators_hear(
    world: World, why: Why, said: str, cure: str
):
    administrator = await world.administrator("web")
    former = await world.administrator("web", "slack", until=date(2026, 2, 1))
    channel = await world.joined()
    await world.bound(channel)
    assert await world.gone(why)
    (word,) = await world.told(administrator)
    assert said in word
    assert "nätverket Kompetens" in word
    assert cure in word
    assert "1 meddelande som väntade kom inte fram" in word
    assert await world.told(former) == []
    failed = await world.one(
        "SELECT state, failure FROM messages WHERE conversation_id = :c", c=channel
    )
    assert failed["state"] == "failed"
    assert said in failed["failure"]
    assert not await world.gone(why)
    assert len(await world.told(administrator)) == 1


async def test_of_a_channel_that_nothing_comes_to_nobody_hears(world: World):
    administrator = await world.administrator("web")
    await world.joined()
    assert await world.gone()
    assert await world.told(administrator) == []
    assert not await world.gone()


async def test_a_channel_nobody_knows_is_no_matter(world: World):
    assert not await world.gone()
    async with world.database.transaction() as db:
        assert not await places.channel_renamed(db, **THERE, name="ny")
        assert not await places.channel_back(db, **THERE, now=NOW, outbox=Outbox())


async def test_a_channel_that_is_unarchived_is_as_before(world: World):
    channel = await world.joined()
    await world.bound(channel)
    await world.gone("archived")
    async with world.database.transaction() as db:
        outbox = Outbox()
        assert await places.channel_back(db, **THERE, now=LATER, outbox=outbox)
        assert not await places.channel_back(db, **THERE, now=LATER, outbox=outbox)
        await outbox.flush(db)
    assert (await world.card(channel))["struck_at"] is None
    assert "Jag är tillbaka" in (await world.said(channel))[-1]


async def test_a_channel_opens_again_although_a_card_came_to_it_just_as_it_closed(world: World):
    channel = await world.joined()
    await world.bound(channel)
    await world.gone()
    async with world.database.transaction() as db:
        late = {"conversation_id": channel, "kind": "activity", "subject_id": 7}
        await db.execute(insert(PostedCard).values(late))
    await world.joined(LATER + timedelta(days=1))
    living = await world.one(
        "SELECT wanted, reference FROM posted_cards "
        "WHERE conversation_id = :c AND struck_at IS NULL",
        c=channel,
    )
    assert (living["wanted"], living["reference"]) == (2, None)


async def test_a_card_of_a_binding_that_ended_meanwhile_is_taken_away_when_it_opens(world: World):
    channel = await world.joined()
    await world.bound(channel)
    await world.gone()
    async with world.database.transaction() as db:
        await withdraw_cards(db, channel, "activity", withdrawn=[7], raised=[])
    await world.joined(LATER + timedelta(days=1))
    card = await world.one(
        "SELECT withdrawn, struck_at, wanted > shown AS behind FROM posted_cards "
        "WHERE conversation_id = :c",
        c=channel,
    )
    assert tuple(card.values()) == (True, None, True)


async def test_a_renamed_channel_is_called_by_its_new_name(world: World):
    channel = await world.joined()
    async with world.database.transaction() as db:
        assert await places.channel_renamed(db, **THERE, name="kompetens-nätverk")
    row = await world.one("SELECT name FROM conversations WHERE id = :c", c=channel)
    assert row["name"] == "kompetens-nätverk"


async def test_when_a_workspace_goes_its_administrators_hear_elsewhere(world: World):
    administrator = await world.administrator("slack", "web")
    channel = await world.joined()
    await world.bound(channel)
    async with world.database.transaction() as db:
        outbox = Outbox(LANGUAGES)
        gone = {"platform": "slack", "tenant": "T1", "now": LATER, "outbox": outbox}
        assert await places.workspace_gone(db, **gone)
        assert not await places.workspace_gone(db, **gone)
        await outbox.flush(db)
    (word,) = await world.told(administrator)
    assert "arbetsytan T1 i Slack" in word
    assert "nätverket Kompetens" in word
    assert await world.told(administrator, "slack") == []
    assert (await world.card(channel))["struck_at"] == LATER


async def test_a_workspace_that_is_here_again_has_what_was_closed_with_it(world: World):
    await world.administrator("slack")
    channel = await world.joined()
    await world.bound(channel)
    lost = await joined_elsewhere(world)
    async with world.database.transaction() as db:
        where = {"platform": "slack", "tenant": "T1"}
        await places.workspace_gone(db, **where, now=LATER, outbox=Outbox())
        await places.workspace_here(db, **where, now=LATER + timedelta(days=1))
    closed = "SELECT id FROM conversations WHERE closed_at IS NOT NULL"
    assert (await world.one(closed))["id"] == lost
    assert (await world.card(channel))["struck_at"] is None
    gone = await world.one("SELECT closed_at FROM connections WHERE tenant = 'T1'")
    assert gone["closed_at"] is None


async def joined_elsewhere(world: World) -> int:
    """A channel that was lost before; its key."""
    async with world.database.transaction() as db:
        there = Place(platform="slack", tenant="T1", address="C2")
        made = await places.channel_joined(db, **there, name="två", now=NOW, outbox=Outbox())
        await places.channel_gone(db, **there, why="left", now=NOW, outbox=Outbox())
    return made


async def test_nothing_is_written_to_where_nothing_can_be_said(world: World):
    channel = await world.joined()
    await world.gone()
    async with world.database.transaction() as db:
        outbox = Outbox()
        outbox.say(ToConversation(channel), lambda: Card(summary="Hör ni?"))
        await outbox.flush(db)
    assert not any("Hör ni?" in each for each in await world.said(channel))
