"""Every setting, its unit and default; read from the environment as SAMSPEL_NAME."""

from datetime import time
from pathlib import Path
from typing import Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

GUID = r"(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
ReminderKind = Literal[
    "overdue",
    "digest",
    "milestone",
    "deviation",
    "decision",
    "question",
    "poll",
    "poll_missing",
    "need",
    "prepare",
    "assignment",
    "asked",
    "application",
    "funder_report",
    "documents",
    "in_depth",
    "meeting_report",
    "mandate",
    "plan",
]
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Workspace(BaseModel):
    """A Slack workspace that an administrator has registered: whose people it may link."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    team_id: str = Field(pattern=r"^T[A-Z0-9]+$")
    organisations: tuple[str, ...] = Field(min_length=1)
    email_domains: tuple[str, ...] = Field(min_length=1)
    name: str = ""

    @field_validator("email_domains")
    @classmethod
    def _bare(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(domain.lower().lstrip("@") for domain in domains)


class TeamsConnection(BaseModel):
    """A bot of ours in one Microsoft 365 tenant: who it is there, and whose people it may link.

    One of `secret`, `certificate` and `federated` says how it shows that it is itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    app_id: str = Field(pattern=GUID)
    tenant_id: str = Field(pattern=GUID)
    organisations: tuple[str, ...] = Field(min_length=1)
    email_domains: tuple[str, ...] = Field(min_length=1)
    secret: SecretStr | None = None
    certificate: Path | None = None
    """A PEM file with the private key and its certificate."""
    federated: str | None = None
    """`file:PATH` of a token that the platform it runs on renews, or a managed identity's client id
    (`system` for the machine's own)."""

    @field_validator("app_id", "tenant_id")
    @classmethod
    def _lower(cls, value: str) -> str:
        return value.lower()

    @field_validator("email_domains")
    @classmethod
    def _bare(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(domain.lower().lstrip("@") for domain in domains)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.secret, self.certificate, self.federated)
        if sum(way is not None for way in ways) > 1:
            raise ValueError("give one of secret, certificate and federated")
        return self

    @property
    def has_credential(self) -> bool:
        """Whether it can show that it is itself."""
        return bool(self.secret or self.certificate or self.federated)


