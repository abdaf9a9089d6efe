"""What players of a quiz are shown: before the bell nothing about right and wrong, after it everything."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.commands.wording import counted, named_too
from bot.learning.quiz import ANSWERS_PER_ROUND
from bot.store.quiz_values import OpenRound, Quiz, Reveal, RevealedAnswer, SealedAnswer
from bot.talk import Block, Lines, Reply, Table
from engine.exercises import FAMILIES

_SIGNS = {"right": "✓", "wrong": "✗", "undecided": "?"}
_TAKE_PART = ("/quiz answer (1, 2)", "/quiz mine")
GONE = "Nabla was brought up to date, and the questions of this quiz are not here any more. This round does not count."


def about(quiz: Quiz, number: int) -> str:
    """Return the key of a round."""
    return f"{quiz.id}/{number}"


def started(quiz: Quiz) -> Reply:
    """Return what a place is told when a quiz begins."""
    rounds = f"{counted(quiz.rounds, 'round')} of {quiz.seconds} s"
    said = (
        f"{rounds}; the first one runs." if quiz.rounds > 1 else f"{rounds}; it runs.",
        "Everybody gets their own numbers: /quiz mine shows you your question; answers stay sealed until the bell.",
    )
    return Reply(
        outcome="answered",
        title=f"Quiz: {FAMILIES[quiz.family].title}",
        blocks=(Lines(said),),
        data={"quiz": quiz.id, "concept": quiz.concept, "family": quiz.family, "round": 1}
        | {"rounds": quiz.rounds, "seconds": quiz.seconds},
        actions=_TAKE_PART,
        about=about(quiz, 1),
    )


def question(running: OpenRound, statement: str, kind: str) -> Reply:
    """Return a player's own question, and what the player has answered so far."""
    left, given = max(0, round(running.seconds_left)), running.answers
    said = tuple(f"Answer {each.number}, sealed: {each.read_as}" for each in given)
    return Reply(
        outcome="answered",
        title=f"Round {running.number} of {running.quiz.rounds}: {left} s left",
        blocks=(Lines(tuple(statement.split("\n"))), *((Lines(said),) if said else ())),
        data={"quiz": running.quiz.id, "round": running.number, "statement": statement, "type": kind}
        | {"seconds_left": left, "answers": [each.read_as for each in given]},
        actions=("/quiz answer (1, 2)",) if len(given) < ANSWERS_PER_ROUND else (),
        about=about(running.quiz, running.number),
    )


def confirmed(stands: SealedAnswer, text: str) -> Reply:
    """Return the receipt of an answer: how it was read, and nothing about whether it is right."""
    left = ANSWERS_PER_ROUND - stands.number
    # Only from the second round on is it sure that there are several to tell apart.
    bell = f"the bell of round {stands.round_number}" if stands.round_number > 1 else "the bell"
    said = [f"Read as {stands.read_as}, sealed until {bell}."]
    if stands.answer.strip() != text.strip():
        said.append("Another answer of yours came first; this one does not count.")
    said.append("You may change it once." if left else "It cannot be changed any more.")
    data = {"round": stands.round_number, "answer": stands.number, "read_as": stands.read_as, "changes_left": left}
    return Reply("answered", "Sealed", (Lines(tuple(said)),), data, actions=("/quiz mine",))


def revealed(reveal: Reveal, names: Mapping[str, str], choosers: Collection[str]) -> Reply:
    """Return a closed round: who was right, each one's right answer, and what follows.

    names: by learner; choosers: those of them who chose theirs.
    """
    named = named_too(names, choosers)
    right, answered = sum(each.verdict == "right" for each in reveal.answers), len(reveal.answers)
    return Reply(
        outcome="answered",
        title=f"Round {reveal.number} of {reveal.quiz.rounds}: "
        + (f"{right} of {answered} right" if reveal.counts else "it does not count"),
        blocks=(
            _answers(reveal.answers, names, named) if reveal.counts else Lines((GONE,)),
            *_what_follows(reveal, names, named),
        ),
        data={
            "quiz": reveal.quiz.id,
            "round": reveal.number,
            "rounds": reveal.quiz.rounds,
            "right": right,
            "answered": answered,
            "answers": [
                {"who": each.learner, "name": names[each.learner], "read_as": each.read_as, "verdict": each.verdict}
                | {"right_answer": each.right_answer}
                for each in reveal.answers
            ],
            "standings": [
                {"rank": each.rank, "who": each.learner, "name": names[each.learner]}
                | {"right": each.right, "answered": each.answered}
                for each in reveal.standings
            ],
            "counts": reveal.counts,
            "ended": reveal.is_last,
            "repeated": not reveal.first,
        },
        actions=("/quiz start",) if reveal.runs is None else _TAKE_PART,
        about="" if reveal.runs is None else about(reveal.quiz, reveal.runs),
    )


def stopped(reveal: Reveal, shown: Reply) -> Reply:
    """Return what is said at a stop where the reveal, given as it will be shown, follows by itself."""
    said = Lines((f"Round {reveal.number} is closed; what came out is shown here in a moment.",))
    return replace(shown, title="The quiz is over", blocks=(said,))


def _answers(answers: tuple[RevealedAnswer, ...], names: Mapping[str, str], named: frozenset[str]) -> Block:
    if not answers:
        return Lines(("Nobody answered.",))
    rows = tuple((_SIGNS[each.verdict], names[each.learner], each.read_as, _else_right(each)) for each in answers)
    return Table(("", "who", "answer", "right answer"), rows, tuple(each.learner for each in answers), named)


def _else_right(answer: RevealedAnswer) -> str:
    """Return the right answer where it is not what was answered, letter by letter."""
    return "" if answer.right_answer in {None, answer.read_as} else str(answer.right_answer)


def _what_follows(reveal: Reveal, names: Mapping[str, str], named: frozenset[str]) -> tuple[Block, ...]:
    if reveal.quiz.running:
        return (
            Lines(
                (
                    "",
                    f"The quiz goes on, {reveal.quiz.seconds} s a round: /quiz mine shows you your question.",
                )
            ),
        )
    if not reveal.is_last:
        return ()
    rows = tuple((str(each.rank), names[each.learner], f"{each.right} of {each.answered}") for each in reveal.standings)
    people = tuple(each.learner for each in reveal.standings)
    table = Table(("rank", "who", "right"), rows, people, named)
    return (Lines(("", "The quiz is over.")), *((table,) if rows else ()))
