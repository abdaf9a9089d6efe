"""Any order of calls, deliveries repeated at will, against a model in plain Python."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.store.database import Database
from bot.store.migrations import migrate
from bot.store.progress import Progress
from bot.store.values import NewAttempt, Verdict
from engine.errors import NoExercise, WrongUsage
from engine.values import Posed

pytestmark = pytest.mark.slow

T = TypeVar("T")

LEARNERS = st.sampled_from(["discord:1", "local:ann"])
CALLS = st.integers(0, 7).map("call-{}".format)
VERDICTS = st.sampled_from(["right", "wrong", "undecided"])


@dataclass
class Exercise:
    id: int
    learner: str
    seed: int
    state: str = "open"
    ended_by: str = ""
    hints: int = 0
    verdicts: list[str] = field(default_factory=list)

    def end(self, state: str, call: str) -> None:
        self.state, self.ended_by = state, call


class ProgressMachine(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        url = f"sqlite+aiosqlite:///{self.folder / 'nabla.db'}"
        migrate(url, backup=False)
        self.runner = asyncio.Runner()
        self.database = Database(url)
        self.progress = Progress(self.database)
        self.exercises: list[Exercise] = []
        self.poses: dict[str, Exercise] = {}
        self.attempts: dict[str, tuple[Exercise, int, str]] = {}
        self.hints: dict[str, int] = {}

    def teardown(self) -> None:
        self.run(self.database.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def run(self, call: Coroutine[Any, Any, T]) -> T | type[Exception]:
        try:
            return self.runner.run(call)
        except (NoExercise, WrongUsage) as refusal:
            return type(refusal)

    def open(self, learner: str) -> Exercise | None:
        return next((each for each in self.exercises if each.learner == learner and each.state == "open"), None)

    @rule(call=CALLS, learner=LEARNERS, seed=st.integers(-(2**63), 2**63 - 1))
    def pose(self, call: str, learner: str, seed: int) -> None:
        got = self.run(self.progress.pose(call, learner, "local", Posed("f", 1, seed, {}, "c", "", "vector")))
        first = self.poses.get(call)
        if first is not None and first.learner != learner:
            assert got is WrongUsage
            return
        assert not isinstance(got, type)
        if first is None:
            replaced = self.open(learner)
            if replaced is not None:
                replaced.end("replaced", call)
            first = self.poses[call] = Exercise(got.id, learner, seed)
            self.exercises.append(first)
        assert (got.id, got.learner, got.seed) == (first.id, first.learner, first.seed)

    @precondition(lambda self: self.exercises)
    @rule(call=CALLS, learner=LEARNERS, data=st.data(), verdict=VERDICTS)
    def record(self, call: str, learner: str, data: st.DataObject, verdict: Verdict) -> None:
        exercise = data.draw(st.sampled_from(self.exercises))
        number = data.draw(st.integers(1, len(exercise.verdicts) + 1))
        got = self.run(self.progress.record(NewAttempt(call, exercise.id, learner, number, "2x", verdict)))
        expected = self.expected(call, exercise, learner, number)
        if isinstance(expected, type):
            assert got is expected
            return
        if expected == "recorded":
            exercise.verdicts.append(verdict)
            self.attempts[call] = (exercise, number, verdict)
            if verdict == "right":
                exercise.end("solved", call)
        assert not isinstance(got, type)
        exercise = self.attempts[call][0] if expected == "repeated" else exercise
        assert got.outcome == expected
        assert (got.exercise_id, got.exercise_state, got.tries) == (
            exercise.id,
            exercise.state,
            len(exercise.verdicts),
        )
        recorded = {
            "closed": (None, None),
            "repeated": self.attempts.get(call, ())[1:],
        }.get(expected) or (number, exercise.verdicts[number - 1])
        assert (got.try_number, got.verdict) == recorded

    def expected(self, call: str, exercise: Exercise, learner: str, number: int) -> str | type[Exception]:
        if call in self.attempts:
            return "repeated" if self.attempts[call][0].learner == learner else WrongUsage
        if exercise.learner != learner:
            return NoExercise
        if number <= len(exercise.verdicts):
            return "already tried"
        return "recorded" if exercise.state == "open" else "closed"

    @precondition(lambda self: self.exercises)
    @rule(call=CALLS, data=st.data())
    def take_hint(self, call: str, data: st.DataObject) -> None:
        exercise = data.draw(st.sampled_from(self.exercises))
        got = self.run(self.progress.take_hint(call, exercise.id))
        if call not in self.hints and exercise.state == "open":
            exercise.hints += 1
            self.hints[call] = exercise.hints
        assert got == self.hints.get(call, NoExercise)

    @precondition(lambda self: self.exercises)
    @rule(call=CALLS, data=st.data())
    def give_up(self, call: str, data: st.DataObject) -> None:
        exercise = data.draw(st.sampled_from(self.exercises))
        got = self.run(self.progress.give_up(call, exercise.id))
        if exercise.state == "open":
            exercise.end("given up", call)
        assert got == (exercise.state == "given up" and exercise.ended_by == call)

    @invariant()
    def the_open_exercises_agree(self) -> None:
        for learner in ("discord:1", "local:ann"):
            got, expected = self.run(self.progress.open_exercise(learner)), self.open(learner)
            assert not isinstance(got, type)
            assert (got is None) == (expected is None)
            if got is not None and expected is not None:
                assert (got.id, got.tries, got.hints) == (expected.id, len(expected.verdicts), expected.hints)

    @invariant()
    def the_summaries_agree(self) -> None:
        for learner in ("discord:1", "local:ann"):
            got = self.run(self.progress.summary(learner))
            assert not isinstance(got, type)
            mine = [each for each in self.exercises if each.learner == learner]
            verdicts = [verdict for each in mine for verdict in each.verdicts]
            assert (got.posed, got.attempts, got.right) == (len(mine), len(verdicts), verdicts.count("right"))
            assert got.solved == sum(each.state == "solved" for each in mine)
            assert got.hints == sum(each.hints for each in mine)


TestProgressAgainstItsModel = ProgressMachine.TestCase
TestProgressAgainstItsModel.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, derandomize=True, database=None
)
