"""The group quiz on a real store and real workers: sealed until the bell, scored once."""

import asyncio

import pytest

from bot import plain
from bot.app import Nabla
from bot.talk import Call, Reply
from tests.bot.commands.quizzing import PLACES, PLAYERS, School, data, kind, place_of


@pytest.fixture
def school(nabla: Nabla) -> School:
    return School(nabla)


async def test_a_quiz_begins_for_everybody_in_the_place(school: School) -> None:
    reply = await school.ask("/quiz start seconds=30 rounds=2")
    assert (data(reply)["seconds"], data(reply)["rounds"], reply.private) == (30, 2, False)
    assert kind(await school.ask("/quiz start", "local:bob")) == "not allowed"


@pytest.mark.parametrize(
    "options", ["seconds=9", "seconds=601", "seconds=x", "seconds=000000060000", "rounds=0", "rounds=21", "concept=no"]
)
async def test_a_start_outside_the_limits_is_refused(school: School, options: str) -> None:
    assert kind(await school.ask(f"/quiz start {options}")) == "wrong usage"


@pytest.mark.parametrize("options", ["seconds=10 rounds=1", "seconds=600 rounds=20", "grad.eval"])
async def test_a_start_at_the_limits_is_answered(school: School, options: str) -> None:
    assert kind(await school.ask(f"/quiz start {options}")) is None


async def test_a_place_with_a_name_that_is_too_long_is_refused(school: School) -> None:
    assert kind(await school.ask("/quiz start", place="x" * 101)) == "too large"
    assert kind(await school.ask("/quiz start", place="x" * 100)) is None


async def test_strangers_in_direct_messages_share_no_quiz(school: School) -> None:
    assert kind(await school.ask("/quiz start", place="discord:dm")) == "not allowed"


@pytest.mark.parametrize("line", ["/quiz mine", "/quiz answer (1, 2)", "/quiz stop", "/quiz last"])
async def test_where_no_quiz_runs_there_is_nothing_to_do(school: School, line: str) -> None:
    assert kind(await school.ask(line)) == "no exercise"


async def test_everybody_gets_own_numbers_and_keeps_them(school: School) -> None:
    await school.ask("/quiz start")
    statements = [data(await school.ask("/quiz mine", who))["statement"] for who in ("local:ann", "local:bob")]
    assert statements[0] != statements[1]
    assert data(await school.ask("/quiz mine"))["statement"] == statements[0]


async def test_an_answer_is_confirmed_as_read_and_to_its_player_alone(school: School) -> None:
    await school.ask("/quiz start")
    reply = await school.answer("[1/2,-3]")
    assert data(reply) == {"round": 1, "answer": 1, "read_as": "(1/2, -3)", "changes_left": 1}
    assert reply.private
    assert data(await school.ask("/quiz mine"))["answers"] == ["(1/2, -3)"]


async def test_an_unreadable_answer_costs_nothing_and_is_refused_with_its_place(school: School) -> None:
    await school.ask("/quiz start")
    for text in ("(1, x)", "3", "(3, -12", "(1, 1/0)"):
        reply = await school.answer(text)
        assert reply.refusal is not None
        assert (reply.outcome, reply.refusal.option) == ("refused", "value")
    assert data(await school.ask("/quiz answer (1, 2)"))["answer"] == 1


async def test_an_answer_may_be_changed_once(school: School) -> None:
    await school.ask("/quiz start")
    await school.answer("(1, 2)")
    assert data(await school.ask("/quiz answer (1, 3)"))["changes_left"] == 0
    assert kind(await school.ask("/quiz answer (1, 4)")) == "not allowed"


async def test_the_same_answer_again_is_no_change(school: School) -> None:
    await school.ask("/quiz start")
    await school.answer("(1, 2)")
    assert data(await school.ask("/quiz answer (1, 2)"))["changes_left"] == 1


async def test_the_last_answer_counts(school: School) -> None:
    await school.ask("/quiz start")
    right = await school.right_answer("local:ann", "local")
    await school.ask("/quiz answer (100, 200)")
    await school.ask(f"/quiz answer {right}")
    school.pass_time()
    (answer,) = data(await school.ring())["answers"]
    assert (answer["read_as"], answer["verdict"], answer["right_answer"]) == (right, "right", right)


