"""What came of something that a person did on a chat platform: the bot's answer, or why not."""

import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

import structlog

from bot.conversations.forms import Form, Home, Option
from bot.conversations.invitation import invitation
from bot.conversations.not_saved import not_saved
from bot.conversations.protocol import (
    AccountKey,
    Event,
    Say,
    SayPrivately,
    ShowHome,
    Suggest,
)
from bot.conversations.runner import Answer, Bot, UnknownAccount
from bot.conversations.views import Card
from bot.language import speaking

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What to show the person, in their language.

    `cards` are for the person alone and shown at once; `receipts` are all that was said, also what
    delivery brings to the private chat. `trouble`: nothing was done, and it may be tried again.
    `stranger`: the account belongs to nobody yet. `again`: answered before.
    """

    language: str
    cards: tuple[Card, ...] = ()
    receipts: tuple[Card, ...] = ()
    form: Form | None = None
    home: Home | None = None
    options: tuple[Option, ...] = ()
    trouble: bool = False
    stranger: bool = False
    again: bool = False

    def invited(self) -> tuple[Card, ...]:
        """In the place of a form that could not be opened, a card with a button that does."""
        if self.form is None:
            return ()
        with speaking(self.language):
            return (invitation(self.form),)


Meet = Callable[[], Awaitable[tuple[str, Card]]]
"""What an account that belongs to nobody is told, and in which language."""


async def outcome_of(bot: Bot | None, event: Event, meet: Meet | None, language: str) -> Outcome:
    """Have the bot answer; whatever goes wrong is told kindly, and what was typed given back.

    `language` is spoken where it is not known who asks. Without `bot` everybody is a stranger;
    without `meet` a stranger is told nothing.
    """
    try:
        return await _answered(bot, event, meet, language)
    except Exception as error:
        # Never the exception's words: they may hold what people wrote.
        where = traceback.extract_tb(error.__traceback__)[-1]
        log.error(  # noqa: TRY400
            "turn_failed",
            did=event.doing.kind,
            platform=event.who.platform if isinstance(event.who, AccountKey) else "web",
            error=type(error).__name__,
            where=f"{PurePath(where.filename).name}:{where.lineno}",
        )
        return _trouble(event, language)


async def _answered(bot: Bot | None, event: Event, meet: Meet | None, language: str) -> Outcome:
    with suppress(UnknownAccount):
        if bot is not None:
            return _told(await bot.answer(event))
    if meet is None:
        return Outcome(language, stranger=True)
    spoken, card = await meet()
    return Outcome(spoken, cards=(card,), receipts=(card,), stranger=True)


def _told(answer: Answer) -> Outcome:
    said = [reply.card for reply in answer.replies if isinstance(reply, Say | SayPrivately)]
    homes = [reply.home for reply in answer.replies if isinstance(reply, ShowHome)]
    options = [
        option for reply in answer.replies if isinstance(reply, Suggest) for option in reply.options
    ]
    return Outcome(
        answer.person.language,
        cards=answer.at_once(),
        receipts=tuple(said),
        form=answer.asked(),
        home=homes[0] if homes else None,
        options=tuple(options),
        again=answer.again,
    )


def _trouble(event: Event, language: str) -> Outcome:
    with speaking(language):
        card = not_saved(event.doing)
    return Outcome(language, cards=(card,), receipts=(card,), trouble=True)
