import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command

from bot.store.database import Database
from bot.store.people import ALPHABET, CODE_LENGTH, WRONG_CODES, People
from bot.store.people_values import Person, Preference
from bot.store.progress import Progress
from bot.store.tables import learner, metadata
from bot.store.upgrade import migrating
from bot.store.values import NewAttempt, OpenExercise
from engine.errors import NotAllowed, WrongUsage
from engine.values import Posed

ANN, BOB = "discord:1", "local:bob"


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(database: Database, clock: Clock) -> People:
    return People(database, now=clock)


@pytest.fixture
def pose(progress: Progress, posed: Posed) -> Callable[..., "asyncio.Future[OpenExercise]"]:
    def one(call_id: str, learner: str) -> "asyncio.Future[OpenExercise]":
        return asyncio.ensure_future(progress.pose(call_id, learner, "local", posed))

    return one


Pose = Callable[..., "asyncio.Future[OpenExercise]"]


async def joined(people: People, first: str = ANN, other: str = BOB) -> None:
    await people.join("join", other, await people.make_code("make", first))


async def test_somebody_not_met_yet_goes_by_the_own_key(people: People) -> None:
    assert await people.person(ANN) == Person(ANN, Preference())


async def test_asking_who_somebody_is_makes_nobody(people: People, file: Path) -> None:
    await people.person(ANN)
    assert rows(file, "learner") == 0


async def test_what_is_chosen_stands(people: People) -> None:
    await people.change("c-1", ANN, {"theme": "light", "decimals": 4, "pictures": False})
    await people.change("c-2", ANN, {"name": "Ann", "decimals": None})
    assert (await people.person(ANN)).preference == Preference(theme="light", pictures=False, name="Ann")


async def test_a_change_delivered_again_does_not_undo_a_later_one(people: People) -> None:
    await people.change("c-1", ANN, {"theme": "light"})
    await people.change("c-2", ANN, {"theme": "dark"})
    await people.change("c-1", ANN, {"theme": "light"})
    assert (await people.person(ANN)).preference.theme == "dark"


async def test_a_call_id_of_another_learner_is_refused(people: People) -> None:
    await people.change("c-1", ANN, {"theme": "light"})
    with pytest.raises(WrongUsage, match="another learner"):
        await people.change("c-1", BOB, {"theme": "light"})


async def test_a_code_has_eight_signs_that_look_like_no_other(people: People) -> None:
    code = await people.make_code("make", ANN)
    assert len(code) == CODE_LENGTH == 8
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL2Z5S8B")


async def test_a_code_itself_is_not_kept(people: People, file: Path) -> None:
    code = await people.make_code("make", ANN)
    assert code.encode() not in content(file)


async def test_a_code_asked_for_again_by_the_same_delivery_is_not_shown_again(people: People) -> None:
    code = await people.make_code("make", ANN)
    with pytest.raises(WrongUsage, match="already"):
        await people.make_code("make", ANN)
    assert (await people.join("join", BOB, code)).first


async def test_joined_learners_are_the_one_who_made_the_code(people: People) -> None:
    await people.change("c-1", BOB, {"decimals": 3})
    await joined(people)
    assert (await people.person(BOB)).key == ANN


async def test_a_learner_who_has_done_nothing_yet_can_be_joined(people: People) -> None:
    code = await people.make_code("make", ANN)
    assert (await people.join("join", BOB, code)).keys == (ANN, BOB)


async def test_attempts_and_hints_of_both_are_there_once(people: People, progress: Progress, pose: Pose) -> None:
    for key in (ANN, BOB):
        exercise = await pose(f"pose-{key}", key)
        await progress.take_hint(f"hint-{key}", exercise.id)
        await progress.record(NewAttempt(f"try-{key}", exercise.id, key, 1, "2x", "right"))
    await joined(people)
    for key in (ANN, BOB):
        summary = await progress.summary(key)
        assert (summary.posed, summary.attempts, summary.hints, summary.right) == (2, 2, 2, 2)


