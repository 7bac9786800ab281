"""The certificate by which a connection shows that it is itself: a PEM file with its key."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from bot.language import _
from handlers.teams.no_token import CredentialUnusable


@dataclass(frozen=True)
class Certificate:
    """The key and its certificate, each as PEM, and until when the certificate is valid."""

    private_key: str
    public_certificate: str
    valid_until: datetime


def read_certificate(path: Path) -> Certificate:
    """The private key of the file, and the certificate in it that belongs to it.

    CredentialUnusable when there are no such two.
    """
    pem = read_secret_file(path)
    key = _private_key(path, pem)
    try:
        certificates = x509.load_pem_x509_certificates(pem)
    except ValueError:
        certificates = []
    mine = [each for each in certificates if each.public_key() == key.public_key()]
    if not mine:
        raise CredentialUnusable(
            _("Filen {path} innehåller inget certifikat som hör till dess nyckel", path=path)
        )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = mine[0].public_bytes(Encoding.PEM)
    return Certificate(private.decode(), public.decode(), mine[0].not_valid_after_utc)


def read_secret_file(path: Path) -> bytes:
    """What stands in the file. CredentialUnusable with the reason when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CredentialUnusable(
            _("Filen {path} går inte att läsa: {error}", path=path, error=error.strerror)
        ) from None


def _private_key(path: Path, pem: bytes) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (TypeError, ValueError):
        # TypeError: the key is encrypted, and nobody is there to type the password.
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise CredentialUnusable(
            _("Filen {path} innehåller ingen RSA-nyckel utan lösenord i PEM-form", path=path)
        )
    return key
