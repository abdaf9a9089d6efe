import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table

from bot.store.database import Database
from bot.store.lock import locked
from bot.store.people import People
from bot.store.people_values import KeptTable
from bot.store.privacy import Privacy
from bot.store.progress import Progress
from bot.store.tables import learner, metadata
from bot.store.values import NewAttempt, OpenExercise
from engine.errors import NoExercise
from engine.values import Posed

ANN, BOB = "local:Ann-Wunderlich", "discord:1"
NAME = "Änne the Great"
ANSWER = "(2x, an answer of Ann's)"
NOT_OF_ONE_LEARNER = {"quiz", "quiz_round", "quiz_reveal", "place", "erasure"}


@pytest.fixture
def privacy(database: Database) -> Privacy:
    return Privacy(database)


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


@pytest.fixture
async def exercise(progress: Progress, people: People, posed: Posed) -> OpenExercise:
    """Let Ann do something of everything, as Bob does."""
    await people.change(f"{ANN}:settings", ANN, {"name": NAME})
    await people.change("c-2", ANN, {"name": f"{NAME} II"})
    await people.make_code(f"{ANN}:code", ANN)
    await practised(progress, posed, BOB, "a secret of Bob's")
    return await practised(progress, posed, ANN, ANSWER)


async def practised(progress: Progress, posed: Posed, key: str, answer: str) -> OpenExercise:
    exercise = await progress.pose(f"{key}:pose", key, "local", posed)
    await progress.take_hint(f"{key}:hint", exercise.id)
    await progress.record(NewAttempt(f"{key}:try", exercise.id, key, 1, answer, "wrong"))
    return exercise


def test_every_table_is_known_to_belong_to_learners_or_to_nobody() -> None:
    def leads_to_learner(table: Table) -> bool:
        return table is learner or any(leads_to_learner(each.column.table) for each in table.foreign_keys)

    assert {table.name for table in metadata.tables.values() if not leads_to_learner(table)} == NOT_OF_ONE_LEARNER


async def test_everything_kept_is_given(privacy: Privacy, exercise: OpenExercise) -> None:
    kept = {each.name: each for each in await privacy.kept(ANN)}
    assert {name: len(table.rows) for name, table in kept.items() if table.rows} == {
        "learner": 1, "identity": 1, "preference": 1, "deed": 3, "link_code": 1, "exercise": 1, "attempt": 1, "hint": 1,
    }  # fmt: skip
    assert column(kept["exercise"], "id") == [exercise.id]
    assert column(kept["attempt"], "answer") == [ANSWER]
    assert column(kept["preference"], "name") == [f"{NAME} II"]


async def test_of_somebody_who_is_not_known_nothing_is_given(privacy: Privacy, exercise: OpenExercise) -> None:
    assert exercise.learner == ANN
    assert [each.rows for each in await privacy.kept("local:eve") if each.rows] == []


async def test_a_sealed_answer_is_given_only_after_its_bell(
    privacy: Privacy, exercise: OpenExercise, file: Path
) -> None:
    assert exercise.learner == ANN
    sealed_answer(file, starter=BOB)
    assert dict(counts(await privacy.kept(ANN)))["quiz_answer"] == 0
    execute(file, "UPDATE quiz_round SET state = 'closed', closed_by = 'bell'")
    assert dict(counts(await privacy.kept(ANN)))["quiz_answer"] == 1


async def test_the_number_behind_a_quiz_is_not_given_to_who_started_it(
    privacy: Privacy, exercise: OpenExercise, file: Path
) -> None:
    assert exercise.learner == ANN
    sealed_answer(file, starter=ANN)
    quiz = next(each for each in await privacy.kept(ANN) if each.name == "quiz")
    assert len(quiz.rows) == 1
    assert "seed" not in quiz.columns


async def test_after_a_deletion_neither_file_nor_log_holds_the_key_the_name_or_an_answer(
    privacy: Privacy, exercise: OpenExercise, file: Path
) -> None:
    assert exercise.learner == ANN
    sealed_answer(file, starter=ANN)
    assert all(each in content(file) for each in traces())
    assert (await privacy.erase("d-1", ANN)).clean
    assert not [each for each in traces() if each in content(file)]


async def test_a_name_given_up_long_before_is_gone_too(privacy: Privacy, people: People, file: Path) -> None:
    for n in range(100, 300):
        await people.change(f"c-{n}", f"discord:{n}", {"name": f"Somebody {n}"})
    await people.change("c", "discord:200", {"name": "X"})
    await privacy.erase("d-1", "discord:200")
    assert b"Somebody 200" not in content(file)
    assert b"discord:200" not in content(file)
    assert b"Somebody 201" in content(file)


async def test_a_deletion_says_how_much_it_was(privacy: Privacy, exercise: OpenExercise) -> None:
    assert exercise.learner == ANN
    assert (await privacy.erase("d-1", ANN)).counts == {
        "learner": 1, "identity": 1, "preference": 1, "deed": 3, "link_code": 1, "exercise": 1, "attempt": 1, "hint": 1,
        "quiz_answer": 0, "quiz_player": 0, "called": 0,
    }  # fmt: skip


async def test_a_deletion_leaves_others_as_they_are(
    privacy: Privacy, exercise: OpenExercise, progress: Progress
) -> None:
    assert exercise.learner == ANN
    before = await progress.summary(BOB)
    await privacy.erase("d-1", ANN)
    assert await progress.summary(BOB) == before
    assert before.attempts == 1


async def test_a_deletion_delivered_again_deletes_nothing_new_and_says_the_same(
    privacy: Privacy, exercise: OpenExercise, people: People
) -> None:
    assert exercise.learner == ANN
    first = await privacy.erase("d-1", ANN)
    await people.change("c-9", ANN, {"theme": "light"})
    assert await privacy.erase("d-1", ANN) == first
    assert (await people.person(ANN)).preference.theme == "light"


