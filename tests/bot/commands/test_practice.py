"""Practising, on a real store and real workers: posed, answered, recorded once."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import plain
from bot.app import Nabla
from bot.talk import Lines, Reply, Table

Ask = Callable[..., Coroutine[None, None, Reply]]
RIGHT, WRONG = "(3, -12)", "(3, 4)"


def data(reply: Reply) -> dict[str, Any]:
    assert reply.data is not None, reply.refusal
    return dict(reply.data)


async def test_an_exercise_is_posed_from_its_seed(ask: Ask) -> None:
    first = data(await ask("/practice seed=7"))
    again = data(await ask("/practice seed=7", learner="local:bob"))
    assert first["statement"] == again["statement"]
    assert (first["family"], first["concept"], first["type"]) == ("grad.at", "grad.eval", "vector")
    assert first["exercise"] != again["exercise"]


async def test_without_a_seed_one_is_drawn(ask: Ask) -> None:
    assert data(await ask("/practice"))["seed"] >= 0


async def test_a_right_answer_closes_the_exercise(ask: Ask) -> None:
    await ask("/practice seed=7")
    assert data(await ask(f"/answer {RIGHT}"))["verdict"] == "right"
    after = await ask(f"/answer {RIGHT}")
    assert after.refusal is not None
    assert after.refusal.kind == "no exercise"
    assert after.actions == ("/practice",)


async def test_a_wrong_answer_says_which_part_is_right_and_leaves_it_open(ask: Ask) -> None:
    await ask("/practice seed=7")
    wrong = data(await ask(f"/answer {WRONG}"))
    assert (wrong["verdict"], wrong["components"]) == ("wrong", [True, False])
    assert data(await ask(f"/answer {RIGHT}"))["try"] == 2


async def test_an_unreadable_answer_costs_no_try(ask: Ask) -> None:
    await ask("/practice seed=7")
    for line in ("/answer 3", "/answer (2x, 3)", "/answer what", "/answer (3, -12"):
        assert (await ask(line)).outcome == "refused"
    assert data(await ask(f"/answer {RIGHT}"))["try"] == 1


async def test_the_same_answer_again_costs_no_try(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask(f"/answer {WRONG}")
    assert data(await ask(f"/answer {WRONG}"))["try"] is None
    assert data(await ask(f"/answer {RIGHT}"))["try"] == 2


async def test_a_delivery_that_comes_twice_counts_once(ask: Ask) -> None:
    await ask("/practice seed=7", id="p")
    assert data(await ask("/practice seed=7", id="p"))["exercise"] == 1
    first = data(await ask(f"/answer {WRONG}", id="a"))
    again = data(await ask(f"/answer {WRONG}", id="a"))
    assert (first["verdict"], first["try"]) == (again["verdict"], again["try"])
    assert data(await ask("/progress"))["attempts"] == 1


async def test_a_double_click_counts_once(ask: Ask) -> None:
    await ask("/practice seed=7")
    await asyncio.gather(*(ask(f"/answer {RIGHT}") for _ in range(3)))
    summary = data(await ask("/progress"))
    assert (summary["attempts"], summary["right"]) == (1, 1)


async def test_hints_climb_their_ladder_and_are_counted(ask: Ask) -> None:
    await ask("/practice seed=7")
    told = [data(await ask("/hint"))["hint"] for _ in range(3)]
    assert len(set(told)) == 3
    assert data(await ask("/progress"))["hints"] == 3


async def test_a_hint_delivered_twice_counts_once(ask: Ask) -> None:
    await ask("/practice seed=7")
    assert data(await ask("/hint", id="h")) == data(await ask("/hint", id="h"))
    assert data(await ask("/progress"))["hints"] == 1


async def test_a_new_exercise_replaces_the_open_one(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask("/practice seed=8")
    assert data(await ask(f"/answer {RIGHT}"))["verdict"] != "right"


async def test_learners_do_not_meet(ask: Ask) -> None:
    await ask("/practice seed=7")
    assert (await ask(f"/answer {RIGHT}", learner="local:bob")).outcome == "refused"
    assert data(await ask("/progress", learner="local:bob"))["attempts"] == 0


@pytest.mark.parametrize("line", ["/answer (1,2)", "/hint"])
async def test_without_an_exercise_there_is_nothing_to_answer(ask: Ask, line: str) -> None:
    reply = await ask(line)
    assert reply.refusal is not None
    assert reply.refusal.kind == "no exercise"


@pytest.mark.parametrize(
    "line", ["/practice seed=-1", "/practice seed=x", "/practice seed=99999999999999999999", "/practice family=none"]
)
async def test_a_wrong_choice_is_refused_with_what_there_is(ask: Ask, line: str) -> None:
    reply = await ask(line)
    assert reply.refusal is not None
    assert reply.refusal.kind == "wrong usage"


async def test_progress_tells_each_concept_apart(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask(f"/answer {RIGHT}")
    reply = await ask("/progress")
    assert data(reply)["concepts"] == [
        {"concept": "grad.eval", "posed": 1, "solved": 1, "attempts": 1, "right": 1, "hints": 0}
    ]
    assert any(isinstance(block, Table) for block in reply.blocks)


async def test_a_topic_goes_through_a_worker_and_comes_back_with_its_pictures(ask: Ask) -> None:
    reply = await ask("/grad f=x^2+y^2 at=1,2", pictures=True)
    assert [picture.name for picture in reply.pictures] == ["formulas.png", "contour.png"]
    assert all(picture.content.startswith(b"\x89PNG") for picture in reply.pictures)
    assert "(2, 4)" in reply.pictures[1].alt


async def test_help_knows_every_command(ask: Ask) -> None:
    names = data(await ask("/help"))["commands"]
    for name in names:
        reply = await ask(f"/help {name}")
        assert reply.title.removeprefix("/").endswith(name)


async def test_every_example_of_the_help_works(ask: Ask, nabla: Nabla) -> None:
    for example in data(await ask("/help"))["examples"]:
        await ask("/practice seed=7")  # the example may be right about an exercise of chance, and close it
        command, _ = nabla.catalogue.split(example)
        place = {"terminal": "local", "server": "discord:1/2"}[nabla.catalogue.commands[command].where[-1]]
        answered = await ask(example, place=place, role="instructor")
        assert answered.outcome == "answered", (example, answered.refusal)


async def test_lines_of_a_reply_are_single_lines(ask: Ask) -> None:
    reply = await ask("/practice seed=7")
    lines = next(block for block in reply.blocks if isinstance(block, Lines)).lines
    assert not any(re.search(r"[\r\n]", line) for line in lines)


async def test_solving_the_open_exercise_counts_as_a_hint_and_says_so(ask: Ask) -> None:
    await ask("/practice seed=7")
    reply = await ask("/grad f=4y^2-5x-4x^2*y+9 at=1,-1")
    assert "counts as a hint" in next(block for block in reply.blocks if isinstance(block, Lines)).lines[-1]
    assert data(await ask("/progress"))["hints"] == 1


async def test_solving_another_function_is_no_hint(ask: Ask) -> None:
    await ask("/practice seed=7")
    await ask("/grad f=4y^2-5x-3x^2*y at=1,-1")
    assert data(await ask("/progress"))["hints"] == 0


async def test_different_answers_at_the_same_moment_are_each_a_try(ask: Ask) -> None:
    await ask("/practice seed=7")
    replies = await asyncio.gather(*(ask(f"/answer ({n}, 1)") for n in range(4, 7)))
    assert sorted(data(reply)["try"] for reply in replies) == [1, 2, 3]
    assert data(await ask("/progress"))["attempts"] == 3


async def test_next_exercise_pressed_twice_at_once_poses_one(ask: Ask) -> None:
    await ask("/practice seed=7")
    solved = await ask(f"/answer {RIGHT}")
    replies = await asyncio.gather(*(ask("/practice", about=f"after {solved.about}") for _ in range(2)))
    assert data(replies[0]) == data(replies[1])
    assert data(await ask("/progress"))["posed"] == 2


async def test_a_late_second_press_shows_the_exercise_that_the_first_one_posed(ask: Ask) -> None:
    await ask("/practice seed=7")
    solved = await ask(f"/answer {RIGHT}")
    first, second = [await ask("/practice", about=f"after {solved.about}") for _ in range(2)]
    assert (second.title, data(second)["statement"]) == (first.title, data(first)["statement"])


async def test_typing_practice_twice_poses_two(ask: Ask) -> None:
    first, second = [data(await ask("/practice")) for _ in range(2)]
    assert first["exercise"] != second["exercise"]


@pytest.mark.parametrize("about", ["after x", "after -1", "after ²", "after " + "9" * 30])
async def test_a_button_that_names_no_exercise_is_refused(ask: Ask, about: str) -> None:
    reply = await ask("/practice", about=about)
    assert reply.refusal is not None
    assert reply.refusal.kind == "no exercise"


async def test_progress_says_when_in_the_learners_zone_which_is_named(ask: Ask) -> None:
    await ask("/practice seed=7")
    moment = datetime.fromisoformat(data(await ask("/progress"))["last_active"])
    await ask("/settings timezone=Asia/Kathmandu")
    shown = f"{moment.astimezone(ZoneInfo('Asia/Kathmandu')):%Y-%m-%d %H:%M} (Asia/Kathmandu)"
    assert shown in plain.text(await ask("/progress"))
