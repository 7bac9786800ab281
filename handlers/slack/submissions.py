"""Forms sent in, drawn again and searched in: modals whose steps replace each other."""

import asyncio
from typing import Any, Literal

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.conversations.forms import Form
from bot.conversations.protocol import Event
from bot.language import speaking
from handlers.kept_form import keep_meanwhile, let_go
from handlers.outcome import Outcome
from handlers.payload import Payload, part, parts, word
from handlers.slack.desk import Desk
from handlers.slack.home import drawn_again
from handlers.slack.render_form import MORE, block_id
from handlers.slack.translate import Sender, form_sent, read_opened, searched
from handlers.slack.typed_view import as_sent
from handlers.slack.waiting import waiting


async def submit(desk: Desk, sender: Sender, body: Payload, ack: AsyncAck) -> None:
    """Take in a form's step: errors at its fields, the next step, or done."""
    view = part(body, "view")
    event = form_sent(sender, view, "on")
    work = await desk.patience.within(desk.outcome(sender, event))
    if not work.done():
        with speaking(desk.language_of(sender)):
            await ack(
                response_action="update",
                view=waiting(saving=True, canvas=desk.canvas(sender.team)),
            )
        desk.patience.behind(_finished(desk, sender, event, view, work))
        return
    outcome = work.result()
    await ack(**_acknowledged(desk, sender, view, event, outcome))
    if outcome.form is None and not outcome.trouble:
        desk.patience.behind(_told(desk, sender, event, outcome))


def _acknowledged(
    desk: Desk, sender: Sender, view: Payload, event: Event, outcome: Outcome
) -> dict[str, Any]:
    """What becomes of the modal."""
    if outcome.trouble:
        return {"response_action": "errors", "errors": _not_now(view, outcome)}
    if outcome.stranger:
        shown = desk.notice(outcome.cards, sender.team, outcome.language)
        return {"response_action": "update", "view": shown}
    if outcome.form is None:
        if outcome.receipts and event.address is None:
            shown = desk.notice(outcome.receipts, sender.team, outcome.language)
            return {"response_action": "update", "view": shown}
        return {"response_action": "clear"}
    if errors := _at_fields(outcome.form, view):
        return {"response_action": "errors", "errors": errors}
    shown = desk.modal(outcome.form, sender.team, outcome.language, address=event.address or "")
    return {"response_action": "update", "view": shown}


def _at_fields(form: Form, view: Payload) -> dict[str, str]:
    """The problems by block, where the modal shows each field that has one; else none, so that
    the form is drawn again with them. Of a form that asks for what is left the others are gone."""
    shown = read_opened(view)
    if (shown.form, shown.arguments, shown.step) != (form.name, form.arguments, form.step):
        return {}
    there = {word(block, "block_id") for block in parts(view, "blocks")}
    errors = {block_id(form, name): problem for name, problem in form.problems.items()}
    return errors if errors and there.issuperset(errors) else {}


def _not_now(view: Payload, outcome: Outcome) -> dict[str, str]:
    """Said at the first field, so that the modal stays open with all that was typed."""
    first = next(block for block in parts(view, "blocks") if word(block, "type") == "input")
    return {word(first, "block_id"): outcome.cards[0].summary}


async def _told(desk: Desk, sender: Sender, event: Event, outcome: Outcome) -> None:
    """The receipt where the form was opened, to the person alone; it is in the private chat too."""
    if event.address and outcome.cards:
        await desk.privately(
            sender.team, event.address, sender.user, outcome.cards, outcome.language
        )
    await drawn_again(desk, sender)


async def _finished(
    desk: Desk, sender: Sender, event: Event, sent: Payload, work: "asyncio.Task[Outcome]"
) -> None:
    """What took longer: the modal that says so becomes the receipt, or the form with its errors.

    What was typed is kept as a draft meanwhile, so that it is offered again whatever happens.
    """
    kept = keep_meanwhile(desk.bot, desk.patience, event)
    outcome = await work
    if outcome.trouble:
        view = as_sent(sent, outcome.cards[0].summary)
    elif outcome.form is not None:
        view = desk.modal(outcome.form, sender.team, outcome.language, address=event.address or "")
    else:
        view = desk.notice(outcome.receipts, sender.team, outcome.language)
    await desk.updated(sender.team, word(sent, "id"), view)
    await let_go(desk.bot, event, outcome, kept)
    await drawn_again(desk, sender)


async def redraw(desk: Desk, sender: Sender, action: Payload, body: Payload, ack: AsyncAck) -> None:
    """Draw the form again: a choice decides what it asks, more of it is wanted, or a step back."""
    await ack()
    view = part(body, "view")
    go: Literal["back", "redraw"] = "back" if word(action, "action_id") == "back" else "redraw"
    event = form_sent(sender, view, go, moment=word(action, "action_ts"))
    outcome = await desk.outcome(sender, event)
    if outcome.trouble:
        shown = desk.notice(outcome.cards, sender.team, outcome.language)
        if await desk.pushed(sender.team, word(body, "trigger_id"), shown):
            return
        shown = as_sent(view, outcome.cards[0].summary)
    elif outcome.form is None:
        shown = desk.notice(outcome.receipts, sender.team, outcome.language)
    else:
        more = word(action, "action_id") == MORE or read_opened(view).unfolded
        shown = desk.modal(
            outcome.form,
            sender.team,
            outcome.language,
            address=event.address or "",
            unfolded=more,
        )
    await desk.updated(sender.team, word(view, "id"), shown)


async def suggest(desk: Desk, sender: Sender, body: Payload, ack: AsyncAck) -> None:
    """Suggestions for a search field; none when it takes too long, and the person types on."""
    work = await desk.patience.within(desk.outcome(sender, searched(sender, body)))
    options = work.result().options if work.done() else ()
    drawn = [
        {"text": {"type": "plain_text", "text": each.label}, "value": each.value}
        for each in options
    ]
    await ack(options=drawn)
