"""Entra ID as far as a token of ours goes: over HTTPS, secrets and assertions really judged."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography import x509

from bot.settings import TeamsConnection
from tests.teams.certificates import authority, client_certificate

TENANT, APP = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
SECRET = "Hemligt~i-Skövde"
IDENTITY = "word-of-a-managed-identity"
SCOPE = "https://api.botframework.com/.default"


@dataclass
class Entra:
    """What it knows, what it was asked, and how it misbehaves (`status`, `hold`, `html`).

    It plays the machine's managed identities too: `identities` is how they were asked.
    """

    folder: Path
    port: int = 0
    secret: str = SECRET
    refusal: int = 7_000_215
    certificates: list[bytes] = field(default_factory=list[bytes])
    assertions: set[str] = field(default_factory=set[str])
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    status: int = 0
    hold: float = 0.0
    html: bool = False
    hasty: bool = False
    keys: int = 1
    identities: list[dict[str, list[str]]] = field(default_factory=list[dict[str, list[str]]])

    @property
    def login(self) -> str:
        """Where it is, as SAMSPEL_TEAMS_CLOUD says it."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def cloud(self) -> dict[str, str]:
        """SAMSPEL_TEAMS_CLOUD for it."""
        metadata = f"{self.login}/v1/.well-known/openidconfiguration"
        return {"login_endpoint": self.login, "openid_metadata_url": metadata}

    @property
    def ca_file(self) -> Path:
        """Whose word to take that it is itself."""
        return self.folder / "ca.pem"

    def answer(self, path: str, form: dict[str, str] | None) -> tuple[int, dict[str, Any]]:
        """What it says at a path; `form` is what was posted."""
        tenant = path.split("/")[1]
        if path == "/v1/.well-known/openidconfiguration":
            return 200, {"jwks_uri": f"{self.login}/v1/.well-known/keys"}
        if path == "/v1/.well-known/keys":
            return 200, {"keys": [{"kid": str(n), "kty": "RSA"} for n in range(self.keys)]}
        if path.startswith("/metadata/identity/oauth2/token"):
            self.identities.append(parse_qs(urlsplit(path).query))
            return 200, {"access_token": IDENTITY, "expires_in": "3600", "token_type": "Bearer"}
        if tenant != TENANT:
            return 400, _refused(90_002)
        if form is None:
            at = f"{self.login}/{TENANT}"
            found = {
                "issuer": f"{at}/v2.0",
                "authorization_endpoint": f"{at}/oauth2/v2.0/authorize",
                "token_endpoint": f"{at}/oauth2/v2.0/token",
            }
            return 200, found
        self.asked.append(form)
        if self.status:
            return self.status, {"error": "temporarily_unavailable"}
        if form["client_id"] != APP:
            return 400, _refused(700_016)
        if not self._knows(form):
            return 401, _refused(self.refusal)
        lives = 1 if self.hasty else 3_600
        token = f"token-{len(self.asked)}"
        return 200, {"token_type": "Bearer", "expires_in": lives, "access_token": token}

    def _knows(self, form: dict[str, str]) -> bool:
        if "client_secret" in form:
            return form["client_secret"] == self.secret
        shown = form["client_assertion"]
        if shown in self.assertions:
            return True
        for pem in self.certificates:
            key: Any = x509.load_pem_x509_certificate(pem).public_key()
            at = f"{self.login}/{TENANT}/oauth2/v2.0/token"
            try:
                jwt.decode(shown, key, algorithms=["PS256"], audience=at, issuer=APP)
            except jwt.InvalidTokenError:
                continue
            return True
        return False


def _refused(code: int) -> dict[str, Any]:
    described = f"AADSTS{code}: No. Trace ID: 00000000-0000-0000-0000-000000000000"
    return {"error": "invalid_client", "error_description": described, "error_codes": [code]}


@contextmanager
def entra_id(folder: Path) -> Iterator[Entra]:
    """Entra, listening; its certificates in `folder`."""
    entra = Entra(folder)
    ca, own = authority()
    entra.ca_file.write_bytes(ca.certificate)
    (folder / "own.pem").write_bytes(own.certificate + own.key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(entra))
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    entra.port = server.server_address[1]
    listening = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    listening.start()
    try:
        yield entra
    finally:
        server.shutdown()
        server.server_close()
        listening.join()


def _answering(entra: Entra) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say({name: values[0] for name, values in parse_qs(body).items()})

        def _say(self, form: dict[str, str] | None) -> None:
            status, said = entra.answer(self.path, form)
            time.sleep(entra.hold)
            body = b"<html>Logga in</html>" if entra.html else json.dumps(said).encode()
            self.send_response(200 if entra.html else status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: pytest has a better account of it."""

    return Answering


def connection(**differs: Any) -> TeamsConnection:
    """A connection that Entra knows by its secret, but for what is given."""
    values: dict[str, Any] = {
        "name": "skovde",
        "app_id": APP,
        "tenant_id": TENANT,
        "organisations": ["Skövde"],
        "email_domains": ["example.se"],
        "secret": SECRET,
        **differs,
    }
    return TeamsConnection(**values)


def with_certificate(folder: Path, name: str = "samspel", days: int = 365) -> tuple[Path, bytes]:
    """A PEM file as an administrator makes it, and its certificate as Entra is given it."""
    pair = client_certificate(name, days)
    path = folder / f"{name}.pem"
    path.write_bytes(pair.key + pair.certificate)
    return path, pair.certificate
