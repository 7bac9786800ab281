"""Every setting, its unit and default; read from the environment as SAMSPEL_NAME."""

from datetime import time
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


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


class Settings(BaseSettings):
    """How this bot is set up. `samspel settings` prints this list with what is in force."""

    model_config = SettingsConfigDict(env_prefix="SAMSPEL_", extra="ignore", frozen=True)

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

    lease_seconds: float = Field(
        default=30.0, gt=0, description="how long a process holds a conversation"
    )
    send_timeout_seconds: float = Field(default=10.0, gt=0, description="longest platform call")
    tick_seconds: float = Field(default=1.0, gt=0, description="how often to look by itself")
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

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object, info: ValidationInfo) -> object:
        if value != "" or info.field_name is None:
            return value
        return cls.model_fields[info.field_name].get_default()

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_api(cls, value: str) -> str:
        if not value.endswith("/api/"):
            raise ValueError("must end with /api/")
        return value

    @property
    def slack_is_connected(self) -> bool:
        """Whether the bot is to be in Slack: by a token of its own, or installed by OAuth."""
        return self.slack_bot_token is not None or self.slack_client_id is not None

    @property
    def chat_platform_connected(self) -> bool:
        """Whether people meet the bot anywhere but on its own pages."""
        return self.slack_is_connected
