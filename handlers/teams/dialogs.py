"""Dialogs: a form that is begun from somebody's message, by an action in the message's menu."""

import asyncio
import html
import re
from collections.abc import Mapping
from typing import Any, cast

from microsoft_teams.api import (
    MessageExtensionFetchTaskInvokeActivity,
    MessageExtensionSubmitActionInvokeActivity,
)
from microsoft_teams.api.models import Message
from microsoft_teams.cards.core import ActionSet, AdaptiveCard, TextBlock

from bot.clock import wall_clock
from bot.conversations.protocol import Event, Quoted, Submitted
from bot.language import _, speaking
from handlers.kept_form import keep_meanwhile, let_go
from handlers.outcome import Outcome
from handlers.teams.answers import Body, dialog, dialog_closed
from handlers.teams.buttons import acting
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.ids import FORM, PRESS
from handlers.teams.late import tell_later
from handlers.teams.render import VERSION
from handlers.teams.render_form import draw_form, drawing
from handlers.teams.texts import lines
from handlers.teams.translate import (
    Sender,
    Unreadable,
    Where,
    button_pressed,
    form_asked,
    form_sent,
    read_opened,
    sender_of,
    where_of,
)

_BREAKS = re.compile(r"<br\s*/?>|</(?:p|div|li|blockquote)>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


async def opened(
    desk: Desk, connector: Connector, activity: MessageExtensionFetchTaskInvokeActivity
) -> Body:
    """Open the form that the action is named for, with the message that it was chosen for."""
    sender, where = sender_of(activity, connector.connection), where_of(activity)
    message = activity.value.message_payload
    quoted = quoted_from(message) if message is not None else None
    event = form_asked(sender, activity.value.command_id or "", activity.id, quoted)
    return await _answered(desk, connector, sender, where, event)


async def sent(
    desk: Desk, connector: Connector, activity: MessageExtensionSubmitActionInvokeActivity
) -> Body:
    """Take in a step of the form: its problems, the next step, or done."""
    sender = sender_of(activity, connector.connection)
    # Chosen at somebody's message, but done in a dialog that nobody else sees.
    where, alone = where_of(activity), where_of(activity).alone()
    data = activity.value.data
    said: Mapping[str, Any] = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    card, at = activity.value.command_id or "", activity.timestamp or wall_clock()
    unfolded = False
    try:
        if PRESS in said:
            event = button_pressed(sender, alone, said, card=card, at=at)
        else:
            event = form_sent(sender, alone, said, card=card, at=at)
            step = read_opened(said)
            unfolded = step.unfolded or step.go == "more"
    except Unreadable:
        with speaking(desk.language_of(sender)):
            return dialog_closed(_("Den knappen används inte längre."))
    return await _answered(desk, connector, sender, where, event, unfolded=unfolded, said=said)


async def _answered(
    desk: Desk,
    connector: Connector,
    sender: Sender,
    where: Where,
    event: Event,
    *,
    unfolded: bool = False,
    said: Mapping[str, Any] | None = None,
) -> Body:
    task = await desk.patience.within(desk.outcome(connector, sender, where, event))
    if not task.done():
        desk.patience.behind(_late(desk, connector, sender, where, event, task, unfolded=unfolded))
        with speaking(desk.language_of(sender)):
            return dialog_closed(_("Det tar lite tid. Svaret kommer i vår privata chatt."))
    outcome = task.result()
    with speaking(outcome.language):
        if outcome.trouble and isinstance(event.doing, Submitted):
            return dialog(_("Försök igen"), again(event.doing, said or {}))
        return _shown(desk, outcome, unfolded=unfolded)


async def _late(
    desk: Desk,
    connector: Connector,
    sender: Sender,
    where: Where,
    event: Event,
    task: "asyncio.Task[Outcome]",
    *,
    unfolded: bool,
) -> None:
    kept = keep_meanwhile(desk.bot, desk.patience, event)
    outcome = await task
    await tell_later(desk, connector, sender, where, outcome, outcome.form, unfolded=unfolded)
    await let_go(desk.bot, event, outcome, kept)


def _shown(desk: Desk, outcome: Outcome, *, unfolded: bool) -> Body:
    if outcome.form is not None:
        form = draw_form(
            outcome.form, desk.canvas, unfolded=unfolded, way="submit", drawn=drawing()
        )
        return dialog(outcome.form.title, form)
    told = [card.summary for card in (*outcome.receipts, *outcome.cards)]
    return dialog_closed(" ".join(dict.fromkeys(told)) or _("Klart."))


def again(sent: Submitted, said: Mapping[str, Any]) -> AdaptiveCard:
    """In the place of a form that could not be saved: what was typed, and a button to try again.

    All that was sent in lies in the button.
    """
    typed = [each for each in sent.values.values() if isinstance(each, str) and each]
    words = _("Det gick inte att spara just nu, och inget är ändrat. Försök igen om en stund.")
    return AdaptiveCard(
        version=VERSION,
        body=[
            TextBlock(text=lines(words), wrap=True, weight="Bolder"),
            *(TextBlock(text=lines(each), wrap=True, is_subtle=True) for each in typed),
            ActionSet(actions=[acting("submit", FORM, _("Försök igen"), dict(said))]),
        ],
    )


def quoted_from(message: Message) -> Quoted:
    """What was written, by whom, and where it stands."""
    body = message.body.content if message.body else None
    user = message.from_.user if message.from_ else None
    return Quoted(
        text=_plain(body or message.subject or ""),
        author=(user.display_name if user else None) or "",
        link=message.link_to_message or "",
    )


def _plain(markup: str) -> str:
    """Teams' HTML of a message as the words that people see."""
    text = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", markup))).replace("\xa0", " ")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)