class Settings(BaseSettings):
    """How this bot is set up. `samspel settings` prints this list with what is in force."""

    model_config = SettingsConfigDict(
        env_prefix="SAMSPEL_", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL 16 or newer; none: an embedded server in SAMSPEL_VAR"
    )
    database_owner_url: SecretStr | None = Field(
        default=None,
        description="the role that owns the tables and migrates them, when it is another",
    )
    database_pool: int = Field(
        default=5, ge=1, le=50, description="connections kept by one process"
    )
    var: Path = Field(
        default=Path("var"), description="folder for the embedded server and its data"
    )
    federation: str = Field(
        default="Kommunalförbundet",
        min_length=1,
        description="the federation's name in plan and directory",
    )
    need_template: Path | None = Field(
        default=None,
        description="Word template of the material that bodies get about needs; none: the usual",
    )
    keep_unanswered: bool = Field(
        default=True,
        description="keep questions that could not be answered, without names, for administrators",
    )
    role: Literal["web", "worker", "all"] = Field(
        default="all",
        description="web answers people, worker delivers and keeps time, all does both",
    )
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(
        default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one"
    )
    public_url: str | None = Field(
        default=None, description="what people type to get here, such as https://samspel.example.se"
    )
    demo: bool = Field(
        default=True, description="fill an empty embedded database with the sample plan"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="how much"
    )
    default_language: Literal["sv", "en"] = Field(
        default="sv", description="where nobody has chosen"
    )

    slack_bot_token: SecretStr | None = Field(
        default=None, description="Slack's bot token (xoxb-...), for one workspace"
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="what Slack signs its requests with; HTTP entry at /slack/events"
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="Slack's app token (xapp-...): Socket Mode instead of HTTP"
    )
    slack_client_id: str | None = Field(
        default=None, description="Slack's client id: several workspaces, by OAuth install"
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="Slack's client secret, for OAuth install"
    )
    slack_workspaces: tuple[Workspace, ...] = Field(
        default=(),
        description="registered workspaces, JSON: team_id, organisations, email_domains, name",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="where Slack's Web API is; ends with /api/"
    )
    teams_connections: tuple[TeamsConnection, ...] = Field(
        default=(),
        description="bots in Microsoft 365 tenants, JSON: name, app_id, tenant_id, one of secret, "
        "certificate and federated, organisations, email_domains",
    )
    teams_anonymous: bool = Field(
        default=False,
        description="let anybody in to Teams' entry, unverified: only to try it on this machine",
    )
    teams_service_hosts: tuple[str, ...] = Field(
        default=("smba.trafficmanager.net",),
        description="hosts of Microsoft's that Teams may say it is answered at, JSON list",
    )
    teams_cloud: dict[str, str] = Field(
        default_factory=dict,
        description="addresses of Microsoft's sign-in other than the public cloud's, JSON object: "
        "login_endpoint, openid_metadata_url, token_issuer, bot_scope",
    )
    secret_keys: tuple[SecretStr, ...] = Field(
        default=(),
        description="keys that encrypt what is secret in the database, JSON list; the first "
        "encrypts, all decrypt (samspel secrets new-key makes one)",
    )
    answer_seconds: float = Field(
        default=2.0, gt=0, le=2.8, description="how long a chat platform waits before it is told so"
    )

    smtp_host: str | None = Field(default=None, description="mail server; none: no mail is sent")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="its port")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how mail is encrypted; none only on this machine"
    )
    smtp_user: str | None = Field(default=None, description="who to sign in as at the mail server")
    smtp_password: SecretStr | None = Field(default=None, description="with which password")
    mail_from: str = Field(
        default="Samspel <samspel@localhost>", description="sender of mail, name and address"
    )
    mail_reply_to: str | None = Field(
        default=None, description="where answers to mail go, name and address; none: the sender"
    )
    mail_per_minute: int | None = Field(
        default=None,
        ge=1,
        description="mails that the server takes in a minute; none: as fast as it takes them",
    )

    chef_digest_day: int = Field(
        default=1, ge=1, le=7, description="ISO weekday of the chef's digest"
    )
    chef_digest_time: time = Field(default=time(7, 30), description="when, Stockholm time")
    styrgrupp_digest_day: int = Field(
        default=5, ge=1, le=7, description="ISO weekday of the styrgrupp's"
    )
    styrgrupp_digest_time: time = Field(
        default=time(13, 0), description="Stockholm time of the styrgrupp's"
    )
    network_digest_day: int = Field(
        default=1, ge=1, le=7, description="ISO weekday of networks' digests, where one is chosen"
    )
    network_digest_time: time = Field(default=time(8, 0), description="when, Stockholm time")
    personal_digest_time: time = Field(
        default=time(7, 45), description="Stockholm time of personal digests, on the days chosen"
    )
    monthly_digest_day: int = Field(
        default=1, ge=1, le=28, description="day of the month of monthly digests, or next workday"
    )
    monthly_digest_time: time = Field(default=time(8, 15), description="when, Stockholm time")
    meeting_report_days: int = Field(
        default=7,
        ge=0,
        le=60,
        description="days before a meeting's documents are due when its report is drafted",
    )

    reminders: bool = Field(default=True, description="remind people by the clock of what is due")
    reminder_days: dict[ReminderKind, tuple[int, ...]] = Field(
        default_factory=dict[ReminderKind, tuple[int, ...]],
        description="days before (below zero) and after a thing's own day when people are reminded "
        'of it, by kind, JSON object such as {"poll": [-7, -3, -1]}; others as in '
        "docs/reminders.md",
    )
    quiet_bridge_days: bool = Field(
        default=False, description="no reminders between two free days, but for what hurries"
    )
    quiet_july: bool = Field(default=True, description="no reminders in July, but for what hurries")

    lease_seconds: float = Field(
        default=30.0, gt=0, description="how long a process holds a conversation"
    )
    send_timeout_seconds: float = Field(default=10.0, gt=0, description="longest platform call")
    tick_seconds: float = Field(default=1.0, gt=0, description="how often to look by itself")
    card_rest_seconds: float = Field(
        default=2.0, ge=0, description="how long a living card rests before it is drawn again"
    )
    delivery_slots: int = Field(
        default=8,
        ge=2,
        le=100,
        description="conversations that one process delivers to at once, for each platform",
    )
    give_up_seconds: float = Field(
        default=600.0,
        gt=0,
        description="how long a conversation may fail before each message gets one try",
    )

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_api(cls, value: str) -> str:
        if not value.endswith("/api/"):
            raise ValueError("must end with /api/")
        return value

    @model_validator(mode="after")
    def _teams_apart(self) -> Self:
        for what in ("name", "tenant_id", "app_id"):
            said = [getattr(each, what) for each in self.teams_connections]
            if len(said) != len(set(said)):
                raise ValueError(f"two of SAMSPEL_TEAMS_CONNECTIONS have the same {what}")
        if self.teams_anonymous and self.host not in LOOPBACK:
            raise ValueError("SAMSPEL_TEAMS_ANONYMOUS only with SAMSPEL_HOST=127.0.0.1")
        bare = [each.name for each in self.teams_connections if not each.has_credential]
        if bare and not self.teams_anonymous:
            raise ValueError(f"{bare[0]} needs one of secret, certificate and federated")
        return self

    @property
    def teams_is_connected(self) -> bool:
        """Whether the bot is to be in Teams."""
        return bool(self.teams_connections)

    @property
    def slack_is_connected(self) -> bool:
        """Whether the bot is to be in Slack: by a token of its own, or installed by OAuth."""
        return self.slack_bot_token is not None or self.slack_client_id is not None

    @property
    def chat_platform_connected(self) -> bool:
        """Whether people meet the bot elsewhere than on its own pages; a trial here is no such."""
        return self.slack_is_connected or (self.teams_is_connected and not self.teams_anonymous)
