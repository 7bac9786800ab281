"""A mail server for tests: real SMTP and TLS, with a certificate that is thrown away."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "samspel", "hemligt-lösen"


@dataclass
class MailServer:
    """The running server: where it is, what it got, and how it is to misbehave.

    `answers` are replies to RCPT or DATA in the place of its own; `silent` holds every answer to
    DATA back, `forgetful` too, though it takes the mail. `asked`: how many mails were handed to it.
    """

    port: int = 0
    got: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    forgetful: bool = False
    asked: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an address, unless told otherwise."""
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a mail, unless told otherwise."""
        self.asked += 1
        if self.forgetful:
            self.got.append(envelope)
        if self.silent or self.forgetful:
            await asyncio.sleep(3_600)
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.got.append(envelope)
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        self.signed_in.append(bool(session.authenticated))
        return "250 OK"

    def mail(self, nth: int = -1) -> EmailMessage:
        """The last mail that came, or the nth."""
        content = self.got[nth].content
        assert isinstance(content, bytes)
        read = message_from_bytes(content, policy=default)
        assert isinstance(read, EmailMessage)
        return read

    def words(self, kind: str = "plain") -> str:
        """What the last mail says, as text or as HTML."""
        body = self.mail().get_body((kind,))
        assert body is not None
        return body.get_content()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    good = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
    return AuthResult(success=good, handled=good)


@asynccontextmanager
async def mail_server(
    certificate: ssl.SSLContext | None = None, *, tls: bool = False, auth: bool = False
) -> AsyncGenerator[MailServer]:
    """A server on a free port: TLS at once or by STARTTLS when it has a certificate, else none."""
    state = MailServer()
    sessions: list[SMTP] = []

    def session() -> SMTP:
        made = SMTP(
            state,
            hostname="localhost",
            loop=asyncio.get_running_loop(),
            tls_context=None if tls else certificate,
            require_starttls=certificate is not None and not tls,
            auth_required=auth,
            authenticator=_authenticate if auth else None,
        )
        sessions.append(made)
        return made

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        session, "localhost", 0, family=2, ssl=certificate if tls else None
    )
    state.port = server.sockets[0].getsockname()[1]
    yield state
    server.close()
    for each in sessions:
        if isinstance(each.transport, asyncio.Transport):
            each.transport.abort()
    # Sockets are closed by the loop, one turn after their transports.
    await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Certificates:
    """What a server shows, and what a client trusts to know it by."""

    server: ssl.SSLContext
    trusted: ssl.SSLContext


def certificates(folder: Path, name: str = "localhost") -> Certificates:
    """A certificate for `name`, valid today, that nobody else knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    both = folder / f"{name}.pem"
    both.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(both)
    trusted = ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.DER))
    return Certificates(server, trusted)
