import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.people import People
from bot.store.privacy import Privacy
from bot.store.progress import Progress
from engine.values import Posed

ANN, BOB, HERE, THERE = "discord:1", "discord:2", "discord:10", "discord:20"


@pytest.fixture
async def people(database: Database, progress: Progress, posed: Posed) -> People:
    """Let Ann and Bob be known in one server."""
    for key in (ANN, BOB):
        await progress.pose(f"{key}:pose", key, f"{HERE}/5", posed)
    return People(database)


async def test_a_kept_name_is_known_in_its_server_only(people: People) -> None:
    await people.keep_name(ANN, HERE, "Anna")
    assert [(await people.person(ANN, place)).called for place in (HERE, THERE)] == ["Anna", ""]
    assert await people.names([ANN], THERE) == {ANN: "learner"}


async def test_a_new_name_replaces_the_old_one(people: People, file: Path) -> None:
    for name in ("Anna", "Anne"):
        await people.keep_name(ANN, HERE, name)
    assert rows(file) == [("Anne",)]


async def test_of_somebody_who_is_not_known_no_name_is_kept(people: People, file: Path) -> None:
    await people.keep_name("discord:3", HERE, "Eve")
    assert rows(file) == []


async def test_a_chosen_name_goes_before_a_known_one(people: People) -> None:
    await people.keep_name(ANN, HERE, "Anna")
    await people.change("c", ANN, {"name": "Queen"})
    assert await people.names([ANN], HERE) == {ANN: "Queen"}


async def test_two_of_one_name_are_numbered_by_age_whatever_the_order_asked(people: People) -> None:
    for key in (BOB, ANN):
        await people.keep_name(key, HERE, "Kim")
    assert await people.names([BOB, ANN], HERE) == {ANN: "Kim #1", BOB: "Kim #2"}


async def test_a_joined_learner_has_the_name_of_the_account_that_is_there(people: People) -> None:
    await people.keep_name(BOB, HERE, "Bobby")
    await people.join("j", BOB, await people.make_code("m", ANN))
    assert await people.names([ANN], HERE) == {ANN: "Bobby"}


async def test_two_accounts_with_names_in_one_server_can_be_joined(people: People) -> None:
    await people.keep_name(ANN, HERE, "Anna")
    await people.keep_name(BOB, HERE, "Bobby")
    assert (await people.join("j", BOB, await people.make_code("m", ANN))).first
    assert await people.names([ANN], HERE) == {ANN: "Bobby"}


async def test_a_deletion_takes_the_name_out_of_the_file(people: People, database: Database, file: Path) -> None:
    await people.keep_name(ANN, HERE, "Annabella Kept")
    assert b"Annabella Kept" in content(file)
    assert (await Privacy(database).erase("d", ANN)).counts["called"] == 1
    assert b"Annabella Kept" not in content(file)


async def test_an_export_holds_the_name_and_no_other_ones(people: People, database: Database) -> None:
    await people.keep_name(ANN, HERE, "Anna")
    await people.keep_name(BOB, HERE, "Bobby")
    kept = {each.name: each for each in await Privacy(database).kept(ANN)}["called"]
    assert [row[kept.columns.index("name")] for row in kept.rows] == ["Anna"]


@pytest.mark.parametrize(("server", "was"), [(HERE, True), (THERE, False), ("discord:1", False)])
async def test_who_has_practised_in_a_server_was_there(people: People, server: str, *, was: bool) -> None:
    assert await people.was_in(ANN, server) is was


def rows(file: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT name FROM called").fetchall()


def content(file: Path) -> bytes:
    log = file.with_name(f"{file.name}-wal")
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")
