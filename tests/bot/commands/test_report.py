"""An instructor's report: of one place only, without those who hide, safe for spreadsheets."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import plain
from bot.app import Nabla
from bot.commands.report import SHOWN
from bot.store.values import NewAttempt
from bot.talk import Call, Reply, Role, Table
from engine.values import Posed

Asked = Callable[..., Awaitable[Reply]]
POSED = Posed("grad.at", 1, 7, {}, "grad.eval", "", "vector")


@pytest.fixture
def ask(nabla: Nabla) -> Asked:
    """Ask a line as somebody in a place."""
    count = 0

    async def one(line: str, learner: str, place: str = "discord:1/5", role: Role = "learner", **more: Any) -> Reply:
        nonlocal count
        count += 1
        command, options = nabla.catalogue.split(line)
        return await nabla.catalogue.handle(Call(f"c{count}", command, options, learner, place, role, **more))

    return one


async def practised(ask: Asked, learner: str, *, right: bool, place: str = "discord:1/5", called: str = "") -> None:
    await ask("/practice seed=7", learner, place, called=called)
    await ask(f"/answer {'(3, -12)' if right else '(3, 4)'}", learner, place, called=called)


async def names(ask: Asked, place: str = "discord:1/9") -> dict[str, str]:
    """Return key to name as the report has them."""
    data = (await report(ask, place)).data
    assert data is not None
    return {each["learner"]: each["name"] for each in data["learners"]}


def sheet(reply: Reply) -> list[dict[str, str]]:
    (file,) = reply.files
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))


async def report(ask: Asked, place: str = "discord:1/9", **more: Any) -> Reply:
    return await ask("/report", "discord:teacher", place, "instructor", **more)


async def test_attempts_are_listed_by_learner_and_concept(ask: Asked) -> None:
    await practised(ask, "discord:ann", right=True)
    await practised(ask, "discord:bob", right=False)
    data = (await report(ask)).data
    assert data is not None
    found = {each["learner"]: (each["attempts"], each["right"]) for each in data["learners"]}
    assert found == {"discord:ann": (1, 1), "discord:bob": (1, 0)}
    assert data["learners"][0]["concepts"] == [{"concept": "grad.eval", "attempts": 1, "right": 1}]


async def test_nothing_of_another_server_is_shown(ask: Asked) -> None:
    await practised(ask, "discord:ann", right=True, place="discord:2/5")
    await practised(ask, "discord:bob", right=True, place="discord:11/5")
    reply = await report(ask)
    assert reply.data is not None
    assert reply.data["learners"] == []


async def test_who_hides_is_only_counted(ask: Asked) -> None:
    await practised(ask, "discord:ann", right=True)
    await ask("/privacy hide", "discord:ann")
    reply = await report(ask)
    assert reply.data is not None
    assert (reply.data["learners"], reply.data["hidden"]) == ([], 1)
    assert "discord:ann" not in str(reply)


async def test_a_chosen_name_is_shown(ask: Asked) -> None:
    await practised(ask, "discord:ann", right=True)
    await ask("/settings name=Ann", "discord:ann")
    reply = await report(ask)
    assert reply.data is not None
    assert reply.data["learners"][0]["name"] == "Ann"


async def test_the_sheet_opens_in_a_spreadsheet(ask: Asked) -> None:
    await practised(ask, "discord:ann", right=True)
    (file,) = (await report(ask)).files
    header, row = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert header[:5] == ["learner", "name", "concept", "attempts", "right"]
    assert row[:5] == ["discord:ann", "learner", "grad.eval", "1", "1"]


async def test_a_chart_is_drawn_where_pictures_are_wanted(ask: Asked) -> None:
    await practised(ask, "discord:ann", right=True)
    (chart,) = (await report(ask, pictures=True)).pictures
    assert "learner: 1 of 1 right" in chart.alt


async def test_the_answer_is_private(ask: Asked) -> None:
    assert (await report(ask)).private


async def test_a_learner_gets_no_report(ask: Asked) -> None:
    reply = await ask("/report", "discord:ann")
    assert reply.refusal is not None
    assert reply.refusal.kind == "not allowed"


async def test_there_is_no_report_of_direct_messages(ask: Asked) -> None:
    assert (await report(ask, "discord:dm")).outcome == "refused"


async def test_learners_are_told_about_reports_once_in_each_server(ask: Asked) -> None:
    async def told(place: str) -> bool:
        return "/report" in str((await ask("/practice seed=7", "discord:ann", place)).blocks)

    assert [await told("discord:1/5"), await told("discord:1/6"), await told("discord:2/5")] == [True, False, True]
    assert not await told("discord:dm")


async def test_who_has_chosen_no_name_is_called_as_in_that_server(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True, called="Ann of One")
    await practised(ask, "discord:1", right=True, place="discord:2/5", called="Ann of Two")
    assert [await names(ask, place) for place in ("discord:1/9", "discord:2/9")] == [
        {"discord:1": "Ann of One"}, {"discord:1": "Ann of Two"},
    ]  # fmt: skip


async def test_a_renamed_learner_is_called_by_the_new_name_from_the_next_call_on(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True, called="Ann")
    await ask("/progress", "discord:1", called="Anna")
    assert await names(ask) == {"discord:1": "Anna"}


async def test_solving_keeps_no_name(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True)
    await ask("/grad f=x^2", "discord:1", called="Ann")
    assert (await kept(ask, "discord:1"))["called"] == 0


async def test_of_somebody_about_whom_nothing_is_kept_no_name_is_kept(ask: Asked) -> None:
    await ask("/progress", "discord:1", called="Ann")
    assert set((await kept(ask, "discord:1")).values()) == {0}


async def test_a_name_is_not_kept_in_direct_messages(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True, place="discord:dm", called="Ann")
    assert (await kept(ask, "discord:1"))["called"] == 0


async def test_a_deletion_is_not_followed_by_a_name(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True, called="Ann")
    await ask("/privacy delete confirm=everything", "discord:1", called="Anna")
    assert set((await kept(ask, "discord:1")).values()) == {0}


@pytest.mark.parametrize("called", ["=1+1", "@everyone", "<@2>", "**Ann**", "-cmd|' /C calc'!A0", "\t=1", "🌸", ""])
async def test_a_hostile_name_is_harmless_wherever_a_report_shows_it(ask: Asked, called: str) -> None:
    await practised(ask, "discord:1", right=True, called=called)
    reply = await report(ask, pictures=True)
    (row,) = sheet(reply)
    assert row["name"][0].isalnum()
    for shown in (row["name"], reply.pictures[0].alt, plain.text(reply)):
        assert not set("@<>*|") & set(shown)


async def test_two_of_one_name_are_told_apart_in_text_chart_and_sheet(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True, called="Kim")
    await practised(ask, "discord:2", right=False)
    await ask("/settings name=kim", "discord:2")
    reply = await report(ask, pictures=True)
    assert {row["learner"]: row["name"] for row in sheet(reply)} == {"discord:1": "Kim #1", "discord:2": "kim #2"}
    for name in ("Kim #1", "kim #2"):
        assert name in plain.text(reply)
        assert name in reply.pictures[0].alt


async def test_the_table_says_whom_each_row_is_about(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True, called="Ann")
    table = next(block for block in (await report(ask)).blocks if isinstance(block, Table))
    assert (table.header[1], table.people, table.rows[0][:3]) == ("who", ("discord:1",), ("1", "Ann", "1 of 1"))


async def test_a_bar_has_the_number_of_its_row(ask: Asked) -> None:
    for n in (1, 2):
        await practised(ask, f"discord:{n}", right=True, called="李小龍" if n == 1 else "王五")
    reply = await report(ask, pictures=True)
    table = next(block for block in reply.blocks if isinstance(block, Table))
    for number, name, *_ in table.rows:
        assert f"{number}. {name}: 1 of 1 right" in reply.pictures[0].alt


async def test_of_many_learners_the_first_are_shown_and_all_are_in_the_sheet(nabla: Nabla, ask: Asked) -> None:
    for n in range(SHOWN + 1):
        exercise = await nabla.progress.pose(f"p{n}", f"discord:{n}", "discord:1/5", POSED)
        await nabla.progress.record(NewAttempt(f"a{n}", exercise.id, f"discord:{n}", 1, "1", "wrong"))
    reply = await report(ask, pictures=True)
    table = next(block for block in reply.blocks if isinstance(block, Table))
    assert (len(table.rows), len(sheet(reply))) == (SHOWN, SHOWN + 1)
    assert f"The first {SHOWN} are shown" in plain.text(reply)
    assert reply.pictures[0].alt.count(" of 1 right") == SHOWN


async def test_each_concept_has_its_own_row(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True)
    tables = [block for block in (await report(ask)).blocks if isinstance(block, Table)]
    assert tables[1].header == ("concept", "learners", "attempts", "right")
    assert tables[1].rows[0][1:] == ("1", "1", "1")


async def test_moments_are_those_of_the_instructors_zone_which_is_named(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True)
    data = (await report(ask)).data
    assert data is not None
    moment = datetime.fromisoformat(data["learners"][0]["last_active"])
    await ask("/settings timezone=Asia/Tokyo", "discord:teacher")
    reply = await report(ask)
    assert f"{moment.astimezone(ZoneInfo('Asia/Tokyo')):%Y-%m-%d %H:%M}" in plain.text(reply)
    assert "last (Asia/Tokyo)" in plain.text(reply)
    (row,) = sheet(reply)
    assert row["last active"].endswith("+09:00")
    assert datetime.fromisoformat(row["last active"]) == moment.replace(microsecond=0)


async def test_who_hides_is_in_neither_text_nor_chart_nor_sheet(ask: Asked) -> None:
    await practised(ask, "discord:1", right=True, called="Secretive")
    await practised(ask, "discord:2", right=True, called="Bob")
    await ask("/privacy hide", "discord:1", called="Secretive")
    reply = await report(ask, pictures=True)
    for shown in (plain.text(reply), reply.pictures[0].alt, str(sheet(reply)), str(reply.data)):
        assert "Bob" in shown
        assert "Secretive" not in shown
        assert "discord:1" not in shown
    await ask("/privacy show", "discord:1", called="Secretive")
    assert "Secretive" in plain.text(await report(ask))


@pytest.mark.parametrize("somebody", [True, False])
async def test_a_report_is_shown_only_where_nobody_else_reads(ask: Asked, *, somebody: bool) -> None:
    if somebody:
        await practised(ask, "discord:1", right=True)
    reply = await report(ask)
    assert (reply.private, reply.secret) == (True, True)


async def test_the_owner_of_a_terminal_gets_its_report(ask: Asked) -> None:
    await practised(ask, "local:ann", right=True, place="local")
    reply = await ask("/report", "local:owner", "local", "instructor")
    assert "ann" in plain.text(reply)
    assert (await ask("/report", "local:ann", "local")).outcome == "refused"


async def test_who_plays_a_quiz_first_is_told_about_reports_then(ask: Asked) -> None:
    await ask("/quiz start", "discord:9")
    told = ["/report" in str((await ask(line, "discord:1")).blocks) for line in ("/quiz mine", "/practice seed=7")]
    assert told == [True, False]


async def test_a_reveal_calls_players_by_their_names(ask: Asked) -> None:
    await ask("/quiz start", "discord:9")
    for player in ("discord:1", "discord:2"):
        await ask("/quiz mine", player)
        await ask("/quiz answer (1, 2)", player, called="Kim")
    await ask("/quiz stop", "discord:9")
    reply = await ask("/quiz last", "discord:9")
    assert reply.data is not None
    assert [each["name"] for each in reply.data["answers"]] == ["Kim #1", "Kim #2"]
    for table in (block for block in reply.blocks if isinstance(block, Table)):
        assert sorted(table.people) == ["discord:1", "discord:2"]
        assert {row[table.header.index("who")] for row in table.rows} == {"Kim #1", "Kim #2"}


async def kept(ask: Asked, learner: str) -> dict[str, int]:
    data = (await ask("/privacy", learner)).data
    assert data is not None
    return dict(data["kept"])
