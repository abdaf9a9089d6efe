"""What is true of the house as a whole."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import commands
from bot.catalogue import Catalogue
from engine.exercises import FAMILIES
from engine.topics import TOPICS

ROOT = Path(__file__).parents[1]


def test_the_bot_starts_without_the_mathematics() -> None:
    script = (
        "import sys, bot.app, bot.fronts.discord, engine.topics, engine.exercises\n"
        "print(*(m for m in ('sympy', 'numpy', 'matplotlib', 'typst', 'flint') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_engine_loads_nothing_of_the_conversation() -> None:
    script = (
        "import sys, engine.desk\nprint(*(m for m in ('bot', 'discord', 'sqlalchemy', 'asyncio') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_has_names_versions_and_hashes_only(name: str) -> None:
    for line in (ROOT / name).read_text().splitlines():
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), (
            line
        )


def test_the_lock_of_the_tools_holds_all_that_runs() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+(?: ; .+)?", (ROOT / name).read_text(), re.MULTILINE))

    assert {pin.rstrip(" \\") for pin in pins("requirements.lock")} <= {
        pin.rstrip(" \\") for pin in pins("requirements-dev.lock")
    }


@pytest.mark.parametrize("version", ["3.10", "3.14", "2.7"])
def test_another_python_is_told_in_one_sentence(tmp_path: Path, version: str) -> None:
    other = tmp_path / "python"
    other.write_text(f'#!/bin/sh\ncase "$*" in --version) echo Python {version}.0;; *) exit 1;; esac\n')
    other.chmod(0o755)
    done = subprocess.run(
        ["sh", "bin/make-venv"],
        cwd=ROOT,
        env=os.environ | {"PYTHON": str(other), "VENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"found Python {version}.0" in done.stderr


def test_every_command_has_an_example_of_its_own() -> None:
    catalogue = Catalogue(commands().values())
    for name, command in catalogue.commands.items():
        found, given = catalogue.split(command.example)
        assert found == name
        assert command.example.startswith(f"/{command.called}")
        assert set(given) <= {option.name for option in command.options}


def test_every_option_and_command_is_described() -> None:
    for command in commands().values():
        assert command.summary.endswith(".")
        for option in command.options:
            assert option.summary


def test_every_topic_and_family_is_found() -> None:
    files = {path.stem for path in (ROOT / "engine/topics").glob("*.py")} - {"__init__"}
    assert len(TOPICS) == len(files)
    assert "grad.at" in FAMILIES


def test_the_generated_parts_of_the_documents_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, "-m", "bot", "docs", "--check"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
