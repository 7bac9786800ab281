"""Certificates of the test's own: an authority, the sign-in service's, and clients'."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Pair:
    """A certificate and its private key, both PEM."""

    certificate: bytes
    key: bytes


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """The RSA key of that name; the same one in a whole test run, since making one takes time."""
    assert name
    return rsa.generate_private_key(65537, 2048)


def private_pem(key: Any) -> bytes:
    """A private key, as kept in a file."""
    plain = serialization.NoEncryption()
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain)


def public_pem(key: Any) -> bytes:
    """The public part of a private key."""
    return key.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def client_certificate(name: str = "samspel", days: int = 365) -> Pair:
    """A certificate that a bot shows itself by, signed by itself; with `days` < 0 it has ended."""
    key = rsa_key(f"client {name}")
    made = _builder(name, name, key.public_key(), days).sign(key, hashes.SHA256())
    return Pair(made.public_bytes(PEM), private_pem(key))


@cache
def authority() -> tuple[Pair, Pair]:
    """A certificate authority, and a certificate for this machine that it signed."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = (
        _builder("Test CA", "Test CA", ca_key.public_key(), 30)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    made = (
        _builder("localhost", "Test CA", key.public_key(), 30)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(signer, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    return (
        Pair(ca.public_bytes(PEM), private_pem(ca_key)),
        Pair(made.public_bytes(PEM), private_pem(key)),
    )


def _builder(subject: str, issuer: str, key: Any, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2 + max(0, -days)))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
