"""Posing, marking and hinting: what the bot asks of an exercise."""

from engine.errors import Refused, WrongUsage
from engine.exercises import FAMILIES, find
from engine.judging import vectors
from engine.judging.functions import same_slopes
from engine.reading import Expression, read_expression
from engine.reading.forms import read_entries
from engine.values import Json, Marked, Posed

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_SAID = {
    "components-swapped": "Those are the right numbers in the wrong order: which component belongs to x?",
    "ascent-descent-confused": "Both signs are turned round: is this the direction up or down?",
    "point-coordinates-swapped": "Which coordinate of the point is x, and which is y?",
    "constant-term-kept": "How much does a constant change when x or y changes?",
}


def pose(family: str, seed: int, given: Json) -> Posed:
    """Return the exercise that a family poses from a seed, in the family's newest version."""
    declared = FAMILIES.get(family)
    if declared is None:
        raise WrongUsage(f"There are no exercises {family[:40]}.", option="family", suggestions=tuple(sorted(FAMILIES)))
    problem = declared.pose(seed, given)
    return Posed(declared.name, declared.version, seed, given, declared.concept, problem.statement, problem.type)


def mark(family: str, version: int, seed: int, given: Json, answer: str) -> Marked:
    """Return the verdict on an answer as typed; refuses (at `value`) what cannot be read as an answer."""
    problem = find(family, version).pose(seed, given)
    reference = [read_expression(each).tree for each in problem.answer]
    solution = f"({', '.join(problem.answer)})"
    try:
        components = vectors.judge(read_entries(answer, problem.variables), reference)
    except Refused as refused:
        raise refused.at_option("value") from None
    if None in components:
        return Marked(
            "undecided", ("I could not decide this answer surely, so it is not counted.",), components, (), solution
        )
    if all(components):
        return Marked("right", (f"Right: {solution}.",), components, (), solution)
    mistakes = tuple(name for name, slip in problem.slips if _is(answer, slip, problem.variables))
    return Marked("wrong", _feedback(components, mistakes), components, mistakes, solution)


def _is(answer: str, slip: tuple[str, ...], variables: tuple[str, ...]) -> bool:
    return all(vectors.judge(read_entries(answer, variables), [read_expression(each).tree for each in slip]))


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
