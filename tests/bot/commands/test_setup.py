"""What whoever manages a server sets for it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import Nabla
from bot.talk import Call, Lines, Reply, Role

Asked = Callable[..., Awaitable[Reply]]


@pytest.fixture
def ask(nabla: Nabla) -> Asked:
    """Ask a line as somebody in a place."""
    count = 0

    async def one(line: str, place: str = "discord:1/5", role: Role = "learner", **more: Any) -> Reply:
        nonlocal count
        count += 1
        command, options = nabla.catalogue.split(line)
        return await nabla.catalogue.handle(Call(f"c{count}", command, options, "discord:ann", place, role, **more))

    return one


async def test_without_setup_solutions_are_on(ask: Asked) -> None:
    assert (await ask("/grad f=x^2")).outcome == "answered"


async def test_solutions_off_holds_in_the_whole_server_and_nowhere_else(ask: Asked) -> None:
    await ask("/setup solutions=off", "discord:1/9", "instructor")
    refused = await ask("/grad f=x^2", "discord:1/5")
    assert refused.refusal is not None
    assert refused.refusal.kind == "not allowed"
    for elsewhere in ("discord:2/5", "discord:dm", "local", "discord:11/5"):
        assert (await ask("/grad f=x^2", elsewhere)).outcome == "answered"


async def test_exercises_go_on_with_solutions_off(ask: Asked) -> None:
    await ask("/setup solutions=off", role="instructor")
    assert (await ask("/practice seed=7")).outcome == "answered"
    assert (await ask("/hint")).outcome == "answered"


async def test_solutions_can_be_turned_on_again(ask: Asked) -> None:
    for _ in range(2):
        await ask("/setup solutions=off", role="instructor")
        await ask("/setup solutions=on", role="instructor")
    assert (await ask("/grad f=x^2")).outcome == "answered"


@pytest.mark.parametrize(("place", "role"), [("discord:1/5", "learner"), ("discord:dm", "instructor")])
async def test_only_whoever_manages_a_server_sets_it_up(ask: Asked, place: str, role: Role) -> None:
    assert (await ask("/setup solutions=off", place, role)).outcome == "refused"


async def test_missing_permissions_are_named(ask: Asked) -> None:
    reply = await ask("/setup", role="instructor", missing=("Attach Files",))
    assert any(
        "lacks: Attach Files" in line for block in reply.blocks if isinstance(block, Lines) for line in block.lines
    )
