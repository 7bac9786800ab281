"""The exact activity that is posted: what delivery sends, and what `samspel views` shows."""

from microsoft_teams.api import MessageActivityInput
from microsoft_teams.cards.core import AdaptiveCard

from bot.conversations.forms import Form
from bot.conversations.views import Card
from handlers.teams.canvas import Canvas
from handlers.teams.render import draw_card, summary_of
from handlers.teams.render_form import draw_form, form_summary


def activity(card: Card, canvas: Canvas) -> MessageActivityInput:
    """The card alone: with a text beside it Teams makes two messages and tells no id."""
    return _posted(draw_card(card, canvas), summary_of(card))


def form_activity(
    form: Form, canvas: Canvas, *, unfolded: bool = False, drawn: str = ""
) -> MessageActivityInput:
    """A form as a card in the personal chat."""
    return _posted(draw_form(form, canvas, unfolded=unfolded, drawn=drawn), form_summary(form))


def _posted(card: AdaptiveCard, summary: str) -> MessageActivityInput:
    said = MessageActivityInput.model_validate({"type": "message", "summary": summary})
    return said.add_card(card)
