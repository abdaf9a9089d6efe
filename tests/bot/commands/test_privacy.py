"""One's own data: seen, taken along, hidden, deleted."""

import asyncio
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from bot import plain
from bot.app import Nabla, commands
from bot.commands.privacy import _CALLED, CONFIRM, packed
from bot.fronts.ask import Ask as AskFront
from bot.fronts.discord.render import ELSEWHERE, Room, render
from bot.fronts.terminal import Chat
from bot.lines import split_line
from bot.settings import Settings
from bot.store.people_values import KeptTable
from bot.talk import Reply, Table

Ask = Callable[..., Coroutine[None, None, Reply]]
ROOT = Path(__file__).parents[3]


def data(reply: Reply) -> dict[str, Any]:
    assert reply.data is not None, reply.refusal
    return dict(reply.data)


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


async def exported(ask: Ask) -> zipfile.ZipFile:
    (file,) = (await ask("/privacy export")).files
    assert file.name == "nabla-export.zip"
    return opened(file.content)


async def practised(ask: Ask, learner: str = "local:ann") -> None:
    await ask("/practice seed=7", learner=learner)
    await ask("/hint", learner=learner)
    await ask("/answer (3, 4)", learner=learner)


async def test_it_says_how_much_is_kept(ask: Ask) -> None:
    await practised(ask)
    kept = data(await ask("/privacy"))["kept"]
    assert (kept["exercise"], kept["attempt"], kept["hint"]) == (1, 1, 1)


async def test_of_somebody_new_nothing_is_kept_and_asking_keeps_nothing(ask: Ask) -> None:
    for line in ("/privacy", "/privacy export", "/privacy delete", f"/privacy delete confirm={CONFIRM}"):
        assert (await ask(line)).outcome == "answered"
    assert set(data(await ask("/privacy"))["kept"].values()) == {0}


async def test_an_export_holds_the_same_in_json_and_in_csv(ask: Ask) -> None:
    await practised(ask)
    archive = await exported(ask)
    (kept,) = json.loads(archive.read("nabla.json"))["attempt"]
    (row,) = csv.DictReader(io.StringIO(archive.read("attempt.csv").decode("utf-8-sig")))
    assert kept["answer"] == row["answer"] == "(3, 4)"
    assert archive.testzip() is None


async def test_an_export_holds_nothing_of_others(ask: Ask) -> None:
    await practised(ask, learner="local:bob")
    await ask("/settings name=Ann")
    assert "local:bob" not in (await exported(ask)).read("nabla.json").decode()


async def test_moments_of_an_export_are_in_the_learners_zone_which_is_named(ask: Ask) -> None:
    await practised(ask)
    await ask("/settings timezone=Asia/Tokyo")
    (moment,) = (each["created_at"] for each in json.loads((await exported(ask)).read("nabla.json"))["attempt"])
    assert moment.endswith("+09:00")
    assert "Asia/Tokyo" in plain.text(await ask("/privacy export"))


async def test_an_export_is_shown_only_where_nobody_else_reads(ask: Ask) -> None:
    reply = await ask("/privacy export")
    assert render(reply, room=Room(personal=True)).files[0].name == "nabla-export.zip"
    elsewhere = render(reply, room=Room())
    assert (elsewhere.files, elsewhere.description) == ((), "")
    assert ELSEWHERE.split(":")[0] in elsewhere.content


@pytest.mark.parametrize("as_json", [True, False])
async def test_ask_writes_an_export_where_its_pictures_go(nabla: Nabla, tmp_path: Path, *, as_json: bool) -> None:
    out = io.StringIO()
    await AskFront(nabla.catalogue, "dark", 1, as_json, tmp_path / "out", out).one("/privacy export")
    (path,) = (tmp_path / "out").iterdir()
    assert opened(path.read_bytes()).testzip() is None
    assert str(path) in (json.loads(out.getvalue())["files"][0]["path"] if as_json else out.getvalue())


@pytest.mark.parametrize("as_json", [True, False])
async def test_ask_without_a_folder_says_how_to_get_the_file(nabla: Nabla, *, as_json: bool) -> None:
    out = io.StringIO()
    await AskFront(nabla.catalogue, "dark", 1, as_json, None, out).one("/privacy export")
    if as_json:
        assert json.loads(out.getvalue())["files"] == [{"name": "nabla-export.zip", "path": None}]
    else:
        assert "--pictures DIR" in out.getvalue()


