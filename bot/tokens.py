"""Secrets that people or browsers carry, and what is kept of them."""

import secrets
from hashlib import sha256


def new_secret() -> str:
    """A secret of 32 random bytes, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> bytes:
    """What is kept of a secret."""
    return sha256(secret.encode()).digest()
