"""The edge of the bot: an event in, an answer out, in one transaction.

One read finds person, place, an earlier answer to the same event and the plan's revision; the
conversation does its work; one write keeps the turn and all that it has to say.
"""

from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, in_stockholm
from bot.conversations import filling, understanding
from bot.conversations.protocol import (
    Event,
    OpenForm,
    OpenHome,
    Place,
    Pressed,
    Replies,
    Say,
    SayPrivately,
    Searched,
    SessionKey,
    ShowHome,
    Submitted,
    Turn,
    Words,
    read_replies,
    stored_replies,
)
from bot.conversations.registry import Conversations
from bot.language import speaking
from bot.outbox import Outbox, ToPerson
from bot.people import Person, read_person
from bot.plan import PlanInMemory
from storage.database import Database
from storage.queries import turns as queries

log = structlog.get_logger(__name__)


class UnknownAccount(Exception):
    """Nobody in the directory has that account, or the session is over."""


class _AnsweredBefore(Exception):
    """The same event was answered in the meantime."""


@dataclass(frozen=True)
class Answer:
    """What the bot answers an event, for the platform to draw to `person`."""

    replies: Replies
    person: Person
    turn_id: int | None


class Bot:
    """Answers events. One per process; holds nothing of any person between turns."""

    def __init__(
        self, database: Database, conversations: Conversations, plans: PlanInMemory, clock: Clock
    ) -> None:
        self._database = database
        self._plans = plans
        self._clock = clock
        self.conversations = conversations

    async def answer(self, event: Event) -> Answer:
        """The answer to an event; to the same event again, the same answer and nothing done.

        UnknownAccount when there is no such person. Whatever else is raised has changed nothing.
        """
        try:
            return await self._answer_once(event)
        except _AnsweredBefore:
            return await self._answer_once(event)

    async def _answer_once(self, event: Event) -> Answer:
        now = self._clock()
        async with self._database.transaction() as db:
            if event.looking:
                await db.execute(text("SET TRANSACTION READ ONLY"))
            row = await _begin(db, event, now, in_stockholm(now).date())
            if row is None:
                raise UnknownAccount
            person = read_person(row)
            if row["turn_id"] is not None:
                return Answer(read_replies(row["answer"]), person, row["turn_id"])
            plan = await self._plans.at(db, row["revision"])
            turn = Turn(
                key=event.key,
                person=person,
                place=_place(row),
                now=now,
                doing=event.doing,
                db=db,
                plan=plan,
                outbox=Outbox(plan.languages),
            )
            with speaking(person.language):
                replies = await self._reply(turn)
                kept = None if event.looking else await _finish(turn, row, replies)
        return Answer(replies, person, kept)

    async def _reply(self, turn: Turn) -> Replies:
        doing = turn.doing
        match doing:
            case Words():
                return await understanding.answer_words(self.conversations, turn, doing.text)
            case Pressed(press=press):
                return await understanding.answer_press(self.conversations, turn, press)
            case OpenForm(form=name, arguments=arguments, again=again):
                return await filling.open_form(
                    self.conversations, turn, name, arguments, again=again
                )
            case Submitted():
                return await filling.submit(self.conversations, turn, doing)
            case Searched():
                return await understanding.suggest(turn, doing)
            case OpenHome():
                home = await understanding.home(self.conversations, turn)
                return (ShowHome(home=home),)


async def _begin(
    db: AsyncConnection, event: Event, now: datetime, today: date
) -> RowMapping | None:
    if isinstance(event.who, SessionKey):
        return await queries.begin_by_session(
            db,
            token_hash=event.who.token_hash,
            now=now,
            address=event.address,
            key=event.key,
            today=today,
        )
    return await queries.begin_by_account(
        db,
        platform=event.who.platform,
        tenant=event.who.tenant,
        user_id=event.who.user_id,
        address=event.address,
        key=event.key,
        today=today,
    )


def _place(row: RowMapping) -> Place:
    return Place(
        platform=row["platform"],
        conversation_id=row["conversation_id"],
        kind=row["conversation_kind"] or "private",
    )


async def _finish(turn: Turn, row: RowMapping, replies: Replies) -> int | None:
    doing = turn.doing
    if isinstance(doing, Searched | OpenHome | OpenForm):
        await turn.outbox.flush(turn.db)
        return None
    for reply in replies:
        if isinstance(reply, SayPrivately) and reply.lasting and turn.place.kind == "channel":
            card = reply.card
            turn.outbox.say(ToPerson(turn.person.id), lambda card=card: card)
    kept = await queries.finish(
        turn.db,
        account_id=row["account_id"],
        key=turn.key,
        person_id=turn.person.id,
        conversation_id=turn.place.conversation_id,
        words=doing.text if isinstance(doing, Words) else None,
        request=doing.model_dump(mode="json"),
        answer=stored_replies(replies),
        now=turn.now,
        outbox=turn.outbox.to_write(),
    )
    if kept is None:
        raise _AnsweredBefore
    log.info(
        "turn",
        turn=kept,
        did=doing.kind,
        platform=turn.place.platform,
        said=sum(isinstance(reply, Say | SayPrivately) for reply in replies),
    )
    return kept
