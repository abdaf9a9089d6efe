"""The group quiz over real sockets: the real process, two servers, twelve players, and a kill in the middle."""

import asyncio
import json
import random
import re
import sqlite3
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue import Catalogue, Command, Option
from bot.fronts.discord import slash
from bot.learning.quiz import seed_of
from bot.talk import Call, Lines, Reply
from engine.exercises import FAMILIES
from tests.loopback.faults import FirstOnly
from tests.loopback.payloads import Seat
from tests.loopback.server import Asked, Loopback

Json = dict[str, Any]
Start = Callable[..., Awaitable[Process]]

ROOMS = ((2001, 3001), (2101, 3101))
ANSWER: Json = {"type": 2, "style": 2, "label": "Answer", "custom_id": "nabla:quiz answer:1/1"}
BUTTON: Json = {"content": "?", "components": [{"type": 1, "components": [ANSWER]}]}
OPEN = "select number from quiz_round where state = 'open'"
SEATS = [Seat(5001 + number, *ROOMS[number % 2]) for number in range(12)]


async def answered(asked: Asked) -> Asked:
    await asyncio.wait_for(asked.answered.wait(), 30)
    return asked


def text(message: Json | None) -> str:
    assert message is not None
    embeds = [f"{each.get('title')}\n{each.get('description')}" for each in message.get("embeds") or []]
    return "\n".join([message.get("content") or "", *embeds]).replace("\\", "")


async def begin(loopback: Loopback, seat: Seat, rounds: str = "2") -> Json:
    """Start a quiz and return the message with its buttons, once a question has come: the workers are there then."""
    asked = await answered(await loopback.slash("quiz start", seat=seat, seconds="600", rounds=rounds))
    assert asked.shown is not None
    assert "gradient" in text((await answered(await loopback.press(asked.shown, "My question", seat))).shown)
    return asked.shown


async def play(loopback: Loopback, message: Json, seat: Seat, value: str) -> str:
    """Open the form, send it, and return what is confirmed; a question that took its time is answered under it."""
    form = await answered(await loopback.press(message, "Answer", seat))
    for _ in range(5):
        if form.kind != 9:
            assert form.shown is not None
            form = await answered(await loopback.press(form.shown, "Answer", seat))
    assert form.kind == 9, text(form.shown)
    receipt = await answered(await loopback.submit(form, value=value))
    assert receipt.private
    return text(receipt.shown)


async def kill(loopback: Loopback, process: Process) -> None:
    process.kill()
    await process.wait()
    loopback.gateway.ready.clear()


async def revealed(loopback: Loopback, channel: int, number: int) -> Json:
    """Return the one reveal of a round in a channel, when it is there."""

    def found() -> list[Json]:
        posts = [each for each in loopback.messages if each["channel"] == channel]
        return [each for each in posts if f"Round {number} of" in text(each)]

    assert await loopback.until(found, 30)
    (reveal,) = found()
    return reveal


def pass_time(folder: Path) -> None:
    """Let the time of every round that runs be over."""
    in_records(folder, "update quiz_round set deadline_at = datetime('now', '-1 second') where state = 'open'")


def in_records(folder: Path, query: str) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(folder / "nabla.sqlite3", timeout=10)
    try:
        found = database.execute(query).fetchall()
        database.commit()
    finally:
        database.close()
    return found


@pytest.mark.slow
async def test_twelve_players_in_two_servers_play_through_a_kill(
    loopback: Loopback, start: Start, tmp_path: Path
) -> None:
    process = await start()
    messages = {seat.channel: await begin(loopback, seat) for seat in SEATS[:2]}
    receipts = await asyncio.gather(*(play(loopback, messages[s.channel], s, f"({s.member}, 2)") for s in SEATS))
    assert [re.findall(r"Read as \((\d+)", each) for each in receipts] == [[str(seat.member)] for seat in SEATS]
    await kill(loopback, process)
    pass_time(tmp_path)
    await start()
    for seat in SEATS[:2]:
        reveal = await revealed(loopback, seat.channel, 1)
        here = {str(each.member) for each in SEATS if each.channel == seat.channel}
        assert set(re.findall(r"✗ <@(\d+)>[^·\n]* · answer: \(\1, 2\)", text(reveal))) == here
        assert "until the bell of round 2" in await play(loopback, reveal, seat, "(1, 2)")
        over = await answered(await loopback.press(messages[seat.channel], "My question", seat))
        assert text(over.shown).startswith("That round is over.")
    pass_time(tmp_path)
    for seat in SEATS[:2]:
        assert not (await revealed(loopback, seat.channel, 2))["components"]
    assert in_records(tmp_path, "select count(*), count(distinct call_id) from attempt") == [(14, 14)]
    assert len(loopback.messages) == 4
    assert not loopback.violations


