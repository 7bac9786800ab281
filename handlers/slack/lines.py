"""Lines typed to the bot: in the private chat, or with a mention in a channel."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversations.protocol import Event
from bot.conversations.views import Card
from handlers.payload import Payload, part, word
from handlers.slack.desk import Desk
from handlers.slack.translate import Sender, line_changed, line_deleted, line_said
from handlers.slack.typed_text import mentions

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


async def line(
    desk: Desk, sender: Sender, event: Payload, *, bot_user_id: str, last: bool = False
) -> None:
    """Answer what was typed, changed or taken away. Raises NotSaved.

    `last`: Slack will not bring it again, so that who typed it is told if it cannot be saved.
    """
    done = _read(sender, event, bot_user_id)
    if done is None:
        return
    outcome = await desk.outcome(sender, done, meets=False)
    if outcome.stranger:
        if _is_told_once(event) and word(event, "subtype") in OURS_TO_READ:
            desk.patience.behind(_met(desk, sender, done))
        return
    if outcome.trouble:
        if last and _is_told_once(event):
            desk.patience.behind(_shown(desk, sender, done, outcome.cards, outcome.language))
        raise NotSaved(done.key)
    if outcome.cards and not outcome.again:
        desk.patience.behind(_shown(desk, sender, done, outcome.cards, outcome.language))


async def _met(desk: Desk, sender: Sender, done: Event) -> None:
    language, card = await desk.newcomers.meet(sender)
    await _shown(desk, sender, done, (card,), language)


async def _shown(
    desk: Desk, sender: Sender, done: Event, cards: Sequence[Card], language: str
) -> None:
    """To the person alone, where the line was typed."""
    where = done.address or sender.user
    if done.kind == "private":
        await desk.directly(sender.team, where, cards, language)
    else:
        await desk.privately(sender.team, where, sender.user, cards, language)


def _is_told_once(event: Payload) -> bool:
    """Of a new line with a mention in a channel Slack tells twice; one of them is answered."""
    new = word(event, "subtype") in OURS_TO_READ
    twice = new and not word(event, "channel").startswith("D")
    return word(event, "type") == "app_mention" or not twice


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
    if word(event, "type") == "app_mention" and event.get("edited"):
        # A mention put into a line afterwards: Slack tells of the changed line as well.
        return None
    if not _for_us(event, channel, bot_user_id):
        return None
    return line_said(sender, event, channel=channel, bot_user_id=bot_user_id)


def _changed(sender: Sender, event: Payload, channel: str, bot_user_id: str) -> Event | None:
    message, before = part(event, "message"), part(event, "previous_message")
    typed = bool(part(message, "edited")) and word(message, "text") != word(before, "text")
    if not typed or word(message, "bot_id") or word(message, "user") != sender.user:
        return None
    if not any(_for_us(each, channel, bot_user_id) for each in (message, before)):
        return None
    return line_changed(sender, message, channel=channel, bot_user_id=bot_user_id)


def _for_us(message: Payload, channel: str, bot_user_id: str) -> bool:
    """In a private chat everything; in a channel what mentions the bot. The rest is not read."""
    return channel.startswith("D") or mentions(word(message, "text"), bot_user_id)
