"""The conversations that docs/conversations.md shows: who types what. What comes back is Nabla's own."""

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.talk import Outcome, Reply, Theme
from engine.exercises import Problem
from tests.loopback.payloads import DM_CHANNEL, Seat
from tests.screens.page import page
from tests.screens.stage import Person, Stage, on_stage

NAMES = {"5001": "Ann", "5002": "Ben", "5003": "Cleo", "5009": "Ms Diaz"}
BOTH: tuple[Theme, ...] = ("dark", "light")

_MANAGES = 0x20
_GRADIENT = {"f": "x^2 y + sin(x)", "at": "1,2"}


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation to be drawn.

    outcomes: of its calls in order, what opens a form counted and what prepares it left out.
    shows:    what must be read in it, so that it shows what it is there for.
    themes:   in which it is drawn; width in CSS pixels.
    """

    name: str
    play: Callable[[Stage], Awaitable[object]]
    outcomes: tuple[Outcome, ...]
    shows: tuple[str, ...]
    themes: tuple[Theme, ...] = BOTH
    width: int = 560

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its pictures."""
        return tuple(f"{self.name}-{theme}.png" for theme in self.themes)


@dataclass(frozen=True, slots=True)
class Played:
    """A conversation as it went: its page, and what Nabla said."""

    conversation: Conversation
    html: str
    outcomes: tuple[Outcome, ...]
    replies: tuple[Reply, ...]


async def play_all(theme: Theme) -> list[Played]:
    """Play every conversation from the beginning, one after the other on one stage."""
    with tempfile.TemporaryDirectory() as folder:
        async with on_stage(Path(folder), theme, NAMES) as stage:
            return [await _played(each, stage) for each in CONVERSATIONS]


async def _played(conversation: Conversation, stage: Stage) -> Played:
    stage.clear()
    await conversation.play(stage)
    html = page(stage.scenes, NAMES, stage.theme, conversation.width)
    return Played(conversation, html, tuple(stage.outcomes), tuple(stage.replies))


def _right(problem: Problem) -> str:
    return f"({', '.join(problem.answer)})"


def _swapped(problem: Problem) -> str:
    return f"({', '.join(reversed(problem.answer))})"


def _ann(stage: Stage) -> Person:
    return Person(stage, "Ann", Seat(5001))


def _ann_alone(stage: Stage) -> Person:
    return Person(stage, "Ann", Seat(5001, None, DM_CHANNEL))


def _ben(stage: Stage) -> Person:
    return Person(stage, "Ben", Seat(5002))


def _cleo(stage: Stage) -> Person:
    return Person(stage, "Cleo", Seat(5003))


def _instructor(stage: Stage) -> Person:
    return Person(stage, "Ms Diaz", Seat(5009, permissions=_MANAGES))


async def _gradient(stage: Stage) -> None:
    await _ann(stage).types("grad", **_GRADIENT)


async def _refusal(stage: Stage) -> None:
    await _ann(stage).types("grad", f="2x^2 + 3*sin(x y", at="1,2")
    await _ann(stage).types("grad", f="x^2 + y^2 + z", at="1,2")
    await _ann(stage).types("grad", f="ln(x - y)", at="1,2")


async def _practice(stage: Stage) -> None:
    ann = _ann_alone(stage)
    posed = await ann.types("practice", family="grad.at", seed="5")
    wrong = await ann.fills(posed, "Answer", _swapped)
    hint = await ann.presses(wrong, "Hint")
    await ann.fills(hint, "Answer", _right, shown=False)


async def _quiz(stage: Stage) -> None:
    quiz = await _instructor(stage).types("quiz start", concept="grad.eval", rounds="1")
    await _ann(stage).fills(quiz, "Answer", _right)
    stage.remark("Ben and Cleo get the same form with numbers of their own.")
    await _ben(stage).fills(quiz, "Answer", _right, shown=False)
    await _cleo(stage).fills(quiz, "Answer", _swapped, shown=False)
    stage.remark("The time of the round is over.")
    await stage.bell()


async def _report(stage: Stage) -> None:
    for person, seed, answers in (
        (_ann(stage), "3", ("(-14, 15)",)),
        (_ben(stage), "2", ("(-60, -26)", "(-26, -60)")),
        (_cleo(stage), "6", ("(3, 2)", "(3, 1)")),
    ):
        await person.types("practice", family="grad.at", seed=seed)
        for answer in answers:
            await person.types("answer", value=answer)
        stage.moments.go_on(minutes=9)
    stage.clear()
    await _instructor(stage).types("report")


async def _privacy(stage: Stage) -> None:
    await _ann(stage).types("privacy")


async def _help(stage: Stage) -> None:
    await _ann(stage).types("help")


async def _terminal(stage: Stage) -> None:
    given = " ".join(f"{name}={value}" for name, value in _GRADIENT.items())
    practising = ("/practice family=grad.at seed=5", "/answer (14, 15)", "/hint")
    await stage.terminal(f"/grad {given}", "/grad f=x^2 + y) at=1,2", *practising)


async def _phone(stage: Stage) -> None:
    await _ann_alone(stage).types("critical", f="x^3-3xy+y^3")


CONVERSATIONS = (
    Conversation("gradient", _gradient, ("answered",), ("∇f(1, 2) = (4 + cos(1), 1)",)),
    Conversation("refusal", _refusal, ("refused",) * 3, ("^", "Try: /grad", "only Ann can see this"), ("light",)),
    Conversation("practice", _practice, ("answered",) * 6, ("Submit", "wrong order", "Hint 1", "Next exercise")),
    Conversation("quiz", _quiz, ("answered",) * 7, ("only Ben can see this", "only Cleo can see this", "2 of 3 right")),
    Conversation("report", _report, ("answered",), ("report.csv", "2026-03-02")),
    Conversation("privacy", _privacy, ("answered",), ("What is not kept",), ("dark",)),
    Conversation("help", _help, ("answered",), ("/hessian",), ("light",)),
    Conversation(
        "terminal", _terminal, ("answered", "refused", *("answered",) * 3), ("nabla/pictures/20260302-", "^"), width=620
    ),
    Conversation("phone", _phone, ("answered",), ("saddle point",), ("dark",), 375),
)
