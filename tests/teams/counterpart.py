"""`teams_counterpart`: Microsoft's side for tests, speaking its protocols over HTTP.

It knows nothing of Samspel. People act through it and look at what they see; whatever the bot sends
is held against Teams' documented limits, and what breaks them fails the test at the end.
"""

import secrets
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Literal

import jwt
import pytest

from tests.patience import UNHURRIED
from tests.teams.belonging import Belonging
from tests.teams.certificates import Pair, client_certificate, private_pem, public_pem, rsa_key
from tests.teams.dialogs import Dialogs
from tests.teams.server import serving
from tests.teams.sign_in import EXCHANGE
from tests.teams.tokens import ISSUER
from tests.teams.trouble import Fault, Method
from tests.teams.world import Conversation, Person, Role, Team, Tenant, add_channel

WORKLOADS = "https://workloads.example.com"
"""Another issuer, that a tenant may trust to say who a workload is."""


class Teams(Belonging, Dialogs):
    """Tenants, what people do there, what they see, and how Teams misbehaves."""

    @property
    def tenant(self) -> Tenant:
        """The first tenant."""
        return self.tenants[0]

    @property
    def cloud(self) -> dict[str, str]:
        """Where sign-in is, as the setting `teams_cloud` takes it."""
        return {
            "login_endpoint": self.sign_in.base,
            "openid_metadata_url": f"{self.keys_base}/v1/.well-known/openidconfiguration",
            "token_issuer": ISSUER,
        }

    @property
    def service_hosts(self) -> tuple[str, ...]:
        """Where the connector is, as the setting `teams_service_hosts` takes it."""
        return (self.base.removeprefix("http://"),)

    @property
    def throttled(self) -> int:
        """How many calls were answered with 429 by a rate limit."""
        return self.trouble.throttled

    def add_tenant(self, name: str, domain: str = "") -> Tenant:
        """A further tenant, with a bot of its own; its `endpoint` is to be set."""
        made = Tenant(name, domain or f"{name.lower()}.example.se")
        self.tenants.append(made)
        return made

    def add_person(
        self,
        name: str,
        email: str,
        *,
        tenant: Tenant | None = None,
        locale: str = "sv-SE",
        role: Role = "user",
        home_tenant: str = "",
        installed: bool = False,
    ) -> Person:
        """Somebody in a tenant; `home_tenant`: whose account it really is, of guests and external.

        `installed`: has the app since before the story begins, with a personal chat.
        """
        person = Person(name, email, tenant or self.tenant, locale, role, home_tenant)
        person.tenant.people.append(person)
        if installed:
            person.installed = True
            self.personal_chat(person).bot_in = True
        return person

    def personal_chat(self, person: Person) -> Conversation:
        """The person's chat with the bot."""
        return self.place(person, None)

    def add_team(
        self,
        name: str,
        *,
        channels: Iterable[str] = (),
        members: Iterable[Person] = (),
        tenant: Tenant | None = None,
        bot_in: bool = False,
    ) -> Team:
        """A team with General and more channels; with `bot_in` the bot is there since before."""
        team = Team(name, tenant or self.tenant, members=list(members), bot_in=bot_in)
        team.tenant.teams.append(team)
        for each in ("General", *channels):
            add_channel(team, each)
        return team

    def channel(self, team: Team, name: str) -> Conversation:
        """A channel of a team, by its name."""
        return next(one for one in team.channels if one.name == name)

    def add_chat(
        self,
        name: str = "",
        *,
        members: Iterable[Person],
        tenant: Tenant | None = None,
        bot_in: bool = False,
    ) -> Conversation:
        """A group chat."""
        own = f"19:{secrets.token_hex(16)}@thread.v2"
        made = Conversation(own, "groupChat", tenant or self.tenant, name, list(members), bot_in)
        made.tenant.conversations[made.id] = made
        return made

    def add_certificate(self, tenant: Tenant, name: str = "samspel", days: int = 365) -> Pair:
        """A certificate that the bot of the tenant may show itself by; PEM, with its key."""
        made = client_certificate(name, days)
        tenant.certificates.append(made.certificate)
        return made

    def federated_assertion(self, tenant: Tenant, *, trusted: bool = True, ago: int = 0) -> str:
        """What another issuer says of a workload, which the tenant takes from it if `trusted`."""
        key = rsa_key("workloads")
        if trusted:
            tenant.federated[WORKLOADS] = public_pem(key)
        now = int(time.time()) - ago
        said = {"iss": WORKLOADS, "sub": "samspel", "aud": EXCHANGE, "iat": now, "exp": now + 600}
        return jwt.encode(said, private_pem(key).decode(), "RS256")

    def fault(
        self,
        method: Method,
        times: int = 1,
        *,
        status: int = 0,
        code: str = "",
        retry_after: float = 0.0,
        lost: bool | Literal["dropped"] = False,
        hold: float = 0.0,
        conversation: Conversation | None = None,
    ) -> Fault:
        """Have the connector's next calls of a kind ("*": of any) go wrong; see `Fault`."""
        where = conversation.id if conversation else ""
        fault = Fault(method, times, status, code, retry_after, lost, hold, where)
        self.trouble.faults.append(fault)
        return fault

    def limits_rates(self, speed: float = 1.0) -> None:
        """Answer 429 to what is more than Microsoft lets through; time runs `speed` times."""
        self.trouble.speed = speed

    def mends(self) -> None:
        """No more faults and rate limits."""
        self.trouble.faults.clear()
        self.trouble.speed = 0.0
        self.sign_in.refuses, self.sign_in.status = "", 0

    def does_not_hurry(self) -> None:
        """Wait a minute for what Teams waits seconds for.

        For tests of what is said, which a machine that halts now and then must not fail.
        """
        self.patience = self.entry.seconds = self.entry.extension_seconds = UNHURRIED


@asynccontextmanager
async def teams_counterpart(
    name: str = "Skövde",
    domain: str = "skovde.example.se",
    *,
    trusted: bool = True,
    clock: Callable[[], float] = time.time,
) -> AsyncGenerator[Teams]:
    """Teams, on free ports of this machine, with one tenant that has a bot of ours.

    `clock` gives the time of messages in seconds since 1970; tokens carry the real time. `trusted`:
    this process takes the certificate of the sign-in service and no other, by REQUESTS_CA_BUNDLE
    and SSL_CERT_FILE. At the end AssertionError when the bot broke a documented limit.
    """
    teams = Teams(clock)
    teams.add_tenant(name, domain)
    async with serving(teams):
        try:
            with pytest.MonkeyPatch.context() as environment:
                if trusted:
                    for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
                        environment.setenv(name, teams.ca_file)
                yield teams
        finally:
            await teams.entry.close()
    assert not teams.violations, "\n".join(teams.violations)