async def test_of_somebody_who_is_not_known_nothing_is_deleted(privacy: Privacy, file: Path) -> None:
    assert (await privacy.erase("d-1", ANN)).counts == {}
    assert execute(file, "SELECT count(*) FROM erasure") == [(0,)]


async def test_who_started_a_quiz_without_ever_practising_is_forgotten_too(privacy: Privacy, file: Path) -> None:
    execute(file, QUIZ)
    await privacy.erase("d-1", ANN)
    assert execute(file, "SELECT call_id, starter FROM quiz") == [("deleted:1", "deleted:1")]
    assert ANN.encode() not in content(file)


async def test_a_joined_learner_is_deleted_under_every_key(
    privacy: Privacy, people: People, exercise: OpenExercise, file: Path
) -> None:
    assert exercise.learner == ANN
    await people.join("join", "local:second-key", await people.make_code("make", ANN))
    await privacy.erase("d-1", "local:second-key")
    assert not [each for each in (*traces(), b"local:second-key") if each in content(file)]


async def test_an_answer_that_was_being_marked_during_a_deletion_is_not_recorded(
    privacy: Privacy, exercise: OpenExercise, progress: Progress, file: Path
) -> None:
    await privacy.erase("d-1", ANN)
    with pytest.raises(NoExercise):
        await progress.record(NewAttempt(f"{ANN}:late", exercise.id, ANN, 2, ANSWER, "right"))
    assert ANN.encode() not in content(file)


async def test_answers_and_a_deletion_at_once_leave_all_or_nothing(
    privacy: Privacy, exercise: OpenExercise, progress: Progress, file: Path
) -> None:
    async def answer(number: int) -> None:
        await progress.record(NewAttempt(f"{ANN}:{number}", exercise.id, ANN, number, ANSWER, "wrong"))

    late = [asyncio.create_task(answer(number)) for number in range(2, 12)]
    erased = asyncio.create_task(privacy.erase("d-1", ANN))
    outcomes = await asyncio.gather(*late, return_exceptions=True)
    recorded = [each for each in outcomes if each is None]
    assert (await erased).counts["attempt"] == 1 + len(recorded)
    assert all(each is None or isinstance(each, NoExercise) for each in outcomes)
    assert not [each for each in traces() if each in content(file)]


async def test_a_deletion_that_is_cancelled_is_whole(
    privacy: Privacy, exercise: OpenExercise, file: Path, progress: Progress
) -> None:
    assert exercise.learner == ANN
    erased = asyncio.create_task(privacy.erase("d-1", ANN))
    await asyncio.sleep(0)
    erased.cancel()
    await asyncio.wait({erased})
    assert (await progress.summary(ANN)).posed == 0
    assert not [each for each in traces() if each in content(file)]


async def test_a_log_that_a_reader_holds_is_said_to_hold_traces(
    privacy: Privacy, exercise: OpenExercise, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exercise.learner == ANN
    monkeypatch.setattr("bot.store.privacy._PATIENCE_SECONDS", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM learner").fetchone()
        assert not (await privacy.erase("d-1", ANN)).clean
    assert (await privacy.erase("d-1", ANN)).clean
    assert not [each for each in traces() if each in content(file)]


async def test_a_deletion_leaves_the_lock_free_and_the_records_sound(
    privacy: Privacy, exercise: OpenExercise, file: Path
) -> None:
    assert exercise.learner == ANN
    await privacy.erase("d-1", ANN)
    with locked(file, 0.0):
        assert execute(file, "PRAGMA integrity_check") == [("ok",)]
        assert execute(file, "PRAGMA foreign_key_check") == []


async def test_no_number_of_an_exercise_is_given_out_again(
    privacy: Privacy, exercise: OpenExercise, progress: Progress, posed: Posed
) -> None:
    await privacy.erase("d-1", ANN)
    assert (await progress.pose("new", ANN, "local", posed)).id > exercise.id


def traces() -> list[bytes]:
    return [each.encode() for each in (ANN, NAME, ANSWER)]


def content(file: Path) -> bytes:
    """Return the database and its log, byte by byte."""
    log = file.with_name(f"{file.name}-wal")
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")


def column(table: KeptTable, name: str) -> list[object]:
    return [row[table.columns.index(name)] for row in table.rows]


def counts(kept: tuple[KeptTable, ...]) -> list[tuple[str, int]]:
    return [(each.name, len(each.rows)) for each in kept]


QUIZ = "INSERT INTO quiz VALUES (1, :who || ':q', 'local', :who, 'c', 'f', 1, 7, 60, 1, 'running', :moment)"
ROUND = "INSERT INTO quiz_round VALUES (1, 1, 1, 'open', NULL, :moment, :moment)"
SEALED = (
    "INSERT INTO quiz_answer SELECT 1, key || ':a', 1, id, 1, 7, key, '', 'right', '[]', '[]', NULL, created_at, NULL"
    " FROM learner WHERE key = :ann"
)


def sealed_answer(file: Path, starter: str) -> None:
    """Put a running quiz there with an answer of Ann's."""
    execute(file, QUIZ, ROUND, SEALED, who=starter)


def execute(file: Path, *statements: str, who: str = ANN) -> list[tuple[object, ...]]:
    """Run statements and return the rows of the last one."""
    values = {"who": who, "ann": ANN, "moment": "2026-01-01 00:00:00"}
    with closing(sqlite3.connect(file)) as connection:
        found = [connection.execute(each, values).fetchall() for each in statements]
        connection.commit()
    return found[-1]