async def test_of_two_open_exercises_that_of_the_newer_learner_is_replaced(
    people: People, progress: Progress, pose: Pose
) -> None:
    older = await pose("pose-bob", BOB)
    await pose("pose-ann", ANN)
    await joined(people, ANN, BOB)
    for key in (ANN, BOB):
        found = await progress.open_exercise(key)
        assert found is not None
        assert found.id == older.id


async def test_one_open_exercise_stays_open(people: People, progress: Progress, pose: Pose) -> None:
    posed = await pose("pose-bob", BOB)
    await joined(people)
    found = await progress.open_exercise(ANN)
    assert found is not None
    assert (found.id, found.learner) == (posed.id, ANN)


async def test_an_exercise_can_be_answered_under_either_key(people: People, progress: Progress, pose: Pose) -> None:
    exercise = await pose("pose-bob", BOB)
    await joined(people)
    assert (await progress.record(NewAttempt("a-1", exercise.id, BOB, 1, "2x", "wrong"))).first
    assert (await progress.record(NewAttempt("a-2", exercise.id, ANN, 2, "3x", "wrong"))).first


async def test_what_the_maker_of_the_code_has_chosen_wins(people: People) -> None:
    await people.change("c-1", ANN, {"theme": "light"})
    await people.change("c-2", BOB, {"theme": "dark", "decimals": 3})
    await joined(people)
    assert (await people.person(BOB)).preference == Preference(theme="light", decimals=3)


async def test_whoever_is_hidden_stays_hidden(people: People) -> None:
    await people.change("c-1", ANN, {"theme": "light"})
    await people.change("c-2", BOB, {"hidden": True})
    await joined(people)
    assert (await people.person(ANN)).preference.hidden


async def test_a_join_delivered_twice_acts_once(people: People) -> None:
    code = await people.make_code("make", ANN)
    assert (await people.join("join", BOB, code)).first
    assert not (await people.join("join", BOB, code)).first


async def test_a_code_typed_twice_by_the_same_one_acts_once(people: People) -> None:
    code = await people.make_code("make", ANN)
    outcomes = await asyncio.gather(*(people.join(f"join-{n}", BOB, code) for n in range(3)))
    assert [each.first for each in outcomes].count(True) == 1


async def test_a_code_is_good_for_one_other_learner(people: People) -> None:
    code = await people.make_code("make", ANN)
    await people.join("join", BOB, code)
    with pytest.raises(WrongUsage, match="wrong, used"):
        await people.join("steal", "local:eve", code)
    assert (await people.person("local:eve")).key == "local:eve"


async def test_a_code_is_good_for_fifteen_minutes(people: People, clock: Clock) -> None:
    code = await people.make_code("make", ANN)
    clock.turn(minutes=15)
    with pytest.raises(WrongUsage, match="older"):
        await people.join("join", BOB, code)


async def test_a_new_code_replaces_the_one_before(people: People) -> None:
    first = await people.make_code("make-1", ANN)
    second = await people.make_code("make-2", ANN)
    with pytest.raises(WrongUsage):
        await people.join("join-1", BOB, first)
    assert (await people.join("join-2", BOB, second)).first


async def test_ones_own_code_is_refused_and_stays_good(people: People) -> None:
    code = await people.make_code("make", ANN)
    with pytest.raises(WrongUsage, match="your own code"):
        await people.join("self", ANN, code)
    assert (await people.join("join", BOB, code)).first


async def test_after_five_wrong_codes_even_a_right_one_has_to_wait_an_hour(people: People, clock: Clock) -> None:
    for n in range(WRONG_CODES):
        with pytest.raises(WrongUsage):
            await people.join(f"wrong-{n}", BOB, "AAAAAAA3")
    code = await people.make_code("make", ANN)
    with pytest.raises(NotAllowed, match="within an hour"):
        await people.join("join-1", BOB, code)
    clock.turn(hours=1)
    later = await people.make_code("make-later", ANN)
    assert (await people.join("join-2", BOB, later)).first


async def test_a_wrong_code_delivered_again_counts_once(people: People) -> None:
    for _ in range(WRONG_CODES + 1):
        with pytest.raises(WrongUsage, match="wrong, used"):
            await people.join("wrong", BOB, "AAAAAAA3")
    assert (await people.join("join", BOB, await people.make_code("make", ANN))).first


