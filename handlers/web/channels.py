"""What the web chat has by itself: channels for networks, the chef and the styrgrupp, and a private
chat for everybody."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.language import _
from handlers.web.places import channel_address
from storage.queries import web_access


async def ensure_web_channels(db: AsyncConnection, now: datetime) -> None:
    """Have a channel for every network, the chef and the styrgrupp, and everybody's private chat;
    what exists keeps its address.

    Called at start and after an import. Safe to call in several processes at once.
    """
    bodies = await web_access.bodies_with_channels(db)
    taken = {row.address for row in bodies if row.address}
    await web_access.ensure_channel(
        db, address=channel_address("chef"), name=_("Chef"), now=now, post="manager"
    )
    for body in bodies:
        name = _("Styrgruppen") if body.kind == "steering_group" else body.name
        address = body.address
        if not address:
            address = channel_address(_slug("styrgruppen" if body.kind != "network" else name))
            if address in taken | {channel_address("chef")}:
                address = f"{address}-{body.id}"
            taken.add(address)
        await web_access.ensure_channel(db, address=address, name=name, now=now, body_id=body.id)
    await web_access.ensure_private_chats(db, in_stockholm(now).date())


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "kanal"
