"""Is an answer what was wanted of a function: the verdict, and the mistake that explains a wrong one."""

import contextlib
from fractions import Fraction

from engine.answering.place import Place
from engine.answering.wanted import WANTS, Asked, Wanted
from engine.building import build, unbuild
from engine.calculus.signs import sign
from engine.errors import NotSupported, Refused, WrongUsage
from engine.judging.judge import judge_value
from engine.judging.question import Question, Tolerance
from engine.judging.results import Result
from engine.reading import Point, kinds
from engine.reading.tree import Name, Node

# A decimal that is rounded rightly is as good as the exact number here: nobody is asked for a form.
_TOLERANCE = Tolerance("rounded", Fraction(3))
_LATER = {"behaviour", "chain", "loss", "optimum"}


def wanted(want: str, asked: Asked) -> Wanted:
    """Return the right answer; refuses (WrongUsage, NotSupported) a want that is none, or not yet."""
    if want in _LATER:
        raise NotSupported(f"I do not check {want} yet.", option="want", suggestions=tuple(WANTS))
    if want not in WANTS:
        raise WrongUsage("There is no such thing to check.", option="want", suggestions=tuple(WANTS))
    return WANTS[want](asked)


def check(want: str, answer: str, asked: Asked) -> tuple[Result, tuple[str, ...]]:
    """Return the verdict on an answer and the ids of the mistakes that explain it."""
    right = wanted(want, asked)
    question = Question(right.kind, asked.scalar.names, tolerance=_TOLERANCE)
    found = _judged(want, answer, right, question)
    for other in right.also:
        if found.outcome == "wrong" and _is(answer, other, question):
            return Result("right", "identical", (), "The test says nothing more here."), ()
    if not right.certain:
        found = _open(answer, found, question, asked)
    return found, _mistakes(want, answer, asked, question) if found.outcome == "wrong" else ()


def _is(answer: str, other: kinds.Shape, question: Question) -> bool:
    try:
        return judge_value(answer, other, question).outcome == "right"
    except Refused:
        return False


def _judged(want: str, answer: str, right: Wanted, question: Question) -> Result:
    try:
        return judge_value(answer, right.value, question)
    except Refused:
        if want != "tangent" or "=" not in answer or "z" in question.variables:
            raise
        if not isinstance(right.value, kinds.Expression):
            raise
        # A tangent plane may be given as an equation in any order of its terms.
        plane = kinds.Relation("", Name("z"), "=", right.value.tree)
        as_relation = Question("relation", (*question.variables, "z"), tolerance=question.tolerance)
        return judge_value(answer, plane, as_relation)


def _open(answer: str, found: Result, question: Question, asked: Asked) -> Result:
    """Return the verdict on a list of points where those found are not proven to be all."""
    why = "I could not prove which points there are, so I leave this open."
    if found.outcome == "right":
        return Result("undecided", None, found.components, why)
    if found.outcome != "wrong" or "missing" in found.why:
        return found
    read = kinds.read(answer, "points", question.variables, len(question.variables))
    listed = read.points if isinstance(read, kinds.Points) else ()
    pairs = zip(found.components, listed, strict=True)
    if any(right is False and _is_critical(point, asked) is False for right, point in pairs):
        return found
    return Result("undecided", None, found.components, why)


def _is_critical(point: tuple[Node, ...], asked: Asked) -> bool | None:
    values = dict(zip(asked.scalar.symbols, map(build, point), strict=True))
    signs = [sign(each.xreplace(values)) for each in asked.partials]
    if any(signs):
        return False
    return None if None in signs else True


def _mistakes(want: str, answer: str, asked: Asked, question: Question) -> tuple[str, ...]:
    """Return the mistakes that give just this answer; known so far for gradients at points of two variables."""
    if want != "gradient" or asked.place is None or len(asked.scalar.names) != 2:
        return ()
    first, second = asked.place.every(asked.partials)
    slips = {"components-swapped": (second, first), "ascent-descent-confused": (-first, -second)}
    turned = Point("", tuple(unbuild(each) for each in asked.place.coordinates[::-1]), asked.scalar.names)
    # Turned round, the point may lie outside of the domain.
    with contextlib.suppress(Refused):
        slips["point-coordinates-swapped"] = Place.of(asked.scalar, turned).every(asked.partials)
    return tuple(
        name for name, slip in slips.items() if _is(answer, kinds.Vector("", tuple(map(unbuild, slip))), question)
    )
