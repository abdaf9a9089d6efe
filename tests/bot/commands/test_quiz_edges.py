"""The group quiz where two things happen at once, or somebody is not who they were any more."""

import asyncio

import pytest

from bot.app import Nabla
from bot.store.people import People
from bot.store.privacy import Privacy
from bot.store.quiz_values import NewQuiz
from tests.bot.commands.quizzing import School, data, kind

CHANNEL = "discord:1/2"
GONE = NewQuiz("old", CHANNEL, "local:ann", "grad.eval", "grad.at", 99, 7, seconds=60, rounds=5)


@pytest.fixture
def school(nabla: Nabla) -> School:
    return School(nabla)


@pytest.fixture
async def people(nabla: Nabla) -> People:
    return People(nabla.progress.database)


async def score(school: School, who: str = "local:ann") -> tuple[int, int]:
    summary = data(await school.ask("/progress", who))
    return summary["attempts"], summary["right"]


async def test_of_two_starts_at_once_one_begins_a_quiz(school: School) -> None:
    starts = [school.ask("/quiz start", who, id=f"start {who}") for who in ("local:ann", "local:bob")]
    assert sorted(each.outcome for each in await asyncio.gather(*starts)) == ["answered", "refused"]


@pytest.mark.parametrize("pause", [0.0, 0.005, 0.02])
async def test_an_answer_is_sealed_and_scored_or_refused_whenever_the_quiz_is_stopped(
    school: School, pause: float
) -> None:
    async def stop() -> None:
        await asyncio.sleep(pause)
        assert data(await school.ask("/quiz stop", "local:bob", id="stop", role="instructor"))["ended"]

    await school.ask("/quiz start")
    await school.ask("/quiz mine")
    answered, _ = await asyncio.gather(school.ask("/quiz answer (1, 2)"), stop())
    assert (await score(school))[0] == (answered.outcome == "answered")


@pytest.mark.parametrize("pause", [0.0, 0.005, 0.02])
async def test_an_answer_at_the_bell_is_sealed_and_scored_or_refused(school: School, pause: float) -> None:
    async def ring() -> None:
        await asyncio.sleep(pause)
        school.pass_time(0.01)
        assert data(await school.ring())["round"] == 1

    await school.ask("/quiz start")
    await school.ask("/quiz mine")
    school.pass_time(59.99)
    answered, _ = await asyncio.gather(school.ask("/quiz answer (1, 2)"), ring())
    assert (await score(school))[0] == (answered.outcome == "answered")


async def test_of_two_changes_at_once_one_stands_and_the_other_is_told_so(school: School) -> None:
    await school.ask("/quiz start")
    await school.answer("(1, 2)")
    changes = [school.ask(f"/quiz answer ({n}, 2)", id=f"change {n}") for n in (3, 4)]
    receipts = [data(each)["read_as"] for each in await asyncio.gather(*changes)]
    assert receipts[0] == receipts[1]
    assert kind(await school.ask("/quiz answer (5, 2)")) == "not allowed"


async def test_a_question_that_was_not_seen_is_not_answered_wrong(school: School) -> None:
    await school.ask("/quiz start")
    await school.answer("(1, 2)")
    school.pass_time()
    await school.ring()
    late = await school.ask("/quiz answer (3, 4)")
    assert (kind(late), late.actions) == ("no exercise", ("/quiz mine",))
    assert await score(school) == (1, 0)


async def test_who_deletes_everything_is_in_no_reveal_and_asked_anew(school: School, nabla: Nabla) -> None:
    await school.ask("/quiz start", "local:bob")
    await school.answer("(1, 2)")
    await Privacy(nabla.progress.database).erase("delete", "local:ann")
    assert kind(await school.ask("/quiz answer (1, 3)")) == "no exercise"
    assert data(await school.ask("/quiz mine"))["answers"] == []
    school.pass_time()
    assert data(await school.ring())["answers"] == []
    assert await score(school) == (0, 0)


async def test_an_answer_marked_while_its_player_is_deleted_is_not_scored(school: School, nabla: Nabla) -> None:
    await school.ask("/quiz start", "local:bob")
    await school.ask("/quiz mine")
    privacy = Privacy(nabla.progress.database)
    await asyncio.gather(school.ask("/quiz answer (1, 2)"), privacy.erase("delete", "local:ann"))
    school.pass_time()
    assert data(await school.ring())["answers"] == []
    assert await score(school) == (0, 0)


