"""Settings from file, environment and secrets; a mistake is one sentence that names the setting."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from bot import config
from bot.errors import UsageError


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in config.Config.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("NUTGRAF_CONFIG", str(tmp_path / "nutgraf.toml"))
    monkeypatch.setattr(config, "SECRETS", tmp_path / "secrets")


def test_nothing_set_is_enough() -> None:
    settings = config.load()
    assert (settings.telegram_mode, settings.slack_mode, settings.nutgraf_access) == (
        "polling",
        "socket",
        "claimed",
    )
    assert settings.redis_url.get_secret_value() == ""
    assert settings.allowed_networks == ()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "nutgraf.toml").write_text('bot_http_port = 9000\nnutgraf_zone = "Europe/Paris"\n')
    monkeypatch.setenv("BOT_HTTP_PORT", "9001")
    settings = config.load()
    assert (settings.bot_http_port, settings.nutgraf_zone) == (9001, "Europe/Paris")


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "telegram_bot_token").write_text("1:abc")
    assert config.load().telegram_bot_token.get_secret_value() == "1:abc"


def test_S14_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:abc")
    monkeypatch.setenv("REDIS_URL", "redis://:hush@localhost")
    shown = repr(config.load())
    assert "1:abc" not in shown
    assert "hush" not in shown


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_HTTP_PORT", "")
    assert config.load().bot_http_port == 8080


def test_networks_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUTGRAF_ALLOWED_NETWORKS", "10.0.0.0/8, ::1")
    assert config.load().allowed_networks == (ip_network("10.0.0.0/8"), ip_network("::1"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("BOT_HTTP_PORT", "many", id="a port that is no number"),
        pytest.param("TELEGRAM_MODE", "pigeon", id="a mode there is not"),
        pytest.param("NUTGRAF_ALLOWED_NETWORKS", "10.0.0", id="a network that is none"),
        pytest.param("NUTGRAF_POLL_MINUTES", "5", id="a floor below fifteen minutes"),
        pytest.param("NUTGRAF_ZONE", "Mars/Olympus", id="a zone that nobody keeps"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=f"^{name} is not usable: .* Mend it"):
        config.load()


def test_an_unknown_name_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "nutgraf.toml").write_text("telegram_token = 'x'\n")
    with pytest.raises(UsageError, match="no setting called “telegram_token”"):
        config.load()


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "nutgraf.toml").write_text("[[[")
    with pytest.raises(UsageError, match=r"nutgraf\.toml cannot be read: .* Mend it"):
        config.load()
