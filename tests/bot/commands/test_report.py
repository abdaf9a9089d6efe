"""An instructor's report: of one place only, without those who hide, safe for spreadsheets."""

import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import Nabla
from bot.talk import Call, Reply, Role

Asked = Callable[..., Awaitable[Reply]]


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


async def practised(ask: Asked, learner: str, *, right: bool, place: str = "discord:1/5") -> None:
    await ask("/practice seed=7", learner, place)
    await ask(f"/answer {'(3, -12)' if right else '(3, 4)'}", learner, place)


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
    assert row[:5] == ["discord:ann", "", "grad.eval", "1", "1"]


async def test_a_chart_is_drawn_where_pictures_are_wanted(ask: Asked) -> None:
    await practised(ask, "discord:ann", right=True)
    (chart,) = (await report(ask, pictures=True)).pictures
    assert "discord:ann: 1 of 1 right" in chart.alt


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
