"""Buttons: in messages, on one's own page and in modals."""

import asyncio
from dataclasses import dataclass

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.conversations.help import OPENERS
from bot.conversations.protocol import Event
from bot.conversations.views import Card, Press
from bot.language import speaking
from handlers.outcome import Outcome
from handlers.payload import Payload, part, word
from handlers.slack.desk import Desk
from handlers.slack.home import drawn_again
from handlers.slack.render import LINK
from handlers.slack.translate import Sender, Unreadable, button_pressed, read_opened
from handlers.slack.typed_view import as_sent
from handlers.slack.waiting import waiting


@dataclass(frozen=True)
class Pressing:
    """A press: where it was made, and where its answer is to be shown."""

    sender: Sender
    event: Event
    trigger_id: str
    response_url: str
    modal: Payload
    """The modal that it was made in, as it stood, or empty."""
    address: str
    """The conversation it belongs to, or empty on one's own page."""

    @property
    def modal_id(self) -> str:
        """The id of the modal that it was made in, or empty."""
        return word(self.modal, "id")


async def press(desk: Desk, sender: Sender, action: Payload, body: Payload, ack: AsyncAck) -> None:
    """Answer a press of a button of ours."""
    if word(part(action, "selected_option"), "value") == LINK:
        await ack()
        return
    pressing = _read(sender, action, body)
    work = await desk.patience.within(desk.outcome(sender, pressing.event))
    if work.done():
        shown = _show(desk, pressing, work.result())
        # What needs the moment (a modal) is opened before the acknowledgement, the rest behind it.
        if work.result().form is not None or not pressing.response_url:
            await shown
            await ack()
        else:
            await ack()
            desk.patience.behind(shown)
        return
    opened = None
    if not pressing.modal_id and _may_ask(desk, pressing.event):
        with speaking(desk.language_of(sender)):
            view = waiting(saving=False, canvas=desk.canvas(sender.team))
        opened = await desk.opened(sender.team, pressing.trigger_id, view)
    await ack()
    desk.patience.behind(_finished(desk, pressing, work, opened or pressing.modal_id))


def _read(sender: Sender, action: Payload, body: Payload) -> Pressing:
    view = part(body, "view")
    modal = word(view, "type") == "modal"
    address = word(part(body, "channel"), "id")
    if modal:
        try:
            address = read_opened(view).address
        except Unreadable:
            address = ""
    return Pressing(
        sender,
        button_pressed(sender, action, body, address=address or None),
        trigger_id=word(body, "trigger_id"),
        response_url=word(body, "response_url"),
        modal=view if modal else {},
        address=address,
    )


def _may_ask(desk: Desk, event: Event) -> bool:
    """Whether the press may lead to a form, so that a modal is opened to wait in."""
    pressed = getattr(event.doing, "press", None)
    if not isinstance(pressed, Press):
        return False
    conversation = desk.bot.conversations.named(pressed.name)
    return conversation is not None and (bool(conversation.forms) or conversation.name in OPENERS)


async def _show(desk: Desk, pressing: Pressing, outcome: Outcome) -> None:
    """A form in a modal; cards where only the person sees them."""
    team, language = pressing.sender.team, outcome.language
    cards = list(outcome.cards)
    if outcome.form is not None:
        view = desk.modal(outcome.form, team, language, address=pressing.address)
        if pressing.modal_id:
            await desk.updated(team, pressing.modal_id, view)
        elif await desk.opened(team, pressing.trigger_id, view) is None:
            cards += outcome.invited()
    if pressing.modal_id or not pressing.address:
        told = cards or list(outcome.receipts)
        if told and not await _told_in_modal(desk, pressing, outcome, told):
            await desk.directly(team, pressing.sender.user, cards, language)
        await drawn_again(desk, pressing.sender)
    elif cards and pressing.response_url:
        await desk.by_response_url(pressing.response_url, cards, team, language)


async def _told_in_modal(
    desk: Desk, pressing: Pressing, outcome: Outcome, told: list[Card]
) -> bool:
    """False when the moment to open a modal has passed."""
    view = desk.notice(told, pressing.sender.team, outcome.language)
    if pressing.modal_id and outcome.trouble:
        return await desk.pushed(pressing.sender.team, pressing.trigger_id, view)
    if pressing.modal_id:
        await desk.updated(pressing.sender.team, pressing.modal_id, view)
        return True
    return await desk.opened(pressing.sender.team, pressing.trigger_id, view) is not None


async def _finished(
    desk: Desk, pressing: Pressing, work: "asyncio.Task[Outcome]", modal_id: str
) -> None:
    """What took longer: shown in the modal that waits, or to the person alone."""
    outcome = await work
    team, language = pressing.sender.team, outcome.language
    if modal_id:
        if outcome.trouble and pressing.modal:
            view = as_sent(pressing.modal, outcome.cards[0].summary)
        elif outcome.form is not None:
            view = desk.modal(outcome.form, team, language, address=pressing.address)
        else:
            view = desk.notice(outcome.receipts, team, language)
        await desk.updated(team, modal_id, view)
        return
    if pressing.response_url:
        cards = [*outcome.cards, *outcome.invited()]
        await desk.by_response_url(pressing.response_url, cards, team, language)
    await drawn_again(desk, pressing.sender)
