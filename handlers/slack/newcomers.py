"""Accounts that belong to nobody yet: who Slack says they are, and what they are told."""

from dataclasses import dataclass
from typing import Literal

import structlog

from bot.accounts import House, Profile
from bot.clock import Clock
from bot.conversations.not_saved import not_known_now
from bot.conversations.views import Card
from bot.language import speaking
from bot.mail import Mail
from bot.settings import Settings
from handlers.accounts import link_account
from handlers.payload import Payload, part, word
from handlers.slack.calls import TROUBLE, error_code
from handlers.slack.translate import Sender
from handlers.slack.web_api import call
from handlers.slack.workspaces import NoInstallation, Workspaces
from storage.database import Database

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Newcomers:
    """Meets accounts that nobody in the directory has."""

    database: Database
    settings: Settings
    clock: Clock
    workspaces: Workspaces
    mail: Mail | None

    async def meet(self, sender: Sender) -> tuple[str, Card]:
        """In which language to speak to them, and what to say."""
        try:
            profile = await self.profile(sender)
        except (*TROUBLE, NoInstallation) as error:
            log.warning("slack_profile_unread", error=error_code(error) or type(error).__name__)
            language = self.settings.default_language
            with speaking(language):
                return language, not_known_now()
        workspace = self.workspaces.registered(sender.team)
        house = (
            House(workspace.organisations, workspace.email_domains, workspace.name)
            if workspace is not None
            else None
        )
        card = await link_account(
            self.database, self.mail, profile, house, self.settings.public_url, self.clock
        )
        return profile.language, card

    async def profile(self, sender: Sender) -> Profile:
        """What Slack says of the account. Guests, bots and people of elsewhere are outsiders."""
        user = await self._user(sender.team, sender.user)
        outsider = sender.is_outsider or is_outsider(user, sender.team)
        return Profile(
            key=sender.key,
            name=_name(user),
            email=word(part(user, "profile"), "email") or None,
            language=language_of(user),
            address="" if outsider else await self._private_chat(sender),
            outsider=outsider,
        )

    async def name_of(self, team: str, user: str) -> str:
        """What people see as the user's name; empty when Slack will not say."""
        try:
            return _name(await self._user(team, user))
        except (*TROUBLE, NoInstallation) as error:
            log.info("slack_name_unread", error=error_code(error) or type(error).__name__)
            return ""

    async def _user(self, team: str, user: str) -> Payload:
        client = await self.workspaces.client(team)
        answer = await call(client, "users.info", user=user, include_locale="true")
        return part(answer.data, "user")

    async def _private_chat(self, sender: Sender) -> str:
        client = await self.workspaces.client(sender.team)
        answer = await call(client, "conversations.open", users=sender.user)
        return word(part(answer.data, "channel"), "id")


def is_outsider(user: Payload, team: str) -> bool:
    """Whether Slack says that the user is a guest, a bot, of elsewhere, or deactivated."""
    guest = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
    return any(user.get(name) for name in guest) or word(user, "team_id") not in ("", team)


def language_of(user: Payload) -> Literal["sv", "en"]:
    """The language of the profile: Swedish unless it is set to another."""
    locale = word(user, "locale")
    return "sv" if not locale or locale.lower().startswith("sv") else "en"


def _name(user: Payload) -> str:
    profile = part(user, "profile")
    names = (word(profile, "real_name"), word(profile, "display_name"), word(user, "name"))
    return next((name for name in names if name), "")
