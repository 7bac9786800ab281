"""Letters on their way: the web chat, a real mail server, and the delivery between them."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr
from sqlalchemy import RowMapping, text

from bot.clock import in_stockholm
from bot.conversations.views import Button, Buttons, Card, Chart, Series, link, press
from bot.conversations.views import text as words
from bot.delivery.loop import Delivery
from bot.outbox import Letter, Outbox, ToPerson
from bot.people import PersonId
from bot.settings import Settings
from handlers.email.platform import EmailPlatform
from handlers.email.send import Mailer
from handlers.secret_keys import new_key
from handlers.web.send import WebPlatform
from storage.database import Database
from storage.queries.letters import mail_is_set_up
from tests.delivery.scene import drawn
from tests.platforms.conftest import MovedClock, Web
from tests.platforms.html_page import Element, read_html
from tests.platforms.mail_server import MailServer, mail_server
from tests.platforms.web_scene import furnish, serving

PUBLIC = "https://samspel.example.se"
DIGEST = Card(
    title="Veckobrev vecka 48",
    summary="Veckobrev vecka 48. En aktivitet väntar på besked.",
    parts=(
        words("Läget i ", link("KOM-03", "/visa/aktivitet%7CKOM-03"), " är oklart."),
        Chart(
            form="bar",
            title="Läget",
            alternative="Två enligt plan och en försenad.",
            categories=("Enligt plan", "Försenad"),
            series=(Series(name="Aktiviteter", values=(2, 1), colour="green"),),
        ),
        Buttons(
            buttons=(
                Button(
                    label="Rapportera KOM-03", press=press("rapport", "KOM-03"), style="primary"
                ),
                Button(label="Planen på nätet", href="https://skaraborg.example/plan"),
            )
        ),
    ),
)


@dataclass
class Post:
    """The bot's pages, its database, its mail server, and how it is set up."""

    web: Web
    server: MailServer
    settings: Settings
    clock: MovedClock

    @property
    def database(self) -> Database:
        """Where it is all kept."""
        return self.web.database

    def platform(self, **wanted: Any) -> EmailPlatform:
        """Mail as a place, with other settings if wanted."""
        settings = self.settings.model_copy(update=wanted)
        mailer = Mailer(settings, self.clock)
        return EmailPlatform(mailer, self.database, settings, self.clock)

    def delivery(self, **wanted: Any) -> Delivery:
        """The loop that sends: by mail and on the web."""
        mail, web = self.platform(**wanted), WebPlatform(self.database, self.clock)
        settings = self.settings.model_copy(update=wanted)
        return Delivery(
            self.database, {mail.name: mail, web.name: web}, drawn, settings, clock=self.clock
        )

    async def says(
        self, card: Card = DIGEST, to: str = "Anna", letter: Letter | bool = "digest"
    ) -> None:
        """Something is said to somebody."""
        outbox = Outbox(today=in_stockholm(self.clock()).date())
        person = PersonId(self.web.people[to])
        outbox.say(ToPerson(person, letter=letter), lambda: card)
        async with self.database.transaction() as db:
            await outbox.flush(db)

    async def gets(self, card: Card = DIGEST, **how: Any) -> EmailMessage:
        """The same, delivered: the mail that came."""
        await self.says(card, **how)
        assert await self.delivery().deliver_all() == 1
        return self.server.mail()

    def page(self) -> Element:
        """The last mail as HTML."""
        return read_html(self.server.words("html"))

    def path(self, label: str) -> str:
        """The page of ours that a link or button of the last mail leads to."""
        (found,) = [each for each in self.page().all("a") if each.text() == label]
        href = found.attributes["href"]
        assert href.startswith(f"{PUBLIC}/")
        return urlsplit(href)._replace(scheme="", netloc="").geturl()

    def to(self) -> list[str]:
        """The addresses that mails came to."""
        return [parseaddr(each)[1] for mail in self.server.got for each in mail.rcpt_tos if each]

    async def rows(self, statement: str, **values: Any) -> list[RowMapping]:
        """What the database holds."""
        async with self.database.transaction() as db:
            return list((await db.execute(text(statement), values)).mappings())

    async def does(self, statement: str, **values: Any) -> None:
        """Change what the database holds."""
        async with self.database.transaction() as db:
            await db.execute(text(statement), values)

    async def states(self) -> list[tuple[str, str | None]]:
        """Every message: how it went, and why not."""
        rows = await self.rows("SELECT state, failure FROM messages ORDER BY id")
        return [(row["state"], row["failure"]) for row in rows]

    async def waits_no_more(self) -> None:
        """The pauses of delivery are over."""
        await self.does("UPDATE conversations SET next_try_at = NULL")
        await self.does("UPDATE connections SET next_try_at = NULL")


@asynccontextmanager
async def posting(
    database: Database, made: Callable[..., Settings], clock: MovedClock
) -> AsyncGenerator[Post]:
    """A bot with mail as a place for everybody."""
    async with database.transaction() as db:
        people = await furnish(db)
        now = clock()
        await mail_is_set_up(db, today=in_stockholm(now).date(), now=now)
    keys = (SecretStr(new_key()),)
    async with mail_server() as server:
        settings = made(
            secret_keys=keys,
            public_url=PUBLIC,
            smtp_host="localhost",
            smtp_port=server.port,
            smtp_tls="none",
            mail_from="Samspel <samspel@skaraborg.se>",
        )
        async with serving(database, made(secret_keys=keys), clock) as (where, site):
            web = Web(where, site, people)
            yield Post(web, server, settings, clock)
            await web.close()
