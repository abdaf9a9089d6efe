"""What the Dockerfile and the compose file promise."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.fronts.discord.front import DRAIN

ROOT = Path(__file__).parents[2]
WORKERS_DRAIN = 5.0

Json = dict[str, Any]


@pytest.fixture(params=["migrate", "bot"])
def service(compose: Json, request: pytest.FixtureRequest) -> Json:
    found: Json = compose["services"][request.param]
    return found


def test_a_service_can_change_nothing_but_its_data_and_its_memory(service: Json) -> None:
    assert service["read_only"] is True
    assert service["volumes"] == ["data:/data"]
    assert [each.split(":")[0] for each in service["tmpfs"]] == ["/tmp"]  # noqa: S108 - a path inside a container
    assert all("size=" in each for each in service["tmpfs"])


def test_a_service_has_no_privileges(service: Json) -> None:
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "cap_add" not in service


def test_a_service_has_limits_an_init_and_logs_that_end(service: Json) -> None:
    assert service["mem_limit"]
    assert service["cpus"]
    assert service["pids_limit"]
    assert service["init"] is True
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}


def test_no_port_is_open_to_the_outside(service: Json) -> None:
    assert "ports" not in service
    assert "network_mode" not in service


def test_no_service_holds_a_token(service: Json) -> None:
    assert service["env_file"] == ".env"
    assert "DISCORD_TOKEN" not in service["environment"]


def test_the_memory_is_enough_for_every_worker_at_its_limit(compose: Json) -> None:
    bot = compose["services"]["bot"]
    megabytes = int(re.fullmatch(r"(\d+)m", bot["mem_limit"])[1])  # type: ignore[index]  # a test's own failure
    workers = int(bot["environment"]["NABLA_WORKERS"])
    assert megabytes >= (workers + 1) * (512 + 200) + 300


def test_the_bot_waits_until_the_records_are_up_to_date(compose: Json) -> None:
    services = compose["services"]
    assert services["bot"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["restart"] == "no"
    assert services["bot"]["restart"] == "unless-stopped"


def test_running_calls_are_answered_before_the_bot_is_killed(compose: Json) -> None:
    seconds = int(re.fullmatch(r"(\d+)s", compose["services"]["bot"]["stop_grace_period"])[1])  # type: ignore[index]
    assert seconds >= DRAIN + 2 * WORKERS_DRAIN + 5


def test_every_image_is_pinned_by_its_digest(dockerfile: list[list[str]]) -> None:
    images = {words[1] for words in dockerfile if words[0] == "FROM"}
    assert len(images) == 1
    assert re.fullmatch(r"python:3\.1[123]\.\d+-slim-\w+@sha256:[0-9a-f]{64}", images.pop())


def test_the_image_runs_as_a_user_with_no_rights(dockerfile: list[list[str]]) -> None:
    (user,) = [words[1] for words in dockerfile if words[0] == "USER"]
    assert int(user.split(":")[0]) > 999


def test_only_what_the_lock_file_names_with_hashes_is_installed(dockerfile: list[list[str]]) -> None:
    installs = [words for words in dockerfile if "install" in words and any("pip" in word for word in words)]
    assert installs
    assert all({"--require-hashes", "requirements.lock"} <= set(words) for words in installs)


def test_fonts_are_listed_in_memory(image_environment: dict[str, str], compose: Json) -> None:
    (tmpfs,) = compose["services"]["bot"]["tmpfs"]
    assert image_environment["MPLCONFIGDIR"].startswith(tmpfs.split(":")[0])


def test_the_data_are_where_the_volume_is(image_environment: dict[str, str], compose: Json) -> None:
    assert compose["services"]["bot"]["volumes"] == [f"data:{image_environment['NABLA_DATA']}"]


def test_everything_the_image_takes_is_let_through_to_the_builder(dockerfile: list[list[str]]) -> None:
    let_through = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines()}
    taken = {
        word.removeprefix("./")
        for name, *words in dockerfile
        if name == "COPY" and not words[0].startswith("--from")
        for word in words[:-1]
    }
    assert taken <= let_through
    assert all((ROOT / name).exists() for name in taken)


def test_nothing_else_goes_to_the_builder() -> None:
    first = next(line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#"))
    assert first == "*"
