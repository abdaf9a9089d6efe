"""/numpy: an answer as code, asked for with the topic's own line."""

from collections.abc import Callable, Coroutine

import pytest

from bot.app import commands
from bot.catalogue import Catalogue
from bot.commands.topics import HELPED
from bot.lines import line_of, split_options
from bot.talk import Call, Code, Lines, Reply

Ask = Callable[..., Coroutine[None, None, Reply]]


async def test_the_last_action_of_an_answer_gives_it_as_code(ask: Ask) -> None:
    (action,) = (await ask("/grad f=x^2+y^2 at=1,2")).actions
    assert action == "/numpy /grad f=x^2+y^2 at=1,2"
    (block,) = (await ask(action)).blocks
    assert isinstance(block, Code)
    assert "return np.array([2*x, 2*y])" in block.text


async def test_code_for_the_open_exercise_counts_as_a_hint(ask: Ask) -> None:
    await ask("/practice seed=7")
    reply = await ask("/numpy /grad f=4y^2-5x-4x^2*y+9 at=1,-1")
    assert reply.blocks[0] == Lines((HELPED,))


async def test_where_solutions_are_off_there_is_no_code(ask: Ask) -> None:
    await ask("/setup solutions=off", place="discord:1/5", role="instructor")
    refused = await ask("/numpy /grad f=x^2 at=1", place="discord:1/5")
    assert refused.refusal is not None
    assert refused.refusal.kind == "not allowed"


async def test_a_refusal_of_the_worker_points_into_the_line(ask: Ask) -> None:
    refusal = (await ask("/numpy /grad f=1/x at=0")).refusal
    assert refusal is not None
    assert (refusal.option, refusal.span) == ("line", (15, 16))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(commands().values())


@pytest.mark.parametrize(
    "line",
    [
        "/numpy /grad f=x^2 at=1",
        "/tools numpy /grad f=x^2 at=1",
        "/numpy line=/grad f=x^2 at=1",
        '/numpy "/grad f=x^2 at=1"',
        "/numpy  /grad f=x^2 at=1 ",
    ],
)
def test_the_line_is_kept_whole(catalogue: Catalogue, line: str) -> None:
    assert catalogue.split(line) == ("numpy", {"line": "/grad f=x^2 at=1"})


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("/practice", "not supported"),
        ("/read text=x", "not supported"),
        ("/gard f=x", "wrong usage"),
        ("/grad f=x+*y", "missing operand"),
        ("/grad f=x at=1,2", "wrong length"),
        (f"/grad f={'x+' * 300}x", "too large"),
        ("/numpy /grad f=x", "not supported"),
    ],
)
async def test_what_has_no_code_is_refused_in_its_line(catalogue: Catalogue, line: str, kind: str) -> None:
    refusal = (await catalogue.handle(Call("1", "numpy", {"line": line}, "local:ann", "local"))).refusal
    assert refusal is not None
    assert (refusal.kind, refusal.option) == (kind, "line")


@pytest.mark.parametrize(
    "options",
    [{"f": "x^2", "at": "x = 1"}, {"f": "x = y at=1"}, {"f": "x+y", "at": "1,2", "wrt": "x,y"}, {"f": "  x "}],
)
def test_a_line_reads_back_as_its_options(options: dict[str, str]) -> None:
    names = ("f", "at", "wrt")
    line = line_of("grad", options, names)
    assert line is not None
    assert split_options(line.removeprefix("/grad"), names) == options


def test_options_that_no_line_can_hold_have_none() -> None:
    assert line_of("grad", {"f": 'x "at=1" y at=2'}, ("f", "at")) is None
