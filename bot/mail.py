"""Mail, as the bot knows it: a card sent to an address, or word that it could not be."""

from typing import Protocol

from bot.conversations.views import Card


class MailNotSent(Exception):
    """The mail was not sent, as far as is known.

    `cause` is words for the administrator; it never holds what the mail says, whom it is for, or
    a password.
    """

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Mail(Protocol):
    """What sends mail. The upper floor implements it and hands it in."""

    async def send(self, to: str, subject: str, card: Card, *, address: str | None) -> None:
        """Send `card` in the language spoken now, as text and as HTML; MailNotSent when it fails.

        `address` is where people reach our own pages, so that the card's links lead there.
        """
        ...
