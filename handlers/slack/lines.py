"""Lines typed to the bot: in the private chat, or with a mention in a channel."""

from dataclasses import replace

import structlog

from bot.conversations.protocol import Event
from handlers.slack.calls import tried_again
from handlers.slack.desk import Desk
from handlers.slack.outcome import Outcome
from handlers.slack.payload import Payload, part, word
from handlers.slack.translate import Sender, line_changed, line_deleted, line_said
from handlers.slack.typed_text import mentions
from handlers.slack.web_api import call

log = structlog.get_logger(__name__)

OURS_TO_READ = ("", "file_share", "thread_broadcast")
"""Subtypes of lines that people type; the rest is Slack's own telling of what happened."""


class NotSaved(Exception):
    """A line could not be taken in; Slack is told so, and brings it again."""


def sender_of(sender: Sender, event: Payload) -> Sender:
    """Who typed, also where Slack tells it of the line and not of the event."""
    user = (
        word(event, "user")
        or word(part(event, "message"), "user")
        or word(part(event, "previous_message"), "user")
        or sender.user
    )
    return replace(sender, user=user)


async def line(desk: Desk, sender: Sender, event: Payload, *, bot_user_id: str) -> None:
    """Answer what was typed, changed or taken away. Raises NotSaved."""
    done = _read(sender, event, bot_user_id)
    if done is None:
        return
    outcome = await desk.outcome(sender, done)
    if outcome.trouble:
        raise NotSaved(done.key)
    if outcome.again or not outcome.cards or done.address is None:
        return
    if outcome.stranger and done.address.startswith("D"):
        await _said(desk, sender, done.address, outcome)
        return
    desk.patience.behind(
        desk.privately(sender.team, done.address, sender.user, outcome.cards, outcome.language)
    )


async def _said(desk: Desk, sender: Sender, channel: str, outcome: Outcome) -> None:
    """Said in the private chat at once: nobody is known there for whom it could be stored."""
    client = await desk.client(sender.team)
    for card in outcome.cards:
        drawn = desk.message(card, sender.team, outcome.language)

        async def post(drawn: dict[str, object] = drawn) -> object:
            return await call(client, "chat.postMessage", channel=channel, **drawn)

        await tried_again("chat.postMessage", post)


def _read(sender: Sender, event: Payload, bot_user_id: str) -> Event | None:
    """The line as an event; None when it is nothing for the bot."""
    channel, subtype = word(event, "channel"), word(event, "subtype")
    if subtype == "message_changed":
        return _changed(sender, event, channel, bot_user_id)
    if subtype == "message_deleted":
        before = part(event, "previous_message")
        ours = _for_us(before, channel, bot_user_id) and word(before, "user") == sender.user
        ts = word(event, "deleted_ts")
        return line_deleted(sender, channel=channel, ts=ts) if ours else None
    if subtype not in OURS_TO_READ or word(event, "bot_id"):
        return None
    if not _for_us(event, channel, bot_user_id):
        return None
    return line_said(sender, event, channel=channel, bot_user_id=bot_user_id)


def _changed(sender: Sender, event: Payload, channel: str, bot_user_id: str) -> Event | None:
    message, before = part(event, "message"), part(event, "previous_message")
    typed = bool(part(message, "edited")) and word(message, "text") != word(before, "text")
    if not typed or word(message, "bot_id") or word(message, "user") != sender.user:
        return None
    if not _for_us(message, channel, bot_user_id):
        return None
    return line_changed(sender, message, channel=channel, bot_user_id=bot_user_id)


def _for_us(message: Payload, channel: str, bot_user_id: str) -> bool:
    """In a private chat everything; in a channel what mentions the bot. The rest is not read."""
    return channel.startswith("D") or mentions(word(message, "text"), bot_user_id)
