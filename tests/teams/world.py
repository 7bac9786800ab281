"""What Teams remembers: tenants with their bot, people, teams, chats, and what was said there."""

import base64
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Literal

from tests.teams.findings import Json

Kind = Literal["personal", "groupChat", "channel"]
"""As `conversationType` of activities."""

Role = Literal["user", "guest"]


def guid() -> str:
    """An id as Entra makes them."""
    return str(uuid.uuid4())


def opaque(start: str, size: int = 32) -> str:
    """An id that says nothing, with the characters that Teams' ids have."""
    return start + base64.urlsafe_b64encode(secrets.token_bytes(size)).decode().rstrip("=")


@dataclass(eq=False)
class Tenant:
    """A Microsoft 365 tenant, and the bot of ours in it. `endpoint`: where that bot listens."""

    name: str
    domain: str
    id: str = field(default_factory=guid)
    app_id: str = field(default_factory=guid)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    bot_name: str = "Samspel"
    endpoint: str | None = None
    certificates: list[bytes] = field(default_factory=list[bytes])
    federated: dict[str, bytes] = field(default_factory=dict[str, bytes])
    people: list["Person"] = field(default_factory=list["Person"])
    teams: list["Team"] = field(default_factory=list["Team"])
    conversations: dict[str, "Conversation"] = field(default_factory=dict[str, "Conversation"])

    @property
    def bot_id(self) -> str:
        """The bot's account in Teams."""
        return f"28:{self.app_id}"


@dataclass(eq=False)
class Dialog:
    """A dialog that a person has open, and what it answers to."""

    card: Json
    title: str
    command: Json
    submit: str


@dataclass(eq=False)
class Person:
    """Somebody in a tenant. A guest or external person has another `home_tenant`."""

    name: str
    email: str
    tenant: Tenant
    locale: str = "sv-SE"
    role: Role = "user"
    home_tenant: str = ""
    id: str = field(default_factory=lambda: opaque("29:1"))
    object_id: str = field(default_factory=guid)
    installed: bool = False
    blocked: bool = False
    dialog: Dialog | None = None
    toasts: list[str] = field(default_factory=list[str])
    errors: list[str] = field(default_factory=list[str])
    views: dict["Message", Json] = field(default_factory=dict["Message", Json])
    typed: dict[object, Json] = field(default_factory=dict[object, Json])

    @property
    def account(self) -> Json:
        """As `from` of activities."""
        return {"id": self.id, "name": self.name, "aadObjectId": self.object_id}

    @property
    def member(self) -> Json:
        """As the connector tells of a member."""
        given, _, family = self.name.rpartition(" ")
        return {
            **self.account,
            "givenName": given or family,
            "surname": family,
            "email": self.email,
            "userPrincipalName": self.email,
            "tenantId": self.home_tenant or self.tenant.id,
            "userRole": self.role,
        }


@dataclass(eq=False)
class Message:
    """Something said: a person's line, or what the bot posted. `root`: the thread it is in."""

    id: str
    by: Person | None
    activity: Json
    root: str
    text: str = ""
    deleted: bool = False
    target: Person | None = None
    updates: int = 0

    @property
    def card(self) -> Json | None:
        """The card it shows to everybody, if it is one."""
        for attachment in self.activity.get("attachments") or ():
            if attachment.get("contentType") == CARD:
                return attachment["content"]
        return None


CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(eq=False)
class Conversation:
    """A personal chat, group chat or channel; `bot_in`: the bot may say something there."""

    id: str
    kind: Kind
    tenant: Tenant
    name: str = ""
    members: list[Person] = field(default_factory=list[Person])
    bot_in: bool = False
    team: "Team | None" = None
    deleted: bool = False
    messages: list[Message] = field(default_factory=list[Message])

    def find(self, message_id: str) -> Message | None:
        """The message of that id, thread replies included."""
        return next((one for one in self.messages if one.id == message_id), None)

    @property
    def gone(self) -> bool:
        """Whether nobody can get there any more."""
        return self.deleted or bool(self.team and self.team.deleted)


@dataclass(eq=False)
class Team:
    """A team; its first channel is General, whose id is the team's too."""

    name: str
    tenant: Tenant
    id: str = field(default_factory=lambda: f"19:{secrets.token_hex(16)}@thread.tacv2")
    group_id: str = field(default_factory=guid)
    members: list[Person] = field(default_factory=list[Person])
    channels: list[Conversation] = field(default_factory=list[Conversation])
    bot_in: bool = False
    deleted: bool = False
    archived: bool = False

    @property
    def general(self) -> Conversation:
        return self.channels[0]


def add_channel(team: Team, name: str) -> Conversation:
    """A channel of the team, where its members are."""
    first = not team.channels
    own = team.id if first else f"19:{secrets.token_hex(16)}@thread.tacv2"
    made = Conversation(own, "channel", team.tenant, name, team.members, team.bot_in, team)
    team.channels.append(made)
    team.tenant.conversations[made.id] = made
    return made


def personal_chat(person: Person) -> Conversation:
    """The person's chat with the bot, made at first use."""
    for each in person.tenant.conversations.values():
        if each.kind == "personal" and each.members == [person]:
            return each
    made = Conversation(opaque("a:1", 64), "personal", person.tenant, members=[person])
    person.tenant.conversations[made.id] = made
    return made


def reached_elsewhere(person: Person) -> bool:
    """Whether the bot is in a team or chat that the person is in."""
    return any(
        each.bot_in and not each.gone and each.kind != "personal" and person in each.members
        for each in person.tenant.conversations.values()
    )