async def test_the_terminal_writes_an_export_beside_its_pictures(
    nabla: Nabla, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await Chat(nabla.catalogue, tmp_path, "dark")._answer("/privacy export")
    (path,) = (tmp_path / "pictures").iterdir()
    assert f"File: {path}" in capsys.readouterr().out


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_of_an_export_is_no_formula(start: str) -> None:
    text = f'{start}HYPERLINK("https://example.org")'
    archive = opened(packed((KeptTable("attempt", ("answer",), ((text,),)),)))
    cell = list(csv.reader(io.StringIO(archive.read("attempt.csv").decode("utf-8-sig"), newline="")))[1][0]
    assert cell == f"'{text}"
    assert json.loads(archive.read("nabla.json"))["attempt"][0]["answer"] == text


async def test_a_deletion_needs_its_word(ask: Ask) -> None:
    await practised(ask)
    reply = await ask("/privacy delete")
    assert data(reply)["deleted"] is None
    for line in ("/privacy delete confirm=yes", "/privacy delete confirm="):
        assert data(await ask(line))["deleted"] is None
    assert data(await ask("/progress"))["attempts"] == 1
    assert not any(CONFIRM in action for action in reply.actions)


async def test_a_deletion_shows_how_much_it_was_and_nothing_is_left(ask: Ask) -> None:
    await practised(ask)
    await ask("/settings name=Ann")
    deleted = data(await ask(f"/privacy delete confirm={CONFIRM}"))["deleted"]
    assert (deleted["exercise"], deleted["attempt"], deleted["hint"], deleted["preference"]) == (1, 1, 1, 1)
    assert set(data(await ask("/privacy"))["kept"].values()) == {0}
    assert (await ask("/hint")).outcome == "refused"


async def test_after_a_deletion_the_records_hold_neither_key_nor_name(ask: Ask, configuration: Settings) -> None:
    await practised(ask)
    await ask("/settings name=Annabella", id="local:ann:1")
    before = content(configuration.data)
    await ask(f"/privacy delete confirm={CONFIRM}", id="local:ann:2")
    after = content(configuration.data)
    for trace in (b"local:ann", b"Annabella"):
        assert trace in before
        assert trace not in after


async def test_a_deletion_delivered_again_says_the_same_and_leaves_what_came_since(ask: Ask) -> None:
    await practised(ask)
    first = await ask(f"/privacy delete confirm={CONFIRM}", id="d")
    await practised(ask)
    assert data(await ask(f"/privacy delete confirm={CONFIRM}", id="d")) == data(first)
    assert data(await ask("/progress"))["attempts"] == 1


async def test_an_answer_under_way_during_a_deletion_is_whole_or_not_there(ask: Ask) -> None:
    await practised(ask)
    answered, deleted = await asyncio.gather(
        ask("/answer (3, -12)"), ask(f"/privacy delete confirm={CONFIRM}"), return_exceptions=False
    )
    attempts = data(deleted)["deleted"]["attempt"]
    assert attempts == 2 if answered.outcome == "answered" else attempts == 1
    assert set(data(await ask("/privacy"))["kept"].values()) == {0}


async def test_who_hides_is_hidden_until_shown_again(ask: Ask) -> None:
    assert not data(await ask("/privacy"))["hidden"]
    await ask("/privacy hide")
    assert data(await ask("/privacy"))["hidden"]
    await ask("/privacy show")
    assert not data(await ask("/privacy"))["hidden"]


@pytest.mark.parametrize("line", ["/privacy burn", f"/privacy confirm={CONFIRM}", f"/privacy export confirm={CONFIRM}"])
async def test_what_cannot_be_asked_is_refused(ask: Ask, line: str) -> None:
    reply = await ask(line)
    assert reply.refusal is not None
    assert reply.refusal.kind == "wrong usage"


@pytest.mark.parametrize("name", ["PRIVACY.md", "TERMS.md"])
def test_the_documents_name_only_commands_that_there_are(name: str) -> None:
    options = {each: tuple(option.name for option in command.options) for each, command in commands().items()}
    named = re.findall(r"`(/[^`]+)`", (ROOT / name).read_text("utf-8"))
    assert "/privacy delete" in named
    for line in named:
        split_line(line, options)


async def test_every_table_that_keeps_something_has_a_name_that_people_know(ask: Ask) -> None:
    assert set(data(await ask("/privacy"))["kept"]) <= set(_CALLED)


async def test_each_place_is_told_only_of_itself(ask: Ask) -> None:
    terminal, discord = [plain.text(await ask("/privacy", place=place)) for place in ("local", "discord:dm")]
    assert ("in the terminal" in terminal, "in the terminal" in discord) == (True, False)
    assert ("Discord sees" in terminal, "Discord sees" in discord) == (False, True)


async def test_one_answer_in_a_quiz_is_counted_as_one(ask: Ask) -> None:
    await ask("/quiz start rounds=1")
    await ask("/quiz mine")
    await ask("/quiz answer (1, 2)")
    await ask("/quiz stop")
    (table,) = [block for block in (await ask("/privacy")).blocks if isinstance(block, Table)]
    assert {row[0]: row[1] for row in table.rows} == {
        "accounts": "1",
        "exercises, quizzes too": "1",
        "answers, quizzes too": "1",
        "rounds of quizzes": "1",
        "quizzes started": "1",
    }


def content(folder: Path) -> bytes:
    """Return the records and their log, byte by byte."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("nabla.sqlite3*")))
