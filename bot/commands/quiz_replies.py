"""What players of a quiz are shown: before the bell nothing about right and wrong, after it everything."""

from bot.learning.quiz import ANSWERS_PER_ROUND
from bot.store.values import OpenRound, Quiz, Reveal, RevealedAnswer, SealedAnswer
from bot.talk import Block, Lines, Reply, Table
from engine.exercises import FAMILIES

_SIGNS = {"right": "✓", "wrong": "✗", "undecided": "?"}
_TAKE_PART = ("/quiz answer (1, 2)", "/quiz mine")


def name_of(learner: str) -> str:
    """Return what a learner is called before others."""
    return learner


def about(quiz: Quiz, number: int) -> str:
    """Return the key of a round."""
    return f"{quiz.id}/{number}"


def started(quiz: Quiz) -> Reply:
    """Return what a place is told when a quiz begins."""
    said = (
        f"{quiz.rounds} round{'s' * (quiz.rounds > 1)} of {quiz.seconds} s; the first one runs.",
        "Everybody gets own numbers: /quiz mine shows you your question; answers stay sealed until the bell.",
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
    said = [f"Read as {stands.read_as}, sealed until the bell of round {stands.round_number}."]
    if stands.answer.strip() != text.strip():
        said.append("Another answer of yours came first; this one does not count.")
    said.append("You may change it once." if left else "It cannot be changed any more.")
    data = {"round": stands.round_number, "answer": stands.number, "read_as": stands.read_as, "changes_left": left}
    return Reply("answered", "Sealed", (Lines(tuple(said)),), data, actions=("/quiz mine",))


def revealed(reveal: Reveal) -> Reply:
    """Return a closed round: who was right, each one's right answer, and what follows."""
    right, answered = sum(each.verdict == "right" for each in reveal.answers), len(reveal.answers)
    return Reply(
        outcome="answered",
        title=f"Round {reveal.number} of {reveal.quiz.rounds}: {right} of {answered} right",
        blocks=(_answers(reveal.answers), *_what_follows(reveal)),
        data={
            "quiz": reveal.quiz.id,
            "round": reveal.number,
            "rounds": reveal.quiz.rounds,
            "right": right,
            "answered": answered,
            "answers": [
                {"who": name_of(each.learner), "read_as": each.read_as, "verdict": each.verdict}
                | {"right_answer": each.right_answer}
                for each in reveal.answers
            ],
            "standings": [
                {"rank": each.rank, "who": name_of(each.learner), "right": each.right, "answered": each.answered}
                for each in reveal.standings
            ],
            "ended": reveal.is_last,
            "repeated": not reveal.first,
        },
        actions=_TAKE_PART if reveal.quiz.running else ("/quiz start",),
        about=about(reveal.quiz, reveal.number + 1) if reveal.quiz.running else "",
    )


def _answers(answers: tuple[RevealedAnswer, ...]) -> Block:
    if not answers:
        return Lines(("Nobody answered.",))
    rows = tuple(
        (name_of(each.learner), _SIGNS[each.verdict], each.read_as, each.right_answer or "") for each in answers
    )
    return Table(("who", "", "answer", "right answer"), rows)


def _what_follows(reveal: Reveal) -> tuple[Block, ...]:
    if reveal.quiz.running:
        return (Lines((f"The quiz goes on, {reveal.quiz.seconds} s a round: /quiz mine shows you your question.",)),)
    if not reveal.is_last:
        return ()
    rows = tuple(
        (str(each.rank), name_of(each.learner), str(each.right), str(each.answered)) for each in reveal.standings
    )
    return (Lines(("The quiz is over.",)), *((Table(("", "who", "right", "answered"), rows),) if rows else ()))
