"""What a descent teaches, in sentences: where it leads and why, and what a rate does."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from sympy import Expr, sympify

from engine.answering.descent_lines import goes_to
from engine.answering.descents import Descent
from engine.answering.place import decimal
from engine.answering.scalar import Scalar
from engine.calculus.signs import sign
from engine.descending.rates import Quadratic
from engine.spelling import numbers

_NO_LIMIT = {
    "rmsprop": "RMSProp scales every coordinate by itself: there is no rate limit like 2/L for it.",
    "adam": "Adam scales every coordinate by itself: there is no rate limit like 2/L for it.",
}
_SPACINGS = 256  # of doubles: rounding in the gradient moves a step that far
_NEWTON = "Newton's method looks for a zero gradient only: it goes to a saddle or a top as gladly as to a minimum."


def remarks(found: Descent) -> tuple[str, ...]:
    """Return the verdict with its reason, then the limits of the rate, then what the path itself shows."""
    return (*verdict(found), *limits(found), *_seen(found))


def reason(found: Descent) -> str:
    """Return why the verdict is what it is, in one sentence."""
    if found.proven and found.quadratic is not None and found.region is None:
        return _why(found, found.quadratic)
    if found.proven:
        return "f is convex and quadratic, and the rate is below 2/L."
    return found.evidence.why


def verdict(found: Descent) -> tuple[str, ...]:
    """Return the verdict with its reason, and what is special about the start."""
    if found.proven and found.quadratic is not None and found.region is None:
        return (f"Proven: {_told(found)}. {reason(found)}", *_not_every_start(found, found.quadratic))
    if found.proven:
        return (f"Proven: it converges. {reason(found)}", f"On this path: {found.evidence.why}")
    seen = _told(found)
    return (f"{seen[0].upper()}{seen[1:]}. {reason(found)} This is numerical evidence, no proof.",)


def _told(found: Descent) -> str:
    match found.verdict:
        case "converges" | "converges alternating":
            there = goes_to(found)
            where = "" if there is None else f" to {found.scalar.vector(list(map(sympify, there))).text}"
            how = ", jumping back and forth" if found.verdict == "converges alternating" else ""
            return f"it converges{where}{how}"
        case "cycles":
            return "it cycles and never settles"
        case "diverges":
            return "it diverges"
        case "stalls":
            return "it stalls, and not at a " + ("minimum" if found.numbers.turn == 1 else "maximum")
        case _:
            return "where this leads is undecided"


def _why(found: Descent, quadratic: Quadratic) -> str:
    """Return the reason of a proven verdict."""
    if not any(quadratic.slope):
        return "The gradient is zero at the start, so no step moves."
    if found.options.method == "newton":
        return f"Each step multiplies the whole error by 1 - rate = {_factor(1 - found.numbers.rate)}."
    if found.verdict == "diverges" and not quadratic.is_bounded:
        return _endless(found, quadratic)
    if found.options.method != "gradient":
        return f"The eigenvalues of one step decide it: with momentum b the limit is {_formula(found)}."
    factors = [1 - found.numbers.rate * each for each in quadratic.eigenvalues]
    shown = ", ".join(map(_factor, factors))
    named = "factor" if len(factors) == 1 else "factors"
    return f"Each step multiplies the errors along the eigendirections by 1 - rate·λ; the {named}: {shown}."


def _endless(found: Descent, quadratic: Quadratic) -> str:
    way = "downward" if found.numbers.turn == 1 else "upward"
    if not quadratic.is_convex:
        return f"f curves {way} along some direction, so that no rate converges."
    kind = "lowest" if found.numbers.turn == 1 else "highest"
    return f"f is straight along some direction and goes {way} there without end: it has no {kind} point."


def _not_every_start(found: Descent, quadratic: Quadratic) -> tuple[str, ...]:
    """Return what is special about this start, where others end otherwise."""
    limit = found.limit()
    special = "This start has no part along the direction that decides: the smallest disturbance, a rounding too, "
    if found.verdict == "stalls" and any(quadratic.slope):
        return (special + "leads away from this saddle.",)
    if found.verdict.startswith("converges") and isinstance(limit, Expr) and sign(found.numbers.rate - limit) != -1:
        return (special + "grows, since the rate is not below the limit.",) if any(quadratic.slope) else ()
    if found.options.method == "newton" and not quadratic.is_convex:
        return (_NEWTON,)
    if sign(quadratic.eigenvalues[0]) == 0 and found.verdict.startswith("converges"):
        return ("The best point is not the only one: descent goes to the nearest one from its start.",)
    return ()


def _factor(value: Expr) -> str:
    return numbers.decimal(decimal(value), 4)


def _formula(found: Descent) -> str:
    return {"momentum": "2(1+b)/L", "nesterov": "(2+2b)/((1+2b)L)", "newton": "2"}.get(found.options.method, "2/L")


def limits(found: Descent) -> tuple[str, ...]:
    """Return what is known about the rate, no stronger than it is."""
    if found.numbers.clip is not None:
        return ("Clipping keeps every step short, so there is no rate limit like 2/L; it does not make it settle.",)
    if said := _NO_LIMIT.get(found.options.method):
        return (said,)
    if found.region is not None and found.options.method != "gradient":
        return ("With constraints I know no rate limit for this method.",)
    limit = found.limit()
    if limit is None:
        return ()
    if isinstance(limit, Expr):
        return (_global(found, limit),)
    shown = numbers.decimal(limit)
    said = f"Guide only: {_formula(found)} = {shown} for the largest curvature L met at these points."
    if found.crossed_at() is None:
        return (f"{said} The rate is below it, which is no proof.",)
    crossed = f"{said} The rate was over it at step {found.crossed_at()}"
    if found.verdict.startswith("converges"):
        return (f"{crossed}, and the path converges all the same: crossing it proves nothing.",)
    return (f"{crossed}; that alone proves nothing.",)


def _global(found: Descent, limit: Expr) -> str:
    shown = stated(found.scalar, limit)
    if found.region is not None:
        return f"Below {_formula(found)} {shown} it surely converges; above it the constraints may still hold the path."
    best = None if found.quadratic is None else found.quadratic.best(found.options.method)
    if found.options.method == "newton":
        return "It converges from every start exactly when the rate is below 2; rate 1 arrives in one step."
    said = f"It converges from every start exactly when the rate is below {_formula(found)} {shown}"
    return f"{said}." if best is None else f"{said}; the best fixed rate is 2/(l+L) {stated(found.scalar, best)}."


def stated(scalar: Scalar, value: Expr) -> str:
    """Return "= 1/3 ≈ 0.333333": a number, exact where that is short, with its decimal where that tells more."""
    shown = scalar.spelled(value).text
    about = numbers.decimal(decimal(value))
    if shown == about or (value.is_Rational and Fraction(int(value.p), int(value.q)) == _read(about)):
        return f"= {shown}" if value.is_Rational else f"≈ {about}"
    return f"≈ {about}" if len(shown) > 24 else f"= {shown} ≈ {about}"


def _read(shown: str) -> Fraction | None:
    return Fraction(shown) if shown.replace(".", "", 1).lstrip("-").isdigit() else None


def _at_rest(path: Sequence[Sequence[float]]) -> int | None:
    """Return the first step that rounding could make by itself, None where none is."""
    return next(
        (
            i
            for i, (before, after) in enumerate(pairwise(path), 1)
            if all(abs(b - a) <= _SPACINGS * math.ulp(b) for a, b in zip(before, after, strict=True))
        ),
        None,
    )


def _seen(found: Descent) -> tuple[str, ...]:
    """Return what the steps shown say about themselves."""
    walked, turn = found.shown, found.numbers.turn
    count = len(walked.path) - 1
    said = [f"The table ends at step {count}: step {count + 1} cannot be made: {walked.why}."] if walked.why else []
    rises = next((i for i, (a, b) in enumerate(pairwise(walked.values)) if turn * (b - a) > 1e-12 * abs(a)), None)
    rest = _at_rest(walked.path)
    if rest is not None and walked.values[rest] != walked.values[-1]:
        said.append(
            f"From step {rest} on a step is shorter than double precision can tell: "
            "how f still changes there is rounding."
        )
    if rises is not None and (rest is None or rises + 1 < rest):
        wrong = "rises" if turn == 1 else "falls"
        before, behind = (numbers.decimal(walked.values[i]) for i in (rises, rises + 1))
        why = (
            "momentum carries it on"
            if found.options.method in {"momentum", "nesterov", "adam"}
            else "a step is too long"
        )
        said.append(f"f {wrong} at step {rises + 1}, from {before} to {behind}: {why}.")
    there = goes_to(found)
    if there is not None and found.verdict.startswith("converges") and count:
        away = max(abs(a - decimal(sympify(b))) for a, b in zip(walked.path[-1], there, strict=True))
        if away > 1e-4 * (1 + max(map(abs, walked.path[-1]))):
            said.append(
                f"After step {count} it is not there yet: a coordinate is still {numbers.decimal(away, 2)} away."
            )
    if found.quadratic is None and found.verdict.startswith("converges"):
        said.append("Another start or rate may lead elsewhere: which end is nearest decides nothing.")
    return tuple(said)
