"""What people do in cards: buttons, and forms that are sent in. Each is answered in place."""

import asyncio
from dataclasses import dataclass

from microsoft_teams.api import AdaptiveCardInvokeActivity

from bot.clock import wall_clock
from bot.conversations.forms import Form
from bot.conversations.help import OPENERS
from bot.conversations.protocol import Event, Pressed
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _, speaking
from handlers.kept_form import keep_meanwhile, let_go
from handlers.outcome import Outcome
from handlers.teams.answers import Body, in_place, in_words, unusable
from handlers.teams.connector import Connector
from handlers.teams.desk import Desk
from handlers.teams.ids import FORM, PRESS
from handlers.teams.late import tell_later
from handlers.teams.present import look
from handlers.teams.render import draw_card
from handlers.teams.render_form import draw_form, drawing
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


@dataclass(frozen=True)
class Acting:
    """Something done in a card: by whom, where, in which; `opened` for a form's button."""

    connector: Connector
    sender: Sender
    where: Where
    event: Event
    card: str
    opened: Opened | None = None


@dataclass(frozen=True)
class Shown:
    """What it is answered with: a card or form in place, or words. `outcome` is what it came to."""

    outcome: Outcome
    words: str = ""
    card: Card | None = None
    form: Form | None = None
    unfolded: bool = False


async def acted(desk: Desk, connector: Connector, activity: AdaptiveCardInvokeActivity) -> Body:
    """Answer a press or a form; words at once when it takes too long, and the rest behind."""
    try:
        acting = _read(connector, activity)
    except Unreadable:
        return unusable()
    task = await desk.patience.within(_answered(desk, acting))
    if task.done():
        shown = task.result()
        _put_for_good(desk, acting, shown)
        return _body(desk, shown)
    desk.patience.behind(_late(desk, acting, task))
    with speaking(desk.language_of(acting.sender)):
        return in_words(_("Jag arbetar på det. Svaret kommer i vår privata chatt om en stund."))


def _read(connector: Connector, activity: AdaptiveCardInvokeActivity) -> Acting:
    sender, where = sender_of(activity, connector.connection), where_of(activity)
    action, card = activity.value.action, activity.reply_to_id or ""
    at = activity.timestamp or wall_clock()
    if action.verb == PRESS:
        event = button_pressed(sender, where, action.data, card=card, at=at)
        return Acting(connector, sender, where, event, card)
    if action.verb == FORM:
        event = form_sent(sender, where, action.data, card=card, at=at)
        return Acting(connector, sender, where, event, card, read_opened(action.data))
    raise Unreadable("no such verb")


async def _answered(desk: Desk, acting: Acting) -> Shown:
    await look(desk, acting.connector, acting.sender, acting.where)
    outcome = await desk.outcome(acting.connector, acting.sender, acting.where, acting.event)
    if outcome.stranger or outcome.trouble:
        return _told_alone(desk, acting, outcome)
    with speaking(outcome.language):
        if acting.opened is not None:
            return _form_sent(acting.where, acting.opened, outcome)
        if outcome.form is not None:
            return await _asked(desk, acting, outcome, outcome.form)
        return Shown(outcome, words=_where_the_answer_is(acting.where, outcome))


def _told_alone(desk: Desk, acting: Acting, outcome: Outcome) -> Shown:
    """A stranger is told how to get in, where only they see it and it stays."""
    if outcome.stranger:
        place = (acting.connector, acting.sender, acting.where)
        desk.patience.behind(desk.say_alone(*place, outcome))
    return Shown(outcome, words=outcome.cards[0].summary)


async def _asked(desk: Desk, acting: Acting, outcome: Outcome, form: Form) -> Shown:
    """The form: in the place of a card that only opens it, else last in the personal chat.

    In a channel it would be gone with what is typed in it when the card there is drawn again, and
    so it is only in the place of the card where there is no other.
    """
    private = acting.where.kind == "private"
    doing = acting.event.doing
    if private and isinstance(doing, Pressed) and doing.press.name in OPENERS:
        return Shown(outcome, form=form)
    there = await desk.personal(acting.connector, acting.sender, acting.where)
    if there is None or not await desk.ask(acting.connector, there, form, outcome.language):
        return Shown(outcome, form=form)
    if private:
        return Shown(outcome, words=_("Formuläret står sist i chatten."))
    return Shown(outcome, words=_("Formuläret står i vår privata chatt."))


def _where_the_answer_is(where: Where, outcome: Outcome) -> str:
    if outcome.cards:
        return outcome.cards[0].summary
    return _("Svaret står sist i chatten.") if where.kind == "private" else _("Klart.")


def _form_sent(where: Where, opened: Opened, outcome: Outcome) -> Shown:
    """A form's step: its problems, the next step, or done, which the card then says for good."""
    if outcome.form is None:
        return Shown(outcome, card=sent(where, outcome))
    if opened.go == "cancel":
        return Shown(outcome, card=put_away(opened))
    return Shown(outcome, form=outcome.form, unfolded=opened.unfolded or opened.go == "more")


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
    doubtful = {card.tone for card in outcome.receipts} & {"warning", "bad"}
    return Card(summary=words, parts=(text(words),), tone="neutral" if doubtful else "good")


def _body(desk: Desk, shown: Shown) -> Body:
    with speaking(shown.outcome.language):
        if shown.form is not None:
            return in_place(
                draw_form(shown.form, desk.canvas, unfolded=shown.unfolded, drawn=drawing())
            )
        if shown.card is not None:
            return in_place(draw_card(shown.card, desk.canvas))
        return in_words(shown.words)


def _put_for_good(desk: Desk, acting: Acting, shown: Shown) -> None:
    """What is answered in place changes one client's view; a form that is done with changes in all.

    A step that is still to be filled in does not: it would be drawn over what is typed meanwhile.
    """
    if shown.card is not None and acting.card and acting.where.kind == "private":
        place = (acting.connector, acting.where, acting.card)
        desk.patience.behind(desk.put(*place, shown.card, shown.outcome.language))


async def _late(desk: Desk, acting: Acting, task: "asyncio.Task[Shown]") -> None:
    """What took longer: in the place of a form that is done with, or in the private chat."""
    kept = keep_meanwhile(desk.bot, desk.patience, acting.event)
    shown = await task
    place = (acting.connector, acting.sender, acting.where)
    await tell_later(desk, *place, shown.outcome, shown.form, unfolded=shown.unfolded)
    _put_for_good(desk, acting, shown)
    await let_go(desk.bot, acting.event, shown.outcome, kept)
