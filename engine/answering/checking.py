"""Is an answer what was wanted of a function: the verdict, and the mistake that explains a wrong one."""

import contextlib
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from flint import arb

from engine.answering.asked import Asked, Wanted
from engine.answering.chain_options import put_in
from engine.answering.place import Place
from engine.answering.wanted import WANTS
from engine.building import unbuild
from engine.calculus.balls import NoValueError, OpenError, ball, side
from engine.errors import NotSupported, Refused
from engine.judging.enclosures import enclose
from engine.judging.judge import compared, judge_value
from engine.judging.question import SEED_BITS, Question, Tolerance, seeds_from
from engine.judging.results import Result
from engine.reading import Point, bounds, kinds
from engine.reading.tree import Name, Node, names_in

# A decimal that is rounded rightly is as good as the exact number here: nobody is asked for a form.
_TOLERANCE = Tolerance("rounded", Fraction(3))
_BITS = 128
_NOT_ALL = "I could not prove which points there are, so I leave this open."
_BOUND = re.compile(r"\s*(?:0\s*<\s*)?[^\W\d]+\s*<(?![=<])([^<>=]+)")


def check(answer: str, asked: Asked) -> tuple[Result, tuple[str, ...]]:
    """Return the verdict on an answer and the ids of the mistakes that explain it."""
    want = asked.options.want
    right = WANTS[want](asked)
    question = Question(right.kind, asked.scalar.names, tolerance=_TOLERANCE)
    found = _judged(want, answer, right, question)
    for other in right.also:
        if found.outcome == "wrong" and _is(answer, other, question):
            return Result("right", "identical", (), right.also_why), ()
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
        return _put_back(answer, right, question) or judge_value(answer, right.right, question)
    except Refused:
        found = _OTHERWISE[want](answer, right, question) if want in _OTHERWISE else None
        if found is None:
            raise
        return found


def _as_plane(answer: str, right: Wanted, question: Question) -> Result | None:
    """Return the verdict on a tangent given as an equation, in any order of its terms."""
    read = _read(answer, "relation", question)
    if not isinstance(read, kinds.Relation) or not isinstance(right.right, kinds.Expression):
        return None
    height = (names_in(read.left) | names_in(read.right)) - set(question.variables)
    if len(height) != 1:
        return None
    (name,) = height
    plane = kinds.Relation("", Name(name), "=", right.right.tree)
    return judge_value(answer, plane, Question("relation", (*question.variables, name), tolerance=question.tolerance))


def _as_labels(answer: str, right: Wanted, question: Question) -> Result | None:
    """Return the verdict on points that come with what they are: saddle at (0,0); min at (1,1)."""
    if not right.labelled or _read(answer, "label at point", question) is None:
        return None
    asked = Question("label at point", question.variables, tolerance=question.tolerance)
    found = [judge_value(answer, each, asked) for each in right.labelled]
    best = next((each for outcome in ("right", "undecided") for each in found if each.outcome == outcome), found[0])
    if best.outcome == "wrong" and not right.certain:
        return Result("undecided", None, best.components, _NOT_ALL)
    return best


def _as_bound(answer: str, right: Wanted, question: Question) -> Result | None:
    """Return the verdict on a limit given as what a rate must stay below: 0 < lr < 0.4."""
    found = _BOUND.fullmatch(answer)
    if found is None:
        return None
    # Blanks in its place keep the spans of a refusal right.
    return judge_value(" " * found.start(1) + found[1], right.right, question)


def _as_value(answer: str, right: Wanted, question: Question) -> Result | None:
    """Return the verdict on an optimum given by its value; wrong where there is none.

    Refuses (NotSupported) points where only the value is known.
    """
    if right.kind == "number" and _read(answer, "points", question) is not None:
        why = "Its places are infinitely many, or not proven to be all, so I check the value only."
        raise NotSupported(why, option="answer", span=(0, len(answer)))
    if _read(answer, "number", question) is None:
        return None
    if right.value is None:
        return Result("wrong", None, (), "")
    return judge_value(answer, right.value, replace(question, kind="number"))


def _put_back(answer: str, right: Wanted, question: Question) -> Result | None:
    """Return the verdict on an answer with names in it that stand for formulas; None for every other answer."""
    read = _read(answer, right.kind, question) if right.given else None
    if not isinstance(read, kinds.Expression) or not names_in(read.tree) & right.given.keys():
        return None
    tree = put_in(read.tree, right.given)
    try:
        bounds.check(tree)
    except Refused as refused:
        refused.span = (0, len(answer))
        raise refused.at_option("answer") from None
    seeds = seeds_from(secrets.randbits(SEED_BITS))
    return compared(replace(read, tree=tree), right.right, question, question.variables, seeds)


def _read(answer: str, kind: kinds.Kind, question: Question) -> kinds.Shape | None:
    try:
        return kinds.read(answer, kind, question.variables)
    except Refused:
        return None


_OTHERWISE: dict[str, Callable[[str, Wanted, Question], Result | None]] = {
    "tangent": _as_plane,
    "critical": _as_labels,
    "rate-limit": _as_bound,
    "optimum": _as_value,
}


def _open(answer: str, found: Result, question: Question, asked: Asked) -> Result:
    """Return the verdict on a list of points where those found are not proven to be all."""
    if found.outcome == "right":
        return Result("undecided", None, found.components, _NOT_ALL)
    if found.outcome != "wrong" or "missing" in found.why:
        return found
    read = _read(answer, "points", question)
    listed = read.points if isinstance(read, kinds.Points) else ()
    pairs = zip(found.components, listed, strict=True)
    if any(right is False and _is_off(point, asked) for right, point in pairs):
        return found
    return Result("undecided", None, found.components, _NOT_ALL)


def _is_off(point: tuple[Node, ...], asked: Asked) -> bool:
    """Tell whether a point is surely not critical, nor any other that its decimals could be rounded from."""
    values = dict(zip(asked.scalar.symbols, map(_rounded, point), strict=True))
    return None not in values.values() and any(side(ball(each, _BITS, values)) for each in asked.partials)


def _rounded(coordinate: Node) -> arb | None:
    """Return a ball round what a decimal may have been rounded from, None for what has no value."""
    places = kinds.decimals_of(coordinate)
    with contextlib.suppress(NoValueError, OpenError):
        return enclose(coordinate, {}, _BITS) + arb(0, 0 if places is None else 0.5000001 * 10.0**-places)
    return None


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
