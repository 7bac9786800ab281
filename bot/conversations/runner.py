"""The edge of the bot: an event in, an answer out, in one transaction.

One read finds person, place, an earlier answer to the same event and the plan's revision; the
conversation does its work; one write keeps the turn and all that it has to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, in_stockholm
from bot.conversations import filling, understanding
from bot.conversations.edited_line import answer_deleted
from bot.conversations.forms import Form
from bot.conversations.invitation import invited
from bot.conversations.protocol import (
    AccountKey,
    Ask,
    Deleted,
    Doing,
    Event,
    OpenForm,
    OpenHome,
    Place,
    Pressed,
    Replies,
    Reply,
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
from bot.conversations.steps import MayBeSecret
from bot.conversations.views import Card
from bot.language import speaking
from bot.outbox import NORMAL, URGENT, Destination, Outbox, ToConversation, ToPerson
from bot.people import Person, read_person
from bot.plan import PlanInMemory
from bot.settings import Settings
from storage.database import Database
from storage.queries import turns as queries

log = structlog.get_logger(__name__)


class UnknownAccount(Exception):
    """Nobody in the directory has that account, or the session is over."""


class _AnsweredBefore(Exception):
    """The same event was answered in the meantime."""


@dataclass(frozen=True)
class Answer:
    """What the bot answers an event, for the platform to draw to `person`.

    `again`: the same event was answered before, and this is that answer.
    """

    replies: Replies
    person: Person
    place: Place
    turn_id: int | None
    again: bool = False

    def at_once(self) -> tuple[Card, ...]:
        """What a platform that posts (`Event.posted`) still has to show the person itself."""
        private = self.place.kind == "private"
        return tuple(
            reply.card for reply in self.replies if isinstance(reply, SayPrivately) and not private
        )

    def asked(self) -> Form | None:
        """The form that the answer asks for, if it does."""
        return next((reply.form for reply in self.replies if isinstance(reply, Ask)), None)


class Bot:
    """Answers events. One per process; holds nothing of any person between turns."""

    def __init__(
        self,
        database: Database,
        conversations: Conversations,
        plans: PlanInMemory,
        clock: Clock,
        settings: Settings | None = None,
    ) -> None:
        self._database = database
        self._settings = settings or Settings()
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

    async def keep_draft(self, event: Event) -> datetime | None:
        """Keep what was typed in a form while it takes long to take it in; when it was kept.

        None when nobody is behind the account, or nothing of such a form may be kept. Kept apart
        from the turn, which goes on.
        """
        now = self._clock()
        async with self._database.transaction() as db:
            row = await _begin(db, event, now, in_stockholm(now).date())
            if row is None or not isinstance(event.doing, Submitted):
                return None
            if self._may_be_secret(event.doing):
                return None
            if row["turn_id"] is None:
                await filling.keep_sent(db, read_person(row), event.doing, now)
            return now

    async def drop_kept_draft(self, event: Event, kept_at: datetime) -> None:
        """Let go of what `keep_draft` kept, unless it was touched since: the form was taken in."""
        now = self._clock()
        async with self._database.transaction() as db:
            row = await _begin(db, event, now, in_stockholm(now).date())
            if row is not None and isinstance(event.doing, Submitted):
                await filling.drop_sent(db, read_person(row), event.doing, kept_at)

    async def _answer_once(self, event: Event) -> Answer:
        now = self._clock()
        async with self._database.transaction() as db:
            if event.looking:
                await db.execute(text("SET TRANSACTION READ ONLY"))
            row = await _begin(db, event, now, in_stockholm(now).date())
            if row is None:
                raise UnknownAccount
            person = read_person(row)
            place = await _place(db, row, event)
            if row["turn_id"] is not None:
                replies = read_replies(row["answer"])
                return Answer(replies, person, place, row["turn_id"], again=True)
            plan = await self._plans.at(db, row["revision"])
            turn = Turn(
                key=event.key,
                person=person,
                place=place,
                now=now,
                doing=event.doing,
                db=db,
                plan=plan,
                outbox=Outbox(plan.languages, today=in_stockholm(now).date()),
                under=event.under,
                settings=self._settings,
                looking=event.looking,
            )
            with speaking(person.language):
                answered = await self._reply(turn)
                replies = tuple([await filling.with_names(turn, each) for each in answered])
                if not event.can_open:
                    replies = tuple(invited(turn, reply) for reply in replies)
                secret = self._may_be_secret(event.doing)
                kept = None if event.looking else await _finish(turn, row, event, replies, secret)
        # As they are after the turn: it may have changed the language they are spoken to in.
        return Answer(replies, turn.person, place, kept)

    def _may_be_secret(self, doing: Doing) -> bool:
        """Whether what was sent in may be what nobody is to know."""
        found = self.conversations.form(doing.form) if isinstance(doing, Submitted) else None
        return found is not None and isinstance(found[1], MayBeSecret)

    async def _reply(self, turn: Turn) -> Replies:
        doing = turn.doing
        match doing:
            case Words():
                return await understanding.answer_words(self.conversations, turn, doing)
            case Deleted(turn=key):
                return await answer_deleted(turn, key)
            case Pressed(press=press):
                return await understanding.answer_press(self.conversations, turn, press)
            case OpenForm():
                return await filling.open_form(self.conversations, turn, doing)
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
        also=event.also,
    )


async def _place(db: AsyncConnection, row: RowMapping, event: Event) -> Place:
    here, kind = row["conversation_id"], row["conversation_kind"] or event.kind
    if here is None and event.posted and event.address and isinstance(event.who, AccountKey):
        # Whoever writes in a private chat that was given up shows that it can be reached again.
        here = await queries.reopen_private_chat(
            db,
            platform=event.who.platform,
            tenant=event.who.tenant,
            address=event.address,
            person_id=row["id"],
        )
        kind = kind if here is None else "private"
    return Place(platform=row["platform"], conversation_id=here, kind=kind, tenant=row["tenant"])


def _to_deliver(turn: Turn, replies: Replies, event: Event) -> Iterator[tuple[Destination, Card]]:
    """What of an answer is delivered: all that is said where the platform posts; everywhere what
    is said privately in a channel and must not vanish."""
    here, person = turn.place.conversation_id, turn.person.id
    near = (turn.place.platform, turn.place.tenant)
    for reply in replies:
        if not isinstance(reply, Say | SayPrivately):
            continue
        if isinstance(reply, SayPrivately) and turn.place.kind == "channel":
            if not event.whispers or reply.lasting:
                yield ToPerson(person, near), reply.card
        elif event.posted:
            yield (ToPerson(person, near) if here is None else ToConversation(here)), reply.card


def _unspoken(reply: Reply) -> Reply:
    """The reply as it is kept: a secret form without what was typed in it."""
    if isinstance(reply, Ask) and reply.form.secret:
        return Ask(form=reply.form.without_values())
    return reply


async def _finish(
    turn: Turn, row: RowMapping, event: Event, replies: Replies, secret: bool
) -> int | None:
    """Keep the turn; of a `secret` form, or hushed words, nothing that was typed is in it."""
    doing = turn.doing
    if secret and isinstance(doing, Submitted):
        doing = doing.model_copy(update={"values": {}})
    if turn.hushed and isinstance(doing, Words):
        doing = doing.model_copy(update={"text": f"{doing.text.split(maxsplit=1)[0]} …"})
    if isinstance(doing, Searched | OpenHome | OpenForm):
        await turn.outbox.flush(turn.db)
        return None
    for to, card in _to_deliver(turn, replies, event):
        under = event.under if isinstance(to, ToConversation) else None
        urgency = URGENT if event.posted else NORMAL
        turn.outbox.say(to, lambda card=card: card, urgency=urgency, under_line=under)
    kept = await queries.finish(
        turn.db,
        account_id=row["account_id"],
        key=turn.key,
        person_id=turn.person.id,
        conversation_id=turn.place.conversation_id,
        words=doing.text if isinstance(doing, Words) else None,
        request=doing.model_dump(mode="json"),
        answer=stored_replies(tuple(_unspoken(each) for each in replies)),
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