async def test_an_answer_after_the_time_is_refused_though_the_bell_has_not_rung(school: School) -> None:
    await school.ask("/quiz start")
    await school.ask("/quiz mine")
    school.pass_time()
    reply = await school.ask("/quiz answer (1, 2)")
    assert reply.refusal is not None
    assert reply.refusal.message.startswith("The bell of this round rings")


async def test_who_did_not_start_it_may_not_stop_it(school: School) -> None:
    await school.ask("/quiz start")
    assert kind(await school.ask("/quiz stop", "local:bob")) == "not allowed"
    assert data(await school.ask("/quiz stop", "local:bob", role="instructor"))["ended"]


async def test_a_stop_delivered_twice_gets_what_it_got_first(school: School) -> None:
    await school.ask("/quiz start")
    first, again = [data(await school.ask("/quiz stop", id="stop")) for _ in range(2)]
    assert again == first | {"repeated": True}


async def test_the_bell_is_the_clocks_alone(school: School) -> None:
    await school.ask("/quiz start")
    school.pass_time()
    call = Call("forged", "quiz bell", {"quiz": "1", "round": "1"}, "local:ann", "local", role="instructor")
    assert kind(await school.catalogue.handle(call)) == "wrong usage"
    assert (await school.ring()).outcome == "answered"


async def test_nobody_hears_of_the_bell(nabla: Nabla) -> None:
    assert "quiz bell" not in nabla.catalogue.public
    reply = await nabla.catalogue.handle(Call("h", "help", {}, "local:ann", "local"))
    assert "quiz bell" not in str(reply)


async def test_the_question_of_a_quiz_is_not_solved_before_its_bell(nabla: Nabla) -> None:
    async def ask(line: str, number: int) -> Reply:
        command, options = nabla.catalogue.split(line)
        return await nabla.catalogue.handle(Call(f"c-{number}", command, options, "local:ann", "local"))

    await ask("/quiz start", 1)
    f = data(await ask("/quiz mine", 2))["statement"].split("\n")[0].partition("= ")[2]
    assert kind(await ask(f"/grad f={f}", 3)) == "not allowed"
    await ask("/quiz stop", 4)
    assert kind(await ask(f"/grad f={f}", 5)) is None


async def test_twelve_players_in_two_places_see_nothing_before_the_bell_and_all_after_it(school: School) -> None:
    for place in PLACES:
        await school.ask("/quiz start rounds=1", f"{place}:starter", place)
    answers = {}
    for number, player in enumerate(PLAYERS):
        right = await school.right_answer(player, place_of(player))
        answers[player] = right if number % 3 else f"({1000 + number}, {2000 + number})"
    school.said.clear()
    replies: dict[str, list[Reply]] = {player: [] for player in PLAYERS}
    for line in ("/quiz answer {}", "/quiz mine", "/quiz last", "/progress", "/quiz stop"):
        asked = [school.ask(line.format(answers[each]), each, place_of(each)) for each in PLAYERS]
        for start in range(0, len(asked), 3):  # one worker serves them all
            group = PLAYERS[start : start + 3]
            for player, reply in zip(group, await asyncio.gather(*asked[start : start + 3]), strict=True):
                replies[player].append(reply)
    for player, own in replies.items():
        for reply in own:
            shown = plain.text(reply) + repr(reply)
            assert reply.private
            assert "verdict" not in shown
            assert "✓" not in shown
            assert not any(answers[other] in shown for other in PLAYERS if answers[other] != answers[player])
        assert data(own[3])["attempts"] == 0
    school.pass_time()
    for number, place in enumerate(PLACES, 1):
        reveal = data(await school.ring(1, number))
        here = [player for player in PLAYERS if place_of(player) == place]
        assert {each["who"]: each["read_as"] for each in reveal["answers"]} == {each: answers[each] for each in here}
        assert [each["who"] for each in reveal["answers"] if each["verdict"] == "right"] == [
            each for each in sorted(here) if PLAYERS.index(each) % 3
        ]
        assert (reveal["right"], reveal["answered"], reveal["ended"]) == (4, 6, True)
    for number, player in enumerate(PLAYERS):
        summary = data(await school.ask("/progress", player))
        assert (summary["attempts"], summary["right"]) == (1, 1 if number % 3 else 0)
