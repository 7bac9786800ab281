"""Slash commands: answered in the acknowledgement, or by response_url when it takes longer."""

import asyncio

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.conversations.views import Card
from bot.language import _, speaking
from handlers.outcome import Outcome
from handlers.payload import Payload, word
from handlers.slack.desk import Desk
from handlers.slack.translate import Sender, command_typed
from handlers.slack.unheard import Unheard


async def command(
    desk: Desk, sender: Sender, body: Payload, ack: AsyncAck, unheard: Unheard
) -> None:
    """Answer a slash command."""

    async def answered() -> Outcome:
        await unheard.look(sender.team, word(body, "channel_id"))
        return await desk.outcome(sender, command_typed(sender, body))

    work = await desk.patience.within(answered())
    if not work.done():
        with speaking(desk.language_of(sender)):
            await ack(_("Jag arbetar på det. Svaret kommer här om en stund."))
        desk.patience.behind(_finished(desk, sender, body, work))
        return
    outcome = work.result()
    cards = list(outcome.cards)
    if outcome.form is not None:
        view = desk.modal(
            outcome.form, sender.team, outcome.language, address=word(body, "channel_id")
        )
        if await desk.opened(sender.team, word(body, "trigger_id"), view) is None:
            cards += outcome.invited()
    if not cards:
        await ack()
        return
    await ack(
        {"response_type": "ephemeral", **desk.message(cards[0], sender.team, outcome.language)}
    )
    if cards[1:]:
        desk.patience.behind(_shown(desk, sender, body, cards[1:], outcome.language))


async def _finished(
    desk: Desk, sender: Sender, body: Payload, work: "asyncio.Task[Outcome]"
) -> None:
    """What took longer: a form is asked for by a button, since the moment to open it has passed."""
    outcome = await work
    cards = [*outcome.cards, *outcome.invited()] or list(outcome.receipts)
    await _shown(desk, sender, body, cards, outcome.language)


async def _shown(
    desk: Desk, sender: Sender, body: Payload, cards: list[Card], language: str
) -> None:
    await desk.by_response_url(word(body, "response_url"), cards, sender.team, language)
