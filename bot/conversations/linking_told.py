"""How one connects one's account in Slack or Teams; letters to those without one lead here."""

from collections.abc import Sequence

from bot.account_cards import platform_name
from bot.conversations.protocol import Conversation, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bullets, press, text
from bot.language import _
from storage.queries.connections import chat_platforms

NAME = "koppla_konto"


async def answer(turn: Turn) -> Replies:
    """The way, for each platform that the bot is in."""
    return (here(turn, how_to_link(turn.person.email, await chat_platforms(turn.db))),)


def how_to_link(email: str, platforms: Sequence[str]) -> Card:
    """What to do there, and where the question to confirm it comes."""
    places = Button(
        label=_("Välj var du vill ha det som är till dig"), press=press("installningar")
    )
    if not platforms:
        said = _(
            "Samspel finns inte i Slack eller Teams hos er än. Tills vidare kommer det som är till "
            "dig med mejl."
        )
        return Card(
            title=_("Koppla ditt konto"),
            summary=said,
            parts=(text(said), Buttons(buttons=(places,))),
        )
    names = [platform_name(each) for each in platforms]
    said = _("Så kopplar du ditt konto, så att det som är till dig kommer dit:")
    steps = [
        *(_("Öppna {platform} och sök efter Samspel.", platform=name) for name in names),
        _("Skriv hej till Samspel."),
        _("Är det första gången mejlar jag en länk till {email}. Tryck på den.", email=email),
    ]
    parts: tuple[Part, ...] = (text(said), bullets(*steps), Buttons(buttons=(places,)))
    return Card(title=_("Koppla ditt konto"), summary=" ".join((said, *steps)), parts=parts)


LINK_ACCOUNT = Conversation(
    name=NAME,
    says=lambda: _("Se hur du kopplar ditt konto i Slack eller Teams"),
    answer=answer,
    in_help=False,
)
