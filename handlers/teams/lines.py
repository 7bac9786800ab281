"""Lines typed to the bot: in the personal chat, or with a mention in a channel or group chat."""

from microsoft_teams.api import MessageActivity, MessageDeleteActivity, MessageUpdateActivity

from bot.conversations.protocol import Event
from bot.conversations.views import Card, text
from bot.language import _, speaking
from handlers.outcome import Outcome
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.present import look
from handlers.teams.translate import (
    Sender,
    Where,
    calls_the_bot,
    line_changed,
    line_deleted,
    line_said,
    sender_of,
    where_of,
)

EDITED = "editMessage"


async def said(desk: Desk, connector: Connector, activity: MessageActivity) -> None:
    """Answer a line; what takes long goes on behind, and is never asked for again."""
    sender, where = sender_of(activity, connector.connection), where_of(activity)
    if calls_the_bot(activity, where):
        event = line_said(sender, where, activity)
        await desk.patience.within(_answered(desk, connector, sender, where, event))


async def changed(desk: Desk, connector: Connector, activity: MessageUpdateActivity) -> None:
    """Take in a line that was changed; one that is put back after all is as it was."""
    sender, where = sender_of(activity, connector.connection), where_of(activity)
    if activity.channel_data.event_type == EDITED and calls_the_bot(activity, where):
        event = line_changed(sender, where, activity)
        await desk.patience.within(_answered(desk, connector, sender, where, event))


async def deleted(desk: Desk, connector: Connector, activity: MessageDeleteActivity) -> None:
    """Take in that a line was taken away; of strangers' lines nothing is said."""
    sender, where = sender_of(activity, connector.connection), where_of(activity)
    event = line_deleted(sender, where, activity)
    await desk.patience.within(_answered(desk, connector, sender, where, event, meets=False))


async def _answered(
    desk: Desk,
    connector: Connector,
    sender: Sender,
    where: Where,
    event: Event,
    *,
    meets: bool = True,
) -> None:
    await look(desk, connector, sender, where)
    outcome = await desk.outcome(connector, sender, where, event, meets=meets)
    if outcome.again:
        return
    if outcome.stranger or outcome.trouble:
        if meets:
            await desk.say_alone(connector, sender, where, outcome)
        return
    if outcome.form is not None:
        await _asked(desk, connector, sender, where, outcome)
    elif outcome.cards:
        here = await desk.writes_to(sender)
        await whisper(desk, connector, sender, where, outcome, here=here)


async def _asked(
    desk: Desk, connector: Connector, sender: Sender, where: Where, outcome: Outcome
) -> None:
    """The form, in the personal chat; where there is none, a card that says so in the channel."""
    there = await desk.personal(connector, sender, where)
    if there is not None:
        form = outcome.form
        assert form is not None
        if not await desk.ask(connector, there, form, outcome.language):
            await desk.say(connector, there, outcome.invited(), outcome.language)
        if where.kind == "channel":
            await whisper(desk, connector, sender, where, outcome, here=True)
        return
    with speaking(outcome.language):
        card = no_private_chat()
    await desk.say(connector, where, (card,), outcome.language)


def no_private_chat() -> Card:
    """What is said in a channel to somebody who cannot be written to alone."""
    words = _(
        "Det här görs i en privat chatt med mig. Lägg till Samspel bland dina appar i Teams "
        "och skriv till mig där."
    )
    return Card(summary=words, parts=(text(words),), tone="warning")


async def whisper(
    desk: Desk,
    connector: Connector,
    sender: Sender,
    where: Where,
    outcome: Outcome,
    *,
    here: bool,
) -> None:
    """Tell in the channel, for this person's eyes, whether the answer is in their chat in Teams."""
    with speaking(outcome.language):
        words = (
            _("Jag har svarat dig i vår privata chatt.")
            if here
            else _(
                "Jag har svarat dig privat, men inte i Teams. Lägg till Samspel bland dina appar "
                "här och skriv hej till mig, så kommer svaren i vår chatt."
            )
        )
        card = Card(summary=words, parts=(text(words),))
    desk.patience.behind(desk.whisper(connector, where, sender.id, card, outcome.language))
