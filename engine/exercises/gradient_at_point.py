"""Exercises: the gradient of a polynomial at a point, all numbers whole."""

from engine.exercises.family import Problem, family
from engine.exercises.seeded import Draw
from engine.values import Json

Term = tuple[int, int, int]  # coefficient, power of x, power of y
_SHAPES: tuple[tuple[tuple[int, int], ...], ...] = (
    ((2, 0), (1, 1), (0, 2)),
    ((2, 1), (0, 2), (1, 0)),
    ((3, 0), (1, 2), (0, 1)),
    ((1, 1), (2, 0), (0, 1), (0, 0)),
    ((2, 0), (1, 2), (0, 0)),
)
_COEFFICIENTS = (-5, -4, -3, -2, 2, 3, 4, 5, 1, -1)
_COORDINATES = (-3, -2, -1, 1, 2, 3)
_LARGEST = 60


@family("grad.at", concept="grad.eval", version=1, title="gradient at a point")
def gradient_at_point(seed: int, given: Json) -> Problem:  # noqa: ARG001 - nothing is typed in this family
    """Return a problem whose answer is a pair of whole numbers, told apart from every likely slip.

    Drawn again until both components are nonzero, unlike each other and at most 60 in size, and no
    slip of the list gives the right answer.
    """
    draw = Draw(seed)
    while True:
        shape = draw.among(_SHAPES)
        terms = tuple((draw.among(_COEFFICIENTS), i, j) for i, j in shape)
        at = (draw.among(_COORDINATES), draw.among(_COORDINATES))
        problem = _problem(terms, at)
        if problem is not None:
            return problem


def _problem(terms: tuple[Term, ...], at: tuple[int, int]) -> Problem | None:
    by_x, by_y = _derived(terms, 0), _derived(terms, 1)
    answer = (_value(by_x, at), _value(by_y, at))
    slips = {
        "components-swapped": answer[::-1],
        "ascent-descent-confused": (-answer[0], -answer[1]),
        "point-coordinates-swapped": (_value(by_x, at[::-1]), _value(by_y, at[::-1])),
        "constant-term-kept": tuple(each + sum(c for c, i, j in terms if i == j == 0) for each in answer),
    }
    if 0 in answer or abs(answer[0]) == abs(answer[1]) or max(map(abs, answer)) > _LARGEST:
        return None
    wrong = {name: slip for name, slip in slips.items() if slip != answer}
    if {"components-swapped", "ascent-descent-confused"} - set(wrong):
        return None
    point = f"({at[0]}, {at[1]})"
    return Problem(
        statement=f"f(x, y) = {_written(terms)}\nWhat is the gradient of f at {point}? Answer with a vector.",
        function=f"f(x, y) = {_written(terms)}",
        type="vector",
        variables=("x", "y"),
        answer=(str(answer[0]), str(answer[1])),
        slips=tuple((name, (str(slip[0]), str(slip[1]))) for name, slip in wrong.items()),
        hints=(
            "The gradient has two components: by x with y held fixed, and by y with x held fixed.",
            f"By x, with y held fixed, the derivative is {_written(by_x)}. The one by y goes the same way.",
            f"By y it is {_written(by_y)}. Now put x = {at[0]} and y = {at[1]} into both.",
            f"The first component is {answer[0]}.",
        ),
    )


def _derived(terms: tuple[Term, ...], by: int) -> tuple[Term, ...]:
    found = []
    for coefficient, i, j in terms:
        power = (i, j)[by]
        if power:
            found.append((coefficient * power, i - (by == 0), j - (by == 1)))
    return tuple(found)


def _value(terms: tuple[Term, ...], at: tuple[int, int]) -> int:
    return sum(coefficient * at[0] ** i * at[1] ** j for coefficient, i, j in terms)


def _written(terms: tuple[Term, ...]) -> str:
    """Return the polynomial as a person writes it; this spelling is part of the family's version."""
    text = ""
    for coefficient, i, j in terms:
        sign = (" - " if coefficient < 0 else " + ") if text else ("-" if coefficient < 0 else "")
        size = abs(coefficient)
        letters = _power("x", i) + _power("y", j)
        text += sign + (str(size) if size != 1 or not letters else "") + letters
    return text


def _power(letter: str, power: int) -> str:
    return {0: "", 1: letter, 2: letter + "²", 3: letter + "³"}[power]