async def test_wrong_codes_of_one_hold_up_nobody_else(people: People) -> None:
    for n in range(WRONG_CODES):
        with pytest.raises(WrongUsage):
            await people.join(f"wrong-{n}", "local:eve", "AAAAAAA3")
    assert (await people.join("join", BOB, await people.make_code("make", ANN))).first


async def test_two_who_join_each_other_at_once_are_one_in_the_end(people: People) -> None:
    codes = [await people.make_code("make-a", ANN), await people.make_code("make-b", BOB)]
    await asyncio.gather(
        people.join("join-a", ANN, codes[1]), people.join("join-b", BOB, codes[0]), return_exceptions=True
    )
    assert (await people.person(ANN)).key == (await people.person(BOB)).key


async def test_more_than_two_can_become_one(people: People) -> None:
    await joined(people)
    code = await people.make_code("make-2", "local:eve")
    assert (await people.join("join-2", BOB, code)).keys == (ANN, BOB, "local:eve")
    assert {(await people.person(key)).key for key in (ANN, BOB, "local:eve")} == {"local:eve"}


async def test_no_row_is_left_of_the_learner_who_was_joined(people: People, pose: Pose, file: Path) -> None:
    await pose("pose", BOB)
    await people.change("c-1", BOB, {"theme": "dark"})
    await joined(people)
    assert rows(file, "learner") == 1
    for table in metadata.tables.values():
        if any(each.column is learner.c.id for each in table.foreign_keys):
            assert strangers(file, table.name) == 0


async def test_of_two_who_answered_the_same_round_of_a_quiz_the_maker_of_the_code_stands(
    people: People, file: Path
) -> None:
    for key in (ANN, BOB):
        await people.change(f"c-{key}", key, {"theme": "dark"})
    answered_by_both(file, starter=BOB)
    await joined(people)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT answer FROM quiz_answer").fetchall() == [("of ann",)]
        assert connection.execute("SELECT starter FROM quiz").fetchall() == [(ANN,)]


async def test_learners_keep_their_keys_when_identities_come_and_go(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with migrating(file) as config:
        command.upgrade(config, "0002")
    with closing(sqlite3.connect(file)) as connection:
        for key in (ANN, BOB):
            connection.execute("INSERT INTO learner (key, created_at) VALUES (?, '2026-01-01 00:00:00.000000')", (key,))
        connection.commit()
    for move, revision in ((command.upgrade, "head"), (command.downgrade, "0002"), (command.upgrade, "head")):
        with migrating(file) as config:
            move(config, revision)
    database = Database(f"sqlite+aiosqlite:///{file}")
    people = People(database)
    assert [(await people.person(key)).key for key in (ANN, BOB)] == [ANN, BOB]
    await people.change("c-1", BOB, {"theme": "dark"})
    assert rows(file, "learner") == 2
    await database.close()


def answered_by_both(file: Path, starter: str) -> None:
    """Put a quiz there whose open round both learners have answered."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "INSERT INTO quiz VALUES (1, ? || ':q', 'local', ?, 'c', 'f', 1, 7, 60, 1, 'running', '2026-01-01')",
            (starter, starter),
        )
        connection.execute("INSERT INTO quiz_round VALUES (1, 1, 1, 'open', NULL, '2026-01-01', '2026-01-01')")
        for number, name in ((1, "of ann"), (2, "of bob")):
            connection.execute(
                "INSERT INTO quiz_answer"
                " VALUES (?, ?, 1, ?, 1, 7, ?, '', 'right', '[]', '[]', NULL, '2026-01-01', NULL)",
                (number, f"answer-{number}", number, name),
            )
        connection.commit()


def content(file: Path) -> bytes:
    return file.read_bytes() + file.with_name("nabla.db-wal").read_bytes()


def strangers(file: Path, table: str) -> int:
    strange = "WHERE learner_id NOT IN (SELECT id FROM learner)"
    return rows(file, f"{table} {strange}")


def rows(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - no text from outside
