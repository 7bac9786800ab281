"""The receipt for a priority poll that has been started."""

from bot.conversations.polls.ballot_card import option_words, who_votes
from bot.conversations.polls.buttons import page_button, show_button, verb_button
from bot.conversations.polls.wording import closing, secrecy_word, short_title, title_of
from bot.conversations.views import Buttons, Card, bold, bullets, quiet, text
from bot.language import _
from bot.plan import Plan
from bot.polls.poll import Poll


def priority_started(poll: Poll, plan: Plan) -> Card:
    """What was started, who votes until when, and what happens next."""
    first = _("{title} är startad.", title=title_of(poll))
    who = _("Röstar: {who}, senast {day}.", who=who_votes(poll, plan), day=closing(poll))
    manage = verb_button(_("Mer att göra"), poll, "hantera")
    return Card(
        title=short_title(poll),
        summary=f"{first} {who}",
        parts=(
            text(bold(first)),
            text(who),
            bullets(*(option_words(each) for each in poll.options)),
            quiet(secrecy_word(poll)),
            quiet(_("När alla har röstat frågar jag om du vill stänga.")),
            Buttons(buttons=(show_button(poll), manage, page_button(poll))),
        ),
        tone="good",
    )
