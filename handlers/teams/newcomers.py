"""Accounts that belong to nobody yet: who Teams says they are, and what they are told."""

from dataclasses import dataclass, field
from typing import Literal

import structlog
from microsoft_teams.api import TeamsChannelAccount

from bot.accounts import House, Profile
from bot.clock import Clock
from bot.conversations.not_saved import not_known_now
from bot.conversations.views import Card
from bot.language import speaking
from bot.mail import Mail
from bot.settings import Settings
from handlers.accounts import link_account
from handlers.seen import Seen
from handlers.teams.calls import TROUBLE, error_code, status_of
from handlers.teams.connector import Connector
from handlers.teams.translate import Sender, Where
from storage.database import Database

log = structlog.get_logger(__name__)

OUTSIDERS = ("guest", "anonymous")
"""What Teams calls those in a conversation who are not the tenant's own."""

FOREIGN = "#ext#"
"""In the sign-in name of somebody whose home is in another tenant."""


@dataclass(frozen=True)
class Newcomers:
    """Meets accounts that nobody in the directory has.

    `seen`: which accounts and places this process has looked at lately.
    """

    database: Database
    settings: Settings
    clock: Clock
    mail: Mail | None
    seen: Seen = field(default_factory=Seen)

    async def meet(self, connector: Connector, sender: Sender, where: Where) -> tuple[str, Card]:
        """In which language to speak to them, and what to say."""
        language = language_of(sender.locale)
        try:
            profile = await self.profile(connector, sender, where)
        except TROUBLE as error:
            log.warning("teams_profile_unread", error=error_code(error) or type(error).__name__)
            with speaking(language):
                return language, not_known_now()
        here = connector.connection
        house = House(here.organisations, here.email_domains, here.name)
        card = await link_account(
            self.database, self.mail, profile, house, self.settings.public_url, self.clock
        )
        return language, card

    async def profile(self, connector: Connector, sender: Sender, where: Where) -> Profile:
        """What Teams says of the account. Guests and people of other tenants are outsiders."""
        member = await connector.member(where.route, where.address, sender.id)
        outsider = is_outsider(member, sender)
        address = "" if outsider else await _private_chat(connector, sender, where)
        return Profile(
            key=sender.key,
            name=member.name or "",
            email=member.email or member.user_principal_name,
            language=language_of(sender.locale),
            address=address,
            route=where.route if address else None,
            outsider=outsider,
        )


def is_outsider(member: TeamsChannelAccount, sender: Sender) -> bool:
    """Whether Teams says that the account's home is elsewhere, or that it is another's."""
    names = f"{member.user_principal_name} {member.email}".lower()
    return (
        (member.user_role or "").lower() in OUTSIDERS
        or FOREIGN in names
        or (member.tenant_id or sender.tenant).lower() != sender.tenant
        or (member.aad_object_id or sender.user).lower() != sender.user
    )


def language_of(locale: str) -> Literal["sv", "en"]:
    """The language of the client: Swedish unless it is set to another."""
    return "sv" if not locale or locale.lower().startswith("sv") else "en"


async def _private_chat(connector: Connector, sender: Sender, where: Where) -> str:
    """The address of their chat with the bot; empty where Teams allows none."""
    if where.kind == "private":
        return where.address
    try:
        return await connector.personal_chat(where.route, sender.id)
    except TROUBLE as error:
        status = status_of(error)
        if status is None or status >= 500 or status == 429:
            raise
        log.info("teams_no_personal_chat", error=error_code(error))
        return ""
