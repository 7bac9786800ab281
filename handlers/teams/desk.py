"""What everything that answers people in Teams stands on, and how they are shown something now."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from microsoft_teams.api import MessageActivityInput
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.conversations.forms import Form, Option
from bot.conversations.protocol import Event
from bot.conversations.runner import Bot
from bot.conversations.views import Card
from bot.language import speaking
from bot.settings import Settings
from handlers.courtesy import Courteous
from handlers.outcome import Outcome, outcome_of
from handlers.patience import Patience
from handlers.spoken import Spoken
from handlers.teams.canvas import Canvas
from handlers.teams.connector import Connector
from handlers.teams.newcomers import Newcomers
from handlers.teams.posting import activity, form_activity
from handlers.teams.render_form import drawing
from handlers.teams.translate import Sender, Where
from storage.database import Database
from storage.queries.places import private_chat_of

T = TypeVar("T")

REMEMBERED = 10_000
"""People whose language a process remembers."""


@dataclass
class Desk:
    """One process' side of Teams."""

    bot: Bot
    database: Database
    settings: Settings
    clock: Clock
    newcomers: Newcomers
    patience: Patience
    courtesies: Courteous
    spoken: Spoken
    canvas: Canvas
    """What is drawn at once: nobody is looked up for it."""

    async def outcome(
        self,
        connector: Connector,
        sender: Sender,
        where: Where,
        event: Event,
        *,
        meets: bool = True,
    ) -> Outcome:
        """What comes of an event, whatever happens. `meets`: strangers are told how to get in."""

        async def meet() -> tuple[str, Card]:
            return await self.newcomers.meet(connector, sender, where)

        language = self.language_of(sender)
        outcome = await outcome_of(self.bot, event, meet if meets else None, language)
        self.spoken.keep((sender.tenant, sender.user), outcome.language)
        return outcome

    async def options(self, sender: Sender, event: Event) -> tuple[Option, ...]:
        """Suggestions for a search; none for a stranger, or when it cannot be told now."""
        return (await outcome_of(self.bot, event, None, self.language_of(sender))).options

    def language_of(self, sender: Sender) -> str:
        """The language to speak to somebody, as far as this process knows."""
        return self.spoken.to((sender.tenant, sender.user))

    async def writes_to(self, sender: Sender) -> bool:
        """Whether what is for the sender alone comes to a chat in Teams."""
        async with self.database.connection() as db:
            return await private_chat_of(db, vars(sender.key)) is not None

    async def personal(self, connector: Connector, sender: Sender, where: Where) -> Where | None:
        """The sender's own chat with the bot; None where there is none and none can be made."""
        if where.kind == "private":
            return where
        try:
            async with self.database.connection() as db:
                known = await private_chat_of(db, vars(sender.key))
        except SQLAlchemyError:
            # Away, it cannot say where the chat is; Teams can.
            known = None
        if known is not None:
            return Where(known.address, "private", known.route or where.route)
        made = await self._called(
            connector, "chat", sender.id, lambda: connector.personal_chat(where.route, sender.id)
        )
        return Where(made, "private", where.route) if made else None

    async def say(
        self, connector: Connector, where: Where, cards: Sequence[Card], language: str
    ) -> None:
        """Say cards at once; in a channel, under the line that they answer."""
        for card in cards:
            with speaking(language):
                said = activity(card, self.canvas)
            await self.post(connector, where, said)

    async def say_alone(
        self, connector: Connector, sender: Sender, where: Where, outcome: Outcome
    ) -> None:
        """What is for the person alone and is stored nowhere: said now in their chat, or never."""
        there = await self.personal(connector, sender, where)
        if there is not None:
            await self.say(connector, there, outcome.cards, outcome.language)

    async def ask(
        self,
        connector: Connector,
        where: Where,
        form: Form,
        language: str,
        *,
        unfolded: bool = False,
    ) -> bool:
        """Show a form as a card of its own; False when it could not be."""
        with speaking(language):
            asked = form_activity(form, self.canvas, unfolded=unfolded, drawn=drawing())
        return await self.post(connector, where, asked) is not None

    async def post(
        self, connector: Connector, where: Where, said: MessageActivityInput
    ) -> str | None:
        """The id of what was posted, or None."""
        return await self._called(
            connector,
            "post",
            where.address,
            lambda: connector.post(where.route, where.address, said, thread=where.thread),
        )

    async def whisper(
        self, connector: Connector, where: Where, user: str, card: Card, language: str
    ) -> None:
        """Show a card in a channel to one member, where Teams has such; only to say so."""
        with speaking(language):
            said = activity(card, self.canvas)

        async def whisper() -> bool:
            await connector.whisper(where.route, where.address, user, said, thread=where.thread)
            return True

        await self._called(connector, "whisper", where.address, whisper)

    async def put(
        self, connector: Connector, where: Where, reference: str, card: Card, language: str
    ) -> None:
        """Show a card in the place of `reference`, in every client."""
        with speaking(language):
            shown = activity(card, self.canvas)

        async def put() -> bool:
            await connector.put(where.route, where.address, reference, shown)
            return True

        await self._called(connector, "put", where.address, put)

    async def _called(
        self, connector: Connector, about: str, place: str, call: Callable[[], Awaitable[T]]
    ) -> T | None:
        tenant = connector.connection.tenant_id
        return await self.courtesies.called(
            call, turn=(tenant, about, place), limit=(tenant, place), about=about
        )
