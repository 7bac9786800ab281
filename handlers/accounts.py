"""Meeting an account that nobody is behind yet: asked about, mailed, and told what happens."""

import structlog

from bot.accounts import Answered, House, Profile, ToMail, ask_administrators, ask_to_link
from bot.clock import Clock
from bot.conversations.views import Card
from bot.language import LANGUAGES, speaking
from bot.mail import Mail, MailNotSent
from bot.outbox import Outbox
from storage.database import Database
from storage.queries.account_requests import Unmailed

log = structlog.get_logger(__name__)


async def link_account(
    database: Database,
    mailer: Mail | None,
    profile: Profile,
    house: House | None,
    base_url: str | None,
    clock: Clock,
) -> Card:
    """The card to show the account, in its language; the mail that it may take has been sent.

    Takes as long as the mail server does. Where there is none, or no `base_url` for the link to
    lead to, administrators are asked in their private chats.
    """
    with speaking(profile.language):
        async with database.transaction() as db:
            asked = await ask_to_link(db, profile, house, clock())
        match asked:
            case Answered(card=card):
                return card
            case ToMail():
                why = await _unmailed(mailer, asked, base_url)
                if why is None:
                    return asked.card
        async with database.transaction() as db:
            outbox = Outbox(LANGUAGES)
            card = await ask_administrators(db, asked, why, clock(), outbox)
            await outbox.flush(db)
        return card


async def _unmailed(mailer: Mail | None, asked: ToMail, base_url: str | None) -> Unmailed | None:
    """Why the mail is not on its way; None when it is."""
    if mailer is None or base_url is None:
        log.warning("account_not_mailed", request=asked.request, why="no mail server or public url")
        return "not_set_up"
    try:
        await mailer.send(asked.to, asked.subject, asked.letter, address=base_url)
    except MailNotSent as error:
        log.warning("account_not_mailed", request=asked.request, why=error.cause)
        return "failed"
    return None
