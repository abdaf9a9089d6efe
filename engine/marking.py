"""Posing, marking and hinting: what the bot asks of an exercise."""

import secrets

import flint

from engine.errors import NotSupported, Refused, WrongUsage
from engine.exercises import FAMILIES, find
from engine.judging.constants import same_slopes
from engine.judging.judge import judge_value
from engine.judging.question import SEED_BITS, Question, read_question
from engine.judging.reference import read_reference
from engine.judging.results import Result
from engine.judging.sameness import METHOD, Verdict
from engine.reading import Expression, read_expression
from engine.values import Json, Marked, Posed, Seen

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_SAID = {
    "components-swapped": "Those are the right numbers in the wrong order: which component belongs to x?",
    "ascent-descent-confused": "Both signs are turned round: is this the direction up or down?",
    "point-coordinates-swapped": "Which coordinate of the point is x, and which is y?",
    "constant-term-kept": "How much does a constant change when x or y changes?",
}


def pose(family: str, seed: int, given: Json, version: int | None = None) -> Posed:
    """Return the exercise that a family poses from a seed, in its newest version unless one is named."""
    declared = FAMILIES.get(family) if version is None else find(family, version)
    if declared is None:
        raise WrongUsage(f"There are no exercises {family[:40]}.", option="family", suggestions=tuple(sorted(FAMILIES)))
    problem = declared.pose(seed, given)
    return Posed(declared.name, declared.version, seed, given, declared.concept, problem.statement, problem.type)


def mark(family: str, version: int, seed: int, given: Json, answer: str) -> Marked:
    """Return the verdict on an answer as typed.

    Refuses (at `value`), so that it costs no try, what is no answer of the kind asked for, and a rounded
    decimal where the exact value is asked for.
    """
    problem = find(family, version).pose(seed, given)
    question = read_question(problem.type, problem.variables)
    solution = f"({', '.join(problem.answer)})"
    receipt: Json = {"method": METHOD, "flint": flint.__FLINT_VERSION__, "drawn": secrets.randbits(SEED_BITS)}
    found = _judged(answer, problem.answer, question, receipt["drawn"])
    components = tuple(each for each in found.components if not isinstance(each, tuple))
    match found.outcome:
        case "right":
            return Marked("right", (f"Right: {solution}.",), components, (), solution, receipt)
        case "undecided":
            said = "I could not decide this answer surely, so it is not counted."
            return Marked("undecided", (said,), components, (), solution, receipt)
        case _:
            mistakes = tuple(name for name, slip in problem.slips if _is(answer, slip, question))
            return Marked("wrong", _feedback(components, mistakes), components, mistakes, solution, receipt)


def _judged(answer: str, right: tuple[str, ...], question: Question, drawn: int | None = None) -> Result:
    try:
        return judge_value(answer, read_reference(f"({', '.join(right)})", question), question, seed=drawn)
    except Refused as refused:
        refused.option = "value"
        raise


def see_again(family: str, version: int, seed: int, given: Json, answer: str, receipt: Json) -> Seen:
    """Return the verdict on an answer once more, with the draws of its receipt, and what was seen for it.

    Refuses (NotSupported) a receipt of an older way of judging, whose draws mean nothing now.
    """
    if receipt.get("method") != METHOD:
        raise NotSupported("That answer was judged in an older way, which is not here any more; its verdict stands.")
    problem = find(family, version).pose(seed, given)
    found = _judged(answer, problem.answer, read_question(problem.type, problem.variables), receipt["drawn"])
    lines = tuple(f"The {name} part: {_seen(part)}" for name, part in zip(_ORDINALS, found.parts, strict=False))
    return Seen(found.outcome, lines, tuple(part.receipt for part in found.parts))


def _seen(part: Verdict) -> str:
    match part.outcome, part.strength:
        case "right", "identical":
            return "proven to be what is asked for."
        case "right", _:
            return "agrees wherever I looked."
        case "wrong", _:
            return "proven to be something else."
        case _:
            return part.why


def _is(answer: str, slip: tuple[str, ...], question: Question) -> bool:
    """Tell whether an answer is what a mistake gives; a rounded one is none."""
    try:
        return _judged(answer, slip, question).outcome == "right"
    except Refused:
        return False


def _feedback(components: tuple[bool | None, ...], mistakes: tuple[str, ...]) -> tuple[str, ...]:
    """Say which components are right, and ask about the mistake that explains the rest."""
    right = [name for name, found in zip(_ORDINALS, components, strict=False) if found]
    said = f"Not yet: the {' and the '.join(right)} component is right." if right else "Not yet: no component is right."
    return (said, *(_SAID[name] for name in mistakes[:1]))


def is_about(family: str, version: int, seed: int, given: Json, f: Expression) -> bool:
    """Tell whether an exercise is about this very function, up to a constant: so its answer would be given away."""
    problem = find(family, version).pose(seed, given)
    return same_slopes(f, read_expression(problem.function))


def hint(family: str, version: int, seed: int, given: Json, number: int) -> str:
    """Return the hint of that number, from 1; beyond the last one, the last."""
    hints = find(family, version).pose(seed, given).hints
    return hints[min(number, len(hints)) - 1]