async def test_a_starter_who_deletes_everything_leaves_a_quiz_that_an_instructor_may_stop(
    school: School, nabla: Nabla
) -> None:
    await school.ask("/quiz start")
    await Privacy(nabla.progress.database).erase("delete", "local:ann")
    assert kind(await school.ask("/quiz stop")) == "not allowed"
    assert data(await school.ask("/quiz stop", "local:bob", role="instructor"))["ended"]


@pytest.mark.parametrize("whose", ["local:ann", "local:bob"])
async def test_two_who_become_one_may_answer_either_question_and_count_once(
    school: School, people: People, whose: str
) -> None:
    await school.ask("/quiz start", "local:eva")
    rights = {who: await school.right_answer(who, "local") for who in ("local:bob", "local:ann")}
    await people.join("join", "local:bob", await people.make_code("code", "local:ann"))
    await school.ask(f"/quiz answer {rights[whose]}", "local:bob")
    school.pass_time()
    assert [each["who"] for each in data(await school.ring())["standings"]] == ["local:ann"]
    assert await score(school) == (1, 1)


async def test_of_two_who_become_one_the_question_that_is_answered_is_the_one_shown(
    school: School, people: People
) -> None:
    await school.ask("/quiz start", "local:eva")
    await school.ask("/quiz mine", "local:bob")
    statement = data(await school.ask("/quiz mine"))["statement"]
    await school.ask("/quiz answer (1, 2)")
    await people.join("join", "local:bob", await people.make_code("code", "local:ann"))
    assert data(await school.ask("/quiz mine"))["statement"] == statement


async def test_a_stop_in_a_channel_leaves_the_reveal_to_the_clock(school: School) -> None:
    await school.ask("/quiz start", place=CHANNEL)
    reply = await school.ask("/quiz stop", place=CHANNEL)
    assert "in a moment" in str(reply.blocks)
    assert data(reply)["ended"]
    assert await school.quizzes.tellings.places() == (CHANNEL,)


async def test_a_stop_at_the_terminal_shows_the_reveal_itself(school: School) -> None:
    await school.ask("/quiz start")
    assert "Nobody answered." in str((await school.ask("/quiz stop")).blocks)
    assert await school.quizzes.tellings.places() == ()


@pytest.mark.parametrize("line", ["/quiz mine", "/quiz answer (1, 2)"])
async def test_a_round_whose_questions_are_gone_is_closed_with_a_sentence(school: School, line: str) -> None:
    await school.quizzes.begin(GONE)
    reply = await school.ask(line, place=CHANNEL)
    assert reply.refusal is not None
    assert "not here any more" in reply.refusal.message
    assert kind(await school.ask("/quiz mine", place=CHANNEL)) == "no exercise"
    assert await school.quizzes.tellings.places() == (CHANNEL,)


async def test_a_round_whose_questions_are_gone_is_due_at_once(school: School) -> None:
    await school.quizzes.begin(GONE)
    assert [each.seconds for each in await school.quizzes.due()] == [0.0]


async def test_nobody_is_marked_wrong_in_a_round_whose_questions_are_gone(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    await school.ask("/quiz start", place=CHANNEL)
    await school.answer("(1, 2)", place=CHANNEL)
    monkeypatch.setattr("bot.store.quiz.can_be_played", lambda _family, _version: False)
    reply = await school.quizzes.ring("bell", 1, 1)
    assert (reply.counts, reply.answers, reply.standings, reply.is_last) == (False, (), (), True)
    last = await school.ask("/quiz last", place=CHANNEL)
    assert "does not count" in last.title
    assert "✗" not in str(last)
    assert await score(school) == (0, 0)


async def test_what_was_scored_before_the_questions_were_gone_stands(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    await school.ask("/quiz start")
    await school.answer(await school.right_answer("local:ann", "local"))
    school.pass_time()
    await school.ring()
    monkeypatch.setattr("bot.store.quiz.can_be_played", lambda _family, _version: False)
    reveal = await school.quizzes.ring("bell", 1, 2)
    assert [(each.right, each.answered) for each in reveal.standings] == [(1, 1)]
