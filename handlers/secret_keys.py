"""Secrets at rest, encrypted before they come to the database, and words that are signed.

The first of SAMSPEL_SECRET_KEYS encrypts and signs, all of them decrypt and verify: a new key is
put first, what is kept is encrypted anew (`samspel secrets rotate`), and the old key is taken away.
What the old one signed is known no more from then on.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256

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

    @property
    def there_are(self) -> bool:
        """Whether there is any key to sign with."""
        return bool(self._keys)

    def sign(self, words: str, purpose: str) -> str:
        """A token that holds `words`, to be read by anybody and made by us alone.

        It holds for that purpose only. KeyProblem when there is no key.
        """
        self._fernet()
        said = _text(words.encode())
        return f"{said}.{_mark(self._keys[0], purpose, said)}"

    def signed(self, token: str, purpose: str) -> str | None:
        """The words of a token that we made for that purpose; None for anything else."""
        said, _dot, mark = token.partition(".")
        fits = [
            hmac.compare_digest(_mark(key, purpose, said).encode(), mark.encode())
            for key in self._keys
        ]
        try:
            words = urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode() if any(fits) else None
        except (Error, ValueError):
            return None
        return words

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


def _mark(key: str, purpose: str, said: str) -> str:
    """Another key for each purpose is made of ours, so that none of them tells of another."""
    own = hmac.new(key.encode(), f"samspel:{purpose}".encode(), sha256).digest()
    return _text(hmac.new(own, said.encode(), sha256).digest())


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def new_key() -> str:
    """A fresh key for SAMSPEL_SECRET_KEYS."""
    return Fernet.generate_key().decode()