@pytest.mark.slow
async def test_a_bell_that_was_due_while_nobody_ran_is_told_however_late_discord_lets_nabla_in(
    loopback: Loopback, start: Start, tmp_path: Path
) -> None:
    process = await start()
    await begin(loopback, SEATS[0])
    await kill(loopback, process)
    pass_time(tmp_path)
    loopback.closed = True
    await start(ready=False)
    assert await loopback.until(lambda: in_records(tmp_path, OPEN) == [(2,)], 30)
    await asyncio.sleep(11)  # longer than the clock lets anybody take who is told
    loopback.closed = False
    await revealed(loopback, SEATS[0].channel, 1)


@pytest.mark.slow
async def test_a_reveal_whose_delivery_was_not_confirmed_is_shown_once(
    loopback: Loopback, start: Start, tmp_path: Path
) -> None:
    await start()
    await begin(loopback, SEATS[0])
    pass_time(tmp_path)
    loopback.faults = FirstOnly("cut after", times=2)
    assert await loopback.until(lambda: loopback.count("POST", f"/{SEATS[0].channel}/messages") == 3, 30)
    assert len(loopback.messages) == 1


@pytest.mark.slow
async def test_a_button_whose_acknowledgement_was_lost_opens_its_form_all_the_same(
    loopback: Loopback, start: Start
) -> None:
    await start()
    message = await begin(loopback, SEATS[0])
    loopback.faults = FirstOnly("error", times=2)
    assert "Read as (1, 2)" in await play(loopback, message, SEATS[0], "(1, 2)")


class Killed:
    """Twelve players in two servers who go on whatever happens, and a process that is killed at random moments."""

    def __init__(self, loopback: Loopback, start: Start, folder: Path, seed: int) -> None:
        self.loopback, self.start, self.folder = loopback, start, folder
        self.dice = random.Random(seed)  # noqa: S311 - the same moments in every run
        self.kills: list[float] = []
        self.rung: list[int] = []  # how many requests there were before the bell of each round

    async def begin(self) -> None:
        self.process = await self.start()
        self.messages = {seat.channel: await begin(self.loopback, seat, rounds="5") for seat in SEATS[:2]}

    async def kill_within(self, seconds: float) -> None:
        """Kill the process at a random moment of the next seconds, and start it anew."""
        moment = self.dice.uniform(0, seconds)
        await asyncio.sleep(moment)
        await kill(self.loopback, self.process)
        self.kills.append(round(moment, 2))
        self.process = await self.start()

    async def round(self, number: int) -> None:
        """Let everybody answer a round through a kill, and let the bell ring through another one."""
        await asyncio.gather(self.kill_within(2.0), *(self.persist(seat, number) for seat in SEATS))
        self.rung.append(len(self.loopback.requests))
        pass_time(self.folder)
        await self.kill_within(3.0)
        for seat in SEATS[:2]:
            self.messages[seat.channel] = await revealed(self.loopback, seat.channel, number)

    async def persist(self, seat: Seat, number: int) -> None:
        """Answer until it is confirmed."""
        confirmed = False
        while not confirmed:
            try:
                await asyncio.wait_for(self.loopback.gateway.ready.wait(), 30)
                async with asyncio.timeout(5):
                    question = await answered(
                        await self.loopback.press(self.messages[seat.channel], "My question", seat)
                    )
                    assert "gradient" in text(question.shown)
                    value = self.right_answer(seat, number) if plays_well(seat) else wrong_answer(seat, number)
                    receipt = await play(self.loopback, self.messages[seat.channel], seat, value)
                    confirmed = f"Read as {value}, sealed" in receipt
            except (TimeoutError, AssertionError, OSError, RuntimeError):
                await asyncio.sleep(0.3)

    def right_answer(self, seat: Seat, number: int) -> str:
        """Return the right answer to the question that a player has by now."""
        asked = f"""select quiz.seed, quiz_player.id from quiz_player join learner on learner.id = learner_id
            join quiz_round on quiz_round.id = round_id join quiz on quiz.id = quiz_id
            where number = {number} and key = 'discord:{seat.member}'"""  # noqa: S608 - no text from outside
        ((seed, player),) = in_records(self.folder, asked)
        return f"({', '.join(FAMILIES['grad.at'].pose(seed_of(seed, number, player), {}).answer)})"

    def shown_to_all(self, before: int) -> str:
        """Return every body that anybody in a channel could see, of so many requests."""
        public = []
        for _, path, body in self.loopback.requests[:before]:
            asked = next((self.loopback.asked[each] for each in path.split("/") if each in self.loopback.asked), None)
            if "/channels/" in path or (asked is not None and not asked.private and asked.form is None):
                public.append(json.dumps(body))
        return "\n".join(public)


def plays_well(seat: Seat) -> bool:
    return seat.member % 3 != 0


