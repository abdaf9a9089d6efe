from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import catalogue_of
from bot.catalogue import Catalogue, Command, Option
from bot.fronts.discord.client import Client
from bot.store.database import Database
from bot.store.progress import Progress
from bot.talk import Call, Reply, Where
from bot.workers import LocalWorkers
from tests.loopback.command_limits import command_faults

Json = dict[str, Any]


async def answer(_call: Call) -> Reply:
    return Reply("answered")


def command(name: str = "one", summary: str = "Does it.", *options: Option) -> Command:
    return Command(name, summary, f"/{name}", options, answer)


def payload(catalogue: Catalogue, data: Path) -> list[Json]:
    tree = Client(catalogue, data, "dark").tree
    return [each.to_dict(tree) for each in tree.get_commands()]


@pytest.fixture
async def real_catalogue(tmp_path: Path) -> Catalogue:
    """Return Nabla's own catalogue; nothing in it is run."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'nabla.sqlite3'}")
    try:
        return catalogue_of(Progress(database), LocalWorkers(1, 3.0))
    finally:
        await database.close()


async def test_every_real_command_keeps_within_discords_limits(real_catalogue: Catalogue, tmp_path: Path) -> None:
    assert command_faults(payload(real_catalogue, tmp_path)) == []


async def test_every_real_command_and_option_is_there(real_catalogue: Catalogue, tmp_path: Path) -> None:
    found: dict[str, set[str]] = {}
    for made in payload(real_catalogue, tmp_path):
        inner = [each for each in made["options"] if each["type"] == 1]
        for each in inner or [made]:
            name = f"{made['name']} {each['name']}" if inner else made["name"]
            found[name] = {option["name"] for option in each["options"]}
    assert found == {each.called: {option.name for option in each.options} for each in real_catalogue.public.values()}


def test_hostile_sizes_are_cut_to_discords_limits(tmp_path: Path) -> None:
    options = [Option(f"o{n}", "word " * 90, required=n % 2 == 0, limit=10_000) for n in range(40)]
    options.append(Option("pick", "", choices=tuple(f"c{n}" for n in range(30))))
    assert command_faults(payload(Catalogue([command("one", "𝑥" * 300, *options)]), tmp_path)) == []


def test_a_description_is_cut_at_a_word(tmp_path: Path) -> None:
    (made,) = payload(Catalogue([command("one", "word " * 90)]), tmp_path)
    assert made["description"].endswith(" word…")
    assert len(made["description"]) <= 100


def test_choices_and_lengths_come_from_the_option(tmp_path: Path) -> None:
    options = (Option("f", "function", required=True, limit=400), Option("as", "kind", choices=("a", "b")))
    (made,) = payload(Catalogue([command("one", "Does it.", *options)]), tmp_path)
    f, kind = made["options"]
    assert (f["max_length"], f["required"]) == (400, True)
    assert [each["value"] for each in kind["choices"]] == ["a", "b"]
    assert kind["name"] == "as"


def test_commands_of_two_words_share_a_group(tmp_path: Path) -> None:
    (made,) = payload(Catalogue([command("quiz start"), command("quiz stop")]), tmp_path)
    assert made["name"] == "quiz"
    assert [each["name"] for each in made["options"]] == ["start", "stop"]


def test_a_command_of_a_group_is_a_subcommand_of_it(tmp_path: Path) -> None:
    tools = [replace(command(name), group="tools") for name in ("read", "judge")]
    (made,) = payload(Catalogue(tools), tmp_path)
    assert made["name"] == "tools"
    assert [each["name"] for each in made["options"]] == ["read", "judge"]


def offers(tmp_path: Path, *where: Where) -> tuple[Any, Any]:
    (made,) = payload(Catalogue([replace(command(), where=where)]), tmp_path)
    return made["integration_types"], made["contexts"]


def test_what_works_in_servers_only_is_offered_to_servers_only(tmp_path: Path) -> None:
    assert offers(tmp_path, "server", "terminal") == ([0], [0])


def test_what_works_in_direct_messages_too_is_offered_everywhere(tmp_path: Path) -> None:
    assert offers(tmp_path, "server", "direct") == ([0, 1], [0, 1, 2])


def test_what_works_in_the_terminal_only_is_not_offered(tmp_path: Path) -> None:
    assert payload(Catalogue([replace(command(), where=("terminal",))]), tmp_path) == []


def test_a_group_is_offered_wherever_one_of_its_commands_works(tmp_path: Path) -> None:
    tools = [replace(command("read"), group="tools"), replace(command("set"), group="tools", where=("server",))]
    (made,) = payload(Catalogue(tools), tmp_path)
    assert (made["integration_types"], made["contexts"]) == ([0, 1], [0, 1, 2])
