"""Settings: one frozen object, read once from the environment and `.env`."""

import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set. Each field's description stands in the README, made from here."""

    model_config = SettingsConfigDict(env_prefix="NABLA_", env_file=".env", extra="ignore", frozen=True)

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias="DISCORD_TOKEN",
        description="the bot's token; without it Nabla is a terminal chat",
    )
    data: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("nabla")),
        description="folder of the database, the history and the pictures (default: the user's data directory)",
    )
    database_url: str = Field(default="", description="database; without it SQLite in the data folder")
    workers: int = Field(
        default_factory=lambda: max(2, os.cpu_count() or 2),
        ge=1,
        le=64,
        description="worker processes (default: the cores, at least 2)",
    )
    deadline: float = Field(default=3.0, ge=0.2, le=60, description="seconds of wall time a calculation may take")
    memory_mb: int = Field(default=512, ge=64, le=8192, description="megabytes a calculation may take")
    theme: Literal["dark", "light"] = Field(default="dark", description="theme of pictures")
    log: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="least level of the log on standard error; what learners type only at debug"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="form of the log")
    health_port: int = Field(
        default=0, ge=0, le=65535, description="port of this computer where the Discord bot tells its health; 0 is none"
    )
    metrics: bool = Field(default=False, description="whether the numbers for Prometheus are told there too")
    discord_api: str = Field(
        default="", description="address of Discord's REST interface, for tests against a loopback"
    )
    discord_gateway: str = Field(default="", description="address of Discord's gateway, for tests against a loopback")

    @field_validator("discord_token")
    @classmethod
    def _no_empty_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value is not None and value.get_secret_value().strip() else None

    @property
    def store_url(self) -> str:
        """The database's address, the embedded default included."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data / 'nabla.sqlite3'}"


def read_settings() -> Settings:
    """Return the settings; a wrong value ends the start with one sentence."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = variable(str(first["loc"][0]))
        raise SystemExit(f"Nabla cannot start: {name} {first['msg'].lower()} (it is {first['input']!r}).") from None


def variable(field: str) -> str:
    """Return the environment variable of a field."""
    return field if field.isupper() else f"NABLA_{field.upper()}"


def table() -> list[tuple[str, str, str]]:
    """Return variable, default and description of every setting, for the README."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default_factory or field.default in {None, ""} else str(field.default)
        alias = field.validation_alias
        rows.append((alias if isinstance(alias, str) else variable(name), default, field.description or ""))
    return rows