def wrong_answer(seat: Seat, number: int) -> str:
    """Return an answer that stands nowhere by chance."""
    return f"({seat.member}00{number}, 77)"


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_a_quiz_killed_at_ten_random_moments_loses_nothing_and_doubles_nothing(
    loopback: Loopback, start: Start, tmp_path: Path
) -> None:
    seed = 7
    quiz = Killed(loopback, start, tmp_path, seed)
    await quiz.begin()
    for number in range(1, 6):
        await quiz.round(number)
    told = [body["nonce"] for _, path, body in loopback.requests if "/channels/" in path and body.get("nonce")]
    print(f"\nseed {seed}: {len(quiz.kills)} kills, seconds into their stretches {quiz.kills}; {len(told)} posts")
    assert len(quiz.kills) == 10
    assert sorted(set(told)) == sorted(f"q{quiz}r{number}" for quiz in (1, 2) for number in range(1, 6))
    for seat in SEATS[:2]:
        posts = [text(each) for each in loopback.messages if each["channel"] == seat.channel]
        assert [re.findall(r"Round (\d) of 5: 4 of 6 right", each) for each in posts] == [[str(n)] for n in range(1, 6)]
    for number, before in enumerate(quiz.rung, 1):
        shown = quiz.shown_to_all(before)
        assert not [seat for seat in SEATS if wrong_answer(seat, number)[1:-1] in shown]
    assert all(wrong_answer(seat, 1)[1:-1] in shown for seat in SEATS if not plays_well(seat))
    sealed = in_records(tmp_path, "select count(*) from quiz_answer group by learner_id, round_id")
    assert sealed == [(1,)] * 60
    assert in_records(tmp_path, "select count(*), count(distinct call_id) from attempt") == [(60, 60)]
    right = "select key, sum(verdict = 'right') from attempt join learner on learner.id = learner_id group by key"
    scored = in_records(tmp_path, right)
    assert dict(scored) == {f"discord:{seat.member}": 5 * plays_well(seat) for seat in SEATS}
    async with asyncio.timeout(30):  # a reveal is noted as told after it was posted
        while in_records(tmp_path, "select count(*) from quiz_reveal where told_at is null") != [(0,)]:  # noqa: ASYNC110 - another process notes it
            await asyncio.sleep(0.1)
    assert not loopback.violations


class Slowly:
    """A question that takes half a second, and an answer that says what it was given."""

    async def mine(self, call: Call) -> Reply:
        await asyncio.sleep(0.5)
        return Reply("answered", "Round 1", (Lines(("What is it?",)),), actions=("/quiz answer 1",), about=call.about)

    async def answer(self, call: Call) -> Reply:
        return Reply("answered", "Sealed", (Lines((call.options["value"], call.about, call.id)),))

    def catalogue(self) -> Catalogue:
        value = Option("value", "your answer", required=True)
        return Catalogue([
            Command("quiz mine", "Your question.", "/quiz mine", (), self.mine, private=True),
            Command("quiz answer", "Answer it.", "/quiz answer 1", (value,), self.answer, private=True),
        ])  # fmt: skip


@pytest.fixture
def small_catalogue() -> Catalogue:
    return Slowly().catalogue()


@pytest.mark.usefixtures("client")
async def test_a_question_that_takes_long_is_shown_by_itself_with_a_button(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(slash, "FORM_WITHIN", 0.1)
        late = await answered(await loopback.press(BUTTON, "Answer", SEATS[0]))
    assert (late.kind, late.private) == (5, True)
    assert "What is it?" in text(late.shown)
    assert late.shown is not None
    assert "1/1" in await play(loopback, late.shown, SEATS[0], "42")


@pytest.mark.usefixtures("client")
async def test_two_presses_at_once_are_two_deliveries_that_are_both_answered(loopback: Loopback) -> None:
    presses = [await loopback.press(BUTTON, "Answer", seat) for seat in (SEATS[0], SEATS[0], SEATS[1])]
    forms = [await answered(each) for each in presses]
    assert [each.kind for each in forms] == [9, 9, 9]
    said = [text((await answered(await loopback.submit(each, value="42"))).shown) for each in forms]
    assert len(set(said)) == 3


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("custom_id", ["nabla:", "nabla:x:y", "nabla:quiz bell:1/1", "nabla:report:", "nabla::::"])
async def test_a_press_on_no_button_of_nablas_is_answered_in_one_private_sentence(
    loopback: Loopback, custom_id: str
) -> None:
    strange = {"components": [{"type": 1, "components": [ANSWER | {"custom_id": custom_id}]}]}
    said = await answered(await loopback.press(strange, "Answer", SEATS[0]))
    assert (said.kind, said.private) == (4, True)
    assert "earlier Nabla" in text(said.shown)


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("fields", [{}, {"other": "1"}, {"value": "x" * 4001}, {"value": " "}])
async def test_a_form_with_other_fields_is_refused_privately(loopback: Loopback, fields: dict[str, str]) -> None:
    opened = await answered(await loopback.press(BUTTON, "Answer", SEATS[0]))
    said = await answered(await loopback.submit(opened, **fields))
    assert (said.kind, said.private) == (4, True)
    assert "value" in text(said.shown) or "no option" in text(said.shown)
