"""Shortcuts: a form from Slack's own menus, or from somebody's message."""

import asyncio

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.conversations.protocol import Event, Quoted
from bot.language import speaking
from handlers.outcome import Outcome
from handlers.payload import Payload, part, word
from handlers.slack.desk import Desk
from handlers.slack.ids import form_of_shortcut
from handlers.slack.translate import Sender, form_asked
from handlers.slack.typed_text import as_typed
from handlers.slack.waiting import waiting
from handlers.slack.web_api import call


async def shortcut(desk: Desk, sender: Sender, body: Payload, ack: AsyncAck) -> None:
    """Open the form that the shortcut is for; a message that it is used on is quoted in it."""
    trigger = word(body, "trigger_id")
    form = form_of_shortcut(word(body, "callback_id"))
    work = await desk.patience.within(_asked(desk, sender, form, body))
    if not work.done():
        with speaking(desk.language_of(sender)):
            view = waiting(saving=False, canvas=desk.canvas(sender.team))
        opened = await desk.opened(sender.team, trigger, view)
        await ack()
        desk.patience.behind(_finished(desk, sender, opened, work))
        return
    outcome = work.result()
    opened = await desk.opened(sender.team, trigger, _view(desk, sender, outcome))
    await ack()
    if opened is None:
        desk.patience.behind(_told(desk, sender, outcome))


async def _asked(desk: Desk, sender: Sender, form: str, body: Payload) -> Outcome:
    quoted = await _quoted(desk, sender, body) if part(body, "message") else None
    event: Event = form_asked(sender, form, trigger_id=word(body, "trigger_id"), quoted=quoted)
    return await desk.outcome(sender, event)


async def _quoted(desk: Desk, sender: Sender, body: Payload) -> Quoted:
    message, channel = part(body, "message"), word(part(body, "channel"), "id")
    client = await desk.client(sender.team)
    author, link = word(message, "username"), ""
    if user := word(message, "user"):
        author = await desk.newcomers.name_of(sender.team, user)
    found = await desk.courtesies.made(
        sender.team,
        "chat.getPermalink",
        lambda: call(client, "chat.getPermalink", channel=channel, message_ts=word(message, "ts")),
    )
    if found is not None:
        link = word(found.data, "permalink")
    return Quoted(text=as_typed(word(message, "text"))[:3_000], author=author, link=link)


def _view(desk: Desk, sender: Sender, outcome: Outcome) -> dict[str, object]:
    if outcome.form is None:
        return desk.notice(outcome.receipts, sender.team, outcome.language)
    return desk.modal(outcome.form, sender.team, outcome.language)


async def _finished(
    desk: Desk, sender: Sender, view_id: str | None, work: "asyncio.Task[Outcome]"
) -> None:
    outcome = await work
    if view_id is None:
        await _told(desk, sender, outcome)
    else:
        await desk.updated(sender.team, view_id, _view(desk, sender, outcome))


async def _told(desk: Desk, sender: Sender, outcome: Outcome) -> None:
    """The moment to open a modal has passed: said in the private chat, the form as a button."""
    cards = [*outcome.receipts, *outcome.invited()]
    await desk.directly(sender.team, sender.user, cards, outcome.language)
