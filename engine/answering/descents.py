"""Gradient descent from a start: the path, where it leads, and how sure that is."""

from dataclasses import dataclass, replace

import numpy as np
import sympy
from sympy import Expr

from engine.answering.exact_steps import Row, exact_rows
from engine.answering.fields import field_of, fraction, largest_curvatures, quadratic_of, seen
from engine.answering.place import Place, decimal
from engine.answering.scalar import Scalar
from engine.answering.walk_options import Options, moved
from engine.building import build, written_with_decimals
from engine.calculus import derivatives
from engine.calculus.signs import sign
from engine.descending.evidence import Evidence, is_level, judged, shape
from engine.descending.methods import Step
from engine.descending.rates import Quadratic, Verdict, limit_factor
from engine.descending.regions import Region, region
from engine.descending.walk import Field, Point, Walk, is_walkable, walk
from engine.errors import NotInDomain, Refused, TooLarge, WrongUsage
from engine.reading import Expression
from engine.values import Budget

LOOK_AHEAD = 4000
_USUAL_MOMENTUM = sympy.Rational(9, 10)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a descent, exact. momentum: 0 for the methods that have none."""

    start: tuple[Expr, ...]
    rate: Expr
    momentum: Expr
    clip: Expr | None
    turn: int


@dataclass(frozen=True, slots=True)
class Descent:
    """A descent, walked and judged.

    rows:       the first points in exact numbers, the start first.
    whole:      the path with what was looked at beyond the steps asked for.
    quadratic:  what is known exactly where f is quadratic, with rational numbers.
    proven:     whether the verdict is.
    curvatures: the largest one at each point of the path shown, seen from below; empty where no limit comes of it.
    """

    scalar: Scalar
    options: Options
    numbers: Numbers
    region: Region | None
    partials: tuple[Expr, ...]
    rows: tuple[Row, ...]
    whole: Walk
    quadratic: Quadratic | None
    evidence: Evidence
    verdict: Verdict
    proven: bool
    curvatures: tuple[float, ...]

    @property
    def shown(self) -> Walk:
        """The path of the steps asked for, its first points as near to the exact ones as floats are."""
        walked = self.whole.upto(self.options.steps)
        exact = tuple(tuple(decimal(each) for each in row.point) for row in self.rows)
        values = tuple(decimal(row.value) for row in self.rows)
        return replace(walked, path=exact + walked.path[len(exact) :], values=values + walked.values[len(values) :])

    def limit(self) -> Expr | float | None:
        """Return the rate limit: exact for quadratic functions, by the curvature met for others; None: none known."""
        if self.region is not None and self.options.method != "gradient":
            return None
        if self.quadratic is not None and self.numbers.clip is None:
            return self.quadratic.limit(self.options.method, self.numbers.momentum)
        largest = max(self.curvatures, default=0.0)
        factor = limit_factor(self.options.method, self.numbers.momentum)
        return None if factor is None or largest <= 0 else decimal(factor) / largest

    def crossed_at(self) -> int | None:
        """Return the first point at which the rate is over the limit of the curvature there; None: at no point."""
        if self.quadratic is not None:
            limit = self.limit()
            return 0 if isinstance(limit, Expr) and sign(self.numbers.rate - limit) == 1 else None
        factor = limit_factor(self.options.method, self.numbers.momentum)
        if factor is None:
            return None
        over = decimal(factor / self.numbers.rate)
        return next((i for i, each in enumerate(self.curvatures) if each > over), None)


def descend(read: Expression, options: Options, budget: Budget) -> Descent:
    """Return the descent; refuses (NotInDomain) a start where f is not smooth or outside of the region."""
    scalar = _scalar(read, options)
    numbers = _numbers(scalar, options)
    inside = _region(scalar, options, numbers)
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    matrix = derivatives.hessian(scalar.expression, scalar.symbols)
    field = field_of(scalar, partials, matrix)
    how = _in_floats(options, numbers, inside, field)
    begin = _begin(field, numbers)
    quadratic = quadratic_of(scalar, partials, matrix, numbers.start, numbers.turn)
    proof = _proven(options, numbers, inside, quadratic)
    more = max(LOOK_AHEAD - options.steps, 64) if proof is None or inside is not None else 0
    whole = walk(field, how, begin, options.steps, more, budget)
    met = largest_curvatures(field, numbers.turn, whole.upto(options.steps).path, budget)
    evidence = _evidence(field, numbers.turn, whole, options.steps, max(map(abs, met), default=0.0))
    if inside is not None and proof is not None and evidence.verdict.startswith("converges"):
        proof = evidence.verdict
    return Descent(
        scalar,
        options,
        numbers,
        inside,
        partials,
        exact_rows(scalar, partials, matrix, _exactly(options, numbers, inside), numbers.start, options.steps),
        whole,
        quadratic,
        evidence,
        proof or evidence.verdict,
        proof is not None,
        met if quadratic is None and numbers.clip is None else (),
    )


def _begin(field: Field, numbers: Numbers) -> Point:
    """Return the start in floats; refuses (TooLarge) one from which no path can be walked in them."""
    begin = tuple(map(decimal, numbers.start))
    if not is_walkable(field.value, begin):
        raise TooLarge("The start, or f there, is too large to walk from.", option="start")
    return begin


def _evidence(field: Field, turn: int, whole: Walk, steps: int, largest: float) -> Evidence:
    asked = whole.path[min(steps, len(whole.path) - 1)]
    end = shape(seen(field, whole.path[-1], turn), largest)
    at_rest = not any(each(whole.path[0]) for each in field.slopes)
    return judged(whole, steps, end, at_rest=at_rest, level=is_level(seen(field, asked, turn), largest))


def _scalar(read: Expression, options: Options) -> Scalar:
    """Return f, spelled with decimals where any number was typed with a decimal point."""
    scalar = Scalar.of(read, read.variables)
    typed = [options.rate, *options.start, *(each for each in (options.momentum, options.clip) if each)]
    return replace(scalar, decimals=scalar.decimals or any(map(written_with_decimals, typed)))


def _numbers(scalar: Scalar, options: Options) -> Numbers:
    fitted = replace(options.typed, coordinates=options.start, names=scalar.names)
    try:
        place = Place.of(scalar, fitted)
    except Refused as refused:
        refused.option = "start"
        raise moved(refused, options.begin) from None
    rate = build(options.rate)
    if sign(rate) != 1:
        raise WrongUsage("The rate is a number above 0; to go up, write goal=max.", option="rate", suggestions=("0.1",))
    momentum = _USUAL_MOMENTUM if options.momentum is None else build(options.momentum)
    if options.method not in {"momentum", "nesterov", "adam"}:
        momentum = sympy.S.Zero
    if sign(momentum) == -1 or sign(1 - momentum) != 1:
        raise WrongUsage("momentum is at least 0 and below 1.", option="momentum", suggestions=("0.9",))
    clip = None if options.clip is None else build(options.clip)
    if clip is not None and sign(clip) != 1:
        raise WrongUsage("clip is a length above 0.", option="clip", suggestions=("1",))
    return Numbers(place.coordinates, rate, momentum, clip, 1 if options.goal == "min" else -1)


def _region(scalar: Scalar, options: Options, numbers: Numbers) -> Region | None:
    if not options.subject:
        return None
    try:
        found = region(options.subject, scalar.symbols)
    except Refused as refused:
        raise refused.at_option("subject") from None
    nearest = found.project(numbers.start)
    if all(each.is_Rational for each in numbers.start) and nearest != numbers.start:
        instead = ",".join(map(str, nearest))
        raise NotInDomain(
            f"The start does not meet the constraints; the nearest point that does is ({instead}).",
            option="start",
            suggestions=(instead,),
        )
    return found


def _same(point: tuple[object, ...]) -> tuple[object, ...]:
    return point


def _in_floats(options: Options, numbers: Numbers, inside: Region | None, field: Field) -> Step:
    return Step(
        options.method,
        decimal(numbers.rate),
        decimal(numbers.momentum),
        None if numbers.clip is None else decimal(numbers.clip),
        numbers.turn,
        field.slope,
        field.newton,
        lambda vector: float(np.hypot.reduce(vector)),
        _same if inside is None else inside.project,
    )


def _exactly(options: Options, numbers: Numbers, inside: Region | None) -> Step:
    """Return the step in exact numbers, without its functions of the point."""
    return Step(
        options.method,
        numbers.rate,
        numbers.momentum,
        numbers.clip,
        numbers.turn,
        _same,
        _same,
        derivatives.norm,
        _same if inside is None else inside.project,
    )


def _proven(options: Options, numbers: Numbers, inside: Region | None, quadratic: Quadratic | None) -> Verdict | None:
    """Return the verdict where it is proven, None where the path is the only evidence."""
    if quadratic is None or numbers.clip is not None:
        return None
    if inside is None:
        exact = (*numbers.start, numbers.rate, numbers.momentum)
        if not all(each.is_Rational for each in exact):
            return None
        return quadratic.verdict(options.method, fraction(numbers.rate), fraction(numbers.momentum))
    # Projected gradient descent: Levitin and Polyak, "Constrained minimization methods", 1966.
    curved = quadratic.is_convex and (inside.is_bounded or quadratic.is_bounded)
    below = sign(2 - numbers.rate * quadratic.eigenvalues[-1]) == 1
    if options.method != "gradient" or not curved or not below:
        return None
    return "converges"
