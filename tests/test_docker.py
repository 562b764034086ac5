"""The image and the compose file keep their promises; they are read, not run, as no engine may be at hand."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Config

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
BOT = COMPOSE["services"]["bot"]
VALKEY = COMPOSE["services"]["valkey"]


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in lines]


def last_stage() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, rest in instructions():
        if word == "FROM":
            found = {}
        found.setdefault(word, []).append(rest)
    return found


def environment_of_image() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in last_stage()["ENV"] for pair in line.split())


def test_the_image_is_built_in_two_slim_stages_of_a_supported_python() -> None:
    froms = [rest for word, rest in instructions() if word == "FROM"]
    assert len(froms) == 2
    assert all(re.fullmatch(r"python:3\.1[1-3]-slim( AS \w+)?", line) for line in froms)


def test_the_image_installs_exactly_what_was_tested() -> None:
    install = next(rest for word, rest in instructions() if word == "RUN" and "pip install" in rest)
    assert "--constraint constraints.txt" in install


def test_every_copied_path_exists_and_passes_the_ignore_file() -> None:
    allowed = {
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text("utf-8").split() if line[0] == "!"
    }
    copied = [rest for word, rest in instructions() if word == "COPY" and not rest.startswith("--from")]
    names = {name for line in copied for name in line.split()[:-1]}
    assert names == allowed
    assert all((ROOT / name).exists() for name in names)


def test_the_image_runs_as_a_user_without_rights() -> None:
    stage = last_stage()
    assert stage["USER"] == ["nutgraf"]
    assert "useradd" in stage["RUN"][0]
    assert stage["STOPSIGNAL"] == ["SIGTERM"]


def test_the_image_knows_whether_it_is_healthy() -> None:
    assert "/healthz" in last_stage()["HEALTHCHECK"][0]


def test_the_image_starts_the_bot() -> None:
    stage = last_stage()
    assert (stage["ENTRYPOINT"], stage["CMD"]) == (['["nutgraf"]'], ['["run"]'])


def test_the_image_keeps_its_data_in_a_volume() -> None:
    assert last_stage()["VOLUME"] == ["/data"]
    assert environment_of_image()["NUTGRAF_DATA"] == "/data"


def test_the_store_persists_every_write_and_evicts_none() -> None:
    command = VALKEY["command"]
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert (options["--appendonly"], options["--appendfsync"]) == ("yes", "always")
    assert options["--maxmemory-policy"] == "noeviction"
    assert any(volume.endswith(":/data") for volume in VALKEY["volumes"])


def test_the_store_is_reached_by_the_bot_alone() -> None:
    assert "ports" not in VALKEY
    assert BOT["environment"]["REDIS_URL"].startswith("redis://valkey:6379")


def test_the_bot_waits_for_a_healthy_store() -> None:
    assert VALKEY["healthcheck"]["test"] == ["CMD", "valkey-cli", "ping"]
    assert BOT["depends_on"] == {"valkey": {"condition": "service_healthy"}}


def test_the_bot_is_offered_to_this_machine_only() -> None:
    assert BOT["ports"] == ["127.0.0.1:8080:8080"]


@pytest.mark.parametrize("service", [BOT, VALKEY], ids=["bot", "valkey"])
def test_services_run_without_privileges_and_come_back(service: dict[str, Any]) -> None:
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["restart"] == "unless-stopped"
    assert not service.get("privileged")


def test_the_bot_gets_longer_to_stop_than_it_needs() -> None:
    assert int(BOT["stop_grace_period"].removesuffix("s")) > 10


def test_named_volumes_are_declared() -> None:
    mounted = {volume.split(":")[0] for service in (BOT, VALKEY) for volume in service["volumes"]}
    assert mounted == set(COMPOSE["volumes"])


def settings_named() -> set[str]:
    example = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    image = environment_of_image().keys() - {"PATH", "PYTHONUNBUFFERED"}
    return {*example, *image, *BOT["environment"]}


def test_every_setting_named_is_one_of_ours() -> None:
    assert {name.lower() for name in settings_named()} <= Config.model_fields.keys()


def test_one_env_file_holds_the_tokens_and_is_never_committed() -> None:
    assert BOT["env_file"] == [{"path": ".env", "required": False}]
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").split()
