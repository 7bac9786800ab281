"""Every setting, its unit and default; read from the environment as SAMSPEL_NAME."""

from datetime import time
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


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

    @field_validator("database_url", "database_owner_url", "public_url", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value
