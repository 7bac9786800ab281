"""Accounts that come to the bot for the first time, a real mail server, and who may link them."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import RowMapping, insert, text

from bot.accounts import House, Profile
from bot.conversations.protocol import AccountKey
from bot.conversations.views import Card
from bot.mail import Mail
from bot.plain_text import plain_text
from handlers.accounts import link_account
from handlers.email.send import Mailer
from storage.models import Role
from tests.platforms.conftest import Web
from tests.platforms.html_page import Element
from tests.platforms.mail_server import MailServer, mail_server
from tests.platforms.web_scene import SINCE

HOUSE = House(organisations=("Hjo", "skövde "), email_domains=("example.se", "@Skovde.se"))
ANNA = Profile(
    key=AccountKey("slack", "T1", "U1"),
    name="Anna i Slack",
    email="anna@example.se",
    language="sv",
    address="D1",
    outsider=False,
)
BO = replace(ANNA, key=AccountKey("slack", "T1", "U2"), name="Bo", email="bo@example.se")


@dataclass
class Door:
    """Where accounts come in: the bot's own pages, its database and its mail server."""

    web: Web
    server: MailServer
    mail: Mail

    async def comes(
        self, profile: Profile = ANNA, house: House | None = HOUSE, *, mail: bool = True
    ) -> str:
        """An account writes to the bot; what it is told, as text."""
        card = await self.meets(profile, house, mail=mail)
        return plain_text(card)

    async def meets(
        self, profile: Profile = ANNA, house: House | None = HOUSE, *, mail: bool = True
    ) -> Card:
        """The same, as the card."""
        return await link_account(
            self.web.database,
            self.mail if mail else None,
            profile,
            house,
            self.web.where,
            self.web.site.clock,
        )

    @property
    def mails(self) -> int:
        """How many mails have been sent."""
        return len(self.server.got)

    def link(self) -> str:
        """The path that the last mail leads to."""
        found = re.search(r"http://[^/\s]+(/konto/koppla/[\w-]+)", self.server.words())
        assert found
        return found[1]

    async def confirms(self) -> None:
        """Somebody opens the last mail's link and presses its button."""
        browser = await self.web.browser()
        await browser.open(self.link())
        await browser.presses("Koppla kontot")
        assert browser.status == 200

    async def rows(self, statement: str, **values: Any) -> list[RowMapping]:
        """What the database holds."""
        async with self.web.database.transaction() as db:
            return list((await db.execute(text(statement), values)).mappings())

    async def does(self, statement: str, **values: Any) -> None:
        """Change what the database holds."""
        async with self.web.database.transaction() as db:
            await db.execute(text(statement), values)

    async def accounts(self) -> list[tuple[str, str, bool]]:
        """User ids of chat accounts with their people's first names, and whether they hold."""
        rows = await self.rows(
            "SELECT a.user_id, split_part(p.name, ' ', 1) AS name, a.ended_at IS NULL AS holds "
            "FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.platform <> 'web' "
            "ORDER BY a.id"
        )
        return [(row["user_id"], row["name"], row["holds"]) for row in rows]

    async def said_in(self, address: str) -> list[str]:
        """What waits to be said, or was said, in the conversation there: summaries."""
        rows = await self.rows(
            "SELECT m.view ->> 'summary' AS said FROM messages m "
            "JOIN conversations c ON c.id = m.conversation_id WHERE c.address = :address "
            "ORDER BY m.id",
            address=address,
        )
        return [row["said"] for row in rows]

    def passes(self, **time: float) -> None:
        """Let time pass."""
        self.web.site.clock.now += timedelta(**time)  # pyright: ignore[reportFunctionMemberAccess]


def button_of(page: Element) -> Element:
    """The form whose button links the account."""
    return next(each for each in page.all("form") if "/konto/" in each.attributes["action"])


@asynccontextmanager
async def door_of(web: Web) -> AsyncGenerator[Door]:
    """The web chat as a door for accounts, with Cilla as administrator."""
    async with web.database.transaction() as db:
        await db.execute(
            insert(Role).values(
                person_id=web.people["Cilla"], role="administrator", starts_on=SINCE, given_by="t"
            )
        )
    async with mail_server() as server:
        settings = web.site.settings.model_copy(
            update={"smtp_host": "localhost", "smtp_port": server.port, "smtp_tls": "none"}
        )
        yield Door(web, server, Mailer(settings, web.site.clock))
