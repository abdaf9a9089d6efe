"""Names and buttons on their way from a simulated Discord into the records."""

from pathlib import Path

import pytest

from bot.app import Nabla
from bot.fronts.discord.client import Client
from bot.store.people import People
from engine.exercises import FAMILIES
from tests.bot.fronts.discord.quizzing import Class, shown, text


@pytest.fixture
def simcord_bot(nabla: Nabla, hall: Class, tmp_path: Path) -> Client:
    hall.bot = Client(nabla.catalogue, tmp_path, "dark")
    return hall.bot


async def test_next_exercise_pressed_twice_shows_one_exercise(lesson: Class) -> None:
    message = shown(await lesson.ann.slash(lesson.channel, "practice"))
    kept = await lesson.nabla.progress.open_exercise(f"discord:{lesson.ann.id}")
    assert kept is not None
    solution = f"({', '.join(FAMILIES[kept.family].pose(kept.seed, {}).answer)})"
    solved = await lesson.answer(message, solution)
    presses = [await lesson.ann.click(solved, label="Next exercise") for _ in range(2)]
    assert len({text(shown(each)) for each in presses}) == 1
    assert (await lesson.nabla.progress.summary(f"discord:{lesson.ann.id}")).posed == 2


@pytest.mark.parametrize("typed", [True, False])
async def test_the_name_that_discord_shows_is_kept_for_its_server(lesson: Class, *, typed: bool) -> None:
    if typed:
        assert lesson.bot.user is not None
        await lesson.ann.send(lesson.channel, f"<@{lesson.bot.user.id}> /practice")
    else:
        await lesson.ann.slash(lesson.channel, "practice")
    people = People(lesson.nabla.progress.database)
    assert (await people.person(f"discord:{lesson.ann.id}", f"discord:{lesson.env.guild.id}")).called == "ann"
