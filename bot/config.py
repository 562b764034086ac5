"""The operator's settings: TOML file, environment and secret files become one frozen `Config`.

Every setting has one name: upper-case in the environment, lower-case in the file. The environment wins over the
file. A secret may also lie in a file of its lower-case name in `/run/secrets`.
"""

import tomllib
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal
from zoneinfo import available_timezones

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import UsageError

SECRETS = Path("/run/secrets")


def _aside(description: str, default: Any = "") -> Any:
    return Field(default, description=description)


class Config(BaseSettings):
    """All settings; the defaults need no file and no environment."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    nutgraf_config: Path = _aside(
        "The settings file (TOML).", user_config_path("nutgraf", appauthor=False) / "nutgraf.toml"
    )
    nutgraf_data: Path = _aside("Where the private store lives.", user_data_path("nutgraf", appauthor=False))
    redis_url: SecretStr = _aside(
        "A Redis (7.0 or newer) or Valkey server to use instead of the private store: `redis://`, `rediss://`, "
        "`unix://` or `redis+sentinel://`.",
        SecretStr(""),
    )
    nutgraf_access: Literal["claimed", "open"] = _aside(
        "`claimed`: private, the first owner claims the bot with the code printed at the start. `open`: everybody "
        "who can reach the bot may use it; for a closed network.",
        "claimed",
    )
    nutgraf_zone: str = _aside("The time zone of chats that never named one (an IANA name).", "UTC")
    nutgraf_contact: str = _aside(
        "Who is asking: what publishers find in the User-Agent header, a page about your bot, an e-mail address, "
        "or both with a semicolon between. Empty: `BOT_PUBLIC_URL`."
    )
    nutgraf_poll_minutes: int = Field(
        60, ge=15, description="A feed is asked at most once in so many minutes (at least 15)."
    )
    nutgraf_allowed_networks: str = _aside(
        "Networks whose feeds may be fetched although they are private: `10.0.0.0/8, 192.168.1.7`."
    )
    nutgraf_denied_hosts: str = _aside(
        "Hosts and domains from which nothing is fetched: `ads.example, x.example`."
    )
    nutgraf_ranker: Literal["nutgraf", "lexrank", "textrank", "lsa", "luhn"] = _aside(
        "What chooses the sentences: our own ranker, or one of sumy's.", "nutgraf"
    )
    nutgraf_clock: str = _aside(
        "Sets the store's clock to this moment (ISO 8601 with a zone) at the start; for trying schedules out."
    )
    nutgraf_log: Literal["debug", "info", "warning", "error"] = _aside("How much is logged.", "info")
    telegram_bot_token: SecretStr = _aside("The token that @BotFather gave you.", SecretStr(""))
    telegram_mode: Literal["polling", "webhook"] = _aside("How updates arrive from Telegram.", "polling")
    telegram_webhook_url: str = _aside(
        "The public address of this bot in webhook mode, without a path; default: its own HTTP address."
    )
    telegram_api_base_url: str = _aside(
        "Another Bot API server, such as your own telegram-bot-api.", "https://api.telegram.org"
    )
    slack_bot_token: SecretStr = _aside("The bot token (`xoxb-…`) of your Slack app.", SecretStr(""))
    slack_app_token: SecretStr = _aside("The app-level token (`xapp-…`) for Socket Mode.", SecretStr(""))
    slack_signing_secret: SecretStr = _aside("The signing secret, for HTTP mode.", SecretStr(""))
    slack_mode: Literal["socket", "http"] = _aside("How events arrive from Slack.", "socket")
    slack_api_base_url: str = _aside("The root of Slack's Web API.", "https://slack.com/api/")
    slack_client_id: str = _aside("The client id of your Slack app, so that other workspaces can install it.")
    slack_client_secret: SecretStr = _aside(
        "Its client secret; it also seals the workspaces' tokens in the store.", SecretStr("")
    )
    slack_public_url: str = _aside("The public https address of this bot, for HTTP mode and installations.")
    slack_topics: str = _aside(
        "Topics that get a slash command of their own in the Slack manifest: `draft, climate`.", "draft"
    )
    bot_http_host: str = _aside("Where the bot's HTTP server listens.", "127.0.0.1")
    bot_http_port: int = Field(
        8080, ge=0, le=65535, description="Its port: health, metrics, webhooks; 0 takes a free one."
    )

    bot_public_url: str = _aside(
        "Where the world reaches the bot's HTTP server (`https://news.example`): with it, feeds that have a hub "
        "push what is new (WebSub)."
    )

    @field_validator("nutgraf_allowed_networks")
    @classmethod
    def _networks_are_networks(cls, value: str) -> str:
        for word in value.replace(",", " ").split():
            ip_network(word, strict=False)
        return value

    @field_validator("nutgraf_zone")
    @classmethod
    def _zone_is_kept(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("there is no such time zone; use its IANA name, such as Europe/London")
        return value

    @property
    def allowed_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The private networks whose feeds may be fetched."""
        words = self.nutgraf_allowed_networks.replace(",", " ").split()
        return tuple(ip_network(word, strict=False) for word in words)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that have a slash command of their own in Slack."""
        return tuple(topic.strip() for topic in self.slack_topics.split(",") if topic.strip())

    @property
    def denied_hosts(self) -> frozenset[str]:
        """The hosts and domains from which nothing is fetched."""
        return frozenset(self.nutgraf_denied_hosts.lower().replace(",", " ").split())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the secret files, both over the settings file, whose values are passed in."""
        return env_settings, file_secret_settings, init_settings


def load() -> Config:
    """Return the settings in force.

    Raises:
        UsageError: A setting is not what it should be, or the file cannot be read; the sentence names it.

    """
    secrets = SECRETS if SECRETS.is_dir() else None
    try:
        path = Config(_secrets_dir=secrets).nutgraf_config  # type: ignore[call-arg]  # pydantic-settings takes it
        return Config(_secrets_dir=secrets, **_from_file(path))  # type: ignore[call-arg]  # as above
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0]).upper()
        why = fault["msg"].removeprefix("Value error, ")
        raise UsageError(f"{name} is not usable: {why}. Mend it in the environment or the file.") from error


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"The settings file {path} cannot be read: {error}. Mend it or set NUTGRAF_CONFIG."
        ) from error
    unknown = sorted(settings.keys() - Config.model_fields.keys())
    if unknown:
        raise UsageError(
            f"The settings file {path} has no setting called “{unknown[0]}”; see docs/configuration.md."
        )
    return settings
