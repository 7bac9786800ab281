"""Secrets at rest: encrypted before they come to the database, by keys that can be replaced.

The first of SAMSPEL_SECRET_KEYS encrypts, all of them decrypt: a new key is put first, what is
kept is encrypted anew (`samspel secrets rotate`), and the old key is taken away.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.language import _
from bot.settings import Settings


class KeyProblem(Exception):
    """What is secret cannot be encrypted or read with the keys there are; says the cure."""


class SecretKeys:
    """The keys of this bot."""

    def __init__(self, settings: Settings) -> None:
        self._keys = tuple(key.get_secret_value() for key in settings.secret_keys)

    def seal(self, secret: bytes) -> bytes:
        """`secret`, encrypted with the first key. KeyProblem when there is none to use."""
        return self._fernet().encrypt(secret)

    def opened(self, sealed: bytes) -> bytes:
        """What was sealed. KeyProblem when none of the keys fits."""
        try:
            return self._fernet().decrypt(sealed)
        except InvalidToken:
            raise KeyProblem(
                _(
                    "Ingen av nycklarna i SAMSPEL_SECRET_KEYS passar till det som är krypterat i "
                    "databasen. Lägg tillbaka den nyckel som det krypterades med, sist i listan."
                )
            ) from None

    def _fernet(self) -> MultiFernet:
        if not self._keys:
            raise KeyProblem(
                _(
                    "SAMSPEL_SECRET_KEYS är inte satt. Gör en nyckel med samspel secrets new-key "
                    "och sätt den som en JSON-lista."
                )
            )
        try:
            return MultiFernet([Fernet(key) for key in self._keys])
        except ValueError:
            raise KeyProblem(
                _(
                    "En nyckel i SAMSPEL_SECRET_KEYS har fel form. Gör en ny med "
                    "samspel secrets new-key."
                )
            ) from None


def new_key() -> str:
    """A fresh key for SAMSPEL_SECRET_KEYS."""
    return Fernet.generate_key().decode()
