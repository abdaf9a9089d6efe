"""Who may use what, and where: the whole table, checked by the catalogue alone."""

import pytest

from bot.app import Nabla, commands
from bot.catalogue import CLOCK, Catalogue
from bot.lines import split_options
from bot.talk import EVERYWHERE, Call, Role, Where
from engine.errors import NotAllowed
from engine.topics import TOPICS

PLACES: dict[Where, str] = {"server": "discord:1/5", "direct": "discord:dm", "terminal": "local"}
SHARED: tuple[Where, ...] = ("server", "terminal")

# command: role, where, whose data it shows or changes.
TABLE: dict[str, tuple[Role, tuple[Where, ...], str]] = {
    "practice": ("learner", EVERYWHERE, "own"),
    "answer": ("learner", EVERYWHERE, "own"),
    "hint": ("learner", EVERYWHERE, "own"),
    "why": ("learner", EVERYWHERE, "own"),
    "progress": ("learner", EVERYWHERE, "own"),
    "settings": ("learner", EVERYWHERE, "own"),
    "link": ("learner", EVERYWHERE, "own"),
    "privacy": ("learner", EVERYWHERE, "own"),
    "help": ("learner", EVERYWHERE, "nobody's"),
    "numpy": ("learner", EVERYWHERE, "nobody's"),
    "quiz mine": ("learner", SHARED, "own"),
    "quiz answer": ("learner", SHARED, "own"),
    "quiz start": ("learner", SHARED, "the place's"),
    "quiz stop": ("learner", SHARED, "the place's"),
    "quiz last": ("learner", SHARED, "the place's"),
    "report": ("instructor", SHARED, "the server's"),
    "setup": ("instructor", ("server",), "the server's"),
}


def row(name: str) -> tuple[Role, tuple[Where, ...], str]:
    """Return a command's row; what solves topics is for everybody everywhere."""
    return ("learner", EVERYWHERE, "nobody's") if name in TOPICS else TABLE[name]


def may(name: str, place: str, role: Role) -> bool:
    command = commands()[name]
    options = split_options(command.example.removeprefix(f"/{command.called}"), [each.name for each in command.options])
    try:
        Catalogue([command]).read(Call("1", name, options, "discord:7", place, role))
    except NotAllowed:
        return False
    return True


def test_every_command_has_its_row() -> None:
    assert set(commands()) - set(TOPICS) == set(TABLE)


def test_every_command_is_declared_as_its_row_says() -> None:
    declared = {name: (each.role, set(each.where)) for name, each in commands().items()}
    assert declared == {name: (row(name)[0], set(row(name)[1])) for name in declared}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_command_is_allowed_where_its_row_says_and_nowhere_else(name: str) -> None:
    needed, where, _ = row(name)
    for kind, place in PLACES.items():
        for role in ("learner", "instructor"):
            allowed = kind in where and (needed == "learner" or role == "instructor")
            assert may(name, place, role) is allowed, (kind, role)


@pytest.mark.parametrize("name", sorted(name for name, each in TABLE.items() if each[2] == "own"))
def test_what_is_ones_own_is_shown_to_one_alone(name: str) -> None:
    assert commands()[name].private


@pytest.mark.parametrize("name", sorted(name for name, each in TABLE.items() if each[0] == "instructor"))
def test_what_is_for_instructors_is_shown_to_one_alone(name: str) -> None:
    assert commands()[name].private


async def test_in_the_wrong_server_there_is_nothing_of_the_right_one(nabla: Nabla) -> None:
    async def ask(line: str, learner: str, server: int, role: Role = "learner") -> str:
        number = next(numbers)
        command, options = nabla.catalogue.split(line)
        call = Call(f"c{number}", command, options, learner, f"discord:{server}/5", role, called="Annabella")
        return str(await nabla.catalogue.handle(call))

    numbers = iter(range(100))
    await ask("/practice seed=7", "discord:1", 1)
    await ask("/answer (3, -12)", "discord:1", 1)
    await ask("/setup solutions=off", "discord:9", 1, "instructor")
    await ask("/quiz start", "discord:1", 1)
    await ask("/quiz mine", "discord:1", 1)
    await ask("/quiz answer (1, 2)", "discord:1", 1)
    await ask("/quiz stop", "discord:1", 1)
    assert "Annabella" in await ask("/report", "discord:9", 1, "instructor")
    assert "'solutions': False" in await ask("/setup", "discord:9", 1, "instructor")
    for line in ("/report", "/setup", "/quiz last", "/quiz stop"):
        said = await ask(line, "discord:9", 2, "instructor")
        assert "Annabella" not in said
        assert "discord:1" not in said
        assert "'solutions': False" not in said


async def test_nobody_but_the_clock_rings_a_bell(nabla: Nabla) -> None:
    assert "quiz bell" not in commands()
    for learner, kind in (("discord:9", "wrong usage"), (CLOCK, "no exercise")):
        call = Call(f"b-{learner}", "quiz bell", {"quiz": "1", "round": "1"}, learner, "discord:1/5", "instructor")
        refusal = (await nabla.catalogue.handle(call)).refusal
        assert refusal is not None
        assert refusal.kind == kind
