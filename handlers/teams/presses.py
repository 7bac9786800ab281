"""What people do in cards: buttons, and forms that are sent in. Each is answered in place."""

from datetime import datetime

from microsoft_teams.api import AdaptiveCardInvokeActivity

from bot.conversations.help import OPENERS
from bot.conversations.protocol import Event, Pressed
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _, speaking
from handlers.outcome import Outcome
from handlers.teams.answers import Body, in_place, in_words, unusable
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.ids import FORM, PRESS
from handlers.teams.posting import activity as activity_of
from handlers.teams.present import look
from handlers.teams.render import draw_card
from handlers.teams.render_form import draw_form
from handlers.teams.translate import (
    Opened,
    Sender,
    Unreadable,
    Where,
    button_pressed,
    form_sent,
    read_opened,
    sender_of,
    where_of,
)


async def acted(desk: Desk, connector: Connector, activity: AdaptiveCardInvokeActivity) -> Body:
    """Answer a press or a form; words at once when it takes too long, and the rest behind."""
    sender, where = sender_of(activity, connector.connection), where_of(activity)
    action, card = activity.value.action, activity.reply_to_id or ""
    at: datetime | None = activity.timestamp
    try:
        if action.verb == PRESS:
            event = button_pressed(sender, where, action.data, card=card, at=at)
            work = _pressed(desk, connector, sender, where, event)
        elif action.verb == FORM:
            event = form_sent(sender, where, action.data, card=card, at=at)
            opened = read_opened(action.data)
            work = _sent(desk, connector, sender, where, event, opened, card)
        else:
            return unusable()
    except Unreadable:
        return unusable()
    task = await desk.patience.within(work)
    if task.done():
        return task.result()
    with speaking(desk.language_of(sender)):
        return in_words(_("Jag arbetar på det. Svaret kommer i vår privata chatt om en stund."))


async def _pressed(
    desk: Desk, connector: Connector, sender: Sender, where: Where, event: Event
) -> Body:
    await look(desk, connector, sender, where)
    outcome = await desk.outcome(connector, sender, where, event)
    if outcome.stranger or outcome.trouble:
        return await _told_alone(desk, connector, sender, where, outcome)
    if outcome.form is not None:
        return await _asked(desk, connector, sender, where, event, outcome)
    return in_words(_where_the_answer_is(where, outcome))


async def _told_alone(
    desk: Desk, connector: Connector, sender: Sender, where: Where, outcome: Outcome
) -> Body:
    """A stranger is told how to get in, where only they see it and it stays."""
    there = await desk.personal(connector, sender, where) if outcome.stranger else None
    if there is not None:
        desk.patience.behind(desk.say(connector, there, outcome.cards, outcome.language))
    return in_words(outcome.cards[0].summary)


async def _asked(
    desk: Desk,
    connector: Connector,
    sender: Sender,
    where: Where,
    event: Event,
    outcome: Outcome,
) -> Body:
    """The form: in the place of a card that only opens it, else last in the personal chat.

    In a channel it would be gone with what is typed in it when the card there is drawn again, and
    so it is only in the place of the card where there is no other.
    """
    form = outcome.form
    assert form is not None
    opens = isinstance(event.doing, Pressed) and event.doing.press.name in OPENERS
    if not (opens and where.kind == "private"):
        there = await desk.personal(connector, sender, where)
        if there is not None and await desk.ask(connector, there, form, outcome.language):
            with speaking(outcome.language):
                if where.kind == "private":
                    return in_words(_("Formuläret står sist i chatten."))
                return in_words(_("Formuläret står i vår privata chatt."))
    with speaking(outcome.language):
        return in_place(draw_form(form, desk.canvas))


def _where_the_answer_is(where: Where, outcome: Outcome) -> str:
    with speaking(outcome.language):
        if outcome.cards:
            return outcome.cards[0].summary
        if where.kind == "private":
            return _("Svaret står sist i chatten.")
        return _("Klart.")


async def _sent(
    desk: Desk,
    connector: Connector,
    sender: Sender,
    where: Where,
    event: Event,
    opened: Opened,
    card: str,
) -> Body:
    """A form's step: its problems, the next step, or done, which the card then says for good."""
    await look(desk, connector, sender, where)
    outcome = await desk.outcome(connector, sender, where, event)
    if outcome.stranger or outcome.trouble:
        return await _told_alone(desk, connector, sender, where, outcome)
    with speaking(outcome.language):
        if outcome.form is not None and opened.go != "cancel":
            unfolded = opened.unfolded or opened.go == "more"
            return in_place(draw_form(outcome.form, desk.canvas, unfolded=unfolded))
        done = put_away(opened) if outcome.form is not None else sent(where, outcome)
        said = activity_of(done, desk.canvas)
    if card and where.kind == "private":
        desk.patience.behind(desk.put(connector, where, card, said))
    return in_place(draw_card(done, desk.canvas))


def put_away(opened: Opened) -> Card:
    """In the place of a form that was closed: what was typed is kept."""
    words = _("Formuläret är stängt. Det du har skrivit är sparat.")
    again = Button(
        label=_("Öppna formuläret igen"), press=press(OPENERS[0], opened.form, *opened.arguments)
    )
    return Card(summary=words, parts=(text(words), Buttons(buttons=(again,))))


def sent(where: Where, outcome: Outcome) -> Card:
    """In the place of a form that was sent, for good: where the answer to it stands."""
    if where.kind == "private":
        words = _("Formuläret är skickat. Svaret står längre ner i chatten.")
    else:
        words = _("Formuläret är skickat. Svaret står i din privata chatt med mig.")
    tones = {card.tone for card in outcome.receipts}
    good = not tones & {"warning", "bad"}
    return Card(summary=words, parts=(text(words),), tone="good" if good else "neutral")
