"""Private chats that people open on their platforms, and take away."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.account_cards import platform_name
from bot.conversations.protocol import AccountKey
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.language import _
from bot.outbox import Outbox, ToConversation
from storage.queries import places as queries


async def private_chat_here(
    db: AsyncConnection,
    key: AccountKey,
    *,
    address: str,
    route: str | None,
    now: datetime,
    greets: Outbox | None,
) -> bool:
    """What is meant for whoever is behind the account can be said at that address and route.

    `greets` gets a few words, where nothing could be said there before. False: nobody is behind it.
    """
    chat = await queries.ensure_private_chat(db, vars(key), address, route, now)
    if chat is not None and chat.opened and greets is not None:
        greets.say(ToConversation(chat.id), at_home)
    return chat is not None


async def private_chat_gone(
    db: AsyncConnection, *, platform: str, tenant: str, address: str, now: datetime
) -> bool:
    """Somebody has taken the bot away from their chats: what waits for them there fails.

    What is said from now on goes to another place of theirs. False: there was no such chat.
    """
    chat = await queries.private_chat_at(db, platform=platform, tenant=tenant, address=address)
    if chat is None:
        return False
    key, person = chat
    cause = _(
        "{person} har tagit bort Samspel i {platform}.",
        person=person,
        platform=platform_name(platform),
    )
    await queries.close(db, [key], now=now, cause=cause, source=platform)
    return True


def at_home() -> Card:
    """The first words in the private chat of somebody who is known."""
    said = _("Hej! Nu når jag dig här. Det som är till dig personligen kommer hit.")
    buttons = (
        Button(label=_("Mina aktiviteter"), press=press("mina"), style="primary"),
        Button(label=_("Hjälp"), press=press("hjalp")),
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=buttons)))
