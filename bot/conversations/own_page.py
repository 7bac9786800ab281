"""One's own page by a word, for places where a bot has no page of its own."""

from bot.conversations.protocol import Conversation, Example, Replies, SayPrivately, Turn
from bot.conversations.registry import Listing
from bot.conversations.understanding import home
from bot.conversations.views import Card, text
from bot.language import _


def own_page(listing: Listing) -> Conversation:
    """The conversation that says what stands on one's own page, a card at a time."""

    async def answer(turn: Turn) -> Replies:
        page = await home(listing(), turn)
        return tuple(SayPrivately(card=card) for card in page.cards or (nothing_there(),))

    return Conversation(
        name="hem",
        says=lambda: _("Se det som väntar på dig"),
        answer=answer,
        synonyms=("home", "hemsida"),
        examples=lambda: (
            Example(
                words=_("hem"),
                answer=_("aktivitet"),
                meaning=_("visar dina aktiviteter och det som väntar på dig"),
            ),
        ),
    )


def nothing_there() -> Card:
    """What is said when nothing waits."""
    said = _("Inget väntar på dig just nu. Skriv hjälp för att se vad du kan göra.")
    return Card(summary=said, parts=(text(said),))
