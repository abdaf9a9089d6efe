import shutil
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.migrations import migrate
from bot.store.progress import Progress
from bot.store.values import NewAttempt, OpenExercise, Verdict
from engine.values import Posed


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "nabla.db"
    migrate(f"sqlite+aiosqlite:///{file}", backup=False)
    return file


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "nabla.db"))


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
async def impatient(url: str) -> AsyncIterator[Database]:
    database = Database(url, patience=0.2)
    yield database
    await database.close()


@pytest.fixture
def progress(database: Database) -> Progress:
    return Progress(database)


@pytest.fixture
def posed() -> Posed:
    return Posed(
        family="gradient-at",
        version=2,
        seed=2**63 - 1,
        given={"f": "x² + λ·y", "at": [1, 2.5, None]},
        concept="gradient",
        statement="Find it.",
        type="vector",
    )


@pytest.fixture
async def exercise(progress: Progress, posed: Posed) -> OpenExercise:
    return await progress.pose("pose-1", "local:ann", "local", posed)


@pytest.fixture
def answer(exercise: OpenExercise) -> Callable[..., NewAttempt]:
    def make(call_id: str, try_number: int = 1, verdict: Verdict = "wrong", text: str = "(2x, λ)") -> NewAttempt:
        return NewAttempt(
            call_id, exercise.id, exercise.learner, try_number, text, verdict, (True, None), ("sign-lost",)
        )

    return make


@pytest.fixture
def recording(url: str) -> Callable[..., list[str]]:
    """Give the command line of a process that records attempts and prints the call id of each confirmed one."""

    def command(name: str, count: int) -> list[str]:
        return [sys.executable, str(Path(__file__).with_name("recording.py")), url, name, str(count)]

    return command
